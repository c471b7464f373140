"""The passages of a store in one canonical order, read in batches, without holding them.

Topic models that learn in batches want passages shuffled, and the same topics whatever the order
of the corpus and the size of the partitions. So each partition lays down its counts as a run,
sorted by the digests of its texts; a batch is then a stretch of every run.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from syriatopics.errors import DamagedError
from syriatopics.matrix import DocumentTermMatrix
from syriatopics.scale.ledger import Files, Made, Task
from syriatopics.scale.readers import opened_store
from syriatopics.topics.engine import digest

__all__ = ["Runs", "lay_run"]

Places = np.ndarray[tuple[int], np.dtype[np.int64]]

# So many passages are in memory at a time, or the smallest multiple of the batch above.
_HELD = 32_768


def lay_run(task: Task, files: Files) -> dict[str, Any]:
    """Write the counts of content of a partition in the order of the digests of its texts.

    A run is one vector of int32: where rows begin, columns, counts. It is read in stretches.
    """
    dtm = opened_store(task).partition(task.number).content()
    rows, digests = _sorted(dtm)
    counts = dtm.counts[rows]
    run = np.concatenate([counts.indptr, counts.indices, counts.data]).astype(np.int32)
    files.write(f"runs/{task.number:05d}.npy", _npy(run))
    files.write(f"digests/{task.number:05d}.npy", _npy(np.stack([digests, rows.astype(np.uint64)])))
    return {"passages": len(rows), "empty": dtm.shape[0] - len(rows), "terms": dtm.shape[1]}


def _sorted(dtm: DocumentTermMatrix) -> tuple[Places, np.ndarray[Any, Any]]:
    """Return the rows that hold terms, and their digests, in the order of these."""
    filled = np.flatnonzero(np.diff(dtm.counts.indptr))
    texts = dtm.passages.table["text"].to_numpy()
    digests = np.frombuffer(b"".join(digest(texts[row]) for row in filled), dtype=">u8")
    order = np.argsort(digests, kind="stable")
    return filled[order], digests[order].astype(np.uint64)


@dataclass(frozen=True, eq=False)
class Runs:
    """Passages that hold terms, in canonical order: what models learn from.

    In memory are eight bytes for each passage, and one stretch of counts.

    Attributes
    ----------
    folder : Path
    made : sequence of Made
        The records of :func:`lay_run`, in the order of the partitions.
    n_terms : int
    """

    folder: Path
    made: Sequence[Made]
    n_terms: int

    @property
    def n_passages(self) -> int:
        """How many there are."""
        return len(self._order)

    @cached_property
    def _first(self) -> Places:
        """Where each run begins among all passages."""
        return np.cumsum([0, *(made.totals["passages"] for made in self.made)], dtype=np.int64)

    @cached_property
    def _order(self) -> Places:
        digests = [self._open(made, "digests/")[0] for made in self.made]
        return np.argsort(np.concatenate(digests), kind="stable")

    @cached_property
    def frequency(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """In how many of them each term stands."""
        total = np.zeros(self.n_terms, dtype=np.int64)
        for number in range(len(self.made)):
            rows = self._rows(number, 0, int(self.made[number].totals["passages"]))
            total += np.bincount(rows.indices, minlength=self.n_terms)
        return total

    def batches(self, size: int) -> Iterator[sparse.csr_matrix]:
        """Yield the counts of `size` passages after `size` passages."""
        step = size * -(-_HELD // size)
        for start in range(0, self.n_passages, step):
            stretch = self._stretch(self._order[start : start + step])
            for begin in range(0, stretch.shape[0], size):
                yield stretch[begin : begin + size]

    def first_rows(self, n: int) -> list[Places]:
        """Return which rows of each partition are among the first `n` passages: a sample."""
        chosen = np.sort(self._order[:n])
        cuts = np.searchsorted(chosen, self._first)
        found = []
        for number, made in enumerate(self.made):
            inside = chosen[cuts[number] : cuts[number + 1]] - self._first[number]
            found.append(np.sort(self._open(made, "digests/")[1][inside].astype(np.int64)))
        return found

    def _stretch(self, places: Places) -> sparse.csr_matrix:
        """Return the counts of these passages: each run holds its share of them side by side."""
        inside = np.sort(places)
        cuts = np.searchsorted(inside, self._first)
        parts = [
            self._rows(number, *(inside[[begin, end - 1]] - self._first[number] + [0, 1]).tolist())
            for number, (begin, end) in enumerate(pairwise(cuts.tolist()))
            if end > begin
        ]
        return sparse.vstack(parts, format="csr")[np.searchsorted(inside, places)]

    def _rows(self, number: int, start: int, stop: int) -> sparse.csr_matrix:
        made = self.made[number]
        run = self._open(made, "runs/")
        n = int(made.totals["passages"])
        begins = np.array(run[start : stop + 1])
        n_counts = (len(run) - n - 1) // 2
        places = slice(n + 1 + int(begins[0]), n + 1 + int(begins[-1]))
        columns = np.array(run[places])
        counts = np.array(run[places.start + n_counts : places.stop + n_counts])
        shape = (stop - start, self.n_terms)
        return sparse.csr_matrix((counts, columns, begins - begins[0]), shape=shape)

    def _open(self, made: Made, kind: str) -> np.ndarray[Any, Any]:
        path = self.folder / made.file(kind)
        try:
            return np.load(path, mmap_mode="r", allow_pickle=False)  # type: ignore[no-any-return]
        except (OSError, ValueError):
            raise DamagedError(f"{path} cannot be read: run the same command again.") from None


def _npy(array: np.ndarray[Any, Any]) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return buffer.getvalue()
