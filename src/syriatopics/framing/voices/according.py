"""Sources: who is named behind بحسب، وفق، نقلا عن, who that is, and what is said there."""

from __future__ import annotations

from collections.abc import Sequence

from syriatopics.framing.voices.contents import BEGUN, Content, reported
from syriatopics.framing.voices.cues import Found
from syriatopics.framing.voices.hearers import opens_with_hearer
from syriatopics.framing.voices.openings import FAR
from syriatopics.framing.voices.people import begins_with_name, named_in
from syriatopics.framing.voices.phrases import is_particle, name_after
from syriatopics.framing.voices.reading import Reading, Span
from syriatopics.framing.voices.speakers import Speaker, Speakers
from syriatopics.framing.voices.titles import bare, personal, titled
from syriatopics.framing.voices.wordlists import single, verbal_noun

__all__ = ["content_of_source", "source_name", "speaker_of_source"]


def source_name(reading: Reading, found: Found, sentence: Span) -> Span | None:
    """Return the words that name a source (بحسب فلان), None where it is nobody (وفق القانون)."""
    first = found.last
    held = reading.words[found.last - 1].key.removeprefix("ل").removeprefix("حسب")
    if found.last - found.first > 1 and titled([held]):
        first = found.last - 1  # وفقا لوكالة: the cue holds the first word of the name
    spoken = first < sentence.last and reading.words[first].key in single("speech")
    first += spoken
    if held in _WHAT:
        behind = [word.key for word in reading.words[first + 1 : first + 5]]
        first += 1  # وفقا لما بثته قناة فلان: a verb that is in no list
        if not (titled(behind) or begins_with_name(behind)):
            return None  # وفقا لما يظهر
    name = name_after(reading, first, sentence.last)
    end = name.last
    if (
        "نقل" in reading.words[found.last - 1].key
        and end + 1 < sentence.last
        and reading.words[end].key == "عن"
    ):
        relayed = name_after(reading, end + 1, sentence.last)  # حسبما نقلت الوكالة عن مصدر
        name = relayed if relayed.last > relayed.first else name
    if name.last == name.first or reading.paused(name.first):
        return None
    if found.cue.lemma == "بزعم" and verbal_noun(reading.words[first].key):  # بزعم استهداف
        return None
    keys = [word.key for word in reading.words[name.first : name.last]]
    bare = [_without_lam(keys[0]), *keys[1:]]
    if {keys[0], bare[0]} & single("no_source"):
        return None
    known = named_in(bare) or named_in(keys) or titled(keys) or titled(bare)
    return name if known or bare[0] in single("quantifiers") or len(keys) > 1 or spoken else None


def speaker_of_source(reading: Reading, name: Span, stop: int, speakers: Speakers) -> Speaker:
    """Identify a source; the ل of وفقا لفلان is no part of the name."""
    keys = [word.key for word in reading.words[name.first : name.last]]
    written = reading.slice(name.first, name.last)
    kept = begins_with_name(keys) is not None and keys[0].startswith("ل")
    own = kept and begins_with_name([_without_lam(keys[0]), *keys[1:]]) is None
    if keys[0].startswith("ل") and not own:
        written = "ال" + written[2:] if keys[0].startswith("لل") else written[1:]
    return speakers.identify(written, reading.slice(name.last, stop), _gender(keys))


def _gender(keys: Sequence[str]) -> str:
    """Return the gender by which a verb would agree with a source, where its first word shows it."""
    head = _without_lam(keys[0])
    if head.endswith(("ون", "ين")) or head in single("quantifiers"):
        return ""
    if head.endswith(("ه", "ات")) or bare(head) in single("many_sources"):  # وكالة، مصادر
        return "f"
    return "m" if personal([head, *keys[1:]]) else ""


def _without_lam(word: str) -> str:
    if word.startswith("لل") and len(word) > 4:
        return "ال" + word[2:]
    return word.removeprefix("ل") if len(word) > 3 else word


_WHAT = frozenset(("ما",))


def content_of_source(
    reading: Reading, found: Found, name: Span, sentence: Span, later: Sequence[Found]
) -> Content | None:
    """Return what is said according to a source, behind it or before it."""
    if reading.words[sentence.first].key in single("leads") and found.first - sentence.first <= 3:
        return _sentence_before(reading, sentence)
    if found.first == sentence.first and found.cue.lemma.startswith("كما"):
        return reported(reading, name.last, found, sentence, later)
    relays = found.form.startswith(("نقل", "تنقل", "ينقل"))  # ونقلت عن فلان، وهو …، أنه
    hanging = {f.first for f in later if f.is_participle and f.cue.lemma != "قوله"}
    for place in range(name.last, min(sentence.last, name.last + FAR)):
        mark = reading.opened_before(place)
        speech = mark is not None and reading.is_speech(mark)
        near = place == name.last or (reading.paused(place) and relays)
        near = near and is_particle(reading, place)
        if place in hanging:
            break  # انتقد الوزير، وفقا لوكالة، …، قائلا: «…»
        if speech or near or reading.words[place].key.startswith("فان"):
            return reported(reading, place, found, sentence, later)
    opens = reading.words[found.first].key.startswith("ف") and reading.paused(found.first)
    if found.first - sentence.first > 3 and not opens:
        within = sentence.last - name.last > 2 and not reading.paused(name.last)
        within = within and not opens_with_hearer(reading, name.last)
        within = within and reading.words[name.last].key not in single("relatives")
        begun = not reading.paused(found.first) and found.first - sentence.first < BEGUN
        within = within or (begun and sentence.last - name.last > 3)
        return _around(reading, found, sentence, sentence.last if within else found.first)
    for place in range(name.last, sentence.last):
        if reading.paused(place) and sentence.last - place > 2:
            return reported(reading, place, found, sentence, later)
    return None


def _around(reading: Reading, found: Found, sentence: Span, last: int) -> Content:
    """Return a sentence up to its source, or all of it where the source stands inside."""
    if last == found.first:
        last -= reading.words[found.first - 1].key in single("leads")
    start, end = reading.words[sentence.first].start, reading.words[last - 1].end
    return Content(start, end, sentence.first, direct=False)


def _sentence_before(reading: Reading, sentence: Span) -> Content | None:
    earlier = reading.before(sentence)
    if earlier is None:
        return None
    start, end = reading.words[earlier.first].start, reading.words[earlier.last - 1].end
    return Content(start, end, earlier.first, direct=False)
