"""Dates as Arabic papers write them: which days, months and years does a text name?

Month names of the Levant, Egypt and the Maghreb, doubled names (``أيار/ مايو``), both
orders, days and years in words, every kind of digit, Hijri dates, and partial dates whose
unknown parts are None. No other reader handles the Levantine forms: dateparser returns
nothing, and htmldate a wrong date without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from syriatopics.arabic.characters import KEY_TABLE
from syriatopics.arabic.date_words import MonthNames, day_words, month_names, year_in_words
from syriatopics.arabic.normalize import align, clean, require_text

__all__ = ["DateMention", "find_dates"]


class DateMention(NamedTuple):
    """A date named in a text; parts that the text leaves out are None.

    ``relation`` says what the text adds: "past" (الماضي), "next" (المقبل) or "this"
    (الجاري). ``calendar`` is "hijri" where the text counts so; year, month and day are
    always Gregorian.
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
_RELATIONS = (
    r"(?:(?P<past>الماضي\w*|الفايت|الفائت\w*|المنصرم\w*)|(?P<next>المقبل\w*|القادم\w*|المقبله)"
    r"|(?P<this>الجاري\w*|الحالي\w*))(?!\w)"
)
_RELATION = re.compile(r"\s+(?:من\s+)?(?:(?:ال)?عام\s+|السنه\s+)?" + _RELATIONS)
_DAY_LEFT = re.compile(
    r"(?:(?<![\d/.\-])(?P<first>\d{1,2})\s*(?:-|–|و|الي|حتي)\s*|(?<![\d/.\-]))(?P<day>\d{1,2})"
    r"\s*[-/.]?\s*(?:من\s+)?(?:شهر\s+)?$"
)
_DAY_WORDS_LEFT = re.compile(
    rf"(?<!\w)[وفب]?(?:ل(?=ل))?(?P<day>{day_words()[1]})\s+(?:من\s+)?(?:شهر\s+)?$"
)
_DAY_RIGHT = re.compile(
    r"\s*-?\s*(?P<day>\d{1,2})(?!\d)\s*[,،]?\s*(?:من\s+)?(?:عام\s+|سنه\s+)?" + _YEAR
)
_DAY_ALONE_RIGHT = re.compile(r"\s?-?\s?(?P<day>\d{1,2})(?![\d٪%]|[.,:/\-]\d|\s+\w)")
_DAY_WORDS_RIGHT = re.compile(rf"\s+(?P<day>{day_words()[1]})(?!\w)")
# What may stand between a month and its year: a comma, "of the year".
_YEAR_RIGHT = re.compile(
    r"(?:\s*[,،.]\s*|\s+)(?:من\s+|ل)?(?:(?:ال)?عام\s+|السنه\s+|سنه\s+|لعام\s+|لسنه\s+)?" + _YEAR
)
_YEAR_NEAR = re.compile(r"\s*[-/,،]?\s*" + _YEAR)
_HIJRI_RIGHT = re.compile(
    r"\s*[,،/]?\s*(?:(?:من\s+)?(?:(?:ال)?عام|سنه)\s+)?(?P<year>1[34]\d{2})(?!\d)(?:\s*(?:ه(?!\w)|هجري\w*))?"
)
_LEAD = re.compile(r"(?:شهر|في|منذ|خلال|حتي|مطلع|اوايل|اوائل|اواخر|منتصف|نهايه|بدايه|من|الي)\s+$")
_NUMERIC = re.compile(
    r"(?<![\d./\-])(?:(?P<y>(?:19|20)\d{2})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})"
    r"|(?P<a>\d{1,2})(?P<t>[-/.])(?P<b>\d{1,2})(?:(?P=t)|\s*[,،]\s*)(?P<z>(?:19|20)\d{2}))"
    r"(?![\d/]|[.\-]\d)"
)
_NUMERIC_HIJRI = re.compile(
    r"(?<![\d./\-])(?:(?P<y>1[34]\d{2})(?P<s>[-/])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})"
    r"|(?P<a>\d{1,2})(?P<t>[-/])(?P<b>\d{1,2})(?P=t)(?P<z>1[34]\d{2}))(?!\d)\s*ه?(?!\w)"
)
# A day and a month without a year are a date only where the text says so.
_DAY_AND_MONTH = re.compile(
    r"(?<![^\W\d_])(?P<lead>يوم|بتاريخ|الموافق|[^\W\d_]*(?:الاحد|الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعه|السبت)"
    r"|في|منذ|حتي)\s+(?P<date>(?P<day>\d{1,2})/(?P<month>\d{1,2}))(?![\d/%٪]|[.\-]\d)"
)
_SEPARATED = re.compile(r"\d\s?[-/.,،]\s?\d")
_FOUR_DIGITS = re.compile(r"(?<![\d.,/\-])" + _YEAR + r"(?!\s*[-/]\s*\d{1,2}[-/]|[.,]\d)")
_YEAR_LEFT = re.compile(
    r"(?<!\w)(?:[وفبلك]?(?:ال)?(?:عام|سنه)ي?(?:\s+"
    + _RELATIONS
    + r")?|لل?عام|منذ|(?P<bare>في|حتي|خلال))\s+$"
)
_BARE_RIGHT = re.compile(r"\s*(?:[،,.؛:)»”\"]|$)")
_WORDS = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"[0-9]")


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
    cleaned = clean(require_text(text))
    hits = sorted(_without_overlaps(_all_hits(_folded(cleaned)), len(cleaned)))
    if not hits:
        return []
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


