"""What the words that name a speaker hold: a person, a body, a title, the name in apposition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from syriatopics.arabic import clean
from syriatopics.framing.voices.people import begins_with_name, name_beside, named_in, reads_as_name
from syriatopics.framing.voices.titles import bare, is_deputy, personal, titled
from syriatopics.framing.voices.wordlists import group, single
from syriatopics.lexicons.schema import Name

__all__ = [
    "Phrase",
    "body_in",
    "first_part",
    "is_person",
    "is_private_person",
    "person_in",
    "phrase_of",
    "side_of",
    "words_of",
]


class Phrase:
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
        """Return the clean text of the whole phrase."""
        return self.text(0, len(self.keys))


@lru_cache(maxsize=1 << 13)
def phrase_of(text: str) -> Phrase:
    """Read the words that name a speaker."""
    return Phrase(text)


_MEDIA = "news agency, newspaper, channel"


def person_in(phrase: Phrase, beside: Phrase | None) -> tuple[Name | None, str, str] | None:
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
    body = bool(keys) and keys[0] is not None and bare(keys[0]) in single("bodies")
    if beside is not None and not body:  # مكتب الرئيس، فلان
        known = begins_with_name(beside.keys)
        if known is not None and known.kind == "person":
            return known, "", ""
        if described and reads_as_name(beside.keys):
            return None, beside.whole(), titled(keys)
        place = name_beside(beside.keys) if described and personal(beside.keys) else None
        if place is not None:  # رئيس المركز، اللواء فلان
            known = begins_with_name(beside.keys[place:])
            return _known(known, beside.text(place, len(beside.keys)), titled(keys))
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
        if keys[place] is not None and personal(keys[place:]):
            return place  # but قصر الإليزيه is no name with its title
    return None


def body_in(keys: Sequence[str | None]) -> Name | None:
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


def side_of(keys: Sequence[str | None]) -> str:
    """Return the side of the body or place that a phrase names, if it has one."""
    name = named_in(keys) if keys else None
    return name.side or "" if name is not None and name.kind != "person" else ""


def first_part(context: str) -> Phrase | None:
    """Return the first part of an apposition, times left out; a relative clause is none."""
    for part in re.split(r"[،,؛;:()\[\]–—-]", context):
        phrase = phrase_of(part)
        first = phrase.keys[0] if phrase.keys else None
        if first is None or first in single("stops"):
            continue
        end = next((n for n, key in enumerate(phrase.keys) if key in single("stops")), None)
        phrase = phrase if end is None else phrase_of(phrase.text(0, end))
        return None if first in single("relatives") else phrase
    return None


@lru_cache(maxsize=1 << 14)
def words_of(name: str) -> frozenset[str]:
    """Return the keys of a name without the article."""
    return frozenset(bare(word) for word in phrase_of(name).keys if word is not None)


@lru_cache(maxsize=1 << 14)
def is_person(name: str) -> bool:
    """Say whether a name is that of a person in the lexicons."""
    known = begins_with_name(phrase_of(name).keys)
    return known is not None and known.kind == "person"


def is_private_person(name: str) -> bool:
    """Say whether a name reads as that of a person whom no lexicon knows.

    Examples
    --------
    >>> [is_private_person(name) for name in ("سلمى القاسم", "بشار الأسد", "وزارة الخارجية")]
    [True, False, False]
    """
    keys = phrase_of(name).keys
    return begins_with_name(keys) is None and reads_as_name(keys)
