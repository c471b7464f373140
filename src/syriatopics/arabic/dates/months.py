"""Dates with a month by its name: days left or right of it, the year behind it, Hijri dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from syriatopics.arabic.dates.hijri import from_hijri
from syriatopics.arabic.dates.hits import RELATION, YEAR, Hit, joined, valid
from syriatopics.arabic.dates.words import MonthNames, day_words, month_names, year_in_words

__all__ = ["gregorian_months", "hijri_months"]

_DAY_LEFT = re.compile(
    r"(?:(?<![\d/.\-])(?P<first>\d{1,2})\s*(?:-|–|و|الي|حتي)\s*|(?<![\d/.\-]))(?P<day>\d{1,2})"
    r"\s*[-/.]?\s*(?:من\s+)?(?:شهر\s+)?$"
)
_DAY_WORDS_LEFT = re.compile(
    rf"(?<!\w)[وفب]?(?:ل(?=ل))?(?P<day>{day_words()[1]})\s+(?:من\s+)?(?:شهر\s+)?$"
)
_DAY_RIGHT = re.compile(
    r"\s*-?\s*(?P<day>\d{1,2})(?!\d)\s*[,،]?\s*(?:من\s+)?(?:عام\s+|سنه\s+)?" + YEAR
)
_DAY_ALONE_RIGHT = re.compile(r"\s?-?\s?(?P<day>\d{1,2})(?![\d٪%]|[.,:/\-]\d|\s+\w)")
_DAY_WORDS_RIGHT = re.compile(rf"\s+(?P<day>{day_words()[1]})(?!\w)")
# What may stand between a month and its year: a comma, "of the year".
_YEAR_RIGHT = re.compile(
    r"(?:\s*[,،.]\s*|\s+)(?:من\s+|ل)?(?:(?:ال)?عام\s+|السنه\s+|سنه\s+|لعام\s+|لسنه\s+)?" + YEAR
)
_YEAR_NEAR = re.compile(r"\s*[-/,،]?\s*" + YEAR)
_HIJRI_RIGHT = re.compile(
    r"\s*[,،/]?\s*(?:(?:من\s+)?(?:(?:ال)?عام|سنه)\s+)?(?P<year>1[34]\d{2})(?!\d)(?:\s*(?:ه(?!\w)|هجري\w*))?"
)
_LEAD = re.compile(r"(?:شهر|في|منذ|خلال|حتي|مطلع|اوايل|اوائل|اواخر|منتصف|نهايه|بدايه|من|الي)\s+$")


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


def hijri_months(text: str, words: set[str]) -> Iterator[Hit]:
    """Yield dates with the name of a Hijri month."""
    names = month_names("hijri")
    for match in _months(text, names, words):
        right = _HIJRI_RIGHT.match(text, match.end())
        if right is None:
            continue
        start, day, _ = _day_left(text, match)
        found = from_hijri(int(right["year"]), names.numbers[joined(match["name"])], day)
        if found:
            yield Hit(start, right.end(), *found, calendar="hijri")


def gregorian_months(text: str, words: set[str]) -> Iterator[Hit]:
    """Yield dates with the name of a month."""
    names = month_names("gregorian")
    for match in _months(text, names, words):
        name = joined(match["name"])
        ambiguous = name in names.ambiguous
        if match["lead"] and ambiguous:
            continue  # باب is no month
        month, end = names.numbers[name], match.end()
        if match["alias"] is not None:
            if names.numbers[joined(match["alias"])] == month:
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
        return words.start("day"), day_words()[0][joined(words["day"])], None
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
        return day_words()[0][joined(right["day"])], *_year_right(text, right.end())
    if right := _DAY_ALONE_RIGHT.match(text, end):
        return int(right["day"]), *_year_right(text, right.end())
    return None, None, end


def _around_month(
    text: str, match: re.Match[str], end: int, month: int, ambiguous: bool
) -> Iterator[Hit]:
    """Look left of a month for its day and right of it for its year."""
    start, day, left = _day_left(text, match)
    year, stop = _year_right(text, end)
    if day is None and year is None:
        day, year, stop = _day_right(text, end)
        if not valid(year, month, day):
            day, year, stop = None, None, end
    end, relation = stop, None
    if year is None and (said := RELATION.match(text, end)):
        relation = said.lastgroup
    lone = year is None and day is None and relation is None
    if lone and ambiguous and not _LEAD.search(text, max(0, match.start() - 12), match.start()):
        return
    if left and left["first"] and valid(year, month, int(left["first"])):
        yield Hit(left.start("first"), left.end("first"), year, month, int(left["first"]), relation)
    if valid(year, month, day):
        yield Hit(start, end, year, month, day, relation)
