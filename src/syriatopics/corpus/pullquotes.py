"""Pull quotes: sentences of the article set again in large type, which count once.

A line is a pull quote when most of its 5-grams of words stand in another paragraph of the
same article. Vowel marks and spelling of hamza do not matter, and a single typo leaves
enough of them. Of two lines that hold each other, the shorter goes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher

from syriatopics.arabic import key, tokenize

__all__ = ["find_pullquotes"]

_N = 5
_CONTAINMENT = 0.6
_MAX_WORDS = 60
_LIKE = 0.75


def _grams(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + _N]) for i in range(len(words) - _N + 1)]


def find_pullquotes(texts: Sequence[str]) -> dict[int, int]:
    """Find the lines that repeat part of another line.

    Parameters
    ----------
    texts : sequence of str
        The body lines of one article, in order.

    Returns
    -------
    dict of int to int
        For each pull quote, the position of the line that it repeats.
    """
    words = [[key(token) for token in tokenize(text)] for text in texts]
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for position, line in enumerate(words):
        for gram in set(_grams(line)):
            where[gram].append(position)
    if all(len(places) == 1 for places in where.values()):
        return {}
    found: dict[int, int] = {}
    for position in range(len(texts)):
        source = _source_of(position, words, where, found)
        if source is not None:
            found[position] = source
    return _over_two_lines(words, found)


def _source_of(
    position: int,
    words: list[list[str]],
    where: dict[tuple[str, ...], list[int]],
    found: dict[int, int],
) -> int | None:
    grams = _grams(words[position])
    if not grams or len(words[position]) > _MAX_WORDS:
        return None
    hits: dict[int, int] = defaultdict(int)
    for gram in grams:
        for other in where[gram]:
            hits[other] += 1
    candidates = [
        (count, -other)
        for other, count in hits.items()
        if other not in found
        and _is_larger(other, position, words)
        and count >= _CONTAINMENT * len(grams)
    ]
    return -max(candidates)[1] if candidates else None


def _is_larger(other: int, position: int, words: list[list[str]]) -> bool:
    """Of two equal lines the first is the text and the second the repetition."""
    return (len(words[other]), -other) > (len(words[position]), -position)


def _over_two_lines(words: list[list[str]], found: dict[int, int]) -> dict[int, int]:
    """A short line that goes on where the pull quote above it stops belongs to it."""
    complete = dict(found)
    for position, source in found.items():
        rest = words[position + 1] if position + 1 < len(words) else []
        if position + 1 in complete or position + 1 == source or not 0 < len(rest) <= 12:
            continue
        last = tuple(words[position][-_N:])
        text = words[source]
        places = [i for i in range(len(text)) if tuple(text[i : i + _N]) == last]
        if not places:
            continue
        following = text[places[0] + _N : places[0] + _N + len(rest)]
        if SequenceMatcher(None, " ".join(rest), " ".join(following)).ratio() >= _LIKE:
            complete[position + 1] = source
    return complete
