"""Who says it: from the words around a cue to a speaker."""

from __future__ import annotations

from syriatopics.arabic import key
from syriatopics.framing.voices.before import is_nominal, name_before
from syriatopics.framing.voices.cues import WITH_OBJECT, Found, keeps_name_back
from syriatopics.framing.voices.people import begins_with_name, reads_as_name
from syriatopics.framing.voices.phrases import is_particle, name_after, particle_before
from syriatopics.framing.voices.reading import Reading, Span
from syriatopics.framing.voices.relaying import in_document, in_statement, quoted_from, relayed_by
from syriatopics.framing.voices.speakers import Speaker, Speakers
from syriatopics.framing.voices.subjects import (
    acts,
    are_people,
    can_speak,
    is_thing,
    main_subject,
    subject_of,
)
from syriatopics.framing.voices.titles import personal, titled
from syriatopics.framing.voices.wordlists import single

__all__ = ["is_passive", "speaker_of_verb"]


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
    if found.is_participle or key(found.form.split()[0]) in single("hanging"):
        return _hanging(reading, found, sentence, subject, speakers)
    if stop >= sentence.last or found.cue.addressed or found.cue.lemma in WITH_OBJECT:
        name = subject_of(reading, name, found.cue.addressed)
    name = quoted_from(reading, found, name, stop)
    if is_passive(reading, found):
        return None
    therein = found.last < len(reading.words) and reading.words[found.last].key in single("therein")
    if therein and name.last <= name.first:  # but قال فيه الرئيس has a subject
        whose = in_statement(reading, found, sentence, speakers)
        if whose is not None:
            return whose
    many = reading.words[found.first].key.endswith("وا")  # a verb before its subject is singular
    behind = name.last > name.first and not many and not _is_oblique(reading, name)
    behind = behind and not _is_addressed(reading, found, name, speakers)
    before = name_before(reading, found, sentence.first)
    own = behind and (reading.paused(found.first) or _in_relative(reading, found))
    own = own or (behind and name.last == stop and _is_somebody(reading, found, name))
    if behind and before is not None and reading.opened_before(before.first) is not None:
        own = own or reading.marked[before.last - 1] >= 0  # «سوريا خضراء» تقول فلانة
    if before is not None and not own:
        return _apposed(reading, found, before, speakers)
    if behind:
        beside = stop > name.last and not keeps_name_back(reading, name.last)
        context = reading.slice(name.last, stop) if beside else ""
        free = _are_many(reading.words[name.first].key)
        person = speakers.identify(reading.slice(*name), context, "" if free else gender)
        if can_speak(reading, found, name, stop, person, speakers):
            return person
        if is_thing(reading.words[name.first].key) or reading.words[name.first].key == "اي":
            return None  # وأكدت الفحوص أن
    document = in_document(reading, found, sentence, speakers)
    if document is not None:
        return document
    told = _told_of_first(reading, found, sentence, speakers)
    if told is not None:
        return told
    if _of_another(reading, found, stop) or _is_impersonal(reading, found, sentence):
        return None
    relative = found.first and reading.words[found.first - 1].key in single("relatives")
    if relative and subject is None:  # ناقش الرئيس خيارات بشأن سوريا التي هدد بضربها
        acting = main_subject(reading, sentence, found.first, speakers, _verbs(reading, sentence))
        return acting or speakers.again(gender)
    agrees = subject is not None and subject.gender in ("", gender)
    if agrees:
        return subject
    if _is_pronoun(reading, found):
        acting = main_subject(reading, sentence, found.first, speakers, _verbs(reading, sentence))
        if acting is not None and found.first - sentence.first > _CLAUSE:
            return acting  # لم ترد إسرائيل على التقارير، لكنها قالت
        return _mentioned(reading, found, sentence, speakers) or subject or speakers.again(gender)
    if found.first - sentence.first <= 2:
        return speakers.again(gender)
    tense = found.first and reading.words[found.first - 1].key in ("قد", "لقد")
    goes_on = found.bound or tense  # in معظمهم يتوقع أن the verb has a subject that is not read
    opening = reading.words[sentence.first].key.removeprefix("و")
    if goes_on and not behind and opening in single("prepositions", "stops"):
        return speakers.again(gender)  # وعن وضع الحزب، أشار إلى
    opened = goes_on or (stop < len(reading.words) and is_particle(reading, stop))
    verbs = _verbs(reading, sentence)
    who = main_subject(reading, sentence, found.first, speakers, verbs) if opened else None
    return who or (speakers.again(gender) if found.cue.lemma in ("قال", "أضاف") else None)


