"""The lists of words in cues.toml, as keys."""

from __future__ import annotations

from functools import cache

from syriatopics.arabic import key, variant_table
from syriatopics.lexicons import load
from syriatopics.lexicons.schema import WordGroup

__all__ = [
    "group",
    "honorifics",
    "openings",
    "participles",
    "single",
    "starts_with_any",
    "verbal_noun",
    "with_pronoun",
]


@cache
def group(name: str) -> frozenset[tuple[str, ...]]:
    """Return the words of a group of cues.toml as keys, each entry a tuple of words."""
    fold = variant_table()
    words: WordGroup = getattr(load("cues"), name)
    return frozenset(tuple(fold(key(part)) for part in word.split()) for word in words.words)


@cache
def single(*names: str) -> frozenset[str]:
    """Return the one-word entries of groups of cues.toml together, as keys."""
    return frozenset(entry[0] for name in names for entry in group(name) if len(entry) == 1)


@cache
def openings(name: str) -> frozenset[str]:
    """Return the first words of the entries of a group of cues.toml, as keys."""
    return frozenset(entry[0] for entry in group(name))


@cache
def _verbal_nouns() -> frozenset[str]:
    words = single("verbal_nouns")
    # A noun in ة writes ت before what is joined to it: مسؤوليته.
    stems = {word[:-1] + "ت" if word.endswith("ه") else word for word in words}
    return words | {
        stem + ending for stem in stems for ending in ("ه", "ها", "هم", "هما", "نا", "ي")
    }


@cache
def participles() -> frozenset[str]:
    """Return the keys of the participles that say something: مؤكدا، داعين."""
    fold = variant_table()
    forms = [form for cue in load("cues").cue if cue.position == "before" for form in cue.forms]
    return frozenset(fold(key(form)) for form in forms if " " not in form)


def verbal_noun(word: str) -> bool:
    """Say whether a key is a verbal noun that tells what is said: وصول، انسحابها، مسؤوليته."""
    return word in _verbal_nouns()


@cache
def with_pronoun() -> frozenset[str]:
    """Prepositions with a pronoun: خلالهما، عنها، لديهم; never part of a name."""
    fold = variant_table()
    stems = (
        "خلال", "عن", "في", "من", "مع", "ل", "ب", "علي", "الي", "عند", "لدي", "بين", "حول", "ضد", "تجاه",
        "امام", "بعد", "قبل", "دون", "نحو", "ضمن", "وراء", "اثناء", "بحق",
    )  # fmt: skip
    joined = {
        fold(key(stem + end)) for stem in stems for end in ("ه", "ها", "هما", "هم", "هن", "نا")
    }
    joined |= {word + end for word in honorifics() for end in ("ه", "ها", "هما", "هم")}  # معاليه
    return frozenset(joined - {"الينا"})  # the name


@cache
def honorifics() -> frozenset[str]:
    """Return the words of respect before a title, with the ت that a pronoun wants: سعادت."""
    words = single("honorifics")
    return words | {word[:-1] + "ت" for word in words if word.endswith("ه")}


def starts_with_any(name: str, keys: list[str]) -> int:
    """Return how many words of `keys` an entry of the group covers at their head, 0 for none."""
    if not keys or keys[0] not in openings(name):
        return 0
    lengths = range(1, min(3, len(keys)) + 1)
    return max((n for n in lengths if tuple(keys[:n]) in group(name)), default=0)
