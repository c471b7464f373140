"""The dates of a page that could be its day of publication, each with the place where it stands.

The clock of the page, the dates of comments and of other articles are none of them, and neither is
the day on which the page was fetched or saved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from syriatopics.corpus.documents import KnownLine, StatedDate
from syriatopics.corpus.parse.lines import Line
from syriatopics.corpus.parse.printed import date_of_line, is_date_line, parse_date
from syriatopics.corpus.parse.printed.lines import Label, label_in
from syriatopics.corpus.read.html import PageLine
from syriatopics.corpus.read.json_ld import page_of, text_of
from syriatopics.corpus.read.page_layout import Layout

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["dates_of_lines", "dates_of_markup"]

# Longer lines are of the text: none is a date, or calls one the day of publication.
_LONGEST = 400
_PUBLISHED = (
    "article:published_time", "article:published", "og:article:published_time", "og:published_time",
    "published_time", "datepublished", "pubdate", "publishdate", "publish_date", "publish-date",
    "publication_date", "publication-date", "dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date",
    "dc.date.created", "dcterms.created", "date", "article.published", "originalpublicationdate",
    "article_date_original", "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime",
    "rnews:datepublished", "bt:pubdate", "citation_publication_date", "vr:published_time",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified",
    "dc.date.modified", "revised", "lastmod",
)  # fmt: skip
_ONE_DAY = timedelta(days=1)
_STAMPS = re.compile(r"published|pubdate|post-?date|entry-?date|article-?date|timestamp", re.I)
_CHANGED = re.compile(r"updated|modified|edited", re.I)
# How RDFa (Drupal) and microdata mark the day of publication in the text itself.
_DATED = re.compile(
    r"datepublished|(?:^|\s)(?:dc|dcterms|dct|rnews):(?:date|created|issued)(?:\s|$)"
)
# Only where a segment of the path begins: numbers inside a title are none.
_YEAR = r"(?:19[5-9]\d|20\d\d)"
_PATHS = (
    re.compile(rf"(?:^|/)({_YEAR})([/\-])(\d{{1,2}})\2(\d{{1,2}})(?=[/_\-]|$)"),
    re.compile(rf"(?:^|/)({_YEAR})()(\d\d)(\d\d)(?:\d{{4}}|\d{{6}})?(?=[/_.\-]|$)"),
    re.compile(rf"(?:^|/)({_YEAR})/()([a-z]{{3}})/(\d{{1,2}})(?=/|$)"),
    re.compile(rf"(?:^|/)({_YEAR})([/\-])(\d{{1,2}})(?=/|$)"),
)


def dates_of_markup(
    tree: _Element,
    values: Mapping[str, str],
    items: list[dict[str, Any]],
    article: dict[str, Any] | None,
    address: str | None,
) -> Iterator[StatedDate]:
    """Yield the dates that a page states for machines, and the one in its address."""
    if article is not None:
        yield from _linked(article, "JSON-LD of the article", "JSON-LD datePublished")
    for name in _PUBLISHED:
        if values.get(name):
            yield StatedDate("meta of the article", values[name], f"<meta {name}>")
    page = page_of(items)
    if page is not None and page is not article:
        yield from _linked(page, "JSON-LD of the page", "JSON-LD datePublished of the page")
    for name in _UPDATED:
        if values.get(name):
            yield StatedDate("last update, for machines", values[name], f"<meta {name}>")
    if address and (stated := _in_address(address)):
        yield StatedDate("address", stated, "address of the page")


def _linked(item: dict[str, Any], source: str, evidence: str) -> Iterator[StatedDate]:
    for name, where, words in (
        ("datePublished", source, evidence),
        ("dateCreated", "date of creation", "JSON-LD dateCreated"),
        ("dateModified", "last update, for machines", "JSON-LD dateModified"),
    ):
        if stated := text_of(item.get(name)):
            yield StatedDate(where, stated, words)


def _in_address(address: str) -> str | None:
    try:
        path = unquote(urlsplit(address).path).lower()
    except ValueError:
        return None
    for pattern in _PATHS:
        if match := pattern.search(path):
            year, _, month, *day = match.groups()
            written = (
                f"{day[0]} {month} {year}"
                if day and month.isalpha()
                else "-".join([year, month.zfill(2), *(d.zfill(2) for d in day)])
            )
            if parse_date(written) is not None:
                return written
    return None


def dates_of_lines(
    tree: _Element,
    page_lines: Sequence[PageLine],
    layout: Layout,
    captured: date | None = None,
) -> tuple[list[StatedDate], list[KnownLine]]:
    """Return the dates that a page shows, and its lines whose date is of something else.

    Above the headline the day on which the page was fetched is the clock of the page.
    """
    stated = list(_stamps(tree, layout))
    beside: list[KnownLine] = []
    above = ""
    for number, shown in enumerate(page_lines):
        if not (text := shown.text.strip()):
            continue
        line = Line(number, 0, text, False) if len(text) <= _LONGEST else None
        if (
            line is not None
            and _may_hold(line)
            and (read := date_of_line(line.text, above)) is not None
        ):
            element = shown.element
            where = _where(element, line.number, read[2], layout)
            if where == "text" and _is_today(read[0].date(), captured) and element is not None:
                where = None if layout.is_above_article(element, line.number) else where
            if where is not None:
                stated.append(StatedDate(where, _called(line.text, above), _said(line)))
            elif is_date_line(line):
                reason = "a date that is not of the article"
                beside.append(KnownLine(line.number, "boilerplate", reason))
        above = text
    return stated, beside


def _is_today(day: date, captured: date | None) -> bool:
    return captured is not None and abs(day - captured) <= _ONE_DAY


def _may_hold(line: Line) -> bool:
    """Say whether a line can give the date of the article: it is a date, or calls one published."""
    if is_date_line(line):
        return True
    return len(line.words) <= 20 and bool(line.dates) and label_in(line.text) == "published"


def _called(text: str, above: str) -> str:
    """Return the date of a line as text of its own, so that it is read the same way again."""
    read = date_of_line(text, above)
    assert read is not None
    length = {"year": 4, "month": 7, "day": 10, "minute": 16}[read[1]]
    return read[0].isoformat()[:length]


def _said(line: Line) -> str:
    return f"line {line.number}: {line.text}"


def _where(element: _Element | None, number: int, label: Label, layout: Layout) -> str | None:
    """Say in what place of a page a date stands, or None where it is not of the article."""
    if element is None or layout.is_apart(element) or layout.is_below_text(number):
        return None
    if label == "published":
        return "called the day of publication"
    if layout.is_above_by_itself(element, number):
        return None
    if label == "updated":
        return "last update"
    if layout.is_above_article(element, number):
        return "text"
    return "beside the headline" if layout.is_beside_headline(number) else "text"


def _stamps(tree: _Element, layout: Layout) -> Iterator[StatedDate]:
    """Yield the dates of ``<time>`` and of what is marked as the day of publication."""
    for element in tree.iter("time", "abbr", "span", "div", "p", "meta", "li", "a"):
        prop = (element.get("itemprop") or element.get("property") or "").lower()
        name = element.get("class") or ""
        machine = element.get("datetime") or element.get("content") or element.get("title")
        marked = _DATED.search(prop) is not None or (
            element.tag == "abbr" and machine is not None and _STAMPS.search(name)
        )
        if not machine or element.tag == "meta" or not (element.tag == "time" or marked):
            continue
        evidence = "<time datetime>" if element.tag == "time" else f"<{element.tag} {prop or name}>"
        label: Label = "none"
        if "datemodified" in prop or _CHANGED.search(name):
            label = "updated"
        elif element.getprevious() is None and element.getparent() is not None:
            label = label_in((element.getparent().text or "")[-40:])
        where = _where(element, layout.place_of(element), label, layout)
        if where == "beside the headline" and marked:
            where = "meta of the article"
        if where is not None:
            yield StatedDate(where, machine.strip(), evidence)
