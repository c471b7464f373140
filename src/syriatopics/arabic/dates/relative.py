"""Dates that are counted from the day of writing: ``أمس``, ``الثلاثاء``, ``الشهر الماضي``, ``قبل يومين``.

Most of these words mean other things as well: ``حلفاء الأمس``, ``الثلاثاء الأسود``, ``صلاة الجمعة``,
``روسيا اليوم``, ``قبل يومين من الانتخابات``. What stands beside them decides, and in doubt they are no
dates. Inside quotation marks "today" is the day of the speaker, and is left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta

from syriatopics.arabic.dates.calendar import weekday_near
from syriatopics.arabic.dates.counted import SAID, counted, counted_from, word_left, word_right
from syriatopics.arabic.dates.distances import distances
from syriatopics.arabic.dates.hits import Hit, joined
from syriatopics.arabic.dates.periods import days_of_months, periods
from syriatopics.arabic.dates.words import stands_among

__all__ = ["relative_dates"]

_WEEKDAYS = {
    "الاثنين": 0, "الثلاثاء": 1, "الاربعاء": 2, "الخميس": 3, "الجمعه": 4, "السبت": 5, "الاحد": 6,
}  # fmt: skip
_DAY = rf"(?:{'|'.join(_WEEKDAYS)})(?!\w)"
_HOUR = r"(?:فجر|صباح|ظهر|عصر|مساء|مسا|عشيه|ليل|ليله|نهار|ظهيره|غداه|منتصف\s+ليل|بعد\s+ظهر)"
# ``أمس``, ``يوم أمس الثلاثاء``, ``أول من أمس``, ``مساء اليوم``, ``غداً الخميس``, ``بعد غد``.
_NEAR = re.compile(
    rf"(?<!\w)(?P<hour>{_HOUR}\s+)?[وف]?(?P<named>يوم\s+|نهار\s+)?(?:"
    r"(?P<d2>اول\s+(?:من\s+)?امس|(?:ال)?امس\s+الاول|قبل\s+(?:يوم\s+)?امس)|(?P<d1>امس|(?:[بو]?الامس))"
    r"|(?P<d0>و?اليوم)|(?P<u2>بعد\s+(?:يوم\s+)?(?:ال)?غدا?)|(?P<u1>غدا|(?:ال)?غد))(?!\w)"
    rf"(?:\s*[،,(]?\s*(?:يوم\s+)?(?P<weekday>{_DAY}))?"
)
_DIRECTION = {-2: "before", -1: "before", 0: "last", 1: "next", 2: "next"}
_SHIFT = {"d2": -2, "d1": -1, "d0": 0, "u1": 1, "u2": 2}
_LAST_NIGHT = re.compile(r"(?<!\w)[وف]?الليله\s+(?P<two>قبل\s+)?الماضيه(?!\w)")
_WEEKDAY = re.compile(
    rf"(?<!\w)(?P<hour>{_HOUR}\s+)?[وفبل]?(?P<named>يوم\s+|نهار\s+|ليله\s+)?(?P<weekday>{_DAY})"
    rf"(?:\s+(?P<far>قبل\s+الماضي|بعد\s+(?:المقبل|القادم))(?!\w)|\s+(?:{SAID})(?!\w))?"
)
_OF_WEEK = re.compile(
    rf"(?<!\w)(?:[وفبل]?(?:يوم\s+)?(?P<first>{_DAY})\s+(?:من\s+|في\s+)?(?:الاسبوع\s+(?:{SAID})|هذا\s+الاسبوع)(?!\w)|"
    rf"(?:الاسبوع\s+(?:{SAID.replace('<', '<w')})|هذا\s+الاسبوع)\s+(?:يوم\s+)?(?P<last>{_DAY}))"
)
_QUOTED = re.compile(r"«[^«»\n]*»|“[^“”\n]*”|\"[^\"\n]*\"")
_DATE_RIGHT = re.compile(r"\s*[،,(]?\s*(?:في\s+|الموافق\s+)?\d{1,2}(?![\d:])")

_COMING = re.compile(
    r"(?<!\w)(?:و?س(?:وف|[يتن](?!اس|ار[هات]|طر|ناء|د[هيا]|ر|ف\b|ل|م\b|ين|ته|وات|وي|ون|ب|ول|ق|فان|ئ|اد)\w{2,})|"
    r"ال(?:مقرر|منتظر|مزمع|مرتقب|متوقع)\w*|يعتزم|تعتزم|ينوي|لن|بحلول|اعتبارا|ابتداء|بدءا|علي\s+ان)(?!\w)"
)
_GONE = re.compile(
    r"(?<!\w)[وف]?(?:قال|اعلن|اكد|اضاف|ذكر|افاد|اوضح|اشار|صرح|كشف|التقي|وصل|بحث|دعا|نفي|حذر|شدد|كان|قتل|شن|وقع|جري|"
    r"عقد|استقبل|طالب|رفض|اتهم|نقل|شهد|بدا|اصدر|نشر|قصف|سيطر|دخل|غادر|راي|اعتبر|توفي|اصيب|تعرض|سقط)(?:ت|وا|ه)?(?!\w)"
)
_WINDOW = 90


def relative_dates(text: str, written: date | None) -> Iterator[Hit]:
    """Yield the expressions of a folded text that are counted from the day of writing.

    Parameters
    ----------
    text : str
        Clean text, folded as keys are.
    written : date or None
        Without it the parts of the hits are None.
    """
    quoted = [place for match in _QUOTED.finditer(text) for place in match.span()]
    yield from days_of_months(text, written)
    yield from _near(text, written, quoted)
    yield from _of_week(text, written)
    yield from _weekdays(text, written)
    yield from periods(text, written)
    yield from distances(text, written)


# ---- yesterday, today, tomorrow ------------------------------------------------------------


def _near(text: str, written: date | None, quoted: list[int]) -> Iterator[Hit]:
    for match in _NEAR.finditer(text):
        group = next(name for name in _SHIFT if match[name])
        firm = bool(match["hour"] or match["named"] or match["weekday"])
        # Places where quotations open and close, by turns: an odd number before means inside.
        inside = bisect_right(quoted, match.start()) % 2 == 1
        if not _is_near(text, match, group, firm) or (inside and not firm):
            continue
        shift, said = _SHIFT[group], f"{joined(match[group])}: {counted_from(written)}"
        day = written + timedelta(days=shift) if written is not None else None
        if day is not None and written is not None and match["weekday"]:
            weekday = _WEEKDAYS[match["weekday"]]
            if day.weekday() != weekday:
                # The day of the week is the surer word: pages are dated a day late or early.
                day = weekday_near(
                    written, weekday, "next" if shift > 0 else "last" if shift == 0 else "before"
                )
                said = f"{match['weekday']}: {counted_from(written)}"
        yield counted(match.start(), match.end(), day, "day", said)


def _is_near(text: str, match: re.Match[str], group: str, firm: bool) -> bool:
    left, right = word_left(text, match.start()), word_right(text, match.end())
    word = match[group]
    if match["weekday"] is None and right in _WEEKDAYS:
        return False
    if group == "d0":
        return not stands_among(right, "after_today") and (
            bool(match["hour"]) or not stands_among(left, "before_today")
        )
    if group == "d1":
        plain = not word.lstrip("و").startswith("ال") and not stands_among(left, "before_yesterday")
        return (firm or plain) and not stands_among(right, "after_yesterday")
    if group == "u1":
        became = word == "غدا" and not firm and right.startswith("ال")  # غدا الرجل وزيرا
        return (firm or word == "غدا") and not (became or stands_among(left, "before_tomorrow"))
    return True


# ---- days of the week ------------------------------------------------------------------------


def _weekdays(text: str, written: date | None) -> Iterator[Hit]:
    for match in _LAST_NIGHT.finditer(text):
        day = written - timedelta(days=2 if match["two"] else 1) if written is not None else None
        yield counted(
            match.start(), match.end(), day, "day", f"last night: {counted_from(written)}"
        )
    for match in _WEEKDAY.finditer(text):
        left, right = word_left(text, match.start()), word_right(text, match.end())
        plain = not (match["hour"] or match["named"])
        if (
            stands_among(left, "before_weekday")
            or stands_among(right, "after_weekday")
            or _DATE_RIGHT.match(text, match.end())
        ):
            continue
        if (
            match["weekday"] == "الاثنين"
            and plain
            and right in ("هما", "لم", "كانا", "اللذين", "في")
        ):
            continue
        day = None
        if written is not None:
            day = _named_day(text, match, written)
        # The clitic before a day is no part of it.
        start = min(match.start(name) for name in ("hour", "named", "weekday") if match[name])
        said = f"{match['weekday']}: {counted_from(written)}"
        yield counted(start, match.end(), day, "day", said)


def _of_week(text: str, written: date | None) -> Iterator[Hit]:
    """Yield ``الجمعة من الأسبوع المقبل`` and ``الأسبوع الماضي يوم الأحد``."""
    for match in _OF_WEEK.finditer(text):
        step = (
            1
            if match["next"] or match["wnext"]
            else -1
            if match["before"] or match["wbefore"]
            else 0
        )
        day = None
        if written is not None:
            monday = written - timedelta(days=written.weekday()) + timedelta(weeks=step)
            day = monday + timedelta(days=_WEEKDAYS[match["first"] or match["last"]])
        yield counted(
            match.start(),
            match.end(),
            day,
            "day",
            f"{joined(match.group())}: {counted_from(written)}",
        )


def _named_day(text: str, match: re.Match[str], written: date) -> date:
    weekday = _WEEKDAYS[match["weekday"]]
    if match["far"]:
        past = match["far"].startswith("قبل")
        near = weekday_near(written, weekday, "before" if past else "next")
        return near + timedelta(days=-7 if past else 7)
    if match["before"] or match["next"]:
        return weekday_near(written, weekday, "before" if match["before"] else "next")
    today = written.weekday() == weekday  # سيجتمع المجلس الاثنين, written on a Monday: that day
    coming = not today and _is_coming(text, match.start())
    return weekday_near(written, weekday, "next" if coming else "last")


def _is_coming(text: str, place: int) -> bool:
    """Say whether what stands before a place, in its clause, speaks of what will be."""
    start = max(0, place - _WINDOW)
    clause = re.split(r"[.؛!؟\n]", text[start:place])[-1]
    coming = [match.start() for match in _COMING.finditer(clause)]
    gone = [match.start() for match in _GONE.finditer(clause)]
    return bool(coming) and (not gone or coming[-1] > gone[-1])
