"""Near copies over partitions: 5-grams of each by itself, then brought together by their values.

Only 5-grams that two articles share are ever held together. They are found stretch by stretch of
their values, so that memory is that of one stretch and of what is shared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from syriatopics.corpus import Corpus
from syriatopics.corpus.reprints.find import reprints_of, require_threshold
from syriatopics.corpus.reprints.grams import (
    Hashes,
    Numbers,
    SharedGrams,
    first_of_equals,
    grams_of,
    keep_shared,
    marks_of,
)
from syriatopics.corpus.reprints.result import Reprints
from syriatopics.scale.engine import Engine
from syriatopics.scale.ledger import Files, Made, Task, read_whole
from syriatopics.scale.stages import run_stage
from syriatopics.scale.store import Partitions
from syriatopics.scale.tables import arrays_of, frame_of, npz_of

__all__ = ["reprints_in"]

# So many 5-grams are brought together at once.
_AT_ONCE = 16_000_000


def reprints_in(corpus: Corpus, store: Partitions, engine: Engine, threshold: float) -> Reprints:
    """Find the articles of a store that are near copies of each other; see :meth:`Corpus.reprints`.

    Parameters
    ----------
    corpus : Corpus
        The store as a corpus: the result reads the texts of a cluster from it when they are asked for.
    store : Partitions
        Taken for this run.
    engine : Engine
    threshold : float

    Raises
    ------
    InputError
        If the threshold is no share.
    DamagedError
        If a partition is damaged: copies in it would be missed.
    """
    require_threshold(threshold)
    tasks = [
        Task(
            str(store.folder),
            "grams",
            number,
            {**store.files("passages", number), **store.files("articles", number)},
            {"version": store.manifest["version"]},
            n,
        )
        for number, n in enumerate(store.sizes)
    ]
    made = run_stage(engine, read_grams, tasks, "near copies").made
    return reprints_of(corpus, _shared(store, made), threshold)


def read_grams(task: Task, files: Files) -> dict[str, Any]:
    """Read the 5-grams of the articles of a partition."""
    passages = frame_of(files.read("passages/"))
    texts = passages.groupby("article_id", sort=False)["text"].agg("\n".join)
    ids = frame_of(files.read("articles/"))["article_id"]
    found = grams_of(ids.map(texts).fillna("").tolist())
    sums, xors = marks_of(found)
    rows = np.repeat(np.arange(len(ids), dtype=np.int32), found.sizes)
    order = np.argsort(found.grams, kind="stable")
    name = f"{task.number:05d}.npz"
    files.write(f"grams/marks-{name}", npz_of(sizes=found.sizes, sums=sums, xors=xors))
    files.write(f"grams/held-{name}", npz_of(grams=found.grams[order], rows=rows[order]))
    return {"articles": len(ids), "grams": len(order)}


def _shared(store: Partitions, made: Sequence[Made]) -> SharedGrams:
    marks = [_arrays(store, part, "grams/marks-") for part in made]
    sizes, sums, xors = (
        np.concatenate([part[name] for part in marks]) for name in ("sizes", "sums", "xors")
    )
    first = first_of_equals(sizes, sums, xors)
    starts = np.concatenate([[0], np.cumsum([len(part["sizes"]) for part in marks])])
    return keep_shared(sizes, first, _ranges(store, made, first, starts))


def _ranges(
    store: Partitions, made: Sequence[Made], first: Numbers, starts: Numbers
) -> Iterator[tuple[Numbers, Hashes]]:
    """Yield the 5-grams of all partitions, one stretch of their values after the other."""
    n = sum(int(part.totals["grams"]) for part in made)
    pieces = max(1, -(-n // _AT_ONCE))
    edges = [(2**64 * piece) // pieces for piece in range(pieces + 1)]
    for low, high in pairwise(edges):
        rows, grams = [], []
        for part, start in zip(made, starts, strict=False):
            held = _arrays(store, part, "grams/held-")
            # The last value of a stretch is looked for, not the first of the next: 2**64 is none.
            begin = np.searchsorted(held["grams"], np.uint64(low), "left")
            end = np.searchsorted(held["grams"], np.uint64(high - 1), "right")
            row = held["rows"][begin:end].astype(np.int64) + start
            stands = first[row] == row
            rows.append(row[stands])
            grams.append(held["grams"][begin:end][stands])
        yield np.concatenate(rows), np.concatenate(grams)


def _arrays(store: Partitions, made: Made, kind: str) -> dict[str, Any]:
    name = made.file(kind)
    return arrays_of(read_whole(store.folder, name, made.files[name]))
