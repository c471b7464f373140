"""Counting from the day of writing: which day is yesterday, last Tuesday, the month before?"""

from __future__ import annotations

from datetime import date, timedelta

from syriatopics.arabic.dates.hits import Hit, valid

__all__ = ["PARTS", "add_months", "placed", "weekday_near"]

# The month that stands for a part of a year.
PARTS = {"start": 1, "middle": 6, "end": 12}
_FURTHEST = 3
_SOON = timedelta(days=100)


def weekday_near(written: date, weekday: int, direction: str) -> date:
    """Return the day of a name near the day of writing.

    Parameters
    ----------
    written : date
    weekday : int
        Monday is 0.
    direction : {"last", "before", "next"}
        "last": the day of writing or one of the six before it; "before": one of the seven before
        it; "next": one of the seven after it.
    """
    back = (written.weekday() - weekday) % 7
    if direction == "next":
        return written + timedelta(days=7 - back)
    return written - timedelta(days=back or (7 if direction == "before" else 0))


def add_months(year: int, month: int, n: int) -> tuple[int, int]:
    """Return the month that lies `n` months further."""
    count = year * 12 + month - 1 + n
    return count // 12, count % 12 + 1


def placed(hit: Hit, written: date | None) -> Hit:
    """Say how long what a hit means lasts, and give it the year that it lacks."""
    if not hit.unit:
        unit = "day" if hit.day is not None else "month" if hit.month is not None else "year"
        hit = hit._replace(unit=unit)
    if written is None or hit.year is not None or hit.month is None:
        return hit
    years = range(written.year - _FURTHEST, written.year + _FURTHEST + 1)
    fitting = [y for y in years if valid(y, hit.month, hit.day) and _goes(hit, y, written)]
    if not fitting:
        return hit
    # Papers tell of what was; what is to come without a year comes soon.
    soon = [y for y in fitting if _day(hit, y) - written <= _SOON]
    near = soon if soon and hit.relation is None else fitting
    nearest = min(near, key=lambda y: (abs(_day(hit, y) - written), y))
    return hit._replace(year=nearest, evidence=f"the year nearest to {written}")


def _day(hit: Hit, year: int) -> date:
    return date(year, hit.month or 1, hit.day or 15)


def _goes(hit: Hit, year: int, written: date) -> bool:
    """Say whether a year agrees with what the text adds: last, next, this."""
    if hit.relation == "this":
        return year == written.year
    day, month = _day(hit, year), (year, hit.month)
    here = (written.year, written.month)
    if hit.relation == "past":
        return day < written if hit.day else month < here
    if hit.relation == "next":
        return day > written if hit.day else month > here
    return True
