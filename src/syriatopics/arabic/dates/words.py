"""The words of dates: names of months, days of the month and years written out.

Everything here is in match keys (أ إ آ as ا, ى as ي, ة as ه), since dates are looked for in
keyed text.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from syriatopics.arabic.normalize import key
from syriatopics.lexicons import load

__all__ = ["MonthNames", "cardinals", "day_words", "month_names", "stands_among", "year_in_words"]

_ORDINALS = (
    "الاول", "الثاني", "الثالث", "الرابع", "الخامس",
    "السادس", "السابع", "الثامن", "التاسع", "العاشر",
)  # fmt: skip
_FEMININE = (
    "الاولي", "الثانيه", "الثالثه", "الرابعه", "الخامسه",
    "السادسه", "السابعه", "الثامنه", "التاسعه", "العاشره",
)  # fmt: skip
_CARDINALS = (
    ("واحد", "احد", "احدي", "واحده"), ("اثنين", "اثنان", "اثنا", "اثني", "اثنتين", "اثنتي", "اثنتا"),
    ("ثلاثه", "ثلاث"), ("اربعه", "اربع"), ("خمسه", "خمس"), ("سته", "ست"), ("سبعه", "سبع"),
    ("ثمانيه", "ثماني", "ثمان"), ("تسعه", "تسع"), ("عشره", "عشر"),
)  # fmt: skip
_TENS = {
    20: "عشر", 30: "ثلاث", 40: "اربع", 50: "خمس", 60: "ست", 70: "سبع", 80: "ثمان", 90: "تسع",
}  # fmt: skip
_THOUSANDS = {"الفين": 2000, "الفان": 2000, "الفي": 2000, "الف وتسعمائه": 1900, "الف وتسعمئه": 1900,
              "الف وتسع مائه": 1900, "الف وتسع مئه": 1900}  # fmt: skip


class MonthNames(NamedTuple):
    """The months of one calendar, compiled.

    Attributes
    ----------
    numbers : dict of str to int
        Each name (its key) and its month.
    ambiguous : frozenset of str
        Names that are also ordinary words.
    openings : frozenset of str
        The first words of the names, with each letter that may be written to them: where
        none of them stands, there is no month.
    pattern : re.Pattern
        A name with an optional second name of the same month behind it.
    """

    numbers: dict[str, int]
    ambiguous: frozenset[str]
    openings: frozenset[str]
    pattern: re.Pattern[str]


@cache
def month_names(calendar: str) -> MonthNames:
    """Return the names of the "gregorian" or the "hijri" months."""
    lexicon = load("months")
    months = lexicon.month if calendar == "gregorian" else lexicon.hijri
    numbers = {key(name): month.number for month in months for name in month.names}
    ambiguous = frozenset(key(name) for month in months for name in month.ambiguous)
    names = _either(numbers)
    pattern = rf"(?P<lead>[وفبل]?)(?P<name>{names})(?![^\W\d_])"
    if calendar == "gregorian":
        pattern += (
            rf"(?:(?:\s*[/\\(\-–،]\s*|\s+(?:او\s+)?)(?P<alias>{names})(?![^\W\d_])(?:\s*\))?)?"
        )
    openings = frozenset(lead + name.split()[0] for name in numbers for lead in ("", *"وفبل"))
    return MonthNames(numbers, ambiguous, openings, re.compile(pattern))


def _either(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True)).replace(" ", r"\s+")


@cache
def day_words() -> tuple[dict[str, int], str]:
    """Return the days of the month in words, and the alternatives of a pattern for them.

    Ordinals of both genders (``الخامس عشر``), numbers (``واحد وعشرين``) and the old words
    for the first of a month.
    """
    words = {"اول": 1, "غره": 1}
    for units in (_ORDINALS, _FEMININE):
        first = "الحادي" if units is _ORDINALS else "الحاديه"
        teens = [first, *units[1:9]]
        words |= {unit: n for n, unit in enumerate(units, start=1)}
        words |= {
            f"{unit} {ten}": 10 + n
            for n, unit in enumerate(teens, start=1)
            for ten in ("عشر", "عشره")
        }
        for ending in ("ون", "ين"):
            words |= {f"{unit} والعشر{ending}": 20 + n for n, unit in enumerate(teens, start=1)}
            words |= {f"العشر{ending}": 20, f"الثلاث{ending}": 30}
            words[f"{first} والثلاث{ending}"] = 31
    words |= {text: n for text, n in cardinals().items() if 10 < n <= 31}
    return words, _either(words)


@cache
def cardinals() -> dict[str, int]:
    """Return the numbers to 99 in words, in every form that they take."""
    words: dict[str, int] = {}
    for n, forms in enumerate(_CARDINALS, start=1):
        for form in forms:
            words[form] = n
            if n < 10:
                words |= {f"{form} عشر": 10 + n, f"{form} عشره": 10 + n}
            for ten, stem in _TENS.items():
                words |= {f"{form} و{stem}{end}": ten + n for end in ("ون", "ين") if n < 10}
    for ten, stem in _TENS.items():
        words |= {f"{stem}{end}": ten for end in ("ون", "ين")}
    return words


@cache
def _year_pattern() -> re.Pattern[str]:
    thousands, units = _either(_THOUSANDS), _either(cardinals())
    return re.compile(
        rf"\s*[,،]?\s*(?:من\s+)?(?:عام\s+|سنه\s+)?(?P<base>{thousands})(?!\w)"
        rf"(?:\s+و(?P<rest>{units})(?!\w))?"
    )


def year_in_words(text: str, position: int) -> tuple[int, int] | None:
    """Read a year written out (``ألفين وأحد عشر``) at `position`; return it and where it ends."""
    match = _year_pattern().match(text, position)
    if match is None:
        return None
    rest = cardinals()[" ".join(match["rest"].split())] if match["rest"] else 0
    return _THOUSANDS[" ".join(match["base"].split())] + rest, match.end()


@cache
def _beside(group: str) -> frozenset[str]:
    return frozenset(map(key, getattr(load("months"), group).words))


def stands_among(word: str, group: str) -> bool:
    """Say whether a folded word, or what follows its clitics, is in a group of months.toml."""
    known = _beside(group)
    return word in known or any(
        word.startswith(clitic) and word.removeprefix(clitic) in known for clitic in "وفبلك"
    )
