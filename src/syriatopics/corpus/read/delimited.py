"""Delimited text, row by row: tables of articles, sidecars and coding sheets are opened here."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from syriatopics.corpus.read.contract import Reading
from syriatopics.corpus.read.encodings import encoding_of
from syriatopics.corpus.read.piece import Piece
from syriatopics.errors import CorpusError
from syriatopics.files import LARGEST_TEXT, bounded_lines

__all__ = ["TOO_LONG", "Row", "csv_rows", "opened_text"]

Row = tuple[str, dict[str, str]]
_DELIMITERS = ",;\t|"
# A field longer than this is the rest of the file behind a quotation mark that nobody closed.
_LONGEST_FIELD = LARGEST_TEXT
TOO_LONG = f"a line of more than {LARGEST_TEXT >> 20} million characters"


@contextmanager
def opened_text(piece: Piece, reading: Reading) -> Iterator[TextIO]:
    """Open a piece as text in the encoding that it has."""
    encoding = encoding_of(piece)
    if encoding not in ("utf-8", "utf-8-sig"):
        reading.note(f"{piece.name}: read as {encoding}.")
    with (
        piece.open() as file,
        io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="") as text,
    ):
        yield text


def csv_rows(piece: Piece, reading: Reading) -> Iterator[Row]:
    """Yield the rows of delimited text, each with its place."""
    before = csv.field_size_limit(_LONGEST_FIELD)
    try:
        with opened_text(piece, reading) as file:
            yield from _rows(file, piece, reading)
    finally:
        csv.field_size_limit(before)


def _rows(file: TextIO, piece: Piece, reading: Reading) -> Iterator[Row]:
    header = file.readline(_LONGEST_FIELD)
    if not header.strip():
        raise CorpusError(f"{piece.place} is empty.")
    delimiter = max(_DELIMITERS, key=header.count)
    names = next(csv.reader([header], delimiter=delimiter))
    lines: list[str] = []
    kept = _kept(file, lines, lambda number: reading.skip(piece, f"line {number + 1}", TOO_LONG))
    reader = csv.DictReader(kept, fieldnames=names, delimiter=delimiter)
    unclosed = 0
    try:
        for row in reader:
            unclosed = sum(line.count('"') for line in lines) % 2 and len(lines)
            lines.clear()
            where = f"line {reader.line_num + 1}"
            if None in row:
                reading.skip(piece, where, "more fields than columns")
                continue
            yield where, row
    except csv.Error as error:
        raise CorpusError(f"{piece.at(f'line {reader.line_num + 1}')}: {error}.") from None
    if unclosed:
        reading.note(
            f"{piece.name}: a quotation mark opens {unclosed} lines before the end "
            "and nothing closes it; the last article may be several."
        )


def _kept(file: TextIO, lines: list[str], too_long: Callable[[int], None]) -> Iterator[str]:
    """Hand lines on and keep them, so that the lines of a row can be looked at."""
    for number, line in bounded_lines(file):
        if line is None:
            too_long(number)
            continue
        lines.append(line)
        yield line
