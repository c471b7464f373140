"""Outlet × time: do outlets move together, or each in its own way?

References
----------
Kenward & Roger (1997), Small sample inference for fixed effects from restricted maximum likelihood,
Biometrics 53 (F tests after restricted likelihood).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import stats

from syriatopics.errors import InputError
from syriatopics.inference import HasScores, Scores
from syriatopics.inference.behind import Behind
from syriatopics.inference.groups import PRODUCTION
from syriatopics.inference.resampling import Array, Codes
from syriatopics.trends.daily import DaySeries
from syriatopics.trends.panel import Panel, panel_of
from syriatopics.trends.points import points_of
from syriatopics.trends.weekly import SLOWEST, Weekly, dependence

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Interaction", "interaction"]


_FEWEST = 30
_SHORTEST = 112
# Weeks of all outlets at most: bins grow where there are more.
_CELLS = 240
# Weeks of two outlets lie so far apart that nothing is left of one in the other.
_APART = 10_000


@dataclass(frozen=True, eq=False, kw_only=True)
class Interaction(Behind):
    """A row per theme: ``theme, explained, p, q, n_articles, n_outlets``.

    `explained` is the share of the variance that is left by outlets and by what all do in the
    same week which curves of their own explain; `q` is corrected for the number of themes.
    """

    label_name: str
    labels: Mapping[str, str]

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw how much curves of their own explain, a bar per theme."""
        from syriatopics.plots import bars, say

        table = self.table.assign(
            name=self.table[self.label_name].map(lambda t: self.labels.get(t, t))
        )
        xlabel = say(
            "variance explained by outlet × time", "التباين الذي يفسّره تفاعل المنبر والزمن"
        )
        return bars(
            table, ax, **{"name": "name", "value": "explained", "xlabel": xlabel, **options}
        )


def interaction(
    scores: Scores | HasScores,
    by: str = "outlet",
    *,
    themes: Sequence[str] | None = None,
    balance: tuple[str, str] | None = None,
    production: str = PRODUCTION[0],
    degree: int = 3,
) -> Interaction:
    """Ask whether outlets move differently over time, beyond their different levels.

    Only the time in which all outlets publish is looked at. Each has its own level; the
    question is whether it needs a curve of its own beside what all do in the same week. Weeks of
    one outlet may hang together.

    Parameters
    ----------
    scores : Scores or FittedTopics
    by : str
        A column of ``scores.documents``. Groups with fewer than 30 articles are left out.
    themes, balance
        As in :func:`trend`.
    production : {"own", "all"}
        As in :func:`syriatopics.prevalence`.
    degree : int
        Of the polynomials in time: 1 for different slopes, 3 for slow waves.

    Raises
    ------
    InputError
        If a column or theme is not known, or fewer than two groups share 16 weeks.

    Examples
    --------
    >>> from syriatopics import load_seeds, score_themes
    >>> interaction(score_themes(load_seeds().passages()))
    Traceback (most recent call last):
    ...
    syriatopics.errors.InputError: Two outlets with 30 articles are needed; there are 0.
    """
    if degree < 1:
        raise InputError(f"degree {degree!r} must be 1 or more.")
    panel = panel_of(scores, by, production=production)
    panel = panel.contrast(*balance) if balance else panel.only(themes)
    points, day, lost = points_of(panel)
    points, day, notes = _common(points, day)
    kept, group = np.unique(points.group, return_inverse=True)
    explained, p, fading = _test(points.values, group, day, degree)
    table = pd.DataFrame(
        {
            points.label_name: points.labels,
            "explained": explained,
            "p": p,
            "q": stats.false_discovery_control(p),
            "n_articles": len(points),
            f"n_{points.column}s": len(kept),
        }
    )
    slow = [name for name, left in zip(points.labels, fading, strict=True) if left >= SLOWEST]
    if slow:
        notes.append(
            f"Weeks of one {points.column} hang together for long ({', '.join(slow)}): such series are "
            "called different too easily, in one of eight that are not."
        )
    return Interaction(
        table=table,
        notes=(*panel.notes, *lost, *notes),
        label_name=points.label_name,
        labels=points.names,
        scores=panel.scores,
    )


