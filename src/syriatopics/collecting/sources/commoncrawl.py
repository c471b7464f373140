"""Common Crawl: its indexes of what its crawls got, and ranges of its archives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit

from syriatopics.collecting.plan import Plan, Site
from syriatopics.collecting.sources.contract import Answer, Ask, Named
from syriatopics.collecting.sources.sections import is_listing
from syriatopics.errors import CorpusError
from syriatopics.files import parse_json

NAME = "commoncrawl"
TERMS = "Terms of use of Common Crawl; the texts stay the outlets' own."
# Its index is small and asked by many.
PACES = {"https://index.commoncrawl.org": 5.0, "https://data.commoncrawl.org": 1.0}
_CRAWLS = "https://index.commoncrawl.org/collinfo.json"
_DATA = "https://data.commoncrawl.org/"
_LARGEST = 10 * 2**20


def begin(site: Site, plan: Plan) -> Iterator[Ask | Named]:
    """Ask which crawls there are."""
    if NAME in plan.sources and site.own_hosts:
        yield Ask(_CRAWLS, NAME, note="crawls")


def read(ask: Ask, answer: Answer, site: Site, plan: Plan) -> Iterator[Ask | Named]:
    """Read the list of crawls, how long the index of one is, or a page of it."""
    if ask.note == "crawls":
        yield from _crawls(parse_json(answer.content), site, plan)
    elif ask.note == "pages":
        found = parse_json(answer.content)
        n = found.get("pages") if isinstance(found, dict) else None
        if not isinstance(n, int):
            raise CorpusError("no number of pages")
        base = [(k, v) for k, v in parse_qsl(urlsplit(ask.url).query) if k != "showNumPages"]
        for page in range(min(n, plan.limits.lists)):
            url = f"{ask.url.partition('?')[0]}?{urlencode([*base, ('page', page)])}"
            yield Ask(url, NAME, note="captures", step=2)
    else:
        yield from _captures(answer.content)


def span_of(through: str) -> tuple[str, tuple[int, int]]:
    """Return the archive in which a record stands, its first byte and its length.

    Examples
    --------
    >>> span_of("commoncrawl 120 4000 crawl-data/a.warc.gz")
    ('https://data.commoncrawl.org/crawl-data/a.warc.gz', (120, 4000))
    """
    _, start, length, name = through.split(" ", 3)
    return _DATA + name, (int(start), int(length))


def _crawls(found: object, site: Site, plan: Plan) -> Iterator[Ask]:
    if not isinstance(found, list):
        raise CorpusError("no list of crawls")
    for crawl in found:
        api = crawl.get("cdx-api") if isinstance(crawl, dict) else None
        if not isinstance(api, str) or not api.startswith("https://index.commoncrawl.org/"):
            continue
        # A crawl that ended before the period can hold nothing of it.
        if plan.since and str(crawl.get("to") or "9")[:10] < plan.since.isoformat():
            continue
        for host in site.own_hosts:
            asked = {
                "url": host, "matchType": "domain", "output": "json", "filter": "=status:200",
                "fl": "url,mime,filename,offset,length", "showNumPages": "true",
            }  # fmt: skip
            yield Ask(f"{api}?{urlencode(asked)}", NAME, note="pages", step=1)


def _captures(content: bytes) -> Iterator[Named]:
    for line in content.splitlines():
        try:
            said = json.loads(line)
            url, name = str(said["url"]), str(said["filename"])
            start, length = int(said["offset"]), int(said["length"])
        except (ValueError, KeyError, TypeError):
            continue  # a line that is damaged takes no other with it
        if "html" not in str(said.get("mime", "html")) or is_listing(url):
            continue
        if start >= 0 and 0 < length <= _LARGEST and ".." not in name and " " not in name:
            yield Named(url, through=f"{NAME} {start} {length} {name}")
