"""Cells: the share of every period and group, with its standard error."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from syriatopics.inference import MIN_ARTICLES
from syriatopics.inference.blocks import (
    ShareError,
    design_effect,
    intraclass,
    share_error,
    t_interval,
    wilson_interval,
)
from syriatopics.inference.nearness import Nearness, nearness
from syriatopics.inference.prevalence import cell_note
from syriatopics.trends.panel import BlockChoice, Panel
from syriatopics.trends.placing import Placement

__all__ = ["estimate_cells"]

Array = np.ndarray[Any, np.dtype[np.float64]]
Codes = np.ndarray[Any, np.dtype[np.int64]]

# How far back is looked, in days, for how alike articles of nearby days are.
_LOOK_BACK = 728
# Levels that last longer than six weeks are what a trend shows, and no likeness of articles.
_STRETCH = 42
# Days and weeks share what is known every so many days, from the second time on.
_TOGETHER, _BEGIN = 28, 2


def estimate_cells(
    panel: Panel,
    placed: Placement,
    blocks: BlockChoice,
    level: float,
    n_resamples: int,
    random_state: int,
) -> pd.DataFrame:
    """Return a row per period, group and theme: see :class:`syriatopics.trends.Trend`.

    Each cell draws from a generator of its own, so that it is the same whatever else is
    looked at. How alike articles of one block are is estimated over all cells; articles of
    nearby days, over the two years up to the end of a period.
    """
    effect = _effect_of(panel, placed, blocks)
    cells = list(_cells(panel, placed))
    estimates = []
    for cell in cells:
        seed = [random_state, zlib.crc32(panel.groups[cell.group].encode()), cell.ordinal]
        error = _error(panel, placed, cell, n_resamples, np.random.default_rng(seed))
        if len(cell.rows):
            error = error._replace(se=error.se * np.sqrt(effect(cell)))
        estimates.append(error)
    return _table(panel, placed, cells, estimates, level)


class _Cell(NamedTuple):
    """A period and a group, with the rows of the placement that fall into it."""

    period: int
    ordinal: int
    group: int
    rows: Codes


def _cells(panel: Panel, placed: Placement) -> Iterator[_Cell]:
    n_groups = len(panel.groups)
    key = placed.period * n_groups + panel.group[placed.unit]
    order = np.argsort(key, kind="stable")
    edges = np.searchsorted(key[order], np.arange(len(placed.periods) * n_groups + 1))
    ordinals = placed.periods.asi8
    for number in range(len(placed.periods) * n_groups):
        period, group = divmod(number, n_groups)
        rows = order[edges[number] : edges[number + 1]]
        yield _Cell(period, int(ordinals[period]), group, rows)


def _effect_of(panel: Panel, placed: Placement, blocks: BlockChoice) -> Callable[[_Cell], Array]:
    """Return what tells by how much the variance of a cell grows: from how alike articles are."""
    unit = placed.unit
    if isinstance(blocks, str) and blocks == "article":
        return lambda cell: np.ones(panel.values.shape[1])
    if panel.story is not None:
        story = panel.story[unit]
        cells = placed.period * len(panel.groups) + panel.group[unit]
        rho = intraclass(panel.values[unit], cells, story)
        return lambda cell: design_effect(rho, story[cell.rows])
    days = (panel.first + panel.last) // 2
    known: dict[int, Nearness] = {}

    def effect(cell: _Cell) -> Array:
        until = _until(placed.periods, cell.period, int(days.min()))
        if until not in known:
            known[until] = _near(panel, days, until)
        near, weight = known[until], placed.weight[cell.rows]
        return np.maximum(near.effect(days[unit[cell.rows]], weight), 1.0)

    return effect


def _until(periods: pd.PeriodIndex, number: int, first: int) -> int:
    """Return the last day whose articles say how alike articles are: nothing is looked up ahead.

    It is the last day of the period. Of days and weeks, some share it, which saves time.
    """
    last = int((periods[number].end_time - pd.Timestamp(0)).days)
    if not periods.freqstr.startswith(("D", "W")):
        return last
    whole = (last - first + 1) // _TOGETHER
    return first + whole * _TOGETHER - 1 if whole >= _BEGIN else last


def _near(panel: Panel, days: Codes, until: int) -> Nearness:
    """Estimate how alike articles are from the two years before a day; stretches end on it."""
    known = (days <= until) & (days > until - _LOOK_BACK)
    if known.sum() < MIN_ARTICLES:
        return Nearness.none(panel.values.shape[1])
    return nearness(panel.values[known], until - days[known], panel.group[known], _STRETCH)


def _error(
    panel: Panel,
    placed: Placement,
    cell: _Cell,
    n_resamples: int,
    rng: np.random.Generator,
) -> ShareError:
    values, weights = panel.values[placed.unit[cell.rows]], placed.weight[cell.rows]
    missing = np.full(values.shape[1], np.nan)
    if not len(values):
        return ShareError(missing, missing, np.nan, 0.0)
    if len(values) < MIN_ARTICLES:
        n = float(weights.sum() ** 2 / (weights**2).sum())
        return ShareError(weights @ values / weights.sum(), missing, np.nan, n)
    return share_error(values, weights, None, n_resamples, rng)


def _table(
    panel: Panel,
    placed: Placement,
    cells: list[_Cell],
    estimates: list[ShareError],
    level: float,
) -> pd.DataFrame:
    """Lay the estimates out: a row per period, group and theme."""
    interval = t_interval if panel.signed else wilson_interval
    k = len(panel.labels)
    missing = np.full(k, np.nan)
    low, high, articles, passages, notes = [], [], [], [], []
    for cell, error in zip(cells, estimates, strict=True):
        enough = error.n >= MIN_ARTICLES
        bounds = interval(error, level) if enough else (missing, missing)
        low.append(bounds[0])
        high.append(bounds[1])
        units = placed.unit[cell.rows]
        articles.append(len(units))
        passages.append(int(panel.n_passages[units].sum()))
        notes.append(_note(placed.weight[cell.rows], error.n))
    names = [str(period) for period in placed.periods]
    return pd.DataFrame(
        {
            "period": np.repeat([names[c.period] for c in cells], k),
            panel.column: np.repeat([panel.groups[c.group] for c in cells], k),
            panel.label_name: np.tile(np.array(panel.labels, dtype=object), len(cells)),
            "share": np.concatenate([e.share for e in estimates]),
            "low": np.concatenate(low),
            "high": np.concatenate(high),
            "n_articles": np.repeat(articles, k),
            "n_passages": np.repeat(passages, k),
            "note": np.repeat(np.array(notes, dtype=object), k),
        }
    )


def _note(weights: Array, n: float) -> str:
    if len(weights) > 1 and weights.max() > weights.sum() / 2:
        return f"one article carries {weights.max() / weights.sum():.0%} of the weight"
    if len(weights) >= MIN_ARTICLES > n:
        return f"{len(weights)} articles, worth {n:.1f}: too few for an interval"
    return cell_note(len(weights))
