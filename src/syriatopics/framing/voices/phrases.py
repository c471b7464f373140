"""The words around a cue: where a speaker's name begins and ends."""

from __future__ import annotations

from syriatopics.framing.voices.cues import Found, keeps_name_back
from syriatopics.framing.voices.hearers import is_hearer, opens_with_hearer
from syriatopics.framing.voices.marks import Mark
from syriatopics.framing.voices.objects import begins_said
from syriatopics.framing.voices.people import (
    begins_with_name,
    is_definite,
    name_beside,
    name_ending,
    reads_as_name,
)
from syriatopics.framing.voices.reading import Reading, Span
from syriatopics.framing.voices.titles import bare as without_article
from syriatopics.framing.voices.titles import personal, titled
from syriatopics.framing.voices.wordlists import (
    honorifics,
    openings,
    single,
    starts_with_any,
    verbal_noun,
    with_pronoun,
)

__all__ = ["is_particle", "name_after", "particle_before", "turn_at"]

LONGEST = 16


def is_particle(reading: Reading, place: int) -> bool:
    """Say whether a word opens a reported clause (إن, and أن but for دون أن and the like)."""
    if reading.words[place].key not in single("particles"):
        return False
    before = reading.words[place - 1].key if place else ""
    bare = before[1:] if before[:1] in ("و", "ف") else before
    return reading.paused(place) or not ({before, bare} & single("blockers"))


def turn_at(reading: Reading, place: int) -> int:
    """Return how many words of a turn (لكن، في حين، من جهته) stand at `place`, 0 for none."""
    word = reading.words[place].key
    if word[:1] != "و" and word not in openings("changes"):
        return 0
    keys = [word.key for word in reading.words[place : place + 3]]
    found = starts_with_any("changes", keys)
    if found or word[:1] != "و":
        return found
    return starts_with_any("changes", [keys[0][1:], *keys[1:]])


def name_after(reading: Reading, first: int, stop: int, found: Found | None = None) -> Span:
    """Return the words that name a speaker from `first` on, up to `stop`; empty if none do.

    A name ends at punctuation, at a preposition or a time, or where it is complete: behind
    a title a preposition goes on with it (المتحدث باسم البعثة لدى الأمم المتحدة), behind a
    person's name it does not. What the cue `found` says is no part of it.
    """
    if first < stop and reading.words[first].key in with_pronoun():
        first += 1  # قال لنا رجال الشرطة
    first = _behind_asides(reading, first, stop)
    if found is not None and first + 1 < stop and reading.words[first].key in single("speech"):
        first += 1  # أشارت تصريحات الرئيس
    last = first
    while last < min(stop, first + LONGEST):
        mark = reading.opened_before(last)
        if mark is not None and _is_name(reading, first, last, mark):
            last = reading.words_of(mark).last  # a name in marks: “أناتولي أنتونوف”
            continue
        if reading.paused(last) or mark is not None or _ends_name(reading, first, last):
            break
        if found is not None and last == first and opens_with_hearer(reading, last):
            break  # وذكرت لقناة فلان أن
        if found is not None and begins_said(reading, found, first, last):
            break
        if found is not None and found.cue.lemma == "طلب" and reading.words[last].key == "من":
            break  # طلبت السلطات من واشنطن
        last += 1
    return Span(first, min(last, max(stop, first)))


def _behind_asides(reading: Reading, first: int, stop: int) -> int:
    """Return where a name begins behind an adverb (حذرت مجددا إسرائيل) or a word of respect."""
    place = first
    while place + 1 < stop and _is_adverb(reading.words[place].key):
        place += 1
        if reading.paused(place):
            return first
    if place > first:
        keys = [word.key for word in reading.words[place : place + 4]]
        head = without_article(keys[0])
        known = titled(keys) or begins_with_name(keys) or head in single("bodies")
        first = place if known and keys[0] not in single("venues") else first
    while first + 1 < stop and reading.words[first].key in honorifics():
        first += 1
    return first


