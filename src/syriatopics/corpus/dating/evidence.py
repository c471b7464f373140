"""What a text says of the time in which it was written, gathered over its lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Literal, NamedTuple

from syriatopics.corpus.dating.offices import (
    Naming,
    Person,
    When,
    name_again,
    named_in_office,
    terms_of,
)
from syriatopics.corpus.dating.periods import Period, Periods, say, union
from syriatopics.corpus.dating.told import told_dates
from syriatopics.corpus.dating.visits import recent_visits
from syriatopics.corpus.parse.lines import Line
from syriatopics.lexicons.schema import Holder, Office

__all__ = ["Evidence", "evidence_in"]

Kind = Literal["office", "past", "visit"]
_SAID: dict[When, str] = {
    "now": "is",
    "elect": "is to be",
    "once": "is remembered as",
    "former": "is remembered as",
}
_BEFORE_OFFICE = timedelta(days=90)


class Evidence(NamedTuple):
    """One piece of evidence.

    Attributes
    ----------
    kind : {"office", "past", "visit"}
        A person in office, a date told as past (or the running year), a recent visit.
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
    namings: dict[tuple[Person, When], list[Naming]] = {}
    for line in lines:
        for naming in named_in_office(line):
            namings.setdefault((naming.person, naming.when), []).append(naming)
    former = {person for person, when in namings if when == "former"}
    for (person, when), places in namings.items():
        office, terms = terms_of(person)
        # Who is called former once is so everywhere in the text.
        when = "former" if person in former else when
        periods, wide = _periods(office, terms, when)
        weight = max(len(places), name_again(person, lines) - 1)
        words = f"{person.en} {_SAID[when]} {office.en} {say(periods)} (text: \u2068{places[0].words}\u2069)"
        yield Evidence("office", periods, wide, weight, words)


def _periods(office: Office, terms: Sequence[Holder], when: When) -> tuple[Periods, Periods]:
    """Return the days on which a person may be named so, in office and from the appointment on."""
    if when in ("once", "former"):
        since = (Period(min(term.start for term in terms), None),)
        return since, since
    ends = [None if office.named_after_end else term.end for term in terms]
    periods = union(Period(t.start, end) for t, end in zip(terms, ends, strict=True))
    wide = union([*periods, *(Period(term.appointed or term.start, term.start) for term in terms)])
    if when == "elect":  # who is in office can be chosen again
        before = (Period(term.start - _BEFORE_OFFICE, term.start) for term in terms)
        known = all(term.appointed for term in terms)
        periods = wide = union([*wide, *(() if known else before)])
    return periods, wide


def _dates(lines: Sequence[Line]) -> Iterator[Evidence]:
    for line in lines:
        for told in told_dates(line):
            periods: Periods = (Period(told.start, None),)
            said = "the running year" if told.running else "told as past"
            yield Evidence("past", periods, periods, 1, f"{said}: \u2068{told.words}\u2069")


def _visits(lines: Sequence[Line]) -> Iterator[Evidence]:
    for line in lines:
        for recent in recent_visits(line):
            words = f"a visit called recent, {say(recent.periods)}: \u2068{recent.words:.120}\u2069"
            yield Evidence("visit", recent.periods, recent.periods, 1, words)
