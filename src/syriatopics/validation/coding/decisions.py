"""The log of one coder: every decision is a line that is on the disk before the next one is made.

A line is never changed. What holds is what the lines say in their order: a later decision on
an item replaces the earlier one, and an undo takes back the last that stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from syriatopics.errors import InputError, choices
from syriatopics.escaping import to_bytes
from syriatopics.files import append_line, parse_json, read_bounded, read_json, write_atomically

__all__ = ["Decision", "Log", "coder_name", "describe", "described", "now"]

# A coder's name becomes the name of a file: letters of any script, digits, and . _ - inside.
_CODER = re.compile(r"\w[\w.-]{0,62}", re.UNICODE)
_ENDING = ".jsonl"
_WHO = "coders.json"
_LONGEST_LETTER = 4  # bytes
# A million decisions; what is larger was not written here.
_LARGEST = 256 * 2**20


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
    write_atomically(folder / _WHO, to_bytes(content))


def described(folder: Path) -> dict[str, str]:
    """Return who the coders are, as far as it was written down."""
    try:
        known = read_json(folder / _WHO)
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
        text = json.dumps(line, ensure_ascii=False)
        append_line(self.path, to_bytes(text))

    def _read(self) -> list[Decision]:
        made: list[Decision] = []
        if not self.path.exists():
            return made
        for number, line in enumerate(read_bounded(self.path, _LARGEST).split(b"\n"), start=1):
            # A file that had grown, and whose content did not come onto the disk, holds zeros.
            line = line.rstrip(b"\0")
            if not line.strip():
                continue
            try:
                row = parse_json(line.decode("utf-8", "surrogatepass"))
            except (ValueError, RecursionError) as error:
                if not _is_cut(line, error):
                    raise InputError(f"{self.path}, line {number}: no decision.") from None
                self.notes = (
                    *self.notes,
                    f"{self.path.name}, line {number}: a decision was cut off while it was "
                    "written, and is not counted.",
                )
                continue
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


def _is_cut(line: bytes, error: Exception) -> bool:
    """Say whether a line is the start of a decision, whose end a crash kept from the disk.

    That is one whose reader came to its end and wanted more; a line that was edited, and is
    wrong before its end, is none.
    """
    if not line.startswith(b"{"):
        return False
    if isinstance(error, UnicodeDecodeError):
        return error.start > len(line) - _LONGEST_LETTER
    if not isinstance(error, json.JSONDecodeError):
        return False
    rest = error.doc[error.pos :]
    words = ("true", "false", "null")
    return (
        not rest.strip()
        or error.msg.startswith("Unterminated string")
        or (error.msg.startswith("Invalid \\") and len(rest) < len("\\uXXXX"))
        or any(word.startswith(rest) for word in words)
    )
