"""Near copies over partitions: 5-grams of each by itself, then brought together by their values.

Only 5-grams that two articles share are ever held together. They are found stretch by stretch of
their values, so that memory is that of one stretch and of what is shared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from syriatopics.corpus import Corpus, Passages
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
from syriatopics.corpus.reprints.removal import without_reprints
from syriatopics.corpus.reprints.result import Reprints
from syriatopics.errors import InputError
from syriatopics.inference import ArticleScores
from syriatopics.records import Article
from syriatopics.scale.engine import open_engine
from syriatopics.scale.ledger import Files, Made, Task, read_whole
from syriatopics.scale.stages import run_stage
from syriatopics.scale.store import Partitions
from syriatopics.scale.tables import arrays_of, frame_of, npz_of

__all__ = ["find_copies", "without_copies"]

# So many 5-grams are brought together at once.
_AT_ONCE = 16_000_000


class _Outlines(Corpus):
    """The articles of a store without their texts, which are read when one is asked for."""

    def __init__(self, articles: Sequence[Article], store: Partitions) -> None:
        super().__init__(articles, store.notes, publishers=store.publishers)
        self._store = store

    def __getitem__(self, article_id: str) -> Article:
        return self._store.article(article_id)


def find_copies(
    store: Partitions,
    threshold: float = 0.5,
    *,
    scheduler: str = "none",
    workers: int | None = None,
) -> Reprints:
    """Find the articles of a store that are near copies of each other.

    The result is that of :meth:`Corpus.reprints`.

    Parameters
    ----------
    store : Partitions
    threshold : float
        As in :meth:`Corpus.reprints`.
    scheduler, workers
        As in :func:`build_partitions`.

    Returns
    -------
    Reprints
        Its articles leave their texts out; ``edits`` reads those of one cluster.

    Raises
    ------
    InputError
        If the threshold is no share.
    DamagedError
        If a partition is damaged: copies in it would be missed.

    Examples
    --------
    >>> import tempfile
    >>> from syriatopics.corpus.seeds import seeds_folder
    >>> from syriatopics.scale import build_partitions
    >>> len(find_copies(build_partitions(seeds_folder(), tempfile.mkdtemp() + "/store")))
    0
    """
    require_threshold(threshold)
    tasks = [
        Task(
            str(store.folder),
            "grams",
            part["number"],
            {**store.files("passages", number), **store.files("articles", number)},
            {"version": store.manifest["version"]},
            part["articles"],
        )
        for number, part in enumerate(store.manifest["partitions"])
    ]
    with store.lock(), open_engine(store.folder, scheduler, workers) as engine:
        made = run_stage(engine, read_grams, tasks, "near copies").made
        grams = _shared(store, made)
    articles = [article for number in range(len(store)) for article in store.outlines(number)]
    return reprints_of(_Outlines(articles, store), grams, threshold)


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


def without_copies(scores: ArticleScores, copies: Reprints, across: str = "mark") -> ArticleScores:
    """Return the scores of a corpus with one copy of each text per outlet.

    Parameters
    ----------
    scores : ArticleScores
        Of the store in which the copies were found.
    copies : Reprints
        Of :func:`find_copies`.
    across : {"mark", "exclude", "keep"}
        As in :meth:`Corpus.without_reprints`: what happens to texts that outlets share.

    Raises
    ------
    InputError
        If `across` is none of these, or no article is left.
    """
    articles, notes = without_reprints(copies, across)
    made = {article.article_id: article.production for article in articles}
    kept = scores.where(scores.passages.table["article_id"].isin(made).to_numpy())
    if not len(kept):
        raise InputError("No article is left.")
    table = kept.passages.table
    table = table.assign(production=table["article_id"].map(made))
    return replace(
        kept, passages=Passages(table, kept.passages.unit), notes=(*scores.notes, *notes)
    )
