"""JSON: an object a line, arrays, one article in a file, and the envelopes of programs and services."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from syriatopics.corpus.documents import Document
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.delimited import TOO_LONG, opened_text
from syriatopics.corpus.read.headings import field_named
from syriatopics.corpus.read.json_items import json_objects
from syriatopics.corpus.read.piece import Piece
from syriatopics.corpus.read.tables import TableReader
from syriatopics.files import bounded_lines

NAME = "JSON"
KINDS = (".json", ".jsonl", ".ndjson", ".geojson")
_BEGINS = re.compile(r"\s*+[\[{]\s*+[\[{\"\]}]")
# A file up to this size is looked at whole to find where its articles are.
_WHOLE = 16 * 2**20
# Names under which services and programs keep their articles.
_LISTS = (
    "articles", "results", "stories", "items", "data", "docs", "documents", "hits", "list", "posts",
    "rows", "records", "news", "entries", "response", "value", "tweets", "messages",
)  # fmt: skip
_ARRAY = re.compile(r"\"(" + "|".join(_LISTS) + r")\"\s*+:\s*+\[\s*+(?=\{)")
_IN_ARRAY = re.compile(r"\[\s*+(?:\{|\]|$)")
_FEWEST = 2
_ONCE = {"title", "date_printed", "url", "outlet", "article_id"}


def sniff(piece: Piece) -> Sure:
    """Recognise JSON by its first signs."""
    if _BEGINS.match(piece.sample):
        return Sure.SHAPED
    return Sure.NAMED if piece.kind in KINDS else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield an article for each object."""
    yield from TableReader(piece, reading, lambda: rows(piece, reading))


def rows(piece: Piece, reading: Reading) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the objects, each with its place."""
    if _is_lines(piece):
        yield from _lines(piece, reading)
        return
    with opened_text(piece, reading) as file:
        if _small(piece):
            head = "".join(iter(lambda: file.read(2**20), "")).removeprefix("\ufeff")
            items = _inside(head)
            if items is not None:
                yield from ((f"item {n}", dict(i)) for n, i in enumerate(items, start=1))
                return
        else:
            head = file.read(2**20).removeprefix("\ufeff")
        if not head.lstrip().startswith("[") and (found := _ARRAY.search(head)):
            head = head[found.end() :]  # an envelope that is large, or damaged
        for number, (_, item) in enumerate(json_objects(file, head), start=1):
            if isinstance(item, dict):
                yield f"item {number}", item
            else:
                reading.skip(piece, f"item {number}", "malformed item")


def _is_lines(piece: Piece) -> bool:
    """Say whether objects stand one a line: what the name says, but for an array in the file."""
    text = piece.sample.lstrip()
    if _IN_ARRAY.match(text):
        return False
    first, _, rest = text.partition("\n")
    return piece.kind in (".jsonl", ".ndjson") or (
        first.rstrip().endswith("}") and rest.lstrip().startswith("{")
    )


def _lines(piece: Piece, reading: Reading) -> Iterator[tuple[str, Mapping[str, Any]]]:
    with opened_text(piece, reading) as file:
        for number, line in bounded_lines(file):
            if line is None:
                reading.skip(piece, f"line {number}", TOO_LONG)
                continue
            if not line.strip("\ufeff \t\r\n"):
                continue
            held = _objects(line)
            yield from ((f"line {number}{extra}", row) for extra, row in held)
            if not held:
                reading.skip(piece, f"line {number}", "malformed line")


def _objects(line: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the object of a line; where a line break was lost, those that it holds."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        found = [item for _, item in json_objects(io.StringIO(""), line) if isinstance(item, dict)]
        several = len(found) > 1
        return [(f", object {n}" if several else "", item) for n, item in enumerate(found, start=1)]
    return [("", row)] if isinstance(row, dict) else []


def _small(piece: Piece) -> bool:
    """Say whether a file can be looked at whole: packed ones tell by trying."""
    if piece.size is not None:
        return piece.size <= _WHOLE
    with piece.open() as file:
        left = _WHOLE
        while left > 0 and (chunk := file.read(2**20)):
            left -= len(chunk)
    return left > 0


def _inside(text: str) -> list[Mapping[str, Any]] | None:
    """Return the articles of a file that is one value; None where it is a stream, or damaged."""
    try:
        value = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return None
    if isinstance(value, list):
        return value if all(isinstance(item, dict) for item in value) else None
    if not isinstance(value, dict):
        return None
    return _of_object(value, 0)


def _of_object(value: Mapping[str, Any], depth: int) -> list[Mapping[str, Any]]:
    """Find the list of articles in an envelope, however deep; else the object is an article."""
    if (frame := _of_frame(value)) is not None:
        return frame
    if depth < 3:
        for name in _LISTS:
            held = value.get(name)
            if isinstance(held, list) and held and all(isinstance(i, dict) for i in held):
                return held
            if isinstance(held, dict) and not _is_text(value):
                inner = _of_object(held, depth + 1)
                if inner and inner[0] is not held:
                    return inner
    values = list(value.values())
    if len(values) >= _FEWEST and all(isinstance(v, dict) and _is_text(v) for v in values):
        return values  # articles by their ids
    return [value]


def _of_frame(value: Mapping[str, Any]) -> list[Mapping[str, Any]] | None:
    """Turn what pandas writes (by columns, split, as a table) into rows."""
    names, data = value.get("columns"), value.get("data")
    if isinstance(names, list) and isinstance(data, list) and "index" in value:
        return [dict(zip(names, row, strict=False)) for row in data if isinstance(row, list)]
    if "schema" in value and isinstance(data, list):
        return [row for row in data if isinstance(row, dict)]
    columns = list(value.values())
    if _is_parallel(value):
        rows = zip(*columns, strict=True)
        return [dict(zip(value, row, strict=True)) for row in rows]
    if len(columns) < _FEWEST or not all(isinstance(c, dict) and c for c in columns):
        return None
    keys = list(columns[0])
    if any(list(c) != keys for c in columns[1:]) or not all(k.isdigit() for k in keys):
        return None
    return [{name: column[key] for name, column in value.items()} for key in keys]


def _is_parallel(value: Mapping[str, Any]) -> bool:
    """Say whether lists of one length hold the articles: text, and what an article has once."""
    fields = {field_named(name) for name in value}
    held = [len(v) if isinstance(v, list) else 0 for v in value.values()]
    return "text" in fields and bool(fields & _ONCE) and min(held) >= _FEWEST and len({*held}) == 1


def _is_text(value: Mapping[str, Any]) -> bool:
    return any(isinstance(v, str) and len(v.split()) > 5 for v in value.values())
