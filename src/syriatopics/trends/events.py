"""Events: what happened when, and whether a theme changed around it.

A change around an event is held against changes around days on which nothing of the kind
happened: press coverage moves all the time, and a before-after difference alone proves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.errors import InputError, choices
from syriatopics.inference import MIN_ARTICLES, HasScores, Scores
from syriatopics.inference.behind import Behind
from syriatopics.inference.groups import PRODUCTION
from syriatopics.inference.resampling import Codes
from syriatopics.lexicons import load
from syriatopics.trends.panel import Panel, panel_of
from syriatopics.trends.points import points_of
from syriatopics.trends.windows import Around, Weeks, around

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["EventTest", "event_of", "event_test", "load_events"]


_COLUMNS = ("id", "date", "end", "en", "ar", "kind", "weight", "source")


def load_events(
    kind: str | None = None,
    *,
    start: str | None = None,
    end: str | None = None,
    weight: int = 1,
    extra: str | Path | None = None,
) -> pd.DataFrame:
    """Return dated events of the Syrian conflict, 2011 to 2025, reviewed and sourced in words.

    Parameters
    ----------
    kind : str, optional
        military, humanitarian, diplomacy, political, accountability, economy or
        natural_disaster.
    start, end : str, optional
        Days between which events begin, both included.
    weight : {1, 2, 3}
        Only events of this weight and more: 3 is drawn even on a crowded figure.
    extra : path, optional
        The user's own events (TOML) on top of the shipped ones.

    Returns
    -------
    DataFrame
        ``id, date, end, en, ar, kind, weight, source``, by date. Goes to ``events=`` of the
        pictures over time.

    Raises
    ------
    InputError
        If the kind is not known.

    Examples
    --------
    >>> load_events("natural_disaster")["id"].tolist()
    ['earthquakes']
    """
    rows = [[getattr(event, name) for name in _COLUMNS] for event in load("events", extra).event]
    table = pd.DataFrame(rows, columns=list(_COLUMNS))
    for column in ("date", "end"):
        table[column] = pd.to_datetime(table[column]).astype("datetime64[s]")
    if kind is not None and kind not in set(table["kind"]):
        raise InputError(f"No events of kind {kind!r}. Kinds: {choices(set(table['kind']))}.")
    kept = table["weight"] >= weight
    kept &= True if kind is None else table["kind"] == kind
    kept &= True if start is None else table["date"] >= pd.Timestamp(start)
    kept &= True if end is None else table["date"] <= pd.Timestamp(end)
    return table[kept].sort_values(["date", "id"], kind="stable").reset_index(drop=True)


@dataclass(frozen=True, eq=False, kw_only=True)
class EventTest(Behind):
    """Before and after an event, a row per theme and group.

    Columns ``event, date, theme, outlet, before, after, change, low, high, p, placebo_low,
    placebo_high, n_before, n_after, n_placebo, note``.

    `p` is the share of days without the event around which the theme changed as clearly, and
    the limits say the same: they leave 0 out where p is at most 1 - level. The press moves by
    itself, so that a test which knows the two windows only cries wolf. Most changes around days
    without the event lie between `placebo_low` and `placebo_high`; there are `n_placebo` of them.
    """

    label_name: str
    labels: Mapping[str, str]
    by: str

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the changes with their intervals, before those of days without the event."""
        from syriatopics.plots import change_bars

        return change_bars(self.table, ax, **{"by": self.by, "labels": self.labels, **options})


