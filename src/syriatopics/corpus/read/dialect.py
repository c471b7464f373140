"""Delimited text: where its header stands, what parts its fields, and how it quotes.

What a spreadsheet, a database or a person put above the header (``sep=;``, a title, a blank line)
is passed over, and said; a table without a header has columns by number.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, NamedTuple, TextIO

from syriatopics.corpus.read.headings import field_named
from syriatopics.files import LARGEST_TEXT, bounded_lines

__all__ = ["DELIMITERS", "Dialect", "fields_in", "find_dialect", "read_rows"]

DELIMITERS = ",;\t|"
# A field longer than this is the rest of the file behind a quotation mark that nobody closed.
LONGEST_FIELD = LARGEST_TEXT
_HEAD_LINES, _HEAD_CHARACTERS = 400, 2**20
_ROWS = 100
_LONGEST_NAME, _LONGEST_HEADER = 60, 4000
_SEP = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_VALUE = re.compile(r"-?\d+(?:[.,]\d+)*|https?://\S*|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*")


class Dialect(NamedTuple):
    """How a delimited text is written.

    Attributes
    ----------
    delimiter : str
    names : tuple of str
        The columns; "column 1" … where there is no header.
    skip : int
        Lines above the first row.
    quoting : int
        Of the module csv.
    nested : bool
        Whether each row is quoted as a whole, and inside of it its fields.
    escape : str or None
        The sign before a quotation mark that stands for itself, where it is not doubled.
    notes : tuple of str
        What was passed over or assumed.
    """

    delimiter: str
    names: tuple[str, ...]
    skip: int
    quoting: int = csv.QUOTE_MINIMAL
    escape: str | None = None
    notes: tuple[str, ...] = ()
    nested: bool = False

    def options(self) -> dict[str, Any]:
        """Return the options of a reader of the module csv."""
        return {
            "delimiter": self.delimiter,
            "quoting": self.quoting,
            "escapechar": self.escape,
            "doublequote": self.escape is None,
        }


class _Head(NamedTuple):
    """The first lines as one delimiter cuts them."""

    delimiter: str
    rows: list[list[str]]
    ends: list[int]
    width: int
    share: float
    first: int
    nested: bool = False

    @property
    def rank(self) -> tuple[bool, bool, float, int]:
        names = self.rows[self.first] if self.rows else []
        return self.width > 1, any(map(_is_known, names)), round(self.share, 1), self.width


def find_dialect(file: TextIO) -> Dialect | None:
    """Look at the first lines of a delimited text; None where it holds nothing.

    Parameters
    ----------
    file : text file
        At its beginning; it is read some way.
    """
    lines: list[str] = []
    held = 0
    for _, line in islice(bounded_lines(file), _HEAD_LINES):
        lines.append(line or "\n")
        held += len(lines[-1])
        if held > _HEAD_CHARACTERS:
            break
    above = 0
    while above < len(lines) and not lines[above].strip("\ufeff \t\r\n"):
        above += 1
    if above == len(lines):
        return None
    stated = _SEP.fullmatch(lines[above].lstrip("\ufeff"))
    if stated is not None:
        above += 1
    given = stated[1] if stated else None
    quoting, escape = _quotes(lines[above:], given)
    heads = [_cut(lines[above:], sign, quoting, escape) for sign in (given or DELIMITERS)]
    best = max(heads, key=lambda head: head.rank)
    if best.width == 1 and given is None:
        best = _nested(lines[above:], quoting, escape) or best
    return _dialect(best, above, quoting, escape)


def _dialect(head: _Head, above: int, quoting: int, escape: str | None) -> Dialect:
    notes = []
    row = head.rows[head.first] if head.rows else []
    lines = above + (head.ends[head.first - 1] if head.first else 0)
    if head.first:
        notes.append(f"{head.first} lines above the header are passed over")
    if quoting == csv.QUOTE_NONE:
        notes.append("quotation marks are part of the texts: no field is quoted")
    if _is_header(row):
        return Dialect(
            head.delimiter,
            _distinct(row),
            above + head.ends[head.first],
            quoting,
            escape,
            tuple(notes),
            head.nested,
        )
    notes.append("no header: columns go by number")
    names = tuple(f"column {n}" for n in range(1, len(row) + 1))
    return Dialect(head.delimiter, names, lines, quoting, escape, tuple(notes))


def _quotes(lines: Sequence[str], delimiter: str | None) -> tuple[int, str | None]:
    """Say whether fields are quoted, and how a quotation mark inside one is written."""
    text = "".join(lines)
    if '\\"' in text and '""' not in text.replace('\\"', ""):
        return csv.QUOTE_MINIMAL, "\\"
    sign = delimiter or "\t"
    widths = Counter(line.count(sign) for line in lines if line.strip())
    if sign != "\t" or '"' not in text or not widths:
        return csv.QUOTE_MINIMAL, None
    # With tabs that many programs never quote: are lines alike that quotes would swallow?
    width, n = widths.most_common(1)[0]
    if width and n == sum(widths.values()):
        cut = _cut(lines, sign, csv.QUOTE_MINIMAL, None)
        if any("\n" in field or "\r" in field for row in cut.rows for field in row):
            return csv.QUOTE_NONE, None
    return csv.QUOTE_MINIMAL, None


def _cut(lines: Sequence[str], delimiter: str, quoting: int, escape: str | None) -> _Head:
    dialect = Dialect(delimiter, (), 0, quoting, escape)
    reader = csv.reader(lines, **dialect.options())
    rows, ends = [], []
    try:
        for row in islice(reader, _ROWS):
            rows.append(row)
            ends.append(reader.line_num)
    except csv.Error:
        pass
    widths = Counter(len(row) for row in rows if any(field.strip() for field in row))
    if not widths:
        return _Head(delimiter, rows, ends, 0, 0.0, 0)
    # Of widths that come equally often the larger one: a preamble is narrow.
    width, n = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]))
    first = (
        next(
            place
            for place, row in enumerate(rows)
            if len(row) == width and not row[0].lstrip("\ufeff").startswith("#")
        )
        if any(len(row) == width and not row[0].startswith("#") for row in rows)
        else 0
    )
    named = [p for p, row in enumerate(rows[:first]) if sum(map(_is_known, row)) > 1]
    first = named[0] if named else first
    return _Head(delimiter, rows, ends, width, n / sum(widths.values()), first)


def _nested(lines: Sequence[str], quoting: int, escape: str | None) -> _Head | None:
    """Cut rows that are quoted as a whole, as a spreadsheet saves a table that it had not parted."""
    inner = [row[0] if row else "" for row in _cut(lines, "\t", quoting, escape).rows]
    for sign in DELIMITERS:
        if inner and len(fields_in(inner[0], sign)) > 1:
            return _cut(inner, sign, quoting, escape)._replace(nested=True)
    return None


def fields_in(line: str, sign: str) -> set[str]:
    """Return the fields of an article that names in a line stand for, parted by a sign."""
    cells = (cell.strip(' \r\n"') for cell in line[:_LONGEST_HEADER].split(sign))
    named = (field_named(cell) for cell in cells if 0 < len(cell) <= _LONGEST_NAME)
    return {field for field in named if field is not None}


def _is_known(name: str) -> bool:
    return bool(name.strip()) and field_named(name.strip()) is not None


def _is_header(row: Sequence[str]) -> bool:
    """Say whether a row holds names: one that is known, or short words and no values."""
    cells = [cell.strip().removeprefix("\ufeff") for cell in row]
    if any(len(cell) > _LONGEST_NAME for cell in cells):
        return False
    if any(map(_is_known, cells)):
        return True
    held = [cell for cell in cells if cell]
    return bool(held) and not any(map(_VALUE.fullmatch, held))


def _distinct(row: Sequence[str]) -> tuple[str, ...]:
    names: list[str] = []
    for place, cell in enumerate(row, start=1):
        name = cell.strip().removeprefix("\ufeff").strip() or f"column {place}"
        base, n = name, 2
        while name in names:
            name, n = f"{base} ({n})", n + 1
        names.append(name)
    return tuple(names)


def read_rows(
    file: TextIO, dialect: Dialect, too_long: Callable[[int], None] = lambda _: None
) -> Iterator[tuple[int, dict[str, str | None], str | None]]:
    """Yield the rows behind the header, each with the line in which it ends and what is wrong with it.

    A row with more fields than columns is one of which nobody knows what is what; a quotation mark that
    nothing closes is said of no row, at the end.
    """
    lines: list[str] = []
    kept = islice(_kept(file, lines, too_long), dialect.skip, None)
    reader = csv.reader(kept, **dialect.options())
    rows = reader
    if dialect.nested:
        rows = csv.reader((row[0] if row else "" for row in reader), **dialect.options())
    width = len(dialect.names)
    unclosed = 0
    for row in rows:
        if dialect.quoting != csv.QUOTE_NONE:
            unclosed = sum(line.count('"') for line in lines) % 2 and len(lines)
        lines.clear()
        if not row:
            continue
        problem = "the header again" if tuple(row) == dialect.names else None
        if len(row) > width:
            more = any(field.strip() for field in row[width:])
            problem = "more fields than columns" if more else None
            del row[width:]
        missing = (None,) * (width - len(row))
        named = dict(zip(dialect.names, chain(row, missing), strict=True))
        yield reader.line_num + dialect.skip, named, problem
    if unclosed:
        said = f"a quotation mark opens {unclosed} lines before the end and nothing closes it"
        yield reader.line_num + dialect.skip, {}, f"{said}; the last article may be several"


def _kept(file: TextIO, lines: list[str], too_long: Callable[[int], None]) -> Iterator[str]:
    """Hand lines on and keep them, so that the lines of a row can be looked at."""
    for number, line in bounded_lines(file):
        if line is None:
            too_long(number)
            continue
        lines.append(line)
        yield line
