"""Breaks: when the level of a theme changed, how sure is the date, and in which outlets?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.errors import InputError
from syriatopics.inference import HasScores, Scores
from syriatopics.inference.behind import Behind
from syriatopics.inference.blocks import BlockChoice
from syriatopics.inference.groups import PRODUCTION
from syriatopics.inference.resampling import Codes
from syriatopics.trends.leads import lags_of
from syriatopics.trends.looked import look, notes_of, tests_of
from syriatopics.trends.panel import Panel, panel_of
from syriatopics.trends.points import points_of
from syriatopics.trends.scopes import change_at, scoped, who_moved
from syriatopics.trends.segments import Break, find_breaks

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Changepoints", "changepoints", "changepoints_of"]


_COLUMNS = (
    "date", "low", "high", "p", "q", "before", "after", "change", "change_low", "change_high",
    "n_before", "n_after", "scope",
)  # fmt: skip


@dataclass(frozen=True, eq=False, kw_only=True)
class Changepoints(Behind):
    """Breaks, a row each.

    Columns ``theme, outlet, date, low, high, p, q, before, after, change, change_low,
    change_high, n_before, n_after, scope``. `date` is the first day of the new level, `low`
    and `high` the first and last day that it may be. The levels are those of the stretch
    from the break before to the break behind. The outlet "all" is the search for breaks
    that outlets have together; its `scope` says who moved.

    Attributes
    ----------
    tests : DataFrame
    XX
    """

    tests: pd.DataFrame
    label_name: str
    labels: Mapping[str, str]
    by: str
    alpha: float
    panel: Panel = field(repr=False)

    def lags(self) -> pd.DataFrame:
        """Return how many days lie between the breaks of two outlets in the same theme.

        Returns
        -------
        DataFrame
            ``theme, first, second, date_first, date_second, days, low, high``: a row per
            pair of breaks in the same direction whose dates are closer to each other than
            to any other break of the two. Negative days: the second outlet leads. The
            interval puts those of the two dates together, as if they were independent.
        """
        return lags_of(self.table, self.label_name, self.by)

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw monthly shares, the levels between breaks, and the interval of each date."""
        from syriatopics.plots import break_lines
        from syriatopics.trends.trend import trend_of

        period = options.pop("period", "M")
        shares = trend_of(self.panel, period, windows="middle").table
        return break_lines(
            shares, self.table, ax, **{"by": self.by, "labels": self.labels,
                                       "signed": self.panel.signed, **options},
        )  # fmt: skip


def changepoints(
    scores: Scores | HasScores,
    by: str | None = None,
    *,
    themes: Sequence[str] | None = None,
    balance: tuple[str, str] | None = None,
    production: str = PRODUCTION[0],
    blocks: BlockChoice = "auto",
    alpha: float = 0.05,
    level: float = 0.95,
    n_permutations: int = 999,
    max_breaks: int = 5,
    random_state: int = 0,
) -> Changepoints:
    """Find when the level of a theme changed at once.

    A break must tell more than a level that stays, a drift or a season can, in weeks that hang
    together as they do here; what is drift is reported as drift, with its slope.

    Parameters
    ----------
    scores : Scores or FittedTopics
    by : str, optional
        A column of ``scores.documents``, such as "outlet": each group is searched by
        itself, and all of them together for breaks that they share.
    themes : list of str, optional
        All by default.
    balance : (str, str), optional
        Two themes whose difference is looked at instead.
    production : {"own", "all"}
        As in :func:`syriatopics.prevalence`.
    blocks : {"auto", "article", "day", "week", "month", "story"}, a column, or Series
        What chance is. "auto" and units of time: weeks hang together as they do here.
        Named blocks, such as stories: what whole stories would give. "article" holds only
        where articles are independent of each other, which news is not.
    alpha : float
        What q, the share of false breaks among all series, may be.
    level : float
        Of the intervals.
    n_permutations, random_state : int
        How many series are drawn from what a break must beat; more where many series are
        looked at.
    max_breaks : int

    Returns
    -------
    Changepoints

    Raises
    ------
    InputError
        If a column, a theme or an option is not known, or no article has a date.

    Examples
    --------
    >>> from syriatopics import load_seeds, score_themes
    >>> found = changepoints(score_themes(load_seeds().passages()), production="all")
    >>> len(found), found.tests["note"].iloc[0]
    (0, '4 articles: too few for a break (from 30)')
    """
    panel = panel_of(scores, by, blocks, production)
    return changepoints_of(
        panel.contrast(*balance) if balance else panel.only(themes),
        blocks=blocks,
        alpha=alpha,
        level=level,
        n_permutations=n_permutations,
        max_breaks=max_breaks,
        random_state=random_state,
    )


