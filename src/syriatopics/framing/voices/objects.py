"""Where what a verb says begins without أن: a preposition, a verbal noun, a claim that is denied."""

from __future__ import annotations

from syriatopics.framing.voices.cues import Found, takes
from syriatopics.framing.voices.people import begins_with_name, name_ending, reads_as_name
from syriatopics.framing.voices.reading import Reading
from syriatopics.framing.voices.titles import bare, is_deputy, titled
from syriatopics.framing.voices.wordlists import single, verbal_noun

__all__ = ["begins_said"]

# A subject has no more words before what it says.
_LONGEST = 12


def begins_said(reading: Reading, found: Found, first: int, place: int) -> bool:
    """Say whether what a verb says begins at a place without أن.

    With its preposition (دعا الأطراف إلى), with a verbal noun (أعلنت الوزارة وصول قافلة), with the
    claim that is denied (نفى الأنباء).

    Parameters
    ----------
    reading, found
    first : int
        Where the subject of the verb begins, if it has one behind it.
    place : int
    """
    word = reading.words[place].key
    if takes(found, word):
        return not _of_title(reading, first, place)
    if found.cue.denies and word in single("claims"):
        before = reading.words[place - 1].key if place > first else ""
        return bare(before) not in single("bodies")  # وكالات أنباء
    if not found.cue.nominal or not _is_object(reading, found, first, place):
        return False
    called_for = found.cue.act == "directive" and word.startswith("ال") and verbal_noun(word[2:])
    return verbal_noun(word) or called_for


def _of_title(reading: Reading, first: int, place: int) -> bool:
    """Say whether a preposition belongs to what stands around it, not to the verb."""
    keys = [word.key for word in reading.words[first : place + 4]]
    here = place - first
    following = keys[here + 1] if here + 1 < len(keys) else ""
    aside = keys[here] in ("علي", "الي", "عن", "من") and following in single("venues")
    if aside and not (keys[here] == "عن" and here):
        return True  # أكد على هامش اجتماع, but كشف مصدر عن اجتماع
    if not here:
        return False
    if keys[here] == "من" and keys[here - 1] in single("quantifiers"):
        return True
    name = begins_with_name(keys[here + 1 :])
    return titled(keys[:here]) in _SENT and name is not None and name.kind == "place"


_SENT = frozenset(("envoy", "ambassador", "special representative", "permanent representative"))


def _is_object(reading: Reading, found: Found, first: int, place: int) -> bool:
    """Say whether a verbal noun is the object of a verb: what stands before it is complete."""
    word = reading.words[place].key
    apart = single("prepositions", "stops")
    if place == first:  # أعلن تنظيم “جيش الإسلام”: a body is no verbal noun
        verbal = found.is_participle or found.bound or found.is_told(reading)
        return verbal and word not in single("bodies")
    if reading.paused(place):
        aside = next(n for n in range(first + 1, place + 1) if reading.paused(n))
        timed = aside < place and reading.words[aside].key in apart  # ، مساء الأحد،
        told = aside < place and reading.words[aside].key in single("relatives")
        longest = 2 * _LONGEST if told else _LONGEST  # نفت روسيا، التي …، تورطها
        return (timed or word not in single("also_verbs")) and place - first <= longest
    keys: list[str | None] = [word.key for word in reading.words[first:place]]
    before = keys[-1] or ""
    if not apart.isdisjoint(keys) and {word[:-1], word[:-2]} & single("also_verbs"):
        return False  # في اجتماع عقده التحالف
    if before in single("prepositions") or is_deputy(before):
        return False
    if before in single("nationalities", "alone", "venues"):
        return True
    if (
        before.startswith(("ال", "لل", "بال", "وال"))
        or before.endswith(("اني", "يا"))
        or before in ("امس", "سابق", "لاحق")  # أعلن في وقت سابق إدانة الاتفاق
    ):
        return True
    head = (keys[0] or "").removeprefix("و")
    if (
        head in ("مصدر", "مصادر")
        or head.endswith("ون")
        or (head in single("quantifiers") and len(keys) > 1)
    ):
        return True
    return name_ending(keys) is not None or (len(keys) > 1 and reads_as_name(keys))
