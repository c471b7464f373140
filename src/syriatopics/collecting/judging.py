"""Looking at a page that was fetched: is it one, which one, and is it what was asked for?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from syriatopics.collecting.addresses import joined
from syriatopics.collecting.plan import Plan
from syriatopics.corpus.parse import parse_article
from syriatopics.corpus.read.pages import page_document
from syriatopics.errors import CorpusError

__all__ = ["Page", "canonical_of", "is_page", "why_aside"]

_CANONICAL = re.compile(
    rb"<link\b(?=[^<>]{0,500}?\brel\s{0,3}=\s{0,3}[\"']?canonical\b)"
    rb"[^<>]{0,500}?\bhref\s{0,3}=\s{0,3}[\"']?([^\"'\s<>]{1,2000})",
    re.IGNORECASE,
)
_HEAD = 2**17
_HTML = re.compile(r"text/html|application/xhtml", re.IGNORECASE)
_BEGINS = re.compile(
    rb"\s*(?:<\?xml[^<>]{0,200}>\s*)?(?:<!doctype html|<html\b|<head\b|<body\b)", re.IGNORECASE
)


@dataclass(frozen=True)
class Page:
    """A page as it was before it was packed, and what its server said of it."""

    url: str
    content: bytes
    kind: str
    at: date


def is_page(page: Page) -> bool:
    """Say whether a server gave a page, whatever it calls it."""
    if page.kind:
        return _HTML.match(page.kind) is not None
    return _BEGINS.match(page.content[:1000].removeprefix(b"\xef\xbb\xbf")) is not None


def canonical_of(page: Page) -> str:
    """Return the address by which a page wants to be known, or nothing."""
    found = _CANONICAL.search(page.content, 0, _HEAD)
    return (
        joined(page.url, found[1].decode("utf-8", "replace").replace("&amp;", "&")) if found else ""
    )


def why_aside(page: Page, plan: Plan, day: date | None) -> tuple[str, date | None]:
    """Say why an article is not what was asked for, and its day; nothing where it is, or cannot be read.

    What cannot be read is kept: a better parser may.
    """
    bounded = plan.since is not None or plan.until is not None
    if not plan.query and (day is not None or not bounded):
        return "", day
    said = page.kind.lower().partition("charset=")[2].split(";")[0].strip("\"' ") or None
    try:
        document = page_document(
            page.content, "page", page.url, charset=said, url=page.url, captured=page.at
        )
        article = parse_article(document, ())
    except CorpusError:
        return "", day
    if (
        day is None
        and article.date_printed is not None
        and article.date_precision in ("day", "minute")
    ):
        day = article.date_printed.date()
    if plan.is_outside(day):
        return "published outside the period", day
    if not plan.asks_for((article.title or "", *article.paragraphs)):
        return "not what is asked for", day
    return "", day
