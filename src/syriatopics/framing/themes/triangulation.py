"""Triangulation: do scorers that rest on different things say the same, and what coders say?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.errors import InputError
from syriatopics.inference.agreement import ASSESSABLE
from syriatopics.inference.resampling import Array, draws
from syriatopics.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Triangulation", "triangulate"]


@dataclass(frozen=True, eq=False, kw_only=True)
class Triangulation(Result):
    """How far two ways to assign themes agree, a row per theme and pair.

    Columns ``theme, a, b, n, positives_a, positives_b, alpha, low, high, f1, f1_low,
    f1_high, note``. ``alpha`` is Krippendorff's, ``f1`` takes `b` as what is right; both
    intervals resample articles. ``theme`` "macro" is the mean of the themes that can be assessed,
    that is of those with 30 positives in `b`.
    """

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw α of each theme and pair, with its interval."""
        from syriatopics.plots import shares

        table = self.table.assign(
            pair=self.table["a"] + " – " + self.table["b"], share=self.table["alpha"]
        )
        table["n_articles"] = table["n"]
        return shares(table, ax, **{"by": "pair", "of": "agreement", **options})


def triangulate(
    assigned: Mapping[str, pd.DataFrame],
    article: Mapping[str, str] | pd.Series,
    *,
    level: float = 0.95,
    n_resamples: int = 2000,
    random_state: int = 0,
) -> Triangulation:
    """Compare scorers with each other and with coders.

    Parameters
    ----------
    assigned : mapping of str to DataFrame of bool
        For each scorer or coder passage × theme (``scores.assigned``, ``coded.codes``).
        Passages and themes that both of a pair have are compared.
    article : mapping or Series
        The article of each passage id.
    level, n_resamples, random_state
        Of the intervals.

    Returns
    -------
    Triangulation

    Raises
    ------
    InputError
        If there is only one, or a pair shares no passage or theme.

    Examples
    --------
    >>> one = pd.DataFrame({"aid": [True, False] * 40}, index=[f"p{n}" for n in range(80)])
    >>> article = {name: name for name in one.index}
    >>> triangulate({"lexicon": one, "coder": one}, article).table["alpha"].tolist()
    [1.0, 1.0]
    """
    if len(assigned) < 2:
        raise InputError(f"{len(assigned)} scorer: two or more are needed to compare.")
    rows: list[dict[str, Any]] = []
    for a, b in combinations(assigned, 2):
        one, two = assigned[a].align(assigned[b], join="inner")
        if not one.size:
            raise InputError(f"{a!r} and {b!r} share no passage and theme.")
        names = pd.Series(one.index).map(article).to_numpy()
        rows += _pair(one, two, names, (level, n_resamples, random_state), {"a": a, "b": b})
    return Triangulation(
        table=pd.DataFrame(rows),
        notes=(f"Not assessable: fewer than {ASSESSABLE} positives in b.",),
    )


def _pair(
    one: pd.DataFrame,
    two: pd.DataFrame,
    article: np.ndarray[Any, Any],
    how: tuple[float, int, int],
    named: dict[str, str],
) -> list[dict[str, Any]]:
    level, n_resamples, random_state = how
    _, index = np.unique(article.astype(str), return_inverse=True)
    a, b = one.to_numpy(dtype=float), two.to_numpy(dtype=float)
    # per article: passages, and for each theme both, only a, only b
    sums = np.zeros((index.max() + 1, 1 + 3 * a.shape[1]))
    np.add.at(sums, index, np.column_stack([np.ones(len(a)), a * b, a, b]))
    again = np.concatenate([w @ sums for w in draws(len(sums), n_resamples, random_state)])
    alpha, f1 = _measures(sums.sum(axis=0)[None])
    alphas, f1s = _measures(again)
    tails = [(1 - level) / 2, (1 + level) / 2]
    counted = b.sum(axis=0)
    assessable = counted >= ASSESSABLE
    rows = []
    for k, theme in enumerate(one.columns):
        low, high = _quantiles(alphas[:, k], tails)
        f1_low, f1_high = _quantiles(f1s[:, k], tails)
        rows.append(
            {"theme": theme, **named, "n": len(a)}
            | {"positives_a": int(a[:, k].sum()), "positives_b": int(counted[k])}
            | {"alpha": alpha[0, k], "low": low, "high": high}
            | {"f1": f1[0, k], "f1_low": f1_low, "f1_high": f1_high}
            | {"note": "" if assessable[k] else f"not assessable below {ASSESSABLE} positives"}
        )
    if assessable.any():
        mean = [m[:, assessable].mean(axis=1) for m in (alpha, f1, alphas, f1s)]
        low, high = _quantiles(mean[2], tails)
        f1_low, f1_high = _quantiles(mean[3], tails)
        rows.append(
            {"theme": "macro", **named, "n": len(a)}
            | {
                "positives_a": int(a[:, assessable].sum()),
                "positives_b": int(counted[assessable].sum()),
            }
            | {"alpha": mean[0][0], "low": low, "high": high}
            | {"f1": mean[1][0], "f1_low": f1_low, "f1_high": f1_high}
            | {"note": f"mean of {int(assessable.sum())} themes"}
        )
    return rows


def _measures(sums: Array) -> tuple[Array, Array]:
    """Return Krippendorff's α of two coders and yes or no, and F1, from sums."""
    n = sums[:, [0]]
    both, a, b = np.split(sums[:, 1:], 3, axis=1)
    yes = a + b
    with np.errstate(invalid="ignore", divide="ignore"):
        alpha = 1 - (2 * n - 1) * (yes - 2 * both) / (yes * (2 * n - yes))
        f1 = 2 * both / yes
    return alpha, f1


def _quantiles(values: Array, tails: list[float]) -> tuple[float, float]:
    if np.isnan(values).all():
        return float("nan"), float("nan")
    low, high = np.nanquantile(values, tails)
    return float(low), float(high)
