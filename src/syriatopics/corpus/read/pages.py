"""Web pages: their visible text line by line, what is its main text, and what they say of it.

The raw text of a page is what a reader sees of it, navigation included, one line per block.
trafilatura says which lines are the article; the others are kept as removed lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from syriatopics.arabic import clean
from syriatopics.corpus.documents import Document
from syriatopics.corpus.parse.publishers import Publishers, load_publishers
from syriatopics.corpus.read.html import DEEPEST, decode_page, flatten, parse_html, visible_lines
from syriatopics.corpus.read.page_metadata import stated_by_page
from syriatopics.corpus.words import line_key, pieces_of, words_of
from syriatopics.errors import CorpusError

__all__ = ["LARGEST_PAGE", "page_document"]

LARGEST_PAGE = 10 * 2**20
_SAME = 0.6
_N = 4


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
        If the page is larger than 10 MB, or has no visible text.
    """
    if len(data) > LARGEST_PAGE:
        raise CorpusError(
            f"{place}: a page of {len(data) >> 20} MB; at most {LARGEST_PAGE >> 20} are read."
        )
    html, encoding = decode_page(data, charset, place)
    html, flattened = flatten(html)
    tree = parse_html(html)
    lines = visible_lines(tree) if tree is not None else []
    if not any(lines):
        raise CorpusError(f"{place} is empty: the page has no visible text.")
    known = load_publishers() if publishers is None else publishers
    given = stated_by_page(tree, url, known) if tree is not None else {}
    main = _main_text(html, lines)
    name = place.rsplit("/", 1)[-1]
    notes = [] if encoding == "utf-8" else [f"{name}: read as {encoding}."]
    if flattened:
        notes.append(
            f"{name}: tags nested more than {DEEPEST} deep are left out, their text is kept."
        )
    raw = "\n".join(lines)
    return Document(article_id, raw, given, place, tuple(notes), main, captured)


def _main_text(html: str, lines: list[str]) -> frozenset[str] | None:
    """Return the keys of the lines that trafilatura takes for the article, or None."""
    import trafilatura

    try:
        text = trafilatura.extract(
            html,
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
        words = words_of(pieces_of(clean(line)))
        exact.add(" ".join(words))
        grams |= set(_grams(words))
    return frozenset(key for key in map(line_key, lines) if key in exact or _mostly(key, grams))


def _grams(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[n:] for n in range(_N)), strict=False)


def _mostly(key: str, grams: set[tuple[str, ...]]) -> bool:
    own = list(_grams(key.split()))
    return bool(own) and sum(gram in grams for gram in own) >= _SAME * len(own)