def _is_adverb(word: str) -> bool:
    return word in single("stops") and word not in single("prepositions")


def _is_name(reading: Reading, first: int, place: int, mark: Mark) -> bool:
    """Say whether words in marks belong to a name (وكالة "سانا"): not what somebody says in short."""
    if any(sign in reading.words[place].gap for sign in "،,:;؛."):
        return False
    if reading.is_speech(mark):
        return place > first and _bears_name(reading, place, mark)
    inside = reading.words_of(mark)
    if place == first or inside.last - inside.first < 2:
        return True
    before = reading.words[place - 1].key
    held = before.removeprefix("ل")
    inner: list[str | None] = [word.key for word in reading.words[inside.first : inside.last]]
    if personal([held]):
        return reads_as_name(inner) or begins_with_name(inner) is not None
    known = begins_with_name(inner) is not None
    return bool(titled([held])) or without_article(held) in single("bodies") or known


def _bears_name(reading: Reading, place: int, mark: Mark) -> bool:
    """Say whether many words in marks are the name of a body: قالت مجموعة «العمل من أجل فلسطين» إن."""
    body, behind = reading.words[place - 1].key, reading.words_of(mark).last
    opened = behind < len(reading.words) and is_particle(reading, behind)
    return opened and body.removeprefix("ل") in single("bodies")


def _ends_name(reading: Reading, first: int, place: int) -> bool:
    word = reading.words[place].key
    begun = place > first
    if (
        is_particle(reading, place)
        or word in single("relatives")
        or (len(word) == 1 and not word.isdigit())
    ):
        return True
    if (
        word == "عن"
        and begun
        and reading.words[place - 1].key in ("المسؤول", "مسؤول", "المسؤولة", "مسؤولون")
    ):
        return False
    if word in single("stops") and not reading.is_ali(place):
        return True
    if keeps_name_back(reading, place):
        return True  # مصدر طلب عدم ذكر اسمه
    if word in with_pronoun() or (begun and _breaks_off(reading, first, place)):
        return True
    if not begun and (word.startswith("بال") or (word[0] == "ب" and verbal_noun(word[1:]))):
        return True  # بالقول, بانسحاب: the verb has no subject of its own
    if begun and {word[:-1], word[:-2]} & single("venues") and word.endswith(("ه", "ها", "هم")):
        return True  # ختمت الشبكة تقريرها
    if (
        begun
        and word in single("venues")
        and (word.endswith("ا") or _is_handed_over(reading, first, place))
    ):
        return True  # أصدر الجيش بيانا، وجهت المحامية رسالة
    if word in single("venues") and not begun:
        return not titled([w.key for w in reading.words[place : place + 4]])
    following = reading.words[place + 1].key if place + 1 < len(reading.words) else ""
    if word in ("عام", "سنه") and following.isdigit():
        return True
    if word in single("joining"):
        if begun and place in reading.verbs:
            return True  # الوزير في تعليقه على
        if word == "من" and begun and reading.words[place - 1].key in single("quantifiers"):
            return False
        if place == first + 1 and (word == "في" or _is_surname(reading.words[first].key)):
            alone = not _may_go_on(reading.words[first].key)
            if alone or _is_surname(reading.words[first].key):
                return True  # انتقد قطان من يحاولون، يؤكد ياسودا في الشريط
        opens = following in single("particles") or following in single("venues")
        opens = opens or following in single("documents")
        return not begun or opens or _has_person(reading, first, place)
    if word.startswith("ل") and (word[1:] in single("venues") or word in single("venues")):
        return True
    if begun and word.startswith("ل") and is_hearer(reading, place):
        return True  # هيثم الحسيني لسانا
    if word.startswith("ل") and begun and _has_person(reading, first, place):
        return word.startswith("لل") or begins_with_name([word[1:], following]) is not None
    return begun and place in reading.verbs


