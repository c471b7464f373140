"""From parts of any size and order to partitions in the order of the article ids.

Every result of this package rests on that order: with it, what is counted partition by
partition is what would have been counted at once. Parts are read as streams and laid down as
short sorted runs; a partition then takes its stretch of every run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from syriatopics.corpus.documents import Document
from syriatopics.corpus.read.source import Source
from syriatopics.errors import CorpusError
from syriatopics.scale.ledger import Files, Task
from syriatopics.scale.parts import Part
from syriatopics.scale.press import publishers_of
from syriatopics.scale.tables import DOCUMENTS, parquet_of, rows_of

__all__ = ["Order", "cuts", "gather", "order_of", "split"]

# A run holds so many articles, or characters, at most.
_RUN_ARTICLES = 10_000
_RUN_CHARACTERS = 12_000_000
# A partition holds no more bytes of text than this, however long its articles are.
_PARTITION_BYTES = 64_000_000
_BATCH = 500


def split(task: Task, files: Files) -> dict[str, Any]:
    """Read a part and lay its documents down in sorted runs."""
    part = Part(Path(task.options["path"]), task.options["name"])
    metadata = task.options["metadata"]
    source = part.open(
        task.options["columns"],
        Path(metadata) if metadata else None,
        publishers_of(task.folder, task.inputs),
        task.options["filenames"],
    )
    n = 0
    for number, run in enumerate(_runs(_told(source))):
        run.sort(key=lambda document: document.article_id)
        files.write(f"runs/{task.number:05d}-{number:05d}.arrow", _as_ipc(run))
        n += len(run)
    boundary = source.boundary
    whole = next((s for s in boundary.skipped if (s.path, s.place) == (str(part.path), "")), None)
    if not n and whole is not None and part.path.is_file():
        raise CorpusError(str(whole))
    rows = n + boundary.counts.total()
    if part.path.suffix == ".parquet" and rows != len(source):
        raise CorpusError(f"{part.path}: {rows:,} rows were read of {len(source):,}.")
    return {
        "name": part.name,
        "rows": rows,
        "articles": n,
        "skipped": dict(sorted(boundary.counts.items())),
        "notes": [*source.notes, *source.skips()],
        "fields": sorted(source.fields),
        "unused": source.unused(),
    }


def _told(source: Source) -> Iterator[Document]:
    """Yield the documents; what the disk says of a part is a fault of the part."""
    try:
        yield from source.documents()
    except OSError as error:
        raise CorpusError(f"{source.path} cannot be read: {error}") from None


def _runs(documents: Iterator[Document]) -> Iterator[list[Document]]:
    run: list[Document] = []
    size = 0
    for document in documents:
        run.append(document)
        size += len(document.raw)
        if len(run) == _RUN_ARTICLES or size >= _RUN_CHARACTERS:
            yield run
            run, size = [], 0
    if run:
        yield run


def _as_ipc(run: Sequence[Document]) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, DOCUMENTS) as writer:
        for start in range(0, len(run), _BATCH):
            writer.write_table(rows_of(run[start : start + _BATCH]))
    return bytes(sink.getvalue())


def _mapped(path: Path) -> pa.Table:
    """Open a run without reading it: only what is taken is read."""
    try:
        with pa.memory_map(str(path)) as source:
            return pa.ipc.open_file(source).read_all()
    except (OSError, pa.ArrowInvalid) as error:
        raise CorpusError(f"{path} cannot be read: {str(error).splitlines()[0]}") from None


class Stretch(NamedTuple):
    """Rows of a run that go into one partition."""

    run: str
    start: int
    stop: int


class Order(NamedTuple):
    """Which rows of which run make up each partition.

    Attributes
    ----------
    partitions : list of list of Stretch
    sizes : list of int
        Articles of each partition.
    renamed : list of dict of str to str
        For each partition: articles without an id of their own that several parts hold, as
        ``"run:row"``, and the id that tells them apart.
    refused : dict of str to int
        Articles that are in no partition, by reason.
    notes : list of str
    """

    partitions: list[list[Stretch]]
    sizes: list[int]
    renamed: list[dict[str, str]]
    refused: dict[str, int]
    notes: list[str]

    def said(self) -> dict[str, Any]:
        """Return what the manifest tells of it."""
        return {"refused": self.refused, "notes": self.notes}


def order_of(folder: Path, runs: Sequence[str], size: int, on_bad: str) -> Order:
    """Put the articles of all runs in the order of their ids.

    Parameters
    ----------
    folder : Path
        Of the store.
    runs : sequence of str
        In the order of the source.
    size : int
        Articles in a partition.
    on_bad : {"skip", "error"}
        Whether an id that comes twice ends the run, or the second article is left out and
        counted.

    Raises
    ------
    CorpusError
        If an id comes twice.
    """
    tables = [_mapped(folder / run).select(["article_id", "hashed", "raw"]) for run in runs]
    lengths = [table.num_rows for table in tables]
    together = pa.concat_tables(tables) if tables else DOCUMENTS.empty_table()
    ids = together["article_id"]
    names = _told_apart(ids, together["hashed"])
    if names:
        every = ids.to_pylist()
        for row, name in names.items():
            every[row] = name
        ids = pa.array(every, pa.large_string())
    rows = np.arange(len(ids))
    order = np.asarray(
        pc.sort_indices(
            pa.table({"id": ids, "row": rows}), [("id", "ascending"), ("row", "ascending")]
        )
    )
    run_of = np.repeat(np.arange(len(runs)), lengths)
    first = np.concatenate([[0], np.cumsum(lengths)])[:-1] if runs else np.zeros(0, dtype=int)
    order, refused, notes = _once(folder, runs, ids, order, run_of, first, on_bad)
    partitions, renamed, sizes = [], [], []
    lengths_of = np.asarray(pc.binary_length(together["raw"]))
    for start, stop in cuts(lengths_of[order], size):
        inside = np.sort(order[start:stop])
        sizes.append(stop - start)
        partitions.append(list(_stretches(inside, run_of, first, runs)))
        renamed.append(
            {
                f"{runs[run_of[row]]}:{row - first[run_of[row]]}": names[row]
                for row in inside.tolist()
                if row in names
            }
        )
    return Order(partitions, sizes, renamed, refused, notes)


def cuts(lengths: np.ndarray[Any, Any], size: int) -> Iterator[tuple[int, int]]:
    """Yield where partitions begin and end: so many articles, or so many bytes."""
    start, held = 0, 0
    for place, length in enumerate(lengths.tolist()):
        if place > start and (place - start == size or held + length > _PARTITION_BYTES):
            yield start, place
            start, held = place, 0
        held += length
    if len(lengths):
        yield start, len(lengths)


def _told_apart(ids: pa.ChunkedArray, hashed: pa.ChunkedArray) -> dict[int, str]:
    """Number the articles without an id that are equal in everything, over all parts."""
    if not pc.any(hashed).as_py():
        return {}
    rows = np.flatnonzero(np.asarray(hashed.combine_chunks().to_numpy(zero_copy_only=False)))
    given = ids.take(pa.array(rows)).to_pylist()
    groups: dict[str, list[int]] = defaultdict(list)
    for row, name in zip(rows.tolist(), given, strict=True):
        groups[name.partition("-")[0]].append(row)
    return {
        row: base if place == 0 else f"{base}-{place + 1}"
        for base, members in groups.items()
        if len(members) > 1
        for place, row in enumerate(members)
    }


def _once(
    folder: Path,
    runs: Sequence[str],
    ids: Any,
    order: np.ndarray[Any, Any],
    run_of: np.ndarray[Any, Any],
    first: np.ndarray[Any, Any],
    on_bad: str,
) -> tuple[np.ndarray[Any, Any], dict[str, int], list[str]]:
    """Refuse the articles whose id stands already."""
    if len(order) < 2:
        return order, {}, []
    ordered = ids.take(pa.array(order))
    again = np.concatenate([[False], np.asarray(pc.equal(ordered[1:], ordered[:-1])).astype(bool)])
    if not again.any():
        return order, {}, []
    place = int(np.flatnonzero(again)[0])

    def said(row: int) -> str:
        run = int(run_of[row])
        return str(_mapped(folder / runs[run])["place"][int(row - first[run])].as_py())

    message = (
        f"{said(order[place])}: the id {ordered[place].as_py()!r} stands already at "
        f"{said(order[place - 1])}."
    )
    if on_bad == "error":
        raise CorpusError(f"{message} columns={{'article_id': None}} leaves the column of ids out.")
    n = int(again.sum())
    return order[~again], {"id stands already": n}, [f"{message} Such articles, left out: {n:,}."]


def _stretches(
    rows: np.ndarray[Any, Any],
    run_of: np.ndarray[Any, Any],
    first: np.ndarray[Any, Any],
    runs: Sequence[str],
) -> Iterator[Stretch]:
    breaks = np.flatnonzero((np.diff(rows) != 1) | (np.diff(run_of[rows]) != 0)) + 1
    for stretch in np.split(rows, breaks):
        run = int(run_of[stretch[0]])
        yield Stretch(runs[run], int(stretch[0] - first[run]), int(stretch[-1] - first[run]) + 1)


def gather(task: Task, files: Files) -> dict[str, Any]:
    """Put the documents of one partition together."""
    tables = []
    for run, start, stop in task.options["stretches"]:
        table = _mapped(files.path(run)).slice(start, stop - start)
        renamed = dict(_inside(task, run, start, stop))
        if renamed:
            ids = table["article_id"].to_pylist()
            for row, name in renamed.items():
                ids[row] = name
            table = table.set_column(0, "article_id", pa.array(ids, pa.large_string()))
        tables.append(table)
    together = pa.concat_tables(tables)
    ordered = together.take(pc.sort_indices(together["article_id"]))
    files.write(f"documents/{task.number:05d}.parquet", parquet_of(ordered))
    ids = ordered["article_id"]
    return {"articles": len(ids), "first": ids[0].as_py(), "last": ids[-1].as_py()}


def _inside(task: Task, run: str, start: int, stop: int) -> Iterator[tuple[int, str]]:
    for place, name in task.options["renamed"].items():
        of, _, row = place.rpartition(":")
        if of == run and start <= int(row) < stop:
            yield int(row) - start, name
