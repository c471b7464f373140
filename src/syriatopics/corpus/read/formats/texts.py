"""Texts as copied from the page: one article each, or several that somebody set apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from syriatopics.corpus.documents import Document, KnownLine
from syriatopics.corpus.parse.head import labelled_head
from syriatopics.corpus.read.borders import (
    COUNTED,
    Shown,
    doubtful,
    find_borders,
    several_articles,
)
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.encodings import decode
from syriatopics.corpus.read.piece import Piece
from syriatopics.errors import CorpusError

__all__ = ["KINDS", "NAME", "WAY_OUT", "articles_in", "documents", "sniff"]

NAME = "text"
KINDS = (".txt", ".text", ".md")
WAY_OUT = "put a line of ===== between them"
_LARGEST = 10 * 2**20
# A page of print begins with a form feed, which is no break of a line to everybody.
_LINE = re.compile(r"\f|[^\n\r\f]*(?:\r\n|\n|\r)|[^\n\r\f]+")
_SIGNS = re.compile(r"(#{1,4})\s")
_UNDERLINED = re.compile(r"\s*={3,}\s*")
_LONGEST_TITLE = 30
_EDGE = " \t\r\n\f=_*#~–—-"


def sniff(piece: Piece) -> Sure:
    """Recognise a text by its name."""
    return Sure.NAMED if piece.kind in KINDS else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield the articles of a text.

    Raises
    ------
    CorpusError
        If the text is empty, larger than 10 MB, or no text; if it holds several articles that
        nobody set apart.
    """
    text, found = decode(piece.read(_LARGEST), piece.place)
    if not text.strip():
        raise CorpusError(f"{piece.place} is empty.")
    for note in found.said(piece.name):
        reading.note(note)
    yield from articles_in(text, piece, reading)


def articles_in(
    text: str, piece: Piece, reading: Reading, levels: Mapping[int, int] | None = None
) -> Iterator[Document]:
    """Yield the articles of a text: one, or each of several where titles stand below rulers or labels.

    Parameters
    ----------
    text : str
    piece : Piece
        From what it comes.
    reading : Reading
    levels : mapping of int to int, optional
        Which lines are headings, and of what order; by default as Markdown writes them.

    Raises
    ------
    CorpusError
        If there are several, and it is not plain where they begin.
    """
    lines = _LINE.findall(text)
    orders = _markdown(lines) if levels is None else levels
    borders = find_borders(
        [Shown(line, orders.get(n, 0)) for n, line in enumerate(lines)], reading.publishers
    )
    if borders.n > 1 and not borders.cuts:
        raise CorpusError(several_articles(borders.n, f"{WAY_OUT}, or cut it into a file each"))
    if not borders.cuts:
        given, known = labelled_head(text)
        yield Document(
            piece.article_id,
            text,
            given,
            piece.place,
            file=piece.inside,
            lines=known,
            flags=doubtful(text, borders),
        )
        return
    reading.note(f"{piece.name}: {len(borders.cuts)} articles in one text, read one by one.")
    for number, (begin, end) in enumerate(pairwise((*borders.cuts, len(lines))), start=1):
        part = "".join(lines[begin:end]).rstrip(_EDGE)
        given, known = labelled_head(part)
        if COUNTED.fullmatch(part.split("\n", 1)[0].strip()):
            known = (KnownLine(0, "boilerplate", "counts the articles"), *known)
        name = f"{piece.article_id}-{number}"
        place = piece.at(f"article {number}")
        yield Document(name, part, given, place, file=piece.inside, lines=known)


def _markdown(lines: list[str]) -> dict[int, int]:
    """Return the headings of Markdown: behind signs, or above a line of ``=``."""
    found = {n: len(signs[1]) for n, line in enumerate(lines) if (signs := _SIGNS.match(line))}
    for n, (above, line, below) in enumerate(zip(["", *lines], lines, lines[1:], strict=False)):
        alone = not above.strip() and line.strip() and len(line.split()) <= _LONGEST_TITLE
        if alone and _UNDERLINED.fullmatch(below):
            found[n] = 1
    return found
