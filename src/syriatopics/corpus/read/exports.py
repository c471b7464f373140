"""What the exports of databases share: an article cut out of a file of many, with its fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from syriatopics.corpus.documents import Document, Given
from syriatopics.corpus.parse.plausible import LENGTH, PARTS
from syriatopics.corpus.parse.printed import parse_date
from syriatopics.corpus.read.html import parse_html, visible_lines
from syriatopics.corpus.read.piece import Piece
from syriatopics.corpus.read.tables import hashed_id
from syriatopics.errors import CorpusError
from syriatopics.records import Flag

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = [
    "article_of",
    "blocks_of",
    "chunks",
    "html_lines",
    "lines_of",
    "printed_day",
    "tree_of",
    "unwrapped",
]

# Databases count headlines and captions in, or leave them out: up to 11 % in 220 real articles.
_STATED = re.compile(r"\d[\d.,\u202f ]{0,10}")
_FAR, _FEW, _DAYS = 0.15, 10, 3
_NUMBER = re.compile(r"[A-Z][A-Z0-9]{7}((?:19|20)\d\d)(\d\d)(\d\d)[a-z0-9]{9}")
_ZEROS = "\x00" * 8
_LOST = "zeros stand in the place of text"
_SPACE = re.compile(r"\s+")
# آب has two letters; آب/أغسطس is how the papers of the Levant write it.
_MONTH = r"[^\W\d_]{2,12}(?:/[^\W\d_]{3,12})?\.?"
_DAY = re.compile(
    rf"\d{{1,2}}\.?\s+{_MONTH},?\s+\d{{4}}|{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}"
    r"|\d{4}-\d{2}-\d{2}(?:T[\d:+Z.-]{4,20})?|\d{1,2}[/.]\d{1,2}[/.]\d{4}"
)


def article_of(
    piece: Piece,
    where: str,
    source: str,
    text: str,
    fields: Mapping[str, str | None],
    evidence: Mapping[str, str] | None = None,
    stated: str | None = None,
    number: str | None = None,
) -> Document:
    """Return one article of an export.

    Parameters
    ----------
    piece : Piece
    where : str
        Its place in the piece.
    source : str
        The kind of export, for the evidence: "Factiva export".
    text : str
        Paragraphs, a blank line between them.
    fields : mapping of str to str or None
    evidence : mapping of str to str, optional
        Where each field stood.
    stated : str, optional
        What says how many words it has. An article that has plainly more or fewer is flagged.
    number : str, optional
        Its number at Factiva, which holds the day. Of another day, it ended another article.

    Raises
    ------
    CorpusError
        If there is no text.
    """
    said = {**(evidence or {})}
    given = {
        name: Given(value, f"{said.get(name, name)} in the {source}")
        for name, stated in fields.items()
        if (value := _SPACE.sub(" ", stated or "").strip())
    }
    if not text.strip():
        raise CorpusError("no text")
    if _ZEROS in text:  # what stood there is lost, and may have been the end of the article
        raise CorpusError(_LOST)
    name = hashed_id(text, given)
    text = text.strip()
    flags = tuple(_flags(text, stated, fields.get("date_printed"), number))
    return Document(name, text, given, piece.at(where), file=piece.inside, hashed=True, flags=flags)


def _flags(
    text: str, stated: str | None, printed: str | None, number: str | None
) -> Iterator[Flag]:
    """Say where an export contradicts itself: a cut may join the head of an article and another end."""
    first = len(text.split("\n", 1)[0])
    if (found := _STATED.search(stated or "")) is not None:
        said, has = int(re.sub(r"\D", "", found.group())), len(text.split())
        if abs(said - has) > _FEW + _FAR * said:
            yield Flag(0, first, LENGTH, f"{said:,} words are stated, {has:,} are here")
    day = parse_date(printed) if printed else None
    if day is not None and (held := _NUMBER.fullmatch(number or "")):
        ended = parse_date("-".join(held.groups()))
        if ended is not None and abs((ended[0] - day[0]).days) > _DAYS:
            yield Flag(0, first, PARTS, f"printed {day[0]}, and number {number} below it")


def printed_day(text: str) -> str | None:
    """Return the first date in a line of an export, or None."""
    for found in _DAY.finditer(text):
        if parse_date(found.group()) is not None:
            return found.group()
    return None


def chunks(text: str, begins: re.Pattern[str]) -> Iterator[tuple[re.Match[str], str]]:
    """Cut a text where articles begin; each is read by itself, so that damage stays in one."""
    starts = list(begins.finditer(text))
    for place, start in enumerate(starts):
        end = starts[place + 1].start() if place + 1 < len(starts) else len(text)
        yield start, text[start.start() : end]


def tree_of(chunk: str) -> _Element:
    """Parse the part of a page that holds one article.

    Raises
    ------
    CorpusError
        If it is no HTML, or zeros stand in it: a parser drops them, and with them it may be the end
        of the article and the head of the next.
    """
    tree = None if _ZEROS in chunk else parse_html(f"<body>{chunk}")
    if tree is None:
        raise CorpusError(_LOST if _ZEROS in chunk else "no readable HTML")
    return tree


def html_lines(html: str) -> list[str]:
    """Return the visible lines of a piece of HTML; blank ones part blocks."""
    tree = parse_html(html)
    return lines_of(tree) if tree is not None else []


def lines_of(tree: _Element) -> list[str]:
    """Return the visible lines of a tree."""
    return [line.text for line in visible_lines(tree)]


def blocks_of(lines: Iterable[str]) -> list[list[str]]:
    """Return the lines in blocks, as blank lines part them."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        held = line.replace("\xa0", " ").strip()
        if held:
            blocks[-1].append(held)
        elif blocks[-1]:
            blocks.append([])
    return blocks if blocks[-1] else blocks[:-1]


def unwrapped(blocks: Iterable[Sequence[str]]) -> str:
    """Return blocks as paragraphs, their lines joined: printouts are set to a width."""
    return "\n\n".join(" ".join(block) for block in blocks)
