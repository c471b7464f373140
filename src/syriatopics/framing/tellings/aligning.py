"""Which sentences of one text tell what those of another do? By their vectors, in order and across it.

A dynamic programme takes the path of most likeness through both texts: sentences one to one, one to
several, or without a counterpart. What is left on both sides is then paired without regard to order. How
alike two sentences must be is no fixed number: it is what unrelated sentences reach by chance.

References
----------
Thompson, B. & Koehn, P. (2019). Vecalign: improved sentence alignment in linear time and space.
EMNLP. Liu, L. & Zhu, M. (2023). Bertalign. Digital Scholarship in the Humanities 38(2).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy import stats
from scipy.optimize import linear_sum_assignment

__all__ = ["Bead", "Chance", "align", "chance"]

Array = np.ndarray[Any, np.dtype[np.float64]]

# How many sentences of the source and of the target are told by each other, at most.
STEPS = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1))
_LONGEST = 3
# How often a sentence that has no counterpart may be given one.
ALPHA = 0.05
# A run of sentences must be more alike than its best sentence by so much of what chance spreads.
_MORE = 0.25
# However alike all are, what is the same is more than chance.
_ALL_BUT = 0.999
# The upper tail of unrelated cosines is heavier than the normal one.
_TAIL = 10
# From so many unrelated pairs on, chance is read off them; with fewer it is taken from their spread.
_ENOUGH = 2_000


class Bead(NamedTuple):
    """Sentences of the source that are told by sentences of the target, by their places.

    Attributes
    ----------
    source, target : tuple of int
        Either may be empty, and no other sentence stands between those of one.
    similarity : float
        Cosine; 0 without a counterpart.
    crossing : bool
        Whether it was found against the order.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    similarity: float
    crossing: bool = False


class Chance(NamedTuple):
    """The cosines of unrelated sentences: middle and spread, and all of them, sorted, where there are many.

    `freedom` says how heavy the tail is taken to be where there are few.
    """

    middle: float
    spread: float
    known: Array
    freedom: int = _TAIL

    def reached(self, n: int, alpha: float = ALPHA) -> float:
        """Return what the most alike of `n` unrelated sentences reaches in a share `alpha` of cases."""
        tail = 1 - (1 - alpha) ** (1 / max(n, 1))
        if len(self.known):
            return float(self.known[int(np.ceil((1 - tail) * (len(self.known) - 1)))])
        return self.middle + float(stats.t.isf(tail, self.freedom)) * self.spread


def chance(cosines: Array, unrelated: np.ndarray[Any, Any] | None = None) -> Chance:
    """Learn from cosines how alike sentences are that have nothing to do with each other.

    Parameters
    ----------
    cosines : ndarray, shape (n, m)
    unrelated : ndarray of bool, shape (n, m), optional
        Which pairs are of texts that do not tell of each other. Without it, or where there are few, the
        spread of all pairs tells, but for as many of the most alike as can be counterparts.
    """
    known = cosines[unrelated] if unrelated is not None else np.zeros(0)
    if len(known) >= _ENOUGH:
        ordered = np.sort(known)
        return Chance(float(np.median(ordered)), float(ordered.std()), ordered)
    ordered = np.sort(cosines, axis=None)
    left = ordered[: len(ordered) - min(cosines.shape)]
    if len(left) < 2:
        return Chance(0.0, 0.0, np.zeros(0))
    middle = float(np.median(left))
    spread = float(np.sqrt(((left - middle) ** 2).mean()))
    return Chance(middle, spread, np.zeros(0), min(_TAIL, len(left) - 1))


def align(
    source: Array,
    target: Array,
    weights: tuple[Array, Array],
    expected: Chance,
    same: np.ndarray[Any, Any] | None = None,
) -> list[Bead]:
    """Align two texts, each given by the vectors of its sentences.

    Parameters
    ----------
    source, target : ndarray, shapes (n, d), (m, d)
        Centred, of length one; a sentence without a word is zero and has no counterpart.
    weights : two ndarrays, shapes (n,), (m,)
        The words of each sentence.
    expected : Chance
    same : ndarray of bool, shape (n, m), optional
        Which sentences are the same, word for word: they are counterparts whatever chance gives.

    Returns
    -------
    list of Bead
        Every sentence of both texts is in exactly one, in the order of the target; what was dropped stands
        behind what it stood behind in the source.

    Examples
    --------
    >>> one = np.eye(3)
    >>> found = align(one, one[[0, 2]], (np.ones(3), np.ones(2)), Chance(0.0, 0.1, np.zeros(0)))
    >>> [(bead.source, bead.target) for bead in found]
    [((0,), (0,)), ((1,), ()), ((2,), (1,))]
    """
    n, m = len(source), len(target)
    if not n or not m:
        return _ordered([], n, m)
    # A sentence is held against all that the other text has.
    least = min(expected.reached(max(n, m)), _ALL_BUT)
    more = _MORE * expected.spread
    gains = {step: _alike(source, target, weights, step, more) - least for step in STEPS}
    cosines = source @ target.T
    if same is not None:
        cosines = np.where(same, 1.0, cosines)
        gains[1, 1] = cosines - least
    found = _path(gains, n, m)
    beads = [
        Bead(
            i,
            j,
            float(cosines[i[0], j[0]])
            if len(i) == len(j)
            else _cosine(source, target, weights, i, j),
        )
        for i, j in found
    ]
    used = {k for bead in beads for k in bead.source}, {k for bead in beads for k in bead.target}
    beads += _crossing(cosines, least, used)
    return _ordered(_joined(beads, cosines, least), n, m)


