"""JSON: an object a line, arrays, one article in a file, and the envelopes of programs and services."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from syriatopics.corpus.documents import Document
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.delimited import opened_text
from syriatopics.corpus.read.json_items import BAD, json_objects
from syriatopics.corpus.read.piece import Piece
from syriatopics.corpus.read.tables import TableReader, whole
from syriatopics.errors import CorpusError

NAME = "JSON"
KINDS = (".json", ".jsonl", ".ndjson", ".geojson")
_BEGINS = re.compile(r"\s*+[\[{]\s*+[\[{\"\]}]")
# A file up to this size is looked at whole to find where its articles are.
_WHOLE = 32 * 2**20
# Names under which services and programs keep their articles.
_LISTS = (
    "articles", "results", "stories", "items", "data", "docs", "documents", "hits", "list", "posts",
    "rows", "records", "news", "entries", "response", "value", "tweets", "messages",
)  # fmt: skip
_ARRAY = re.compile(r"\"(" + "|".join(_LISTS) + r")\"\s*+:\s*+\[\s*+(?=\{)")
_FEWEST = 2


def sniff(piece: Piece) -> Sure:
    """Recognise JSON by its first signs."""
    if _BEGINS.match(piece.sample):
        return Sure.SHAPED
    return Sure.NAMED if piece.kind in KINDS else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield an article for each object."""
    yield from TableReader(piece, reading, lambda: _rows(piece, reading))


def _rows(piece: Piece, reading: Reading) -> Iterator[tuple[str, Mapping[str, Any]]]:
    with opened_text(piece, reading) as file:
        head = file.read(_WHOLE)
        if not head.strip("\ufeff \t\r\n"):
            raise CorpusError(f"{piece.place} is empty.")
        items = None
        if not file.read(1):
            items = _inside(head)
        else:
            file.seek(0)
            head = file.read(2**20)
            if (found := _ARRAY.search(head)) and not _is_lines(head):
                head = head[found.end() :]
        if items is not None:
            for n, item in enumerate(items, start=1):
                yield f"item {n}", whole(dict(item))
            return
        if not _is_lines(head) and (found := _ARRAY.search(head)):
            head = head[found.end() :]  # a damaged envelope
        yield from _streamed(piece, reading, head, file)


def _streamed(
    piece: Piece, reading: Reading, head: str, file: Any
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    lines = _is_lines(head)
    line, seen = 1, 0
    text = head.removeprefix("\ufeff")
    number = 0
    for place, item in json_objects(file, text):
        number += 1
        where = f"item {number}"
        if lines and place <= len(text):
            line += text.count("\n", seen, place)
            seen = place
            where = f"line {line}"
        if isinstance(item, dict):
            yield where, whole(item)
        else:
            reason = "malformed line" if lines else "malformed item"
            reading.skip(piece, where, reason if item is BAD else f"{reason}: no object")


def _is_lines(text: str) -> bool:
    """Say whether objects stand one a line, and not in an array."""
    return not text.lstrip("\ufeff \t\r\n").startswith("[") and re.search(
        r"\}\s*+\n\s*+\{", text
    ) is not None


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
    if len(columns) < _FEWEST or not all(isinstance(c, dict) and c for c in columns):
        return None
    keys = list(columns[0])
    if any(list(c) != keys for c in columns[1:]) or not all(k.isdigit() for k in keys):
        return None
    return [{name: column[key] for name, column in value.items()} for key in keys]


def _is_text(value: Mapping[str, Any]) -> bool:
    return any(isinstance(v, str) and len(v.split()) > 5 for v in value.values())
