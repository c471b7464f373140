"""Spreadsheets: xlsx, xls, ods; every sheet that holds a table."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from syriatopics.corpus.documents import Document
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.packed import check_zip
from syriatopics.corpus.read.piece import Piece
from syriatopics.corpus.read.tables import TableReader
from syriatopics.extras import load

NAME = "spreadsheet"
KINDS = (".xlsx", ".xls", ".xlsb", ".xlsm", ".ods")
_OLD = b"\xd0\xcf\x11\xe0"


def sniff(piece: Piece) -> Sure:
    """Recognise a spreadsheet by its name and the packing that all of them have."""
    packed = piece.head.startswith((b"PK\x03\x04", _OLD))
    if piece.kind in KINDS:
        return Sure.KNOWN if packed else Sure.NAMED
    marks = (b"xl/workbook", b"application/vnd.oasis.opendocument.spreadsheet")
    return Sure.KNOWN if packed and any(mark in piece.head for mark in marks) else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield an article for each row of each sheet."""
    for where, sheet in _sheets(piece, reading):
        table = TableReader(piece, reading, partial(_rows, sheet, where))
        yield from reading.boundary.each(table, piece.path, where)


def rows(piece: Piece, reading: Reading) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the rows of all sheets, each with its place."""
    for where, sheet in _sheets(piece, reading):
        yield from _rows(sheet, where)


def _sheets(piece: Piece, reading: Reading) -> Iterator[tuple[str, list[tuple[int, list[Any]]]]]:
    calamine = load("python_calamine", "A spreadsheet", "save it as .csv")
    data = piece.read()
    check_zip(data, piece)
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in book.sheet_names:
        sheet = _table(book.get_sheet_by_name(name).to_python())
        if not sheet:
            reading.leave("sheet without a table")
            continue
        yield (f"sheet {name}" if len(book.sheet_names) > 1 else ""), sheet


def _table(rows: Sequence[Sequence[Any]]) -> list[tuple[int, list[Any]]]:
    """Return the rows from the header on: the first with as many cells as the rows have."""
    held = [
        (n, list(row))
        for n, row in enumerate(rows, start=1)
        if any(c not in ("", None) for c in row)
    ]
    widths = sorted(sum(c not in ("", None) for c in row) for _, row in held)
    if len(held) < 2:
        return []
    usual = widths[len(widths) // 2]
    start = next((k for k, (_, row) in enumerate(held) if _width(row) >= min(usual, 2)), 0)
    return held[start:]


def _width(row: Sequence[Any]) -> int:
    return sum(isinstance(c, str) and bool(c.strip()) for c in row)


def _rows(
    table: Sequence[tuple[int, Sequence[Any]]], where: str
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    names: list[str] = []
    for n, cell in enumerate(table[0][1], start=1):
        name = str(cell).strip() or f"column {n}"
        names.append(name if name not in names else f"{name} ({n})")
    for number, row in table[1:]:
        place = f"{where}, row {number}" if where else f"row {number}"
        yield place, dict(zip(names, map(_cell, row), strict=False))


def _cell(value: Any) -> Any:
    return None if value == "" else value