def _runs(vectors: Array, weights: Array, length: int) -> Array:
    """Return the vectors of runs of so many sentences; words count alike, not sentences."""
    heavy = vectors * weights[:, None]
    total = sum(heavy[k : len(heavy) - length + 1 + k] for k in range(length))
    size = np.linalg.norm(total, axis=1, keepdims=True)
    return np.asarray(total / np.where(size > 0, size, 1.0))


def _alike(
    source: Array, target: Array, weights: tuple[Array, Array], step: tuple[int, int], more: float
) -> Array:
    """Return how alike runs of sentences are; -1 where a run has no more of it than its sentences.

    A run must be more alike than any of its sentences is by itself: a neighbour that has nothing to do
    with the matter draws the run away from it.
    """
    if len(source) < step[0] or len(target) < step[1]:
        return np.zeros((0, 0))
    cosines = _runs(source, weights[0], step[0]) @ _runs(target, weights[1], step[1]).T
    if step != (1, 1):
        alone = source @ target.T
        n, m = cosines.shape
        parts = [alone[a : a + n, b : b + m] for a in range(step[0]) for b in range(step[1])]
        cosines = np.where(cosines > np.max(parts, axis=0) + more, cosines, -1.0)
    return np.asarray(cosines)


def _path(gains: dict[tuple[int, int], Array], n: int, m: int) -> list[tuple[Any, Any]]:
    """Return the runs on the path of most gain; to leave a sentence out costs nothing."""
    best = np.zeros((n + 1, m + 1))
    taken = np.zeros((n + 1, m + 1), dtype=np.int64)  # the step that ends here; 0 for none
    for i in range(1, n + 1):
        row, step_of = best[i - 1].copy(), np.zeros(m + 1, dtype=np.int64)
        for number, ((a, b), gain) in enumerate(gains.items(), start=1):
            if i < a or m < b or not gain.size:
                continue
            value = best[i - a, : m + 1 - b] + gain[i - a]
            better = value > row[b:] + 1e-12
            row[b:][better], step_of[b:][better] = value[better], number
        best[i] = np.maximum.accumulate(row)
        taken[i] = step_of
    return _back(best, taken, list(gains))


def _back(best: Array, taken: Any, steps: Sequence[tuple[int, int]]) -> list[tuple[Any, Any]]:
    found = []
    i, j = best.shape[0] - 1, best.shape[1] - 1
    while i > 0 and j > 0:
        if best[i, j - 1] >= best[i, j]:
            j -= 1
        elif taken[i, j]:
            a, b = steps[taken[i, j] - 1]
            found.append((tuple(range(i - a, i)), tuple(range(j - b, j))))
            i, j = i - a, j - b
        else:
            i -= 1
    return found[::-1]


def _cosine(
    source: Array, target: Array, weights: tuple[Array, Array], i: Sequence[int], j: Sequence[int]
) -> float:
    one = _runs(source[list(i)], weights[0][list(i)], len(i))[0]
    two = _runs(target[list(j)], weights[1][list(j)], len(j))[0]
    return float(one @ two)


def _crossing(cosines: Array, least: float, used: tuple[set[int], set[int]]) -> list[Bead]:
    """Pair what is left on both sides, whatever its place."""
    rows = np.array([k for k in range(cosines.shape[0]) if k not in used[0]], dtype=np.int64)
    columns = np.array([k for k in range(cosines.shape[1]) if k not in used[1]], dtype=np.int64)
    left = cosines[np.ix_(rows, columns)]
    one, two = linear_sum_assignment(np.maximum(left - least, 0.0), maximize=True)
    return [
        Bead((int(rows[i]),), (int(columns[j]),), float(left[i, j]), True)
        for i, j in zip(one, two, strict=True)
        if left[i, j] > least
    ]


def _joined(beads: Sequence[Bead], cosines: Array, least: float) -> list[Bead]:
    """Give a sentence of the target that is left the counterpart of its neighbour, if it is more like it.

    The lesser piece of a sentence that was cut in two brings the two no nearer than the greater did.
    """
    found = list(beads)
    of = {k: number for number, bead in enumerate(found) for k in bead.target}
    for k in range(cosines.shape[1]):
        near = [of[b] for b in (k - 1, k + 1) if k not in of and b in of]
        near = [n for n in near if len(found[n].source) == 1 and len(found[n].target) < _LONGEST]
        best = max(near, key=lambda n: cosines[found[n].source[0], k], default=-1)
        if best >= 0 and cosines[found[best].source[0], k] > least:
            of[k] = best
            found[best] = found[best]._replace(target=tuple(sorted((*found[best].target, k))))
    return found


def _ordered(beads: Sequence[Bead], n: int, m: int) -> list[Bead]:
    """Add what has no counterpart, and order by the place in the target."""
    of_source = {k: bead for bead in beads for k in bead.source}
    of_target = {k: bead for bead in beads for k in bead.target}
    added = [Bead((), (k,), 0.0) for k in range(m) if k not in of_target]
    placed: list[tuple[tuple[int, int], Bead]] = [((b.target[0], -1), b) for b in (*beads, *added)]
    last = -1
    for k in range(n):
        if k in of_source:
            last = of_source[k].target[-1]
        else:
            placed.append(((last, k), Bead((k,), (), 0.0)))
    return [bead for _, bead in sorted(placed, key=lambda pair: pair[0])]
