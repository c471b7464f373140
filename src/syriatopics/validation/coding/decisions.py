"""The log of one coder: every decision is a line that is on the disk before the next one is made.

A line is never changed. What holds is what the lines say in their order: a later decision on
an item replaces the earlier one, and an undo takes back the last that stands.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from syriatopics.errors import InputError, choices
from syriatopics.files import write_atomically

__all__ = ["Decision", "Log", "coder_name", "describe", "described", "now"]

# A coder's name becomes the name of a file: letters of any script, digits, and . _ - inside.
_CODER = re.compile(r"\w[\w.-]{0,62}", re.UNICODE)
_ENDING = ".jsonl"
_WHO = "coders.json"


@dataclass(frozen=True)
class Decision:
    """What a coder decided of one item.

    Attributes
    ----------
    item : str
        A passage, or a question.
    answer : tuple of str
        Themes, or the option chosen; empty: none of them.
    coder : str
    time : str
        When, in UTC, as ISO 8601.
    note : str
    """

    item: str
    answer: tuple[str, ...]
    coder: str
    time: str
    note: str = ""


def now() -> str:
    """Return the time as a decision records it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def coder_name(name: str) -> str:
    """Return the name of a coder, if a file can be called so.

    Raises
    ------
    InputError
        If it is empty, longer than 63 characters, or holds anything but letters, digits and ``. _ -``.

    Examples
    --------
    >>> coder_name("ليلى-2")
    'ليلى-2'
    """
    if not _CODER.fullmatch(name) or name.endswith("."):
        raise InputError(
            f"Coder {name!r} cannot be the name of a file: take letters, digits, '-', '_' or '.' "
            "inside, 63 at most."
        )
    return name


def describe(folder: Path, coder: str, text: str) -> None:
    """Write down who a coder is; every result that rests on the coder says so.

    Raises
    ------
    InputError
        If nobody of that name has decided anything.
    """
    if coder not in Log.coders(folder):
        raise InputError(f"No coder {coder!r}. Coders: {choices(Log.coders(folder)) or 'none'}.")
    known = {**described(folder), coder: text.strip()}
    content = json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write_atomically(folder / _WHO, content.encode("utf-8", "surrogatepass"))


