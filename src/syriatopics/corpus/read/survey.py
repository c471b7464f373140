"""What the columns of a table hold, over all its rows: the half that their names do not tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from syriatopics.corpus.read.cells import is_blank, text_of

__all__ = ["Profile", "survey"]

# Every value is looked at up to so many; behind them one in so many.
_LOOKED_AT, _THEN_EVERY = 2000, 10
_DISTINCT = 500
_EXAMPLES = 3
_SHORT = 80

_ADDRESS = re.compile(
    r"(?:https?:)?//[^\s/]+|www\.[^\s/]+\.[^\s/]+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,24}/\S",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?=[^/]*[a-z])[\w-]+(?:\.[\w-]+)*\.[a-z]{2,24}/?", re.IGNORECASE)
_DATE = re.compile(
    r"(?:\d{1,4}\s?[-/.\u060d\u066b]\s?\d{1,2}\s?[-/.\u060d\u066b]\s?\d{1,4}"  # 2016-04-28, ٢٨/٤/٢٠١٦
    r"|(?:1[89]|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"  # 20160428
    r"|\d{1,2}[\s-]+[^\W\d_]{3,12}[.,،]?[\s-]+\d{2,4}"  # 28 نيسان 2016
    r"|[^\W\d_]{3,12}\.?\s+\d{1,2},?\s+\d{4})"  # April 28, 2016
)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")


@dataclass
class Profile:
    """What a column holds.

    Attributes
    ----------
    rows, filled : int
        Rows in which it stands, and rows in which it holds something.
    looked : int
        Values that were looked at; the counts below are of them.
    addresses, sites, hosts, dates, numbers, stamps, tags : int
        Addresses, among them those of a site and no page; names of hosts; dates; numbers, among
        them those that can stand for a time (years, seconds, days of a spreadsheet); texts with tags.
    characters, words : int
        Summed over what was looked at.
    distinct : set
        The different short values, up to some hundreds.
    examples : list of str
    """

    rows: int = 0
    filled: int = 0
    looked: int = 0
    addresses: int = 0
    sites: int = 0
    hosts: int = 0
    dates: int = 0
    numbers: int = 0
    stamps: int = 0
    tags: int = 0
    characters: int = 0
    words: int = 0
    typed_dates: int = 0
    counter: bool = True
    numeric: bool = True
    distinct: set[str] = field(default_factory=set)
    examples: list[str] = field(default_factory=list)

    def share(self, of: str) -> float:
        """Return the share of the values looked at that are so."""
        return float(getattr(self, of)) / self.looked if self.looked else 0.0

    @property
    def all_dates(self) -> bool:
        """Whether every value looked at is a date and no text of one."""
        return self.looked > 0 and self.typed_dates == self.looked

    @property
    def mean_words(self) -> float:
        """Words of a value."""
        return self.words / self.looked if self.looked else 0.0

    @property
    def mean_characters(self) -> float:
        """Characters of a value."""
        return self.characters / self.looked if self.looked else 0.0

    def add(self, value: Any) -> None:
        """Look at the value of one more row."""
        self.rows += 1
        if is_blank(value):
            return
        self.filled += 1
        if self.numeric:
            self.numeric = _is_number(value)
        if self.filled <= _LOOKED_AT or self.filled % _THEN_EVERY == 0:
            self._look(value)

    def _look(self, value: Any) -> None:
        self.looked += 1
        if self.counter:
            self.counter = str(value) in (str(self.rows - 1), str(self.rows))
        if isinstance(value, bool | int | float):
            self.numbers += 1
            self.stamps += _is_stamp(float(value))
            self._note(str(value))
            return
        if isinstance(value, date):
            self.dates += 1
            self.typed_dates += 1
            self._note(value.isoformat())
            return
        text = value if isinstance(value, str) else text_of(value)
        self.characters += len(text)
        head = text[:1000]
        words = len(head.split())
        self.words += words * len(text) // len(head) if head else 0
        stripped = text.strip()
        if len(stripped) > 2 * _SHORT:
            self.tags += "<" in head and _TAG.search(head) is not None
        if len(stripped) <= 2048 and _ADDRESS.match(stripped):
            self.addresses += 1
            rest = stripped.partition("//")[2] or stripped
            self.sites += not rest.partition("/")[2].strip("/")
        elif len(stripped) <= _SHORT:
            self._look_at_short(stripped)
        self._note(stripped)

    def _look_at_short(self, text: str) -> None:
        if _NUMBER.fullmatch(text):
            self.numbers += 1
            self.stamps += _is_stamp(float(text))
        elif _HOST.fullmatch(text):
            self.hosts += 1
        if _DATE.search(text):
            self.dates += 1

    def _note(self, text: str) -> None:
        if len(text) <= _SHORT and len(self.distinct) < _DISTINCT:
            self.distinct.add(text)
        if len(self.examples) < _EXAMPLES:
            self.examples.append(text[:40])


def _is_stamp(value: float) -> bool:
    """Say whether a number can stand for a time: a year, a day of a spreadsheet, 20160428, seconds."""
    return (
        1800 <= value <= 2199
        or 18_000 <= value <= 73_000
        or 18_000_101 <= value <= 21_991_231
        or 10**8 <= value <= 10**19
    )


def _is_number(value: Any) -> bool:
    if isinstance(value, str):
        return _NUMBER.fullmatch(value) is not None
    return isinstance(value, int | float)


def survey(rows: Iterable[Mapping[str, Any]]) -> dict[str, Profile]:
    """Look at every row of a table, and say what each of its columns holds.

    Parameters
    ----------
    rows : iterable of mapping
        Flat rows; they need not have the same columns.

    Returns
    -------
    dict of str to Profile
        In the order in which the columns come.
    """
    profiles: dict[str, Profile] = {}
    for row in rows:
        for name, value in row.items():
            profile = profiles.get(name)
            if profile is None:
                profile = profiles[name] = Profile()
            profile.add(value)
    return profiles
