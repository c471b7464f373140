"""Weeks, months, years from the day of writing: ``الشهر الماضي``, ``مطلع العام الحالي``, ``15 الجاري``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from syriatopics.arabic.dates.calendar import PARTS, add_months
from syriatopics.arabic.dates.counted import SAID, counted, counted_from
from syriatopics.arabic.dates.hits import Hit, joined, valid
from syriatopics.arabic.dates.words import day_words

__all__ = ["days_of_months", "periods"]

_EDGES = {
    "start": r"مطلع|بدايه|بدايات|اوائل|مستهل|اول",
    "middle": r"منتصف|اواسط|وسط",
    "end": r"نهايه|اواخر|ختام|اخر",
}
_EDGE = "|".join(f"(?P<{name}>{words})" for name, words in _EDGES.items())
_PERIOD = re.compile(
    rf"(?<!\w)[وفبل]{{0,2}}(?:(?:{_EDGE})\s+)?(?:"
    rf"[لب]?(?P<unit>الشهر|الاسبوع|العام|السنه)\s+(?:(?P<far>قبل\s+الماضيه?|بعد\s+(?:المقبله?|القادمه?))"
    rf"|{SAID})(?!\w)|(?P<near>هذا\s+(?:الشهر|الاسبوع|العام)|هذه\s+السنه)(?!\w))"
)
_THIS_WEEK = re.compile(
    rf"(?<!\w)[وفبل]?(?:{_EDGE})\s+(?P<near>الاسبوع|الشهر|العام)(?!\w)(?!\s+ال)"
)
_OF_MONTH = re.compile(
    rf"(?<![\w/.,\-])(?:(?P<day>\d{{1,2}})|[وفبل]?(?:ل(?=ل))?(?P<word>{day_words()[1]}))\s+(?:من\s+)?"
    rf"(?:(?P<near>هذا\s+الشهر)|(?P<month>الشهر\s+)?(?:{SAID}))(?!\w)"
)


def periods(text: str, written: date | None) -> Iterator[Hit]:
    """Yield weeks, months and years that are called past, present or coming."""
    for pattern in (_PERIOD, _THIS_WEEK):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            unit = joined(groups.get("unit") or match["near"]).split()[-1]
            step = _step(groups)
            part = next((name for name in _EDGES if match[name]), None)
            if match.group().lstrip("وفبل").startswith(("اول ", "اخر ")) and unit == "الاسبوع":
                continue
            yield _period(match, unit, step, part, written)


def _step(groups: dict[str, str | None]) -> int:
    if far := groups.get("far"):
        return -2 if far.startswith("قبل") else 2
    return -1 if groups.get("before") else 1 if groups.get("next") else 0


def _period(
    match: re.Match[str], word: str, step: int, part: str | None, written: date | None
) -> Hit:
    unit = {"الشهر": "month", "الاسبوع": "week"}.get(word, "year")
    start, end, said = (
        match.start(),
        match.end(),
        f"{joined(match.group())}: {counted_from(written)}",
    )
    if written is None:
        return Hit(start, end, unit=unit, part=part, evidence=said)
    if unit == "week":
        monday = written - timedelta(days=written.weekday()) + timedelta(weeks=step)
        return counted(start, end, monday, unit, said)._replace(part=part)
    if unit == "month":
        year, month = add_months(written.year, written.month, step)
        return Hit(start, end, year, month, unit=unit, part=part, evidence=said)
    year = written.year + step
    if part is None:
        return Hit(start, end, year, unit=unit, evidence=said)
    return Hit(start, end, year, PARTS[part], unit="month", part=part, evidence=said)


def days_of_months(text: str, written: date | None) -> Iterator[Hit]:
    """Yield ``السابع من الشهر الجاري``, ``15 الجاري``."""
    for match in _OF_MONTH.finditer(text):
        if match["word"] and not (match["month"] or match["near"]):
            continue
        if match["day"] and not (match["month"] or match["near"] or match["this"]):
            continue
        day = int(match["day"]) if match["day"] else day_words()[0][joined(match["word"])]
        said = f"{joined(match.group())}: {counted_from(written)}"
        if written is None:
            yield Hit(match.start(), match.end(), day=day, unit="day", evidence=said)
            continue
        step = -1 if match["before"] else 1 if match["next"] else 0
        year, month = add_months(written.year, written.month, step)
        if valid(year, month, day):
            yield Hit(match.start(), match.end(), year, month, day, unit="day", evidence=said)
