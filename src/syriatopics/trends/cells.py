"""Cells: the share of every period and group, as :func:`syriatopics.prevalence` would give it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from syriatopics.inference.blocks import BlockChoice, Blocks, Measured, blocks_of
from syriatopics.inference.floors import MIN_ARTICLES
from syriatopics.inference.groups import note_of
from syriatopics.inference.intervals import interval
from syriatopics.inference.pooling import together
from syriatopics.inference.resampling import Array, Codes, Estimate, estimate
from syriatopics.trends.panel import Panel
from syriatopics.trends.placing import Placement

__all__ = ["blocks_of_panel", "estimate_cells"]


def estimate_cells(panel: Panel, placed: Placement, blocks: Blocks, level: float) -> pd.DataFrame:
    """Return a row per period, group and theme: see :class:`syriatopics.trends.Trend`.

    How alike articles of one block are is estimated over all cells.
    """
    cells = list(_cells(panel, placed))
    values = (panel.values + 1) / 2 if panel.signed else panel.values
    found, spreads = [], []
    for cell in cells:
        unit, weight = placed.unit[cell.rows], placed.weight[cell.rows]
        found.append(estimate(values[unit] * weight[:, None], weight, blocks.codes[unit]))
        spreads.append(blocks.spread(unit, weight))
    return _table(panel, placed, cells, together(found, spreads), level)


def blocks_of_panel(panel: Panel, placed: Placement, blocks: BlockChoice) -> Blocks:
    """Return the block of each article of a panel: see :func:`syriatopics.inference.blocks.blocks_of`."""
    if panel.story is not None and (not isinstance(blocks, str) or blocks not in _BY_DAY):
        name = blocks if isinstance(blocks, str) else "named"
        return Blocks(name, panel.story, (f"Blocks: {name}, as asked.",))
    days = [
        day.astype("datetime64[D]").astype("datetime64[s]") for day in (panel.first, panel.last)
    ]
    table = pd.DataFrame({"article_id": panel.articles, "date_start": days[0], "date_end": days[1]})
    table["date"] = table["date_start"].where(panel.first == panel.last)
    if panel.story is not None:
        table["story"] = panel.story
    cell = np.full((len(panel), 2), np.nan)
    cell[placed.unit] = np.stack([panel.group[placed.unit], placed.period], axis=1)
    measured = Measured(panel.values, np.ones(len(panel)), cell)
    return blocks_of(table, blocks, measured)


_BY_DAY = ("auto", "article", "day", "week", "month")


class _Cell(NamedTuple):
    """A period and a group, with the rows of the placement that fall into it."""

    period: int
    group: int
    rows: Codes


def _cells(panel: Panel, placed: Placement) -> Iterator[_Cell]:
    n_groups = len(panel.groups)
    key = placed.period * n_groups + panel.group[placed.unit]
    order = np.argsort(key, kind="stable")
    edges = np.searchsorted(key[order], np.arange(len(placed.periods) * n_groups + 1))
    for number in range(len(placed.periods) * n_groups):
        rows = order[edges[number] : edges[number + 1]]
        yield _Cell(*divmod(number, n_groups), rows)


def _table(
    panel: Panel, placed: Placement, cells: list[_Cell], found: list[Estimate], level: float
) -> pd.DataFrame:
    """Lay the estimates out: a row per period, group and theme."""
    k = len(panel.labels)
    missing = np.full(k, np.nan)
    notes = [_note(placed.weight[c.rows], e) for c, e in zip(cells, found, strict=True)]
    limits = [
        (missing, missing) if note else interval(e, level)
        for e, note in zip(found, notes, strict=True)
    ]
    share, low, high = (
        np.concatenate(part)
        for part in ([e.mean for e in found], [a for a, _ in limits], [b for _, b in limits])
    )
    if panel.signed:
        share, low, high = (2 * part - 1 for part in (share, low, high))
    passages = [int(panel.n_passages[placed.unit[c.rows]].sum()) for c in cells]
    names = [str(period) for period in placed.periods]
    return pd.DataFrame(
        {
            "period": np.repeat([names[c.period] for c in cells], k),
            panel.column: np.repeat([panel.groups[c.group] for c in cells], k),
            panel.label_name: np.tile(np.array(panel.labels, dtype=object), len(cells)),
            "share": share,
            "low": low,
            "high": high,
            "n_articles": np.repeat([e.n for e in found], k),
            "n_passages": np.repeat(passages, k),
            "note": np.repeat(np.array(notes, dtype=object), k),
        }
    )


def _note(weights: Array, found: Estimate) -> str:
    n = weights.sum() ** 2 / (weights**2).sum() if len(weights) else 0.0
    if len(weights) > 1 and weights.max() > weights.sum() / 2:
        return f"one article carries {weights.max() / weights.sum():.0%} of the weight"
    if len(weights) >= MIN_ARTICLES > n:
        return f"{len(weights)} articles, worth {n:.1f}: too few for an interval"
    return note_of(found)
