"""Who says it: from the words around a cue to a speaker."""

from __future__ import annotations

from syriatopics.framing.voices.cues import Found, single
from syriatopics.framing.voices.people import begins_with_name, named_in, personal, titled
from syriatopics.framing.voices.phrases import name_after, name_before, particle_before
from syriatopics.framing.voices.reading import Reading, Span
from syriatopics.framing.voices.speakers import Speaker, Speakers
from syriatopics.framing.voices.subjects import acts, can_speak, is_thing, main_subject, subject_of

__all__ = ["speaker_of_verb"]


# Verbs by which a paper passes on what others say, and how far on their name may stand.
_RELAYS = ("نقل", "أورد")
_RELAYED = 14


def speaker_of_verb(
    reading: Reading,
    found: Found,
    name: Span,
    stop: int,
    sentence: Span,
    subject: Speaker | None,
    speakers: Speakers,
) -> Speaker | None:
    """Return who is the subject of a verb of speech, None if nobody can be made out.

    Parameters
    ----------
    reading, found
    name : Span
        The words that stand where a subject would, behind the verb.
    stop : int
        The word with which the content begins.
    sentence : Span
    subject : Speaker or None
        The last subject of a verb of speech in this sentence.
    speakers : Speakers
    """
    gender = found.gender
    if found.is_participle or found.form.startswith(("ب", "تحت")):
        return _hanging(reading, found, sentence, subject, speakers)
    if stop >= sentence.last or found.cue.addressed:
        name = subject_of(reading, name)
    name = _quoted_from(reading, found, name, stop)
    behind = name.last > name.first and not _is_addressed(reading, found, name, speakers)
    before = name_before(reading, found, sentence.first)
    if before is not None and not (behind and reading.paused(found.first)):
        return _apposed(reading, found, before, speakers)
    if behind:
        context = reading.slice(name.last, stop) if stop > name.last else ""
        person = speakers.identify(reading.slice(*name), context, gender)
        if can_speak(reading, found, name, stop, person, speakers):
            return person
        if is_thing(reading.words[name.first].key):
            return None  # وأكدت الفحوص أن
    document = _document(reading, found, sentence, speakers)
    if document is not None:
        return document
    if found.last < len(reading.words) and reading.words[found.last].key in _THEREIN:
        return _in_statement(reading, found, sentence, speakers)
    agrees = subject is not None and subject.gender in ("", gender)
    if agrees:
        return subject
    if _is_pronoun(reading, found):
        return _mentioned(reading, found, sentence, speakers) or subject or speakers.again(gender)
    if found.first - sentence.first <= 2:
        return speakers.again(gender)
    tense = found.first and reading.words[found.first - 1].key in ("قد", "لقد")
    goes_on = found.bound or tense  # in معظمهم يتوقع أن the verb has a subject that is not read
    who = main_subject(reading, sentence, found, speakers, 1) if goes_on else None
    return who or (speakers.again(gender) if found.cue.lemma in ("قال", "أضاف") else None)


def _quoted_from(reading: Reading, found: Found, name: Span, stop: int) -> Span:
    """Return whom an agency quotes (نقلت الوكالة عن مصدر), or the name as it is."""
    if found.cue.lemma not in _RELAYS:
        return name
    for place in range(found.last, min(stop, found.last + _RELAYED)):
        word = reading.words[place].key
        if word in ("عن", "عمن") and place + 1 < stop:
            source = name_after(reading, place + 1, stop)
            return source if source.last > source.first else name
    return name


def _relayed(reading: Reading, found: Found, sentence: Span) -> Span | None:
    """Return whose saying it is in عن مصدر قوله."""
    for place in range(found.first - 1, max(sentence.first, found.first - _RELAYED), -1):
        if reading.words[place].key == "عن":
            source = name_after(reading, place + 1, found.first)
            return source if source.last > source.first else None
    return None


def _is_addressed(reading: Reading, found: Found, name: Span, speakers: Speakers) -> bool:
    """Say whether the words behind a verb are its object: ودعا المجتمع الدولي إلى, of a speaker known."""
    keys: list[str | None] = [word.key for word in reading.words[name.first : name.last]]
    last = speakers.last
    if not found.cue.addressed or not found.proclitic or last is None or not keys:
        return False
    if last.gender not in ("", found.gender) or personal(keys):
        return False
    known = begins_with_name(keys)  # ودعا واشنطن: the verb is not hers
    return known is None or (known.kind == "place" and found.gender == "m")


