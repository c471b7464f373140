"""Pull quotes: sentences of the article set again in large type, which count once.

A line is a pull quote when most of its 5-grams of words stand in another paragraph of the
same article. Vowel marks and spelling of hamza do not matter, and a single typo leaves
enough of them. Of two lines that hold each other, the shorter goes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set
from difflib import SequenceMatcher

__all__ = ["find_pullquotes"]

_N = 5
_CONTAINMENT = 0.6
_MAX_WORDS = 60
_LIKE = 0.75
# A line that stands on a page a thousand times is compared with the first of them.
_MOST_PLACES = 50
_ALL_SHARED = b"\1" * _N
_Gram = tuple[str, ...]


def _grams(words: Sequence[str]) -> Iterator[_Gram]:
    return zip(*(words[n:] for n in range(_N)), strict=False)


def _shared_grams(lines: Sequence[Sequence[str]]) -> list[list[_Gram]]:
    """Return the sequences of five words of each line that may stand in another one.

    Every word of theirs stands in two lines; most lines have none. Empty where no sequence stands in two.
    """
    once: set[str] = set()
    again: set[str] = set()
    for words in lines:
        here = set(words)
        again |= once & here
        once |= here
    grams = [_grams_of(words, again) for words in lines] if again else []
    different = [set(found) for found in grams]
    return grams if len(set().union(*different)) < sum(map(len, different)) else []


def _grams_of(words: Sequence[str], shared: Set[str]) -> list[_Gram]:
    found = []
    are_shared = bytes(map(shared.__contains__, words))
    place = are_shared.find(_ALL_SHARED)
    while place >= 0:
        found.append(tuple(words[place : place + _N]))
        place = are_shared.find(_ALL_SHARED, place + 1)
    return found


def find_pullquotes(lines: Sequence[Sequence[str]]) -> dict[int, int]:
    """Find the lines that repeat part of another line.

    Parameters
    ----------
    lines : sequence of sequence of str
        The folded words of the body lines of one article, in order.

    Returns
    -------
    dict of int to int
        For each pull quote, the position of the line that it repeats.
    """
    grams = _shared_grams(lines)
    if not grams:
        return {}
    where: dict[_Gram, list[int]] = defaultdict(list)
    for position, found in enumerate(grams):
        for gram in set(found):
            if len(where[gram]) < _MOST_PLACES:
                where[gram].append(position)
    quotes: dict[int, int] = {}
    for position, words in enumerate(lines):
        short = grams[position] and len(words) <= _MAX_WORDS
        source = _source_of(position, grams[position], lines, where, quotes) if short else None
        if source is not None:
            quotes[position] = source
    return _over_two_lines(lines, quotes)


def _source_of(
    position: int,
    grams: Sequence[_Gram],
    lines: Sequence[Sequence[str]],
    where: dict[_Gram, list[int]],
    quotes: dict[int, int],
) -> int | None:
    """Return the line that holds most of this one, the first of equals."""
    n_grams = len(lines[position]) - _N + 1
    hits = Counter(other for gram in grams for other in where[gram])
    candidates = [
        (count, -other)
        for other, count in hits.items()
        if other not in quotes
        and count >= _CONTAINMENT * n_grams
        and (len(lines[other]), -other) > (len(lines[position]), -position)
    ]
    return -max(candidates)[1] if candidates else None


def _over_two_lines(lines: Sequence[Sequence[str]], quotes: dict[int, int]) -> dict[int, int]:
    """A short line that goes on where the pull quote above it stops belongs to it."""
    complete = dict(quotes)
    places: dict[int, dict[_Gram, int]] = {}
    for position, source in quotes.items():
        rest = lines[position + 1] if position + 1 < len(lines) else []
        if position + 1 in complete or position + 1 == source or not 0 < len(rest) <= 12:
            continue
        last, text = tuple(lines[position][-_N:]), lines[source]
        if source not in places:  # where each sequence stands first
            places[source] = {gram: i for i, gram in reversed(list(enumerate(_grams(text))))}
        place = places[source].get(last)
        if place is None:
            continue
        following = text[place + _N : place + _N + len(rest)]
        if SequenceMatcher(None, " ".join(rest), " ".join(following)).ratio() >= _LIKE:
            complete[position + 1] = source
    return complete
