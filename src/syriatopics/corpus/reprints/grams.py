"""Which sequences of five words does an article share with any other article?

Only such shared sequences can make two articles near copies, so that the others are counted
and forgotten: a quarter of the memory stays, and a signature of what is left is not diluted by
what an outlet wrote around the copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from syriatopics.arabic import clean
from syriatopics.arabic.encoder import TermEncoder
from syriatopics.corpus.words import folded, pieces_of, words_of

__all__ = [
    "Grams",
    "N",
    "SharedGrams",
    "first_of_equals",
    "grams_of",
    "keep_shared",
    "marks_of",
    "shared_grams",
]

N = 5
# Texts that are cut into words at once, and comparisons that are made at once.
_BLOCK = 2_000
_AT_ONCE = 4_000_000
_STEP = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)

Numbers = np.ndarray[Any, np.dtype[np.int64]]
Hashes = np.ndarray[Any, np.dtype[np.uint64]]


@dataclass(frozen=True, eq=False)
class SharedGrams:
    """The 5-grams that stand in two articles or more.

    Articles that hold the same set of 5-grams are one here: the first of them stands for all.

    Attributes
    ----------
    sizes : ndarray of int64, shape (n_articles,)
        How many distinct 5-grams an article has, shared or not.
    first : ndarray of int64, shape (n_articles,)
        The first article with the same 5-grams; itself for most.
    indptr, indices : ndarray of int64
        The shared 5-grams of article ``i`` are ``indices[indptr[i]:indptr[i + 1]]``, ascending;
        none for an article that another one stands for.
    hashes : ndarray of uint64
        The 5-grams themselves.
    """

    sizes: Numbers
    first: Numbers
    indptr: Numbers
    indices: Numbers
    hashes: Hashes

    @cached_property
    def _places(self) -> Numbers:
        """Article and 5-gram as one number, ascending."""
        rows = np.repeat(np.arange(len(self.sizes)), np.diff(self.indptr))
        places: Numbers = rows * max(len(self.hashes), 1) + self.indices
        return places

    def overlaps(self, left: Numbers, right: Numbers) -> Numbers:
        """Count the 5-grams that both articles of each pair hold; exact.

        The work grows with the shorter article of each pair, however long the other is.
        """
        left, right = self.first[left], self.first[right]
        lengths = np.diff(self.indptr)
        swap = lengths[left] > lengths[right]
        short, long = np.where(swap, right, left), np.where(swap, left, right)
        found = np.zeros(len(left), dtype=np.int64)
        ends = np.cumsum(lengths[short])
        start = 0
        while start < len(short):
            before = ends[start - 1] if start else 0
            stop = max(start + 1, int(np.searchsorted(ends, before + _AT_ONCE, "right")))
            found[start:stop] = self._overlaps(short[start:stop], long[start:stop])
            start = stop
        same = left == right
        found[same] = self.sizes[left[same]]
        return found

    def _overlaps(self, short: Numbers, long: Numbers) -> Numbers:
        counts = np.diff(self.indptr)[short]
        pairs = np.repeat(np.arange(len(short)), counts)
        inside = np.arange(len(pairs)) - np.repeat(np.cumsum(counts) - counts, counts)
        wanted = (
            long[pairs] * max(len(self.hashes), 1)
            + self.indices[self.indptr[short][pairs] + inside]
        )
        if not len(wanted):
            return np.zeros(len(short), dtype=np.int64)
        nearest = np.searchsorted(self._places, wanted).clip(max=len(self._places) - 1)
        held = self._places[nearest] == wanted
        return np.bincount(pairs[held], minlength=len(short)).astype(np.int64)


def shared_grams(texts: Sequence[str]) -> SharedGrams:
    """Read the words of texts, and keep the sequences of five that two texts share.

    Words are compared by their folded match keys; punctuation does not count.

    Parameters
    ----------
    texts : sequence of str

    Examples
    --------
    >>> one = "عقد مجلس الأمن جلسة حول سوريا"
    >>> shared_grams([one, f"{one} أمس"]).sizes.tolist()
    [2, 3]
    """
    blocks = [grams_of(texts[start : start + _BLOCK]) for start in range(0, len(texts), _BLOCK)]
    blocks = blocks or [grams_of([])]
    sizes = np.concatenate([block.sizes for block in blocks])
    grams = np.concatenate([block.grams for block in blocks])
    first = first_of_equals(
        sizes, *(np.concatenate(m) for m in zip(*map(marks_of, blocks), strict=True))
    )
    rows = np.repeat(np.arange(len(sizes)), sizes)
    stands = (first == np.arange(len(sizes)))[rows]
    return keep_shared(sizes, first, [(rows[stands], grams[stands])])


class Grams(NamedTuple):
    """The distinct 5-grams of texts, text after text.

    Attributes
    ----------
    sizes : ndarray of int64, shape (n_texts,)
    grams : ndarray of uint64
        As hashes, ascending within each text.
    """

    sizes: Numbers
    grams: Hashes


def grams_of(texts: Sequence[str]) -> Grams:
    """Return the distinct 5-grams of each text."""
    found = TermEncoder(_words, _term).encode(texts)
    if len(found.codes) < N:
        return Grams(np.zeros(len(texts), dtype=np.int64), np.zeros(0, dtype=np.uint64))
    terms = np.array(found.terms, dtype=object)
    words = pd.util.hash_array(terms, categorize=False)[found.codes]
    last = len(words) - N + 1
    grams = words[:last].copy()
    for place in range(1, N):
        grams = grams * _STEP + words[place : last + place]
        grams ^= grams >> _SHIFT
    inside = found.rows[:last] == found.rows[N - 1 :]
    rows, grams = found.rows[:last][inside], grams[inside]
    order = np.lexsort((grams, rows))
    rows, grams = rows[order], grams[order]
    new = np.ones(len(rows), dtype=bool)
    new[1:] = (rows[1:] != rows[:-1]) | (grams[1:] != grams[:-1])
    return Grams(np.bincount(rows[new], minlength=len(texts)).astype(np.int64), grams[new])


def _words(text: str) -> list[str]:
    return words_of(pieces_of(clean(text)))


def _term(piece: str) -> str | None:
    return folded(piece) if piece and piece[0].isalnum() else None


def marks_of(block: Grams) -> tuple[Hashes, Hashes]:
    """Return sum and exclusive or of the hashes of each text: the same for the same set."""
    sizes, grams = block
    sums, xors = (np.zeros(len(sizes), dtype=np.uint64) for _ in range(2))
    filled = np.flatnonzero(sizes)
    if len(filled):
        starts = (np.cumsum(sizes) - sizes)[filled]
        sums[filled] = np.add.reduceat(grams, starts)
        xors[filled] = np.bitwise_xor.reduceat(grams, starts)
    return sums, xors


def first_of_equals(sizes: Numbers, sums: Hashes, xors: Hashes) -> Numbers:
    """Find for each text the first one with the same 5-grams."""
    first = np.arange(len(sizes))
    filled = np.flatnonzero(sizes)
    if len(filled):
        marks = pd.DataFrame(
            {"size": sizes[filled], "sum": sums[filled], "xor": xors[filled], "row": filled}
        )
        first[filled] = marks.groupby(["size", "sum", "xor"])["row"].transform("min").to_numpy()
    return first


def keep_shared(
    sizes: Numbers, first: Numbers, ranges: Iterable[tuple[Numbers, Hashes]]
) -> SharedGrams:
    """Keep the 5-grams that stand in two texts or more.

    Parameters
    ----------
    sizes, first : ndarray of int64, shape (n_texts,)
    ranges : iterable of (rows, grams)
        All 5-grams with the text that holds them, of texts that stand for themselves; cut by
        the value of the 5-grams, ascending, so that they need not be held together.
    """
    ids, held, hashes = [], [], []
    known = 0
    for rows, grams in ranges:
        order = np.argsort(grams, kind="stable")
        ordered = grams[order]
        new = np.ones(len(ordered), dtype=bool)
        new[1:] = ordered[1:] != ordered[:-1]
        numbers = np.cumsum(new) - 1
        shared = np.bincount(numbers) > 1 if len(numbers) else np.zeros(0, dtype=bool)
        kept = shared[numbers]
        ids.append((known + np.cumsum(shared) - 1)[numbers[kept]])
        held.append(rows[order[kept]])
        hashes.append(ordered[new][shared])
        known += int(shared.sum())
    every, by = (np.concatenate(parts).astype(np.int64) for parts in (ids, held))
    indptr = np.concatenate([[0], np.cumsum(np.bincount(by, minlength=len(sizes)))])
    return SharedGrams(
        sizes=sizes,
        first=first,
        indptr=indptr.astype(np.int64),
        indices=every[np.lexsort((every, by))],
        hashes=np.concatenate(hashes),
    )
