"""What expressions share that are counted from the day of writing."""

from __future__ import annotations

import re
from datetime import date

from syriatopics.arabic.dates.hits import Hit

__all__ = ["SAID", "counted", "counted_from", "word_left", "word_right"]

SAID = (
    r"(?P<before>الماضي|الماضيه|الفائت|الفائته|المنصرم|المنصرمه|الفايت)"
    r"|(?P<next>المقبل|المقبله|القادم|القادمه|الاتي)|(?P<this>الجاري|الجاريه|الحالي|الحاليه)"
)
_WORD_LEFT = re.compile(r"([^\W\d_]+)\W{0,2}$")
_WORD_RIGHT = re.compile(r"\s*([^\W\d_]+)")


def word_left(text: str, place: int) -> str:
    """Return the word before a place, or nothing."""
    match = _WORD_LEFT.search(text, max(0, place - 25), place)
    return match[1] if match else ""


def word_right(text: str, place: int) -> str:
    """Return the word behind a place, or nothing."""
    match = _WORD_RIGHT.match(text, place)
    return match[1] if match else ""


def counted(start: int, end: int, day: date | None, unit: str, words: str) -> Hit:
    """Return a hit that means the day, or the week, month or year in which it lies."""
    if day is None:
        return Hit(start, end, unit=unit, evidence=words)
    month = day.month if unit != "year" else None
    number = day.day if unit in ("day", "week") else None
    return Hit(start, end, day.year, month, number, unit=unit, evidence=words)


def counted_from(written: date | None) -> str:
    """Say in words from which day is counted."""
    return f"from {written}" if written is not None else "the day of writing is not known"
