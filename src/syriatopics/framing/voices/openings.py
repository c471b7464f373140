"""Where what a verb says begins: its أن, its preposition, a colon, words in marks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from syriatopics.framing.voices.cues import Found, opener_inside
from syriatopics.framing.voices.marks import Mark
from syriatopics.framing.voices.objects import begins_said
from syriatopics.framing.voices.people import begins_with_name
from syriatopics.framing.voices.phrases import is_particle, name_after
from syriatopics.framing.voices.reading import Reading, Span
from syriatopics.framing.voices.wordlists import single, verbal_noun

__all__ = [
    "FAR",
    "NEAR",
    "PLAIN",
    "opening",
]

# So many words may stand between a cue and what it introduces (names, titles, places).
FAR = 45
NEAR = 12


# Verbs that say no more than that somebody speaks: what follows may be short, or have no opening word.
PLAIN = frozenset(("قال", "أضاف", "تابع", "أردف", "صرح", "أجاب", "رد", "علق", "كتب", "غرد"))


def opening(reading: Reading, found: Found, sentence: Span, later: Sequence[Found]) -> int | None:
    """Return the word with which the content of a verb begins, None where there is none.

    Whether a verb says something is asked by every verb before it: it is worked out once.
    """
    asked = found.first, found.last, found.form
    if asked not in reading.opened:
        reading.opened[asked] = _opening(reading, found, sentence, later)
    return reading.opened[asked]


def _opening(reading: Reading, found: Found, sentence: Span, later: Sequence[Found]) -> int | None:
    if opener_inside(found):
        return found.last if found.last < sentence.last else None
    name = name_after(reading, found.last, sentence.last, found)
    place, maybe = found.last, None
    far = FAR if found.bound or found.is_told(reading) else name.last - found.last + NEAR
    stop = min(sentence.last, found.last + far)
    near = takewhile(lambda cue: cue.first < stop, later)
    breaks = {f.first for f in near if f.cue.kind == "verb" and not _in_relative(reading, f)}
    while place < stop and place not in breaks:
        mark = reading.opened_before(place)
        speech = (
            mark is not None
            and not _hears(reading, found, mark)
            and (
                (reading.is_speech(mark) and place >= name.last)
                or _short(reading, mark, sentence)
                or (place == name.last and found.cue.lemma in PLAIN)
            )
        )
        if speech or ":" in reading.words[place].gap or is_particle(reading, place):
            return place
        if name.last <= place < name.last + 2 * NEAR and begins_said(
            reading, found, found.last, place
        ):
            behind = all(reading.words[n].key in single("stops") for n in range(name.last, place))
            if behind or found.cue.addressed or reading.words[place].key[0] not in "بل":
                return _opened(reading, found, place, sentence)
            if _says_what(reading, place):
                maybe = maybe or place  # أعقب اجتماعه بنظيره: what is said may stand farther on
        place = reading.words_of(mark).last if mark is not None else place + 1
    return None if maybe is None else _opened(reading, found, maybe, sentence)


def _says_what(reading: Reading, place: int) -> bool:
    """Say whether ب far from its verb introduces what is said (أفاد … بمقتل), not a thing (بلدتي)."""
    word = reading.words[place].key
    nouns = (word, word[1:], word[3:])
    return word[0] != "ب" or word.startswith("بال") or any(verbal_noun(noun) for noun in nouns)


def _opened(reading: Reading, found: Found, place: int, sentence: Span) -> int | None:
    """Return where what is said begins: behind a claim or an assurance at its أن, if it has one."""
    words = reading.words
    word = words[place].key
    if found.cue.denies or (found.cue.nominal and word.endswith(("ه", "ها", "هم"))):
        for later in range(place + 1, min(place + NEAR, sentence.last)):
            if reading.paused(later):
                break
            if is_particle(reading, later):
                return later
    following = words[place + 1].key if place + 1 < sentence.last else ""
    name = begins_with_name([word.key for word in words[place + 1 : place + 4]])
    invited = found.cue.act == "directive" and (
        following in single("invitations") or (name is not None and name.kind == "place")
    )  # دعا نظيره إلى زيارة دمشق، إلى دمشق
    return None if invited else place


def _in_relative(reading: Reading, found: Found) -> bool:
    before = reading.words[found.first - 1].key if found.first else ""
    return before in single("relatives")


def _hears(reading: Reading, found: Found, mark: Mark) -> bool:
    """Say whether marks behind ل name to whom somebody speaks: يقول فلان لـ«الشرق الأوسط»."""
    before = reading.text[max(0, mark.start - 3) : mark.start].rstrip("ـ ")
    return before.endswith((" ل", ",ل", "،ل")) and "ل" not in found.cue.takes


def _short(reading: Reading, mark: Mark, sentence: Span) -> bool:
    """Say whether few marked words are speech: they end the sentence, nothing else is said."""
    words = reading.words_of(mark)
    return words.last == sentence.last and words.last - words.first > 1
