"""Leads and lags: which outlet turns to a theme first?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.errors import InputError
from syriatopics.inference import HasScores, Scores
from syriatopics.inference.behind import Behind
from syriatopics.inference.groups import PRODUCTION
from syriatopics.inference.resampling import Array, Codes
from syriatopics.order import largest
from syriatopics.trends.panel import Panel, panel_of
from syriatopics.trends.points import points_of
from syriatopics.trends.scopes import JOINT

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["LeadLag", "lags_of", "lead_lag"]


_FEWEST = 20
# Weeks that stay together when chance is drawn: as many as leave six stretches, eight at most.
_STRETCH, _STRETCHES = 8, 6
_PERMUTATIONS = 199
# Weeks whose mean is taken out.
_SLOW = 13


@dataclass(frozen=True, eq=False, kw_only=True)
class LeadLag(Behind):
    """How two outlets move together, a row per theme, pair and lag.

    Columns ``theme, first, second, lag, r, best, p, n_weeks``. `r` is the correlation of the
    share of `first` in a week with that of `second` so many weeks later; `best` marks the
    lag of the strongest, and `p` belongs to the best of all lags.
    """

    label_name: str
    labels: Mapping[str, str]

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the correlation against the lag, a line per pair of outlets."""
        from syriatopics.plots import lag_lines

        return lag_lines(self.table, ax, **{"labels": self.labels, **options})


def lead_lag(
    scores: Scores | HasScores,
    by: str = "outlet",
    *,
    themes: Sequence[str] | None = None,
    production: str = PRODUCTION[0],
    max_lag: int = 4,
) -> LeadLag:
    """Ask which outlet turns to a theme first, from how weekly shares move together.

    Weeks weigh by the articles of both outlets. What moves slowly (three months and more)
    is taken out first: two outlets that both rise over years would agree at every lag.

    Parameters
    ----------
    scores : Scores or FittedTopics
    by : str
        A column of ``scores.documents``.
    themes : list of str, optional
        All by default.
    production : {"own", "all"}
        As in :func:`syriatopics.prevalence`.
    max_lag : int
        In weeks, in both directions.

    Returns
    -------
    LeadLag
        p asks how often the one series agrees as well at its best lag when its stretches (of
        up to eight weeks) stand in another order. Pairs with fewer than 20 weeks that hold
        both are NaN.

    Raises
    ------
    InputError
        If a column or theme is not known, or there is one group only.

    Examples
    --------
    >>> from syriatopics import load_seeds, score_themes
    >>> lead_lag(score_themes(load_seeds().passages())).table["p"].isna().all()
    np.True_
    """
    if max_lag < 1:
        raise InputError(f"max_lag {max_lag!r} must be 1 or more.")
    panel = panel_of(scores, by, production=production).only(list(themes) if themes else None)
    if len(panel.groups) < 2:
        raise InputError(f"One {by} only ({panel.groups[0]}): nobody leads and nobody follows.")
    points, day, lost = points_of(panel)
    count, total = _weekly(points, day)
    rows: list[dict[str, Any]] = []
    for k, label in enumerate(points.labels):
        series = [_Weekly(count[g], total[g, :, k]) for g in range(len(points.groups))]
        for a, b in combinations(range(len(points.groups)), 2):
            rows += _pair(points, label, (a, b), series, max_lag)
    return LeadLag(
        table=pd.DataFrame(rows),
        notes=(*panel.notes, *lost,
               "Who is first in print need not be who moves the other: both may follow events."),
        label_name=points.label_name,
        labels=points.names,
        scores=panel.scores,
    )  # fmt: skip


def _weekly(panel: Panel, day: Codes) -> tuple[Array, Array]:
    """Return articles, and the sums of their values, by group and week."""
    week = (day - day.min()) // 7
    count = np.zeros((len(panel.groups), int(week.max()) + 1))
    total = np.zeros((*count.shape, panel.values.shape[1]))
    np.add.at(count, (panel.group, week), 1)
    np.add.at(total, (panel.group, week), panel.values)
    return count, total