def _is_handed_over(reading: Reading, first: int, place: int) -> bool:
    """Say whether a statement or a letter is what somebody gives out: وجه الوزير سامر حيدر رسالة."""
    before, word = reading.words[place - 1].key, reading.words[place].key
    keys = [word.key for word in reading.words[first:place]]
    named = is_definite(before) or (len(keys) > 2 and bool(personal(keys)) and is_definite(keys[0]))
    closed = single("prepositions", "bodies")
    return named and not is_definite(word) and before not in closed


def _breaks_off(reading: Reading, first: int, place: int) -> bool:
    """Say whether a name has ended before a word that goes on with another thing.

    What is said or done (كرر القائد تحذيرات واشنطن), who is spoken of (وصف ماكرون نظيره), a clause
    (صناع القرار هو), a comparison (تقارير أكثر من), this or that (الأسد هذا الشهر).
    """
    word, before = reading.words[place].key, reading.words[place - 1].key
    following = reading.words[place + 1].key if place + 1 < len(reading.words) else ""
    described = word.endswith("ا") and following.endswith("ا") and len(word) > 4
    if described and begins_with_name([word]) is None:
        return True  # نشرت كندة توضيحا هاما
    if place == first + 1 and _is_surname(before) and _is_object(word):
        return True
    if word[0] == "ب" and verbal_noun(word[1:]) and before.startswith("ال"):
        return True  # رحب الوزراء بعودة
    if word in ("هذا", "هذه", "ذلك"):
        return (
            is_definite(before) or before.endswith("ون") or not titled([before])
        )  # زعيم هذه العصابة
    if word in single("clauses") or word in single("speech"):
        return True
    if word.startswith("نظير") and word.endswith(("ه", "ها", "هما", "هم")):
        return True
    if verbal_noun(word) and word not in single("bodies"):
        return before in single("nationalities") or (is_definite(before) and not titled([before]))
    if word[0] in "واب" or word in single("nationalities"):
        return False
    keys: list[str | None] = [w.key for w in reading.words[max(first, place - 4) : place]]
    person = name_ending(keys)
    if person is None or person.kind != "person":
        return False
    longer = name_ending([*keys, word])
    return not titled([w.key for w in reading.words[place : place + 3]]) and longer is None


def _is_surname(word: str) -> bool:
    """Say whether a word may name somebody alone: no article, no title, no body, nobody known."""
    closed = single("bodies", "quantifiers", "others")
    if titled([word]) or titled([word.removesuffix("ان")]) or begins_with_name([word]):
        return False
    return word not in closed and reads_as_name([word])


def _may_go_on(word: str) -> bool:
    """Say whether a word may have a place behind it: المتحدث في, مصدران في, السفارة في."""
    head = without_article(word)
    known = titled([word]) or titled([word.removesuffix("ان")]) or head in single("bodies")
    return bool(known) or word in single("quantifiers") or is_definite(word) or word.endswith("ون")


def _is_object(word: str) -> bool:
    """Say whether a word behind a surname is what is spoken of: أبدى توز أسفه، اتهم باول بعض الموظفين."""
    return word in single("quantifiers") or (verbal_noun(word) and word.endswith(("ه", "ها", "هم")))


def _has_person(reading: Reading, first: int, last: int) -> bool:
    """Say whether words are complete with a person's name: a name, or a title and a name."""
    keys: list[str | None] = [word.key for word in reading.words[first:last]]
    known = begins_with_name(keys)
    return (known is not None and known.kind == "person") or name_beside(
        keys, unknown=False
    ) is not None


def particle_before(reading: Reading, first: int, place: int) -> int:
    """Return the place behind the last particle or turn (لكن، في حين) before `place`, or `first`."""
    begin = first
    for n in range(first, place):
        turned = turn_at(reading, n)
        if turned:
            begin = max(begin, n + turned)
        elif reading.words[n].key in single("particles", "when"):
            begin = n + 1
    return min(begin, place)


# Behind them stands another than before them: حصل السفير على الشريط من الوزير الذي قال.
