"""Scopes: who moved at a break, and whether a break of one outlet is one that others share."""

from __future__ import annotations

import numpy as np
import pandas as pd

from syriatopics.inference.differences import difference
from syriatopics.inference.groups import note_of
from syriatopics.inference.lasting import named
from syriatopics.inference.periods import period_numbers
from syriatopics.inference.pooling import together
from syriatopics.inference.resampling import Codes, estimate
from syriatopics.trends.panel import Panel
from syriatopics.trends.segments import Break
from syriatopics.trends.windows import Change

__all__ = ["JOINT", "change_at", "scoped", "who_moved"]


# The name of the search for breaks that groups have together.
JOINT = "all"


def change_at(panel: Panel, day: Codes, start: int, group: str, at: Break, level: float) -> Change:
    """Compare the stretches before and behind a break, in one group or in all."""
    own = panel.group == panel.group_index(group) if group in panel.groups else np.True_
    sides = []
    for first, last in ((at.start, at.position), (at.position, at.end)):
        chosen = own & (day >= start + first) & (day < start + last)
        side = panel.where(chosen)
        weeks = named("week", period_numbers(day[chosen], "W"))
        values = (side.values + 1) / 2 if panel.signed else side.values
        sides.append(estimate(values, block=weeks if side.story is None else side.story))
    before, after = together(sides)
    gap = difference(after, before, level)
    few = note_of(before) or note_of(after) or gap.note
    low, high, p = (np.full_like(gap.p, np.nan) if few else part for part in gap[1:4])
    size, base = (2.0, 1.0) if panel.signed else (1.0, 0.0)
    was, now = (size * e.mean - base for e in (before, after))
    return Change(was, now, size * gap.difference, size * low, size * high, p, before.n, after.n)


def who_moved(panel: Panel, day: Codes, start: int, at: Break, level: float) -> str:
    """Say which groups change at a common break, by themselves."""
    moved: dict[bool, list[str]] = {True: [], False: []}
    for group in panel.groups:
        change = change_at(panel, day, start, group, at, level)
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
