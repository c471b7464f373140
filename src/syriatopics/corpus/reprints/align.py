"""Which sentence of one text is which sentence of the other?

Equal sentences first, then those that share most of their words. Sentences need not stand in
the same order: the longest run that does is in place, the others have moved.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_array

__all__ = ["Match", "align", "moved"]

# From which share of common words on two sentences are one that was changed.
_CHANGED = 0.5
# A piece of a sentence that was cut in two stands almost wholly in the other.
_PIECE = 0.8
# So many sentences are compared with each other at most; a text has some twenty.
_MOST = 2_000

Words = Sequence[str]


class Match(NamedTuple):
    """A sentence of each text, by position; None where there is none.

    Attributes
    ----------
    base, copy : int or None
    similarity : float
        Common words as a share of the words of both (Dice); 1 for equal sentences.
    equal : bool
        Whether the words and their order are the same.
    """

    base: int | None
    copy: int | None
    similarity: float
    equal: bool


def align(base: Sequence[Words], copy: Sequence[Words]) -> list[Match]:
    """Match the sentences of two texts, each by its folded words.

    Parameters
    ----------
    base, copy : sequence of sequence of str

    Returns
    -------
    list of Match
        Every sentence of both texts is in at least one match. A sentence that was cut in
        two is in two.

    Examples
    --------
    >>> align([["a", "b"], ["c", "d"]], [["c", "d"]])
    [Match(base=1, copy=0, similarity=1.0, equal=True), Match(base=0, copy=None, similarity=0.0, equal=False)]
    """
    matches = _equals(base, copy)
    known_base, known_copy = {m.base for m in matches}, {m.copy for m in matches}
    base_left = [n for n in range(len(base)) if n not in known_base]
    copy_left = [n for n in range(len(copy)) if n not in known_copy]
    common = _common([base[n] for n in base_left[:_MOST]], [copy[n] for n in copy_left[:_MOST]])
    changed = _changed(common, base_left, copy_left)
    pieces = _pieces(common, base_left, copy_left, changed)
    matches += changed + pieces
    taken_base, taken_copy = {m.base for m in matches}, {m.copy for m in matches}
    matches += [Match(None, n, 0.0, False) for n in copy_left if n not in taken_copy]
    matches += [Match(n, None, 0.0, False) for n in base_left if n not in taken_base]
    return matches


def moved(matches: Sequence[Match]) -> set[int]:
    """Return the sentences of the copy that do not stand in the order of the base."""
    both = sorted((m.copy, m.base) for m in matches if m.copy is not None and m.base is not None)
    tops: list[int] = []  # the smallest end of a rising run of each length
    last: list[int] = []
    before: list[int] = []
    for number, (_, base) in enumerate(both):
        place = bisect_right(tops, base)
        before.append(last[place - 1] if place else -1)
        if place == len(tops):
            tops.append(base)
            last.append(number)
        else:
            tops[place], last[place] = base, number
    steady = set()
    number = last[-1] if last else -1
    while number >= 0:
        steady.add(both[number][0])
        number = before[number]
    return {copy for copy, _ in both} - steady


def _equals(base: Sequence[Words], copy: Sequence[Words]) -> list[Match]:
    where: dict[tuple[str, ...], deque[int]] = defaultdict(deque)
    for number, words in enumerate(base):
        where[tuple(words)].append(number)
    return [
        Match(where[tuple(words)].popleft(), number, 1.0, True)
        for number, words in enumerate(copy)
        if where.get(tuple(words))
    ]


class _Common(NamedTuple):
    """For each pair of sentences that share a word: how many, and how many each has."""

    base: Any
    copy: Any
    shared: Any
    of_base: Any
    of_copy: Any


def _common(base: Sequence[Words], copy: Sequence[Words]) -> _Common:
    book: dict[str, int] = {}
    left, right = _sets(base, book), _sets(copy, book)
    left.resize((left.shape[0], len(book)))
    product = (left @ right.T).tocoo()
    of_base, of_copy = left.sum(axis=1), right.sum(axis=1)
    rows, cols = product.coords
    return _Common(rows, cols, product.data, of_base[rows], of_copy[cols])


def _sets(sentences: Sequence[Words], book: dict[str, int]) -> Any:
    rows = [{book.setdefault(word, len(book)) for word in words} for words in sentences]
    indptr = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)
    indices = np.array([code for row in rows for code in sorted(row)], dtype=np.int64)
    ones = np.ones(len(indices), dtype=np.int64)
    return csr_array((ones, indices, indptr), shape=(len(rows), len(book)))


def _changed(common: _Common, base_left: list[int], copy_left: list[int]) -> list[Match]:
    """Pair the sentences that are most alike, each once; of equals the nearest in place."""
    dice = 2 * common.shared / (common.of_base + common.of_copy)
    order = np.lexsort(
        (common.copy, common.base, np.abs(common.base - common.copy), -np.round(dice, 9))
    )
    found: list[Match] = []
    bases: set[int] = set()
    copies: set[int] = set()
    for number in order.tolist():
        if dice[number] < _CHANGED:
            break
        base, copy = int(common.base[number]), int(common.copy[number])
        if base not in bases and copy not in copies:
            bases.add(base)
            copies.add(copy)
            found.append(Match(base_left[base], copy_left[copy], float(dice[number]), False))
    return found


def _pieces(
    common: _Common, base_left: list[int], copy_left: list[int], changed: list[Match]
) -> list[Match]:
    """Give a sentence that stands almost wholly in one that was changed to that one."""
    bases, copies = {m.base for m in changed}, {m.copy for m in changed}
    found: dict[tuple[str, int], Match] = {}
    for base, copy, shared, of_base, of_copy in zip(
        *(column.tolist() for column in common), strict=True
    ):
        left, right = base_left[base], copy_left[copy]
        dice = 2 * shared / (of_base + of_copy)
        match = Match(left, right, dice, False)
        if left not in bases and right in copies and shared >= max(_PIECE * of_base, 3):
            side = ("base", left)
        elif right not in copies and left in bases and shared >= max(_PIECE * of_copy, 3):
            side = ("copy", right)
        else:
            continue
        if side not in found or dice > found[side].similarity:
            found[side] = match
    return list(found.values())
