"""Reading tables of articles: csv, jsonl and Parquet, row by row."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from syriatopics.corpus.documents import Document, Given
from syriatopics.corpus.read.columns import check_columns, map_columns
from syriatopics.corpus.read.encodings import encoding_of
from syriatopics.errors import CorpusError

__all__ = ["TableReader"]

_BATCH = 1000
_DELIMITERS = ",;\t|"
# A field longer than this is the rest of the file behind a quotation mark that nobody closed.
_LONGEST_FIELD = 64 * 2**20
_NAMED_LINES = 5
_HALF = re.compile("[\ud800-\udfff]")


class TableReader:
    """Reads the rows of one table file as documents.

    Parameters
    ----------
    path : Path
        A ``.csv``, ``.tsv``, ``.jsonl`` or ``.parquet`` file; text files may end in ``.gz``.
    columns : mapping, optional
        Field to column name, for the fields whose columns are not called as usual.

    Attributes
    ----------
    notes : list of str
        What was guessed or is damaged, filled while reading.
    skipped : Counter of str
        Rows that are no articles, by reason.
    fields : tuple of str
        The fields that the columns give, once the first row is read.
    """

    def __init__(self, path: Path, columns: Mapping[str, str | None] | None = None) -> None:
        self.path = path
        self.notes: list[str] = []
        self.skipped: Counter[str] = Counter()
        self.fields: tuple[str, ...] = ()
        self._asked = check_columns(columns)
        self._malformed: list[int] = []
        self._evidence: dict[str, str] = {}
        self._copies: Counter[str] = Counter()

    def __len__(self) -> int:
        """The number of rows where the file tells it, else 0."""
        if _suffix(self.path) != ".parquet":
            return 0
        with self._parquet_file() as file:
            return int(file.metadata.num_rows)

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
        if self._malformed:
            shown = ", ".join(map(str, self._malformed[:_NAMED_LINES]))
            more = len(self._malformed) - _NAMED_LINES
            self.notes.append(
                f"{self.path.name}: no JSON object on line {shown}"
                f"{f' and {more} more' if more > 0 else ''}; skipped."
            )

    def _mapping(self, columns: Sequence[str]) -> dict[str, str]:
        mapping, note = map_columns(self.path, columns, self._asked)
        if note:
            self.notes.append(note)
        self.fields = tuple(mapping)
        self._evidence = {f: f"column {c!r} of {self.path.name}" for f, c in mapping.items()}
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
        return Document(self._named(_hashed(text, given)), text, given, place, hashed=True)

    def _named(self, hashed: str) -> str:
        """Number the rows that are equal in everything: a row without an id is not refused."""
        self._copies[hashed] += 1
        copies = self._copies[hashed]
        return hashed if copies == 1 else f"{hashed}-{copies}"

    def _rows(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        suffix = _suffix(self.path)
        if suffix == ".parquet":
            return self._parquet()
        return self._jsonl() if suffix in (".jsonl", ".ndjson") else self._csv()

    # ---- text files ------------------------------------------------------------------

    @contextmanager
    def _text(self) -> Iterator[io.TextIOBase]:
        """Open the file as text; what a truncated or damaged archive still gives is read."""
        encoding = encoding_of(self.path)
        if encoding not in ("utf-8", "utf-8-sig"):
            self.notes.append(f"{self.path.name}: read as {encoding}.")
        opened = gzip.open if self.path.suffix == ".gz" else open
        with opened(self.path, "rt", encoding=encoding, newline="") as file:
            try:
                yield file
            except (EOFError, zlib.error, gzip.BadGzipFile) as error:
                reason = str(error).splitlines()[0]
                self.skipped["file ends early"] += 1
                self.notes.append(f"{self.path.name}: {reason}; what stands before is read.")

    def _csv(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        before = csv.field_size_limit(_LONGEST_FIELD)
        try:
            with self._text() as file:
                header = file.readline()
                if not header.strip():
                    raise CorpusError(f"{self.path} is empty.")
                delimiter = max(_DELIMITERS, key=header.count)
                names = next(csv.reader([header], delimiter=delimiter))
                lines: list[str] = []
                reader = csv.DictReader(_kept(file, lines), fieldnames=names, delimiter=delimiter)
                unclosed = 0
                for row in reader:
                    unclosed = sum(line.count('"') for line in lines) % 2 and len(lines)
                    lines.clear()
                    if None in row:
                        self.skipped["more fields than columns"] += 1
                        continue
                    yield f"{self.path}, line {reader.line_num + 1}", row
                if unclosed:
                    self.notes.append(
                        f"{self.path.name}: a quotation mark opens {unclosed} lines before the end "
                        "and nothing closes it; the last article may be several."
                    )
        except csv.Error as error:
            raise CorpusError(f"{self.path}, line {reader.line_num + 1}: {error}.") from None
        finally:
            csv.field_size_limit(before)

    def _jsonl(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        with self._text() as file:
            for number, line in enumerate(file, start=1):
                if not line.strip():
                    continue
                try:
                    row = json.loads(line)
                except (ValueError, RecursionError):
                    row = None
                if isinstance(row, dict):
                    yield f"{self.path}, line {number}", _whole(row)
                else:
                    self.skipped["malformed line"] += 1
                    self._malformed.append(number)

    # ---- Parquet ---------------------------------------------------------------------

    @contextmanager
    def _parquet_file(self) -> Iterator[Any]:
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            with pq.ParquetFile(self.path) as file:
                yield file
        except (pa.ArrowException, OSError) as error:
            reason = (str(error).splitlines() or ["damaged"])[0]
            raise CorpusError(f"{self.path} is no readable Parquet file: {reason}") from None

    def _parquet(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        with self._parquet_file() as file:
            names = [str(name) for name in file.schema_arrow.names]
            mapping, _ = map_columns(self.path, names, self._asked)
            number = 0
            # The columns in the order of the file, so that what is guessed is said in it.
            wanted = [name for name in names if name in mapping.values()]
            for batch in file.iter_batches(batch_size=_BATCH, columns=wanted):
                for row in batch.to_pylist():
                    yield f"{self.path}, row {number}", row
                    number += 1


def _suffix(path: Path) -> str:
    return Path(path.stem).suffix if path.suffix == ".gz" else path.suffix


def _kept(file: Iterable[str], lines: list[str]) -> Iterator[str]:
    """Hand lines on and keep them, so that the lines of a row can be looked at."""
    for line in file:
        lines.append(line)
        yield line


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


def _whole(row: dict[str, Any]) -> dict[str, Any]:
    """Replace halves of characters, which JSON can hold and nothing can write."""
    return {
        name: value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if isinstance(value, str) and _HALF.search(value)
        else value
        for name, value in row.items()
    }


def _hashed(text: str, given: Mapping[str, Given]) -> str:
    """Name an article without an id by what it holds, so that the order of rows is irrelevant."""
    said = "\x1f".join(f"{name}={given[name].value}" for name in sorted(given))
    return hashlib.sha256(f"{said}\x1e{text}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