def changepoints_of(
    panel: Panel,
    *,
    blocks: BlockChoice = "auto",
    alpha: float = 0.05,
    level: float = 0.95,
    n_permutations: int = 999,
    max_breaks: int = 5,
    random_state: int = 0,
) -> Changepoints:
    """Find the breaks of a panel: see :func:`changepoints`."""
    _check(alpha, level, n_permutations, max_breaks)
    points, day, lost = points_of(panel)
    named = "week" if panel.story is None else "named"
    kind = "article" if isinstance(blocks, str) and blocks == "article" else named
    looked = look(points, day, kind, n_permutations, alpha, level, random_state)
    tests = tests_of(points, looked, alpha)
    rows = []
    for one, decided in zip(looked, tests.itertuples(), strict=True):
        if one.series is None or one.test is None or decided.shape != "break":
            continue
        part = points.only([one.label])
        breaks = find_breaks(
            one.series, kind, alpha=alpha, level=level, n_permutations=n_permutations,
            max_breaks=max_breaks, seed=one.seed, whole=one.test,
        ).breaks  # fmt: skip
        rows += [
            {points.label_name: one.label, points.column: one.group, "q": decided.q,
             **_row(part, day, one.series.start, one.group, at, level)}
            for at in breaks
        ]  # fmt: skip
    number = [[(row[points.label_name], row[points.column]) for row in rows].count((one.label, one.group))
              for one in looked]  # fmt: skip
    tests.insert(tests.columns.get_loc("n_articles"), "n_breaks", number)
    columns = [points.label_name, points.column, *_COLUMNS]
    table = scoped(pd.DataFrame(rows, columns=columns), points.label_name, points.column)
    return Changepoints(
        table=table,
        notes=(*panel.notes, *lost, *notes_of(panel, tests, kind, alpha)),
        tests=tests,
        label_name=points.label_name,
        labels=points.names,
        by=points.column,
        alpha=alpha,
        panel=points,
        scores=panel.scores,
    )


def _check(alpha: float, level: float, n_permutations: int, max_breaks: int) -> None:
    for name, value in (("alpha", alpha), ("level", level)):
        if not 0 < value < 1:
            raise InputError(f"{name} {value!r} must lie between 0 and 1.")
    if n_permutations < 1 / alpha - 1:
        raise InputError(
            f"{n_permutations} permutations cannot give a p-value of {alpha}: "
            f"{int(np.ceil(1 / alpha)) - 1} are needed at least."
        )
    if max_breaks < 1:
        raise InputError(f"max_breaks {max_breaks!r} must be 1 or more.")


def _row(
    panel: Panel, day: Codes, start: int, group: str, at: Break, level: float
) -> dict[str, Any]:
    """Describe a break: its date, and the levels on both sides of it."""
    change = change_at(panel, day, start, group, at, level)
    dates = {
        name: pd.Timestamp(np.datetime64(start + value, "D"))
        for name, value in (("date", at.position), ("low", at.low), ("high", at.high))
    }
    scope = "own" if group in panel.groups else who_moved(panel, day, start, at, level)
    values = {name: float(getattr(change, name)[0]) for name in ("before", "after", "change")}
    return dates | values | {
        "p": at.p, "change_low": float(change.low[0]), "change_high": float(change.high[0]),
        "n_before": change.n_before, "n_after": change.n_after, "scope": scope,
    }  # fmt: skip
