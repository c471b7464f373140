"""One printed date: ISO and basic forms, numbers in any order, months in three languages."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Literal

from syriatopics.arabic import clean, find_dates
from syriatopics.corpus.parse.printed.latin import latin_date

__all__ = ["NUMERIC", "Order", "day_of", "is_plausible", "parse_date", "plain_digits"]

Order = Literal["day first", "month first", "year first"]

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_SHORT_YEARS = 1970
# Days on which clocks and spreadsheets begin: nobody published then, a field was empty.
_ZEROS = frozenset(
    (date(1900, 1, 1), date(1904, 1, 1), date(1969, 12, 31), date(1970, 1, 1), date(1980, 1, 1))
)
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]\s?(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?"
    r"\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
_BASIC = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?Z?)?")
_PARTIAL = re.compile(r"((?:19|20)\d{2})(?:[-/](\d{1,2}))?")
# A number, a sign, a number, the same sign, a number.
NUMERIC = re.compile(
    r"(?<![\d.,/\-:])(?P<a>\d{1,4})\s?(?P<sign>[-/.])\s?(?P<b>\d{1,2})\s?(?P=sign)\s?(?P<c>\d{1,4})"
    r"(?![\d/]|[.\-]\d)"
)
_TIME = re.compile(
    r"(?<![\d:])(?P<hour>[01]?\d|2[0-3])\s*:\s*(?P<minute>[0-5]\d)(?::[0-5]?\d(?:[.,]\d+)?)?(?![\d:])"
    r"(?:\s*(?:(?P<pm>مساء|م(?!\w)|ظهرا|عصرا|[Pp]\.?[Mm])|(?P<am>صباحا|ص(?!\w)|فجرا|[Aa]\.?[Mm])))?"
)
# What may stand beside a date of two-digit years: then nothing else is meant by the numbers.
_BESIDE = re.compile(
    r"[\s,،.|–\-]|\w*day|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|[^\W\d_]{3,9}", re.I
)
_SIGNS = {
    **dict.fromkeys(map(ord, "‐‑‒–—−"), "-"),
    **dict.fromkeys(map(ord, "\u060d\u2044\u2215\\"), "/"),
    **dict.fromkeys(map(ord, "\u066b\u00b7"), "."),
    **dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF)),
    **dict.fromkeys(map(ord, "\u00a0\u202f\u2009\t"), " "),
    **{ord(sign): str(n) for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for n, sign in enumerate(digits)},
}  # fmt: skip
_ELONGATED = re.compile("(?<=\\d)\\s?\u0640+\\s?(?=\\d)")


def parse_date(text: str, order: Order | None = None) -> tuple[datetime, str] | None:
    """Read one date, in any form that papers, pages and archives print.

    Parameters
    ----------
    text : str
        A cell, an attribute or a line.
    order : {"day first", "month first", "year first"}, optional
        How numbers without a four-digit year in front are meant where they can be either. By
        default the day goes first, as Arabic papers write.

    Returns
    -------
    (datetime, precision) or None
        Precision is "minute", "day", "month" or "year"; a time zone is read over, the
        wall time of the page is kept. None also for dates on which nothing was published: before
        1900, after 2100, or the day on which a clock starts (1970-01-01).

    Examples
    --------
    >>> parse_date("11 فبراير، 2022")
    (datetime.datetime(2022, 2, 11, 0, 0), 'day')
    >>> parse_date("4/5/2016", "month first")
    (datetime.datetime(2016, 4, 5, 0, 0), 'day')
    """
    plain = plain_digits(text).strip()
    found = _machine(plain) or _numeric(plain, order) or _latin(plain) or _arabic(text)
    return found if found is not None and is_plausible(found[0].date()) else None


def is_plausible(day: date) -> bool:
    """Say whether something can have been published on a day."""
    return _FIRST_YEAR <= day.year <= _LAST_YEAR and day not in _ZEROS


def plain_digits(text: str) -> str:
    """Return `text` with the digits, dashes, strokes and blanks of ASCII, without marks of direction."""
    return _ELONGATED.sub("-", text.translate(_SIGNS))


def _machine(text: str) -> tuple[datetime, str] | None:
    if match := _ISO.fullmatch(text) or _BASIC.fullmatch(text):
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
        try:
            when = datetime(year, month, day, hour, minute, second)
        except ValueError:
            return None
        return when, "minute" if hour or minute or second else "day"
    if match := _PARTIAL.fullmatch(text):
        year, month = int(match[1]), int(match[2] or 1)
        if 1 <= month <= 12:
            return datetime(year, month, 1), "month" if match[2] else "year"
    return None


def _numeric(text: str, order: Order | None) -> tuple[datetime, str] | None:
    match = NUMERIC.search(text)
    if match is None:
        return None
    rest = text[: match.start()] + " " + text[match.end() :]
    numbers = int(match["a"]), int(match["b"]), int(match["c"])
    short = len(match["a"]) < 3 and len(match["c"]) < 3
    if short and _BESIDE.sub("", _TIME.sub(" ", rest)):
        return None  # 3.2.1 is a chapter
    default: tuple[Order, ...] = ("day first", "month first", "year first")
    for name in (order, *default) if order else default:
        if (day := day_of(name, *numbers)) is not None:
            return _at(datetime(day.year, day.month, day.day), rest)
    return None


def day_of(order: Order, a: int, b: int, c: int) -> date | None:
    """Return the day that three numbers mean in an order; None where they cannot mean one.

    A year of four digits in front is one in any order. Years of two digits are those up to the
    next one, and those since 1970.
    """
    if a > 31:
        order = "year first"
        if b > 12:
            b, c = c, b
    year, month, day = {"day first": (c, b, a), "month first": (c, a, b)}.get(order, (a, b, c))
    if year < 100:
        year += 2000 if year <= date.today().year % 100 + 1 else 1900
        if year < _SHORT_YEARS:
            return None
    try:
        return date(year, month, day) if year >= _FIRST_YEAR else None
    except ValueError:
        return None


def _latin(text: str) -> tuple[datetime, str] | None:
    found = latin_date(text)
    if found is None:
        return None
    year, month, day, start, end = found
    if day is None:
        return datetime(year, month, 1), "month"
    return _at(datetime(year, month, day), text[:start] + " " + text[start:end] + " " + text[end:])


def _arabic(text: str) -> tuple[datetime, str] | None:
    mentions = [m for m in find_dates(text) if m.year is not None]
    if not mentions:
        return None
    best = max(mentions, key=lambda m: ((m.month is not None) + (m.day is not None), -m.start))
    assert best.year is not None
    when = datetime(best.year, best.month or 1, best.day or 1)
    if best.day is None:
        return when, "month" if best.month else "year"
    return _at(when, text[: best.start] + " " + text[best.end :])


def _at(day: datetime, rest: str) -> tuple[datetime, str]:
    """Add the time that stands beside a day."""
    time = _TIME.search(clean(rest))
    if time is None:
        return day, "day"
    hour = int(time["hour"])
    if time["pm"] and hour < 12:
        hour += 12
    elif time["am"] and hour == 12:
        hour = 0
    if not hour and not int(time["minute"]) and not time["am"]:
        return day, "day"
    return day.replace(hour=hour, minute=int(time["minute"])), "minute"
