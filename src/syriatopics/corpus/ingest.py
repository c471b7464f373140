"""Ingest: a source of any kind read once, cleaned, and kept as Parquet, article by article.

No article is held longer than its batch, so that a corpus of any size goes through.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from syriatopics.corpus.parse.genre import stated_genre
from syriatopics.corpus.read import ArticleStream, progress
from syriatopics.corpus.read.boundary import Skipped
from syriatopics.errors import InputError
from syriatopics.files import file_made_whole
from syriatopics.records import Article

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Ingested", "ingest"]

_BATCH = 1000
_TEXTS = ("title", "outlet", "author", "translator", "origin", "production", "url", "date_status")
_EXTRA = "extra"


class Ingested(NamedTuple):
    """What was written: the file, how many articles, and what reading them needed."""

    path: Path
    n_articles: int
    notes: tuple[str, ...]
    skipped: tuple[Skipped, ...] = ()


def ingest(
    source: str | Path,
    target: str | Path,
    *,
    columns: Mapping[str, str | None] | None = None,
    metadata: str | Path | None = None,
    outlets: str | Path | None = None,
    on_bad: str = "skip",
    pages: str | Path | None = None,
    filenames: str | None = None,
) -> Ingested:
    """Read and clean a source, and write its articles as Parquet.

    Parameters
    ----------
    source, columns, metadata, outlets, on_bad, pages, filenames
        As in :func:`read_corpus`.
    target : path
        A ``.parquet`` file; it is written beside its place and moved there at the end.

    Returns
    -------
    Ingested
        The file holds ``article_id, text`` (raw), ``body`` (paragraphs, a blank line between
        them), ``n_words``, dates, metadata, and the other columns of the source. :func:`read_corpus`
        reads it again and finds the same articles.

    Raises
    ------
    InputError
        If the target is no Parquet file.
    CorpusError
        If the source cannot be read.

    Notes
    -----
    Lines that recur in an outlet, and words glued together, are known by the whole corpus
    only: they are looked for when the file is read. Give :func:`read_corpus` the same `outlets`: by
    them datelines and credits are told from text.

    Examples
    --------
    >>> import tempfile
    >>> from syriatopics.corpus.seeds import seeds_folder
    >>> ingest(seeds_folder(), tempfile.mkdtemp() + "/seeds.parquet").n_articles
    5
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = Path(target)
    if path.suffix != ".parquet":
        raise InputError(f"{path}: the target of ingest is a .parquet file.")
    stream = ArticleStream(
        source,
        columns,
        metadata,
        outlets=outlets,
        on_bad=on_bad,
        pages=pages,
        filenames=filenames,
    )
    kinds: dict[str, set[str]] = {}
    schema = _schema()
    n = 0
    with file_made_whole(path) as unfinished:
        with pq.ParquetWriter(unfinished, schema, compression="zstd") as writer:
            for rows in _batches(progress(stream, len(stream), "ingest")):
                _count_kinds(rows, kinds)
                writer.write_table(pa.Table.from_pylist(rows, schema=schema))
                n += len(rows)
        _unfold(unfinished, kinds)
    return Ingested(path, n, tuple(stream.notes), tuple(stream.skipped))


def _schema() -> pa.Schema:
    import pyarrow as pa

    texts = [
        (name, pa.string()) for name in ("article_id", "text", "body", *_TEXTS, "genre", _EXTRA)
    ]
    days = [(name, pa.date32()) for name in ("event_start", "event_end")]
    return pa.schema([*texts, ("n_words", pa.int64()), ("date_printed", pa.timestamp("s")), *days])


def _batches(articles: Iterator[Article]) -> Iterator[list[dict[str, Any]]]:
    while rows := [_row(article) for article in islice(articles, _BATCH)]:
        yield rows


def _row(article: Article) -> dict[str, Any]:
    named = ("article_id", *_TEXTS, "n_words", "date_printed", "event_start", "event_end")
    row = {name: getattr(article, name) for name in named}
    row |= {"text": article.raw, "body": "\n\n".join(article.paragraphs)}
    return row | {"genre": stated_genre(article), _EXTRA: json.dumps(dict(article.extra))}


def _count_kinds(rows: Sequence[Mapping[str, Any]], kinds: dict[str, set[str]]) -> None:
    for row in rows:
        for name, value in json.loads(row[_EXTRA]).items():
            kinds.setdefault(name, set()).add(type(value).__name__)


def _unfold(path: Path, kinds: Mapping[str, set[str]]) -> None:
    """Write the other columns as such, now that all of them are known; batch by batch."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {name: _type(found - {"NoneType"}) for name, found in kinds.items()}
    with file_made_whole(path) as whole, pq.ParquetFile(path) as file:
        plain = [field for field in file.schema_arrow if field.name != _EXTRA]
        schema = pa.schema([*plain, *types.items()])
        with pq.ParquetWriter(whole, schema, compression="zstd") as writer:
            for batch in file.iter_batches(_BATCH):
                held = [json.loads(text) for text in batch.column(_EXTRA).to_pylist()]
                columns = [batch.column(field.name) for field in plain]
                for name, kind in types.items():
                    values = [row.get(name) for row in held]
                    if kind == pa.string():
                        values = [None if v is None else str(v) for v in values]
                    columns.append(pa.array(values, kind))
                writer.write_table(pa.Table.from_arrays(columns, schema=schema))


def _type(kinds: set[str]) -> pa.DataType:
    import pyarrow as pa

    known = {"int": pa.int64(), "bool": pa.bool_(), "float": pa.float64()}
    if kinds == {"int", "float"}:
        return pa.float64()
    return known.get("".join(kinds), pa.string())
