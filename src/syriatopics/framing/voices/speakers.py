"""Speakers: where the name of a speaker stands, and who that is.

A speaker is written in many ways: a full name, a surname, a title (الوزير), a title with a
name in apposition, a pronoun, nothing at all (وأضاف). Names and offices come from the lexicons;
everything else is resolved within the article, by the last speaker whose name, title or
description holds the words.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from syriatopics.arabic import clean
from syriatopics.framing.voices.cues import group, single
from syriatopics.framing.voices.offices import held_office
from syriatopics.framing.voices.people import (
    bare,
    begins_with_name,
    is_deputy,
    name_beside,
    named_in,
    people_met,
    personal,
    reads_as_name,
    titled,
)
from syriatopics.lexicons.schema import Name

if TYPE_CHECKING:
    from syriatopics.framing.voices.reading import Reading

__all__ = ["Speaker", "Speakers"]

_GENERAL = frozenset(["ان", "من", "في", "علي", "الي", "عن", "كل", "بعض", "هذا", "هذه"])
_PRESENT = frozenset(("جديد", "حالي", "جديده", "حاليه"))
_MEDIA = "news agency, newspaper, channel"


@dataclass(frozen=True)
class Speaker:
    """Somebody who speaks: as written, as resolved, and what is known of them."""

    written: str
    resolved: str
    role: str = ""
    side: str = ""
    gender: str = ""
    words: frozenset[str] = field(default=frozenset(), compare=False)


class _Phrase:
    """The words that name a speaker, with their keys; None stands for punctuation."""

    def __init__(self, text: str) -> None:
        from syriatopics.framing.voices.reading import Reading

        self.reading = Reading(text)
        self.keys: list[str | None] = self.reading.keys

    def text(self, first: int, last: int) -> str:
        """Return the clean text of keys `first` to `last` (exclusive)."""
        places = self.reading.places
        words = range(places[first], places[last - 1] + 1) if last > first else range(0)
        written = (self.reading.slice(n, n + 1) for n in words)
        return " ".join(clean(word) for word in written)

    def whole(self) -> str:
        return self.text(0, len(self.keys))


@lru_cache(maxsize=1 << 13)
def _phrase(text: str) -> _Phrase:
    return _Phrase(text)


class Speakers:
    """The speakers of one article, in the order in which they speak.

    Parameters
    ----------
    when : date or None
        When the article was written; without it no office says who holds it.

    Attributes
    ----------
    expected : Speaker or None
        Who was about to speak when a passage ended (وقال فلان في مقابلة:).
    """

    def __init__(self, when: dt.date | None = None) -> None:
        self._when = when
        self._heard: list[Speaker] = []
        self._met: dict[str, Speaker] = {}
        self.expected: Speaker | None = None

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
        self.expected = None

    def meet(self, reading: Reading) -> None:
        """Remember who is named in a passage, with the title before the name: الرئيس محمد مرسي.

        Who is called by the title alone later is the person met with it, also where they have not
        spoken before.
        """
        for name, keys in people_met(reading.keys):
            words = frozenset(bare(word) for word in keys if word is not None) | _words_of(name.ar)
            role = titled(keys) or name.role or ""
            self._met[name.ar] = Speaker(name.ar, name.ar, role, name.side or "", "", words)

    def again(self, gender: str) -> Speaker | None:
        """Return the last speaker who agrees with a verb that has no subject of its own."""
        for speaker in reversed(self._heard):
            if not gender or not speaker.gender or speaker.gender == gender:
                return speaker
        return self.last if gender != "p" else None

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
        phrase, beside = _phrase(written), _first_part(context)
        keys = phrase.keys
        words = frozenset(bare(w) for w in (*keys, *(beside.keys if beside else ())) if w)
        role = titled(keys) or titled(beside.keys if beside else ())
        office = held_office(keys, self._when)
        side = office.side if office else _side_of(keys)
        person = _person(phrase, beside)
        if person is not None:
            name, said, title = person
            if name is not None:
                words |= _words_of(name.ar)
                return Speaker(written, name.ar, name.role or role, name.side or "", gender, words)
            same = self._same(_phrase(said).keys, named=True)
            if same is not None:
                said, words = same.resolved, words | same.words
            return Speaker(written, said, title or role, side, gender, words | _words_of(said))
        body = _body(keys)
        if body is not None:
            return Speaker(written, body.ar, body.role or role, body.side or "", gender, words)
        if office and office.holder:
            words |= _words_of(office.holder)
            return Speaker(written, office.holder, role, side, gender, words)
        same = self._in_office(office.terms if office else frozenset()) or self._same(keys)
        if same is not None:
            return Speaker(written, same.resolved, same.role, same.side, gender, same.words | words)
        return Speaker(written, phrase.whole(), role, side, gender, words)

    def _in_office(self, holders: frozenset[str]) -> Speaker | None:
        """Return whom the article names of those who ever held an office, where its day is unknown."""
        people = (*reversed(self._heard), *reversed(self._met.values()))
        return next((person for person in people if person.resolved in holders), None)

    def _same(self, keys: Sequence[str | None], named: bool = False) -> Speaker | None:
        """Return the last speaker of whom these words were said before."""
        words = [word for word in keys if word is not None]
        this = bool(words) and words[0] in ("هذا", "هذه")
        wanted = {bare(word) for word in words if word not in _GENERAL}
        if len(wanted) > 1:
            wanted -= _PRESENT
        definite = len(words) == 1 or this or words[0].startswith("ال")
        body = bool(words) and bare(words[0]) in single("bodies")
        people = [*reversed(self._heard), *reversed(self._met.values())] if titled(words) else []
        for speaker in (people or reversed(self._heard)) if wanted else ():
            name = _words_of(speaker.resolved)
            if body and (personal(_phrase(speaker.written).keys) or _is_person(speaker.resolved)):
                continue  # المرصد is not مدير المرصد
            told = all(_holds(name if named else speaker.words, word) for word in wanted)
            if told and (named or wanted <= name or definite):
                return speaker
        return self.last if this else None


def _person(phrase: _Phrase, beside: _Phrase | None) -> tuple[Name | None, str, str] | None:
    """Return the person whom a phrase names: the known name, the name as written, the title.

    A name at the head, behind a title without a comma, or in the apposition behind a comma.
    """
    keys = phrase.keys
    known = begins_with_name(keys)
    if known is not None and known.kind == "person":
        return known, "", ""
    if is_deputy(keys[0] if keys else None) and len(keys) == 1:
        return None
    described = personal(keys) or _is_described(keys)
    place = name_beside(keys, unknown=personal(keys)) if described else None
    if place is not None:
        known = begins_with_name(keys[place:])
        return _known(known, phrase.text(place, _name_end(keys, place)), titled(keys))
    if beside is not None:
        known = begins_with_name(beside.keys)
        if known is not None and known.kind == "person":
            return known, "", ""
        if described and reads_as_name(beside.keys):
            return None, beside.whole(), titled(keys)
    place = _title_behind(keys)
    if place is not None and reads_as_name(keys[:place]):
        return None, phrase.text(0, place), titled(keys[place:])
    return None


def _known(known: Name | None, said: str, title: str) -> tuple[Name | None, str, str]:
    return (
        (known, "", title) if known is not None and known.kind == "person" else (None, said, title)
    )


def _is_described(keys: Sequence[str | None]) -> bool:
    """Say whether a phrase describes one person without a title of the lexicon: الأسير السوري."""
    first = keys[0] if keys else None
    body = (
        first is None or bare(first) in single("bodies") or first.endswith(("ات", "ه", "ون", "ين"))
    )
    return not body and first is not None and first.startswith("ال")


def _name_end(keys: Sequence[str | None], place: int) -> int:
    """Return where a name ends: a title may stand behind it too."""
    behind = _title_behind(keys[place:])
    return place + behind if behind is not None else len(keys)


def _title_behind(keys: Sequence[str | None]) -> int | None:
    """Return where a title stands behind a name: ديانا سمعان | الباحثة في الشؤون السورية."""
    if not keys or titled(keys) or (keys[0],) in group("quantifiers"):
        return None
    for place in range(1, len(keys)):
        if keys[place] is not None and titled(keys[place:]):
            return place
    return None


def _body(keys: Sequence[str | None]) -> Name | None:
    """Return the body or place that is named, alone (واشنطن، not واشنطن وموسكو) or as وكالة رويترز."""
    name = begins_with_name(keys)
    if name is not None:
        return None if _several(keys) else name
    rest = [word for word in keys[1:] if word is not None]
    body = begins_with_name(rest) if titled(keys) == _MEDIA else None
    return body if body is not None and body.kind != "place" else None


def _several(keys: Sequence[str | None]) -> bool:
    """Say whether a second name is joined to the first: واشنطن وموسكو."""
    return any(
        word is not None and word.startswith("و") and begins_with_name([word[1:], *keys[n + 2 :]])
        for n, word in enumerate(keys[1:])
    )


def _side_of(keys: Sequence[str | None]) -> str:
    name = named_in(keys) if keys else None
    return name.side or "" if name is not None and name.kind != "person" else ""


def _first_part(context: str) -> _Phrase | None:
    """Return the first part of an apposition, times left out; a relative clause is none."""
    for part in re.split(r"[،,؛;:()\[\]–—-]", context):
        phrase = _phrase(part)
        first = phrase.keys[0] if phrase.keys else None
        if first is None or first in single("stops"):
            continue
        return None if first in single("relatives") else phrase
    return None


def _holds(words: frozenset[str], word: str) -> bool:
    # الدبلوماسي goes back to أحد الدبلوماسيين
    return word in words or (len(word) > 3 and not words.isdisjoint((word + "ين", word + "ون")))


@lru_cache(maxsize=1 << 14)
def _is_person(name: str) -> bool:
    known = begins_with_name(_phrase(name).keys)
    return known is not None and known.kind == "person"


@lru_cache(maxsize=1 << 14)
def _words_of(name: str) -> frozenset[str]:
    return frozenset(bare(word) for word in _phrase(name).keys if word is not None)
