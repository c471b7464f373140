"""The words around a cue: where a speaker's name begins and ends."""

from __future__ import annotations

from syriatopics.framing.voices.cues import Found, single, starts_with_any, verbal_noun
from syriatopics.framing.voices.marks import Mark
from syriatopics.framing.voices.objects import begins_said
from syriatopics.framing.voices.people import (
    bare,
    begins_with_name,
    name_beside,
    personal,
    reads_as_name,
    titled,
)
from syriatopics.framing.voices.reading import Reading, Span

__all__ = [
    "is_nominal",
    "is_particle",
    "name_after",
    "name_before",
    "particle_before",
    "turn_at",
]

_LONGEST = 12
_JOINING = frozenset(("في", "الي", "لدي", "من", "باسم"))
_TENSE = frozenset(("كان", "كانت", "وكان", "وكانت", "فكان", "قد", "لقد", "سبق", "ان", "وقد"))


def is_particle(reading: Reading, place: int) -> bool:
    """Say whether a word opens a reported clause (إن, and أن but for دون أن and the like)."""
    if reading.words[place].key not in single("particles"):
        return False
    before = reading.words[place - 1].key if place else ""
    bare = before[1:] if before[:1] in ("و", "ف") else before
    return reading.paused(place) or not ({before, bare} & single("blockers"))


def turn_at(reading: Reading, place: int) -> int:
    """Return how many words of a turn (لكن، في حين، من جهته) stand at `place`, 0 for none."""
    keys = [word.key for word in reading.words[place : place + 3]]
    found = starts_with_any("changes", keys)
    if found or not keys[0].startswith("و"):
        return found
    return starts_with_any("changes", [keys[0][1:], *keys[1:]])


def name_after(reading: Reading, first: int, stop: int, found: Found | None = None) -> Span:
    """Return the words that name a speaker from `first` on, up to `stop`; empty if none do.

    A name ends at punctuation, at a preposition or a time, or where it is complete: behind
    a title a preposition goes on with it (المتحدث باسم البعثة لدى الأمم المتحدة), behind a
    person's name it does not. What the cue `found` says is no part of it.
    """
    last = first
    while last < min(stop, first + _LONGEST):
        mark = reading.opened_before(last)
        if mark is not None and _is_name(reading, first, last, mark):
            last = reading.words_of(mark).last  # a name in marks: “أناتولي أنتونوف”
            continue
        if reading.paused(last) or mark is not None or _ends_name(reading, first, last):
            break
        if found is not None and begins_said(reading, found, first, last):
            break
        last += 1
    return Span(first, min(last, max(stop, first)))


def _is_name(reading: Reading, first: int, place: int, mark: Mark) -> bool:
    """Say whether words in marks belong to a name (وكالة "سانا"): not what somebody says in short."""
    if reading.is_speech(mark) or any(sign in reading.words[place].gap for sign in "،,:;؛."):
        return False
    inside = reading.words_of(mark)
    if place == first or inside.last - inside.first < 2:
        return True
    before = reading.words[place - 1].key
    held = before.removeprefix("ل")
    inner: list[str | None] = [word.key for word in reading.words[inside.first : inside.last]]
    if personal([held]):
        return reads_as_name(inner) or begins_with_name(inner) is not None
    known = begins_with_name(inner) is not None
    return bool(titled([held])) or bare(held) in single("bodies") or known


def _ends_name(reading: Reading, first: int, place: int) -> bool:
    word = reading.words[place].key
    begun = place > first
    if is_particle(reading, place) or word in single("relatives") or len(word) == 1:
        return True
    if word in single("stops") and not reading.is_ali(place):
        return True
    if begun and word in ("هذا", "هذه", "ذلك"):
        return True  # الأسد هذا الشهر
    if not begun and (word.startswith("بال") or (word[0] == "ب" and verbal_noun(word[1:]))):
        return True  # بالقول, بانسحاب: the verb has no subject of its own
    if word in single("venues") and not begun:
        return not titled([w.key for w in reading.words[place : place + 4]])
    following = reading.words[place + 1].key if place + 1 < len(reading.words) else ""
    if word in _JOINING:
        if word == "من" and begun and reading.words[place - 1].key in single("quantifiers"):
            return False
        opens = following in single("particles") or following in single("venues")
        return not begun or opens or _has_person(reading, first, place)
    if word.startswith("ل") and (word[1:] in single("venues") or word in single("venues")):
        return True
    if word.startswith("ل") and begun and _has_person(reading, first, place):
        return word.startswith("لل") or begins_with_name([word[1:], following]) is not None
    return begun and place in reading.verbs


def _has_person(reading: Reading, first: int, last: int) -> bool:
    """Say whether words are complete with a person's name: a name, or a title and a name."""
    keys: list[str | None] = [word.key for word in reading.words[first:last]]
    known = begins_with_name(keys)
    return (known is not None and known.kind == "person") or name_beside(
        keys, unknown=False
    ) is not None


def particle_before(reading: Reading, first: int, place: int) -> int:
    """Return the place behind the last particle or turn (لكن، في حين) before `place`, or `first`."""
    begin = first
    for n in range(first, place):
        turned = turn_at(reading, n)
        if turned:
            begin = max(begin, n + turned)
        elif reading.words[n].key in single("particles"):
            begin = n + 1
    return min(begin, place)


def name_before(reading: Reading, found: Found, first: int) -> Span | None:
    """Return the words that name a speaker before a verb (المسؤولون قالوا), or None.

    Parameters
    ----------
    reading : Reading
    found : Found
        A verb.
    first : int
        Where the clause may begin at the earliest.
    """
    last = found.first
    if last <= first:
        return None
    before = reading.words[last - 1].key
    if before in single("relatives"):
        return _antecedent(reading, first, last - 1)
    if found.proclitic or {before, before.removeprefix("و")} & single("pronouns"):
        return None
    begin = particle_before(reading, first, last)
    while last > begin and reading.words[last - 1].key in _TENSE:
        last -= 1
    while begin < last and reading.words[begin].key in _TENSE:
        begin += 1
    if begin >= last or last - begin > _LONGEST + 4:
        return None
    return Span(begin, last) if is_nominal(reading, begin, last) else None


def is_nominal(reading: Reading, first: int, last: int) -> bool:
    """Say whether words begin as a name does, not as a verb or a preposition."""
    keys = [word.key for word in reading.words[first:last]]
    head = keys[0]
    bare = head[1:] if head[0] == "و" else head
    if bare in _JOINING or {head, bare} & single("stops"):
        return False
    return (
        head.startswith(("ال", "وال"))
        or bare in single("quantifiers")
        or bool(titled(keys) or titled([bare, *keys[1:]]))
        or begins_with_name(keys) is not None
        or begins_with_name([bare, *keys[1:]]) is not None
    )


def _antecedent(reading: Reading, first: int, last: int) -> Span | None:
    """Return the name before a relative clause, from the first word that can begin one."""
    begin = last
    while begin > first and last - begin < _LONGEST and not reading.paused(begin):
        begin -= 1
    for place in range(begin, last):
        keys = [word.key for word in reading.words[place:last]]
        if personal(keys) or keys[0] in single("quantifiers"):
            return Span(place, last)
        known = titled(keys) or begins_with_name(keys) or bare(keys[0]) in single("bodies")
        if known and single("prepositions").isdisjoint(
            keys
        ):  # الشرطة تعرفت على مشتبه به … الذي قال
            return Span(place, last)
    return None
