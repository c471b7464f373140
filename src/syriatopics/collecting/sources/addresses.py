"""A list of addresses that the user has: a csv, an export of Media Cloud, a sitemap that was kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from syriatopics.collecting.plan import Plan, Site
from syriatopics.collecting.sources.contract import Answer, Ask, Named, day_of
from syriatopics.corpus.documents import Given
from syriatopics.corpus.read.addresses import Addresses
from syriatopics.corpus.read.contract import Reading

NAME = "addresses"
TERMS = "Those of who made the list, and of the outlets whose pages it names."


def begin(site: Site, plan: Plan) -> Iterator[Ask | Named]:
    """Read the list; nobody is asked."""
    if not site.addresses:
        return
    for given in Addresses(Path(site.addresses), Reading()):
        said = {name: value.value for name, value in given.items()}
        # What a sitemap says of its last change is no day of publication.
        day = said.get("date_printed", "") if "lastmod" not in _evidence(given) else ""
        yield Named(said["url"], day_of(str(day)), str(said.get("title", "")))


def read(ask: Ask, answer: Answer, site: Site, plan: Plan) -> Iterator[Ask | Named]:
    """Read nothing: there is no list that would be asked for."""
    return iter(())


def _evidence(given: Mapping[str, Given]) -> str:
    return given["date_printed"].evidence if "date_printed" in given else ""
