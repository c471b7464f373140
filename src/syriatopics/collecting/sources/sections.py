"""Pages that list articles: sections and archives, paged by number or by day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from syriatopics.collecting.addresses import day_in, joined, key_of
from syriatopics.collecting.plan import Plan, Site
from syriatopics.collecting.sources.contract import Answer, Ask, Named
from syriatopics.corpus.read.html import decode_page, flatten, parse_html
from syriatopics.errors import CorpusError

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["NAME", "TERMS", "begin", "is_listing", "is_no_page", "looks_like_article", "read"]

NAME = "sections"
TERMS = "The terms of the outlet."
_PAGE, _DATE = "{page}", re.compile(r"\{date(?::([^{}]{1,40}))?\}")
_LISTING = re.compile(
    r"/(?:tags?|categor(?:y|ies)|authors?|writers?|search|page|login|register|contact|about|privacy|terms|"
    r"rss|feeds?|wp-(?:admin|content|json|includes)|cdn-cgi)(?:/|\Z)|"
    r"/(?:وسم|تصنيف|كاتب|قسم)/",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|css|js|json|xml|pdf|docx?|zip|mp[34]|woff2?)\Z", re.IGNORECASE
)
_ID = re.compile(r"\d{3,}")
_WORDS = re.compile(r"[-_+ ]")


def begin(site: Site, plan: Plan) -> Iterator[Ask | Named]:
    """Ask for the first page of each section."""
    for section in site.sections:
        yield from _first(section, plan)


def read(ask: Ask, answer: Answer, site: Site, plan: Plan) -> Iterator[Ask | Named]:
    """Find the articles that a page links to, and the page after it."""
    further = ""
    here = key_of(answer.url)
    for link in _links(answer):
        url = joined(answer.url, link.get("href") or "")
        if not url.startswith(("http://", "https://")):
            continue
        if "next" in (link.get("rel") or "").lower().split():
            further = url
        elif link.tag == "a" and site.owns(url) and key_of(url) != here and looks_like_article(url):
            yield Named(url, day_in(url), " ".join("".join(link.itertext()).split())[:300])
    yield from _onward(ask, further, plan)


def is_listing(url: str) -> bool:
    """Say whether an address is one of lists, pictures or programs, and of no article."""
    path = unquote(urlsplit(url).path)
    return is_no_page(url) or _LISTING.search(path) is not None


def is_no_page(url: str) -> bool:
    """Say whether an address is that of a host itself, of a picture or of a program."""
    path = urlsplit(url).path
    asked = urlsplit(url).query
    return (path in ("", "/") and not asked) or _FILE.search(path) is not None


def looks_like_article(url: str) -> bool:
    """Say whether a link seems to lead to an article: a number, a day or several words stand in it.

    Examples
    --------
    >>> looks_like_article("https://a.org/news/81655"), looks_like_article("https://a.org/politics/")
    (True, False)
    """
    if is_listing(url):
        return False
    parts = urlsplit(url)
    last = unquote(parts.path).rstrip("/").rpartition("/")[2]
    return (
        day_in(url) is not None
        or _ID.search(last + parts.query) is not None
        or len(_WORDS.split(last)) >= 3
    )


def _links(answer: Answer) -> Iterator[_Element]:
    """Yield the links of a page; one without a text has none."""
    try:
        html, _ = flatten(decode_page(answer.content, _charset(answer), answer.url)[0])
    except CorpusError:
        return
    tree = parse_html(html)
    if tree is not None:
        yield from tree.iter("a", "link")


def _first(section: str, plan: Plan) -> Iterator[Ask]:
    if _DATE.search(section):
        last = plan.until or date.today()
        yield Ask(_on(section, last), NAME, note=f"{last} {section}")
    else:
        yield Ask(section.replace(_PAGE, "1"), NAME, note=f"1 {section}")


def _onward(ask: Ask, further: str, plan: Plan) -> Iterator[Ask]:
    """Give the page before this day, the page of the next number, or that which the page calls so."""
    at, _, section = ask.note.partition(" ")
    if _DATE.search(section):
        # A day without an article ends nothing, so these are bounded by the period.
        before = date.fromisoformat(at) - timedelta(days=1)
        if plan.since and before >= plan.since and ask.step < plan.limits.lists:
            yield Ask(_on(section, before), NAME, f"{before} {section}", ask.step + 1)
    elif _PAGE in section:
        number = int(at) + 1
        url = section.replace(_PAGE, str(number))
        yield Ask(url, NAME, f"{number} {section}", ask.step + 1, onward=True)
    elif further:
        yield Ask(further, NAME, f"{int(at) + 1} {section}", ask.step + 1, onward=True)


def _on(section: str, day: date) -> str:
    return _DATE.sub(lambda found: day.strftime(found[1] or "%Y-%m-%d"), section)


def _charset(answer: Answer) -> str | None:
    said = next((v for k, v in answer.headers if k.lower() == "content-type"), "").lower()
    return said.partition("charset=")[2].split(";")[0].strip("\"' ") or None
