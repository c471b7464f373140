"""What was made of each partition, from what, and whether it is still whole.

A step reads files of the store and writes files of the store; when it is done, a record says from
what (a key), what was written (a hash for each file) and what was counted on the way. Only what
has such a record counts: a run that was killed goes on where the last record is.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from syriatopics.errors import DamagedError
from syriatopics.escaping import to_bytes
from syriatopics.files import inside, read_json, require_free, sha256_of, taken, write_atomically

__all__ = ["Files", "Made", "Task", "forget", "key_of", "read_made", "read_whole", "taken_store"]

_RECORDS = "records"


@dataclass(frozen=True)
class Made:
    """What a step made of one partition.

    Attributes
    ----------
    number : int
        Of the partition.
    key : str
        A hash of all that it was made from: input, options, version.
    files : dict of str to str
        File of the store, and its SHA-256.
    totals : dict
        What was counted: plain values, as JSON holds them.
    """

    number: int
    key: str
    files: Mapping[str, str]
    totals: Mapping[str, Any]

    def file(self, kind: str) -> str:
        """Return the file whose name begins with `kind`."""
        return next(name for name in self.files if name.startswith(kind))


@dataclass(frozen=True)
class Task:
    """One partition of one step: all that a worker has to know.

    Attributes
    ----------
    folder : str
        Of the store.
    stage : str
    number : int
    inputs : dict of str to str
        File of the store that is read, and its SHA-256.
    options : dict
        Plain values.
    weight : int
        How many articles it is about, for the progress.
    """

    folder: str
    stage: str
    number: int
    inputs: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    weight: int = 1

    @property
    def key(self) -> str:
        """A hash of all that the result depends on."""
        return key_of(self.stage, self.number, self.inputs, self.options)


class Files:
    """The files of a store as one task sees them: what it reads is checked, what it writes is whole."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._root = Path(task.folder)
        self.written: dict[str, str] = {}

    def path(self, name: str) -> Path:
        """Return the place of a file."""
        return inside(self._root, name, self._root, DamagedError)

    def read(self, kind: str) -> bytes:
        """Return the input whose name begins with `kind`.

        Raises
        ------
        DamagedError
            If it is missing, or not what was written.
        """
        name = next(name for name in self._task.inputs if name.startswith(kind))
        return read_whole(self._root, name, self._task.inputs[name])

    def write(self, name: str, content: bytes) -> None:
        """Write a file, whole or not at all."""
        write_atomically(self._root / name, content)
        self.written[name] = hashlib.sha256(content).hexdigest()

    def keep(self, totals: Mapping[str, Any]) -> Made:
        """Write the record: from now on the partition counts as done."""
        task = self._task
        made = Made(task.number, task.key, dict(self.written), dict(totals))
        content = {"key": made.key, "files": made.files, "totals": made.totals}
        # What was counted is in no file of its own: a record that was changed is seen by its hash.
        content = json.loads(json.dumps(content, ensure_ascii=False))
        content["sha256"] = key_of(content)
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1)
        write_atomically(_place(self._root, task.stage, task.number), text.encode())
        return made


def read_made(task: Task) -> Made | None:
    """Return what was made of a task before, if it is whole and nothing it rests on has changed."""
    root = Path(task.folder)
    place = _place(root, task.stage, task.number)
    try:
        content = read_json(place)
        if content.pop("sha256") != key_of(content):
            return None
        made = Made(task.number, content["key"], dict(content["files"]), dict(content["totals"]))
        whole = all(sha256_of(inside(root, n, place)) == sha for n, sha in made.files.items())
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return made if whole and made.key == task.key else None


def read_whole(folder: Path, name: str, sha256: str) -> bytes:
    """Return a file of a store, or say that it is not what was written."""
    path = inside(folder, name, folder, DamagedError)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise DamagedError(f"{path} is missing: run the same command again.") from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise DamagedError(f"{path} is damaged, or was changed: run the same command again.")
    return content


def forget(folder: Path, stage: str, since: int = 0) -> None:
    """Remove the records of a stage, and the files they name, from a partition on."""
    for record in sorted((folder / _RECORDS / stage).glob("*.json")):
        if record.stem.isdecimal() and int(record.stem) < since:
            continue
        try:
            files = [inside(folder, name, record) for name in read_json(record)["files"]]
        except (OSError, ValueError, KeyError, TypeError):
            files = []  # a record that names what is not in the store is not ours
        record.unlink()
        for file in files:
            if file.is_file():
                file.unlink()
    if since == 0:
        shutil.rmtree(folder / stage, ignore_errors=True)


def key_of(*parts: Any) -> str:
    """Return a hash of plain values."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(to_bytes(text)).hexdigest()


def _place(root: Path, stage: str, number: int) -> Path:
    return root / _RECORDS / stage / f"{number:05d}.json"


@contextmanager
def taken_store(folder: Path, manifest: str, what: str) -> Iterator[None]:
    """Take a folder for one run alone: a new one, or one that a run of ours began or finished.

    Parameters
    ----------
    folder : Path
    manifest : str
        The file that stands there when all is done.
    what : str
        What is to stand there, for the message: "the store".

    Raises
    ------
    InputError
        If the folder holds something else, or another run has it.
    """
    if not ((folder / manifest).is_file() or (folder / _RECORDS).is_dir()):
        require_free(folder, what)
    # Before the lock: who is killed with that alone has left a folder that is known as ours.
    (folder / _RECORDS).mkdir(parents=True, exist_ok=True)
    with taken(folder):
        yield
