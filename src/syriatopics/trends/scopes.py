"""Scopes: who moved at a break, and whether a break of one outlet is one that others share."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from syriatopics.inference.periods import period_numbers
from syriatopics.trends.change import Change, change_between
from syriatopics.trends.panel import Panel
from syriatopics.trends.segments import Break

__all__ = ["JOINT", "change_at", "scoped", "who_moved"]

Codes = np.ndarray[Any, np.dtype[np.int64]]

# The name of the search for breaks that groups have together.
JOINT = "all"
_RESAMPLES = 500


def change_at(
    panel: Panel, day: Codes, start: int, group: str, at: Break, level: float, seed: list[int]
) -> Change:
    """Compare the stretches before and behind a break, in one group or in all."""
    own = panel.group == panel.group_index(group) if group in panel.groups else np.True_
    sides = []
    for first, last in ((at.start, at.position), (at.position, at.end)):
        chosen = own & (day >= start + first) & (day < start + last)
        side = panel.where(chosen)
        weeks = period_numbers(day[chosen], "W")
        sides.append((side.values, weeks if side.story is None else side.story))
    rng = np.random.default_rng([*seed, at.position])
    return change_between(
        sides[0], sides[1], signed=panel.signed, level=level, n_resamples=_RESAMPLES, rng=rng
    )


def who_moved(
    panel: Panel, day: Codes, start: int, at: Break, level: float, seed: list[int]
) -> str:
    """Say which groups change at a common break, by themselves."""
    moved: dict[bool, list[str]] = {True: [], False: []}
    for group in panel.groups:
        change = change_at(panel, day, start, group, at, level, seed)
        if change.low[0] > 0 or change.high[0] < 0:
            moved[bool(change.change[0] > 0)].append(group)
    up, down = moved[True], moved[False]
    if up and down:
        return f"opposite: {', '.join(up)} up, {', '.join(down)} down"
    if len(up or down) > 1:
        return f"shared: {', '.join(up or down)}"
    return f"one: {(up or down)[0]}" if up or down else "shared: none by itself"


def scoped(table: pd.DataFrame, label: str, by: str) -> pd.DataFrame:
    """Say of each group's own break whether it is one that groups share."""
    scope = table["scope"].astype(object).copy()
    joint = table[table[by] == JOINT]
    if not len(joint):
        return table
    for row in table[table[by] != JOINT].itertuples():
        same = joint[joint[label] == getattr(row, label)]
        near = (same["low"] <= row.high) & (same["high"] >= row.low)
        named = [str(text) for text in same.loc[near, "scope"]]
        shared = any(
            text.startswith("shared: ") and getattr(row, by) in text[8:].split(", ")
            for text in named
        )
        scope[row.Index] = "shared" if shared else "specific"
    return table.assign(scope=scope)
