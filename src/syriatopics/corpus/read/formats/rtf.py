"""Rich text (.rtf): the text of a document, or an export of many articles in one."""

from __future__ import annotations

from collections.abc import Iterator

from syriatopics.corpus.documents import Document
from syriatopics.corpus.read.contract import Reading, Sure, quietly
from syriatopics.corpus.read.piece import Piece
from syriatopics.errors import CorpusError
from syriatopics.escaping import whole
from syriatopics.extras import load

NAME = "rich text"
KINDS = (".rtf",)


def sniff(piece: Piece) -> Sure:
    """Recognise rich text by its first group."""
    if piece.head.lstrip().startswith(b"{\\rtf"):
        return Sure.KNOWN
    return Sure.NAMED if piece.kind in KINDS else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield the articles of the text, as if it were a .txt."""
    striprtf = load("striprtf.striprtf", "A file of rich text", "save it as .txt")
    source = piece.read().decode("latin-1")
    if not source.lstrip().startswith("{\\rtf"):
        raise CorpusError(f"{piece.place} is no rich text.")
    with quietly():
        text = striprtf.rtf_to_text(source, errors="replace")
    yield from reading.read(piece.turned(f"{piece.name}.txt", whole(text).encode()))
