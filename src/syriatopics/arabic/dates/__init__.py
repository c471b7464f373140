"""Dates as Arabic papers write them: which days, months and years does a text name?

Month names of the Levant, Egypt and the Maghreb, doubled names (``أيار/ مايو``), both
orders, days and years in words, every kind of digit, Hijri dates, and partial dates whose
unknown parts are None. No other reader handles the Levantine forms: dateparser returns
nothing, and htmldate a wrong date without a word. With the day on which a text was written,
``أمس`` and ``الشهر الماضي`` are dates as well.

``numeric``, ``months`` and ``years`` find what names a date; ``relative`` what is counted from
the day of writing, and ``calendar`` counts it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from syriatopics.arabic.characters import KEY_TABLE
from syriatopics.arabic.dates.calendar import placed
from syriatopics.arabic.dates.hits import Hit
from syriatopics.arabic.dates.months import gregorian_months, hijri_months
from syriatopics.arabic.dates.numeric import SEPARATED, numeric, numeric_hijri
from syriatopics.arabic.dates.relative import relative_dates
from syriatopics.arabic.dates.years import lone_years, of_that_year
from syriatopics.arabic.normalize import align, clean, require_text

__all__ = ["DateMention", "find_dates"]

_WORDS = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"[0-9]")
_OTHER_YEAR = re.compile(r"\s*[,،/]?\s*\d{4}(?!\d)")


class DateMention(NamedTuple):
    """A date named in a text; parts that the text leaves out are None.

    ``relation`` says what the text adds: "past" (الماضي), "next" (المقبل) or "this"
    (الجاري). ``calendar`` is "hijri" where the text counts so; year, month and day are
    always Gregorian. ``unit`` is "day", "week", "month" or "year": how long what is meant lasts; a
    week stands under its Monday. ``part`` is "start", "middle" or "end" where the text says so, and
    the month is then the first, the middle or the last of the year. ``evidence`` says how a date
    was counted that the text does not name in full.
    """

    text: str
    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    relation: str | None = None
    calendar: str = "gregorian"
    unit: str = ""
    part: str | None = None
    evidence: str = ""


def find_dates(
    text: str, written: date | None = None, *, relative: bool | None = None
) -> list[DateMention]:
    """Return the dates that `text` names, in the order in which they stand.

    Parameters
    ----------
    text : str
        Raw or clean text.
    written : datetime.date, optional
        The day on which the text was written. Expressions that are counted from it are found as
        well (``أمس``, ``الثلاثاء``, ``قبل يومين``, ``الشهر الماضي``), and dates without a year get
        the nearest one.
    relative : bool, optional
        Whether expressions are found that are counted from the day of writing; without that day
        their parts are None. By default only where `written` is given.

    Returns
    -------
    list of DateMention
        ``text[mention.start:mention.end] == mention.text``; year, month and day are
        Gregorian integers or None. A range of days (``14-15 تموز``) gives two mentions.

    Notes
    -----
    Day before month is assumed in ``03/04/2018``, as Arabic papers write it, unless the
    second number exceeds 12. Names that are also words (مارس, آب) count only beside a
    day, a year or a word such as شهر.

    Examples
    --------
    >>> [mention[3:6] for mention in find_dates("في 26 تشرين الثاني/ نوفمبر 2021")]
    [(2021, 11, 26)]
    >>> [mention[3:6] for mention in find_dates("يوم 31 كانون الثاني/يناير، باب الهوى")]
    [(None, 1, 31)]
    >>> [mention[3:6] for mention in find_dates("قال أمس الثلاثاء", date(2016, 7, 27))]
    [(2016, 7, 26)]
    """
    cleaned = clean(require_text(text))
    folded = _folded(cleaned)
    hits = _without_overlaps(_all_hits(folded), len(cleaned))
    if written is not None if relative is None else relative:
        hits = _without_overlaps((*relative_dates(folded, written), *hits), len(cleaned))
    if not hits:
        return []
    hits = [
        placed(hit, None if _OTHER_YEAR.match(folded, hit.end) else written)
        for hit in of_that_year(sorted(hits), folded)
    ]
    if cleaned == text:
        return [DateMention(text[h.start : h.end], *h) for h in hits]
    _, starts, ends = align(text)
    places = [(starts[h.start], ends[h.end - 1]) for h in hits]
    return [
        DateMention(text[start:end], start, end, *h[2:])
        for (start, end), h in zip(places, hits, strict=True)
    ]


def _folded(cleaned: str) -> str:
    """Fold clean text as keys are; one letter stays one letter."""
    for code, letter in KEY_TABLE.items():
        cleaned = cleaned.replace(chr(code), letter)
    return cleaned


def _all_hits(text: str) -> Iterator[Hit]:
    """Yield hits, the surest kind first; later ones that overlap are dropped."""
    words = set(_WORDS.findall(text))
    digits = _DIGIT.search(text) is not None
    if digits and SEPARATED.search(text):
        yield from numeric(text)
        yield from numeric_hijri(text)
    yield from hijri_months(text, words)
    yield from gregorian_months(text, words)
    if digits:
        yield from lone_years(text)


def _without_overlaps(hits: Iterable[Hit], length: int) -> list[Hit]:
    """Return the hits that overlap none before them."""
    taken = bytearray(length)
    kept = []
    for hit in hits:
        if 1 not in taken[hit.start : hit.end]:
            taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
            kept.append(hit)
    return kept
