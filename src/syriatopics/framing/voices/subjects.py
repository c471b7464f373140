"""Who can be the subject of a verb of speech: somebody, and not what is shown, done or called for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from syriatopics.arabic import clean
from syriatopics.framing.voices.cues import WITH_OBJECT, Found
from syriatopics.framing.voices.people import (
    begins_with_name,
    head_length,
    is_definite,
    name_ending,
    reads_as_name,
)
from syriatopics.framing.voices.phrases import is_particle, name_after, turn_at
from syriatopics.framing.voices.reading import Reading, Span
from syriatopics.framing.voices.speakers import Speaker, Speakers
from syriatopics.framing.voices.titles import bare as bare_word
from syriatopics.framing.voices.titles import personal, titled
from syriatopics.framing.voices.wordlists import single, verbal_noun

__all__ = ["acts", "are_people", "can_speak", "is_thing", "main_subject", "subject_of"]

# Only somebody does this; figures point to something, and confirm it.
_ALWAYS_SAID = frozenset((
    "قال", "أفاد", "أعلن", "صرح", "حذر", "نفى", "دعا", "حث", "ناشد", "طالب", "اتهم", "تعهد", "وعد", "هدد",
    "أضاف", "أوضح", "ختم", "أعرب", "استدرك",
))  # fmt: skip
# The form of a verbal noun, without the article: تسويق، تحريض.
_MADE = re.compile("ت[^اوي][^اي]ي[^اويه]")


def can_speak(
    reading: Reading, found: Found, name: Span, stop: int, person: Speaker, speakers: Speakers
) -> bool:
    """Say whether a subject is somebody: the figures point to it, the talks confirm it are not."""
    keys = [word.key for word in reading.words[name.first : name.last]]
    own = bare_word(keys[0]) in single("bodies")  # وفد, وكالة
    bare = keys if own else [keys[0].removeprefix("و"), *keys[1:]]
    if bare[0] in single("quantifiers") and len(keys) > 1 and is_thing(keys[1]):
        return False  # كل المؤشرات
    if (
        person.role
        or person.resolved != " ".join(clean(person.written).split())
        or titled(bare)
        or bare[0] in single("quantifiers")
        or begins_with_name(bare)
        or speakers.knows(person)
    ):
        return True
    if keys[0].isdigit():
        return len(keys) > 1
    if is_thing(keys[0]) or _is_told_of(found, bare):
        return False
    if set(keys[1:]) & single("nationalities"):  # المخابرات الأمريكية
        return True
    if are_people(bare[0]) or (
        found.cue.lemma in _ALWAYS_SAID and keys[0] not in single("pointing")
    ):
        return True
    owned = _owned(reading, name.first)
    stems = {bare[0][:-1], bare[0][:-2], bare[0][:-3]} if owned else set()
    if stems & single("others") or any(personal([stem]) for stem in stems):
        return True  # محاميها، نائبه
    if bare_word(bare[0]) in single("bodies") or (
        reads_as_name(bare) and (len(bare) > 1 or not owned)
    ):
        return True
    if keys[0] in single("pointing") or owned:
        return False
    # What stands between قال and إن is who said it; what stands before على may be anything.
    opened = stop < len(reading.words) and (
        is_particle(reading, stop) or ":" in reading.words[stop].gap or reading.opened_before(stop)
    )
    return bool(opened)


def _owned(reading: Reading, place: int) -> bool:
    """Say whether a pronoun stands on a word (زيارته)."""
    word = reading.words[place]
    own = word.key.startswith("ال") or reading.text[word.end - 1] == "ة"  # المتهم، المنظمة
    return word.key.endswith(("ه", "ها", "هم")) and not own


def _is_told_of(found: Found, keys: list[str]) -> bool:
    """Say whether words are an adverb (أعلن مرارا) or what a verb speaks of (وصف العلاقات)."""
    word = keys[0]
    things = (
        word.endswith("ات") and word.startswith("ال") and bare_word(word) not in single("bodies")
    )
    object_ = (
        things and found.gender == "m" and (found.cue.addressed or found.cue.lemma in WITH_OBJECT)
    )
    return object_ or (len(keys) == 1 and word.endswith("ا") and not word.endswith("ها"))


def are_people(word: str) -> bool:
    """Say whether a word with the article names several people: الوزراء، المفاوضون."""
    plural = word.startswith("ال") and len(word) > 6 and word.endswith("ون")
    return plural or word in single("people")


def is_thing(word: str) -> bool:
    """Say whether a word is no speaker: results, pictures, what is done."""
    word = word.removeprefix("و")
    return word in single("things") or verbal_noun(word) or bool(_MADE.fullmatch(word))


def main_subject(
    reading: Reading, sentence: Span, stop: int, speakers: Speakers, verbs: int, body: bool = False
) -> Speaker | None:
    """Return the subject of a sentence up to `stop`, behind its first verb or at its head, if somebody.

    A body that no lexicon knows by its name counts only with `body`: أصدر الجيش بيانا قال فيه.
    """
    begin = sentence.first + turn_at(reading, sentence.first)
    span = name_after(reading, begin + verbs, stop)
    if span.last == span.first:
        return None
    keys = [word.key for word in reading.words[span.first : span.last]]
    known = titled(keys) != "" or keys[0] in single("quantifiers")
    known = known or begins_with_name(keys) is not None
    known = known or (body and bare_word(keys[0]) in single("bodies"))
    known = known or (verbs == 0 and _with_title(keys))
    if known or (reads_as_name(keys) and speakers.recognises(keys)):
        pauses = (n for n in range(span.last + 1, stop) if reading.paused(n))
        context = reading.slice(span.last, next(pauses, stop))  # what is beside the name
        return speakers.identify(reading.slice(span.first, span.last), context, "")
    return None


def _with_title(keys: Sequence[str]) -> bool:
    """Say whether a name has its title behind it: بريت مكجورك المبعوث الأمريكي."""
    title = next((n for n in range(1, len(keys)) if personal(keys[n:])), 0)
    return bool(title) and is_definite(keys[title]) and reads_as_name(keys[:title])


def acts(reading: Reading, first: int, place: int) -> bool:
    """Say whether a place stands for its government: the subject of a clause, and no dateline."""
    before = reading.words[place - 1].key if place else ""
    after = reading.words[place + 1].gap if place + 1 < len(reading.words) else ""
    dateline = not place and any(sign in after for sign in "ـ-–—(:،/")
    return place - first <= 1 and before not in single("prepositions") and not dateline


def subject_of(reading: Reading, name: Span, addressed: bool) -> Span:
    """Return the subject of a verb without its object: المبعوث in دعا المبعوث الأطراف إلى."""
    if name.last - name.first < 2:
        return name
    keys: list[str | None] = [word.key for word in reading.words[name.first : name.last]]
    begin = max(head_length(keys), 1)
    for place in range(begin, len(keys)):
        word, before = keys[place] or "", keys[place - 1] or ""
        native = place > 1 and before.endswith(("ي", "يه")) and before not in single("bodies")
        described = (
            word.endswith("ون")
            or word in single("adjectives", "nationalities")
            or word.endswith(("ي", "يه"))
        )
        surname = place == 1 and reads_as_name(keys[:1])  # دعا شتوك الدول إلى
        several = (keys[0] or "").removeprefix("و").endswith("ون") and word in single("venues")
        complete = (
            surname
            or several
            or native
            or is_definite(before)
            or name_ending(keys[:place]) is not None
        )
        known = word[0] not in "لبو" and begins_with_name(keys[place:]) is not None
        other = known or several or (word.startswith("ال") and is_definite(word))
        other = other or word in single("quantifiers")  # اتهمت المحكمة أعضاء في الحزب
        other = other or word in single("bodies") or (titled([word]) != "" and not personal([word]))
        named = name_ending(keys[:place])
        nameless = named is None or named.kind != "person"
        if not addressed and nameless and personal(keys[place:]):
            continue  # ممثل فرنسا في قيادة التحالف الجنرال فلان
        if complete and other and not described:
            return Span(name.first, name.first + place)
    return name
