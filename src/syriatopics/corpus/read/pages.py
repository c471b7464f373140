"""Web pages: their visible text line by line, what is its main text, and what they say of it.

The raw text of a page is what a reader sees of it, navigation included, one line per block.
trafilatura says which lines are the article; the others are kept as removed lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from syriatopics.corpus.documents import Document, Given, KnownLine
from syriatopics.corpus.parse.printed import believed
from syriatopics.corpus.parse.publishers import Publishers, archived, load_publishers
from syriatopics.corpus.read.borders import doubtful, find_borders, several_articles
from syriatopics.corpus.read.html import DEEPEST, decode_page, flatten, parse_html, visible_lines
from syriatopics.corpus.read.page_dates import dates_of_lines, dates_of_markup
from syriatopics.corpus.read.page_layout import Layout, is_embedded
from syriatopics.corpus.read.page_metadata import (
    headline_of,
    read_head,
    section_of,
    stated_by_page,
)
from syriatopics.corpus.read.several import refuse_several, shown_lines
from syriatopics.corpus.read.utf8 import FileEncoding
from syriatopics.corpus.words import line_key
from syriatopics.errors import CorpusError
from syriatopics.records import Value

__all__ = ["LARGEST_PAGE", "page_document"]

LARGEST_PAGE = 10 * 2**20
_SAME = 0.6
_N = 4
_FORM = re.compile(r"<(/?)form\b[^<>]*+>", re.IGNORECASE)
# What browsers write above a page that they save.
_SAVED = re.compile(r"<!--\s*saved from url=\(\d+\)(\S{1,2000})\s*-->")


def page_document(
    data: bytes,
    article_id: str,
    place: str,
    *,
    charset: str | None = None,
    url: str | None = None,
    captured: date | None = None,
    publishers: Publishers | None = None,
) -> Document:
    """Read a web page.

    Parameters
    ----------
    data : bytes
    article_id, place : str
    charset : str, optional
        What the server said of the encoding.
    url : str, optional
        From where the page was fetched.
    captured : date, optional
        When.
    publishers : Publishers, optional
        Who is known by host and name; by default those of the shipped list.

    Raises
    ------
    CorpusError
        If the page is larger than 10 MB, has no visible text, or holds several articles.
    """
    if len(data) > LARGEST_PAGE:
        raise CorpusError(
            f"{place}: a page of {len(data) >> 20} MB; at most {LARGEST_PAGE >> 20} are read."
        )
    html, found = decode_page(data, charset, place)
    html, flattened = flatten(html)
    tree = parse_html(html)
    lines = visible_lines(tree) if tree is not None else []
    if tree is None or not any(line.text for line in lines):
        raise CorpusError(f"{place} is empty: the page has no visible text.")
    refuse_several(tree)
    if url is None and (saved := _SAVED.search(html, 0, 4096)):
        url = saved[1]
    url = archived(url) if url else url
    texts = [line.text for line in lines]
    main = _main_text(html, texts)
    head = read_head(tree, url)
    known = load_publishers() if publishers is None else publishers
    borders = find_borders(shown_lines(lines, main, head.titles), known)
    if borders.n > 1:
        raise CorpusError(several_articles(borders.n, "save a page for each"))
    layout = Layout(tree, lines, head.titles, main)
    raw = "\n".join(texts)
    shown, known_lines = dates_of_lines(tree, lines, layout, captured)
    dates = (*dates_of_markup(tree, head.values, head.items, head.article, head.address), *shown)
    given = stated_by_page(head, headline_of(lines, layout.headline), url, known)
    if (printed := believed(dates, captured or date.today())) is not None:
        given["date_printed"] = Given(printed.value, printed.evidence)
    posts = (
        KnownLine(n, "boilerplate", "a post of a social network")
        for n, line in enumerate(lines)
        if is_embedded(line.element)
    )
    return Document(
        article_id,
        raw,
        given,
        place,
        _said(place.rsplit("/", 1)[-1], found, flattened),
        main,
        captured,
        dates=dates,
        extra=_told(section=section_of(head), captured=captured),
        lines=tuple(sorted((*known_lines, *posts))),
        flags=doubtful(raw, borders),
    )


def _told(**said: str | date | None) -> dict[str, Value]:
    return {name: str(value) for name, value in said.items() if value}


def _said(name: str, found: FileEncoding, flattened: bool) -> tuple[str, ...]:
    notes = [*found.said(name)]
    if flattened:
        notes.append(
            f"{name}: tags nested more than {DEEPEST} deep are left out, their text is kept."
        )
    return tuple(notes)


def _main_text(html: str, lines: list[str]) -> frozenset[str] | None:
    """Return the keys of the lines that trafilatura takes for the article, or None."""
    import trafilatura

    try:
        text = trafilatura.extract(
            _FORM.sub(r"<\1div>", html),  # it leaves out whole forms, and with them whole pages
            include_comments=False,
            include_tables=False,
            favor_recall=True,
            with_metadata=False,
        )
    except (RecursionError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        text = None  # a page that breaks the extractor is judged by our own rules
    if not text:
        return None
    grams, exact = set(), set()
    for line in text.splitlines():
        key = line_key(line)
        exact.add(key)
        grams |= set(_grams(key.split()))
    return frozenset(key for key in map(line_key, lines) if key in exact or _mostly(key, grams))


def _grams(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[n:] for n in range(_N)), strict=False)


def _mostly(key: str, grams: set[tuple[str, ...]]) -> bool:
    own = list(_grams(key.split()))
    return bool(own) and sum(gram in grams for gram in own) >= _SAME * len(own)
