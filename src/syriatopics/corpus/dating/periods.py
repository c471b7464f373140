"""Sets of days, as unions of intervals: two terms of one person are not one long term."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

__all__ = ["ALWAYS", "Period", "Periods", "covers", "hull", "intersect", "say", "union"]

_DAY = timedelta(days=1)


class Period(NamedTuple):
    """An interval of days, both included; None is open."""

    start: date | None
    end: date | None


Periods = tuple[Period, ...]
ALWAYS: Periods = (Period(None, None),)


def _first(period: Period) -> date:
    return period.start or date.min


def _last(period: Period) -> date:
    return period.end or date.max


def union(periods: Iterable[Period]) -> Periods:
    """Return the periods in order, with those that touch put together.

    Examples
    --------
    >>> union([Period(date(2016, 2, 1), None), Period(date(2016, 1, 1), date(2016, 1, 31))])
    (Period(start=datetime.date(2016, 1, 1), end=None),)
    """
    found: list[Period] = []
    for period in sorted(periods, key=lambda p: (_first(p), _last(p))):
        if found and (found[-1].end is None or _first(period) <= found[-1].end + _DAY):
            last = found[-1]
            found[-1] = Period(
                last.start,
                None if None in (last.end, period.end) else max(_last(last), _last(period)),
            )
        else:
            found.append(period)
    return tuple(found)


def intersect(one: Periods, other: Periods) -> Periods:
    """Return the days that stand in both.

    Examples
    --------
    >>> intersect(ALWAYS, (Period(date(2016, 1, 1), None),))
    (Period(start=datetime.date(2016, 1, 1), end=None),)
    """
    found = []
    for a in one:
        for b in other:
            start, end = max(_first(a), _first(b)), min(_last(a), _last(b))
            if start <= end:
                found.append(
                    Period(None if start == date.min else start, None if end == date.max else end)
                )
    return union(found)


def covers(periods: Periods, day: date, slack: timedelta = timedelta()) -> bool:
    """Say whether `day` stands in the periods, or at most `slack` beside them."""
    return any(
        (p.start is None or p.start - slack <= day) and (p.end is None or day <= p.end + slack)
        for p in periods
    )


def hull(periods: Periods) -> Period:
    """Return the shortest period that holds them all."""
    return Period(periods[0].start, periods[-1].end)


def say(periods: Periods) -> str:
    """Write periods for people: ``2017-01-20 to 2021-01-20 and from 2025-01-20``.

    Examples
    --------
    >>> say((Period(date(2017, 1, 20), date(2021, 1, 20)), Period(date(2025, 1, 20), None)))
    '2017-01-20 to 2021-01-20 and from 2025-01-20'
    """
    return " and ".join(_say(period) for period in periods)


def _say(period: Period) -> str:
    if period.start is None:
        return f"until {period.end}" if period.end else "always"
    return f"{period.start} to {period.end}" if period.end else f"from {period.start}"
