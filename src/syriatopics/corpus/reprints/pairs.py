"""Which articles are near copies of each other? Candidates by MinHash, then an exact count.

Sketches: Broder 1997, "On the resemblance and containment of documents". A permutation of the
hashes is ``factor × hash + term`` modulo 2³² with an odd factor; factors and terms come from a
fixed seed and a frozen generator, so that no version of any library changes them. A candidate
counts only when the 5-grams that both articles hold are at least a given share of those of the
shorter one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from syriatopics.corpus.reprints.grams import Numbers, SharedGrams

__all__ = ["LEAST", "Pairs", "candidates", "find_pairs"]

# With fewer 5-grams (ten words) a text is too short to be called a copy of anything.
LEAST = 6
# Bands of two: a pair whose signatures agree in a fifth of their places is found in 86 of
# 100 cases, in a third of them in practically all.
_BANDS, _ROWS = 48, 2
_SEED = 1
# In a crowd, every article is compared with the first ones and with those next to it, not
# with all: thousands of copies of one text cost as much as they are many.
_CROWD = 64
_ANCHORS = 8

Floats = np.ndarray[Any, np.dtype[np.float64]]
Words = np.ndarray[Any, np.dtype[np.uint32]]


@dataclass(frozen=True, eq=False)
class Pairs:
    """Verified pairs of articles that are near copies, as positions, ``left < right``.

    Attributes
    ----------
    left, right : ndarray of int64
        Of articles with the same 5-grams only the first takes part.
    shared : ndarray of int64
        How many 5-grams both hold.
    similarity : ndarray of float64
        The same as a share of those of the shorter article.
    resemblance : ndarray of float64
        The same as a share of those of both together (Jaccard).
    """

    left: Numbers
    right: Numbers
    shared: Numbers
    similarity: Floats
    resemblance: Floats

    def __len__(self) -> int:
        return len(self.left)


def find_pairs(grams: SharedGrams, threshold: float) -> Pairs:
    """Find the pairs of which at least `threshold` of the shorter article stands in the other."""
    left, right = candidates(grams, max(1, int(np.ceil(threshold * LEAST))))
    shared = grams.overlaps(left, right)
    smaller = np.minimum(grams.sizes[left], grams.sizes[right])
    near = (smaller >= LEAST) & (shared >= threshold * smaller)
    left, right, shared, smaller = left[near], right[near], shared[near], smaller[near]
    together = grams.sizes[left] + grams.sizes[right] - shared
    return Pairs(left, right, shared, shared / smaller, shared / together)


def candidates(grams: SharedGrams, least: int = 1) -> tuple[Numbers, Numbers]:
    """Return the pairs of articles that share a band of their signatures.

    Parameters
    ----------
    grams : SharedGrams
    least : int
        Articles with fewer shared 5-grams are no candidates.
    """
    n = len(grams.sizes)
    chosen = np.flatnonzero(np.diff(grams.indptr) >= max(least, 1))
    signatures = _signatures(grams, chosen, *permutations(_BANDS * _ROWS, _SEED))
    codes = np.zeros(0, dtype=np.int64)
    for band in range(_BANDS):
        one, two = (signatures[:, _ROWS * band + row].astype(np.uint64) for row in range(_ROWS))
        found = np.fromiter(_in_buckets(chosen, one << np.uint64(32) | two, n), dtype=np.int64)
        codes = np.union1d(codes, found)
    return codes // n if n else codes, codes % n if n else codes


def permutations(n: int, seed: int) -> tuple[Words, Words]:
    """Draw the odd factors and the terms of `n` permutations of the numbers below 2³²."""
    # The streams of RandomState are frozen, those of newer generators are not.
    drawn = np.random.RandomState(seed)
    factors = drawn.randint(0, 1 << 31, n, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, drawn.randint(0, 1 << 32, n, dtype=np.uint32)


def _signatures(grams: SharedGrams, chosen: Numbers, factors: Words, terms: Words) -> Words:
    """Compute the signatures of all articles at once."""
    values = (grams.hashes >> np.uint64(32)).astype(np.uint32)[grams.indices]
    starts = grams.indptr[chosen]
    # An article that is not chosen lies between two that are: its values are cut out.
    inside = np.zeros(len(values) + 1, dtype=np.int64)
    np.add.at(inside, starts, 1)
    np.add.at(inside, grams.indptr[chosen + 1], -1)
    kept = values[np.cumsum(inside[:-1]) > 0]
    lengths = grams.indptr[chosen + 1] - starts
    starts = np.cumsum(lengths) - lengths
    signatures = np.empty((len(chosen), len(factors)), dtype=np.uint32)
    if len(chosen):
        for place, (factor, term) in enumerate(zip(factors, terms, strict=True)):
            hashed = kept * factor + term
            signatures[:, place] = np.minimum.reduceat(hashed, starts)
    return signatures


def _in_buckets(articles: Numbers, band: np.ndarray[Any, Any], n: int) -> Iterator[int]:
    """Yield the pairs of articles whose signatures agree in a band, as one number each."""
    order = np.argsort(band, kind="stable")
    starts = np.flatnonzero(np.concatenate([[True], np.diff(band[order]) != 0]))
    lengths = np.diff([*starts, len(order)]) if len(order) else np.zeros(0, dtype=np.int64)
    pairs = starts[lengths == 2]
    yield from (articles[order[pairs]] * n + articles[order[pairs + 1]]).tolist()
    for start, length in zip(starts[lengths > 2], lengths[lengths > 2], strict=True):
        members = articles[order[start : start + length]].tolist()
        crowd = combinations(members, 2) if length <= _CROWD else _in_crowd(members)
        yield from (left * n + right for left, right in crowd)


def _in_crowd(members: list[int]) -> Iterator[tuple[int, int]]:
    for place, member in enumerate(members):
        for other in members[: min(_ANCHORS, place)]:
            yield other, member
        for other in members[place + 1 : place + 1 + _ANCHORS]:
            yield member, other
