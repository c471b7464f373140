"""People in a phrase: the known name in it, and the name that stands beside a title.

``محافظ درعا سامر حيدر`` is a title and a name, ``مستشار كيري`` a title only: a name belongs to the
title where what stands before it is complete (the article, a nationality, a place), and to
somebody else where it completes what stands before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from syriatopics.arabic import PhraseMatcher, variant_table
from syriatopics.framing.voices.titles import is_deputy, personal, title_length, titled
from syriatopics.framing.voices.wordlists import participles, single, verbal_noun
from syriatopics.lexicons import load
from syriatopics.lexicons.schema import Name

__all__ = [
    "begins_with_agency", "begins_with_name", "head_length", "is_definite", "name_beside", "name_ending",
    "named_in", "people_met", "reads_as_name",
]  # fmt: skip

Keys = Sequence[str | None]
_LONGEST = 4
# A title has so many words before the name at most.
_TITLE = 6
# Between the words of a name: سلطان بن سلمان, أبو عمر.


@cache
def _names() -> tuple[PhraseMatcher[str], dict[str, Name]]:
    names: dict[str, list[str]] = {}
    by_ar = {}
    for name in load("names").name:
        if name.kind == "term":
            continue
        short = name.short if name.kind == "person" else ()
        names[name.ar] = [name.ar, *name.also, *short]
        by_ar[name.ar] = name
    known = {form for forms in names.values() for form in forms}
    for office in load("offices").office:
        for holder in office.holder:  # who held an office is a person, by the full names
            full = [form for form in holder.ar if " " in form and form not in known]
            if full and holder.ar[0] not in known:
                by_ar.setdefault(
                    full[0], Name(ar=full[0], en=holder.en, kind="person", side=office.side)
                )
                names.setdefault(full[0], []).extend(full)
    return PhraseMatcher(names, fold=variant_table()), by_ar


def is_definite(word: str) -> bool:
    """Say whether a key carries the article, alone or behind a clitic."""
    return len(word) > 4 and word.startswith(("ال", "لل", "بال", "وال")) and word not in _own()


@cache
def _own() -> frozenset[str]:
    return single("relatives", "prepositions", "stops")


def named_in(keys: Keys) -> Name | None:
    """Return the person named in a row of words, else the first body or place."""
    matcher, by_ar = _names()
    names = [by_ar[match.id] for match in matcher.find(keys)]
    persons = [name for name in names if name.kind == "person"]
    return next(iter(persons or names), None)


def begins_with_name(keys: Keys) -> Name | None:
    """Return the person, body or place whose name stands at the head of a row of words."""
    found = _name_at(keys, 0)
    return found[0] if found is not None else None


def _name_at(keys: Keys, place: int) -> tuple[Name, int] | None:
    """Return the name that stands at a place, and where it ends."""
    if place >= len(keys) or keys[place] is None:
        return None
    matcher, by_ar = _names()
    match = matcher.match(keys, place)
    return (by_ar[match.id], match.end) if match is not None and match.id is not None else None


def reads_as_name(keys: Keys) -> bool:
    """Say whether words may be a person's name: one to four, none of another kind.

    A name that no lexicon knows is known by what it is not: no article on its first word, no
    title, no preposition, no verbal noun, no adjective of a country.
    """
    words = [key for key in keys if key is not None]
    if not words or len(words) != len(keys) or len(words) > _LONGEST + 1:
        return False
    first = words[0]
    if (
        first.startswith(("ال", "لل", "بال", "وال"))
        or first.endswith(("ون", "ات"))
        or first.isdigit()
    ):
        return False
    if first.startswith("است") or (
        first[0] in "وف" and begins_with_name(words) is None and _clause(first)
    ):
        return False
    if len(first) < 2 or verbal_noun(first) or _joined(words) or titled(words) or is_deputy(first):
        return False
    if not participles().isdisjoint(words):
        return False  # دعا الوزراء، مؤكدين
    if len(words) == 1 and first.endswith(("ا", "ه")) and begins_with_name(words) is None:
        return False  # ردا، نهاية: an adverb, a noun
    closed = _closed()
    return not any(
        word in closed or (word.removeprefix("و") in closed and word not in single("kin"))
        for word in words
    )


@cache
def _closed() -> frozenset[str]:
    """Words that no name has, but for علي: where it is the preposition the name has ended before."""
    groups = (
        "stops", "venues", "quantifiers", "relatives", "particles", "nationalities", "prepositions",
        "others", "alone",
    )  # fmt: skip
    return single(*groups) - {"علي"}


def _clause(word: str) -> bool:
    """Say whether a word with و or ف opens a clause (ومقره، فقد): no given name begins so."""
    return word.removeprefix("و") not in _names_in_waw() and word not in _names_in_waw()


@cache
def _names_in_waw() -> frozenset[str]:
    """Words that begin with و or ف in the names of people."""
    found = {word for spelling in _names()[1] for word in spelling.split()}
    return frozenset(word for word in found if word[0] in "وف") | single("given_names")


def _joined(words: Keys) -> bool:
    """Say whether a preposition stands on a word, or the word names a place: لحقوق، بدمشق، سوريا."""
    known = begins_with_name(words)
    first = words[0] or ""
    if known is not None:
        return known.kind != "person"
    if first[0] == "ل":
        return first[1] not in "ايوؤ"
    return first[0] in "بك" and begins_with_name([first[1:], *words[1:]]) is not None


def name_beside(keys: Keys, unknown: bool = True) -> int | None:
    """Return where a name begins that stands in apposition behind a title, None if none does.

    Parameters
    ----------
    keys : sequence of str or None
    unknown : bool
        Whether a name counts that is in no lexicon.
    """
    for place in range(1, len(keys)):
        known = _name_at(keys, place)
        if known is None or known[0].kind != "person" or not _ends_phrase(keys, known[1]):
            continue
        if known[1] == place + 1 and _is_given_name(keys, place - 1):
            return place - 1 if _is_complete(keys, place - 1) else None  # تركي المالكي is another
        return place if _is_complete(keys, place) else None
    if not unknown or _nameless(keys):
        return None
    for place in range(max(1, len(keys) - _LONGEST), len(keys)):
        if _is_complete(keys, place) and reads_as_name(keys[place:]):
            return place
        basim = keys[place] == "باسم" and titled(keys) != "spokesperson"
        following = keys[place + 1] if place + 1 < len(keys) else None
        basim = basim and following is not None and not following.startswith("ال")
        if basim and _is_complete(keys, place) and reads_as_name(["محمد", *keys[place + 1 :]]):
            return place
    return None


def _is_given_name(keys: Keys, place: int) -> bool:
    """Say whether a word before a surname is a given name, which makes it another person's."""
    word = keys[place]
    closed = single("alone", "nationalities", "past_office")
    return (
        place > 0 and word is not None and word not in closed and not titled([word])
        and name_ending([word]) is None and reads_as_name([word])
    )  # fmt: skip


