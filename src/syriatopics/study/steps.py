"""Steps of a study: each notebook with what it read, so that unchanged ones are skipped."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from syriatopics.errors import StudyError
from syriatopics.escaping import to_bytes
from syriatopics.files import folder_made_whole, package_hash, sha256_of, write_atomically
from syriatopics.study.notebooks import find_notebooks
from syriatopics.study.scorers import scorer_files
from syriatopics.study.store import RECORDS, package_versions
from syriatopics.study.study import Study

__all__ = ["Note", "Step", "assemble", "plan_steps", "seen_now", "shared_inputs", "waiting"]

_READS_CODINGS = "study.coding"
_DONE = "done.json"
_REGISTER = "claims.lock.json"


@dataclass(frozen=True)
class Step:
    """One notebook, the folder of what it makes, and the hash of all that it depends on.

    Attributes
    ----------
    notebook : Path
    folder : Path
        ``build/steps/<name>``; holds ``figures`` and, once the step is done, ``done.json``.
    key : str
        Changes when the notebook, the options, the corpus, a lexicon, the code of the
        package, a version, or what people have coded changes.
    """

    notebook: Path
    folder: Path
    key: str

    @property
    def name(self) -> str:
        """The name of the notebook."""
        return self.notebook.stem

    @property
    def figures(self) -> Path:
        """Where the notebook puts its figures and tables."""
        return self.folder / "figures"

    def is_done(self) -> bool:
        """Say whether the step was done from the same inputs and what it made is still whole."""
        return Note(self.folder / _DONE).holds(self.key, self.figures)

    def adopt(self, figures: Path) -> None:
        """Take over what this run made, with the note that the step is done, in one move."""
        with folder_made_whole(self.folder, replace=True) as folder:
            figures.replace(folder / self.figures.name)
            Note(folder / _DONE).write(self.key, folder / self.figures.name)


@dataclass(frozen=True)
class Note:
    """What was made from which inputs: the key, and a hash of every file."""

    path: Path

    def holds(self, key: str, made: Path | Sequence[Path]) -> bool:
        """Say whether the files stand as they were made, and were made from the same inputs."""
        try:
            return bool(json.loads(self.path.read_text(encoding="utf-8")) == _note(key, made))
        except (OSError, ValueError):
            return False

    def write(self, key: str, made: Path | Sequence[Path]) -> None:
        """Note that files were made: those of a folder, or some in one."""
        write_atomically(self.path, json.dumps(_note(key, made), indent=1).encode())


def _note(key: str, made: Path | Sequence[Path]) -> dict[str, Any]:
    if isinstance(made, Path):
        files = sorted(file for file in made.rglob("*") if file.is_file())
        named = {file.relative_to(made).as_posix(): file for file in files}
    else:
        named = {file.name: file for file in made}
    return {"key": key, "made": {name: sha256_of(file) for name, file in named.items()}}


def plan_steps(
    shared: str, notebooks: list[Path], folder: Path, coding: Path | None = None
) -> list[Step]:
    """Return the steps of a study, one for each notebook, in their order.

    Parameters
    ----------
    shared : str
        The hash that :func:`shared_inputs` gives.
    notebooks : list of Path
    folder : Path
        Where steps keep what they make.
    coding : Path, optional
        The folder of what people have coded; a notebook that names it depends on it.
    """
    coded = _coded(coding) if coding is not None else ""
    steps = []
    for path in notebooks:
        text = path.read_text(encoding="utf-8")
        read = [coded] if _READS_CODINGS in text else []
        steps.append(Step(path, folder / path.stem, _hash([shared, text, *read])))
    return steps


def waiting(study: Study) -> list[str]:
    """Return the notebooks of a study that have not run through since what they read last changed."""
    notebooks = find_notebooks(study.folder / study.options.notebooks)
    steps = plan_steps(
        shared_inputs(study), notebooks, study.folder / "build" / "steps", study.coding
    )
    return [step.name for step in steps if not step.is_done()]


def assemble(steps: list[Step], staged: Path) -> None:
    """Bring the figures of all steps together.

    Raises
    ------
    StudyError
        If two notebooks made a figure of the same name, or a step is no longer what was made.
    """
    maker: dict[str, str] = {}
    (staged / RECORDS).mkdir(parents=True)
    for step in steps:
        if not step.is_done():
            raise StudyError(f"{step.folder} was changed while the run was at work: run again.")
        for record in sorted((step.figures / RECORDS).glob("*.json")):
            if record.stem in maker:
                raise StudyError(
                    f"Figure {record.stem!r} is made by two notebooks: {maker[record.stem]} "
                    f"and {step.name}. Rename one."
                )
            maker[record.stem] = step.name
            content = json.loads(record.read_text(encoding="utf-8")) | {"notebook": step.name}
            text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
            (staged / RECORDS / record.name).write_text(text, encoding="utf-8")
        for file in step.figures.iterdir():
            if file.is_file() and file.name != "manifest.json":
                shutil.copy(file, staged)


def shared_inputs(study: Study) -> str:
    """Return the hash of what every step depends on: options, corpus, lexicon, code, versions."""
    options: Mapping[str, Any] = study.options.model_dump(mode="json")
    return _hash(
        [
            json.dumps(options, sort_keys=True),
            study.corpus.fingerprint,
            *(_sha(study.folder / file) for file in study.options.files),
            *(_sha(file) for file in scorer_files(study.options.scorers, study.folder)),
            package_hash(),
            json.dumps(package_versions(), sort_keys=True),
        ]
    )


def _sha(file: Path) -> str:
    """Return the hash of a file, or nothing: who needs one that is not there says so."""
    return sha256_of(file) if file.is_file() else ""


def seen_now(study: Study) -> dict[str, tuple[int, int, int]]:
    """Return a mark of every file that a step reads: who changes one while a run is at work shows.

    Returns
    -------
    dict of str to (int, int, int)
        Size, time and number of each file: of the study, its notebooks, its corpus, its lexicons,
        what people decided, and the code of the package.
    """
    options, folder = study.options, study.folder
    # What a run makes itself may lie inside the folder of the corpus.
    made = {folder / name for name in ("build", "coding", options.figures.folder)}
    files = [study.path, *(folder / name for name in options.files)]
    files += (folder / options.notebooks).glob("*.ipynb")
    files += scorer_files(options.scorers, folder)
    roots = [folder / options.corpus.path, folder / "fonts", Path(__file__).parents[1]]
    roots += [folder / options.corpus.pages] if options.corpus.pages else []
    for root in roots:
        files += _files(root, made)
    return {str(file): _mark(file) for file in (*files, *_decisions(study.coding))}


def _files(root: Path, made: Set[Path]) -> Iterator[Path]:
    if root.is_file():
        yield root
    for place, folders, files in os.walk(root):
        folders[:] = [
            name
            for name in folders
            if name[0] != "." and name != "__pycache__" and Path(place, name) not in made
        ]
        yield from (Path(place, name) for name in files if name[0] != "." and name != _REGISTER)


def _mark(file: Path) -> tuple[int, int, int]:
    try:
        found = file.stat()
    except OSError:  # removed while we look
        return (-1, 0, 0)
    return found.st_size, found.st_mtime_ns, found.st_ino


def _decisions(coding: Path) -> list[Path]:
    return sorted(coding.rglob("decisions/*.json*"))


def _coded(coding: Path) -> str:
    """Hash the decisions; what is drawn to be coded follows from what else is hashed."""
    files = _decisions(coding)
    return _hash([text for file in files for text in (file.name, sha256_of(file))])


def _hash(texts: list[str]) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(to_bytes(text) + b"\x1e")
    return digest.hexdigest()
