"""What a format of a paper can do."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from syriatopics.publish.model import Language, Paper, Table

__all__ = ["Format", "Found", "Marked", "begins_in", "directed", "isolated", "plain", "within"]


@dataclass
class Found:
    """The numbers and tables that a manuscript holds, as they are written in it.

    Attributes
    ----------
    numbers : dict of str to list of str
        What stands at each anchor: an author may have said a number twice.
    tables : dict of str to list of tuple of str
        The rows of each table, its header first.
    """

    numbers: dict[str, list[str]] = field(default_factory=dict)
    tables: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)

    def add(self, anchor: str, shown: str) -> None:
        """Add what stands at an anchor."""
        self.numbers.setdefault(anchor, []).append(shown)


def begins_in(text: str) -> str:
    """Return "ar" or "en" by the first letter of a text, and nothing where it has none."""
    first = next(filter(str.isalpha, text), "")
    return "" if not first else "ar" if unicodedata.bidirectional(first) in ("AL", "R") else "en"


_ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


def isolated(number: str) -> str:
    """Keep the parts of a number in their order where Arabic stands before it: 2016-07-27."""
    return f"\u2066{number}\u2069"


def directed(cell: str, language: Language) -> str:
    """Keep the order of a cell that is no Arabic in an Arabic table: -0.29 would end in its sign."""
    if language == "en" or begins_in(cell) == "ar" or cell.isidentifier():
        return cell
    return isolated(cell) if cell else cell


def plain(text: str) -> str:
    """Return a text without what parts directions."""
    return text.translate(_ISOLATES)


def within(text: str, write: Callable[[str], str]) -> str:
    """Write a stretch of a sentence: the spaces at its ends stay."""
    inner = text.strip()
    if not inner:
        return text
    start = text.index(inner)
    return text[:start] + write(inner) + text[start + len(inner) :]


class Marked:
    """What formats of marked text share: names stay, cells and numbers are written by one function."""

    escape: Callable[[str], str]

    def key(self, name: str) -> str:
        """The name of an anchor, or of a table, as it is written."""
        return name

    def cells(self, table: Table) -> list[tuple[str, ...]]:
        """The rows of a table, each cell as it is written."""
        rows = (table.header, *table.rows)
        return [tuple(plain(self.escape(cell)) for cell in row) for row in rows]

    def number(self, shown: str) -> str:
        """A number as it is written."""
        return self.escape(shown)


class Format(Protocol):
    """A format: it writes the pieces of a paper, and reads numbers and tables of a manuscript."""

    ending: ClassVar[str]

    def write(self, paper: Paper) -> bytes:
        """Write a paper."""
        ...

    def cells(self, table: Table) -> list[tuple[str, ...]]:
        """The rows of a table as `read` gives them, the header first."""
        ...

    def key(self, name: str) -> str:
        """The name of an anchor, or of a table, as `read` gives it."""
        ...

    def number(self, shown: str) -> str:
        """A number as `read` gives it."""
        ...

    def read(self, content: bytes) -> Found:
        """Read the numbers and tables of a manuscript."""
        ...
