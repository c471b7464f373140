"""Event study: what a theme does week by week before and after an event.

Effects stand beside the last stretch before the event. Where the event touches some outlets
only, they are held against the others of the same week, so that what all the press does at once
is taken out. What moves before the event is no effect of it: the stretches before are tested together,
and drawn. There is one event, so that no outlet that was touched before stands among those compared
with (which spoils such regressions where events are staggered).

References
----------
Freyaldenhoven, Hansen & Shapiro (2019), Pre-event trends in the panel event-study design,
American Economic Review 109. Goodman-Bacon (2021), Difference-in-differences with variation in
treatment timing, Journal of Econometrics 225. Roth (2022), Pretest with caution, AER: Insights 4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import stats

from syriatopics.errors import InputError, choices
from syriatopics.inference import MIN_ARTICLES, HasScores, Scores
from syriatopics.inference.behind import Behind
from syriatopics.inference.groups import PRODUCTION
from syriatopics.inference.resampling import Array, Codes
from syriatopics.trends.daily import DaySeries
from syriatopics.trends.events import event_of
from syriatopics.trends.panel import Panel, panel_of
from syriatopics.trends.points import points_of
from syriatopics.trends.weekly import Dependence, Weekly, dependence, fit

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["EventStudy", "event_study"]


_FEWEST_DAYS = 19


@dataclass(frozen=True, eq=False, kw_only=True)
class EventStudy(Behind):
    """Effects by stretch, a row each: ``event, theme, first, last, effect, low, high, n_articles``.

    `first` and `last` are weeks from the event, the week that begins on it being 0; the stretch
    that ends with week -1 is what all are held against, and has an effect of 0.

    Attributes
    ----------
    tests : DataFrame
        A row per theme: ``theme, effect, p, before_p, n_placebo, note``. ``effect`` is what
        comes after less what came before, ``p`` the share of days without the event on which
        that is as clear; ``before_p`` asks whether the stretches before differ among themselves.
    """

    tests: pd.DataFrame
    label_name: str
    labels: Mapping[str, str]

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the effects with their limits, before and after the event."""
        from syriatopics.plots import event_steps

        return event_steps(self.table, ax, **{"labels": self.labels, **options})


def event_study(
    scores: Scores | HasScores,
    event: str | date,
    touched: Sequence[str] = (),
    *,
    by: str = "outlet",
    at: str = "start",
    stretch: int = 2,
    before: int = 4,
    after: int = 4,
    themes: Sequence[str] | None = None,
    balance: tuple[str, str] | None = None,
    production: str = PRODUCTION[0],
    level: float = 0.95,
    extra: str | Path | None = None,
) -> EventStudy:
    """Follow themes through the weeks before and after an event.

    Parameters
    ----------
    scores : Scores or FittedTopics
    event, at, extra
        As in :func:`event_test`.
    touched : list of str
        The outlets that the event touches; the others are what they are held against, week by
        week. With none, all outlets are looked at together, each with a level of its own, and
        what else happened in the same weeks cannot be taken out.
    by : str
        A column of ``scores.documents`` in which the touched are named.
    stretch : int
        How many weeks make an effect.
    before, after : int
        How many stretches.
    themes, balance, production
        As in :func:`trend`.
    level : float
        Of the limits, for weeks that hang together as they do in the whole corpus.

    Raises
    ------
    InputError
        If the event, an outlet or a theme is not known, or the weeks hold too few articles.

    Examples
    --------
    >>> from syriatopics import load_seeds, score_themes
    >>> event_study(score_themes(load_seeds().passages()), "2016-07-20", production="all")
    Traceback (most recent call last):
    ...
    syriatopics.errors.InputError: Stretch ... holds no article: take longer ones.
    """
    for name, value, least in (("stretch", stretch, 1), ("before", before, 2), ("after", after, 1)):
        if value < least:
            raise InputError(f"{name} {value!r} must be {least} or more.")
    name, when = event_of(event, at, extra)
    panel = panel_of(scores, by, production=production)
    panel = panel.contrast(*balance) if balance else panel.only(themes)
    points, day, lost = points_of(panel)
    side = _sides(points, touched)
    window = np.arange(-before * stretch, after * stretch)
    rows, tests = [], []
    for k, label in enumerate(points.labels):
        weekly = _weekly(points, day, points.values[:, k], side, when)
        made, test = _effects(weekly, window, stretch, level)
        rows += [{"event": name, points.label_name: label, **row} for row in made]
        tests.append({points.label_name: label, **test})
    for row in rows:
        inside = (day >= when + 7 * row["first"]) & (day < when + 7 * (row["last"] + 1))
        row["n_articles"] = int(inside.sum())
    whose = f"{', '.join(touched)} against the others" if len(touched) else "all outlets together"
    if min(row["n_articles"] for row in rows) == 0:
        raise InputError(
            f"A stretch around {np.datetime64(when, 'D')} holds no article: take longer ones."
        )
    return EventStudy(
        table=pd.DataFrame(rows),
        tests=pd.DataFrame(tests),
        notes=(*panel.notes, *lost, f"Looked at: {whose}.", *_notes(tests, points, len(touched))),
        label_name=points.label_name,
        labels=points.names,
        scores=panel.scores,
    )


def _sides(panel: Panel, touched: Sequence[str]) -> np.ndarray[Any, np.dtype[np.bool_]] | None:
    """Return which articles are of outlets that the event touches; None for no sides."""
    if not touched:
        return None
    inside = np.isin(panel.group, [panel.group_index(name) for name in touched])
    for mask, who in ((inside, "touched"), (~inside, "not touched")):
        if mask.sum() < MIN_ARTICLES:
            raise InputError(
                f"{int(mask.sum())} articles of {panel.column}s that are {who}: too few (from "
                f"{MIN_ARTICLES}). Here: {choices(panel.groups)}."
            )
    return inside


