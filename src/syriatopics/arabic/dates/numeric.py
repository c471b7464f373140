"""Dates in numbers: ``27/7/2016``, ``2016-07-27``, ``1436/11/21هـ``, ``يوم 27/7``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from syriatopics.arabic.dates.hijri import from_hijri
from syriatopics.arabic.dates.hits import Hit, parts_of, valid

__all__ = ["SEPARATED", "numeric", "numeric_hijri"]

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
SEPARATED = re.compile(r"\d\s?[-/.,،]\s?\d")


def numeric(text: str) -> Iterator[Hit]:
    """Yield days in numbers, and a day and a month where the text says that they are."""
    for match in _NUMERIC.finditer(text):
        year, month, day = parts_of(match)
        if month > 12 >= day:
            month, day = day, month
        if valid(year, month, day):
            yield Hit(match.start(), match.end(), year, month, day)
    for match in _DAY_AND_MONTH.finditer(text):
        day, month = sorted((int(match["day"]), int(match["month"])), reverse=True)
        certain = match["lead"] not in ("في", "منذ", "حتي")
        if day <= 12 and certain:
            day, month = int(match["day"]), int(match["month"])
        if (day > 12 or certain) and valid(None, month, day):
            yield Hit(match.start("date"), match.end(), None, month, day)


def numeric_hijri(text: str) -> Iterator[Hit]:
    """Yield Hijri days in numbers."""
    for match in _NUMERIC_HIJRI.finditer(text):
        found = from_hijri(*parts_of(match))
        if found:
            yield Hit(match.start(), match.end(), *found, calendar="hijri")