def _all_hits(text: str) -> Iterator[_Hit]:
    """Yield hits, the surest kind first; later ones that overlap are dropped."""
    words = set(_WORDS.findall(text))
    digits = _DIGIT.search(text) is not None
    if digits and _SEPARATED.search(text):
        yield from _numeric(text)
        yield from _numeric_hijri(text)
    yield from _hijri(text, words)
    yield from _gregorian(text, words)
    if digits:
        yield from _lone_years(text)


def _without_overlaps(hits: Iterator[_Hit], length: int) -> Iterator[_Hit]:
    taken = bytearray(length)
    for hit in hits:
        if 1 not in taken[hit.start : hit.end]:
            taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
            yield hit


def _valid(year: int | None, month: int | None, day: int | None) -> bool:
    try:
        date(*(2000 if year is None else year, *(1 if n is None else n for n in (month, day))))
    except ValueError:
        return False
    return True


def _joined(text: str) -> str:
    return " ".join(text.split())


# ---- numbers ---------------------------------------------------------------------


def _numeric(text: str) -> Iterator[_Hit]:
    for match in _NUMERIC.finditer(text):
        year, month, day = _parts(match)
        if month > 12 >= day:
            month, day = day, month
        if _valid(year, month, day):
            yield _Hit(match.start(), match.end(), year, month, day)
    for match in _DAY_AND_MONTH.finditer(text):
        day, month = sorted((int(match["day"]), int(match["month"])), reverse=True)
        certain = match["lead"] not in ("في", "منذ", "حتي")
        if day <= 12 and certain:
            day, month = int(match["day"]), int(match["month"])
        if (day > 12 or certain) and _valid(None, month, day):
            yield _Hit(match.start("date"), match.end(), None, month, day)


def _parts(match: re.Match[str]) -> tuple[int, int, int]:
    if match["y"]:
        return int(match["y"]), int(match["m"]), int(match["d"])
    return int(match["z"]), int(match["b"]), int(match["a"])


def _numeric_hijri(text: str) -> Iterator[_Hit]:
    for match in _NUMERIC_HIJRI.finditer(text):
        found = _from_hijri(*_parts(match))
        if found:
            yield _Hit(match.start(), match.end(), *found, calendar="hijri")


def _lone_years(text: str) -> Iterator[_Hit]:
    for match in _FOUR_DIGITS.finditer(text):
        left = _YEAR_LEFT.search(text, max(0, match.start() - 30), match.start())
        if left is None or (left["bare"] and not _BARE_RIGHT.match(text, match.end())):
            continue
        right = (
            None
            if left["past"] or left["next"] or left["this"]
            else _RELATION.match(text, match.end())
        )
        relation = right.lastgroup if right else left.lastgroup
        yield _Hit(
            match.start(),
            match.end(),
            int(match["year"]),
            relation=None if relation == "bare" else relation,
        )