def _weekly(
    panel: Panel, day: Codes, value: Array, side: np.ndarray[Any, np.dtype[np.bool_]] | None,
    when: int,
) -> Weekly:  # fmt: skip
    """Return weeks counted from the event; with sides, the difference of the two."""
    first = (int(day.min()) - when) // 7
    parts = []
    for mask in [np.ones(len(day), bool)] if side is None else [side, ~side]:
        series = DaySeries.of(
            day[mask], panel.group[mask], value[mask], len(panel.groups), start=when + 7 * first
        )
        one = Weekly.of(series, 7)
        parts.append(replace(one, week=one.week + first))
    if side is None:
        return parts[0]
    week, a, b = np.intersect1d(parts[0].week, parts[1].week, return_indices=True)
    one, two = parts
    return Weekly(
        week, week.astype(np.float64), 1 / (1 / one.n[a] + 1 / two.n[b]),
        one.mean[a] - two.mean[b], one.inner + two.inner, one.free + two.free,
    )  # fmt: skip


def _effects(
    weekly: Weekly, window: Codes, stretch: int, level: float
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return the effect of each stretch, and the tests of before and after."""
    place = np.arange(len(weekly.week), dtype=np.float64)
    smooth = np.column_stack([np.ones(len(place)), place - place.mean()])
    alike = dependence(weekly, [smooth])
    inside = np.isin(weekly.week, window)
    number = (weekly.week[inside] - window[0]) // stretch
    n_before, n_all = -window[0] // stretch, len(window) // stretch
    if len(np.unique(number)) < n_all:
        empty = int(np.setdiff1d(np.arange(n_all), number)[0]) - n_before
        raise InputError(
            f"Stretch {empty} of {stretch} weeks around the event holds no article: take longer ones."
        )
    part, white = _part(weekly, alike, inside)
    found = fit(part, (number[:, None] == np.arange(n_all)).astype(float), white)
    free = max(len(weekly.week) - 2.0, 1.0)
    variance = fit(weekly, smooth, alike).variance
    covariance = found.covariance / max(found.variance, 1e-300) * variance
    found = found._replace(covariance=covariance, freedom=free)
    rows = []
    for one in range(n_all):
        contrast = np.zeros(n_all)
        contrast[one] += 1
        contrast[n_before - 1] -= 1
        effect, low, high = found.interval(contrast, level)
        first = int(window[0]) + one * stretch
        rows.append({"first": first, "last": first + stretch - 1, "effect": effect, "low": low,
                     "high": high})  # fmt: skip
    apart = np.eye(n_all)[: n_before - 1] - np.eye(n_all)[n_before - 1]
    gaps = apart @ found.coefficients
    f = gaps @ np.linalg.pinv(apart @ covariance @ apart.T) @ gaps / len(apart)
    test = _after(weekly, alike, window)
    return rows, {**test, "before_p": float(stats.f.sf(f, len(apart), free))}


def _part(
    weekly: Weekly, alike: Dependence, inside: np.ndarray[Any, Any]
) -> tuple[Weekly, Dependence]:
    """Return some of the weeks, with how these hang together."""
    root = np.linalg.inv(alike.whiten)
    whiten = np.linalg.inv(np.linalg.cholesky((root @ root.T)[np.ix_(inside, inside)]))
    part = replace(
        weekly, week=weekly.week[inside], day=weekly.day[inside], n=weekly.n[inside],
        mean=weekly.mean[inside],
    )  # fmt: skip
    return part, Dependence(whiten, alike.fading)


def _after(weekly: Weekly, alike: Dependence, window: Codes) -> dict[str, Any]:
    """Compare after with before, at the event and at every other week."""
    length = len(window)

    def clear(origin: int) -> tuple[float, float] | None:
        inside = np.isin(weekly.week, window + origin)
        after = weekly.week[inside] >= origin
        if inside.sum() < max(4, 0.7 * length) or not after.any() or after.all():
            return None
        part, white = _part(weekly, alike, inside)
        found = fit(part, np.column_stack([np.ones(len(after)), after]), white)
        size = float(found.covariance[1, 1]) / max(found.variance, 1e-300)
        return float(found.coefficients[1]), size**0.5

    here = clear(0)
    others = [clear(at) for at in range(weekly.week[0] - window[0], weekly.week[-1] - window[-1] + 1)
              if not -window[0] > at > -(window[-1] + 1)]  # fmt: skip
    quiet = [abs(one[0]) / max(one[1], 1e-12) for one in others if one is not None]
    effect, p, note = np.nan, np.nan, ""
    if here is not None:
        effect = here[0]
        if len(quiet) >= _FEWEST_DAYS:
            reached = sum(one >= abs(effect) / max(here[1], 1e-12) * (1 - 1e-9) for one in quiet)
            p = (1 + reached) / (1 + len(quiet))
        else:
            note = f"{len(quiet)} days without the event: too few (from {_FEWEST_DAYS})"
    return {"effect": effect, "p": p, "n_placebo": len(quiet), "note": note}


def _notes(tests: list[dict[str, Any]], panel: Panel, touched: int) -> list[str]:
    notes = [] if touched else [
        "No outlet stands outside the event: what else happened in these weeks is in the effects."
    ]  # fmt: skip
    early = [str(test[panel.label_name]) for test in tests if test["before_p"] <= 0.1]
    if early:
        notes.append(
            f"Moving before the event already: {', '.join(early)}; what comes after is no effect "
            "of it alone."
        )
    return [*notes, "That nothing is seen to move before does not prove that nothing did."]
