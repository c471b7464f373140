"""Who stands before a verb: a name, the head of a relative clause, the nameless whom a verb describes."""

from __future__ import annotations

from syriatopics.framing.voices.cues import Found
from syriatopics.framing.voices.people import (
    begins_with_name,
    is_definite,
    reads_as_name,
)
from syriatopics.framing.voices.phrases import LONGEST, name_after, particle_before
from syriatopics.framing.voices.reading import Reading, Span
from syriatopics.framing.voices.titles import bare as without_article
from syriatopics.framing.voices.titles import personal, titled
from syriatopics.framing.voices.wordlists import (
    honorifics,
    single,
    with_pronoun,
)

__all__ = ["is_nominal", "name_before"]


# A verb that does not agree with its antecedent has another subject: الجماعة التي قال إنها.
_OTHERS = frozenset((("الذي", "f"), ("الذي", "p"), ("التي", "m")))


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
        told = (before, found.gender) not in _OTHERS
        return _antecedent(reading, first, last - 1) if told else None
    if found.proclitic or {before, before.removeprefix("و")} & single("pronouns"):
        return None
    described = _described(reading, first, last)
    if described is not None:
        return described
    begin = particle_before(reading, first, last)
    was = [
        n
        for n in range(max(begin, last - LONGEST), last)
        if reading.words[n].key in single("was")
        and (not n or reading.words[n - 1].key not in single("relatives"))
    ]
    while last > begin and reading.words[last - 1].key in single("tense"):
        last -= 1
    behind = bool(was and was[-1] < last)  # كان الوزير قال; but الوزير كان قال
    begun = was[-1] if behind else begin
    while begun < last and reading.words[begun].key in single("tense"):
        begun += 1
    begin = begun if begun < last else begin
    while begin + 1 < last and reading.words[begin].key in honorifics():
        begin += 1
    if (
        begin >= last
        or last - begin > LONGEST
        or not (is_nominal(reading, begin, last) or (behind and _names_somebody(reading, begin)))
    ):
        return None
    keys = [word.key for word in reading.words[begin:last]]
    if "قد" in keys:  # وكان الاتحاد قد أصدر بيانا، أكد فيه
        return Span(begin, begin + keys.index("قد"))
    return (
        Span(begin, last) if single("relatives").isdisjoint(keys) else _head(reading, begin, last)
    )


def _described(reading: Reading, first: int, last: int) -> Span | None:
    """Return the nameless whom a verb describes: على تقارير تؤكد، على مسؤولين أتراك انتقدوا."""
    leading = single("prepositions", "leading")
    for place in range(last - 1, max(first, last - 4), -1):
        keys = [word.key for word in reading.words[place:last]]
        before = reading.words[place - 1].key
        if any(reading.paused(n) for n in range(place, last + 1)):
            return None
        if {before, before.removeprefix("و")} & leading:
            nameless = titled(keys) and not is_definite(keys[0]) and not begins_with_name(keys)
            return Span(place, last) if nameless and keys[0] not in single("venues") else None
    return None


def _names_somebody(reading: Reading, place: int) -> bool:
    """Say whether a word behind كان may be a name that no lexicon knows: وكان بيكير أعلن."""
    word = reading.words[place].key
    closed = single("stops", "prepositions", "venues", "relatives")
    return word not in closed and word not in with_pronoun() and reads_as_name([word])


def _head(reading: Reading, first: int, last: int) -> Span | None:
    """Return the name with which words begin that tell more of it: داعش التي أصدرت بيانا أعلنت."""
    name = name_after(reading, first, last)
    return name if name.last > name.first else None


def is_nominal(reading: Reading, first: int, last: int) -> bool:
    """Say whether words begin as a name does, not as a verb or a preposition."""
    keys = [word.key for word in reading.words[first:last]]
    head = keys[0]
    bare = head[1:] if head[0] == "و" else head
    if bare in single("joining") or {head, bare} & single("stops"):
        return False
    mark = reading.opened_before(first)
    if mark is not None and not reading.is_speech(mark) and reading.words_of(mark).last == last:
        return True  # «لوفيغارو» تقول
    if without_article(bare) in single("bodies"):
        return True
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
    while begin > first and last - begin < LONGEST and not reading.paused(begin):
        begin -= 1
    away = [n + 1 for n in range(begin, last) if reading.words[n].key in single("away")]
    for place in (*range(max(away, default=begin), last), *range(begin, last)):
        keys = [word.key for word in reading.words[place:last]]
        if personal(keys) or keys[0] in single("quantifiers"):
            return Span(place, last)
        known = (
            titled(keys) or begins_with_name(keys) or without_article(keys[0]) in single("bodies")
        )
        if known and single("prepositions").isdisjoint(
            keys
        ):  # الشرطة تعرفت على مشتبه به … الذي قال
            return Span(place, last)
    return None