def _nameless(keys: Keys) -> bool:
    """Say whether a title stands without article and name: قائد كبير بالجيش، مسؤول أمريكي."""
    first, second = keys[0] or "", (keys[1] if len(keys) > 1 else None) or ""
    described = (
        (second.endswith("ي") and not second.startswith("ال"))
        or "ال" + second in single("adjectives")
        or second in single("vague")
    )
    return not first.startswith("ال") and described and begins_with_name(keys[1:]) is None


def _ends_phrase(keys: Keys, end: int) -> bool:
    return end >= len(keys) or keys[end] is None or titled(keys[end:]) != ""


def _is_complete(keys: Keys, place: int) -> bool:
    """Say whether the words before a place need nothing behind them."""
    before = keys[place - 1]
    if before is None:
        return True
    if is_deputy(before) or before in single("others") or before in single("prepositions"):
        return False
    if before in single("nationalities") or before in single("alone"):
        return True
    if is_definite(before):
        # نائب الرئيس ترامب: the name is that of the bare title, which another one goes before.
        head = any(is_deputy(key) for key in keys[: place - 1])
        return not (head and place + 1 == len(keys) and titled([before]) != "")
    known = name_ending(keys[:place])
    return known is not None and known.kind != "person"


def name_ending(keys: Keys) -> Name | None:
    """Return the person, body or place with whose name a row of words ends."""
    for first in range(max(0, len(keys) - 4), len(keys)):
        found = _name_at(keys, first)
        if found is not None and found[1] == len(keys):
            return found[0]
    return None


def people_met(keys: Keys) -> Iterator[tuple[Name, list[str | None]]]:
    """Yield the people, papers and bodies that are named behind a title, with title and name."""
    matcher, by_ar = _names()
    openings = matcher.openings
    for place in [n for n, word in enumerate(keys) if n and word in openings]:
        match = matcher.match(keys, place)
        if match is None or match.id is None:
            continue
        name = by_ar[match.id]
        marked = match.start > 1 and keys[match.start - 1] is None  # مجلة «نيوزويك»
        last = match.start - marked
        for first in range(last - 1, max(-1, last - _TITLE), -1):
            if name.kind == "place" or keys[first] is None or keys[first] in single("particles"):
                break
            phrase = [*keys[first:last], *keys[match.start : match.end]]
            if titled(phrase) and personal(phrase) == (name.kind == "person"):
                yield name, phrase
                break


def head_length(keys: Keys) -> int:
    """Return how many words the title or name has with which a row of words begins."""
    name = _name_at(keys, 0)
    return max(title_length(keys), name[1] if name is not None else 0)


def begins_with_agency(keys: Keys) -> bool:
    """Say whether a row of words begins with the name of an agency, a paper or a channel."""
    name = begins_with_name(keys)
    return name is not None and name.kind == "organisation" and name.ar in _agencies()


@cache
def _agencies() -> frozenset[str]:
    """Return the organisations among the names that publish: outlets, agencies, papers."""
    lists = load("outlets")
    press = [outlet for outlet in lists.outlet if outlet.kind not in ("ngo", "government")]
    published = {form for outlet in press for form in (outlet.ar, *outlet.also)}
    published |= {form for agency in lists.agency for form in agency.ar}
    published |= {form for paper in lists.paper for form in paper.ar}
    found = _names()[1].values()
    return frozenset(name.ar for name in found if not published.isdisjoint((name.ar, *name.also)))