def described(folder: Path) -> dict[str, str]:
    """Return who the coders are, as far as it was written down."""
    try:
        known = json.loads((folder / _WHO).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise InputError(f"{folder / _WHO} cannot be read: {error}.") from None
    if not isinstance(known, dict) or not all(isinstance(v, str) for v in known.values()):
        raise InputError(f"{folder / _WHO}: a text for each coder is needed.")
    return known


class Log:
    """The decisions of one coder in a file, one JSON object to a line.

    Parameters
    ----------
    folder : Path
        Of the decisions of one task.
    coder : str
    allowed : mapping of str to sequence of str
        What can be decided of (passages or questions), and what can be said of it (themes or
        options).
    clock : callable
        Gives the time of a decision.

    Raises
    ------
    InputError
        If the file holds an item or an answer that is not among these, or no decision; the
        message names file and line.
    """

    def __init__(
        self,
        folder: Path,
        coder: str,
        allowed: Mapping[str, Sequence[str]],
        clock: Callable[[], str] = now,
    ) -> None:
        self.coder = coder_name(coder)
        self.path = folder / f"{self.coder}{_ENDING}"
        self.notes: tuple[str, ...] = ()
        self._allowed, self._clock = allowed, clock
        self._made = self._read()

    @classmethod
    def coders(cls, folder: Path) -> list[str]:
        """Return who has a log in a folder, sorted."""
        return sorted(file.name.removesuffix(_ENDING) for file in folder.glob(f"*{_ENDING}"))

    @property
    def who(self) -> str:
        """The coder, with who that is where it was written down."""
        said = described(self.path.parent).get(self.coder)
        return f"{self.coder} ({said})" if said else self.coder

    @property
    def decisions(self) -> dict[str, Decision]:
        """What holds now, by item, in the order in which it was decided."""
        held: dict[str, Decision] = {}
        for decision in self._made:
            held.pop(decision.item, None)
            held[decision.item] = decision
        return held

    def record(self, item: str, answer: tuple[str, ...], note: str = "", time: str = "") -> None:
        """Write a decision; it is on the disk when this returns."""
        self.check(item, answer, str(self.path))
        decision = Decision(item, tuple(answer), self.coder, time or self._clock(), note)
        self._append(
            {"item": item, "answer": list(answer), "coder": self.coder, "time": decision.time}
            | ({"note": note} if note else {})
        )
        self._made.append(decision)

    def undo(self) -> Decision | None:
        """Take back the last decision that stands, and return it; None if there is none.

        What had been decided of the item before holds again. The line itself stays.
        """
        if not self._made:
            return None
        self._append({"undo": True, "coder": self.coder, "time": self._clock()})
        return self._made.pop()

    def check(self, item: str, answer: Sequence[str], where: str) -> None:
        """Refuse an item or an answer that the task does not have; `where` opens the message."""
        if item not in self._allowed:
            raise InputError(f"{where}: {item!r} is not in the sample of this task.")
        for one in answer:
            if one not in self._allowed[item]:
                raise InputError(f"{where}: no {one!r}. Choices: {choices(self._allowed[item])}.")

    def _append(self, line: dict[str, Any]) -> None:
        data = json.dumps(line, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
        new = not self.path.exists()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            if not new and not _ends_well(self.path):
                # A line that a crash has cut gets an end of its own; it is read as lost.
                data = b"\n" + data
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if new:
            _sync_folder(self.path.parent)

    def _read(self) -> list[Decision]:
        made: list[Decision] = []
        if not self.path.exists():
            return made
        try:
            lines = self.path.read_bytes().decode("utf-8", "surrogatepass").split("\n")
        except UnicodeDecodeError as error:
            raise InputError(f"{self.path}: not UTF-8: {error}.") from None
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except json.JSONDecodeError:
                # A write that a crash has cut is the start of an object, and has no end.
                if line.startswith("{") and not line.rstrip().endswith("}"):
                    self.notes = (
                        f"{self.path.name}, line {number}: a decision was cut off while it was "
                        "written, and is not counted.",
                    )
                    continue
                raise InputError(f"{self.path}, line {number}: no decision.") from None
            self._apply(made, row, number)
        return made

    def _apply(self, made: list[Decision], row: Any, number: int) -> None:
        if not isinstance(row, dict) or ("undo" not in row and not _is_decision(row)):
            raise InputError(
                f"{self.path}, line {number}: a decision has 'item', 'answer' and 'time'."
            )
        if "undo" in row:
            del made[-1:]
            return
        coder = str(row.get("coder", self.coder))
        if coder != self.coder:
            raise InputError(
                f"{self.path}, line {number}: a decision of {coder!r} in the log of {self.coder!r}."
            )
        self.check(row["item"], row["answer"], f"{self.path}, line {number}")
        made.append(
            Decision(row["item"], tuple(row["answer"]), coder, row["time"], row.get("note", ""))
        )


def _is_decision(row: dict[str, Any]) -> bool:
    answer = row.get("answer")
    return (
        isinstance(row.get("item"), str)
        and isinstance(row.get("time"), str)
        and isinstance(row.get("note", ""), str)
        and isinstance(answer, list)
        and all(isinstance(value, str) for value in answer)
    )


def _ends_well(path: Path) -> bool:
    with path.open("rb") as file:
        if not file.seek(0, os.SEEK_END):
            return True
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _sync_folder(folder: Path) -> None:
    """Make a new file's name as lasting as its content; not every system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # pragma: no cover
        return
    try:
        os.fsync(handle)
    except OSError:  # pragma: no cover
        pass
    finally:
        os.close(handle)
