"""Composition: did outlets change, or only the mix of outlets?

The change of a pooled share between two periods is what outlets changed by themselves, plus
what came of one outlet publishing more and another less, plus outlets that were not there in
both periods.

References
----------
Kitagawa (1955), Components of a difference between two rates, JASA 50. Melitz & Polanec (2015),
Dynamic Olley-Pakes productivity decomposition with entry and exit, RAND Journal of Economics 46.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from syriatopics.errors import InputError, choices
from syriatopics.inference import MIN_ARTICLES, HasScores, Scores
from syriatopics.inference.behind import Behind
from syriatopics.inference.groups import PRODUCTION
from syriatopics.inference.periods import period_numbers
from syriatopics.inference.resampling import Array
from syriatopics.trends.calendar import calendar_notes
from syriatopics.trends.panel import Panel, panel_of
from syriatopics.trends.placing import Placement, place

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Decomposition", "decompose"]


PARTS = ("total", "within", "mix", "entry")
AGAINST = ("previous", "first")


@dataclass(frozen=True, eq=False, kw_only=True)
class Decomposition(Behind):
    """Where changes come from: ``since, period, theme, part, change, low, high, n_since, n_articles``.

    Parts: "within" outlets that are there in both periods, the "mix" of these outlets,
    "entry" (outlets that come or go), and the "total", which is the sum of the three.

    Attributes
    ----------
    outlets : DataFrame
        What each outlet gives to two of the parts: ``since, period, theme, outlet, within,
        mix, share_since, share``.
    """

    outlets: pd.DataFrame
    label_name: str
    labels: Mapping[str, str]

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw stacked bars, and the change in all as a point with its interval."""
        from syriatopics.plots import decomposition_bars

        return decomposition_bars(self.table, ax, **{"labels": self.labels, **options})


def decompose(
    scores: Scores | HasScores,
    period: str = "Y",
    *,
    by: str = "outlet",
    against: str = "previous",
    themes: Sequence[str] | None = None,
    balance: tuple[str, str] | None = None,
    production: str = PRODUCTION[0],
    windows: str = "omit",
    level: float = 0.95,
    n_resamples: int = 1000,
    random_state: int = 0,
) -> Decomposition:
    """Split the change of a pooled share into what outlets did and what their mix did.

    Parameters
    ----------
    scores : Scores or FittedTopics
    period : {"D", "W", "M", "Q", "Y"}
        Periods with fewer than 15 articles are passed over.
    by : str
        Whose mix it is: a column of ``scores.documents``.
    against : {"previous", "first"}
        What each period is held against.
    themes, balance, windows
        As in :func:`trend`.
    production : {"own", "all"}
        As in :func:`syriatopics.prevalence`.
    level : float
        Of the intervals: they resample stretches of one, two, four and eight weeks within
        each period (as long as six are left), and the widest stands; they are never narrower
        than those of independent articles.
    n_resamples, random_state : int

    Raises
    ------
    InputError
        If a choice is not known, or fewer than two periods hold 15 articles.

    Examples
    --------
    >>> from syriatopics import load_seeds, score_themes
    >>> decompose(score_themes(load_seeds().passages()))
    Traceback (most recent call last):
    ...
    syriatopics.errors.InputError: Two periods with 15 articles are needed; there are 0 (Y).
    """
    if against not in AGAINST:
        raise InputError(f"Against {against!r} is not known. Choices: {choices(AGAINST)}.")
    panel = panel_of(scores, by, production=production)
    panel = panel.contrast(*balance) if balance else panel.only(themes)
    placed = place(panel, period, windows)
    sums = [_Sums.of(panel, placed, n) for n in range(len(placed.periods))]
    full = [n for n, one in enumerate(sums) if one.n.sum() >= MIN_ARTICLES]
    if len(full) < 2:
        raise InputError(
            f"Two periods with {MIN_ARTICLES} articles are needed; there are {len(full)} ({period})."
        )
    pairs = list(pairwise(full)) if against == "previous" else [(full[0], n) for n in full[1:]]
    rows, outlets = [], []
    for first, second in pairs:
        names = (str(placed.periods[first]), str(placed.periods[second]))
        rng = np.random.default_rng([random_state, first, second])
        rows += _rows(panel, names, sums[first], sums[second], level, n_resamples, rng)
        outlets += _by_outlet(panel, names, sums[first], sums[second])
    counts = pd.DataFrame(
        np.array([one.n for one in sums]), index=[str(p) for p in placed.periods], columns=panel.groups
    )  # fmt: skip
    total = counts.to_numpy().sum(axis=1)
    return Decomposition(
        table=pd.DataFrame(rows),
        notes=(*panel.notes, *placed.notes, *calendar_notes(counts, total, False, panel.column)),
        outlets=pd.DataFrame(outlets),
        label_name=panel.label_name,
        labels=panel.names,
        scores=panel.scores,
    )


