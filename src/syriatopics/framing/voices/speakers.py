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
from typing import TYPE_CHECKING

from syriatopics.framing.voices.identity import (
    body_in,
    first_part,
    is_person,
    person_in,
    phrase_of,
    side_of,
    words_of,
)
from syriatopics.framing.voices.offices import held_office, serves
from syriatopics.framing.voices.people import people_met
from syriatopics.framing.voices.titles import bare, personal, titled
from syriatopics.framing.voices.wordlists import single

if TYPE_CHECKING:
    from syriatopics.framing.voices.reading import Reading

__all__ = ["Speaker", "Speakers"]


# So many ways to name a speaker are remembered, more than any article has.
_REMEMBERED = 200
_PAPERS = frozenset(("report", "statement", "letter"))


@dataclass(frozen=True)
class Speaker:
    """Somebody who speaks: as written, as resolved, and what is known of them."""

    written: str
    resolved: str
    role: str = ""
    side: str = ""
    gender: str = ""
    words: frozenset[str] = field(default=frozenset(), compare=False)


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
        # In the order in which they last spoke; who speaks again in the same words stands once.
        self._heard: dict[tuple[Speaker, frozenset[str]], Speaker] = {}
        self._spoken: set[str] = set()
        self._met: dict[str, Speaker] = {}
        self.expected: Speaker | None = None

    @property
    def last(self) -> Speaker | None:
        """The last speaker."""
        return next(reversed(self._heard.values()), None)

    def knows(self, speaker: Speaker) -> bool:
        """Say whether somebody has spoken before."""
        return speaker.resolved in self._spoken

    def hear(self, speaker: Speaker) -> None:
        """Remember who has spoken."""
        this = speaker, speaker.words
        self._heard.pop(this, None)
        self._heard[this] = speaker
        self._spoken.add(speaker.resolved)
        if len(self._heard) > _REMEMBERED:
            del self._heard[next(iter(self._heard))]
        self.expected = None

    def meet(self, reading: Reading) -> None:
        """Remember who is named in a passage, with the title before the name: الرئيس محمد مرسي.

        Who is called by the title alone later is the person met with it, also where they have not
        spoken before.
        """
        for name, keys in people_met(reading.keys):
            words = frozenset(bare(word) for word in keys if word is not None) | words_of(name.ar)
            role = titled(keys) or name.role or ""
            self._met[name.ar] = Speaker(name.ar, name.ar, role, name.side or "", "", words)

    def again(self, gender: str) -> Speaker | None:
        """Return the last speaker who agrees with a verb that has no subject of its own."""
        for speaker in reversed(self._heard.values()):
            one = gender == "p" and is_person(speaker.resolved)
            if not gender or speaker.gender == gender or not (speaker.gender or one):
                return speaker
        if gender == "p":  # وأضافوا: of several, or of a body, and never of one person
            bodies = (one for one in reversed(self._heard.values()) if not is_person(one.resolved))
            return next((one for one in bodies if not personal(phrase_of(one.written).keys)), None)
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
        phrase, beside = phrase_of(written), first_part(context)
        keys = phrase.keys
        words = frozenset(bare(w) for w in (*keys, *(beside.keys if beside else ())) if w)
        role = titled(keys) or titled(beside.keys if beside else ())
        office = held_office(keys, self._when)
        side = office.side if office else side_of(keys)
        person = person_in(phrase, beside)
        if person is not None and person[0] is not None and serves(keys, person[0].ar, self._when):
            person = None
        if person is not None:
            name, said, title = person
            if name is not None:
                words |= words_of(name.ar)
                return Speaker(written, name.ar, name.role or role, name.side or "", gender, words)
            same = self._same(phrase_of(said).keys, named=True)
            if same is not None:
                said, words = same.resolved, words | same.words
            return Speaker(written, said, title or role, side, gender, words | words_of(said))
        body = body_in(keys)
        if body is not None:
            return Speaker(written, body.ar, body.role or role, body.side or "", gender, words)
        if office and office.holder:
            words |= words_of(office.holder)
            return Speaker(written, office.holder, role, side, gender, words)
        same = self._in_office(office.terms if office else frozenset()) or self._same(keys)
        if same is not None:
            return Speaker(written, same.resolved, same.role, same.side, gender, same.words | words)
        return Speaker(written, phrase.whole(), role, side, gender, words)

    def recognises(self, keys: Sequence[str | None]) -> bool:
        """Say whether words are the name of somebody who has spoken or was met."""
        return self._same(keys, named=True) is not None

    def _in_office(self, holders: frozenset[str]) -> Speaker | None:
        """Return whom the article names of those who ever held an office, where its day is unknown."""
        people = (*reversed(self._heard.values()), *reversed(self._met.values()))
        return next((person for person in people if person.resolved in holders), None)

    def _same(self, keys: Sequence[str | None], named: bool = False) -> Speaker | None:
        """Return the last speaker of whom these words were said before."""
        words = [word for word in keys if word is not None]
        this = bool(words) and words[0] in ("هذا", "هذه")
        wanted = {bare(word) for word in words if word not in single("general")}
        if len(wanted) > 1:
            wanted -= single("present")
        whole = len(words) > 1 and words[-1].startswith("ال") and personal(words)  # وزير الخارجية
        definite = len(words) == 1 or this or words[0].startswith("ال") or whole
        body = bool(words) and bare(words[0]) in single("bodies")
        # Of those met, who has spoken comes first, then who was met last.
        late = [*reversed(self._met.values())] if wanted and titled(words) else []
        late.sort(key=lambda one: one.resolved not in self._spoken)
        for speaker in (*reversed(self._heard.values()), *late) if wanted else ():
            name = words_of(speaker.resolved)
            if body and (personal(phrase_of(speaker.written).keys) or is_person(speaker.resolved)):
                continue  # المرصد is not مدير المرصد
            if body and speaker.role in _PAPERS and titled(words) != speaker.role:
                continue  # الصحيفة is not its report
            told = all(_holds(name if named else speaker.words, word) for word in wanted)
            if told and (named or wanted <= name or definite):
                return speaker
        return self.last if this else None


def _holds(words: frozenset[str], word: str) -> bool:
    # الدبلوماسي goes back to أحد الدبلوماسيين
    return word in words or (len(word) > 3 and not words.isdisjoint((word + "ين", word + "ون")))
