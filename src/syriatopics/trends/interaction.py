"""Outlet × time: do outlets move together, or each in its own way?

References
----------
Cameron, Gelbach & Miller (2008), Bootstrap-based improvements for inference with clustered errors,
Review of Economics and Statistics 90. Kline & Santos (2012), A score based approach to wild
bootstrap inference, Journal of Econometric Methods 1.
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
from syriatopics.inference.groups import PRODUCTION
from syriatopics.results import Result
from syriatopics.trends.panel import Panel, panel_of
from syriatopics.trends.points import points_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Interaction", "interaction"]

Array = np.ndarray[Any, np.dtype[np.float64]]
Codes = np.ndarray[Any, np.dtype[np.int64]]

_FEWEST = 30
# Days of a block: four weeks, or two where that leaves too few blocks. Blocks of two weeks find a
# difference in 9 to 10 % of corpora with stories and none, where 5 are asked.
_BLOCK, _SHORT = 28, 14
_FEWEST_BLOCKS = 8


@dataclass(frozen=True, eq=False, kw_only=True)
class Interaction(Result):
    """A row per theme: ``theme, explained, p, q, n_articles, n_outlets, n_blocks``.

    `explained` is the share of the variance that is left by outlets and one common curve
    which curves of their own explain; `q` is corrected for the number of themes.
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
    n_resamples: int = 1999,
    random_state: int = 0,
) -> Interaction:
    """Ask whether outlets move differently over time, beyond their different levels.

    Only the time in which all outlets publish is looked at. Each has its own level; the
    question is whether it needs a curve of its own beside the common one.

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
    n_resamples, random_state : int
        Of the wild bootstrap: what the common curve leaves over changes sign, four weeks
        of all outlets at a time (two where there are fewer than eight times four weeks).

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
    explained, p = _test(points.values, group, day, degree, n_resamples, random_state)
    table = pd.DataFrame(
        {
            points.label_name: points.labels,
            "explained": explained,
            "p": p,
            "q": stats.false_discovery_control(p),
            "n_articles": len(points),
            f"n_{points.column}s": len(kept),
            "n_blocks": int(_blocks(day).max()) + 1,
        }
    )
    return Interaction(
        table=table,
        notes=(*panel.notes, *lost, *notes),
        label_name=points.label_name,
        labels=points.names,
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
    if last - first < _FEWEST_BLOCKS * _SHORT:
        raise InputError(
            f"The {panel.column}s share {max(int(last - first), 0)} days: at least "
            f"{_FEWEST_BLOCKS * _SHORT} are needed to compare how they move."
        )
    mask = np.isin(panel.group, large) & (day >= first) & (day <= last)
    notes = [
        f"Looked at from {np.datetime64(int(first), 'D')} to {np.datetime64(int(last), 'D')}, "
        f"in which {', '.join(panel.groups[g] for g in large)} publish."
    ]
    return panel.where(mask), day[mask], notes


def _blocks(day: Codes) -> Codes:
    """Return the number of the block of each article."""
    span = int(day.max() - day.min()) + 1
    length = _BLOCK if span >= _FEWEST_BLOCKS * _BLOCK else _SHORT
    return np.unique((day - day.min()) // length, return_inverse=True)[1].astype(np.int64)


def _test(
    values: Array, group: Codes, day: Codes, degree: int, n_resamples: int, random_state: int
) -> tuple[Array, Array]:
    """Return the share of variance explained and p, for each column."""
    when = 2 * (day - day.min()) / max(int(day.max() - day.min()), 1) - 1
    curve = np.polynomial.legendre.legvander(when, degree)[:, 1:]
    dummies = (group[:, None] == np.arange(group.max() + 1)).astype(float)
    common = np.column_stack([dummies, curve])
    own = np.column_stack([dummies[:, [g]] * curve for g in range(1, dummies.shape[1])])
    basis, _ = np.linalg.qr(common)
    residual = values - basis @ (basis.T @ values)
    extra, triangle = np.linalg.qr(own - basis @ (basis.T @ own))
    extra = extra[:, np.abs(np.diag(triangle)) > 1e-8 * np.abs(triangle).max()]
    block = _blocks(day)
    rng = np.random.default_rng(random_state)
    signs = rng.integers(0, 2, (n_resamples, int(block.max()) + 1)) * 2.0 - 1.0
    # Few blocks vary less than they should (as CR1 does for clustered variances).
    widened = len(signs[0]) / max(len(signs[0]) - 1, 1)
    explained, p = [], []
    for column in residual.T:
        scores = np.zeros((int(block.max()) + 1, extra.shape[1]))
        np.add.at(scores, block, extra * column[:, None])
        observed = float((scores.sum(axis=0) ** 2).sum())
        chance = ((signs @ scores) ** 2).sum(axis=1) * widened
        total = float((column**2).sum())
        explained.append(observed / total if total > 0 else 0.0)
        p.append((1 + (chance >= observed * (1 - 1e-12)).sum()) / (1 + n_resamples))
    return np.array(explained), np.array(p)
