"""Tables of Parquet, batch by batch."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from syriatopics.corpus.documents import Document
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.piece import Piece
from syriatopics.corpus.read.tables import TableReader
from syriatopics.errors import CorpusError

NAME = "Parquet"
KINDS = (".parquet", ".pq")
_BATCH = 1000
_MARK = b"PAR1"


def sniff(piece: Piece) -> Sure:
    """Recognise Parquet by its first four bytes."""
    if piece.head.startswith(_MARK):
        return Sure.KNOWN
    return Sure.NAMED if piece.kind in KINDS else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield an article for each row."""
    yield from TableReader(piece, reading, lambda: _rows(piece, reading))


def size(piece: Piece) -> int:
    """Return the number of rows."""
    with _opened(piece) as file:
        return int(file.metadata.num_rows)


@contextmanager
def _opened(piece: Piece) -> Iterator[Any]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with piece.on_disk() as path, pq.ParquetFile(path) as file:
            yield file
    except (pa.ArrowException, OSError) as error:
        reason = (str(error).splitlines() or ["damaged"])[0]
        raise CorpusError(f"{piece.place} is no readable Parquet file: {reason:.200}") from None


def _rows(piece: Piece, reading: Reading) -> Iterator[tuple[str, dict[str, Any]]]:
    with _opened(piece) as file:
        number = 0
        for batch in file.iter_batches(batch_size=_BATCH):
            for row in batch.to_pylist():
                yield f"row {number}", row
                number += 1