def _common(panel: Panel, day: Codes) -> tuple[Panel, Codes, list[str]]:
    """Return the articles of the time that all groups share."""
    n = np.bincount(panel.group, minlength=len(panel.groups))
    large = np.flatnonzero(n >= _FEWEST)
    if len(large) < 2:
        raise InputError(
            f"Two {panel.column}s with {_FEWEST} articles are needed; there are {len(large)}."
        )
    spans = np.array([np.quantile(day[panel.group == g], [0.01, 0.99]) for g in large])
    first, last = spans[:, 0].max(), spans[:, 1].min()
    if last - first < _SHORTEST:
        raise InputError(
            f"The {panel.column}s share {max(int(last - first), 0)} days: at least "
            f"{_SHORTEST} are needed to compare how they move."
        )
    mask = np.isin(panel.group, large) & (day >= first) & (day <= last)
    notes = [
        f"Looked at from {np.datetime64(int(first), 'D')} to {np.datetime64(int(last), 'D')}, "
        f"in which {', '.join(panel.groups[g] for g in large)} publish."
    ]
    return panel.where(mask), day[mask], notes


def _test(values: Array, group: Codes, day: Codes, degree: int) -> tuple[Array, Array, Array]:
    """Return the share of variance explained, p, and how slowly weeks fade, for each column."""
    groups = int(group.max()) + 1
    span = int(day.max() - day.min()) + 1
    width = max(7, -(-span * groups // _CELLS))
    explained, p, fading = [], [], []
    for column in values.T:
        cells, who, week = _cells(column, group, day, groups, width)
        when = 2 * week / max(int(week.max()), 1) - 1
        curve = np.polynomial.legendre.legvander(when, degree)[:, 1:]
        outlets = (who[:, None] == np.arange(groups)).astype(float)
        weeks = (week[:, None] == np.unique(week)[1:]).astype(float)
        common = np.column_stack([outlets, weeks])
        own = np.column_stack([outlets[:, [g]] * curve for g in range(1, groups)])
        alike = dependence(cells, [common, np.column_stack([common, own])])
        fading.append(alike.fading)
        white = alike.whiten @ np.column_stack([common, own, cells.mean[:, None]])
        before, after = (_left(white[:, :n], white[:, -1]) for n in (common.shape[1], -1))
        bends = after[1] - before[1]
        gain, scale = before[0] - after[0], after[0] + cells.inner
        free = len(who) - after[1]
        if bends < 1 or free < 1 or scale <= 1e-9:
            explained.append(0.0)
            p.append(1.0)
            continue
        explained.append(gain / (before[0] + cells.inner))
        p.append(float(stats.f.sf(gain / bends / (scale / (cells.free + free)), bends, free)))
    return np.array(explained), np.array(p), np.array(fading)


def _cells(
    column: Array, group: Codes, day: Codes, groups: int, width: int
) -> tuple[Weekly, Codes, Codes]:
    """Return the weeks of all groups one after the other, with the group and the week of each."""
    start = int(day.min())
    parts = []
    for g in range(groups):
        own = group == g
        alone = np.zeros(int(own.sum()), dtype=np.int64)
        parts.append(Weekly.of(DaySeries.of(day[own], alone, column[own], 1, start=start), width))
    who = np.repeat(np.arange(groups), [len(part.n) for part in parts])
    week = np.concatenate([part.week for part in parts])
    day_, n, mean = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("day", "n", "mean")
    )
    inner, free = (sum(getattr(part, name) for part in parts) for name in ("inner", "free"))
    joined = Weekly(week + _APART * who, day_, n, mean, inner, free)
    return joined, who, week


def _left(design: Array, seen: Array) -> tuple[float, int]:
    """Return the squares a design leaves, and its rank."""
    axes, sizes, _ = np.linalg.svd(design, full_matrices=False)
    basis = axes[:, sizes > 1e-8 * sizes.max()]
    left = seen - basis @ (basis.T @ seen)
    return float(left @ left), basis.shape[1]
