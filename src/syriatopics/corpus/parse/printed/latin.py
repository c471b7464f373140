"""Dates with the months of English, French and German, as archives of the press print them.

``28 April 2016``, ``Apr 28, 2016 Thursday``, ``28 avril 2016``, ``13-Dec-2016``, ``1er mai 2016``,
``Thu Apr 28 17:30:00 +0000 2016``. Abbreviations end where a name may be cut (``sept.``, ``juil.``).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

__all__ = ["ENGLISH_MONTHS", "latin_date"]

_MONTHS = (
    ("january", "jan", "januar", "janvier", "janv"),
    ("february", "feb", "februar", "fevrier", "fevr", "fev"),
    ("march", "mar", "mars", "marz"),
    ("april", "apr", "avril", "avr"),
    ("may", "mai"),
    ("june", "jun", "juin", "juni"),
    ("july", "jul", "juli", "juillet", "juil"),
    ("august", "aug", "aout"),
    ("september", "sept", "sep", "septembre"),
    ("october", "oct", "octobre", "oktober", "okt"),
    ("november", "nov", "novembre"),
    ("december", "dec", "decembre", "dezember", "dez"),
)
#: January to December, in small letters.
ENGLISH_MONTHS = tuple(names[0] for names in _MONTHS)
_NUMBERS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_NAME = rf"(?P<month>{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})(?![a-z])\.?"
_DAY = r"(?<![\d:.])(?P<day>\d{1,2})(?:st|nd|rd|th|er|e)?(?![\d:])"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_SHORT = r"(?P<year>\d{2})(?![\d:])"
_GAP = r"[\s,.\-/]{1,4}"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_DAY}[\s.\-/]{{0,3}}(?:of\s+|de\s+)?{_NAME}{_GAP}{_YEAR}",
        rf"(?<![a-z]){_NAME}[\s\-/]{{0,3}}{_DAY}{_GAP}{_YEAR}",
        rf"(?<![a-z]){_NAME}\s{{1,3}}{_DAY}\s+\d\d?:\d\d(?::\d\d)?\s+(?:\S{{1,9}}\s+){{0,2}}{_YEAR}",
        rf"(?<!\d){_YEAR}{_GAP}{_NAME}{_GAP}{_DAY}",
        rf"{_DAY}[-/.\s]{_NAME}[-/.\s]{_SHORT}",
        rf"(?<![a-z\d])(?<![\d][\s.\-/]){_NAME}[\s,.\-/]{{1,3}}{_YEAR}",
    )
)
_LETTERS = re.compile("[A-Za-zÀ-ÿ]{3}")


def latin_date(text: str) -> tuple[int, int, int | None, int, int] | None:
    """Read a date with an English, French or German month.

    Returns
    -------
    (year, month, day, start, end) or None
        Day is None where only month and year stand there; the last two say where.

    Examples
    --------
    >>> latin_date("April 28, 2016 Thursday")[:3]
    (2016, 4, 28)
    """
    if _LETTERS.search(text) is None:
        return None
    folded = _plain(text)
    for form in _FORMS:
        if (match := form.search(folded)) is None:
            continue
        parts = match.groupdict()
        year = int(parts["year"])
        if len(parts["year"]) == 2:
            year += 2000 if year <= date.today().year % 100 + 1 else 1900
        day = int(parts["day"]) if parts.get("day") else None
        try:
            date(year, _NUMBERS[parts["month"]], 1 if day is None else day)
        except ValueError:
            return None
        return year, _NUMBERS[parts["month"]], day, match.start(), match.end()
    return None


def _plain(text: str) -> str:
    """Return letters without accents, one for one, so that places stay what they are."""
    return "".join(_bare(letter) for letter in text).lower()


def _bare(letter: str) -> str:
    return letter if letter < "\x80" else unicodedata.normalize("NFD", letter)[0]
