"""Sources: who is named behind بحسب، وفق، نقلا عن, and who that is."""

from __future__ import annotations

from syriatopics.framing.voices.cues import Found, single
from syriatopics.framing.voices.people import begins_with_name, named_in
from syriatopics.framing.voices.phrases import name_after
from syriatopics.framing.voices.reading import Reading, Span
from syriatopics.framing.voices.speakers import Speaker, Speakers
from syriatopics.framing.voices.titles import titled

__all__ = ["source_name", "speaker_of_source"]


def source_name(reading: Reading, found: Found, sentence: Span) -> Span | None:
    """Return the words that name a source (بحسب فلان), None where it is nobody (وفق القانون)."""
    first = found.last
    held = reading.words[found.last - 1].key.removeprefix("ل")
    if found.last - found.first > 1 and titled([held]):
        first = found.last - 1  # وفقا لوكالة: the cue holds the first word of the name
    spoken = first < sentence.last and reading.words[first].key in single("speech")
    first += spoken
    name = name_after(reading, first, sentence.last)
    if name.last == name.first or reading.paused(name.first):
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
    context = reading.slice(name.last, stop) if stop > name.last else ""
    return speakers.identify(written, context)


def _without_lam(word: str) -> str:
    if word.startswith("لل") and len(word) > 4:
        return "ال" + word[2:]
    return word.removeprefix("ل") if len(word) > 3 else word
