"""What a page says of itself outside of its text: ``<meta>``, JSON-LD, its address.

Dates are taken from here only: guesses from the running text go wrong on Arabic.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from syriatopics.corpus.documents import Given
from syriatopics.corpus.parse.printed import parse_date
from syriatopics.corpus.parse.publishers import Publishers
from syriatopics.corpus.words import line_key

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["stated_by_page"]

_SPACE = re.compile(r"\s+")
_PUBLISHED = (
    "article:published_time", "datepublished", "pubdate", "publishdate", "dc.date.issued", "dc.date",
    "dcterms.created", "date", "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime",
)  # fmt: skip


class _Meta(NamedTuple):
    """What a page says of itself outside of its text."""

    values: dict[str, str]
    linked: list[dict[str, Any]]


def stated_by_page(tree: _Element, url: str | None, publishers: Publishers) -> dict[str, Given]:
    """Return the fields that a page states, each with the place in its head."""
    return dict(_given(_meta(tree), url, publishers))


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


def _given(meta: _Meta, url: str | None, publishers: Publishers) -> Iterator[tuple[str, Given]]:
    values = meta.values
    address = next(
        (v for v in (values.get("canonical"), values.get("og:url"), url) if v and "//" in v), None
    )
    if address:
        where = "address" if address == url else "canonical link"
        yield "url", Given(address, f"{where} of the page")
    for name in ("og:title", "twitter:title", "title"):
        if name in values:
            yield "title", Given(_SPACE.sub(" ", values[name]), f"<meta {name}>")
            break
    author = values.get("author") or values.get("article:author")
    if author and "//" not in author:
        yield "author", Given(author, "<meta author>")
    outlet = _outlet(values, address or url, publishers)
    if outlet:
        yield "outlet", outlet
    printed = _published(meta)
    if printed:
        yield "date_printed", printed


def _outlet(values: dict[str, str], address: str | None, publishers: Publishers) -> Given | None:
    if address and (found := publishers.outlet_of_url(address)):
        return Given(found[0], f"host of the url: {found[1]}")
    site = values.get("og:site_name", "")
    known = publishers.credit_names.get(line_key(site)) if site else None
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
