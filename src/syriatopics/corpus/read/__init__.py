"""Reading a corpus: one function for a folder of texts, a table of articles, a web archive."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from syriatopics.corpus.corpus import Corpus
from syriatopics.corpus.parse import parse_article
from syriatopics.corpus.parse.glued import flag_glued
from syriatopics.corpus.parse.recurring import holds_recurring, learn_recurring
from syriatopics.corpus.read.account import (
    Account,
    Unread,
    say_unread,
    say_wordless,
    unread_in,
)
from syriatopics.corpus.read.boundary import Skipped
from syriatopics.corpus.read.memory import Held
from syriatopics.corpus.read.stream import (
    ArticleStream,
    iter_articles,
    progress,
    source_of,
    whole,
)
from syriatopics.corpus.selection import Selection
from syriatopics.errors import CorpusError

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
    source = source_of(path, columns, metadata, outlets, on_bad, pages, filenames)
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
