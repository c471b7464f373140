"""The home page of an outlet: where its feeds, its sitemaps and its WordPress are.

Where the page itself is not given to programs, what robots.txt names is asked for all the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from syriatopics.collecting.addresses import host_of, joined
from syriatopics.collecting.plan import Plan, Site
from syriatopics.collecting.sources import feeds, sitemaps, wordpress
from syriatopics.collecting.sources.contract import Answer, Ask, Named
from syriatopics.corpus.read.html import decode_page, flatten, parse_html
from syriatopics.errors import CorpusError

NAME = "home"
TERMS = "The terms of the outlet."
_FEEDS = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
_MOST = 20


def begin(site: Site, plan: Plan) -> Iterator[Ask | Named]:
    """Ask for the home page, where it is to tell what nobody has named."""
    wanted = {"feeds": site.feeds, "sitemaps": site.sitemaps, "wordpress": site.wordpress}
    if site.home and any(name in plan.sources and not named for name, named in wanted.items()):
        yield Ask(site.home, NAME)


def read(ask: Ask, answer: Answer, site: Site, plan: Plan) -> Iterator[Ask | Named]:
    """Find what the page links to, and what the robots.txt of its host names."""
    if "sitemaps" in plan.sources and not site.sitemaps:
        # Where robots.txt names none, the place that the protocol of sitemaps proposes is tried.
        for url in answer.sitemaps or (f"{host_of(answer.url)}/sitemap.xml",):
            yield Ask(joined(answer.url, url), sitemaps.NAME)
    found_feeds, found_api = _links(answer)
    if "feeds" in plan.sources and not site.feeds:
        for url in found_feeds[:_MOST]:
            yield Ask(url, feeds.NAME)
    if "wordpress" in plan.sources and not site.wordpress and found_api:
        yield wordpress.first(f"{found_api.rstrip('/')}/wp/v2/posts", plan)


def _links(answer: Answer) -> tuple[list[str], str]:
    """Return the feeds that a page names, and the address of its WordPress."""
    try:
        html, _ = flatten(decode_page(answer.content, None, "home page")[0])
    except CorpusError:
        return [], ""
    tree = parse_html(html)
    found: dict[str, None] = {}
    api = ""
    for link in tree.iter("link") if tree is not None else ():
        rel, href = (
            (link.get("rel") or "").lower().split(),
            joined(answer.url, link.get("href") or ""),
        )
        if "https://api.w.org/" in rel:
            api = href
        elif "alternate" in rel and (link.get("type") or "").lower() in _FEEDS and href:
            found[href] = None
    return list(found), api
