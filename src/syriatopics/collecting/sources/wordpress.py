"""WordPress: the list of posts that its programming interface gives, with their days."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from syriatopics.collecting.answers import header
from syriatopics.collecting.plan import Plan, Site
from syriatopics.collecting.sources.contract import Answer, Ask, Named, day_of
from syriatopics.corpus.read.html import parse_html
from syriatopics.errors import CorpusError
from syriatopics.files import parse_json

NAME = "wordpress"
TERMS = "A public interface of the outlet's own program; its terms are the outlet's."
_EACH = 100
# Posts that are taken away between two requests move the others up: each page takes some of the last again.
_AGAIN = 10


def begin(site: Site, plan: Plan) -> Iterator[Ask | Named]:
    """Ask for the first posts, where their address is named."""
    if site.wordpress:
        yield first(site.wordpress, plan)


def first(api: str, plan: Plan) -> Ask:
    """Return what is asked of an interface first: the newest posts of the period."""
    # Its days are those of the outlet's clock; a day more on both sides, and the plan decides.
    span = {}
    if plan.since and plan.since > date.min + timedelta(days=1):
        span["after"] = f"{plan.since - timedelta(days=1)}T00:00:00"
    if plan.until:
        span["before"] = f"{plan.until + timedelta(days=2)}T00:00:00"
    return Ask(_at(api, per_page=_EACH, offset=0, _fields="date,link,title,modified", **span), NAME)


def read(ask: Ask, answer: Answer, site: Site, plan: Plan) -> Iterator[Ask | Named]:
    """Read some posts, and ask for those before them."""
    # What PHP has to say stands above the list where a host prints it.
    begins = answer.content.find(b"[{")
    posts = parse_json(answer.content[max(0, begins) :])
    if not isinstance(posts, list):
        raise CorpusError("no list of posts")
    for post in posts:
        if not isinstance(post, dict) or not isinstance(post.get("link"), str):
            continue
        title = post.get("title")
        title = title.get("rendered") if isinstance(title, dict) else title
        yield Named(
            post["link"],
            day_of(str(post.get("date") or "")),
            _plain(str(title or "")),
            str(post.get("modified") or ""),
        )
    offset = _offset(ask.url)
    total = header(answer.headers, "x-wp-total")
    # Some hosts give fewer than were asked for: their count says whether there are more, or an empty list.
    counted = total.isdecimal() and len(total) < 10
    if posts and (not counted or int(total) > offset + len(posts)):
        onward = offset + max(1, len(posts) - _AGAIN)
        yield Ask(_at(ask.url, offset=onward), NAME, step=ask.step + 1, onward=True)


def _offset(url: str) -> int:
    said = dict(parse_qsl(urlsplit(url).query)).get("offset", "0")
    return int(said) if said.isdecimal() and len(said) < 10 else 0


def _at(url: str, **asked: object) -> str:
    """Return an address with some of what it asks for set anew."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query)) | {name: str(value) for name, value in asked.items()}
    return urlunsplit(parts._replace(query=urlencode(query, safe=":,/")))


def _plain(title: str) -> str:
    tree = parse_html(f"<p>{title}</p>") if "<" in title else None
    return " ".join("".join(tree.itertext()).split()) if tree is not None else html.unescape(title)