def event_test(
    scores: Scores | HasScores,
    event: str | date,
    by: str | None = None,
    *,
    at: str = "start",
    weeks: int = 4,
    gap: int = 0,
    themes: Sequence[str] | None = None,
    production: str = PRODUCTION[0],
    balance: tuple[str, str] | None = None,
    level: float = 0.95,
    extra: str | Path | None = None,
) -> EventTest:
    """Test whether themes changed around an event.

    Parameters
    ----------
    scores : Scores or FittedTopics
    event : str or date
        The id of an event (:func:`load_events`), or a day such as "2018-04-07". The day
        itself belongs to the weeks after.
    by : str, optional
        A column of ``scores.documents`` for a test per group, such as "outlet".
    at : {"start", "end"}
        Which day of an event that lasts longer.
    weeks : int
        How many weeks before and after are compared.
    gap : int
        How many weeks after the event are passed over.
    themes, balance
        As in :func:`trend`.
    level : float
        Of the intervals: see :class:`EventTest`.
    production : {"own", "all"}
        As in :func:`syriatopics.prevalence`.
    extra : path, optional
        The user's own events.

    Raises
    ------
    InputError
        If the event, a column or theme is not known, or no article lies near the event.

    Examples
    --------
    >>> from syriatopics import load_seeds, score_themes
    >>> scores = score_themes(load_seeds().passages())
    >>> test = event_test(scores, "2016-07-20", production="all")
    >>> test.table["note"].iloc[0]
    'too few articles: 1 before, 1 after (from 15)'
    """
    for name, value, least in (("weeks", weeks, 2), ("gap", gap, 0)):
        if value < least:
            raise InputError(f"{name} {value!r} must be {least} or more.")
    name, when = event_of(event, at, extra)
    panel = panel_of(scores, by, production=production)
    panel = panel.contrast(*balance) if balance else panel.only(themes)
    points, day, lost = points_of(panel)
    _check_near(points, day, when, weeks + gap)
    rows = []
    for group in range(len(points.groups)):
        mask = points.group == group
        series = Weeks.of(points.values[mask], day[mask], when)
        rows += _rows(
            points, group, around(series, weeks, gap, points.signed, level), name, when, level
        )
    return EventTest(
        table=pd.DataFrame(rows),
        notes=(*panel.notes, *lost, *_notes(rows, weeks)),
        label_name=points.label_name,
        labels=points.names,
        by=points.column,
        scores=panel.scores,
    )


def event_of(event: str | date, at: str, extra: str | Path | None) -> tuple[str, int]:
    """Return the id and the day of an event."""
    if at not in ("start", "end"):
        raise InputError(f"at {at!r} is not known. Choices: 'end', 'start'.")
    known = {one.id: one for one in load("events", extra).event}
    if isinstance(event, date):
        return event.isoformat(), _number(event)
    if event in known:
        found = known[event]
        return event, _number(found.date if at == "start" else found.end or found.date)
    try:
        return event, _number(date.fromisoformat(event))
    except ValueError:
        parts = event.split("_")
        near = [name for name in known if any(part in name for part in parts)]
        raise InputError(
            f"No event {event!r}, and no day such as 2018-04-07. "
            + (f"Near it: {choices(near[:8])}." if near else "See load_events().")
        ) from None


def _number(day: date) -> int:
    """Return a day counted from 1970-01-01."""
    return day.toordinal() - date(1970, 1, 1).toordinal()


def _check_near(panel: Panel, day: Codes, when: int, weeks: int) -> None:
    near = (day >= when - 7 * weeks) & (day < when + 7 * weeks)
    if not near.any():
        first, last = np.datetime64(int(day.min()), "D"), np.datetime64(int(day.max()), "D")
        raise InputError(
            f"No article lies within {weeks} weeks of {np.datetime64(when, 'D')}: they run from "
            f"{first} to {last}."
        )


def _rows(
    panel: Panel, group: int, found: Around, name: str, when: int, level: float
) -> list[dict[str, Any]]:
    change = found.change
    note = ""
    if min(change.n_before, change.n_after) < MIN_ARTICLES:
        note = (
            f"too few articles: {change.n_before} before, {change.n_after} after "
            f"(from {MIN_ARTICLES})"
        )
    elif np.isnan(change.p).all():
        note = (
            f"{found.n_placebo} days without the event: too few to hold it against "
            f"(from {int(np.ceil(level / (1 - level) - 1e-9))})"
        )
    return [
        {
            "event": name,
            "date": pd.Timestamp(np.datetime64(when, "D")),
            panel.label_name: label,
            panel.column: panel.groups[group],
            **{part: getattr(change, part)[k] for part in ("before", "after", "change", "low", "high", "p")},
            "placebo_low": found.placebo_low[k],
            "placebo_high": found.placebo_high[k],
            "n_before": change.n_before,
            "n_after": change.n_after,
            "n_placebo": found.n_placebo,
            "note": note,
        }
        for k, label in enumerate(panel.labels)
    ]  # fmt: skip


def _notes(rows: list[dict[str, Any]], weeks: int) -> list[str]:
    days = [row["n_placebo"] for row in rows]
    told = any(row["p"] == row["p"] for row in rows)
    return [
        f"{weeks} weeks before are compared with {weeks} weeks after; {len(rows)} tests, each held "
        f"against {min(days)}{f' to {max(days)}' if max(days) > min(days) else ''} days without the event"
        + (": p and limits say how rare so clear a change is among them." if told else ".")
    ]
