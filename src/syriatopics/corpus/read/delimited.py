"""Delimited text, row by row: tables of articles, sidecars and coding sheets are opened here."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from syriatopics.corpus.read.contract import Reading
from syriatopics.corpus.read.dialect import LONGEST_FIELD, Dialect, find_dialect, read_rows
from syriatopics.corpus.read.encodings import encoding_of
from syriatopics.corpus.read.piece import Piece
from syriatopics.corpus.read.utf8 import ERRORS, FileEncoding
from syriatopics.errors import CorpusError
from syriatopics.files import LARGEST_TEXT

__all__ = ["TOO_LONG", "Row", "csv_rows", "opened_text"]

Row = tuple[str, dict[str, str | None]]
TOO_LONG = f"a line of more than {LARGEST_TEXT >> 20} million characters"


@contextmanager
def opened_text(
    piece: Piece, reading: Reading, found: FileEncoding | None = None
) -> Iterator[TextIO]:
    """Open a piece as text in the encoding that it has; `found` where it is known."""
    found = encoding_of(piece) if found is None else found
    for note in found.said(piece.name):
        reading.note(note)
    with (
        piece.open() as file,
        io.TextIOWrapper(file, encoding=found.encoding, errors=ERRORS, newline="") as text,
    ):
        yield text


def csv_rows(piece: Piece, reading: Reading) -> Iterator[Row]:
    """Yield the rows of delimited text, each with its place."""
    before = csv.field_size_limit(LONGEST_FIELD)
    try:
        found = encoding_of(piece)
        with opened_text(piece, reading, found) as file:
            dialect = find_dialect(file)
        if dialect is None:
            raise CorpusError(f"{piece.place} is empty.")
        for note in dialect.notes:
            reading.note(f"{piece.name}: {note}.")
        with opened_text(piece, reading, found) as file:
            yield from _rows(file, dialect, piece, reading)
    finally:
        csv.field_size_limit(before)


def _rows(file: TextIO, dialect: Dialect, piece: Piece, reading: Reading) -> Iterator[Row]:
    number = dialect.skip

    def too_long(line: int) -> None:
        reading.skip(piece, f"line {line + 1}", TOO_LONG)

    try:
        for number, row, problem in read_rows(file, dialect, too_long):
            if problem is None:
                yield f"line {number}", row
            elif row:
                reading.skip(piece, f"line {number}", problem)
            else:
                reading.note(f"{piece.name}: {problem}.")
    except csv.Error as error:
        raise CorpusError(f"{piece.at(f'line {number + 1}')}: {error}.") from None