# ---- months by name ----------------------------------------------------------------


def _months(text: str, names: MonthNames, words: set[str]) -> list[re.Match[str]]:
    """Find the names of months; few words begin one, so these are looked up and nothing else."""
    found = []
    for opening in names.openings & words:
        start = text.find(opening)
        while start >= 0:
            if not (start and text[start - 1].isalpha()):
                found.append(names.pattern.match(text, start))
            start = text.find(opening, start + 1)
    return sorted(filter(None, found), key=lambda match: match.start())


def _from_hijri(year: int, month: int, day: int | None) -> tuple[int, int, int | None] | None:
    from hijridate import Hijri

    try:
        found = Hijri(year, month, day or 15).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return found.year, found.month, found.day if day else None


def _hijri(text: str, words: set[str]) -> Iterator[_Hit]:
    names = month_names("hijri")
    for match in _months(text, names, words):
        right = _HIJRI_RIGHT.match(text, match.end())
        if right is None:
            continue
        start, day, _ = _day_left(text, match)
        found = _from_hijri(int(right["year"]), names.numbers[_joined(match["name"])], day)
        if found:
            yield _Hit(start, right.end(), *found, calendar="hijri")


def _gregorian(text: str, words: set[str]) -> Iterator[_Hit]:
    names = month_names("gregorian")
    for match in _months(text, names, words):
        name = _joined(match["name"])
        ambiguous = name in names.ambiguous
        if match["lead"] and ambiguous:
            continue  # باب is no month
        month, end = names.numbers[name], match.end()
        if match["alias"] is not None:
            if names.numbers[_joined(match["alias"])] == month:
                ambiguous = False
            else:
                end = match.end("name")
        yield from _around_month(text, match, end, month, ambiguous)


def _day_left(text: str, match: re.Match[str]) -> tuple[int, int | None, re.Match[str] | None]:
    """Look left of a month for its day; return where the date begins, the day, and the match."""
    start = match.start("name")
    if match["lead"]:
        return start, None, None
    window = max(0, match.start() - 40)
    left = _DAY_LEFT.search(text, window, match.start())
    if left and 1 <= int(left["day"]) <= 31:
        return left.start("day"), int(left["day"]), left
    words = None if left else _DAY_WORDS_LEFT.search(text, window, match.start())
    if words:
        return words.start("day"), day_words()[0][_joined(words["day"])], None
    return start, None, None


def _year_right(text: str, end: int) -> tuple[int | None, int]:
    if right := _YEAR_RIGHT.match(text, end) or _YEAR_NEAR.match(text, end):
        return int(right["year"]), right.end("year")
    return year_in_words(text, end) or (None, end)


def _day_right(text: str, end: int) -> tuple[int | None, int | None, int]:
    """Look right of a month for its day and year (``مارس 29, 2024``)."""
    if right := _DAY_RIGHT.match(text, end):
        return int(right["day"]), int(right["year"]), right.end("year")
    if right := _DAY_WORDS_RIGHT.match(text, end):
        return day_words()[0][_joined(right["day"])], *_year_right(text, right.end())
    if right := _DAY_ALONE_RIGHT.match(text, end):
        return int(right["day"]), *_year_right(text, right.end())
    return None, None, end


def _around_month(
    text: str, match: re.Match[str], end: int, month: int, ambiguous: bool
) -> Iterator[_Hit]:
    """Look left of a month for its day and right of it for its year."""
    start, day, left = _day_left(text, match)
    year, stop = _year_right(text, end)
    if day is None and year is None:
        day, year, stop = _day_right(text, end)
        if not _valid(year, month, day):
            day, year, stop = None, None, end
    end, relation = stop, None
    if year is None and (said := _RELATION.match(text, end)):
        relation = said.lastgroup
    lone = year is None and day is None and relation is None
    if lone and ambiguous and not _LEAD.search(text, max(0, match.start() - 12), match.start()):
        return
    if left and left["first"] and _valid(year, month, int(left["first"])):
        yield _Hit(
            left.start("first"), left.end("first"), year, month, int(left["first"]), relation
        )
    if _valid(year, month, day):
        yield _Hit(start, end, year, month, day, relation)
