"""The dates that the lines of a text print: which line is a date, and which date of it is meant?

``آخر تحديث: 30 نيسان 2016 - نشر في: 28 نيسان 2016`` holds two; the words before each say which is
the day of publication.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from syriatopics.arabic import find_dates, key, tokenize
from syriatopics.corpus.parse.lines import Judged, Line
from syriatopics.corpus.parse.printed.cell import NUMERIC, parse_date, plain_digits
from syriatopics.corpus.parse.printed.latin import latin_date
from syriatopics.corpus.parse.rules import date_words

__all__ = ["Label", "PrintedDate", "date_of_line", "is_date_line", "label_in", "printed_date"]

Label = Literal["published", "none", "updated"]

_PUBLISHED = re.compile(
    r"(?<!\w)(?:تاريخ (?:النشر|نشر|الاضافه|المقال|الخبر|الاصدار)|تم (?:نشر|النشر)\w*|نشر\w*|"
    r"النشر|انشر|اضيف\w*|تاريخ|بتاريخ|حرر في|كتب في|صدر في|published|posted|publie|created|date)(?!\w)"
)
_UPDATED = re.compile(
    r"(?<!\w)(?:اخر (?:تحديث|تعديل)|(?:تم )?(?:ال)?(?:تحديث|تعديل)\w*|حدث\w*|محدث\w*|عدل\w*|"
    r"updated?|modified|mis a jour|maj|edited)(?!\w)"
)
_TIME = re.compile(r"\d{1,2}\s?:\s?\d{2}(?:\s?:\s?\d{2})?|(?:GMT|UTC|AST|EET)\s?[+-]?\s?\d{0,4}")
_DATE_WORDS = 14
_LABEL_WORDS = 5


class PrintedDate(NamedTuple):
    """A printed date; `precision` says how much of it is printed."""

    when: datetime
    precision: str
    evidence: str


class _Stretch(NamedTuple):
    label: Label
    text: str


def is_date_line(line: Line) -> bool:
    """Say whether a line is a date, and words that go with dates, and nothing else."""
    if not line.words or len(line.words) > _DATE_WORDS:
        return False
    rest = line.clean
    if any(mention.month for mention in line.dates):
        for mention in reversed(line.dates):
            rest = rest[: mention.start] + " " + rest[mention.end :]
    elif (foreign := _foreign(rest)) is not None:
        rest = rest[: foreign[0]] + " " + rest[foreign[1] :]
    else:
        return False
    return all(key(word) in date_words() for word in tokenize(_TIME.sub(" ", rest)))


def _foreign(text: str) -> tuple[int, int] | None:
    """Find a date with an English or French month, alone on its line but for weekday and time."""
    found = latin_date(text)
    if found is None or found[2] is None:
        return None
    rest = text[: found[3]] + text[found[4] :]
    letters = re.sub(r"[^A-Za-z]+", " ", _TIME.sub(" ", rest)).split()
    return None if len(letters) > _LABEL_WORDS else found[3:]


def label_in(text: str) -> Label:
    """Say what the words before a date call it; the last of them counts."""
    folded = key(text.casefold()).replace("é", "e").replace("à", "a")
    published = max((m.end() for m in _PUBLISHED.finditer(folded)), default=-1)
    updated = max((m.end() for m in _UPDATED.finditer(folded)), default=-1)
    if published == updated == -1:
        return "none"
    return "published" if published > updated else "updated"


def date_of_line(text: str, above: str = "") -> tuple[datetime, str, Label] | None:
    """Read the day of publication off a line.

    Parameters
    ----------
    text : str
        A line that holds a date.
    above : str
        The line above it: a label may stand there alone.

    Returns
    -------
    (datetime, precision, label) or None
        The date that is called published; else one that nothing is said of; else the last update.
    """
    found = [
        (*read, stretch.label)
        for stretch in _stretches(text, above)
        if (read := parse_date(stretch.text)) is not None
    ]
    order: tuple[Label, ...] = ("published", "none", "updated")
    return min(found, key=lambda item: order.index(item[2]), default=None)


def _stretches(text: str, above: str) -> list[_Stretch]:
    """Cut a line before each date that has words of its own in front of it."""
    starts = sorted(
        {mention.start for mention in find_dates(text) if mention.year is not None}
        | {match.start() for match in NUMERIC.finditer(plain_digits(text))}
        if len(text) < 400
        else ()
    )
    before = above if len(above.split()) <= _LABEL_WORDS else ""
    stretches: list[_Stretch] = []
    for n, start in enumerate(starts):
        left = text[starts[n - 1] if n else 0 : start]
        label = label_in(left if n else f"{before} {left}")
        stop = starts[n + 1] if n + 1 < len(starts) else len(text)
        stretches.append(_Stretch(label, text[start if n else 0 : stop]))
    return stretches or [_Stretch(label_in(before), text)]


def printed_date(judged: Sequence[Judged]) -> PrintedDate | None:
    """Return the date that a text prints on a line of its own or beside its byline."""
    found: list[tuple[int, PrintedDate]] = []
    order: tuple[Label, ...] = ("published", "none", "updated")
    above = ""
    for item in judged:
        if item.kind in ("date", "byline") and (read := date_of_line(item.line.text, above)):
            rank = order.index(read[2]) + (3 if item.kind == "byline" else 0)
            evidence = f"line {item.line.number}: {item.line.text}"
            found.append((rank, PrintedDate(read[0], read[1], evidence)))
        above = item.line.text
    return min(found, key=lambda pair: pair[0])[1] if found else None
