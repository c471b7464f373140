"""From rows to documents: what the columns of a table say of each article."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from syriatopics.corpus.documents import Document, Given
from syriatopics.corpus.read.columns import check_columns, map_columns
from syriatopics.corpus.read.contract import Reading
from syriatopics.corpus.read.piece import Piece

__all__ = ["TableReader", "hashed_id", "whole"]

_HALF = re.compile("[\ud800-\udfff]")


class TableReader:
    """Reads the rows of one table as documents, whatever the table is kept in.

    Parameters
    ----------
    piece : Piece
        Where the rows come from, for messages.
    reading : Reading
    rows : callable
        Gives the rows, each with its place, from the first one on whenever it is called.
    """

    def __init__(
        self,
        piece: Piece,
        reading: Reading,
        rows: Callable[[], Iterator[tuple[str, Mapping[str, Any]]]],
    ) -> None:
        self._piece = piece
        self._reading = reading
        self._rows = rows
        self._asked = check_columns(reading.columns)
        self._evidence: dict[str, str] = {}

    def __iter__(self) -> Iterator[Document]:
        mapping: dict[str, str] | None = None
        for where, row in self._rows():
            if mapping is None:
                mapping = self._mapping(list(row))
            text = row.get(mapping["text"])
            if not isinstance(text, str) or not text.strip():
                self._reading.skip(self._piece, where, "no text")
                continue
            document = self._reading.attempt(
                self._piece, where, self._document, self._piece.at(where), row, mapping, text
            )
            if document is not None:
                yield document
        if mapping is None:
            self._reading.leave("table without a row")

    def _mapping(self, columns: Sequence[str]) -> dict[str, str]:
        mapping, note = map_columns(self._piece.path, columns, self._asked)
        if note:
            self._reading.note(note)
        self._reading.fields.update(mapping)
        name = self._piece.name
        self._evidence = {f: f"column {c!r} of {name}" for f, c in mapping.items()}
        return mapping

    def _document(
        self, place: str, row: Mapping[str, Any], mapping: Mapping[str, str], text: str
    ) -> Document:
        given = {
            field: Given(value, self._evidence[field])
            for field, column in mapping.items()
            if field not in ("text", "article_id") and (value := _said(row.get(column)))
        }
        article_id = _said(row.get(mapping["article_id"])) if "article_id" in mapping else ""
        if article_id:
            return Document(article_id, text, given, place)
        return Document(hashed_id(text, given), text, given, place, hashed=True)


def _said(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if value is None or value != value:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(_said, value)))
    if isinstance(value, dict):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value).strip()


def whole(row: dict[str, Any]) -> dict[str, Any]:
    """Replace halves of characters, which JSON can hold and nothing can write."""
    return {
        name: value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if isinstance(value, str) and _HALF.search(value)
        else value
        for name, value in row.items()
    }


def hashed_id(text: str, given: Mapping[str, Given]) -> str:
    """Name an article without an id by what it holds, so that the order of rows is irrelevant."""
    said = "\x1f".join(f"{name}={given[name].value}" for name in sorted(given))
    return hashlib.sha256(f"{said}\x1e{text}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
