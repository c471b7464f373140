"""Who holds an office on a day: the office matches whole, and at the head of its phrase."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from syriatopics.arabic import PhraseMatcher, key, variant_table
from syriatopics.framing.voices.people import named_in
from syriatopics.framing.voices.titles import is_deputy, past_office
from syriatopics.framing.voices.wordlists import single
from syriatopics.lexicons import load
from syriatopics.lexicons.schema import Office

__all__ = ["Held", "held_office", "serves"]


class Held(NamedTuple):
    """An office in a phrase: its side, who holds it ("" where that cannot be said), all its holders."""

    side: str
    holder: str
    terms: frozenset[str]


@cache
def _offices() -> tuple[PhraseMatcher[int], tuple[Office, ...], dt.date]:
    lexicon = load("offices")
    offices = lexicon.office
    entries = {n: office.ar for n, office in enumerate(offices)}
    return PhraseMatcher(entries, fold=variant_table()), offices, lexicon.known_until


def held_office(keys: Sequence[str | None], when: dt.date | None) -> Held | None:
    """Return the office that a phrase names, and who held it on a day.

    Parameters
    ----------
    keys : sequence of str or None
        The phrase; an office that stands later in it (معاون وزير النقل) is not the speaker's.
    when : date or None
        Without a day nobody can say who holds an office.

    Returns
    -------
    Held or None
        None where the phrase does not begin with an office. The holder is "" where the office is
        shared, over (السابق), goes on (مدير المخابرات في المدينة), or nobody is known for the day:
        of who has not left, the lexicon knows no more than it did when it was checked.
    """
    matcher, offices, known_until = _offices()
    match = matcher.match(keys, 0) if keys and keys[0] is not None else None
    if match is None or match.id is None:
        return None
    office, rest = offices[match.id], keys[match.end :]
    holders = {
        holder.ar[0]
        for holder in office.holder
        if when is not None and holder.start <= when <= holder.last(known_until)
    }
    whole = _is_whole(rest)
    known = len(holders) == 1 and not office.shared and whole
    terms = {_canonical(holder.ar[0]) for holder in office.holder} if whole and when is None else ()
    return Held(office.side, _canonical(next(iter(holders))) if known else "", frozenset(terms))


def serves(keys: Sequence[str | None], name: str, when: dt.date | None) -> bool:
    """Say whether a phrase is of who serves somebody: المتحدث باسم الرئيس التركي رجب طيب أردوغان."""
    for place in range(1, min(len(keys), 4)):
        if keys[place - 1] == "باسم" or is_deputy(keys[place - 1]):
            match = _offices()[0].match(keys, place)
            held = held_office(keys[place : match.end], when) if match is not None else None
            if held is not None and held.holder == name:
                return True
    return False


def _is_whole(rest: Sequence[str | None]) -> bool:
    """Say whether an office ends where its words end: nothing follows that makes it another one."""
    if any(past_office(word) for word in rest[:2]):
        return False
    first = next((word for word in rest if word not in (None, "الجديد", "الحالي", "الجديده")), None)
    return (
        first is None or first in single("stops") or (len(rest) > 1 and rest[1] in single("venues"))
    )


@cache
def _canonical(name: str) -> str:
    fold = variant_table()
    known = named_in([fold(key(word)) for word in name.split()])
    return known.ar if known is not None and known.kind == "person" else name
