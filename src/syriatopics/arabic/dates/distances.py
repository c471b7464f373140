"""So many days, months or years from the day of writing: ``قبل يومين``, ``بعد شهرين من الآن``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from syriatopics.arabic.dates.calendar import add_months
from syriatopics.arabic.dates.counted import counted, counted_from, word_right
from syriatopics.arabic.dates.hits import Hit, joined
from syriatopics.arabic.dates.words import cardinals, month_names

__all__ = ["distances"]

_MONTHS = "|".join((*month_names("gregorian").numbers, *month_names("hijri").numbers))
_UNITS = {
    "day": r"يوما?|يومين|ايام", "week": r"اسبوعا?|اسبوعين|اسابيع", "month": r"شهرا?|شهرين|اشهر|شهور",
    "year": r"عاما?|عامين|اعوام|سنه|سنتين|سنوات|سنين",
}  # fmt: skip
_UNIT = "|".join(f"(?P<{name}>{words})" for name, words in _UNITS.items())
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(sorted(cardinals(), key=len, reverse=True))})".replace(
    " ", r"\s+"
)
_AGO = re.compile(
    rf"(?<!\w)[وف]?(?P<how>قبل|منذ)\s+(?:(?:نحو|حوالي|قرابه|زهاء)\s+)?(?:(?P<n>{_NUMBER})\s+)?(?:{_UNIT})"
    r"(?:\s+(?P<one>واحده?))?(?!\w)(?P<now>\s+من\s+(?:الان|اليوم)(?!\w))?"
)
_AHEAD = re.compile(
    rf"(?<!\w)[وف]?بعد\s+(?:(?P<n>{_NUMBER})\s+)?(?:{_UNIT})(?!\w)\s+من\s+(?:الان|اليوم)(?!\w)"
)
_NAMED = re.compile(rf"\s*(?:\d|ال|(?:{_MONTHS})(?!\w))")
_DUALS = ("يومين", "اسبوعين", "شهرين", "عامين", "سنتين")
_PLURALS = ("ايام", "اسابيع", "اشهر", "شهور", "اعوام", "سنوات", "سنين")


def distances(text: str, written: date | None) -> Iterator[Hit]:
    """Yield what lies so many days, weeks, months or years away."""
    for pattern, sign in ((_AGO, -1), (_AHEAD, 1)):
        for match in pattern.finditer(text):
            unit = next(name for name in _UNITS if match[name])
            n = _how_many(match, unit)
            if n is None or (sign < 0 and not _is_ago(text, match, unit)):
                continue
            day = _distant(written, sign * n, unit) if written is not None else None
            yield counted(
                match.start(),
                match.end(),
                day,
                unit,
                f"{joined(match.group())}: {counted_from(written)}",
            )


def _how_many(match: re.Match[str], unit: str) -> int | None:
    word, said = match[unit], match["n"]
    if word in _DUALS:
        return 2 if said is None else None
    if said is None:
        return None if word in _PLURALS else 1  # "days ago" is no date
    n = int(said) if said.isdigit() else cardinals()[joined(said)]
    return n if n else None


def _is_ago(text: str, match: re.Match[str], unit: str) -> bool:
    if match["now"]:
        return True
    right = word_right(text, match.end())
    if right in ("من", "علي", "فقط", "كامل", "كامله", "رمضان"):
        return right == "فقط"
    if match["how"] == "منذ" and unit in ("month", "year"):
        return False  # since then, not then
    if match["n"] is None and match[unit] in ("عام", "سنه", "يوم", "شهر"):
        # ``قبل عام 2011``, ``قبل شهر رمضان``, ``قبل يوم الاقتراع``
        follows = re.match(
            r"\s*(?:\d|ال|ايار|نيسان|شباط|اذار|تموز|اب|ايلول|حزيران)",
            text[match.end() : match.end() + 12],
        )
        return follows is None and match["how"] == "قبل"
    return True


def _distant(written: date, n: int, unit: str) -> date | None:
    try:
        if unit in ("day", "week"):
            return written + timedelta(days=n * (7 if unit == "week" else 1))
        year, month = add_months(written.year, written.month, n * (12 if unit == "year" else 1))
        return date(year, month, 1)
    except (ValueError, OverflowError):
        return None
