"""Sitemaps: lists of all pages, lists of lists, lists of news; as XML or as plain lines, packed or not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from syriatopics.collecting.addresses import joined
from syriatopics.collecting.plan import Plan, Site
from syriatopics.collecting.sources.contract import Answer, Ask, Named, day_of, xml_elements
from syriatopics.collecting.unpacking import gunzip
from syriatopics.corpus.read.xml import Element, text_of

NAME = "sitemaps"
# Lists of lists and of people, as programs of WordPress call them: no article stands there.
_OTHERS = re.compile(r"(?:categor|post_tag|taxonom|author|users?-)[^/]*\.xml[^/]*\Z", re.IGNORECASE)
TERMS = "Offered to be read by programs; the texts stay the outlet's own."


def begin(site: Site, plan: Plan) -> Iterator[Ask | Named]:
    """Ask for the sitemaps that are named."""
    for url in site.sitemaps:
        yield Ask(url, NAME)


def read(ask: Ask, answer: Answer, site: Site, plan: Plan) -> Iterator[Ask | Named]:
    """Read a sitemap, or a list of sitemaps."""
    content = answer.content
    if content.startswith(b"\x1f\x8b"):
        content = gunzip(content, plan.limits.list_bytes)
    if b"<" not in content[:2000]:
        for line in content.decode("utf-8-sig", "replace").splitlines():
            if line.strip().startswith(("http://", "https://")):
                yield Named(line.strip())
        return
    plain = Answer(answer.url, content, answer.headers)
    for element in xml_elements(plain, "url", "sitemap"):
        if not (url := joined(answer.url, element.text("loc"))):
            continue
        if element.name == "sitemap":
            if ask.step < plan.limits.steps and not _OTHERS.search(url):
                yield Ask(url, NAME, step=ask.step + 1)
            continue
        yield Named(
            url,
            day_of(_news(element, "publication_date")),
            _news(element, "title"),
            element.text("lastmod"),
        )


def _news(element: Element, name: str) -> str:
    """Return what a sitemap of news says; captions of pictures have titles too."""
    news = element.children("news")
    found = news[0].all(name) if news else []
    return text_of(found[0]) if found else ""
