"""Several dates of one page: each with where it stands, in the order in which they are believed.

A page tells its date in its data for machines, beside its headline, in its address and in its text,
and often they disagree: a template was moved, an article was updated. The first of the list below
is believed; a lower one that is more than three days away is shown, and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from syriatopics.corpus.documents import StatedDate
from syriatopics.corpus.parse.printed.cell import parse_date

__all__ = ["SOURCES", "believed", "contradicting", "rank_of"]

# Where a date of a page may stand, the most trusted place first.
SOURCES = (
    "JSON-LD of the article",
    "meta of the article",
    "JSON-LD of the page",
    "date of creation",
    "called the day of publication",
    "beside the headline",
    "address",
    "text",
    "last update",
    "last update, for machines",
)
# Not shown to readers, and set anew by every move of an archive.
_NEVER = "last update, for machines"
_APART = timedelta(days=3)


def rank_of(stated: StatedDate) -> int:
    """Return how far down the list of places a date stands, from 1."""
    return SOURCES.index(stated.source) + 1


def believed(dates: Iterable[StatedDate], latest: date = date.max) -> StatedDate | None:
    """Return the date of publication among those of a page, if one can be read.

    Parameters
    ----------
    dates : iterable of StatedDate
    latest : date
        Nothing is published after this day: what lies later is believed only where nothing
        else is stated.
    """
    readable = [d for d in dates if d.source != _NEVER and parse_date(d.value) is not None]
    return min(readable, key=lambda stated: (_day(stated) > latest, rank_of(stated)), default=None)


def contradicting(dates: Sequence[StatedDate], printed: date) -> list[StatedDate]:
    """Return the dates that are more than three days away from the one that is believed.

    Updates come later by their nature and contradict nothing.
    """
    found = []
    for stated in dates:
        read = None if stated.source.startswith("last update") else parse_date(stated.value)
        if read is None:
            continue
        day, precision = read[0].date(), read[1]
        same = {"year": 4, "month": 7}.get(precision, 10)
        if day.isoformat()[:same] != printed.isoformat()[:same] and abs(day - printed) > _APART:
            found.append(stated)
    return found


def _day(stated: StatedDate) -> date:
    read = parse_date(stated.value)
    return read[0].date() if read else date.max
