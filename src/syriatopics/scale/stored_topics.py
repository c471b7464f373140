"""Topics of a store: shares of all passages, θ by partition, and a sample to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.corpus import Passages
from syriatopics.errors import InputError
from syriatopics.inference import ArticleScores
from syriatopics.matrix import DocumentTermMatrix
from syriatopics.results import Result
from syriatopics.scale.ledger import read_whole
from syriatopics.scale.readers import store_options
from syriatopics.scale.store import Partitions
from syriatopics.scale.store import read_manifest as read_store_manifest
from syriatopics.scale.sums import scores_of
from syriatopics.scale.tables import frame_of, table_of
from syriatopics.scale.transforming import columns_of
from syriatopics.topics.engine import Array
from syriatopics.topics.fitted import FittedTopics
from syriatopics.topics.saving import load_topics

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["FORMAT", "FORMAT_VERSION", "MANIFEST", "StoredTopics", "open_topics", "read_manifest"]

FORMAT = "syriatopics.StoredTopics"
FORMAT_VERSION = 1
MANIFEST = "topics.json"


@dataclass(frozen=True, eq=False, kw_only=True)
class StoredTopics(Result):
    """Topics of a store, of which one partition at a time is in memory.

    Attributes
    ----------
    table : DataFrame
        A row per topic: ``topic, share, n_passages, words``, of all passages; ``column`` is the
        column of the files in ``theta/`` and ``articles/``, for other programs that read them.
    folder : Path
    store : Partitions
    sample : FittedTopics
        The same topics on a sample of passages: words, passages to read, quality, labels.
    manifest : dict
    """

    folder: Path
    store: Partitions
    sample: FittedTopics
    manifest: Mapping[str, Any]

    def __len__(self) -> int:
        return len(self.manifest["partitions"])

    def __iter__(self) -> Iterator[FittedTopics]:
        return (self.partition(number) for number in self.manifest["partitions"])

    @property
    def n_topics(self) -> int:
        """Number of topics."""
        return self.sample.n_topics

    @property
    def phi(self) -> Array:
        """Terms in topics, shape (n_topics, n_terms); rows sum to 1."""
        return self.sample.phi

    @property
    def terms(self) -> np.ndarray[Any, np.dtype[Any]]:
        """The vocabulary, in the order of the columns of φ."""
        return self.sample.terms

    def theta(self, number: int) -> Array:
        """Return θ of one partition, shape (n_passages, n_topics); NaN where nothing is known."""
        content = self._read("theta", number)
        return np.asarray(
            table_of(content, self._columns).to_pandas(use_threads=False), dtype=np.float64
        )

    def partition(self, number: int) -> FittedTopics:
        """Return the fitted topics of one partition: θ and passages are its own."""
        theta = self.theta(number)
        return replace(
            self.sample, theta=theta, dtm=self.store.partition(number).content(), table=self.table
        )

    def transform(self, passages: DocumentTermMatrix | Passages | Iterable[str]) -> Array:
        """Return θ of passages that the model has not seen, as :meth:`FittedTopics.transform`."""
        return self.sample.transform(passages)

    def top_terms(self, n: int = 10, by: str = "probability") -> pd.DataFrame:
        """Return the first terms of each topic; measures other than probability are of the sample."""
        return self.sample.top_terms(n, by)

    @cached_property
    def scores(self) -> ArticleScores:
        """Sums of θ by article, for :func:`prevalence`, :func:`contrasts` and :func:`trend`."""
        tables = [frame_of(self._read("articles", n)) for n in self.manifest["partitions"]]
        found = scores_of(tables, self._columns, "topic", self.sample.scores.labels, self.notes)
        topics = pd.Index([str(topic) for topic in range(self.n_topics)])
        return replace(found, table=found.table.set_axis(topics, axis=1))

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the topics with their shares and words."""
        from syriatopics.plots import topic_words

        return topic_words(self.table, ax, **options)

    @property
    def _columns(self) -> list[str]:
        names = columns_of(self.n_topics)
        return [names[column] for column in self.manifest["columns"]]

    def _read(self, kind: str, number: int) -> bytes:
        if number not in self.manifest["partitions"]:
            raise InputError(
                f"No θ of partition {number}. There is one of {len(self)} of {len(self.store)} "
                "partitions."
            )
        name = f"{kind}/{number:05d}.parquet"
        return read_whole(self.folder, name, self.manifest["files"][name])


def open_topics(folder: str | Path, store: Partitions) -> StoredTopics:
    """Open topics that :func:`fit_topics` wrote.

    Parameters
    ----------
    folder : path
    store : Partitions
        The store that they were learned from.

    Raises
    ------
    InputError
        If the folder holds no stored topics, or those of another store.
    DamagedError
        If a file is missing, or is not what was written.
    """
    folder = Path(folder)
    manifest = read_manifest(folder)
    if manifest["store"] != store_options(store)["manifest"]:
        raise InputError(f"{folder} holds the topics of another store than {store.folder}.")
    sample = load_topics(folder / "sample")
    table = sample.table.assign(
        share=manifest["shares"], n_passages=manifest["n_passages"], column=_named(manifest)
    )
    return StoredTopics(
        table=table,
        notes=sample.notes,
        folder=folder,
        store=store,
        sample=sample,
        manifest=manifest,
    )


def read_manifest(folder: Path) -> Mapping[str, Any]:
    """Read the manifest of stored topics."""
    path = folder / MANIFEST
    if not path.is_file():
        half = (folder / "records").is_dir()
        why = "is not finished: run the same command again" if half else "holds no stored topics"
        raise InputError(f"{folder} {why}.")
    return read_store_manifest(path, FORMAT, FORMAT_VERSION, _whole)


def _whole(manifest: dict[str, Any]) -> bool:
    columns, parts = manifest["columns"], manifest["partitions"]
    numbers = [*columns, *parts, *manifest["n_passages"]]
    files = manifest["files"]
    named = all(f"{kind}/{n:05d}.parquet" in files for n in parts for kind in ("theta", "articles"))
    return (
        all(type(n) is int and n >= 0 for n in numbers)
        and all(type(share) is float for share in manifest["shares"])
        and sorted(columns) == list(range(len(columns)))
        and len(columns) == len(manifest["shares"]) == len(manifest["n_passages"])
        and isinstance(manifest["store"], str)
        and isinstance(manifest["key"], str)
        and named
    )


def _named(manifest: Mapping[str, Any]) -> Sequence[str]:
    names = columns_of(len(manifest["columns"]))
    return [names[column] for column in manifest["columns"]]