def _apposed(reading: Reading, found: Found, name: Span, speakers: Speakers) -> Speaker | None:
    """Identify a name before its verb; behind a comma in it stands an apposition."""
    cut = next((n for n in range(name.first + 1, name.last) if reading.paused(n)), name.last)
    first = Span(name.first, cut)
    written = reading.slice(first.first, first.last)
    if reading.words[first.first].key in single("speech"):
        written = reading.slice(first.first + 1, first.last) or written
    person = speakers.identify(written, reading.slice(cut, name.last), found.gender)
    return person if can_speak(reading, found, first, name.last, person, speakers) else None


def _is_pronoun(reading: Reading, found: Found) -> bool:
    before = reading.words[found.first - 1].key if found.first else ""
    return bool({before, before.removeprefix("و")} & single("pronouns"))


def _mentioned(
    reading: Reading, found: Found, sentence: Span, speakers: Speakers
) -> Speaker | None:
    """Return whom the sentence before names first, where a pronoun goes back to it (ولكنه قال)."""
    earlier = [s for s in reading.sentences if s.last == sentence.first]
    if not earlier or any(f.first in range(*earlier[0]) for f in reading.cues):
        return None
    for place in range(*earlier[0]):
        keys = [word.key for word in reading.words[place : place + 6]]
        name = begins_with_name(keys)
        if titled(keys) or (name is not None and name.kind == "person"):
            span = name_after(reading, place, found.first)
            if span.last > span.first:
                return speakers.identify(reading.slice(*span), "", found.gender)
    return None


_THEREIN = frozenset(("فيه", "فيها", "خلاله", "خلالها"))


def _in_statement(
    reading: Reading, found: Found, sentence: Span, speakers: Speakers
) -> Speaker | None:
    """Return whose statement it is in تصريحات لفلان، قال فيها."""
    for place in range(found.first - 1, sentence.first - 1, -1):
        if reading.words[place].key in single("speech") | single("venues"):
            name = name_after(reading, place + 1, found.first)
            context = reading.slice(name.last, found.first)
            return (
                speakers.identify(reading.slice(*name), context) if name.last > name.first else None
            )
    return None


def _document(reading: Reading, found: Found, sentence: Span, speakers: Speakers) -> Speaker | None:
    """Return the speaker of وفي حديث لفلان، أشار and of وفي تقرير لمركز، تطرق."""
    for place in range(sentence.first, found.first):
        if reading.words[place].key not in single("venues") or reading.paused(place):
            continue
        end = next((n for n in range(place + 1, found.first) if reading.paused(n)), found.first)
        keys = [word.key for word in reading.words[place:end]]
        person = named_in([key.removeprefix("ل") for key in keys[1:]])
        if person is not None and person.kind == "person":
            return speakers.identify(person.ar, "", found.gender)
        if titled(keys) and len(keys) > 1 and keys[1].startswith("ل"):
            return speakers.identify(reading.slice(place, end), "", found.gender)
    return None


def _hanging(
    reading: Reading, found: Found, sentence: Span, subject: Speaker | None, speakers: Speakers
) -> Speaker | None:
    """Return the subject on which a participle hangs, or for whom an excuse is given."""
    gender = found.gender if found.is_participle else ""
    source = _relayed(reading, found, sentence) if found.cue.lemma == "قوله" else None
    if source is not None:
        return speakers.identify(reading.slice(*source), "", gender)
    if subject is not None and (not gender or subject.gender in ("", gender)):
        return subject
    begin = particle_before(reading, sentence.first, found.first)
    for first in dict.fromkeys((begin, sentence.first)):
        for place in range(first, found.first):
            keys = [word.key for word in reading.words[place : place + 4]]
            name = begins_with_name(keys)
            if name is not None and (name.kind != "place" or acts(reading, first, place)):
                return speakers.identify(name.ar, "", gender)
    return subject or speakers.again(gender) or main_subject(reading, sentence, found, speakers, 0)
