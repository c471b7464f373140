"""Dated visits: a journey that a text calls recent narrows the days on which it was written.

A visit is a candidate, not a proof: it counts where one sentence names who, "in" or "to"
where (and with whom), and tells of talks "this month" or "this week", or of an arrival on a
day of the week that was the first of the visit.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from syriatopics.arabic import PhraseMatcher, variant_table
from syriatopics.corpus.dating.periods import Period, Periods, union
from syriatopics.corpus.dating.sentence import Sentence, opened_in, sentence_at
from syriatopics.corpus.parse.lines import Line
from syriatopics.corpus.words import folded
from syriatopics.lexicons import load
from syriatopics.lexicons.schema import Visit

__all__ = ["Recent", "recent_visits"]

_WEEK = timedelta(days=7)
_TO_PLACE = frozenset(map(folded, ("في", "إلى", "لدى", "من")))


class Recent(NamedTuple):
    """The days on which a text that calls a visit recent can have been written."""

    periods: Periods
    words: str


@cache
def _travellers() -> PhraseMatcher[tuple[int, ...]]:
    """Names of those who travel, each with the numbers of their visits."""
    visits: dict[str, list[int]] = {}
    for number, visit in enumerate(load("offices").visit):
        for name in visit.who:
            visits.setdefault(name, []).append(number)
    entries: dict[tuple[int, ...], list[str]] = {}
    for name, numbers in visits.items():
        entries.setdefault(tuple(numbers), []).append(name)
    return PhraseMatcher(entries, fold=variant_table())


@cache
def _openings() -> frozenset[str]:
    return _travellers().openings


@cache
def _names(names: tuple[str, ...]) -> PhraseMatcher[str]:
    return PhraseMatcher({"name": names}, fold=variant_table())


@cache
def _weekdays() -> dict[str, int]:
    return {folded(word): n for n, word in enumerate(load("timewords").weekdays.words)}


def recent_visits(line: Line) -> Iterator[Recent]:
    """Yield what the visits that a line calls recent say of the day of writing."""
    openings = _openings() & line.piece_set
    if not openings or _TIMES.isdisjoint(opened_in(line.piece_set)):
        return
    seen: set[int] = set()
    for place in [n for n, piece in enumerate(line.pieces) if piece in openings]:
        sentence = sentence_at(line, place)
        match = _travellers().match(sentence.pieces, place - sentence.first)
        if match is None or match.id is None or sentence.first in seen:
            continue
        periods = _periods(sentence, match.id)
        if periods:
            seen.add(sentence.first)
            yield Recent(periods, sentence.text(0, len(sentence.pieces)))


def _periods(sentence: Sentence, numbers: Sequence[int]) -> Periods:
    """Return the days on which a sentence that tells one of these visits can have been written."""
    days = {_weekdays()[piece] for piece in sentence.pieces if piece in _weekdays()}
    said = next((name for name in _SPANS if sentence.holds(name)), None)
    if not sentence.holds("journey" if said else "arrival") or (said is None and len(days) != 1):
        return ()
    visits = [load("offices").visit[number] for number in numbers]
    there = [visit for visit in visits if _is_there(sentence, visit)]
    if not there or sentence.holds("then") or any(date.year for _, date in sentence.dates()):
        return ()
    if said is not None:
        return union(_SPANS[said](visit.start) for visit in there)
    return union(
        Period(visit.start, visit.start + _WEEK) for visit in there if visit.start.weekday() in days
    )


def _is_there(sentence: Sentence, visit: Visit) -> bool:
    pieces = sentence.pieces
    where, company = _names(visit.where), _names(visit.with_) if visit.with_ else None
    return any(
        piece in _TO_PLACE and where.match(pieces, n)
        for n, piece in enumerate(pieces[:-1], start=1)
    ) and (company is None or any(company.match(pieces, n) for n in range(len(pieces))))


def _to_month_end(day: date) -> Period:
    return Period(day, day.replace(day=calendar.monthrange(day.year, day.month)[1]))


def _next_month(day: date) -> Period:
    _, end = _to_month_end(day)
    assert end is not None
    return _to_month_end(end + timedelta(days=1))


# What a text says of a visit, and the days on which it can say so.
_SPANS: dict[str, Callable[[date], Period]] = {
    "this_month": _to_month_end,
    "last_month": _next_month,
    "this_week": lambda day: Period(day, day + _WEEK),
}
# The groups of which a word stands in every sentence that tells of a recent visit.
_TIMES = frozenset(("arrival", *_SPANS))
