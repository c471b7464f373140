"""Tables of delimited text: csv, tsv."""

from __future__ import annotations

from collections.abc import Iterator

from syriatopics.corpus.documents import Document
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.delimited import csv_rows
from syriatopics.corpus.read.piece import Piece
from syriatopics.corpus.read.tables import TableReader

NAME = "table of delimited text"
KINDS = (".csv", ".tsv", ".tab")


def sniff(piece: Piece) -> Sure:
    """Recognise a table by its name."""
    return Sure.NAMED if piece.kind in KINDS else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield an article for each row."""
    yield from TableReader(piece, reading, lambda: csv_rows(piece, reading))


rows = csv_rows
