"""Reading a corpus: one function for a folder of texts, a table of articles, a web archive."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar

import pandas as pd
from tqdm import tqdm

from syriatopics.corpus.corpus import Corpus
from syriatopics.corpus.documents import Document
from syriatopics.corpus.parse import parse_article
from syriatopics.corpus.parse.dates import UNREAD
from syriatopics.corpus.parse.glued import flag_glued
from syriatopics.corpus.parse.publishers import load_publishers
from syriatopics.corpus.parse.recurring import Recurring, holds_recurring, learn_recurring
from syriatopics.corpus.read.account import Account
from syriatopics.corpus.read.boundary import Boundary, Skipped
from syriatopics.corpus.read.memory import Held, rows_in_memory
from syriatopics.corpus.read.sidecar import read_sidecar
from syriatopics.corpus.read.source import Source
from syriatopics.corpus.selection import Selection
from syriatopics.errors import CorpusError, choices
from syriatopics.records import Article

__all__ = [
    "ArticleStream",
    "Unread",
    "iter_articles",
    "progress",
    "read_corpus",
    "say_unread",
    "say_wordless",
    "unread_in",
]

_T = TypeVar("_T")


def read_corpus(
    path: str | Path | Held,
    *,
    columns: Mapping[str, str | None] | None = None,
    metadata: str | Path | None = None,
    outlets: str | Path | None = None,
    selection: Selection | None = None,
    on_bad: str = "skip",
    pages: str | Path | None = None,
    filenames: str | None = None,
) -> Corpus:
    """Read articles as they are found.

    Parameters
    ----------
    path : path, DataFrame, list of dict or list of str
        A folder, searched with its subfolders, or a file: texts and pages (one article each),
        tables, exports of databases, feeds, web archives, documents, or an archive of any of
        these; ``docs/tutorials/own-corpus.md`` lists the kinds. Or what is in memory: rows, or
        texts alone.
    columns : mapping of str to str or None, optional
        Which column of a table holds which field, where the names are not the usual ones:
        ``{"text": "corps", "outlet": "journal"}``. None leaves a field out.
    metadata : path, optional
        A sidecar (csv or toml) whose values stand above what pages and columns say.
    outlets : path, optional
        A TOML file of outlets, agencies and papers on top of the shipped ones: by what hosts,
        names and phrases yours are known (see ``docs/tutorials/outlet.md``).
    selection : Selection, optional
        How the articles were chosen, for the corpus statement.
    on_bad : {"skip", "error"}
        Whether what cannot be read (an empty file, a page without text, a broken record) is
        skipped, counted and listed in ``.skipped``, or ends the reading.
    pages : path, optional
        Where the pages are kept whose addresses are listed at `path` (Media Cloud, GDELT, a
        news sitemap): a folder or a web archive. They are joined by address; what is left
        over on either side is counted.
    filenames : str, optional
        What the names of files say, where they say something: ``{outlet}_{date}`` reads
        ``BBC_2018-07-23.txt``; ``*`` stands for what means nothing, ``/`` parts folders. By default it is
        guessed from all names, and said. ``*`` alone says that they mean nothing.

    Returns
    -------
    Corpus
        Articles in the order of their ids. What was guessed, skipped or read in another
        encoding than UTF-8 stands in its notes.

    Raises
    ------
    CorpusError
        If there is nothing to read; with ``on_bad="error"``, if a file or article cannot be
        read. The message names it.
    LexiconError
        If the file of outlets breaks its schema; the message names file and line.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.txt").write_text("عقد مجلس الأمن جلسة حول سوريا.", encoding="utf-8")
    >>> read_corpus(folder).table["article_id"].tolist()
    ['a']
    """
    source = _source(path, columns, metadata, outlets, on_bad, pages, filenames)
    with _no_collecting():
        documents = sorted(progress(source, len(source), "read"), key=lambda d: d.article_id)
        articles = [
            parse_article(document, (), source.publishers)
            for document in progress(documents, len(documents), "clean")
        ]
    recurring = learn_recurring(articles)
    for position, (document, article) in enumerate(zip(documents, articles, strict=True)):
        if holds_recurring(article, recurring):
            articles[position] = parse_article(
                document, recurring[article.outlet], source.publishers
            )
    parsed = [a for d, a in zip(documents, articles, strict=True) if whole(d, a, source.boundary)]
    if not parsed:
        raise CorpusError(f"{source.path} holds no article. {' '.join(source.skips())}")
    account = Account(source.publishers)
    for article in parsed:
        account.add(article)
    notes = (
        *source.notes,
        *account.notes(),
        *source.skips(),
        *say_wordless(a.article_id for a in parsed if not a.n_words),
        *say_unread(unread_in([article.evidence for article in parsed])),
    )
    return Corpus(
        flag_glued(parsed),
        notes=notes,
        recurring=recurring.table,
        selection=selection,
        publishers=source.publishers,
        skipped=pd.DataFrame(source.boundary.skipped, columns=list(Skipped._fields)),
        columns=source.columns,
    )


def whole(document: Document, article: Article, boundary: Boundary) -> bool:
    """Skip what broke the parser."""
    why = article.evidence.get("text", "")
    if why.startswith(UNREAD):
        boundary.skip(document.place, "", f"text {why}")
        return False
    return True


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Let no garbage be looked for: what is read only grows, and refers to nothing in a circle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


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
        self._source = _source(path, columns, metadata, outlets, on_bad, pages, filenames)
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


def _source(
    path: str | Path | Held,
    columns: Mapping[str, str | None] | None,
    metadata: str | Path | None,
    outlets: str | Path | None,
    on_bad: str = "skip",
    pages: str | Path | None = None,
    filenames: str | None = None,
) -> Source:
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


class Unread(NamedTuple):
    """Stated values that could not be read: by field what the first one is, and how many."""

    fields: dict[str, tuple[str, int]]
    in_future: int


def unread_in(evidence: Sequence[Mapping[str, str]]) -> Unread:
    """Count the stated values that could not be read, from the evidence of articles."""
    fields = {}
    for field in ("date_printed", "event_start", "event_end", "date_status", "production"):
        said = [held[field] for held in evidence if held.get(field, "").startswith(UNREAD)]
        if said:
            fields[field] = (said[0], len(said))
    future = sum("lies in the future" in held.get("date_status", "") for held in evidence)
    return Unread(fields, future)


def say_wordless(article_ids: Iterable[str]) -> Iterator[str]:
    """Say which articles hold no word: they count as articles, and nothing is measured in them."""
    found = sorted(article_ids)
    if found:
        yield f"Articles without a word of text: {len(found):,}: {choices(found):.300}."


def say_unread(unread: Unread) -> Iterator[str]:
    """Say which stated values could not be read."""
    for field, (first, n) in unread.fields.items():
        yield f"{field} {first}; articles with such a value: {n:,}."
    if unread.in_future:
        yield f"Articles dated in the future: {unread.in_future:,}."
