"""Web pages: their visible text line by line, what is its main text, and what they say of it.

The raw text of a page is what a reader sees of it, navigation included, one line per block.
trafilatura says which lines are the article; the others are kept as removed lines. Dates are
taken from JSON-LD and ``<meta>`` only: guesses from the running text go wrong on Arabic.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from syriatopics.arabic import clean
from syriatopics.corpus.documents import Document, Given
from syriatopics.corpus.parse.printed import parse_date
from syriatopics.corpus.parse.publishers import credit_names, outlet_of_url
from syriatopics.corpus.read.encodings import decode
from syriatopics.corpus.words import line_key, pieces_of, words_of
from syriatopics.errors import CorpusError

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["LARGEST_PAGE", "page_document", "visible_lines"]

LARGEST_PAGE = 10 * 2**20
# Parsers stop at some depth; deeper tags say nothing about the text and are left out.
_DEEPEST = 150
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w:-]*)[^<>]*>")
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
_CHARSET = re.compile(
    rb"<meta[^<>]{0,200}?charset\s{0,4}=\s{0,4}[\"']?\s{0,4}([\w-]{3,20})", re.IGNORECASE
)
_UNSEEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "head",
        "iframe",
        "object",
        "select",
        "option",
        "button",
        "form",
        "textarea",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "br",
    ]
)
_SPACE = re.compile(r"\s+")
_SAME = 0.6
_N = 4
_PUBLISHED = (
    "article:published_time", "datepublished", "pubdate", "publishdate", "dc.date.issued", "dc.date",
    "dcterms.created", "date", "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime",
)  # fmt: skip


class _Meta(NamedTuple):
    """What a page says of itself outside of its text."""

    values: dict[str, str]
    linked: list[dict[str, Any]]


def page_document(
    data: bytes,
    article_id: str,
    place: str,
    *,
    charset: str | None = None,
    url: str | None = None,
    captured: date | None = None,
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

    Raises
    ------
    CorpusError
        If the page is larger than 10 MB, or has no visible text.
    """
    if len(data) > LARGEST_PAGE:
        raise CorpusError(
            f"{place}: a page of {len(data) >> 20} MB; at most {LARGEST_PAGE >> 20} are read."
        )
    html, encoding = _decode(data, charset, place)
    html, flattened = _flatten(html)
    tree = _tree(html)
    lines = visible_lines(tree) if tree is not None else []
    if not any(lines):
        raise CorpusError(f"{place} is empty: the page has no visible text.")
    given = dict(_given(_meta(tree), url)) if tree is not None else {}
    main = _main_text(html, lines)
    notes = [] if encoding == "utf-8" else [f"{place}: read as {encoding}."]
    if flattened:
        notes.append(
            f"{place}: tags nested more than {_DEEPEST} deep are left out, their text is kept."
        )
    raw = "\n".join(lines)
    return Document(article_id, raw, given, place, tuple(notes), main, captured)


# ---- from bytes to a tree --------------------------------------------------------------


def _decode(data: bytes, charset: str | None, place: str) -> tuple[str, str]:
    declared = _CHARSET.search(data, 0, 4096)
    for name in (charset, declared[1].decode("ascii", "ignore") if declared else None):
        if name:
            try:
                return data.decode(name), name.lower()
            except (LookupError, UnicodeDecodeError):
                continue  # what is declared is often wrong
    return decode(data, place)


def _flatten(html: str) -> tuple[str, bool]:
    """Leave out the tags that stand deeper than parsers go."""
    if html.count("<") <= _DEEPEST:
        return html, False
    depth = 0
    flattened = False

    def shallow(match: re.Match[str]) -> str:
        nonlocal depth, flattened
        if match["name"].lower() in _VOID or match.group().endswith("/>"):
            return match.group()
        if match["close"]:
            depth = max(0, depth - 1)
            kept = depth < _DEEPEST
        else:
            kept = depth < _DEEPEST
            depth += 1
        flattened = flattened or not kept
        return match.group() if kept else "\n"

    return _TAG.sub(shallow, html), flattened


