"""What is said: where the content of a cue begins and ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from syriatopics.framing.voices.cues import WITH_OBJECT, Found, takes
from syriatopics.framing.voices.marks import Mark
from syriatopics.framing.voices.openings import NEAR, opening
from syriatopics.framing.voices.people import begins_with_name, head_length, is_definite
from syriatopics.framing.voices.phrases import is_particle, name_after, turn_at
from syriatopics.framing.voices.reading import Reading, Span
from syriatopics.framing.voices.subjects import subject_of
from syriatopics.framing.voices.titles import titled
from syriatopics.framing.voices.wordlists import single

__all__ = ["BEGUN", "Content", "content_of_noun", "content_of_verb", "marked_before", "reported"]

# Words in marks that make up so much of what is said are all of it: the quotation is direct.
_FEW, _WHOLE, _NEARLY = 0.3, 0.75, 0.85
# A sentence that has hardly begun where its source stands goes on behind it: من بينها وفق فلان، 77 حالة.
BEGUN = 6
# So many words may stand between أن and them: فإنه حتى «لو …».
_ASIDES = 3


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
    considered = (
        found.cue.lemma in _DESCRIBES[2:] and place is not None and is_particle(reading, place)
    )
    described = found.cue.lemma in _DESCRIBES and not considered  # اعتبر أن says it all
    said = _described(reading, found, place, sentence, later) if described else None
    if said is not None:
        return said
    if place is not None:
        return reported(reading, place, found, sentence, later)
    before = marked_before(reading, found)
    if before is not None:
        return before
    plain = _plainly(reading, found, sentence)
    if plain is not None:
        return reported(reading, plain, found, sentence, later)
    return _inverted(reading, found, sentence)


# Verbs by which somebody says what something is: what is said begins with the thing.
_DESCRIBES = ("وصف", "واصفا", "اعتبر", "معتبرا")


def _described(
    reading: Reading, found: Found, place: int | None, sentence: Span, later: Sequence[Found]
) -> Content | None:
    """Return what a verb describes, from the thing on: وصف الرئيس [الوضع بالخطير], معتبرة [الخطوة متهورة]."""
    thing = found.last if found.is_participle else None
    if thing is None and place is not None:
        name = name_after(reading, found.last, sentence.last, found)
        begun = min(subject_of(reading, name, addressed=False).last, place)
        thing = next(
            (n for n in range(place - 1, begun - 1, -1) if _begins_thing(reading, n, begun)), None
        )
    if (
        thing is None
        or not thing < sentence.last
        or reading.words[thing].key in single("prepositions")
    ):
        return None
    said = reported(reading, thing if place is None else place, found, sentence, later)
    if said is None or (
        found.is_participle and (not reading.paused(found.first) or reading.paused(thing))
    ):
        return None
    return said._replace(start=reading.words[thing].start, direct=False)


def _begins_thing(reading: Reading, place: int, begun: int) -> bool:
    """Say whether a word begins what is described: it stands behind the subject, with the article."""
    word, before = reading.words[place].key, reading.words[place - 1].key
    opens = place == begun or reading.paused(place) or before in single("stops")
    keys = [word.key for word in reading.words[place : place + 4]]
    thing = is_definite(word) or word in ("هذا", "هذه", "ذلك")
    return opens and thing and not titled(keys) and begins_with_name(keys) is None


def _inverted(reading: Reading, found: Found, sentence: Span) -> Content | None:
    """Return a sentence that ends with who says it: الوضع صعب للغاية، يقول فلان."""
    first = found.first
    if found.cue.lemma != "قال" or found.proclitic or not reading.paused(first):
        return None
    if reading.cues_in(sentence.first, first):
        return None
    name = name_after(reading, found.last, sentence.last, found)
    if first - sentence.first < BEGUN or name.last == name.first or name.last < sentence.last:
        return None
    start, end = reading.words[sentence.first].start, reading.words[first - 1].end
    return Content(start, end, first, direct=False)


def _plainly(reading: Reading, found: Found, sentence: Span) -> int | None:
    """Return where speech begins that nothing opens: وقال الأسد طالما أن …, at the head of a sentence."""
    if found.cue.lemma not in ("قال", "أضاف") or found.first - sentence.first > 1:
        return None
    name = name_after(reading, found.last, sentence.last, found)
    keys: list[str | None] = [word.key for word in reading.words[name.first : name.last]]
    place = name.last if head_length(keys) else found.last
    if place == found.last and found.cue.lemma == "قال":
        return None
    here = reading.words[place].key if place < sentence.last else ""
    closed = here in single("prepositions", "venues", "relatives")
    closed = closed or (here in single("stops") and here not in single("openers"))
    short = sentence.last - place < _PLAINLY or reading.paused(place) or here.startswith(("ل", "ب"))
    return None if short or closed or any(here == w + e for w in _WITH for e in _ENDS) else place


# Words behind which a plain verb may speak on, and how many words it must say then.
_PLAINLY = 7
_WITH, _ENDS = ("في", "عن", "ل", "الي", "علي"), ("ه", "ها", "هم")


def marked_before(reading: Reading, found: Found) -> Content | None:
    """Return what stands in marks right before a verb: «لن نتراجع»، قال فلان."""
    first = found.first
    if first and reading.words[first - 1].key in ("هكذا", "كما", "بهذا"):
        first -= 1
    mark = reading.mark_at(reading.words[first].start)
    if mark is None or mark.end > reading.words[first].start:
        return None
    words = reading.words_of(mark)
    if words.last != first or reading.text[mark.end : reading.words[first].start].strip(" ،,-–—\n"):
        return None
    opens = not words.first or reading.paused(words.first)
    long = reading.is_speech(mark) or (words.last - words.first > 1 and opens)
    return Content(mark.first, mark.last, found.first, direct=True) if long else None


def reported(
    reading: Reading, place: int, found: Found, sentence: Span, later: Sequence[Found]
) -> Content | None:
    """Return the content that is opened by the word at `place`."""
    mark = reading.opened_before(place)
    if mark is not None and (reading.is_speech(mark) or not is_particle(reading, place)):
        return Content(mark.first, mark.last, place, direct=True)
    last = _end(reading, place, found, sentence, later)
    if last <= place:
        return None
    inside = place
    while inside < last and (
        is_particle(reading, inside) or takes(found, reading.words[inside].key)
    ):
        inside += 1
    for near in range(inside, min(inside + _ASIDES, last)) if place < inside else ():
        inner = reading.opened_before(near)
        if inner is not None and _is_all(reading, inner, inside, near, last):
            return Content(inner.first, inner.last, place, direct=True)
    colon = ":" in reading.words[place].gap and not is_particle(reading, place)
    return Content(reading.words[place].start, reading.words[last - 1].end, place, direct=colon)


def _is_all(reading: Reading, mark: Mark, first: int, near: int, last: int) -> bool:
    """Say whether marked words are all of what is said: nearly so, or nothing else is marked."""
    words = reading.words_of(mark)
    share = (words.last - words.first) / (last - first)
    if share < _FEW and not reading.paused(words.last):
        return False  # إنها «لن تنتظر أياما» حتى وصول الوفد إلى المحادثات
    if near > first:  # فإنه حتى «لو …»: something stands before them
        return share >= _NEARLY and reading.is_speech(mark)
    alone = max(reading.marked[words.last : last], default=-1) < 0
    return share >= _WHOLE or (reading.is_speech(mark) and alone)


def _end(reading: Reading, start: int, found: Found, sentence: Span, later: Sequence[Found]) -> int:
    """Return the word behind the last one of reported speech."""
    ends = [sentence.last]
    words = reading.words
    for place in range(start + 2, sentence.last - 1):
        word = words[place].key
        if word == "وذلك" and words[place + 1].key in single("asides"):
            ends.append(place)
            break
        turns = word in single("turns") and turn_at(reading, place)
        told = word == "في" and words[place + 1].key == "اشاره"  # the outlet says what is meant
        if (turns or told) and reading.paused(place):
            ends.append(place)
            break
    if found.cue.lemma in WITH_OBJECT and not is_particle(reading, start):
        ends += [n for n in range(start + 1, sentence.last) if reading.paused(n)][:1]
    for number, cue in enumerate(later):
        if cue.first - NEAR >= min(ends):
            break  # a turn stands so far before its verb at most
        if cue.first <= start + (not reading.paused(start + 1)):
            continue  # نفت ضلوعها، مؤكدة: one word may be all
        if found.cue.kind == "noun" and cue.cue.kind == "verb" and reading.paused(cue.first):
            ends.append(cue.first)  # بعد تصريحات الرئيس أن …، رد البيت الأبيض
        last = cue.cue.kind == "source" and reading.paused(cue.first)
        if (
            last
            or cue.cue.kind == "tail"
            or (
                cue.is_participle
                and cue.gender in (found.gender, "")
                and not found.is_participle
                and _says(reading, cue, sentence, later[number + 1 :])
            )
        ):
            ends.append(cue.first)
        elif cue.cue.kind == "verb" and not cue.is_participle:
            turned = cue.first if cue.bound else _objection(reading, cue.first, start)
            if turned and (
                opening(reading, cue, sentence, later[number + 1 :]) is not None
                or (not cue.bound and _denies(reading, cue))
            ):
                ends.append(_clause(reading, turned, start) if cue.bound else turned)
        elif cue.is_participle and found.is_participle:
            ends.append(cue.first)
    return min(ends)


def _says(reading: Reading, found: Found, sentence: Span, later: Sequence[Found]) -> bool:
    """Say whether a participle goes on with what is said: not يعطي مبررا للحكومة."""
    return reading.paused(found.first) or opening(reading, found, sentence, later) is not None


def _objection(reading: Reading, place: int, start: int) -> int:
    """Return where others are set against a speaker before their verb: ، ولكن السكان يقولون, or 0."""
    for back in range(place - 1, max(start + 2, place - NEAR), -1):
        if reading.words[back].key in ("لكن", "ولكن") and reading.paused(back):
            return back
    return 0


def _denies(reading: Reading, cue: Found) -> bool:
    """Say whether others only deny what was said: لكن متحدثا باسم القوات نفى ذلك."""
    behind = reading.words[cue.last].key if cue.last < len(reading.words) else ""
    return cue.cue.denies and behind in ("ذلك", "هذا", "هذه", "الامر")


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
            said = reported(reading, place, found, sentence, later)
            pauses = (n for n in range(place + 2, sentence.last) if reading.paused(n))
            if said is None or said.direct or not _is_aside(reading, found):
                return said
            end = reading.words[next(pauses, sentence.last) - 1].end
            return said._replace(end=min(said.end, end))
    return None


def _is_aside(reading: Reading, found: Found) -> bool:
    """Say whether a noun of speech stands in what only leads up to a sentence: رغم تأكيد موسكو أن …، فإن."""
    before = [word.key for word in reading.words[max(0, found.first - 4) : found.first]]
    before += [word.removeprefix("و") for word in before]
    return not single("leading").isdisjoint(before)
