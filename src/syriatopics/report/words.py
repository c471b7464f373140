"""How the report writes in Arabic: counted nouns, shares, dates, and names of what it shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

if TYPE_CHECKING:
    from syriatopics.records import Article

__all__ = [
    "ARTICLE",
    "HEADLINE",
    "PASSAGE",
    "PRODUCTION",
    "STATUS",
    "WORD",
    "Noun",
    "Text",
    "counted",
    "dated",
    "isolated",
    "percent",
    "visible",
]

_LRI, _PDI = "\u2066", "\u2069"


class Text(NamedTuple):
    """The same in Arabic and in English."""

    ar: str
    en: str = ""


class Noun(NamedTuple):
    """The forms that a noun takes behind a number."""

    one: str
    two: str
    few: str
    many: str
    hundred: str


ARTICLE = Noun("مقال واحد", "مقالان", "مقالات", "مقالا", "مقال")
HEADLINE = Noun("عنوان واحد", "عنوانان", "عناوين", "عنوانا", "عنوان")
PASSAGE = Noun("فقرة واحدة", "فقرتان", "فقرات", "فقرة", "فقرة")
WORD = Noun("كلمة واحدة", "كلمتان", "كلمات", "كلمة", "كلمة")

STATUS = {
    "printed": "تاريخ مطبوع لا ينقضه النص",
    "inferred": "تاريخ مستنتج من النص",
    "conflict": "تاريخ مطبوع ينقضه النص",
    "unknown": "بلا تاريخ",
}
PRODUCTION = {
    "own": "نص الناشر نفسه",
    "wire": "عن وكالة أنباء",
    "translated": "مترجم",
    "republished": "منقول عن ناشر آخر",
    "unknown": "مصدره غير معروف",
}


def isolated(text: str) -> str:
    """Keep figures and Latin letters in their own order inside an Arabic line."""
    return f"{_LRI}{text}{_PDI}"


_CONTROL = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """Show the controls of direction that a text brings along, instead of obeying them.

    Examples
    --------
    >>> visible("abc\u202edef")
    'abc[U+202E]def'
    """
    return _CONTROL.sub(lambda match: f"[U+{ord(match.group()):04X}]", text)


def counted(n: int, noun: Noun) -> str:
    """Write a number with its noun as Arabic grammar wants it.

    Examples
    --------
    >>> counted(1, ARTICLE), counted(2, ARTICLE), counted(0, PASSAGE)
    ('مقال واحد', 'مقالان', '0 فقرة')
    >>> counted(5, ARTICLE), counted(11, ARTICLE), counted(1103, PASSAGE)
    ('5 مقالات', '11 مقالا', '1,103 فقرات')
    """
    if n == 1:
        return noun.one
    if n == 2:
        return noun.two
    rest = n % 100
    form = noun.few if 3 <= rest <= 10 else noun.many if rest >= 11 else noun.hundred
    return f"{n:,} {form}"


def percent(share: float) -> str:
    """Write a share in whole percent; what is there but rounds to nothing is said to be there.

    Examples
    --------
    >>> percent(0.384), percent(0.004), percent(0.0)
    ('38%', '<1%', '0%')
    """
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"


def dated(article: Article) -> str:
    """Say when an article was written, and on what that rests."""
    printed = "" if article.date_printed is None else isolated(f"{article.date_printed:%Y-%m-%d}")
    if article.date_status == "printed":
        return f"{printed} ({STATUS['printed']})"
    first, last = article.event_start, article.event_end
    refuted = f"التاريخ المطبوع {printed} ينقضه النص"
    why = refuted if article.date_status == "conflict" else "مستنتج من النص"
    if first is None and last is None:
        return refuted if article.date_status == "conflict" else STATUS["unknown"]
    if first is None:
        return f"حتى {_day(last)} ({why})"
    if last is None:
        return f"منذ {_day(first)} ({why})"
    span = _day(first) if first == last else f"بين {_day(first)} و{_day(last)}"
    return f"{span} ({why})"


def _day(day: object) -> str:
    return isolated(f"{pd.Timestamp(str(day)):%Y-%m-%d}")