@dataclass(frozen=True, eq=False)
class _Weekly:
    """Articles of one outlet by week, and the sums of their values."""

    count: Array
    total: Array

    @property
    def weight(self) -> Array:
        """The weight of each week."""
        return np.sqrt(self.count)

    def swings(self) -> Array:
        """Return weekly shares less their moving mean; NaN where no article is."""
        window, half, n = np.ones(_SLOW), _SLOW // 2, len(self.count)
        around = np.convolve(self.count, window, mode="full")[half : half + n]
        level = np.convolve(self.total, window, mode="full")[half : half + n]
        with np.errstate(invalid="ignore", divide="ignore"):
            found: Array = self.total / self.count - level / around
        return found

    def shuffled(self, rng: np.random.Generator) -> _Weekly:
        """Return the same weeks, stretches of them in another order."""
        n = len(self.count)
        length = int(np.clip(n // _STRETCHES, 1, _STRETCH))
        pieces = np.split(np.arange(n), np.arange(int(rng.integers(length)), n, length))
        order = np.concatenate([pieces[at] for at in rng.permutation(len(pieces))])
        return _Weekly(self.count[order], self.total[order])


def _pair(
    panel: Panel, label: str, pair: tuple[int, int], series: list[_Weekly], max_lag: int
) -> list[dict[str, Any]]:
    a, b = (series[g] for g in pair)
    lags = np.arange(-max_lag, max_lag + 1)
    r = _correlations(a, b, lags)
    n_weeks = int(((a.count > 0) & (b.count > 0)).sum())
    enough = n_weeks >= _FEWEST and len(a.count) > 4 * max_lag and not np.isnan(r).all()
    best, p = 0, np.nan
    if enough:
        best = int(lags[largest(np.nan_to_num(r, nan=-np.inf))])
        p = _by_chance(a, b, lags, np.random.default_rng([*pair, len(a.count)]))
    return [
        {panel.label_name: label, "first": panel.groups[pair[0]], "second": panel.groups[pair[1]],
         "lag": int(lag), "r": float(value) if enough else np.nan,
         "best": enough and lag == best, "p": p, "n_weeks": n_weeks}
        for lag, value in zip(lags, r, strict=True)
    ]  # fmt: skip


def _correlations(a: _Weekly, b: _Weekly, lags: Codes) -> Array:
    x, y = a.swings(), b.swings()
    found = []
    for lag in lags:
        first, second = (slice(0, len(x) - lag), slice(lag, None)) if lag >= 0 else (
            slice(-lag, None), slice(0, len(x) + lag))  # fmt: skip
        found.append(_weighted(x[first], y[second], a.weight[first] * b.weight[second]))
    return np.array(found)


def _weighted(x: Array, y: Array, weight: Array) -> float:
    held = ~np.isnan(x) & ~np.isnan(y) & (weight > 0)
    if held.sum() < 3:
        return float("nan")
    x, y, weight = x[held], y[held], weight[held] / weight[held].sum()
    x, y = x - weight @ x, y - weight @ y
    spread = np.sqrt((weight @ x**2) * (weight @ y**2))
    return float(weight @ (x * y) / spread) if spread > 1e-12 else float("nan")


def _by_chance(a: _Weekly, b: _Weekly, lags: Codes, rng: np.random.Generator) -> float:
    """Return how often stretches of the second series in another order agree as well.

    What moves slowly is taken out of each order anew: taken out before, it leaves traces that
    only the true order has.
    """
    observed = np.nanmax(_correlations(a, b, lags))
    drawn = (_correlations(a, b.shuffled(rng), lags) for _ in range(_PERMUTATIONS))
    best = np.array([np.nan_to_num(r, nan=-1.0).max() for r in drawn])
    return float((1 + (best >= observed - 1e-12).sum()) / (1 + len(best)))


def lags_of(table: pd.DataFrame, label: str, by: str) -> pd.DataFrame:
    """Return the days between the breaks of two outlets: see ``Changepoints.lags``."""
    rows = []
    own = table[table[by] != JOINT]
    for theme, some in own.groupby(label, sort=False):
        for first, second in combinations(sorted(some[by].unique()), 2):
            a, b = some[some[by] == first], some[some[by] == second]
            for one in a.itertuples():
                two = _partner(one, a, b)
                if two is None:
                    continue
                days = (two.date - one.date).days
                down = np.hypot((two.date - two.low).days, (one.high - one.date).days)
                up = np.hypot((two.high - two.date).days, (one.date - one.low).days)
                rows.append(
                    (theme, first, second, one.date, two.date, days, days - down, days + up)
                )
    columns = [label, "first", "second", "date_first", "date_second", "days", "low", "high"]
    return pd.DataFrame(rows, columns=columns).round({"low": 1, "high": 1})


def _partner(one: Any, a: pd.DataFrame, b: pd.DataFrame) -> Any:
    """Return the break of `b` that is the nearest to `one`, and to which `one` is the nearest."""
    same = b[np.sign(b["change"]) == np.sign(one.change)]
    if not len(same):
        return None
    two = next(same.loc[[(same["date"] - one.date).abs().idxmin()]].itertuples())
    back = a[np.sign(a["change"]) == np.sign(one.change)]
    nearest = back.loc[(back["date"] - two.date).abs().idxmin()]
    return two if nearest["date"] == one.date else None
