"""The Wayback Machine: its index of what it kept of an outlet, and the pages as it got them."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from syriatopics.collecting.plan import Plan, Site
from syriatopics.collecting.sources.contract import Answer, Ask, Named
from syriatopics.collecting.sources.sections import is_listing
from syriatopics.errors import CorpusError
from syriatopics.files import parse_json

NAME = "wayback"
TERMS = "Terms of use of the Internet Archive: scholarship and research."
# Seconds between two requests, so that all who come find a place.
PACES = {"https://web.archive.org": 4.0}
_INDEX = "https://web.archive.org/cdx/search/cdx"
_EACH = 5000


def begin(site: Site, plan: Plan) -> Iterator[Ask | Named]:
    """Ask what was kept of each host of the outlet."""
    for host in site.own_hosts if NAME in plan.sources else ():
        yield Ask(_asked(host, plan), NAME, note=host)


def read(ask: Ask, answer: Answer, site: Site, plan: Plan) -> Iterator[Ask | Named]:
    """Read some of the index; what it calls its key leads to the rest."""
    rows = parse_json(answer.content) if answer.content.strip() else []
    if not isinstance(rows, list):
        raise CorpusError("no index")
    names: list[str] = []
    for number, row in enumerate(rows):
        if not isinstance(row, list) or not all(isinstance(cell, str) for cell in row):
            continue
        if not names:
            names = row
        elif len(row) == len(names):
            said = dict(zip(names, row, strict=True))
            if said.get("timestamp", "").isdecimal() and not is_listing(said.get("original", "")):
                yield Named(said["original"], through=f"{NAME} {said['timestamp']}")
        elif len(row) == 1 and number == len(rows) - 1:
            yield Ask(_asked(ask.note, plan, row[0]), NAME, ask.note, ask.step + 1)


def place(through: str, url: str) -> str:
    """Return where a page that was kept is had, as it was got and with nothing added.

    Examples
    --------
    >>> place("wayback 20190107064625", "https://example.org/1")
    'https://web.archive.org/web/20190107064625id_/https://example.org/1'
    """
    return f"https://web.archive.org/web/{through.partition(' ')[2]}id_/{url}"


def _asked(host: str, plan: Plan, key: str = "") -> str:
    asked = [
        ("url", host), ("matchType", "domain"), ("output", "json"),
        # Its key of where to go on holds good only if it gives its key of an address too.
        ("fl", "urlkey,timestamp,original"), ("filter", "statuscode:200"),
        ("filter", "mimetype:text/html"), ("collapse", "urlkey"), ("limit", str(_EACH)),
        ("showResumeKey", "true"),
    ]  # fmt: skip
    if plan.since:
        asked.append(
            ("from", plan.since.strftime("%Y%m%d"))
        )  # nothing is kept before it is published
    if key:
        asked.append(("resumeKey", key))
    return f"{_INDEX}?{urlencode(asked)}"
