"""JSON, an object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from syriatopics.corpus.documents import Document
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.delimited import opened_text
from syriatopics.corpus.read.piece import Piece
from syriatopics.corpus.read.tables import TableReader, whole

NAME = "JSON lines"
KINDS = (".jsonl", ".ndjson")


def sniff(piece: Piece) -> Sure:
    """Recognise JSON lines by their name."""
    return Sure.NAMED if piece.kind in KINDS else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield an article for each line."""
    yield from TableReader(piece, reading, lambda: _rows(piece, reading))


def _rows(piece: Piece, reading: Reading) -> Iterator[tuple[str, dict[str, Any]]]:
    with opened_text(piece, reading) as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                row = None
            if isinstance(row, dict):
                yield f"line {number}", whole(row)
            else:
                reading.skip(piece, f"line {number}", "malformed line")
