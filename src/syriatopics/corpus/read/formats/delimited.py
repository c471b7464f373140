"""Tables of delimited text: csv, tsv."""

from __future__ import annotations

from collections.abc import Iterator

from syriatopics.corpus.documents import Document
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.delimited import csv_rows
from syriatopics.corpus.read.dialect import DELIMITERS, fields_in
from syriatopics.corpus.read.piece import Piece
from syriatopics.corpus.read.tables import TableReader

NAME = "table of delimited text"
KINDS = (".csv", ".tsv", ".tab")
_TEXTS = (".txt", ".text")  # spreadsheets save "Unicode text" so


def sniff(piece: Piece) -> Sure:
    """Recognise a table by its name; one that is called a text by the names in its first line."""
    if piece.kind in KINDS:
        return Sure.NAMED
    return Sure.SHAPED if piece.kind in _TEXTS and _is_table(piece) else Sure.NO


def _is_table(piece: Piece) -> bool:
    first, _, rest = piece.sample.lstrip("\ufeff \r\n").partition("\n")
    if "\N{REPLACEMENT CHARACTER}" in first:
        first = piece.head.lstrip().partition(b"\n")[0].decode("cp1256", "replace")
    below = rest.partition("\n")[0]
    return any(len(fields_in(first, sign)) > 1 and sign in below for sign in DELIMITERS)


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield an article for each row."""
    yield from TableReader(piece, reading, lambda: csv_rows(piece, reading))


rows = csv_rows
