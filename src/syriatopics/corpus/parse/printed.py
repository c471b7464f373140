"""The printed date: what a page or a column says, read into a datetime with its precision."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from syriatopics.arabic import clean, find_dates
from syriatopics.corpus.parse.lines import Judged

__all__ = ["PrintedDate", "parse_date", "printed_date"]

_ISO = re.compile(
    r"\s*(\d{4}-\d{2}-\d{2})(?:[T\s](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?)?\s*"
)
_TIME = re.compile(
    r"(?<![\d:])(?P<hour>[01]?\d|2[0-3])\s*:\s*(?P<minute>[0-5]\d)(?![\d:])"
    r"(?:\s*(?:(?P<pm>مساء|م(?!\w)|ظهرا|عصرا|[Pp][Mm])|(?P<am>صباحا|ص(?!\w)|فجرا|[Aa][Mm])))?"
)


class PrintedDate(NamedTuple):
    """A printed date; `precision` says how much of it is printed."""

    when: datetime
    precision: str
    evidence: str


def parse_date(text: str) -> tuple[datetime, str] | None:
    """Read one date: ISO and RFC forms, or any form that Arabic papers print.

    Returns
    -------
    (datetime, precision) or None
        Precision is "minute", "day", "month" or "year"; a time zone is read over, the
        wall time of the page is kept.

    Examples
    --------
    >>> parse_date("11 فبراير، 2022")
    (datetime.datetime(2022, 2, 11, 0, 0), 'day')
    """
    if match := _ISO.fullmatch(text):
        day, time = match.groups()
        try:
            when = datetime.fromisoformat(f"{day}T{time}" if time else day)
        except ValueError:
            return None
        midnight = time is None or set(time) <= {"0", ":"}
        return when, "day" if midnight else "minute"
    return _rfc(text) or _arabic(text)


def _rfc(text: str) -> tuple[datetime, str] | None:
    from email.utils import parsedate_tz

    if not re.search(r"[A-Za-z]{3}", text):
        return None
    parts = parsedate_tz(text)
    if parts is None:
        return None
    try:
        return datetime(*parts[:5]), "minute"
    except ValueError:
        return None


def _arabic(text: str) -> tuple[datetime, str] | None:
    mentions = [m for m in find_dates(text) if m.year is not None]
    if not mentions:
        return None
    best = max(mentions, key=lambda m: ((m.month is not None) + (m.day is not None), -m.start))
    assert best.year is not None
    when = datetime(best.year, best.month or 1, best.day or 1)
    if best.day is None:
        return when, "month" if best.month else "year"
    rest = clean(text[: best.start] + " " + text[best.end :])
    if time := _TIME.search(rest):
        hour = int(time["hour"])
        if time["pm"] and hour < 12:
            hour += 12
        elif time["am"] and hour == 12:
            hour = 0
        return when.replace(hour=hour, minute=int(time["minute"])), "minute"
    return when, "day"


def printed_date(judged: Sequence[Judged]) -> PrintedDate | None:
    """Return the date that the page prints on a line of its own or beside its byline."""
    for kinds in (("date",), ("byline",)):
        for item in judged:
            if item.kind in kinds and (found := parse_date(item.line.text)):
                return PrintedDate(*found, f"line {item.line.number}: {item.line.text}")
    return None
