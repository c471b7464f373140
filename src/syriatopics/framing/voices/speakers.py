"""Speakers: where the name of a speaker stands, and who that is.

A speaker is written in many ways: a full name, a surname, a title (الوزير), a title with a
name in apposition, a pronoun, nothing at all (وأضاف). Names and offices come from the lexicons;
everything else is resolved within the article, by the last speaker whose name, title or
description holds the words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from syriatopics.arabic import PhraseMatcher, clean, key, variant_table
from syriatopics.framing.voices.cues import group
from syriatopics.lexicons import load
from syriatopics.lexicons.schema import Name, Office

__all__ = ["Speaker", "Speakers", "named_in", "titled"]

_GENERAL = frozenset(["ان", "من", "في", "علي", "الي", "عن", "كل", "بعض", "هذا", "هذه"])


@dataclass(frozen=True)
class Speaker:
    """Somebody who speaks: as written, as resolved, and what is known of them."""

    written: str
    resolved: str
    role: str = ""
    side: str = ""
    gender: str = ""
    words: frozenset[str] = field(default=frozenset(), compare=False)


@dataclass(frozen=True)
class _Lexicon:
    names: PhraseMatcher[str]
    by_ar: dict[str, Name]
    titles: PhraseMatcher[str]
    offices: PhraseMatcher[str]
    office: dict[str, Office]


@cache
def _lexicon() -> _Lexicon:
    fold = variant_table()
    names: dict[str, list[str]] = {}
    by_ar = {}
    for name in load("names").name:
        if name.kind == "term":
            continue
        forms = (name.ar, *name.also, *(name.short if name.kind == "person" else ()))
        names[name.ar] = list(forms)
        by_ar[name.ar] = name
    titles: dict[str, list[str]] = {}
    for title in load("cues").title:
        titles.setdefault(title.en, []).extend(title.ar)
    offices = {office.id: list(office.ar) for office in load("offices").office}
    return _Lexicon(
        PhraseMatcher(names, fold=fold),
        by_ar,
        PhraseMatcher(titles, fold=fold),
        PhraseMatcher(offices, fold=fold),
        {office.id: office for office in load("offices").office},
    )


def named_in(keys: Sequence[str | None]) -> Name | None:
    """Return the person named in a row of words, else the first body or place."""
    matches = _lexicon().names.find(keys)
    names = [_lexicon().by_ar[match.id] for match in matches]
    persons = [name for name in names if name.kind == "person"]
    if persons and keys[0] is not None and (_bare(keys[0]),) in _others():
        persons = persons[1:]  # حلفاء كيري are not Kerry
        names = [name for name in names if name.kind != "person"]
    return next(iter(persons or names), None)


@cache
def _others() -> frozenset[tuple[str, ...]]:
    return frozenset((_bare(word),) for (word,) in group("others"))


def begins_with_name(keys: Sequence[str | None]) -> Name | None:
    """Return the person, body or place whose name stands at the head of a row of words."""
    match = _lexicon().names.match(keys, 0) if keys and keys[0] is not None else None
    return _lexicon().by_ar[match.id] if match is not None and match.id is not None else None


def titled(keys: Sequence[str | None]) -> str:
    """Return the English name of the title that a row of words begins with, or nothing."""
    if not keys or keys[0] is None:
        return ""
    match = _lexicon().titles.match(keys, 0)
    return match.id if match is not None and match.id is not None else ""


def _office_holder(keys: Sequence[str | None], when: dt.date | None) -> tuple[str, str] | None:
    """Return who held the office named in `keys`, and its side; who is "" if nobody can say."""
    for match in _lexicon().offices.find(keys):
        office = _lexicon().office[match.id]
        holders = {
            holder.ar[0]: holder
            for holder in office.holder
            if when is not None and holder.start <= when <= (holder.end or dt.date.max)
        }
        known = len(holders) == 1 and not office.shared
        return (_canonical(next(iter(holders))) if known else "", office.side)
    return None


def _canonical(name: str) -> str:
    known = named_in([variant_table()(key(word)) for word in name.split()])
    return known.ar if known is not None and known.kind == "person" else name


class Speakers:
    """The speakers of one article, in the order in which they speak.

    Parameters
    ----------
    when : date or None
        When the article was written; without it no office says who holds it.
    """

    def __init__(self, when: dt.date | None = None) -> None:
        self._when = when
        self._heard: list[Speaker] = []

    @property
    def last(self) -> Speaker | None:
        """The last speaker."""
        return self._heard[-1] if self._heard else None

    def knows(self, speaker: Speaker) -> bool:
        """Say whether somebody has spoken before."""
        return any(heard.resolved == speaker.resolved for heard in self._heard)

    def hear(self, speaker: Speaker) -> None:
        """Remember who has spoken."""
        self._heard.append(speaker)

    def again(self, gender: str) -> Speaker | None:
        """Return the last speaker who agrees with a verb that has no subject of its own."""
        for speaker in reversed(self._heard):
            if not gender or not speaker.gender or speaker.gender == gender:
                return speaker
        return self.last

    def identify(self, written: str, context: str = "", gender: str = "") -> Speaker:
        """Say who it is that an article calls `written`.

        Parameters
        ----------
        written : str
            The words that name the speaker.
        context : str
            What stands in apposition to them: a name behind a title, a title behind a name.
        gender : str
            That of the verb.
        """
        keys, beside = _keys(written), _first_part(context)
        keys, trailing = _split_title(keys)
        words = frozenset(_bare(word) for word in (*keys, *trailing, *beside) if word is not None)
        role = titled(keys) or titled(trailing) or titled(beside)
        name = _person(keys) or _person_first(beside) or _body(keys)
        if name is not None:
            words |= _words_of(name.ar) if name.kind == "person" else frozenset()
            role = name.role or role
            return Speaker(written, name.ar, role, name.side or "", gender, words)
        office = _office_holder(keys, self._when)
        side = office[1] if office else _side_of(keys)
        if office and office[0]:
            return Speaker(written, office[0], role, side, gender, words | _words_of(office[0]))
        same = self._same(keys)
        if same is not None:
            return Speaker(written, same.resolved, same.role, same.side, gender, same.words | words)
        resolved = _plain(written) if not trailing else _head(written, len(keys))
        return Speaker(written, resolved, role, side, gender, words)

    def _same(self, keys: Sequence[str | None]) -> Speaker | None:
        """Return the last speaker of whom these words were said before."""
        words = [word for word in keys if word is not None]
        this = bool(words) and words[0] in ("هذا", "هذه")
        wanted = {_bare(word) for word in words if word not in _GENERAL}
        definite = len(words) == 1 or this or words[0].startswith("ال")
        for speaker in reversed(self._heard) if wanted else ():
            told = all(_holds(speaker.words, word) for word in wanted)
            if told and (definite or wanted <= _words_of(speaker.resolved)):
                return speaker
        return self.last if this else None


_MEDIA = "news agency, newspaper, channel"


def _person(keys: Sequence[str | None]) -> Name | None:
    name = named_in(keys) if keys else None
    return name if name is not None and name.kind == "person" else None


def _person_first(keys: Sequence[str | None]) -> Name | None:
    name = begins_with_name(keys)
    return name if name is not None and name.kind == "person" else None


def _body(keys: Sequence[str | None]) -> Name | None:
    """Return the body or place that is named, alone (واشنطن، not واشنطن وموسكو) or as وكالة رويترز."""
    name = begins_with_name(keys)
    if name is not None:
        return None if _several(keys) else name
    rest = [word for word in keys[1:] if word is not None]
    return begins_with_name(rest) if titled(keys) == _MEDIA else None


def _several(keys: Sequence[str | None]) -> bool:
    """Say whether a second name is joined to the first: واشنطن وموسكو."""
    return any(
        word is not None and word.startswith("و") and begins_with_name([word[1:], *keys[n + 2 :]])
        for n, word in enumerate(keys[1:])
    )


def _side_of(keys: Sequence[str | None]) -> str:
    name = named_in(keys) if keys else None
    return name.side or "" if name is not None and name.kind != "person" else ""


def _first_part(context: str) -> list[str | None]:
    """Return the keys of the first part of an apposition; a relative clause is none."""
    keys = _keys(context)
    begin = 0
    while begin < len(keys) and keys[begin] is None:
        begin += 1
    end = begin
    while end < len(keys) and keys[end] is not None:
        end += 1
    part = keys[begin:end][:8]
    return [] if part and (part[0],) in group("relatives") else part


def _split_title(keys: list[str | None]) -> tuple[list[str | None], list[str | None]]:
    """Part a name from the title behind it: ديانا سمعان | الباحثة في الشؤون السورية."""
    if not keys or titled(keys) or (keys[0],) in group("quantifiers"):
        return keys, []
    for place in range(1, len(keys)):
        word = keys[place]
        if word is not None and word.startswith("ال") and titled(keys[place:]):
            return keys[:place], keys[place:]
    return keys, []


def _head(written: str, n: int) -> str:
    return " ".join(clean(written).split()[:n])


def _holds(words: frozenset[str], word: str) -> bool:
    # الدبلوماسي goes back to أحد الدبلوماسيين
    return word in words or (len(word) > 3 and not words.isdisjoint((word + "ين", word + "ون")))


def _bare(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def _words_of(name: str) -> frozenset[str]:
    return frozenset(_bare(word) for word in _keys(name) if word is not None)


def _keys(text: str) -> list[str | None]:
    from syriatopics.framing.voices.reading import Reading

    return Reading(text).keys


def _plain(written: str) -> str:
    """Return a description without marks and without the ل of وفقا ل."""
    return " ".join(clean(written).split())
