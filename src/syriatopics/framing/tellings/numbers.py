"""Numbers as they are told: in figures of any script, or in words of Arabic and English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["numbers"]

_PART = re.compile(r"\d+(?:[.,٫٬']\d+)*[^\W\d_]*|[^\W\d_]+")
_FIGURES = re.compile(r"([\d.,٫٬']+)(.*)")
_GROUPED = re.compile(r"[,٬'](?=\d{3}(?!\d))")
_BEHIND = {"bn": 10**9, "billion": 10**9, "m": 10**6, "mn": 10**6, "k": 1000}
_UNITS = (
    "three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_STEMS = "ثلاث أربع خمس ست سبع ثمان تسع"
_HUNDREDS, _TWO_HUNDRED = "مئة مائة مية", "مئتان مئتين مئتي مائتان مائتين مائتي"
_LARGE = {
    1000: "thousand ألف ألفا آلاف", 2000: "ألفين ألفان ألفي", 10**6: "million مليون مليونا ملايين",
    2 * 10**6: "مليونين", 10**9: "billion مليار مليارا مليارات", 2 * 10**9: "مليارين ملياري",
}  # fmt: skip


def _words() -> dict[str, float]:
    """Return the value of each word."""
    known: dict[str, float] = {
        "two": 2,
        "hundred": 100,
        "عشر": 10,
        "عشرة": 10,
        "عشرون": 20,
        "عشرين": 20,
    }
    known |= {word: n for n, word in enumerate(_UNITS.split(), 3)}
    known |= {word: 10 * n for n, word in enumerate(_TENS.split(), 2)}
    for n, stem in enumerate(_STEMS.split(), 3):
        known |= {stem: n, f"{stem}ة": n, f"{stem}ون": 10 * n, f"{stem}ين": 10 * n}
        known |= {f"{stem}{hundred}": 100 * n for hundred in _HUNDREDS.split()}
    known |= {"ثماني": 8, "ثمانية": 8, "ثمانيمئة": 800}
    known |= dict.fromkeys(_HUNDREDS.split(), 100) | dict.fromkeys(_TWO_HUNDRED.split(), 200)
    return known | {word: value for value, words in _LARGE.items() for word in words.split()}


_VALUES = _words()
# What has more figures is a key or a telephone number.
_DIGITS = 15
# The fifteenth is no ten, and the twentieth century no twenty.
_ORDINAL = re.compile(r"[وبلف]?(?:ال|لل)(?:(?:حادي|ثاني|ثالث|رابع|خامس|سادس|سابع|ثامن|تاسع)ة?|قرن)")
_GREAT = (10**9, 10**6, 10**3)


class _Run(NamedTuple):
    """A number that is being read: what is certain, what the next word may still multiply, its last part."""

    total: float
    current: float
    last: float


def numbers(text: str) -> Iterator[str]:
    """Yield the numbers of a text in one spelling, in order, but for 0, 1 and 2.

    Arabic says those by the form of a noun, and "one" is half an article.

    Examples
    --------
    >>> list(numbers("قتل خمسة وعشرون شخصا من 1,200 و٣٫٥ مليون دولار"))
    ['25', '1200', '3500000']
    >>> list(numbers("twenty-five of three thousand"))
    ['25', '3000']
    """
    for run in _runs(text):
        value = run.total + run.current
        if value not in (0, 1, 2):
            yield str(int(value)) if value == int(value) else f"{value:g}"


def _runs(text: str) -> Iterator[_Run]:
    run: _Run | None = None
    end, before = 0, ""
    for part in _PART.finditer(text):
        word, gap = part.group(), text[end : part.start()]
        end, ordinal, before = part.end(), _ORDINAL.fullmatch(before), word
        if word == "and" and run is not None:
            continue
        value, also = _value(word)
        near = run is not None and not gap.strip(" \u00a0\u2011-")
        grown = _grown(run, value, figures=word[0].isdigit(), also=also) if near and value else None
        if grown is None:
            if run is not None:
                yield run
            # Thousands of people are no number, and ألف has other meanings.
            if value is not None and (word[0].isdigit() or not (ordinal or value in _GREAT)):
                grown = _Run(0.0, value, value)
        run = grown
    if run is not None:
        yield run


def _value(word: str) -> tuple[float | None, bool]:
    """Return the value of a word, and whether it is joined to the one before by و."""
    if found := _FIGURES.match(word):
        figures, behind = found.groups()
        if behind and behind.lower() not in _BEHIND:  # the 5th, the 1970s
            return None, False
        plain = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in figures)
        plain = _GROUPED.sub("", plain).replace("٫", ".").replace(",", ".")
        many = _BEHIND.get(behind.lower(), 1)
        known = plain.count(".") < 2 and len(plain) <= _DIGITS
        return (float(plain) * many if known else None), False
    word = word.lower()
    if word not in _VALUES and word[0] in "وبلف" and word[1:] in _VALUES:
        return _VALUES[word[1:]], word[0] == "و"
    bare = word.removeprefix("ال")
    # 95 in the hundred: المئة is no number of its own.
    return (None if bare != word and bare in _HUNDREDS else _VALUES.get(bare)), False


def _grown(run: _Run | None, value: float, *, figures: bool, also: bool) -> _Run | None:
    """Return the number with one more word, or None where it is a number of its own."""
    if run is None or figures or (value in _GREAT and not run.current):
        return None
    if value in _GREAT:
        return _Run(run.total + run.current * value, 0.0, value)
    if value == 100 and run.current and run.current < 10:
        return _Run(run.total, run.current * 100, 100)
    teen = value == 10 and 3 <= run.last < 10 and not also
    arabic = also and 3 <= run.last < 10 and 20 <= value < 100
    less = value < run.last and (run.last >= 20) and not (run.last < 100 and also)
    if teen or arabic or less:
        return _Run(run.total, run.current + value, min(value, run.last) if less else value)
    return None
