"""A store as a corpus: every function that takes a corpus takes it, and gives the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import overload

import numpy as np
import pandas as pd
from scipy import sparse

from syriatopics.arabic import ArabicAnalyzer
from syriatopics.corpus import Corpus, Passages
from syriatopics.corpus.parse.recurring import COLUMNS as RECURRING
from syriatopics.corpus.passages import make_passages
from syriatopics.corpus.reprints.result import Reprints
from syriatopics.corpus.selection import Selection
from syriatopics.errors import CorpusError
from syriatopics.matrix import DocumentTermMatrix, count_terms, empty_notes
from syriatopics.records import Article
from syriatopics.scale.copies import reprints_in
from syriatopics.scale.cutting import cut_passages
from syriatopics.scale.engine import Engine, open_engine
from syriatopics.scale.extras import unfolded
from syriatopics.scale.ledger import read_whole
from syriatopics.scale.store import Partitions
from syriatopics.scale.tables import bare_frame_of
from syriatopics.scale.texts import StoredTexts

__all__ = ["StoredCorpus"]

# What leaving out reprints may change of an article.
_MARKED = ("production", "origin", "evidence")


class StoredCorpus(Corpus):
    """A corpus in partitions on the disk, of whose texts a partition at a time is in memory.

    What is known of articles and passages is a table in memory; texts are read as they are asked
    for. See :func:`syriatopics.open_corpus`.

    Parameters
    ----------
    store : Partitions
    scheduler, workers
        Where steps run that are kept in the store.
    chosen : mapping of str to Article, optional
        The articles that are left, without their texts, by id; by default all.
    notes : tuple of str, optional
        By default those of the store.
    selection : Selection, optional
        As in :class:`syriatopics.Corpus`.
    """

    def __init__(
        self,
        store: Partitions,
        scheduler: str = "none",
        workers: int | None = None,
        *,
        chosen: Mapping[str, Article] | None = None,
        notes: tuple[str, ...] | None = None,
        selection: Selection | None = None,
    ) -> None:
        lines = pd.DataFrame(store.manifest["lines"], columns=list(RECURRING))
        said = store.notes if notes is None else notes
        super().__init__((), said, lines, selection, store.publishers)
        self.store = store
        self.articles: Sequence[Article] = _Articles(self)
        self._where = scheduler, workers
        self._chosen = chosen

    def __len__(self) -> int:
        return self.store.n_articles if self._chosen is None else len(self._chosen)

    def __getitem__(self, article_id: str) -> Article:
        return self._marked(self.store.article(super().__getitem__(article_id).article_id))

    @cached_property
    def outlines(self) -> Sequence[Article]:
        """What is known of each article, without its text."""
        if self._chosen is not None:
            return tuple(self._chosen.values())
        return tuple(a for number in range(len(self.store)) for a in self.store.outlines(number))

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row per article: what is known of it, its size, and the other columns of its source."""
        tables = [self.store.articles(number) for number in range(len(self.store))]
        return self._told(pd.concat(tables, ignore_index=True))

    def passages(self, unit: str | int = "paragraph", part: str = "body") -> Passages:
        """Cut the articles into passages, whose texts stay on the disk: see :meth:`Corpus.passages`."""
        if (unit, part) not in self._cut:
            self._cut[unit, part] = self._passages(unit, part)
        return self._cut[unit, part]

    @cached_property
    def _cut(self) -> dict[tuple[str | int, str], Passages]:
        return {}

    def _passages(self, unit: str | int, part: str) -> Passages:
        name = make_passages([], unit, part).unit
        folder, files = self.store.folder, self._files(name, unit, part)
        tables = [bare_frame_of(read_whole(folder, *file)) for file in files]
        table = unfolded(pd.concat(tables, ignore_index=True), self.store.extra)
        whole = not table["start"].isna().any()
        table = table.astype(dict.fromkeys(("start", "end"), "int64" if whole else "Int64"))
        starts = np.cumsum([0, *map(len, tables)], dtype=np.int64)[:-1]
        rows = np.arange(len(table), dtype=np.int64)
        if self._chosen is not None:
            rows = np.flatnonzero(table["article_id"].isin(list(self._chosen)).to_numpy())
        texts = StoredTexts(folder, files, starts, rows)
        found = Passages(self._told(table), name, (), self.articles, texts)
        return found.part(part) if part == "lead" else found

    def _files(self, name: str, unit: str | int, part: str) -> tuple[tuple[str, str], ...]:
        """Return the files of passages with their hashes; other ones than the store holds are cut."""
        if name == self.store.unit and part in ("body", "lead"):
            numbers = range(len(self.store))
            return tuple(f for n in numbers for f in self.store.files("passages", n).items())
        with self._engine() as engine:
            kept = "body" if part == "lead" else part
            return tuple(cut_passages(self.store, engine, unit, kept).items())

    @contextmanager
    def _engine(self) -> Iterator[Engine]:
        with self.store.lock(), open_engine(self.store.folder, *self._where) as engine:
            yield engine

    def _told(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of the articles that are here, with what is known of them here."""
        if self._chosen is None:
            return table
        table = table[table["article_id"].isin(list(self._chosen))].reset_index(drop=True)
        for name in set(_MARKED) & set(table):
            table[name] = [getattr(self._chosen[i], name) for i in table["article_id"]]
        return table

    def _marked(self, article: Article) -> Article:
        if self._chosen is None:
            return article
        known = self._chosen[article.article_id]
        return replace(article, **{name: getattr(known, name) for name in _MARKED})

    def counted(
        self, analyzer: ArabicAnalyzer | None, min_df: int | float, max_df: int | float
    ) -> DocumentTermMatrix | None:
        """Return the counts of paragraphs that stand in the store, if they are those asked for."""
        options = self.store.manifest["options"]
        if self._chosen is not None or analyzer is not None or self.store.unit != "paragraph":
            return None
        passages = self.passages()
        if (min_df, max_df) != (options["min_df"], options["max_df"]):
            return count_terms(passages, self.store.analyzer, min_df=min_df, max_df=max_df)
        parts = [self.store.counts(number) for number in range(len(self.store))]
        counts = sparse.csr_matrix(sparse.vstack(parts))
        return DocumentTermMatrix(
            counts=counts,
            terms=np.array(self.store.vocabulary, dtype=object),
            display=self.store.display,
            passages=passages,
            analyzer=self.store.analyzer,
            notes=tuple(empty_notes(counts, passages)),
        )

    @cached_property
    def fingerprint(self) -> str:
        """A hash of every id, raw text and stated value: that of the same corpus in memory."""
        return self.store.fingerprint if self._chosen is None else super().fingerprint

    def reprints(self, threshold: float = 0.5) -> Reprints:
        """Find the articles that are near copies of each other: see :meth:`Corpus.reprints`."""
        if self._chosen is not None:
            return super().reprints(threshold)
        if threshold not in self._reprints:
            with self._engine() as engine:
                self._reprints[threshold] = reprints_in(self, self.store, engine, threshold)
        return self._reprints[threshold]

    def _smaller(self, articles: Iterable[Article], notes: tuple[str, ...] = ()) -> Corpus:
        kept = {article.article_id: article for article in articles}
        if not kept:
            raise CorpusError("No article is left.")
        said = (*self.notes, *notes)
        return StoredCorpus(
            self.store, *self._where, chosen=kept, notes=said, selection=self.selection
        )

    def add(
        self,
        source: str | Path,
        *,
        columns: Mapping[str, str | None] | None = None,
        metadata: str | Path | None = None,
        filenames: str | None = None,
        on_bad: str = "error",
    ) -> StoredCorpus:
        """Add the articles of a source to the store, and return the corpus as it then is.

        The new articles are read by what the store has learned: the lines that recur in an outlet, the
        forms of words, the vocabulary. Only they are parsed and counted; notes say how far what was
        learned fits them. What comes out is what the whole would be by the same.

        Parameters
        ----------
        source : path
        columns, metadata, filenames, on_bad
            As in :func:`syriatopics.open_corpus`.

        Raises
        ------
        CorpusError
            If the source cannot be read, or an id stands already.
        """
        from syriatopics.scale.growing import add_articles

        scheduler, workers = self._where
        grown = add_articles(
            self.store.folder, source, columns=columns, metadata=metadata, filenames=filenames,
            scheduler=scheduler, workers=workers, on_bad=on_bad,
        )  # fmt: skip
        return StoredCorpus(grown, scheduler, workers, selection=self.selection)

    def refit(self) -> StoredCorpus:
        """Learn everything anew from all articles of the store, and return the corpus as it then is."""
        from syriatopics.scale.growing import refit_store

        scheduler, workers = self._where
        anew = refit_store(self.store.folder, scheduler=scheduler, workers=workers)
        return StoredCorpus(anew, scheduler, workers, selection=self.selection)

    def damaged(self) -> list[str]:
        """Return the files that are missing, or are not what was written, and why."""
        return self.store.damaged()


class _Articles(Sequence[Article]):
    """The articles of a store with their texts, a partition at a time: parsed anew as they are asked for."""

    def __init__(self, corpus: StoredCorpus) -> None:
        self._corpus = corpus

    def __len__(self) -> int:
        return len(self._corpus)

    def __iter__(self) -> Iterator[Article]:
        chosen = self._corpus._chosen
        for number in range(len(self._corpus.store)):
            if chosen is not None and not self._corpus.store.holds(number, chosen):
                continue
            for article in self._corpus.store.read_articles(number):
                if chosen is None or article.article_id in chosen:
                    yield self._corpus._marked(article)

    @overload
    def __getitem__(self, place: int) -> Article: ...
    @overload
    def __getitem__(self, place: slice) -> list[Article]: ...
    def __getitem__(self, place: int | slice) -> Article | list[Article]:
        wanted = self._corpus.outlines[place]
        if isinstance(wanted, Article):
            return self._corpus[wanted.article_id]
        return [self._corpus[article.article_id] for article in wanted]
