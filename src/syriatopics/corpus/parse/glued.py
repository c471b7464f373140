"""Words glued together, known by the words of the corpus: ``سابقلنائب`` is سابق + لنائب.

A word is flagged when the corpus has it once or twice, cuts in two at one place into words
that the corpus has often, and cannot be read as an inflected form of a word that the corpus
has. Most rare words are inflected, or names; what is left is nearly always damage.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import product
from math import sqrt

from syriatopics.arabic import align, clean
from syriatopics.arabic.columns import CutTexts
from syriatopics.corpus.parse.damage import GLUED
from syriatopics.records import Article, Flag

__all__ = ["find_glued", "flag_glued"]

_WORD = re.compile("[ء-غف-ي]{2,}")
_RARE = 2
_SHORTEST, _LONGEST = 7, 40
_PART = 3
_STEM = 3
# How often both parts must stand in the corpus: two words in a small one are an accident less
# often than in a large one.
_FLOOR = 2
_PER_ROOT = 0.025
_PER_WORD = 2e-5
# What may be written to the front of a word: an attested part may carry them too.
_PROCLITICS = ("و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل")
_CLITICS_BY_LETTER = {
    letter: tuple(clitic for clitic in _PROCLITICS if clitic[0] == letter)
    for letter in {clitic[0] for clitic in _PROCLITICS}
}
# What inflection puts before and behind a stem. A rare word that is one of these around an
# attested stem is no damage.
_PREFIXES = (
    "", "و", "ف", "ب", "ك", "ل", "س", "أ", "ا", "ال", "وال", "بال", "فال", "كال", "لل", "ولل", "فلل",
    "وب", "ول", "وك", "وس", "فس", "فل", "فب", "وبال", "وكال", "أن", "لي", "لت", "لن",
    "وسي", "وست", "سي", "ست",
)  # fmt: skip
_SUFFIXES = (
    "", "ه", "ها", "هم", "هن", "هما", "ك", "كم", "كما", "نا", "ني", "ي", "ت", "تا", "ا", "ان", "ين", "ون",
    "ات", "وا", "ة", "تين", "تان", "ية", "يا", "وه", "وها", "وهم", "ته", "تها", "تهم", "تهما", "تنا", "ناه",
    "اه", "انه", "انها", "انهم", "ونه", "ونها", "ونهم", "ينه", "يها", "يه", "اته", "اتها", "اتهم", "اتنا",
    "اتي", "اتك", "اتكم", "اتهما", "تي", "تك", "يات", "يان", "يين", "يون", "يو", "ويات", "ائه", "ائها",
    "ائهم", "اء", "ى",
)  # fmt: skip
_PRONOUNS = frozenset(("ه", "ها", "هم", "هن", "هما", "نا", "ك", "كم"))
# Words of two letters that are found glued to a word with the article.
_SHORT = frozenset(("من", "عن", "في"))
# Names that are written together by custom: عبدالرحمن, أبوجودة, نورالدين.
_FIRST_OF_A_NAME = frozenset(
    [
        "عبد",
        "ابو",
        "أبو",
        "ابي",
        "أبي",
        "أبا",
        "ذو",
        "ذي",
        "ابن",
        "بن",
        "بني",
        "آل",
        "أم",
        "بو",
        "سي",
    ]
)
_SECOND_OF_A_NAME = frozenset(["الله", "الدين", "الرحمن", "وهم", "وها", "وهن"])


def find_glued(counts: Mapping[str, int]) -> dict[str, tuple[str, str]]:
    """Find the words of a corpus that are two words glued together.

    Parameters
    ----------
    counts : mapping of str to int
        How often the corpus has each clean word.

    Returns
    -------
    dict of str to (str, str)
        For each glued word, its parts.
    """
    size = sum(counts.values())
    enough = max(_FLOOR, _PER_ROOT * sqrt(size), _PER_WORD * size)
    stems = _stems(counts)
    found = {}
    for word, count in counts.items():
        if count > _RARE or not _SHORTEST <= len(word) <= _LONGEST:
            continue
        parts = _parts(word, counts, stems, enough)
        if parts is not None and not _is_inflected(word, counts):
            found[word] = parts
    return found


def _stems(counts: Mapping[str, int]) -> Counter[str]:
    """Count each word with what may be written to its front."""
    stems = Counter(counts)
    for word, count in counts.items():
        for clitic in _CLITICS_BY_LETTER.get(word[0], ()):
            if word.startswith(clitic):
                stems[word[len(clitic) :]] += count
    return stems


def _parts(
    word: str, counts: Mapping[str, int], stems: Mapping[str, int], enough: float
) -> tuple[str, str] | None:
    """Return the most frequent two words that a word cuts into, or None."""
    best: tuple[int, str, str] | None = None
    for place in range(_PART - 1, len(word) - _PART + 1):
        first, second = word[:place], word[place:]
        if place < _PART and not (first in _SHORT and second.startswith("ال")):
            continue
        often = _attested(first, counts, stems)
        if often < enough or first in _FIRST_OF_A_NAME or second in _SECOND_OF_A_NAME:
            continue
        often = min(often, _attested(second, counts, stems))
        if often >= enough and (best is None or often > best[0]):
            best = often, first, second
    return best[1:] if best else None


def _attested(part: str, counts: Mapping[str, int], stems: Mapping[str, int]) -> int:
    """Count a word with what may be written to its front; a short one counts as it stands."""
    if len(part) <= _PART:
        return counts.get(part, 0)
    often = stems.get(part, 0)
    if part[0] in "لبوف" and len(part) > _PART + 1:
        often = max(often, stems.get(part[1:], 0))
    return often


def _is_inflected(word: str, counts: Mapping[str, int]) -> bool:
    """Say whether a word is a stem of the corpus with what inflection adds."""
    prefixes = [prefix for prefix in _PREFIXES if word.startswith(prefix)]
    suffixes = [suffix for suffix in _SUFFIXES if word.endswith(suffix)]
    for prefix, suffix in product(prefixes, suffixes):
        stem = word[len(prefix) : len(word) - len(suffix)]
        if len(stem) < _STEM or stem == word:
            continue
        if stem in counts:
            return True
        if suffix in _PRONOUNS and stem.endswith("ت") and stem[:-1] + "ة" in counts:
            return True
    return False


def flag_glued(articles: Sequence[Article]) -> list[Article]:
    """Return the articles with their glued words flagged.

    Parameters
    ----------
    articles : sequence of Article

    Returns
    -------
    list of Article
        In the order given.
    """
    cut = CutTexts(article.raw for article in articles)
    counts: Counter[str] = Counter()
    within = {word: _WORD.findall(word) for word in cut.counts}  # no run reaches across words
    for word, count in cut.counts.items():
        for run in within[word]:
            counts[run] += count
    glued = find_glued(counts).keys()
    looked_for = {word for word, runs in within.items() if not glued.isdisjoint(runs)}
    flagged = list(articles)
    for place in cut.holding(looked_for):
        flagged[place] = _flagged(articles[place], glued)
    return flagged


def _flagged(article: Article, glued: Set[str]) -> Article:
    words = glued & set(_WORD.findall(clean(article.raw)))
    known = sorted((flag.start, flag.end) for flag in article.flags)
    flags = [flag for flag in _flags(article, words) if not _inside(flag.start, flag.end, known)]
    return replace(article, flags=tuple(sorted([*article.flags, *flags]))) if flags else article


def _flags(article: Article, words: Iterable[str]) -> Iterator[Flag]:
    cleaned, starts, ends = align(article.raw)
    body = article.body_spans
    for match in _WORD.finditer(cleaned):
        start, end = starts[match.start()], ends[match.end() - 1]
        if match.group() in words and _inside(start, start + 1, body):
            yield Flag(start, end, GLUED, match.group())


def _inside(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Say whether a stretch overlaps one of the ordered `spans`, which do not overlap."""
    place = bisect_left(spans, end, key=lambda span: span[0])
    return place > 0 and spans[place - 1][1] > start
