"""From rows to documents: what the columns of a table say of each article.

Rows are asked for more than once: first to see what the columns hold, over all of them, then for the
articles. Those of a small table are held meanwhile; those of a large one are read again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from math import inf
from typing import Any

from syriatopics.corpus.documents import Document, Given
from syriatopics.corpus.parse.plausible import CUT
from syriatopics.corpus.parse.printed.column import DateOrder
from syriatopics.corpus.read.cells import flat, is_blank, plain, said, text_of
from syriatopics.corpus.read.columns import Chosen, check_columns, choose_columns
from syriatopics.corpus.read.contract import Reading
from syriatopics.corpus.read.piece import Piece
from syriatopics.corpus.read.survey import Profile, survey
from syriatopics.escaping import to_bytes
from syriatopics.records import Flag, Value

__all__ = ["TableReader", "hashed_id"]


Rows = Iterator[tuple[str, Mapping[str, Any]]]
FlatRow = tuple[str, dict[str, Any]]
# Characters of the cells of a table that is held while it is looked at, and what a cell weighs beside them.
_HELD, _CELL = 2**24, 50
# What a cell of a spreadsheet holds at most; programs cut what is longer and say nothing.
_MOST = 32_767


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

    def __init__(self, piece: Piece, reading: Reading, rows: Callable[[], Rows]) -> None:
        self._piece = piece
        self._reading = reading
        self._rows = rows
        self._asked = check_columns(reading.columns)

    def __iter__(self) -> Iterator[Document]:
        held = _Held()
        with self._reading.looking() as (boundary, notes):
            profiles = survey(row for _, row in held.keeping(self._looked_at()))
            if boundary.counts or boundary.left:  # to be said in its place by a second reading
                held.give_up()
        if not profiles:
            yield from self._without_rows()
            return
        columns = self._columns(profiles, held)
        for note in notes if held.complete else ():
            self._reading.note(note)
        for where, row in held.rows if held.complete else self._flat_rows():
            document = self._reading.attempt(
                self._piece, where, columns.document, self._piece.at(where), row
            )
            if document is None:
                continue
            if document.raw.strip():
                yield document
            else:
                self._reading.skip(self._piece, where, "no text")

    def _without_rows(self) -> Iterator[Document]:
        for _ in self._rows():  # what is wrong is said
            pass
        self._reading.leave("table without a row")
        yield from ()

    def _flat_rows(self) -> Iterator[FlatRow]:
        for where, row in self._rows():
            yield where, flat(row)

    def _looked_at(self) -> Iterator[FlatRow | None]:
        """Yield the rows as far as they go, then None; where they break off is met again, and said then."""
        try:
            yield from self._flat_rows()
        except Exception:  # whatever it is, the second reading meets it inside its boundary
            return
        yield None

    def _columns(self, profiles: Mapping[str, Profile], held: _Held) -> _Columns:
        name, known = self._piece.name, self._reading.publishers
        chosen = choose_columns(
            name, profiles, self._asked, lambda cell: known.outlet_named(cell) is not None
        )
        for note in chosen.notes:
            self._reading.note(note)
        self._reading.choose(chosen.table)
        self._reading.fields.update(("text", *chosen.fields))
        column = chosen.fields.get("date_printed")
        order = None
        if column is not None and not profiles[column].all_dates:
            with self._reading.looking():
                again = held.rows if held.complete else filter(None, self._looked_at())
                order = DateOrder(row.get(column) for _, row in again)
            if not order.decided or order.order is not None or order.kind != "dates":
                self._reading.note(f"{name}: dates of {column!r}: {order.why}.")
        return _Columns(name, chosen, order)


class _Held:
    """The rows of a table that is small enough, so that they are read once."""

    def __init__(self) -> None:
        self.rows: list[FlatRow] = []
        self.complete = False
        self._size: float = 0

    def keeping(self, rows: Iterator[FlatRow | None]) -> Iterator[FlatRow]:
        """Hand rows on, and keep them while they are few; None says that they came to their end."""
        for row in rows:
            if row is None:
                self.complete = self._size <= _HELD
                return
            if self._size <= _HELD:
                self._size += sum(_size(value) for value in row[1].values())
                self.rows.append(row)
                if self._size > _HELD:
                    self.give_up()
            yield row

    def give_up(self) -> None:
        """Keep nothing."""
        self.rows = []
        self.complete = False
        self._size = inf


def _size(value: Any) -> float:
    """Weigh a cell in characters; what is neither text nor plain is too much to be kept."""
    if isinstance(value, str):
        return _CELL + len(value)
    return _CELL if value is None or isinstance(value, bool | int | float | date) else inf


class _Columns:
    """The columns of a table, and how a row of it becomes a document."""

    def __init__(self, name: str, chosen: Chosen, order: DateOrder | None) -> None:
        self._texts = chosen.joined or (chosen.fields["text"],)
        self._id = chosen.fields.get("article_id")
        self._stated = [
            (field, column, f"column {column!r} of {name}")
            for field, column in chosen.fields.items()
            if field not in ("text", "article_id")
        ]
        self._kept = [
            (name, column, column in chosen.numeric) for column, name in chosen.kept.items()
        ]
        self._order = order

    def document(self, place: str, row: Mapping[str, Any]) -> Document:
        """Return the document of a flat row; its text may be empty."""
        text = _joined([row.get(column) for column in self._texts])
        given = {}
        for field, column, evidence in self._stated:
            if value := said(row.get(column)):
                stated = Given(value, evidence)
                given[field] = (
                    self._dated(stated, row.get(column)) if field == "date_printed" else stated
                )
        extra = {name: _value(row.get(column), numeric) for name, column, numeric in self._kept}
        article_id = said(row.get(self._id)) if self._id is not None else ""
        return Document(
            article_id or hashed_id(text, given),
            text,
            given,
            place,
            hashed=not article_id,
            extra=extra,
            flags=(Flag(len(text) - 60, len(text), CUT, text[-60:]),) if len(text) == _MOST else (),
        )

    def _dated(self, stated: Given, cell: Any) -> Given:
        """Write a date as the whole column reads it; what it cannot read stays, and is said."""
        iso = None if self._order is None or isinstance(cell, date) else self._order.iso(cell)
        if iso is None or iso == stated.value:
            return stated
        return Given(iso, f"{stated.evidence}: {stated.value!r:.40}")


def _joined(values: list[Any]) -> str:
    if len(values) == 1:
        return "" if is_blank(values[0]) else text_of(values[0])
    pieces = (text_of(value) for value in values if not is_blank(value))
    return "\n\n".join(filter(str.strip, pieces))


def _value(cell: Any, numeric: bool) -> Value:
    held = plain(cell)
    if numeric and isinstance(held, str):
        return float(held) if "." in held else int(held)
    return held


def hashed_id(text: str, given: Mapping[str, Given]) -> str:
    """Name an article without an id by what it holds, so that the order of rows is irrelevant."""
    stated = "\x1f".join(f"{name}={given[name].value}" for name in sorted(given))
    return hashlib.sha256(to_bytes(f"{stated}\x1e{text}")).hexdigest()[:12]
