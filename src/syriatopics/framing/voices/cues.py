"""Cues: the verbs and phrases of cues.toml, found in a passage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from syriatopics.arabic import PhraseMatcher, key, name_index, variant_table
from syriatopics.framing.voices.wordlists import (
    group,
    participles,
    single,
    starts_with_any,
    verbal_noun,
    with_pronoun,
)
from syriatopics.lexicons import load
from syriatopics.lexicons.schema import Cue

if TYPE_CHECKING:
    from syriatopics.framing.voices.reading import Reading

__all__ = ["WITH_OBJECT", "Found", "as_verb", "find_cues", "keeps_name_back"]

# Verbs that take a person as object: وصفه، اعتبرها.
WITH_OBJECT = ("وصف", "اعتبر", "سأل")
_OBJECTS = ("ه", "ها", "هم", "نا")
_OPENERS = ("ان", "الي", "علي", "عن", "من", "ب")


class Found(NamedTuple):
    """A cue that stands at words ``first`` to ``last`` (exclusive)."""

    first: int
    last: int
    cue: Cue
    form: str
    bound: bool
    proclitic: bool

    def is_told(self, reading: Reading) -> bool:
        """Say whether a verb stands alone behind what tells its time: كان الرئيس قد قال."""
        before = reading.words[self.first - 1].key if self.first else ""
        return before.removeprefix("و") in ("قد", "لقد")

    @property
    def is_participle(self) -> bool:
        """Whether the cue hangs on a subject named before (قائلا، مضيفا)."""
        return self.cue.kind == "verb" and self.cue.position == "before"

    @property
    def gender(self) -> str:
        """The gender that its subject must have: ``f``, ``m``, ``p`` (plural) or nothing."""
        return _gender(self.cue, self.form.split()[0], self.is_participle)


@lru_cache(maxsize=1 << 12)
def _gender(cue: Cue, form: str, participle: bool) -> str:
    word, forms = key(form), {key(other) for other in cue.forms}
    if word.endswith(("وا", "ون", "ين")):
        return "p"
    two = word.endswith("ا") and not word.endswith(("ها", "هما"))
    if two and word[:-1] in forms and not participle:
        return "p"  # قالا: two
    if participle:
        return "f" if word.endswith("ه") else "m"
    if verbal_noun(word):
        return "f" if word.endswith("ها") else "m"
    # لفت and لفتت, تقول and يقول, but تساءل and يتساءل: not every ت is that of the feminine.
    past = word.endswith("ت") and word + "ت" not in forms
    present = word.startswith("ت") and "ي" + word[1:] in forms and "ي" + word not in forms
    return "f" if past or present else "m"


def as_verb(found: Found) -> Found | None:
    """Return the verb in كما أكد where it goes on (كما أكد أن، كما أشار إلى), not as a source."""
    form = found.form.removeprefix("كما ")
    for cue in _compiled().cues if form != found.form and " " not in form else ():
        if cue.kind == "verb" and form in cue.forms:
            return Found(found.first + 1, found.last, cue, form, bound=True, proclitic=False)
    return None


@dataclass(frozen=True)
class _Compiled:
    matcher: PhraseMatcher[tuple[int, str]]
    cues: tuple[Cue, ...]
    said: frozenset[str]


@cache
def _compiled() -> _Compiled:
    cues = load("cues").cue
    entries: dict[tuple[int, str], list[str]] = {}
    noise: list[str] = []
    for number, cue in enumerate(cues):
        for form in cue.forms:
            entries[number, form] = [form]
            if (cue.addressed or cue.lemma in WITH_OBJECT) and _takes_suffix(cue, form):
                for suffix in _OBJECTS:
                    entries.setdefault((number, form + suffix), [form + suffix])
        noise += cue.also_noise
    fold = variant_table()
    verbs = [fold(key(form)) for cue in cues if cue.kind == "verb" for form in cue.forms]
    said = frozenset(verb + end for verb in verbs for end in ("", "ه", "ها") if " " not in verb)
    return _Compiled(PhraseMatcher(entries, noise, fold=fold), cues, said)


def _takes_suffix(cue: Cue, form: str) -> bool:
    return cue.position == "after" and " " not in form and not form.endswith(("وا", "ون", "ى"))


def find_cues(reading: Reading) -> Iterator[Found]:
    """Yield the cues of a passage, in order.

    A verb takes و and ف only (بحث is no حث). ``bound`` says that it carries one of them, or
    stands at the head of a clause. A verb that is only wished or denied is no speech
    (دون أن يكشف، لم يذكر).
    """
    compiled = _compiled()
    keys = reading.keys
    places = reading.places
    fold = variant_table()
    behind, governed = 0, -1
    for match in compiled.matcher.find(keys):
        number, form = match.id
        cue = compiled.cues[number]
        first, last = places[match.start], places[match.end - 1] + 1
        if first < behind:
            continue
        if cue.kind == "source":
            behind = last = _with_verb(reading, last, compiled.said)
        word = reading.words[first].key
        start = fold(key(form.split()[0]))
        if cue.kind == "verb" and word not in (start, "و" + start, "ف" + start):
            continue
        if cue.kind == "verb" and _is_unreal(reading, first, start):
            continue
        if cue.lemma in WITH_OBJECT and _names_at_distance(reading, first):
            continue
        if "noun too" in cue.note and word == start and _is_noun(reading, first, governed):
            continue
        if "its عن" in cue.note and " " not in form and not _voices(reading, first, last):
            continue
        if keeps_name_back(reading, first) or ("opened" in cue.note and not _opens(reading, last)):
            continue
        if cue.kind == "noun" and word.removeprefix("و").startswith(("ال", "لل", "بال")):
            continue  # الإعلان الدستوري
        if cue.position == "before" and _is_predicate(reading, first):
            continue
        if cue.position == "before" and first and reading.words[first - 1].key.isdigit():
            continue  # 75 متهما
        bound = word != start or not first or reading.paused(first) or _turns(reading, first)
        if cue.kind == "verb" and (cue.nominal or cue.addressed or cue.lemma in WITH_OBJECT):
            governed = first
        yield Found(first, last, cue, form, bound, proclitic=word != start)


def _with_verb(reading: Reading, last: int, said: frozenset[str]) -> int:
    """Return where a source has ended with its verb: بحسب ما ذكرت، وفقا لما أعلنه."""
    words, place = reading.words, last
    place += place < len(words) and words[place].key == "ما"
    told = words[place - 1].key in ("ما", "لما", "حسبما") and place < len(words)
    return place + 1 if told and words[place].key in said else last


def _is_unreal(reading: Reading, first: int, word: str) -> bool:
    before = reading.words[first - 1].key if first and not reading.paused(first) else ""
    return before.lstrip("وف") in ("لم", "لن", "عدم", "دون", "بدون", "غير") or (
        before in ("ان", "بان", "لان", "قد", "وقد", "فقد") and word[0] in "يتن"
    )


def _opens(reading: Reading, place: int) -> bool:
    """Say whether speech begins at a word: behind a colon, in marks, with أن or قائلا."""
    word = reading.words[place] if place < len(reading.words) else None
    said = single("particles") | participles() | single("hanging")
    return word is not None and (
        ":" in word.gap or word.key in said or reading.opened_before(place) is not None
    )


def _voices(reading: Reading, first: int, last: int) -> bool:
    """Say whether عبر is the verb: it opens a clause, and its عن stands in the same one, behind somebody."""
    opens = (
        not first
        or reading.paused(first)
        or reading.words[first].key[0] == "و"
        or _turns(reading, first)
    )
    behind = range(last, min(last + _FAR, len(reading.words)))
    its = next((n for n in behind if reading.words[n].key == "عن"), None)
    if not opens or its is None or its == last or reading.words[its + 1 : its + 2] == []:
        return False
    first_word, next_word = reading.words[last].key, reading.words[its + 1].key
    owned = first_word.endswith(("ه", "ها")) and reading.text[reading.words[last].end - 1] != "ة"
    ended = any("." in reading.words[n].gap for n in range(last, its))
    return not ended and not owned and next_word != "طريق" and first_word not in single("venues")


# So far behind عبر its عن may stand.
_FAR = 14
# So far behind a verb its object may stand: وصف مصدر في الخارجية السورية نقل العناصر.
_OBJECT = 8


def _is_noun(reading: Reading, first: int, governed: int) -> bool:
    """Say whether a verbal noun stands behind what takes one: رفض طلب الوزير، في طلب الوزير.

    Or it is the object of the verb at `governed`, in the same clause.
    """
    if governed >= 0 and 1 < first - governed <= _OBJECT:
        between = range(governed + 1, first + 1)
        closed = single("relatives", "particles", "pronouns")
        keys = {reading.words[n].key for n in between}
        if keys.isdisjoint(closed) and not any(reading.paused(n) for n in between):
            return True
    before = reading.words[first - 1].key if first and not reading.paused(first) else ""
    bare = before.removeprefix("و")
    done = bare in single("copulas") or bare in single("done")
    return before in single("prepositions") or done or verbal_noun(bare)


def _names_at_distance(reading: Reading, first: int) -> bool:
    """Say whether a verb gives something its name: ما وصفه بالمنظمات, which is a mark of distance."""
    before = reading.words[first - 1].key if first else ""
    return before in ("ما", "مما", "بما", "لما", "فيما", "من", "ممن") and not reading.paused(first)


def _is_predicate(reading: Reading, first: int) -> bool:
    """Say whether a participle is what something is: أن يكون القرار معبرا عن."""
    before = [word.key for word in reading.words[max(0, first - 3) : first]]
    before += [word.removeprefix("و") for word in before]
    return not reading.paused(first) and not single("copulas").isdisjoint(before)


def _turns(reading: Reading, first: int) -> bool:
    """Say whether a turn stands right before a word: في حين قال، لكنه أوضح."""
    for back in (1, 2):
        keys = [word.key for word in reading.words[max(first - back, 0) : first]]
        if first >= back and starts_with_any("changes", [keys[0].lstrip("و"), *keys[1:]]) == back:
            return True
    return False


def keeps_name_back(reading: Reading, place: int) -> bool:
    """Say whether words tell only that a speaker stays nameless: طلب عدم ذكر اسمه."""
    word = reading.words[place].key
    if word not in single("withholding") and word.removeprefix("و") not in single("withholding"):
        return False
    behind = [w.key for w in reading.words[place + 1 : place + 1 + _ASIDE]]
    return not single("withheld").isdisjoint(behind)


# So many words behind it stands what is kept back: طلب عدم الكشف عن هويته.
_ASIDE = 5


def opener_inside(found: Found) -> bool:
    """Say whether the cue ends with the word that opens its content (خلص إلى، بين أن)."""
    last = key(found.form.split()[-1])
    return " " in found.form and last in _OPENERS


def takes(found: Found, word: str) -> bool:
    """Say whether a word is the preposition behind which the content of a cue stands."""
    for preposition in found.cue.takes:
        if word == preposition:  # بـ«احتلال»
            return True
        if preposition in ("ب", "ل"):
            own = word in _own_ba() or (preposition == "ل" and word[1:] in _own_ba())
            own = own or word.endswith("ون") or word in with_pronoun()  # بارزون is no genitive
            long = len(word) > 4 or word[1:] in single("verbal_nouns")  # بقصف، بشن, but not بلد
            if word.startswith(preposition) and long and not own:
                return True
        elif word == key(preposition):
            return True
    return False


@cache
def _own_ba() -> frozenset[str]:
    """Words whose ب is their own: names, and what the lexicon calls the end of a name."""
    names = {word for spelling in name_index() for word in spelling.split()}
    stops = {word for n in ("stops", "changes", "venues") for entry in group(n) for word in entry}
    own = (
        "بعدما", "بعد", "بينما", "بين", "بلاده", "بلادها", "بلدان", "باسم", "بيانا", "بيانات", "بدايه",
        "بقيه",
    )  # fmt: skip
    return frozenset(names | stops | set(own))
