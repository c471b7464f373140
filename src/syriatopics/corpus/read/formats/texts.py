"""Texts as copied from the page, one article each."""

from __future__ import annotations

from collections.abc import Iterator

from syriatopics.corpus.documents import Document
from syriatopics.corpus.parse.head import labelled_head
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.encodings import decode
from syriatopics.corpus.read.piece import Piece
from syriatopics.corpus.read.several import refuse_several_lines
from syriatopics.errors import CorpusError

NAME = "text"
KINDS = (".txt", ".text", ".md")
_LARGEST = 10 * 2**20


def sniff(piece: Piece) -> Sure:
    """Recognise a text by its name."""
    return Sure.NAMED if piece.kind in KINDS else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield the one article of a text.

    Raises
    ------
    CorpusError
        If the text is empty, larger than 10 MB, or no text.
    """
    text, found = decode(piece.read(_LARGEST), piece.place)
    if not text.strip():
        raise CorpusError(f"{piece.place} is empty.")
    refuse_several_lines(text.splitlines())
    notes = found.said(piece.name)
    given, lines = labelled_head(text)
    yield Document(
        piece.article_id, text, given, piece.place, notes, file=piece.inside, lines=lines
    )
