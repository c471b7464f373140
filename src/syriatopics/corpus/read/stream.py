"""Articles one by one, as a source gives them, without holding them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from tqdm import tqdm

from syriatopics.corpus.documents import Document
from syriatopics.corpus.parse import parse_article
from syriatopics.corpus.parse.dates import UNREAD
from syriatopics.corpus.parse.publishers import load_publishers
from syriatopics.corpus.parse.recurring import Recurring, holds_recurring
from syriatopics.corpus.read.account import Account, say_wordless
from syriatopics.corpus.read.boundary import Boundary, Skipped
from syriatopics.corpus.read.memory import Held, rows_in_memory
from syriatopics.corpus.read.sidecar import read_sidecar
from syriatopics.corpus.read.source import Source
from syriatopics.records import Article

__all__ = ["ArticleStream", "iter_articles", "progress", "source_of", "whole"]

_T = TypeVar("_T")


class ArticleStream:
    """Articles one by one, for corpora that do not fit into memory.

    What one text tells by itself is read as in :func:`read_corpus`. What only the whole
    corpus tells (lines that recur in an outlet) is used when it is given, and else left.

    Parameters
    ----------
    path, columns, metadata, outlets, on_bad, filenames
        As in :func:`read_corpus`.
    recurring : Recurring, optional
        What :func:`syriatopics.corpus.parse.recurring.learn_recurring` learned from a sample.

    Attributes
    ----------
    notes : list of str
        What was guessed, skipped or damaged; complete when the last article is read.
    skipped : list of Skipped
        What was not read so far: the file, the place in it, and why.
    """

    def __init__(
        self,
        path: str | Path | Held,
        columns: Mapping[str, str | None] | None = None,
        metadata: str | Path | None = None,
        recurring: Recurring | None = None,
        outlets: str | Path | None = None,
        on_bad: str = "skip",
        pages: str | Path | None = None,
        filenames: str | None = None,
    ) -> None:
        self._source = source_of(path, columns, metadata, outlets, on_bad, pages, filenames)
        self._account = Account(self._source.publishers)
        self._recurring = recurring
        self._wordless: list[str] = []

    def __len__(self) -> int:
        return len(self._source)

    @property
    def notes(self) -> list[str]:
        """What reading needed so far."""
        return [
            *self._source.notes,
            *self._account.notes(),
            *self._source.skips(),
            *say_wordless(self._wordless),
        ]

    @property
    def skipped(self) -> list[Skipped]:
        """What was not read so far."""
        return self._source.boundary.skipped

    def __iter__(self) -> Iterator[Article]:
        for document in self._source:
            article = parse_article(document, (), self._source.publishers)
            if self._recurring is not None and holds_recurring(article, self._recurring):
                article = parse_article(
                    document, self._recurring[article.outlet], self._source.publishers
                )
            if whole(document, article, self._source.boundary):
                if not article.n_words:
                    self._wordless.append(article.article_id)
                yield self._account.add(article)


def iter_articles(
    path: str | Path,
    *,
    columns: Mapping[str, str | None] | None = None,
    metadata: str | Path | None = None,
    recurring: Recurring | None = None,
    outlets: str | Path | None = None,
) -> Iterator[Article]:
    """Yield the articles of a path in the order of the source, without holding them.

    Parameters
    ----------
    path, columns, metadata, recurring, outlets
        As in :class:`ArticleStream`.

    Examples
    --------
    >>> from syriatopics.corpus.seeds import seeds_folder
    >>> [article.article_id[:3] for article in iter_articles(seeds_folder())]
    ['000', '001', '002', '003', '004']
    """
    return iter(ArticleStream(path, columns, metadata, recurring, outlets))


def source_of(
    path: str | Path | Held,
    columns: Mapping[str, str | None] | None,
    metadata: str | Path | None,
    outlets: str | Path | None,
    on_bad: str = "skip",
    pages: str | Path | None = None,
    filenames: str | None = None,
) -> Source:
    """Return the source that a path is, or what is in memory."""
    sidecar = read_sidecar(metadata) if metadata is not None else None
    known = load_publishers(outlets)
    if isinstance(path, str | Path):
        place, listed = (Path(path), None) if pages is None else (Path(pages), Path(path))
        return Source(
            place,
            columns,
            sidecar,
            publishers=known,
            on_bad=on_bad,
            listed=listed,
            filenames=filenames,
        )
    name, rows = rows_in_memory(path)
    return Source(Path(name), columns, sidecar, publishers=known, on_bad=on_bad, rows=rows)


def progress(items: Iterable[_T], total: int, said: str) -> Iterator[_T]:
    """Show how far long work is, on a terminal only."""
    return iter(
        tqdm(items, total=total or None, desc=said, unit=" articles", delay=2, disable=None)
    )


def whole(document: Document, article: Article, boundary: Boundary) -> bool:
    """Skip what broke the parser."""
    why = article.evidence.get("text", "")
    if why.startswith(UNREAD):
        boundary.skip(document.place, "", f"text {why}")
        return False
    return True