def _is_oblique(reading: Reading, name: Span) -> bool:
    """Say whether words are no subject by their ending: تحث فيها المدنيين على."""
    keys = [word.key for word in reading.words[name.first : name.last]]
    word = keys[0]
    many = word.startswith("ال") and word.endswith("ين") and len(word) > 6
    return many and not titled(keys) and begins_with_name(keys) is None


def is_passive(reading: Reading, found: Found) -> bool:
    """Say whether a verb leaves unsaid who speaks: أفيد بأن; ذُكر أن, where the vowel is written."""
    word = reading.words[found.first]
    begin = reading.text[word.start : word.end].removeprefix("و")[:3]
    bare = word.key.removeprefix("و")
    vowel = "\u064f" in begin and (bare[0] not in "يتم" or bare in single("impersonal"))
    return found.cue.lemma in ("أفيد", "قيل") or vowel


def _is_somebody(reading: Reading, found: Found, name: Span) -> bool:
    """Say whether those behind a verb that takes no object say it: في خطوة رأى كثيرون أنها."""
    keys = [word.key for word in reading.words[name.first : name.last]]
    known = keys[0] in single("quantifiers") or titled(keys) or begins_with_name(keys)
    return bool(known) and not (found.cue.addressed or found.cue.lemma in WITH_OBJECT)


def _told_of_first(
    reading: Reading, found: Found, sentence: Span, speakers: Speakers
) -> Speaker | None:
    """Return who stands at the head of a sentence that tells more of them: فلان، الذي …، كتب أن."""
    if found.proclitic or not reading.paused(found.first):
        return None
    name = name_after(reading, sentence.first, found.first)
    if name.last in (name.first, found.first) or not reading.paused(name.last):
        return None
    if reading.words[name.last].key not in single("relatives"):
        return None
    if reads_as_name([word.key for word in reading.words[name.first : name.last]]):
        return speakers.identify(reading.slice(*name))
    return main_subject(reading, sentence, found.first, speakers, 0)


def _in_relative(reading: Reading, found: Found) -> bool:
    """Say whether a verb in a relative clause has a subject of its own: الحزب الذي يخشى كثيرون أن."""
    before = reading.words[found.first - 1].key if found.first else ""
    objects = found.cue.addressed or found.cue.lemma in WITH_OBJECT
    pointed = reading.words[found.first].key.endswith(("ه", "ها", "هم"))  # التي تصفها أنقرة
    differs = (before, found.gender) in (("الذي", "f"), ("التي", "m"))
    return before in single("relatives") and (pointed or differs or not objects)


def _are_many(word: str) -> bool:
    """Say whether a subject may be many, so that what hangs on it need not agree with its verb."""
    word = word.removeprefix("و")
    many = word.isdigit() or are_people(word) or word in single("quantifiers")
    return many or (len(word) > 5 and word.endswith(("ون", "ين", "ات")))


def _of_another(reading: Reading, found: Found, stop: int) -> bool:
    """Say whether a verb without a subject of its own tells of something (القصف يهدد بتشريد الآلاف).

    Inside a clause the word before it is what it tells of; in the present tense behind a comma too,
    unless it has an أن.
    """
    lemma, first = found.cue.lemma, found.first
    if not first or found.proclitic or lemma in _PLAIN:
        return False
    opened = stop < len(reading.words) and is_particle(reading, stop)
    if reading.paused(first):
        return not opened and reading.words[first].key[0] in "يت" and lemma in _TELLS
    before = reading.words[first - 1].key
    free = single("relatives", "pronouns", "particles", "stops")
    return not (found.bound or opened or before in free | {"ثم", "قد", "لقد", "كان", "كانت", "و"})


