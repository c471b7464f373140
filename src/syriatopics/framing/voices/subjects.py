"""Who can be the subject of a verb of speech: somebody, and not what is shown, done or called for."""

from __future__ import annotations

from syriatopics.arabic import clean
from syriatopics.framing.voices.cues import Found, single, verbal_noun
from syriatopics.framing.voices.people import bare as bare_word
from syriatopics.framing.voices.people import (
    begins_with_name,
    head_length,
    is_definite,
    name_ending,
    personal,
    reads_as_name,
    titled,
)
from syriatopics.framing.voices.phrases import is_particle, name_after
from syriatopics.framing.voices.reading import Reading, Span
from syriatopics.framing.voices.speakers import Speaker, Speakers

__all__ = ["acts", "can_speak", "is_thing", "main_subject", "subject_of"]

# Only somebody does this; figures point to something, and confirm it.
_ALWAYS_SAID = frozenset(
    (
        "قال",
        "أفاد",
        "أعلن",
        "صرح",
        "حذر",
        "نفى",
        "دعا",
        "حث",
        "ناشد",
        "طالب",
        "اتهم",
        "تعهد",
        "وعد",
        "هدد",
    )
)


def can_speak(
    reading: Reading, found: Found, name: Span, stop: int, person: Speaker, speakers: Speakers
) -> bool:
    """Say whether a subject is somebody: the figures point to it, the talks confirm it are not."""
    keys = [word.key for word in reading.words[name.first : name.last]]
    bare = [keys[0].removeprefix("و"), *keys[1:]]
    if (
        person.role
        or person.resolved != " ".join(clean(person.written).split())
        or titled(bare)
        or bare[0] in single("quantifiers")
        or begins_with_name(bare)
        or speakers.knows(person)
        or set(keys[1:]) & single("nationalities")  # المخابرات الأمريكية
    ):
        return True
    if is_thing(keys[0]):
        return False
    if found.cue.lemma in _ALWAYS_SAID and keys[0] not in ("هذا", "هذه", "ذلك", "تلك", "ما"):
        return True
    if bare_word(bare[0]) in single("bodies") or (len(bare) > 1 and reads_as_name(bare)):
        return True
    if keys[0] in ("هذا", "هذه", "ذلك", "تلك", "ما") or keys[0].endswith(("ه", "ها", "هم")):
        return False
    # What stands between قال and إن is who said it; what stands before على may be anything.
    opened = stop < len(reading.words) and (
        is_particle(reading, stop) or ":" in reading.words[stop].gap or reading.opened_before(stop)
    )
    return bool(opened)


def is_thing(word: str) -> bool:
    """Say whether a word is no speaker: results, pictures, what is done."""
    word = word.removeprefix("و")
    return word in single("things") or verbal_noun(word)


def main_subject(
    reading: Reading, sentence: Span, found: Found, speakers: Speakers, verbs: int
) -> Speaker | None:
    """Return the subject of a sentence, behind its first verb or at its head, where it is somebody."""
    span = name_after(reading, sentence.first + verbs, found.first)
    if span.last == span.first:
        return None
    keys = [word.key for word in reading.words[span.first : span.last]]
    if titled(keys) or keys[0] in single("quantifiers") or begins_with_name(keys):
        context = reading.slice(span.last, found.first)
        return speakers.identify(reading.slice(span.first, span.last), context, "")
    return None


def acts(reading: Reading, first: int, place: int) -> bool:
    """Say whether a place stands for its government: the subject of a clause, and no dateline."""
    before = reading.words[place - 1].key if place else ""
    after = reading.words[place + 1].gap if place + 1 < len(reading.words) else ""
    dateline = not place and any(sign in after for sign in "ـ-–—(:،/")
    return place - first <= 1 and before not in single("prepositions") and not dateline


def subject_of(reading: Reading, name: Span) -> Span:
    """Return the subject of a verb without its object: المبعوث in دعا المبعوث الأطراف إلى."""
    if name.last - name.first < 2:
        return name
    keys: list[str | None] = [word.key for word in reading.words[name.first : name.last]]
    begin = max(head_length(keys), 1)
    for place in range(begin, len(keys)):
        word, before = keys[place] or "", keys[place - 1] or ""
        described = word in single("adjectives") | single("nationalities") or word.endswith(
            ("ي", "يه")
        )
        complete = is_definite(before) or name_ending(keys[:place]) is not None
        known = word[0] not in "لبو" and begins_with_name(keys[place:]) is not None
        other = known or (word.startswith("ال") and is_definite(word))
        other = other or word in single("bodies") or (titled([word]) != "" and not personal([word]))
        if complete and other and not described:
            return Span(name.first, name.first + place)
    return name