# Weeks in a stretch that is resampled; the widest interval stands. Stories run over the ends
# of weeks, so that weeks alone are too sure; how long they run is not known.
_STRETCHES = (1, 2, 4, 8)
_FEWEST = 6


class _Sums(NamedTuple):
    """One period: articles (j,), sums (j, k) and squares (j, k) by outlet; the same by week."""

    n: Array
    total: Array
    squares: Array
    week: np.ndarray[Any, Any]
    week_n: Array
    week_total: Array

    @classmethod
    def of(cls, panel: Panel, placed: Placement, period: int) -> _Sums:
        rows = placed.period == period
        unit, weight = placed.unit[rows], placed.weight[rows]
        week = period_numbers((panel.first[unit] + panel.last[unit]) // 2, "W")
        weeks, block = np.unique(week, return_inverse=True)
        j, k = len(panel.groups), panel.values.shape[1]
        n, total = np.zeros((len(weeks), j)), np.zeros((len(weeks), j, k))
        squares = np.zeros((j, k))
        np.add.at(n, (block, panel.group[unit]), weight)
        np.add.at(total, (block, panel.group[unit]), weight[:, None] * panel.values[unit])
        np.add.at(squares, panel.group[unit], weight[:, None] * panel.values[unit] ** 2)
        return cls(n.sum(axis=0), total.sum(axis=0), squares, weeks, n, total)

    def stretches(self, length: int) -> tuple[Array, Array]:
        """Return articles and sums of stretches of so many weeks."""
        _, place = np.unique(self.week // length, return_inverse=True)
        n = np.zeros((place.max() + 1, self.week_n.shape[1]))
        total = np.zeros((len(n), *self.week_total.shape[1:]))
        np.add.at(n, place, self.week_n)
        np.add.at(total, place, self.week_total)
        return n, total


def _resampled(
    stretches: tuple[Array, Array], n_resamples: int, rng: np.random.Generator
) -> tuple[Array, Array]:
    n, total = stretches
    g = len(n)
    drawn = rng.multinomial(g, np.full(g, 1 / g), size=n_resamples).astype(float)
    return drawn @ n, np.tensordot(drawn, total, axes=1)


def _parts(
    n0: Array,
    t0: Array,
    n1: Array,
    t1: Array,
    both: np.ndarray[Any, Any],
    known: tuple[Array, Array],
) -> tuple[Array, Array, Array]:
    """Return total, within and mix by outlet: shapes (..., k), (..., j, k), (..., j, k).

    `known` are the shares of the outlets themselves, for resamples in which one is missing.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        total = (
            t1.sum(axis=-2) / n1.sum(axis=-1)[..., None]
            - t0.sum(axis=-2) / n0.sum(axis=-1)[..., None]
        )
        s0 = np.where(n0[..., None] > 0, t0 / n0[..., None], known[0])[..., both, :]
        s1 = np.where(n1[..., None] > 0, t1 / n1[..., None], known[1])[..., both, :]
        v0 = (n0[..., both] / n0[..., both].sum(axis=-1, keepdims=True))[..., None]
        v1 = (n1[..., both] / n1[..., both].sum(axis=-1, keepdims=True))[..., None]
    middle = (v0 + v1) / 2
    average = (s0 + s1) / 2
    # Against the mean of all, so that an outlet that grows tells whether it pulls up or down.
    around = average - (middle * average).sum(axis=-2, keepdims=True)
    return total, middle * (s1 - s0), around * (v1 - v0)


def _estimate(a: _Sums, b: _Sums, drawn: Any = None) -> Array:
    """Return the parts, shape (..., 4, k), of the sums themselves or of resampled ones."""
    both = (a.n > 0) & (b.n > 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        known = (a.total / a.n[:, None], b.total / b.n[:, None])
    n0, t0, n1, t1 = drawn or (a.n, a.total, b.n, b.total)
    total, within, mix = _parts(n0, t0, n1, t1, both, known)
    if not both.any():
        missing = np.full_like(total, np.nan)
        return np.stack([total, missing, missing, total], axis=-2)
    inside, moved = within.sum(axis=-2), mix.sum(axis=-2)
    return np.stack([total, inside, moved, total - inside - moved], axis=-2)


def _rows(
    panel: Panel,
    names: tuple[str, str],
    a: _Sums,
    b: _Sums,
    level: float,
    n_resamples: int,
    rng: np.random.Generator,
) -> list[dict[str, Any]]:
    observed = _estimate(a, b)
    reach = _alone(a, b) * stats.t.ppf((1 + level) / 2, float(a.n.sum() + b.n.sum() - 2))
    for length in _STRETCHES:
        parts = (a.stretches(length), b.stretches(length))
        blocks = [len(n) for n, _ in parts]
        if min(blocks) < (_FEWEST if length > 1 else 2):
            break
        drawn = (*_resampled(parts[0], n_resamples, rng), *_resampled(parts[1], n_resamples, rng))
        some = _estimate(a, b, drawn)
        widened = np.sqrt(max(g / (g - 1) for g in blocks))
        # A resample may hold no article of any outlet that is there in both periods.
        whole = np.isfinite(some[:, 1:3]).all(axis=(1, 2))
        some = some[whole] if whole.any() else some
        se = some.std(axis=0) * widened
        reach = np.fmax(reach, stats.t.ppf((1 + level) / 2, float(sum(blocks) - 2)) * se)
    counts = {"n_since": round(float(a.n.sum())), "n_articles": round(float(b.n.sum()))}
    return [
        {"since": names[0], "period": names[1], panel.label_name: label, "part": part,
         "change": observed[p, k], "low": observed[p, k] - reach[p, k],
         "high": observed[p, k] + reach[p, k], **counts}
        for k, label in enumerate(panel.labels)
        for p, part in enumerate(PARTS)
    ]  # fmt: skip


def _alone(a: _Sums, b: _Sums) -> Array:
    """Return the standard errors if every article stood alone: shape (4, k), by the delta method."""
    both = (a.n > 0) & (b.n > 0)
    k = a.total.shape[1]
    found = np.full((4, k), np.nan)
    pooled = [one.total.sum(axis=0) / one.n.sum() for one in (a, b)]
    found[0] = np.sqrt(sum(
        (one.squares.sum(axis=0) / one.n.sum() - mean**2) / max(one.n.sum() - 1, 1)
        for one, mean in zip((a, b), pooled, strict=True)
    ))  # fmt: skip
    if not both.any():
        return found
    v = [one.n[both] / one.n[both].sum() for one in (a, b)]
    s = [one.total[both] / one.n[both][:, None] for one in (a, b)]
    middle, average = (v[0] + v[1])[:, None] / 2, (s[0] + s[1]) / 2
    within, mix = np.zeros(k), np.zeros(k)
    for one, share, weight in zip((a, b), s, v, strict=True):
        n = one.n[both][:, None]
        spread = np.maximum(one.squares[both] / n - share**2, 0)
        within += (middle**2 * spread / np.maximum(n - 1, 1)).sum(axis=0)
        mean = weight @ average
        mix += (weight @ average**2 - mean**2) / max(one.n[both].sum() - 1, 1)
    found[1], found[2] = np.sqrt(within), np.sqrt(np.maximum(mix, 0))
    return found


def _by_outlet(panel: Panel, names: tuple[str, str], a: _Sums, b: _Sums) -> list[dict[str, Any]]:
    both = (a.n > 0) & (b.n > 0)
    if not both.any():
        return []
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = (a.total / a.n[:, None], b.total / b.n[:, None])
    _, within, mix = _parts(a.n, a.total, b.n, b.total, both, shares)
    return [
        {"since": names[0], "period": names[1], panel.label_name: label,
         panel.column: panel.groups[group], "within": within[at, k], "mix": mix[at, k],
         "share_since": shares[0][group, k], "share": shares[1][group, k]}
        for k, label in enumerate(panel.labels)
        for at, group in enumerate(np.flatnonzero(both))
    ]  # fmt: skip
