"""Breaks: when the level of a theme changed, how sure is the date, and in which outlets?"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import stats

from syriatopics.errors import InputError
from syriatopics.inference import MIN_ARTICLES, HasScores, Scores
from syriatopics.inference.behind import Behind
from syriatopics.inference.blocks import BlockChoice
from syriatopics.inference.groups import PRODUCTION
from syriatopics.trends.calendar import mix_shift
from syriatopics.trends.daily import DaySeries
from syriatopics.trends.leads import lags_of
from syriatopics.trends.panel import Panel, panel_of
from syriatopics.trends.placing import place
from syriatopics.trends.points import points_of
from syriatopics.trends.scopes import JOINT, change_at, scoped, who_moved
from syriatopics.trends.segments import Break, find_breaks
from syriatopics.trends.steps import shortest_series
from syriatopics.trends.trend import calendar_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Changepoints", "changepoints", "changepoints_of"]

Codes = np.ndarray[Any, np.dtype[np.int64]]

_COLUMNS = (
    "date", "low", "high", "p", "before", "after", "change", "change_low", "change_high",
    "n_before", "n_after", "scope",
)  # fmt: skip


@dataclass(frozen=True, eq=False, kw_only=True)
class Changepoints(Behind):
    """Breaks, a row each.

    Columns ``theme, outlet, date, low, high, p, before, after, change, change_low,
    change_high, n_before, n_after, scope``. `date` is the first day of the new level, `low`
    and `high` the first and last day that it may be. The levels are those of the stretch
    from the break before to the break behind. The outlet "all" is the search for breaks
    that outlets have together; its `scope` says who moved.

    Attributes
    ----------
    tests : DataFrame
        A row per theme and outlet, with breaks or without: ``theme, outlet, p, q,
        n_breaks, n_articles, note``. ``q`` holds the share of false discoveries among all
        series looked at (Benjamini & Hochberg).
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
    """Find when the level of a theme changed.

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
        What chance is. "auto" and units of time: articles of nearby days are as alike as here.
        Named blocks, such as stories: what whole stories would give. "article" holds only
        where articles are independent of each other, which news is not.
    alpha : float
        How often a series without a break may show one.
    level : float
        Of the intervals.
    n_permutations, random_state : int
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
    options = {
        "alpha": alpha,
        "level": level,
        "n_permutations": n_permutations,
        "max_breaks": max_breaks,
    }
    rows, tests = [], []
    for label in points.labels:
        one = points.only([label])
        for group in _searches(one):
            seed = [random_state, *(zlib.crc32(name.encode()) for name in (label, group))]
            series, note = _series(one, day, group, kind)
            found = None if series is None else find_breaks(series, kind, seed=seed, **options)  # type: ignore[arg-type]
            note = note or (
                "too few articles, or too rare a theme, on either side"
                if found and found.p is None
                else ""
            )
            inside = one.group_index(group) if group in one.groups else None
            n = len(one) if inside is None else int((one.group == inside).sum())
            breaks = [] if found is None else found.breaks
            tests.append({points.label_name: label, points.column: group,
                          "p": np.nan if found is None or found.p is None else found.p,
                          "n_breaks": len(breaks), "n_articles": n, "note": note})  # fmt: skip
            for at in breaks:
                assert series is not None
                rows.append({points.label_name: label, points.column: group,
                             **_row(one, day, series.start, group, at, level, seed)})  # fmt: skip
    columns = [points.label_name, points.column, *_COLUMNS]
    table = scoped(pd.DataFrame(rows, columns=columns), points.label_name, points.column)
    return Changepoints(
        table=table,
        notes=(*panel.notes, *lost, *_notes(panel, table, tests, kind)),
        tests=_tests(tests),
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


def _searches(panel: Panel) -> list[str]:
    return [*panel.groups, JOINT] if len(panel.groups) > 1 else list(panel.groups)


def _series(panel: Panel, day: Codes, group: str, kind: str) -> tuple[DaySeries | None, str]:
    """Return the series of a group, or why there is none."""
    joint = group not in panel.groups
    mask = np.ones(len(panel), bool) if joint else panel.group == panel.group_index(group)
    n = int(mask.sum())
    if n < 2 * MIN_ARTICLES:
        word = "article" if n == 1 else "articles"
        return None, f"{n} {word}: too few for a break (from {2 * MIN_ARTICLES})"
    codes = panel.group[mask] if joint else np.zeros(n, dtype=np.int64)
    story = None if panel.story is None else panel.story[mask]
    n_groups = len(panel.groups) if joint else 1
    series = DaySeries.of(day[mask], codes, panel.values[mask, 0], n_groups, story)
    if series.n_days < shortest_series(kind):
        return None, f"{series.n_days} days: too short for a break (from {shortest_series(kind)})"
    return series, ""


def _row(
    panel: Panel, day: Codes, start: int, group: str, at: Break, level: float, seed: list[int]
) -> dict[str, Any]:
    """Describe a break: its date, and the levels on both sides of it."""
    change = change_at(panel, day, start, group, at, level, seed)
    dates = {
        name: pd.Timestamp(np.datetime64(start + value, "D"))
        for name, value in (("date", at.position), ("low", at.low), ("high", at.high))
    }
    scope = "own" if group in panel.groups else who_moved(panel, day, start, at, level, seed)
    values = {name: float(getattr(change, name)[0]) for name in ("before", "after", "change")}
    return dates | values | {
        "p": at.p, "change_low": float(change.low[0]), "change_high": float(change.high[0]),
        "n_before": change.n_before, "n_after": change.n_after, "scope": scope,
    }  # fmt: skip


def _tests(tests: list[dict[str, Any]]) -> pd.DataFrame:
    table = pd.DataFrame(tests)
    q = np.full(len(table), np.nan)
    known = table["p"].notna().to_numpy()
    if known.any():
        q[known] = stats.false_discovery_control(table["p"].to_numpy()[known])
    table.insert(table.columns.get_loc("p") + 1, "q", q)
    return table


def _notes(panel: Panel, table: pd.DataFrame, tests: list[dict[str, Any]], kind: str) -> list[str]:
    notes = [f"{len(tests)} series looked at; q holds the share of false discoveries among them."]
    if kind == "article":
        notes.append(
            "Articles are taken as independent: news is not, and breaks appear too easily."
        )
    if len(table):
        notes.append("The change at a break that was searched for is, on average, drawn too large.")
    if len(panel.groups) == 1 and len(panel.outlets) > 1:
        shift = mix_shift(calendar_of(panel, place(panel, "Q", "middle")))
        if shift > 0.2:
            notes.append(
                f"The mix of outlets changes by up to {shift:.0%} between quarters: a break of all "
                "together may be one of the mix; see by='outlet' and decompose."
            )
    return notes
