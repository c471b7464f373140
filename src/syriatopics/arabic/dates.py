"""Dates as Arabic papers write them: which days, months and years does a text name?

Month names of the Levant, Egypt and the Maghreb, doubled names (``أيار/ مايو``), both
orders, ordinals in words, every kind of digit, Hijri dates, and partial dates whose
unknown parts are None. No other reader handles the Levantine forms: dateparser returns
nothing, and htmldate a wrong date without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from syriatopics.arabic.characters import KEY_TABLE
from syriatopics.arabic.normalize import align, key, require_text
from syriatopics.lexicons import load

__all__ = ["DateMention", "find_dates"]


class DateMention(NamedTuple):
    """A date named in a text; parts that the text leaves out are None.

    ``relation`` says what the text adds instead of a year: "past" (الماضي), "next"
    (المقبل) or "this" (الجاري). ``calendar`` is "hijri" where the text counts so; year,
    month and day are always Gregorian.
    """

    text: str
    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    relation: str | None = None
    calendar: str = "gregorian"


class _Hit(NamedTuple):
    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    relation: str | None = None
    calendar: str = "gregorian"


_YEAR = r"(?P<year>(?:19|20)\d{2})(?:م(?!\w))?(?!\d)"
_HIJRI_YEAR = r"(?P<year>1[34]\d{2})(?!\d)"
_HIJRI_SIGN = r"(?:\s*(?:ه\b|هجري\w*))?"
# What may stand between a month and its year: a comma, "of the year".
_TO_YEAR = r"(?:\s*[,،]\s*|\s+)(?:من\s+|ل)?(?:ال?عام\s+|عام\s+|السنه\s+|سنه\s+|لعام\s+|لسنه\s+)?"
_RELATION = re.compile(
    r"\s+(?:من\s+)?(?:ال?عام\s+|السنه\s+)?"
    r"(?:(?P<past>الماضي\w*|الفايت|الفائت\w*|المنصرم\w*)|(?P<next>المقبل\w*|القادم\w*)"
    r"|(?P<this>الجاري\w*|الحالي\w*))(?!\w)"
)
_DAY_LEFT = re.compile(
    r"(?:(?<![\d/.\-])(?P<first>\d{1,2})\s*(?:-|–|و|الي|حتي)\s*|(?<![\d/.\-]))(?P<day>\d{1,2})\s*(?:-|/)?\s*(?:من\s+)?(?:شهر\s+)?$"
)
_DAY_RIGHT = re.compile(r"\s*(?P<day>\d{1,2})(?!\d)\s*[,،]?\s*(?:من\s+)?(?:عام\s+|سنه\s+)?" + _YEAR)
_YEAR_RIGHT = re.compile(_TO_YEAR + _YEAR)
_YEAR_NEAR = re.compile(r"\s*[-/,،]?\s*" + _YEAR)
_HIJRI_RIGHT = re.compile(r"\s*[,،/]?\s*(?:عام\s+|سنه\s+|من\s+عام\s+)?" + _HIJRI_YEAR + _HIJRI_SIGN)
_LEAD = re.compile(r"(?:شهر|في|منذ|خلال|حتي|مطلع|اوايل|اوائل|اواخر|منتصف|نهايه|بدايه|من|الي)\s+$")
_NUMERIC = re.compile(
    r"(?<![\d./\-])(?:(?P<y>(?:19|20)\d{2})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})"
    r"|(?P<a>\d{1,2})(?P<t>[-/.])(?P<b>\d{1,2})(?P=t)(?P<z>(?:19|20)\d{2}))(?![\d/]|[.\-]\d)"
)
_NUMERIC_HIJRI = re.compile(
    r"(?<![\d./\-])(?:(?P<y>1[34]\d{2})(?P<s>[-/])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})"
    r"|(?P<a>\d{1,2})(?P<t>[-/])(?P<b>\d{1,2})(?P=t)(?P<z>1[34]\d{2}))(?!\d)\s*ه?(?!\w)"
)
_LONE_YEAR = re.compile(
    r"(?<!\w)(?:[وفبلك]?(?:ال)?(?:عام|سنه)ي?|لل?عام|منذ|(?:في|حتي|خلال)(?=\s+\d{4}\s*(?:[،,.؛:)»”\"]|$)))"
    r"\s+" + _YEAR + r"(?!\s*[-/]\s*\d{1,2}[-/])"
)
_UNITS = [
    "الاول",
    "الثاني",
    "الثالث",
    "الرابع",
    "الخامس",
    "السادس",
    "السابع",
    "الثامن",
    "التاسع",
    "العاشر",
]


@cache
def _ordinals() -> dict[str, int]:
    """Ordinals from the first to the thirty-first, as in ``الخامس عشر من أيار``."""
    words = {unit: n for n, unit in enumerate(_UNITS, start=1)}
    teens = ["الحادي", *_UNITS[1:9]]
    words |= {f"{unit} عشر": 10 + n for n, unit in enumerate(teens, start=1)}
    for ending in ("ون", "ين"):
        words |= {f"{unit} والعشر{ending}": 20 + n for n, unit in enumerate(teens, start=1)}
        words |= {f"العشر{ending}": 20, f"الثلاث{ending}": 30, f"الحادي والثلاث{ending}": 31}
    return words


@cache
def _ordinal_left() -> re.Pattern[str]:
    words = "|".join(sorted(_ordinals(), key=len, reverse=True)).replace(" ", r"\s+")
    return re.compile(rf"(?<!\w)(?P<day>{words})\s+من\s+(?:شهر\s+)?$")


@cache
def _month_names(calendar: str) -> tuple[dict[str, int], frozenset[str], re.Pattern[str]]:
    lexicon = load("months")
    months = lexicon.month if calendar == "gregorian" else lexicon.hijri
    numbers = {key(name): month.number for month in months for name in month.names}
    ambiguous = frozenset(key(name) for month in months for name in month.ambiguous)
    alternatives = "|".join(sorted(numbers, key=len, reverse=True)).replace(" ", r"\s+")
    pattern = rf"(?:(?<!\w)|(?<=\d))(?P<lead>[وفبل]?)(?P<name>{alternatives})(?!\w)"
    if calendar == "gregorian":
        pattern += rf"(?:\s*[/\\(\-–]\s*(?P<alias>{alternatives})(?!\w)(?:\s*\))?)?"
    return numbers, ambiguous, re.compile(pattern)


def find_dates(text: str) -> list[DateMention]:
    """Return the dates that `text` names, in the order in which they stand.

    Parameters
    ----------
    text : str
        Raw or clean text.

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
    """
    require_text(text)
    cleaned, starts, ends = align(text)
    folded = cleaned.translate(KEY_TABLE)
    hits = sorted(_without_overlaps(_all_hits(folded)))
    return [
        DateMention(
            text[starts[h.start] : ends[h.end - 1]], starts[h.start], ends[h.end - 1], *h[2:]
        )
        for h in hits
    ]


def _all_hits(text: str) -> Iterator[_Hit]:
    """Yield hits, the surest kind first; later ones that overlap are dropped."""
    yield from _numeric(text)
    yield from _hijri(text)
    yield from _gregorian(text)
    yield from _lone_years(text)


def _without_overlaps(hits: Iterator[_Hit]) -> Iterator[_Hit]:
    taken: list[_Hit] = []
    for hit in hits:
        if all(hit.end <= old.start or hit.start >= old.end for old in taken):
            taken.append(hit)
            yield hit


def _valid(year: int | None, month: int | None, day: int | None) -> bool:
    try:
        date(year or 2000, month or 1, day or 1)
    except ValueError:
        return False
    return True


def _numeric(text: str) -> Iterator[_Hit]:
    for match in _NUMERIC.finditer(text):
        if match["y"]:
            year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
        else:
            year, month, day = int(match["z"]), int(match["b"]), int(match["a"])
        if month > 12 >= day:
            month, day = day, month
        if _valid(year, month, day):
            yield _Hit(match.start(), match.end(), year, month, day)


def _from_hijri(year: int, month: int, day: int | None) -> tuple[int, int, int | None] | None:
    from hijridate import Hijri

    try:
        found = Hijri(year, month, day or 15).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return found.year, found.month, found.day if day else None


def _hijri(text: str) -> Iterator[_Hit]:
    for match in _NUMERIC_HIJRI.finditer(text):
        parts = (
            (match["y"], match["m"], match["d"])
            if match["y"]
            else (match["z"], match["b"], match["a"])
        )
        found = _from_hijri(*map(int, parts))
        if found:
            yield _Hit(match.start(), match.end(), *found, calendar="hijri")
    numbers, _, pattern = _month_names("hijri")
    for match in pattern.finditer(text):
        right = _HIJRI_RIGHT.match(text, match.end())
        if right is None:
            continue
        left = _DAY_LEFT.search(text, max(0, match.start() - 24), match.start())
        day = int(left["day"]) if left else None
        found = _from_hijri(int(right["year"]), numbers[_name(match["name"])], day)
        if found:
            start = left.start("day") if left else match.start("name")
            yield _Hit(start, right.end(), *found, calendar="hijri")


def _name(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _gregorian(text: str) -> Iterator[_Hit]:
    numbers, ambiguous, pattern = _month_names("gregorian")
    for match in pattern.finditer(text):
        if match["lead"] and _name(match["name"]) in ambiguous:
            continue  # باب is no month
        month = numbers[_name(match["name"])]
        end = match.end()
        doubled = match["alias"] is not None and numbers[_name(match["alias"])] == month
        if match["alias"] is not None and not doubled:
            end = match.end("name")
        yield from _around_month(
            text, match, end, month, _name(match["name"]) in ambiguous and not doubled
        )


def _around_month(
    text: str, match: re.Match[str], end: int, month: int, ambiguous: bool
) -> Iterator[_Hit]:
    """Look left of a month for its day and right of it for its year."""
    window = max(0, match.start() - 32)
    left = _DAY_LEFT.search(text, window, match.start()) if not match["lead"] else None
    ordinal = None if left else _ordinal_left().search(text, window, match.start())
    right = _YEAR_RIGHT.match(text, end) or _YEAR_NEAR.match(text, end)
    start = match.start("name")
    day = None
    if left and 1 <= int(left["day"]) <= 31:
        day, start = int(left["day"]), left.start("day")
    elif ordinal:
        day, start = _ordinals()[_name(ordinal["day"])], ordinal.start("day")
    elif after := _DAY_RIGHT.match(text, end):
        right, day = after, int(after["day"])
    year = int(right["year"]) if right else None
    if right:
        end = right.end("year")
    relation = None
    if year is None and (said := _RELATION.match(text, end)):
        relation = said.lastgroup
    lone = year is None and day is None and relation is None
    if lone and ambiguous and not _LEAD.search(text, window, match.start()):
        return
    if left and left["first"] and _valid(year, month, int(left["first"])):
        yield _Hit(
            left.start("first"), left.end("first"), year, month, int(left["first"]), relation
        )
    if _valid(year, month, day):
        yield _Hit(start, end, year, month, day, relation)


def _lone_years(text: str) -> Iterator[_Hit]:
    for match in _LONE_YEAR.finditer(text):
        yield _Hit(match.start("year"), match.end("year"), int(match["year"]))
