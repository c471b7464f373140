"""Whose words they are that somebody passes on: an agency, a statement, a report."""

from __future__ import annotations

from syriatopics.framing.voices.cues import Found
from syriatopics.framing.voices.people import begins_with_name, named_in
from syriatopics.framing.voices.phrases import name_after
from syriatopics.framing.voices.reading import Reading, Span
from syriatopics.framing.voices.speakers import Speaker, Speakers
from syriatopics.framing.voices.subjects import main_subject
from syriatopics.framing.voices.titles import titled
from syriatopics.framing.voices.wordlists import single

__all__ = [
    "in_document",
    "in_statement",
    "quoted_from",
    "relayed_by",
]

# Verbs by which a paper passes on what others say, and how far on their name may stand.
_RELAYS = ("نقل", "أورد")
_RELAYED = 14


def quoted_from(reading: Reading, found: Found, name: Span, stop: int) -> Span:
    """Return whom an agency quotes (نقلت الوكالة عن مصدر), or the name as it is."""
    relays = found.cue.lemma in _RELAYS
    for place in range(found.last, min(stop, found.last + _RELAYED)):
        word = reading.words[place].key
        passed = reading.words[place - 1].key == "نقلا" and not reading.paused(place - 1)
        if not relays and not passed:  # ذكرت الوكالة نقلا عن مصدر, but قال فلان، نقلا عن الوكالة
            continue
        if word in ("عن", "عمن") and place + 1 < stop:
            source = name_after(reading, place + 1, stop)
            return source if source.last > source.first else name
    return name


def relayed_by(reading: Reading, found: Found, sentence: Span) -> Span | None:
    """Return whose saying it is in عن مصدر قوله, نسب إلى مصدر قوله."""
    for place in range(found.first - 1, max(sentence.first, found.first - _RELAYED), -1):
        before = [word.key.removeprefix("و") for word in reading.words[max(0, place - 4) : place]]
        to = reading.words[place].key == "الي" and not {"نسب", "نسبت", "نسبوا"}.isdisjoint(before)
        if to or reading.words[place].key == "عن":
            source = name_after(reading, place + 1, found.first)
            return source if source.last > source.first else None
    return None


def in_statement(
    reading: Reading, found: Found, sentence: Span, speakers: Speakers
) -> Speaker | None:
    """Return whose statement it is in تصريحات لفلان، قال فيها."""
    for place in range(found.first - 1, sentence.first - 1, -1):
        if reading.words[place].key in single("speech", "venues"):
            name = name_after(reading, place + 1, found.first)
            if name.last - name.first and reading.words[name.first].key.endswith(("ه", "ها", "هم")):
                name = name_after(reading, place + 2, found.first)  # بيان أصدرته الوزارة وقالت فيه
            context = reading.slice(name.last, found.first)
            keys = [word.key for word in reading.words[name.first : name.last]]
            if keys and (keys[0].startswith("ل") or titled(keys) or begins_with_name(keys)):
                return speakers.identify(reading.slice(*name), context)
            return main_subject(
                reading, sentence, found.first, speakers, 1, body=True
            )  # رد فلان في تغريدة قال فيها
    return None


def in_document(
    reading: Reading, found: Found, sentence: Span, speakers: Speakers
) -> Speaker | None:
    """Return the speaker of وفي حديث لفلان، أشار and of وفي تقرير لمركز، تطرق."""
    for place in range(sentence.first, found.first):
        if reading.words[place].key not in single("venues") or reading.paused(place):
            continue
        if place and reading.words[place - 1].key in ("علي", "من", "عن", "ضد", "مع"):
            continue  # ردت الوحدات على تصريحات فلان وقالت
        end = next((n for n in range(place + 1, found.first) if reading.paused(n)), found.first)
        keys = [word.key for word in reading.words[place:end]]
        person = named_in([key.removeprefix("ل") for key in keys[1:]])
        if person is not None and person.kind == "person":
            return speakers.identify(person.ar, "", found.gender)
        if titled(keys) and len(keys) > 1 and keys[1].startswith("ل"):
            return speakers.identify(reading.slice(place, end), "", found.gender)
    return None
