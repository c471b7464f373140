"""What a text says of the time in which it was written, gathered over its lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

from syriatopics.corpus.dating.offices import Naming, Person, name_again, named_in_office, terms_of
from syriatopics.corpus.dating.periods import Period, Periods, say, union
from syriatopics.corpus.dating.told import told_dates
from syriatopics.corpus.dating.visits import recent_visits
from syriatopics.corpus.parse.lines import Line

__all__ = ["Evidence", "evidence_in"]

Kind = Literal["office", "past", "year", "visit"]
_AFTER_ELECTION = timedelta(days=31)


class Evidence(NamedTuple):
    """One piece of evidence.

    Attributes
    ----------
    kind : {"office", "past", "year", "visit"}
        A person in office, a date told as past, the running year, a recent visit.
    periods : Periods
        The days on which the text can have been written.
    wide : Periods
        The same with the days between an appointment and the taking of office.
    weight : int
        How often the text says so.
    words : str
        The evidence in words.
    """

    kind: Kind
    periods: Periods
    wide: Periods
    weight: int
    words: str


def evidence_in(lines: Sequence[Line]) -> list[Evidence]:
    """Return what the body lines of an article say of the time in which they were written."""
    found: dict[str, Evidence] = {}
    for item in (*_offices(lines), *_dates(lines), *_visits(lines)):
        found.setdefault(item.words, item)
    return list(found.values())


def _offices(lines: Sequence[Line]) -> Iterator[Evidence]:
    namings: dict[tuple[Person, bool], list[Naming]] = {}
    for line in lines:
        for naming in named_in_office(line):
            namings.setdefault((naming.person, naming.elect), []).append(naming)
    for (person, elect), places in namings.items():
        office, terms = terms_of(person)
        if elect:
            periods = wide = union(
                Period(term.appointed or term.start - _AFTER_ELECTION, term.start + _AFTER_ELECTION)
                for term in terms
            )
        else:
            ends = [None if office.named_after_end else term.end for term in terms]
            periods = union(Period(t.start, end) for t, end in zip(terms, ends, strict=True))
            wide = union(Period(t.appointed or t.start, e) for t, e in zip(terms, ends, strict=True))
        weight = max(len(places), name_again(person, list(lines)) - 1)
        words = (
            f"{person.en} is {office.en}{'-elect' if elect else ''} {say(periods)} "
            f"(text: \u2068{places[0].words}\u2069)"
        )
        yield Evidence("office", periods, wide, weight, words)


def _dates(lines: Sequence[Line]) -> Iterator[Evidence]:
    for line in lines:
        for told in told_dates(line):
            periods: Periods = (Period(told.start, told.end),)
            kind: Kind = "past" if told.end is None else "year"
            said = "told as past" if kind == "past" else f"the running year is {told.start.year}"
            yield Evidence(kind, periods, periods, 1, f"{said}: \u2068{told.words}\u2069")


def _visits(lines: Sequence[Line]) -> Iterator[Evidence]:
    for line in lines:
        for recent in recent_visits(line):
            words = f"a visit called recent, {say(recent.periods)}: \u2068{recent.words:.120}\u2069"
            yield Evidence("visit", recent.periods, recent.periods, 1, words)


def start_of(evidence: Evidence) -> date | None:
    """Return the first day that a piece of evidence allows."""
    return evidence.periods[0].start if evidence.periods else None
