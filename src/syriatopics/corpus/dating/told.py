"""Dates that a text tells: as past, they bound the day of writing from below.

A date counts only where its sentence says that it has passed, and nothing in it speaks of a
plan: elections "to be held in May 2019" stand in papers of 2018.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from syriatopics.arabic import DateMention
from syriatopics.arabic.dates.numeric import SEPARATED
from syriatopics.arabic.dates.words import month_names
from syriatopics.corpus.dating.sentence import Sentence, opened_in, sentences_of
from syriatopics.corpus.parse.lines import Line
from syriatopics.corpus.words import folded

__all__ = ["Told", "told_dates"]

# "This year" as it is found in folded text, here before anything is folded.
_THIS = re.compile("[اأإآٱ]ل(?:ج[اأإآٱ]ر|ح[اأإآٱ]ل)[يى]")
_BEFORE = 8
_BEHIND = 6


class Told(NamedTuple):
    """The first day of a date that has passed, or of the running year."""

    start: date
    running: bool
    words: str


def told_dates(line: Line) -> Iterator[Told]:
    """Yield what the dates of a line say of the day of writing."""
    if not _may_tell(line):
        return
    for sentence in sentences_of(line) if line.dates else ():
        for place, mention in sentence.dates():
            if mention.year is not None:
                yield from _told(sentence, place, mention)


def _may_tell(line: Line) -> bool:
    """Look for the words without which no date tells anything, before dates are looked for."""
    if not line.has_digit:
        return False
    if _THIS.search(line.clean) is not None:
        return True
    return (
        not _months().isdisjoint(line.piece_set) or SEPARATED.search(line.clean) is not None
    ) and "past" in opened_in(line.piece_set)


@cache
def _months() -> frozenset[str]:
    """Return the words with which names of months begin, as pieces are folded."""
    kinds = ("gregorian", "hijri")
    return frozenset(folded(word) for kind in kinds for word in month_names(kind).openings)


def _told(sentence: Sentence, place: int, mention: DateMention) -> Iterator[Told]:
    assert mention.year is not None
    if mention.relation == "this" and mention.month is None:
        yield Told(date(mention.year, 1, 1), True, mention.text)
    elif mention.part is not None:
        return  # "the end of 2022" can be said in 2021
    elif mention.relation is None and mention.month is not None and _has_passed(sentence, place):
        yield Told(date(mention.year, mention.month, mention.day or 1), False, mention.text)


def _has_passed(sentence: Sentence, place: int) -> bool:
    return sentence.holds("past", place - _BEFORE, place + _BEHIND) and not sentence.holds(
        "future", place - _BEFORE, place + _BEHIND
    )
