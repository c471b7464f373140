"""Every call of a model, kept: what is on the cassette is not asked again, and needs no network."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from syriatopics.errors import InputError
from syriatopics.files import append_line, bounded_lines, write_atomically
from syriatopics.scorers.language.answers import read_answer

__all__ = ["Call", "Cassette", "key_of"]


@dataclass(frozen=True)
class Call:
    """One answer, with what it cost.

    Attributes
    ----------
    key : str
        Hash of what was asked, of the model and its parameters: no text.
    prompt : str
        Hash of the prompt without the passage.
    model : str
        As the service named it.
    parameters : dict
    answer : str
        As it came.
    finish : str
        Why the model ended.
    tokens_in, tokens_out : int
    seconds : float
    time : str
        When, in UTC.
    """

    key: str
    prompt: str
    model: str
    parameters: dict[str, Any]
    answer: str
    finish: str
    tokens_in: int
    tokens_out: int
    seconds: float
    time: str


_FIELDS = tuple(field.name for field in fields(Call))


def key_of(asked: str, model: str, parameters: dict[str, Any]) -> str:
    """Return the hash by which a call is found again."""
    said = json.dumps([asked, model, parameters], ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


class Cassette:
    """A file of calls, a line each (JSON), to which lines are only added.

    Parameters
    ----------
    path : path or None
        None: calls are kept as long as the program runs.

    Raises
    ------
    InputError
        If a line is no call; the message names file and line. A last line that a crash has cut is
        passed over, and its call made again.
    """

    def __init__(self, path: str | Path | None) -> None:
        self.path = None if path is None else Path(path)
        self.calls: dict[str, Call] = {}
        if self.path is not None and self.path.exists():
            self._read(self.path)

    def _read(self, path: Path) -> None:
        with path.open("rb") as file:
            lines = list(bounded_lines(file))
        for number, line in lines:
            text = (line or b"?").strip()
            if not text:
                continue
            try:
                row = json.loads(text)
                call = Call(**{name: row[name] for name in _FIELDS})
            except (ValueError, KeyError, TypeError):
                if number == len(lines) or _is_half(text):
                    continue
                raise InputError(f"{path}, line {number}: no call of a model.") from None
            # Whoever asked first is right: a second answer to the same question changes nothing.
            self.calls.setdefault(call.key, call)

    def find(self, key: str) -> Call | None:
        """Return the call of a key, if it was made."""
        return self.calls.get(key)

    def add(self, call: Call) -> None:
        """Keep a call; it is on the disk when this returns."""
        if call.key in self.calls:
            return
        if self.path is not None:
            append_line(self.path, json.dumps(asdict(call)).encode())
        self.calls[call.key] = call

    def share(self, path: str | Path, ids: Sequence[str]) -> None:
        """Write what may be shared: no text of a passage or of an answer, only the themes given.

        It replays as the whole one does.
        """
        lines = []
        for call in self.calls.values():
            said = read_answer(call.answer, ids, call.finish)
            bare = json.dumps({"themes": list(said.themes)}) if said.status == "answered" else ""
            lines.append(json.dumps({**asdict(call), "answer": bare}))
        write_atomically(Path(path), ("\n".join(lines) + "\n").encode())


def _is_half(text: bytes) -> bool:
    """Say whether a line is one that a crash cut: it begins as a call does and has no end."""
    return text.startswith(b'{"key"') and not text.endswith(b"}")
