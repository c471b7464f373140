"""Tables, documents and counts as bytes: Parquet and npz, the same bytes for the same content."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from scipy import sparse

from syriatopics.corpus.documents import Document, Given, KnownLine, StatedDate
from syriatopics.errors import CorpusError
from syriatopics.records import Repair

__all__ = [
    "DOCUMENTS",
    "arrays_of",
    "arrow_of",
    "bare_frame_of",
    "counts_of",
    "documents_of",
    "frame_of",
    "npz_of",
    "parquet_of",
    "rows_of",
    "table_of",
    "write_counts",
]

DOCUMENTS = pa.schema(
    [
        ("article_id", pa.large_string()),
        ("raw", pa.large_string()),
        ("given", pa.large_string()),
        ("place", pa.large_string()),
        ("main_text", pa.list_(pa.large_string())),
        ("captured", pa.date32()),
        ("file", pa.large_string()),
        ("hashed", pa.bool_()),
        ("dates", pa.large_string()),
        ("lines", pa.large_string()),
        ("extra", pa.large_string()),
        ("repairs", pa.large_string()),
    ]
)


def rows_of(documents: Iterable[Document]) -> pa.Table:
    """Return documents as a table of Arrow.

    Raises
    ------
    CorpusError
        If a text holds what no file can hold; the message names the place.
    """
    rows: list[dict[str, Any]] = []
    for document in documents:
        given = [[name, *value] for name, value in document.given.items()]
        row = {
            "article_id": document.article_id,
            "raw": document.raw,
            "given": json.dumps(given, ensure_ascii=False),
            "place": document.place,
            "main_text": None if document.main_text is None else sorted(document.main_text),
            "captured": document.captured,
            "file": document.file,
            "hashed": document.hashed,
            "dates": json.dumps(document.dates, ensure_ascii=False),
            "lines": json.dumps(document.lines, ensure_ascii=False),
            "extra": json.dumps(dict(document.extra), ensure_ascii=False),
            "repairs": json.dumps(document.repairs, ensure_ascii=False),
        }
        rows.append(row)
    try:
        return pa.Table.from_pylist(rows, schema=DOCUMENTS)
    except UnicodeEncodeError:
        for row in rows:
            if any(_torn(value) for value in row.values()):
                raise CorpusError(f"{row['place']!a}: half a character stands in it.") from None
        raise


def _torn(value: object) -> bool:
    return isinstance(value, str) and any("\ud800" <= sign <= "\udfff" for sign in value)


def documents_of(table: pa.Table) -> list[Document]:
    """Return the documents of a table."""
    return [
        Document(
            article_id=row["article_id"],
            raw=row["raw"],
            given={name: Given(*said) for name, *said in json.loads(row["given"])},
            place=row["place"],
            main_text=None if row["main_text"] is None else frozenset(row["main_text"]),
            captured=row["captured"],
            file=row["file"],
            hashed=row["hashed"],
            dates=tuple(StatedDate(*said) for said in json.loads(row["dates"])),
            lines=tuple(KnownLine(*known) for known in json.loads(row["lines"])),
            extra=json.loads(row.get("extra") or "{}"),
            repairs=tuple(Repair(*held) for held in json.loads(row.get("repairs") or "[]")),
        )
        for row in table.to_pylist()
    ]


def arrow_of(table: pd.DataFrame) -> pa.Table:
    """Return a table as Arrow holds it."""
    found = pa.Table.from_pandas(table, preserve_index=False)
    # A column that is empty in this partition is a column of text all the same.
    fields = [f.with_type(pa.string()) if pa.types.is_null(f.type) else f for f in found.schema]
    return found.cast(pa.schema(fields))


def parquet_of(table: pd.DataFrame | pa.Table) -> bytes:
    """Return a table as Parquet."""
    buffer = io.BytesIO()
    held = arrow_of(table) if isinstance(table, pd.DataFrame) else table
    pq.write_table(held, buffer, compression="zstd")
    return buffer.getvalue()


def table_of(content: bytes, columns: Sequence[str] | None = None) -> pa.Table:
    """Return the table that :func:`parquet_of` wrote.

    It is read in this thread alone. A thread of Arrow's own pool that gave up the last hold on
    these bytes while the interpreter ends would have to wait for it, and end the process (134).
    """
    with pq.ParquetFile(pa.BufferReader(content), pre_buffer=False) as file:
        table = file.read(columns and list(columns), use_threads=False)
    return table.select(list(columns)) if columns else table


def frame_of(content: bytes) -> pd.DataFrame:
    """Return the table that :func:`parquet_of` wrote, its days in seconds as everywhere here."""
    return _as_frame(table_of(content))


def bare_frame_of(content: bytes) -> pd.DataFrame:
    """Return a table of passages without their texts."""
    with pq.ParquetFile(pa.BufferReader(content), pre_buffer=False) as file:
        names = [name for name in file.schema_arrow.names if name != "text"]
    return _as_frame(table_of(content, names))


def _as_frame(held: pa.Table) -> pd.DataFrame:
    table = held.to_pandas(use_threads=False)
    for name in table.select_dtypes("datetime").columns:
        table[name] = table[name].astype("datetime64[s]")
    return table


def npz_of(**arrays: Any) -> bytes:
    """Return arrays as npz; strings go as UTF-8 with line ends between them."""
    plain = {
        name: np.frombuffer("\n".join(value).encode(), dtype=np.uint8)
        if isinstance(value, list)
        else value
        for name, value in arrays.items()
    }
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **plain)
    return buffer.getvalue()


def arrays_of(content: bytes) -> dict[str, Any]:
    """Return the arrays that :func:`npz_of` wrote; strings as a list."""
    with np.load(io.BytesIO(content), allow_pickle=False) as opened:
        found = dict(opened)
    for name, value in found.items():
        if value.dtype == np.uint8:
            text = value.tobytes().decode()
            found[name] = text.split("\n") if text else []
    return found


def write_counts(counts: sparse.csr_matrix, **more: Any) -> bytes:
    """Return a matrix of counts as npz."""
    return npz_of(
        data=counts.data,
        indices=counts.indices,
        indptr=counts.indptr,
        shape=np.array(counts.shape, dtype=np.int64),
        **more,
    )


def counts_of(arrays: dict[str, Any]) -> sparse.csr_matrix:
    """Return the matrix that :func:`write_counts` wrote."""
    parts = arrays["data"], arrays["indices"], arrays["indptr"]
    return sparse.csr_matrix(parts, shape=tuple(arrays["shape"].tolist()))
