"""What a paper is made of before it is written in any format: headings, text, tables, pictures.

Every number of a text is a :class:`Number` with an anchor, by which it is found again in a
manuscript and compared with what the study says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

__all__ = [
    "Block",
    "Heading",
    "Language",
    "Number",
    "Paper",
    "Picture",
    "Table",
    "Text",
    "anchored",
]

Language = Literal["en", "ar"]

# What stands between spaces; with a digit in it, it is a number: 4,986, 2016-07-27, 95e60a0d, 97.5%.
_WORD = re.compile(r"[-−+.]?\w(?:[\w.,:/×+−-]*\w)?%?")
_ANCHOR = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Number:
    """A number of the text: how it is shown, and what it is called.

    Attributes
    ----------
    anchor : str
        Letters, digits and hyphens; one of its kind in a paper.
    shown : str
    source : str
        Where it comes from.
    """

    anchor: str
    shown: str
    source: str


@dataclass(frozen=True)
class Text:
    """A paragraph: text and numbers in their order, in the language of the paper or its own."""

    parts: tuple[str | Number, ...]
    language: Language


@dataclass(frozen=True)
class Heading:
    """The heading of a section."""

    text: Text
    level: int = 1


@dataclass(frozen=True)
class Table:
    """A table as it is printed: every cell is text.

    Attributes
    ----------
    name : str
        Of the figure whose table it is.
    title : str
    header : tuple of str
    rows : tuple of tuple of str
    n_left_out : int
        How many further rows stand in the csv alone.
    """

    name: str
    title: Text
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    n_left_out: int = 0


@dataclass(frozen=True)
class Picture:
    """A figure, with its files by their endings."""

    name: str
    title: Text
    files: tuple[Path, ...]

    def file(self, *endings: str) -> Path | None:
        """The first file with one of the endings, in their order."""
        return next((f for e in endings for f in self.files if f.suffix == f".{e}"), None)


Block = Heading | Text | Table | Picture


@dataclass(frozen=True)
class Paper:
    """The pieces of a paper in one language."""

    title: str
    language: Language
    blocks: tuple[Block, ...]

    @property
    def numbers(self) -> dict[str, Number]:
        """Every number outside the cells of tables, by its anchor."""
        texts = (_text_of(block) for block in self.blocks)
        return {n.anchor: n for text in texts for n in text.parts if isinstance(n, Number)}

    @property
    def tables(self) -> dict[str, Table]:
        """The tables by name."""
        return {block.name: block for block in self.blocks if isinstance(block, Table)}


def _text_of(block: Block) -> Text:
    match block:
        case Text():
            return block
        case Heading():
            return block.text
        case Table() | Picture():
            return block.title


def anchored(text: str, name: str, source: str, language: Language) -> Text:
    """Give every number of a text an anchor, ``<name>-1`` for the first.

    Parameters
    ----------
    text : str
    name : str
        Of this text; no other of the paper has it.
    source : str
        What the text was made from.
    language : {"en", "ar"}

    Examples
    --------
    >>> text = anchored("5 articles, 2016-07-27.", "data", "corpus", "en")
    >>> [part.shown for part in text.parts if isinstance(part, Number)]
    ['5', '2016-07-27']
    """
    slug = _ANCHOR.sub("-", name.lower()).strip("-")
    parts: list[str | Number] = []
    at = 0
    words = (word for word in _WORD.finditer(text) if any(map(str.isdigit, word[0])))
    for number, found in enumerate(words, start=1):
        parts += [text[at : found.start()], Number(f"{slug}-{number}", found[0], source)]
        at = found.end()
    return Text(tuple(part for part in (*parts, text[at:]) if part != ""), language)
