"""Reading tables of articles: csv, jsonl and Parquet, with the columns that people use."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from syriatopics.corpus.documents import Document, Given
from syriatopics.corpus.read.encodings import decode
from syriatopics.errors import CorpusError, choices

__all__ = ["TableReader"]

# The usual names of the columns, the surest first. Compared in lower case.
_USUAL: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "article_text", "maintext", "النص", "نص"),
    "article_id": ("article_id", "id", "doc_id", "document_id", "uid", "guid"),
    "title": ("title", "headline", "العنوان", "عنوان"),
    "outlet": ("outlet", "source", "publisher", "newspaper", "site", "media", "المصدر", "الصحيفة"),
    "date_printed": (
        "date_printed",
        "date",
        "published",
        "publish_date",
        "date_publish",
        "pubdate",
        "datetime",
        "created",
        "التاريخ",
        "تاريخ",
    ),
    "author": ("author", "authors", "byline", "الكاتب"),
    "translator": ("translator",),
    "origin": ("origin", "agency", "credit"),
    "production": ("production",),
    "url": ("url", "link", "uri", "الرابط"),
    "event_start": ("event_start",),
    "event_end": ("event_end",),
    "date_status": ("date_status",),
}


class TableReader:
    """Reads the rows of one table file as documents.

    Parameters
    ----------
    path : Path
        A ``.csv``, ``.tsv``, ``.jsonl`` or ``.parquet`` file.
    columns : mapping, optional
        Field to column name, for the fields whose columns are not called as usual.
    """

    def __init__(self, path: Path, columns: Mapping[str, str] | None = None) -> None:
        self.path = path
        self.notes: list[str] = []
        self.skipped: Counter[str] = Counter()
        self._asked = dict(columns or {})
        unknown = sorted(set(self._asked) - set(_USUAL))
        if unknown:
            raise CorpusError(
                f"columns: {unknown[0]!r} is no field of an article. Fields: {choices(_USUAL)}."
            )

    def __iter__(self) -> Iterator[Document]:
        mapping: dict[str, str] | None = None
        for place, row in self._rows():
            if mapping is None:
                mapping = self._mapping(list(row))
            text = row.get(mapping["text"])
            if not isinstance(text, str) or not text.strip():
                self.skipped["no text"] += 1
                continue
            yield self._document(place, row, mapping, text)

    def _document(
        self, place: str, row: Mapping[str, Any], mapping: Mapping[str, str], text: str
    ) -> Document:
        given = {
            field: Given(value, f"column {column!r} of {self.path.name}")
            for field, column in mapping.items()
            if field not in ("text", "article_id") and (value := _said(row.get(column)))
        }
        article_id = _said(row.get(mapping["article_id"])) if "article_id" in mapping else ""
        return Document(article_id or _hashed(text, given), text, given, place)

    def _mapping(self, columns: Sequence[str]) -> dict[str, str]:
        lower = {column.lower().strip(): column for column in columns}
        mapping: dict[str, str] = {}
        for field, usual in _USUAL.items():
            if field in self._asked:
                if self._asked[field] not in columns:
                    raise CorpusError(
                        f"{self.path}: no column {self._asked[field]!r} for {field}. "
                        f"Columns here: {choices(columns)}."
                    )
                mapping[field] = self._asked[field]
            elif hit := next((lower[name] for name in usual if name in lower), None):
                mapping[field] = hit
        if "text" not in mapping:
            raise CorpusError(
                f"{self.path}: no column holds the text. Columns here: {choices(columns)}. "
                "Say which with columns={'text': …}."
            )
        guessed = [f"{f} from {c!r}" for f, c in mapping.items() if f not in self._asked]
        if guessed:
            self.notes.append(f"{self.path.name}: columns guessed: {', '.join(guessed)}.")
        return mapping

    def _rows(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        if self.path.suffix == ".parquet":
            return self._parquet()
        if self.path.suffix in (".jsonl", ".ndjson"):
            return self._jsonl()
        return self._csv()

    def _csv(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        text, encoding = decode(self.path.read_bytes(), str(self.path))
        if encoding != "utf-8":
            self.notes.append(f"{self.path.name}: read as {encoding}.")
        delimiter = "\t" if self.path.suffix == ".tsv" else ","
        csv.field_size_limit(2**31 - 1)
        reader = csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter)
        if not reader.fieldnames:
            raise CorpusError(f"{self.path} is empty.")
        try:
            for row in reader:
                yield f"{self.path}, line {reader.line_num}", row
        except csv.Error as error:
            raise CorpusError(f"{self.path}, line {reader.line_num}: {error}.") from None

    def _jsonl(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        text, _ = decode(self.path.read_bytes(), str(self.path))
        for number, line in enumerate(text.split("\n"), start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (json.JSONDecodeError, RecursionError):
                row = None
            if not isinstance(row, dict):
                self.skipped["malformed line"] += 1
                self.notes.append(f"{self.path.name}, line {number}: no JSON object; skipped.")
                continue
            yield f"{self.path}, line {number}", row

    def _parquet(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            with pq.ParquetFile(self.path) as file:
                number = 0
                for batch in file.iter_batches(batch_size=2000):
                    for row in batch.to_pylist():
                        yield f"{self.path}, row {number}", row
                        number += 1
        except (pa.ArrowInvalid, OSError) as error:
            reason = str(error).splitlines()[0]
            raise CorpusError(f"{self.path} is no readable Parquet file: {reason}") from None


def _said(value: Any) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(_said, value)))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value).strip()


def _hashed(text: str, given: Mapping[str, Given]) -> str:
    """Name an article without an id by what it holds, so that the order of rows is irrelevant."""
    said = "\x1f".join(f"{name}={given[name].value}" for name in sorted(given))
    return hashlib.sha256(f"{said}\x1e{text}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
