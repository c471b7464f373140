"""What is said: where the content of a cue begins and ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from syriatopics.framing.voices.cues import Found, opener_inside, single, takes
from syriatopics.framing.voices.marks import Mark
from syriatopics.framing.voices.phrases import is_particle, name_after, turn_at
from syriatopics.framing.voices.reading import Reading, Span

__all__ = ["Content", "content_of_noun", "content_of_source", "content_of_verb", "reported"]

# So many words may stand between a cue and what it introduces (names, titles, places).
_FAR = 45
_NEAR = 12
# Words in marks that make up so much of what is said are all of it: the quotation is direct.
_WHOLE = 0.6
_LEADS = frozenset(("جاء", "وجاء", "ذلك", "وذلك"))


class Content(NamedTuple):
    """What a cue introduces: ``text[start:end]``, and the word with which it is opened."""

    start: int
    end: int
    place: int
    direct: bool


def content_of_verb(
    reading: Reading, found: Found, sentence: Span, later: Sequence[Found]
) -> Content | None:
    """Return what a verb introduces, behind it or in marks right before it."""
    place = opening(reading, found, sentence, later)
    if place is not None:
        return reported(reading, place, found, sentence, later)
    here = reading.words[found.first].start
    for mark in reading.marks:
        between = reading.text[mark.end : here] if mark.end <= here else "far"
        if not between.strip(" ،,-–—\n") and reading.is_speech(mark):
            return Content(mark.first, mark.last, found.first, direct=True)
    return None


def opening(reading: Reading, found: Found, sentence: Span, later: Sequence[Found]) -> int | None:
    """Return the word with which the content of a verb begins, None where there is none."""
    if opener_inside(found):
        return found.last if found.last < sentence.last else None
    breaks = {f.first for f in later if f.cue.kind == "verb" and not _in_relative(reading, f)}
    place, name = found.last, name_after(reading, found.last, sentence.last)
    far = _FAR if found.bound else name.last - found.last + _NEAR
    while place < min(sentence.last, found.last + far) and place not in breaks:
        mark = reading.opened_before(place)
        speech = mark is not None and (reading.is_speech(mark) or _short(reading, mark, sentence))
        if speech or ":" in reading.words[place].gap or is_particle(reading, place):
            return place
        if place >= name.last and takes(found, reading.words[place].key):
            return place
        place = reading.words_of(mark).last if mark is not None else place + 1
    return None


def _in_relative(reading: Reading, found: Found) -> bool:
    before = reading.words[found.first - 1].key if found.first else ""
    return before in single("relatives")


def _short(reading: Reading, mark: Mark, sentence: Span) -> bool:
    """Say whether few marked words are speech: they end the sentence, nothing else is said."""
    words = reading.words_of(mark)
    return words.last == sentence.last and words.last - words.first > 1


def reported(
    reading: Reading, place: int, found: Found, sentence: Span, later: Sequence[Found]
) -> Content | None:
    """Return the content that is opened by the word at `place`."""
    mark = reading.opened_before(place)
    if mark is not None and (reading.is_speech(mark) or _short(reading, mark, sentence)):
        return Content(mark.first, mark.last, place, direct=True)
    last = _end(reading, place, found, sentence, later)
    if last <= place:
        return None
    inside = place
    while inside < last and (
        is_particle(reading, inside) or takes(found, reading.words[inside].key)
    ):
        inside += 1
    inner = reading.opened_before(inside) if place < inside < last else None
    if inner is not None and _covers(reading, inner, last - inside):
        return Content(inner.first, inner.last, place, direct=True)
    colon = ":" in reading.words[place].gap and not is_particle(reading, place)
    return Content(reading.words[place].start, reading.words[last - 1].end, place, direct=colon)


def _covers(reading: Reading, mark: Mark, length: int) -> bool:
    words = reading.words_of(mark)
    return words.last - words.first >= _WHOLE * length


def _end(reading: Reading, start: int, found: Found, sentence: Span, later: Sequence[Found]) -> int:
    """Return the word behind the last one of reported speech."""
    ends = [sentence.last]
    for place in range(start + 2, sentence.last):
        turned = turn_at(reading, place)
        if turned and reading.paused(place) and reading.words[place].key in single("turns"):
            ends.append(place)
    for number, cue in enumerate(later):
        if cue.first <= start + 1:
            continue
        last = cue.cue.kind == "source" and reading.paused(cue.first)
        if (
            last
            or cue.cue.kind == "tail"
            or (cue.is_participle and cue.gender in (found.gender, "") and not found.is_participle)
        ):
            ends.append(cue.first)
        elif cue.cue.kind == "verb" and not cue.is_participle and cue.bound:
            if opening(reading, cue, sentence, later[number + 1 :]) is not None:
                ends.append(_clause(reading, cue.first, start))
        elif cue.is_participle and found.is_participle:
            ends.append(cue.first)
    return min(ends)


def _clause(reading: Reading, place: int, start: int) -> int:
    """Go back from a cue to where its clause begins (، في حين قال)."""
    for back in range(place, max(start, place - 3), -1):
        if turn_at(reading, back) and back + turn_at(reading, back) >= place:
            return back
    return place


def content_of_noun(
    reading: Reading, found: Found, name: Span, sentence: Span, later: Sequence[Found]
) -> Content | None:
    """Return what a noun of speech introduces: تصريح لفلان بأن."""
    stops = [f.first for f in later if f.cue.kind in ("verb", "noun")]
    for place in range(name.last, min([*stops, sentence.last, name.last + 8])):
        if is_particle(reading, place):
            return reported(reading, place, found, sentence, later)
    return None


def content_of_source(
    reading: Reading, found: Found, name: Span, sentence: Span, later: Sequence[Found]
) -> Content | None:
    """Return what is said according to a source, behind it or before it."""
    if reading.words[sentence.first].key in _LEADS and found.first - sentence.first <= 3:
        return _sentence_before(reading, sentence)
    for place in range(name.last, min(sentence.last, name.last + _FAR)):
        mark = reading.opened_before(place)
        speech = mark is not None and reading.is_speech(mark)
        near = place == name.last and is_particle(reading, place)
        if speech or near or reading.words[place].key.startswith("فان"):
            return reported(reading, place, found, sentence, later)
    if found.first - sentence.first > 3:
        within = sentence.last - name.last > 2 and not reading.paused(name.last)
        return _around(reading, found, sentence, sentence.last if within else found.first)
    for place in range(name.last, sentence.last):
        if reading.paused(place) and sentence.last - place > 2:
            return reported(reading, place, found, sentence, later)
    return None


def _around(reading: Reading, found: Found, sentence: Span, last: int) -> Content:
    """Return a sentence up to its source, or all of it where the source stands inside."""
    if last == found.first:
        last -= reading.words[found.first - 1].key in _LEADS
    start, end = reading.words[sentence.first].start, reading.words[last - 1].end
    return Content(start, end, sentence.first, direct=False)


def _sentence_before(reading: Reading, sentence: Span) -> Content | None:
    for earlier in reading.sentences:
        if earlier.last == sentence.first:
            start, end = reading.words[earlier.first].start, reading.words[earlier.last - 1].end
            return Content(start, end, earlier.first, direct=False)
    return None