def _verbs(reading: Reading, sentence: Span) -> int:
    """Return how many words at the head of a sentence stand before the subject of its verb."""
    return 1 + (reading.words[sentence.first].key.removeprefix("و") in single("before_verbs"))


# A clause with a verb and a subject of its own has so many words.
_CLAUSE = 3


def _is_impersonal(reading: Reading, found: Found, sentence: Span) -> bool:
    """Say whether nobody is meant: ويتوقع أن، ويعتقد أن, at the head of a sentence."""
    word = reading.words[found.first].key.removeprefix("و")
    return found.first == sentence.first and word in single("impersonal")


# What a thing can do as well: القصف يهدد، التقدم يعد بحل.
_TELLS = frozenset(("هدد", "وعد", "طالب", "دعا", "أثبت", "أظهر", "كشف", "عبر", "دل"))
_PLAIN = frozenset(("قال", "أضاف", "صرح", "كتب", "غرد", "أجاب", "رد", "علق"))


def _is_addressed(reading: Reading, found: Found, name: Span, speakers: Speakers) -> bool:
    """Say whether the words behind a verb are its object: ودعا المجتمع الدولي إلى, of a speaker known."""
    keys: list[str | None] = [word.key for word in reading.words[name.first : name.last]]
    last = speakers.last
    pointed = reading.words[found.first].key.endswith(("ه", "ها", "هم"))  # التي تتهمها أنقرة
    if found.cue.addressed and not found.proclitic and not pointed and _is_pronoun(reading, found):
        return True  # إلا أنه دعا الإدارة إلى
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
    earlier = reading.before(sentence)
    if earlier is None or reading.cues_in(*earlier):
        return None
    for place in range(*earlier):
        keys = [word.key for word in reading.words[place : place + 6]]
        name = begins_with_name(keys)
        if titled(keys) or (name is not None and name.kind == "person"):
            span = name_after(reading, place, found.first)
            if span.last > span.first:
                return speakers.identify(reading.slice(*span), "", found.gender)
    return None


def _hanging(
    reading: Reading, found: Found, sentence: Span, subject: Speaker | None, speakers: Speakers
) -> Speaker | None:
    """Return the subject on which a participle hangs, or for whom an excuse is given."""
    gender = found.gender if found.is_participle else ""
    source = relayed_by(reading, found, sentence) if found.cue.lemma == "قوله" else None
    if source is not None:
        return speakers.identify(reading.slice(*source), "", gender)
    if subject is not None and (not gender or subject.gender in ("", gender)):
        return subject
    begin = particle_before(reading, sentence.first, found.first)
    acting = main_subject(reading, sentence, found.first, speakers, _verbs(reading, sentence))
    agrees = acting is not None and acting.gender in ("", gender)
    if acting is not None and (acting.resolved != subject.resolved if subject else agrees):
        return acting  # انتقد الوزير، وفقا لوكالة، …، قائلا
    own = _of_clause(reading, found, sentence, speakers) if subject is None else None
    if own is not None:
        return own
    for first in dict.fromkeys((begin, sentence.first)):
        for place in range(first, found.first):
            keys = [word.key for word in reading.words[place : place + 4]]
            name = begins_with_name(keys)
            if name is not None and (name.kind != "place" or acts(reading, first, place)):
                return speakers.identify(name.ar, "", gender)
    return (
        subject
        or speakers.again(gender)
        or main_subject(reading, sentence, found.first, speakers, 0)
    )


def _of_clause(
    reading: Reading, found: Found, sentence: Span, speakers: Speakers
) -> Speaker | None:
    """Return the subject of the clause before a participle: بعد تصريحات الرئيس، رد البيت الأبيض، مؤكدا."""
    closed = single("prepositions", "stops", "relatives", "when")
    for place in range(found.first - 2, sentence.first, -1):
        if not reading.paused(place):
            continue
        word = reading.words[place].key
        if word in closed or is_nominal(reading, place, found.first):
            return None
        return main_subject(reading, Span(place, sentence.last), found.first, speakers, 1)
    return None
