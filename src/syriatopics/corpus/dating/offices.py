"""People in office: whom does a text name by an office, and does it speak of the present?

A title counts with the name right behind it or right before it. The longest title wins; a
title behind "deputy of" or "son of" is another person's; a title without its country
(``وزير الدفاع، آشتون كارتر``) counts with a full name. Words of retrospect, a dated sentence
and places called after people are no evidence of the present.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from syriatopics.arabic import PhraseMatcher, variant_table
from syriatopics.corpus.dating.sentence import Sentence, sentence_at
from syriatopics.corpus.parse.lines import Line
from syriatopics.corpus.words import folded, line_key
from syriatopics.lexicons import load
from syriatopics.lexicons.schema import Holder, Office

__all__ = ["Naming", "Person", "When", "name_again", "named_in_office", "terms_of"]

When = Literal["now", "elect", "once", "former"]

_TRANSPARENT = frozenset('،,:()[]"“”«»#')
_NEAR = 5
_BETWEEN = 4
_BETWEEN_WORDS = ("honorifics", "former", "elect")


class Person(NamedTuple):
    """A holder of an office, by the number of the office and the English name."""

    office: int
    en: str


class Naming(NamedTuple):
    """A place where a text names a person in office.

    ``when`` is "now", "elect" (chosen, but not yet in office), "once" (remembered: the text
    is no older than the office), or "former" (called so).
    """

    person: Person
    when: When
    words: str


class _Title(NamedTuple):
    """The offices that a title may stand for; a bare one asks for a full name."""

    offices: tuple[int, ...]
    bare: bool


@cache
def _offices() -> tuple[Office, ...]:
    return load("offices").office


def terms_of(person: Person) -> tuple[Office, list[Holder]]:
    """Return the office and the terms of a person in it."""
    office = _offices()[person.office]
    return office, [holder for holder in office.holder if holder.en == person.en]


@cache
def _titles() -> PhraseMatcher[_Title]:
    countries = {line_key(word) for word in load("timewords").countries.words}
    full: dict[str, set[int]] = defaultdict(set)
    bare: dict[str, set[int]] = defaultdict(set)
    for number, office in enumerate(_offices()):
        for title in office.ar:
            full[title].add(number)
            *rest, last = title.split()
            if rest and line_key(last) in countries:
                bare[" ".join(rest)].add(number)
    entries: dict[_Title, list[str]] = defaultdict(list)
    for title, numbers in bare.items():
        entries[_Title(tuple(sorted(numbers)), True)].append(title)
    for title, numbers in full.items():  # later entries of the same words replace earlier ones
        entries[_Title(tuple(sorted(numbers)), False)].append(title)
    return PhraseMatcher(entries, fold=variant_table())


@cache
def _openings() -> frozenset[str]:
    return _titles().openings


@cache
def _shared_forms(office: int) -> frozenset[str]:
    """Return the forms that name no single person of an office: الحريري is Rafic and Saad."""
    people: dict[str, set[str]] = defaultdict(set)
    for holder in _offices()[office].holder:
        for form in holder.ar:
            people[form].add(holder.en)
            people[form.split()[-1]].add(holder.en)
    return frozenset(form for form, names in people.items() if len(names) > 1)


@cache
def _holders(offices: tuple[int, ...], full_only: bool) -> PhraseMatcher[Person]:
    entries: dict[Person, list[str]] = defaultdict(list)
    taken: set[str] = set()
    for number in offices:
        shared = _shared_forms(number)
        for holder in _offices()[number].holder:
            own = [form for form in holder.ar if form not in taken and form not in shared]
            forms = [form for form in own if " " in form or not full_only]
            taken.update(forms)
            entries[Person(number, holder.en)] += forms
    return PhraseMatcher(entries, fold=variant_table())


def named_in_office(line: Line) -> Iterator[Naming]:
    """Yield the people whom a line names in an office of the present."""
    openings = _openings() & line.piece_set
    done = 0
    for place, piece in enumerate(line.pieces) if openings else ():
        if place < done or piece not in openings:
            continue
        if _titles().match(line.pieces, place) is None:
            continue
        sentence = sentence_at(line, place)
        naming, end = _naming(sentence, place - sentence.first)
        done = max(done, sentence.first + end)
        if naming is not None:
            yield naming


def _naming(sentence: Sentence, place: int) -> tuple[Naming | None, int]:
    """Read the title at a place of a sentence; return whom it names, and where it ends."""
    title = _titles().match(sentence.pieces, place)
    if title is None or title.id is None:
        return None, place + 1
    named = _name_behind(sentence, title.id, title.end) or _name_before(
        sentence, title.id, place, title.form
    )
    if named is None:
        return None, title.end
    person, start, end = named
    start, end = min(start, place), max(end, title.end)
    if sentence.ends_with("aides", place) or sentence.ends_with("namesakes", start):
        return None, end
    return Naming(person, _when(sentence, title.form, start, end), sentence.text(start, end)), end


def _when(sentence: Sentence, title: str, start: int, end: int) -> When:
    """Say whether the words around a naming speak of the present, or remember another time."""
    if sentence.holds("former", start - 2, end + 3):
        return "former"
    if (
        sentence.holds("remembered", start - _NEAR, start)
        or sentence.holds("then")
        or any(mention.year and mention.relation != "this" for _, mention in sentence.dates())
    ):
        return "once"
    chosen = "منتخب" in title or "مكلف" in title or sentence.holds("elect", start, end + 2)
    return "elect" if chosen else "now"


def _name_behind(sentence: Sentence, title: _Title, end: int) -> tuple[Person, int, int] | None:
    """Find the name behind a title; signs and honorifics may stand between them."""
    pieces = sentence.pieces
    full_only = title.bare
    for start in range(end, min(end + _BETWEEN, len(pieces))):
        match = _holders(title.offices, full_only).match(pieces, start)
        if (
            match is not None
            and match.id is not None
            and pieces[start] == folded(match.form.split()[0])
        ):
            return match.id, start, match.end
        piece = pieces[start]
        if piece in _TRANSPARENT:
            full_only = full_only or piece not in '#"“«'
        elif piece.startswith("و") or not any(
            sentence.holds(name, start, start + 1) for name in _BETWEEN_WORDS
        ):
            return None  # another person, or no name at all
    return None


def _name_before(
    sentence: Sentence, title: _Title, place: int, form: str
) -> tuple[Person, int, int] | None:
    """Find a full name before a title; a title that begins with "and" is another person's."""
    pieces = sentence.pieces
    if title.bare or pieces[place] == "و" + folded(form.split()[0]):
        return None
    end = place - 1 if place and pieces[place - 1] in ("،", ",") else place
    for start in range(max(0, end - 5), end - 1):
        match = _holders(title.offices, True).match(pieces, start)
        if match is not None and match.end == end and match.id is not None:
            return match.id, start, end
    return None


def name_again(person: Person, lines: Sequence[Line]) -> int:
    """Count how often the short names of a person stand in a text."""
    _, terms = terms_of(person)
    short = {folded(form) for term in terms for form in term.ar if " " not in form}
    short |= {folded(form.split()[-1]) for term in terms for form in term.ar}
    return sum(piece in short for line in lines for piece in line.pieces)
