"""Which copy came first? Said only where dates that can be trusted decide it.

A printed date that the text refutes is no date: the event window stands in its place. A day
is a day long, a month a month: of two copies of one day neither is the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple

import pandas as pd

from syriatopics.records import Article

__all__ = ["Trusted", "earliest", "in_order", "trusted"]

_STEPS = {
    "minute": pd.DateOffset(minutes=1),
    "month": pd.DateOffset(months=1),
    "year": pd.DateOffset(years=1),
}
_DAY = timedelta(days=1)


class Trusted(NamedTuple):
    """When an article was published: from `first` until before `end`."""

    first: datetime
    end: datetime


def trusted(article: Article) -> Trusted | None:
    """Return when an article was published, or None where nothing that can be trusted says so.

    Examples
    --------
    >>> from syriatopics.corpus import load_seeds
    >>> trusted(load_seeds()["002_e53b32e58dc53caf"]).first.isoformat()
    '2016-07-27T11:50:00'
    """
    if article.date_status == "printed" and article.date_printed is not None:
        # Few pages name their time zone: without it all days can be compared.
        first = article.date_printed.replace(tzinfo=None)
        return Trusted(first, _after(first, _STEPS.get(article.date_precision or "day", _DAY)))
    if article.event_start is not None and article.event_end is not None:
        last = datetime.combine(article.event_end, time())
        return Trusted(datetime.combine(article.event_start, time()), _after(last, _DAY))
    return None


def _after(day: datetime, step: pd.DateOffset | timedelta) -> datetime:
    try:
        return day + step
    except (OverflowError, pd.errors.OutOfBoundsDatetime):
        return datetime.max


def in_order(articles: Sequence[Article]) -> list[Article]:
    """Sort copies by the first moment at which they can stand, those without a date last."""

    def place(article: Article) -> tuple[datetime, str]:
        when = trusted(article)
        return (datetime.max if when is None else when.first), article.article_id

    return sorted(articles, key=place)


def earliest(articles: Sequence[Article]) -> tuple[str | None, str]:
    """Return the copy that was certainly first, if any, and the reason in words.

    Parameters
    ----------
    articles : sequence of Article
        The copies of one text.

    Returns
    -------
    article_id : str or None
    evidence : str
    """
    dated = [(when, a.article_id) for a in articles if (when := trusted(a)) is not None]
    without = len(articles) - len(dated)
    if without:
        return None, f"not decidable: {without} of {len(articles)} have no date to be trusted"
    (first, found), *others = sorted(dated, key=lambda pair: (pair[0].end, pair[0].first, pair[1]))
    following = min((when.first for when, _ in others), default=datetime.max)
    if following < first.end:
        return None, f"not decidable: two or more can be of {following:%Y-%m-%d}"
    return found, f"of {_moment(first.first)}, the next of {_moment(following)}"


def _moment(when: datetime) -> str:
    return f"{when:%Y-%m-%d}" if when.time() == time() else f"{when:%Y-%m-%d %H:%M}"