def _tree(html: str) -> _Element | None:
    import lxml.etree
    import lxml.html

    parser = lxml.html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    text = html.replace("\x00", "").encode("utf-8", "replace")
    try:
        return lxml.etree.fromstring(text, parser)
    except lxml.etree.LxmlError:
        return None


def visible_lines(tree: _Element) -> list[str]:
    """Return the visible text of a page, a line per block, blank lines between paragraphs."""
    lines: list[str] = []
    inline: list[str] = []

    def flush(blank: bool) -> None:
        line = _SPACE.sub(" ", "".join(inline)).strip()
        inline.clear()
        if line:
            lines.append(line)
        if blank and lines and lines[-1]:
            lines.append("")

    from lxml.etree import iterwalk

    walk = iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        block = tag in _BLOCKS
        if event == "start":
            if tag in _UNSEEN:
                walk.skip_subtree()
                continue
            if block:
                flush(tag not in ("br", "li", "td", "tr"))
            inline.append(element.text or "")
        else:
            if block:
                flush(tag not in ("br", "li", "td", "tr"))
            inline.append(element.tail or "")
    flush(False)
    return lines


# ---- what is the article ---------------------------------------------------------------


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


# ---- what the page says of it ------------------------------------------------------------


def _meta(tree: _Element) -> _Meta:
    values: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = (element.get("content") or "").strip()
        if name and content:
            values.setdefault(name.lower(), content)
        if (prop := element.get("itemprop")) and content:
            values.setdefault(prop.lower(), content)
    for element in tree.iter("link"):
        if element.get("rel") == "canonical" and element.get("href"):
            values.setdefault("canonical", element.get("href", "").strip())
    for element in tree.iter("time"):
        if element.get("datetime"):
            values.setdefault("time", element.get("datetime", "").strip())
    return _Meta(values, list(_json_ld(tree)))


def _json_ld(tree: _Element) -> Iterator[dict[str, Any]]:
    for element in tree.iter("script"):
        if (element.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            content = json.loads(element.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for item in content if isinstance(content, list) else [content]:
            if isinstance(item, dict):
                graph = item.get("@graph")
                yield item
                yield from (
                    (i for i in graph if isinstance(i, dict)) if isinstance(graph, list) else ()
                )


def _given(meta: _Meta, url: str | None) -> Iterator[tuple[str, Given]]:
    values = meta.values
    address = next(
        (v for v in (values.get("canonical"), values.get("og:url"), url) if v and "//" in v), None
    )
    if address:
        yield (
            "url",
            Given(
                address, "canonical link of the page" if address != url else "address of the page"
            ),
        )
    for name in ("og:title", "twitter:title", "title"):
        if name in values:
            yield "title", Given(_SPACE.sub(" ", values[name]), f"<meta {name}>")
            break
    author = values.get("author") or values.get("article:author")
    if author and "//" not in author:
        yield "author", Given(author, "<meta author>")
    outlet = _outlet(values, address or url)
    if outlet:
        yield "outlet", outlet
    printed = _published(meta)
    if printed:
        yield "date_printed", printed


def _outlet(values: dict[str, str], address: str | None) -> Given | None:
    if address and (found := outlet_of_url(address)):
        return Given(found[0], f"host of the url: {found[1]}")
    site = values.get("og:site_name", "")
    known = credit_names().get(line_key(site)) if site else None
    return Given(known.id, f"<meta og:site_name>: {site}") if known else None


def _published(meta: _Meta) -> Given | None:
    for item in meta.linked:
        stated = item.get("datePublished")
        if isinstance(stated, str) and parse_date(stated):
            return Given(stated, "JSON-LD datePublished")
    for name in (*_PUBLISHED, "time"):
        stated = meta.values.get(name)
        if stated and parse_date(stated):
            return Given(stated, f"<meta {name}>" if name != "time" else "<time datetime>")
    return None
