"""Feeds, RSS and Atom: the newest articles, with their days."""

from __future__ import annotations

from collections.abc import Iterator

from syriatopics.collecting.addresses import joined
from syriatopics.collecting.plan import Plan, Site
from syriatopics.collecting.sources.contract import Answer, Ask, Named, day_of, xml_elements
from syriatopics.corpus.read.xml import Element

NAME = "feeds"
TERMS = "Offered to be read by programs; the texts stay the outlet's own."


def begin(site: Site, plan: Plan) -> Iterator[Ask | Named]:
    """Ask for the feeds that are named."""
    for url in site.feeds:
        yield Ask(url, NAME)


def read(ask: Ask, answer: Answer, site: Site, plan: Plan) -> Iterator[Ask | Named]:
    """Read the entries of a feed; of one in pages (RFC 5005) the next one is asked for."""
    further = ""
    for element in xml_elements(answer, "item", "entry", "link"):
        if element.name == "link":
            if element.attribute("rel") == "next" and element.attribute("href"):
                further = joined(answer.url, element.attribute("href"))
            continue
        said = element.text("pubDate", "published", "date", "issued", "post_date")
        if url := _address(element):
            url = joined(answer.url, url)
            yield Named(url, day_of(said), element.text("title"), element.text("updated") or said)
    if further:
        yield Ask(further, NAME, step=ask.step + 1, onward=True)


def _address(element: Element) -> str:
    """Return the address of an entry: its own, before that of a service that counts its readers."""
    if said := element.text("origLink", "link"):
        return said
    links = element.children("link")
    for link in links:
        if link.attribute("rel") in ("", "alternate") and link.attribute("href"):
            return link.attribute("href")
    guid = element.text("guid", "id")
    return guid if guid.startswith(("http://", "https://")) else ""
