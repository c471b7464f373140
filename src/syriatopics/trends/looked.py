"""Looked at: the test of every series, and what is said of all of them together."""

from __future__ import annotations

import zlib
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from syriatopics.inference import MIN_ARTICLES
from syriatopics.inference.resampling import Codes
from syriatopics.trends.calendar import mix_shift
from syriatopics.trends.daily import DaySeries
from syriatopics.trends.panel import Panel
from syriatopics.trends.placing import place
from syriatopics.trends.scopes import JOINT
from syriatopics.trends.steps import StepTest, shortest_series, step_test
from syriatopics.trends.trend import calendar_of
from syriatopics.trends.weekly import SLOWEST

__all__ = ["Looked", "look", "notes_of", "tests_of"]


_MOST_DRAWS = 9999


class Looked(NamedTuple):
    """A series with its test: the theme, the group, and why there is none."""

    label: str
    group: str
    seed: list[int]
    series: DaySeries | None
    test: StepTest | None
    n: int
    note: str


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


def look(
    panel: Panel, day: Codes, kind: str, n_draws: int, alpha: float, level: float, state: int
) -> list[Looked]:
    """Test every series; with many of them p must reach further down for q to reach alpha."""
    searches = [(label, group) for label in panel.labels for group in _searches(panel)]
    n_draws = max(n_draws, min(_MOST_DRAWS, int(np.ceil(2 * len(searches) / alpha))))
    found = []
    for label, group in searches:
        one = panel.only([label])
        seed = [state, *(zlib.crc32(name.encode()) for name in (label, group))]
        series, note = _series(one, day, group, kind)
        test = None
        if series is not None:
            rng = np.random.default_rng([*seed, 0, series.n_days])
            test = step_test(series, kind, n_draws, rng, alpha=alpha, level=level)
            note = "" if test else "too few articles, or too rare a theme, on either side"
        inside = group in panel.groups
        n = int((panel.group == panel.group_index(group)).sum()) if inside else len(panel)
        found.append(Looked(label, group, seed, series, test, n, note))
    return found


def tests_of(panel: Panel, looked: list[Looked], alpha: float) -> pd.DataFrame:
    """Return a row per series: see :class:`syriatopics.trends.Changepoints`."""
    p = np.array([np.nan if one.test is None else one.test.p for one in looked])
    q, known = np.full(len(p), np.nan), ~np.isnan(p)
    if known.any():
        q[known] = stats.false_discovery_control(p[known])
    rows = []
    for one, of_all in zip(looked, q, strict=True):
        shape, note, slope = "", one.note, (np.nan, np.nan, np.nan)
        if one.test is not None:
            shape, slope = one.test.shape, one.test.slope
            if shape == "break" and of_all > alpha:
                shape, note = "", f"a break if this were the only series (p = {one.test.p:.3f})"
            elif one.test.fading >= SLOWEST:
                note = "weeks hang together for long: steps and slow waves are hard to tell apart"
        rows.append({
            panel.label_name: one.label, panel.column: one.group,
            "p": np.nan if one.test is None else one.test.p, "q": of_all, "shape": shape,
            **dict(zip(("slope", "slope_low", "slope_high"), slope, strict=True)),
            "n_articles": one.n, "note": note,
        })  # fmt: skip
    return pd.DataFrame(rows)


def notes_of(panel: Panel, tests: pd.DataFrame, kind: str, alpha: float) -> list[str]:
    """Say what decides, what drifts, and what no break means."""
    notes = [
        f"{len(tests)} series looked at. q decides: breaks are those of series with q of at most "
        f"{alpha:g}, among which so many are false; p is that of a series by itself."
    ]
    if kind == "article":
        notes.append(
            "Articles are taken as independent: news is not, and breaks appear too easily."
        )
    drift = tests[(tests["slope_low"] > 0) | (tests["slope_high"] < 0)]
    drift = drift[drift["shape"].isin(["drift", "drift and season"])]
    notes += [
        f"{row[panel.label_name]}, {row[panel.column]}: drifts by {row['slope']:+.3f} a year "
        f"({row['slope_low']:+.3f} to {row['slope_high']:+.3f}), which is no break."
        for row in drift.to_dict("records")
    ]
    if tests["n_breaks"].any():
        notes.append("The change at a break that was searched for is, on average, drawn too large.")
    else:
        notes.append(
            "No break here does not mean no change: a search that knows no day, and allows for "
            "drift, season and stories, sees only large ones. Two periods named beforehand are "
            "compared by contrasts and decompose, an event by event_test."
        )
    if len(panel.groups) == 1 and len(panel.outlets) > 1:
        shift = mix_shift(calendar_of(panel, place(panel, "Q", "middle")))
        if shift > 0.2:
            notes.append(
                f"The mix of outlets changes by up to {shift:.0%} between quarters: a break of all "
                "together may be one of the mix; see by='outlet' and decompose."
            )
    return notes
