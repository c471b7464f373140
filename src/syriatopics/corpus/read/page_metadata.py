"""What a page says of itself outside of its text: ``<meta>``, JSON-LD, its headline, its address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from syriatopics.corpus.documents import Given
from syriatopics.corpus.parse.publishers import Publishers, archived
from syriatopics.corpus.read.html import PageLine
from syriatopics.corpus.read.json_ld import (
    article_of,
    linked_items,
    names_in,
    publisher_of,
    sections_of,
)
from syriatopics.corpus.words import line_key

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["PageHead", "headline_of", "read_head", "section_of", "stated_by_page"]

_SPACE = re.compile(r"\s+")
# What parts a title from the name of the site.
_PARTED = re.compile(r"\s+[|\-–—:»«•·/]+\s+|\s*[|»«•·]\s*|\s*::\s*")
_LONGEST_NAME = 60
_SECTIONS = ("article:section", "section", "og:section", "parsely-section", "cxenseparse:section")
_TITLES = ("og:title", "twitter:title", "title")
_OF_ARTICLE = re.compile(r"Article|BlogPosting|WebPage|CreativeWork|Report")


class PageHead(NamedTuple):
    """What the head of a page states.

    Attributes
    ----------
    values : dict of str to str
        Names of ``<meta>`` in lower case, and the canonical address as "canonical".
    items : list of dict
        The things that the JSON-LD of the page describes.
    article : dict or None
        The one of them that is the article.
    titles : frozenset of str
        Keys of the titles that the page bears, with and without the name of the site.
    address : str or None
        Where the page stands.
    """

    values: dict[str, str]
    items: list[dict[str, Any]]
    article: dict[str, Any] | None
    titles: frozenset[str]
    address: str | None


def read_head(tree: _Element, url: str | None) -> PageHead:
    """Read what a page states outside of its visible text."""
    values = _values(tree)
    items = linked_items(tree)
    said = (values.get("canonical"), values.get("og:url"), url)
    address = next((archived(v) for v in said if v and "//" in v), None)
    written = [values[name] for name in _TITLES if name in values]
    written += [t.text or "" for t in tree.iter("title")][:1]
    parts = (part for title in written for part in (title, *_PARTED.split(title)))
    titles = frozenset(k for part in parts if (k := line_key(part)) and len(k.split()) > 1)
    return PageHead(values, items, article_of(items, titles, address), titles, address)


def _values(tree: _Element) -> dict[str, str]:
    values: dict[str, str] = {}
    for element in tree.iter("meta", "link"):
        if element.tag == "link":
            if element.get("rel") == "canonical" and element.get("href"):
                values.setdefault("canonical", element.get("href", "").strip())
            continue
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop"):
            name = element.get(attribute)
            if name and content and (attribute != "itemprop" or _of_article(element)):
                values.setdefault(name.lower(), content)
    return values


def _of_article(element: _Element) -> bool:
    """Say whether microdata speaks of the article, and not of a video or a comment on the page."""
    scope = next((e for e in element.iterancestors() if e.get("itemscope") is not None), None)
    kind = scope.get("itemtype") if scope is not None else None
    return not kind or _OF_ARTICLE.search(kind) is not None


def headline_of(lines: Sequence[PageLine], headline: int | None) -> Given | None:
    """Return the headline that a page shows as its title."""
    if headline is None or (element := lines[headline].element) is None:
        return None
    headed = [e for e in (element, *element.iterancestors()) if e.tag == "h1"]
    return Given(lines[headline].text, "<h1>") if headed else None


def stated_by_page(
    head: PageHead, headline: Given | None, url: str | None, publishers: Publishers
) -> dict[str, Given]:
    """Return the fields that a page states, dates left out, each with the place in it."""
    return dict(_given(head, headline, url, publishers))


def _given(
    head: PageHead, headline: Given | None, url: str | None, publishers: Publishers
) -> Iterator[tuple[str, Given]]:
    values = head.values
    if head.address:
        where = "address" if head.address == url else "canonical link"
        yield "url", Given(head.address, f"{where} of the page")
    outlet = _outlet(head, head.address or url, publishers)
    if outlet:
        yield "outlet", outlet
    title = next((Given(values[n], f"<meta {n}>") for n in _TITLES if n in values), headline)
    if title is not None:
        names = {line_key(values.get("og:site_name", ""))}
        if outlet is not None:
            names |= {
                line_key(publishers.name_of(outlet.value, language)) for language in ("ar", "en")
            }
        shown = line_key(headline.value) if headline is not None else ""
        written = _without_site(_SPACE.sub(" ", title.value), names, shown, publishers)
        yield "title", Given(written, title.evidence)
    author = values.get("author") or values.get("article:author")
    if author and "//" not in author:
        yield "author", Given(author, "<meta author>")
    elif head.article is not None and (names_given := names_in(head.article.get("author"))):
        yield "author", Given(names_given, "JSON-LD author")


def _without_site(title: str, names: set[str], headline: str, known: Publishers) -> str:
    """Cut the name of the site off a title: ``… | عنب بلدي``, ``اليوم السابع - …``."""
    while cuts := list(_PARTED.finditer(title)):
        first, last = cuts[0], cuts[-1]
        if (
            _is_site(title[last.end() :], names, known)
            or line_key(title[: last.start()]) == headline
        ):
            title = title[: last.start()]
        elif _is_site(title[: first.start()], names, known) or (
            line_key(title[first.end() :]) == headline
        ):
            title = title[first.end() :]
        else:
            break
    return title


def _is_site(part: str, names: set[str], known: Publishers) -> bool:
    name = line_key(part)
    if not name:
        return True
    listed = known.credit_names.get(name)
    return (
        name in names or (listed is not None and listed.role == "outlet") or name in known.by_name
    )


def _outlet(head: PageHead, address: str | None, publishers: Publishers) -> Given | None:
    """Return the outlet: by the host of the page, else by the house that it names."""
    if address and (found := publishers.outlet_of_url(address)):
        return Given(found[0], f"host of the url: {found[1]}")
    said = {
        "JSON-LD publisher": publisher_of(head.article, head.items),
        "<meta og:site_name>": head.values.get("og:site_name", ""),
    }
    named = {where: name for where, name in said.items() if name and len(name) <= _LONGEST_NAME}
    for where, name in named.items():
        if known := publishers.outlet_named(name):
            return Given(known, f"{where}: {name}")
    # A house that is on no list is called as it calls itself.
    own = (item for item in named.items() if line_key(item[1]) not in head.titles)
    return next((Given(name, where) for where, name in own), None)


def section_of(head: PageHead) -> str:
    """Return the sections in which a page says that it stands, the narrowest first; its title is none."""
    said = [head.values.get(name, "") for name in _SECTIONS]
    names = [*said, *sections_of(head.article, head.items)]
    told = dict.fromkeys(name for name in names if name and line_key(name) not in head.titles)
    return ", ".join(told)[:200]
