"""Contrasts: does one outlet deal with a theme more than another, beyond what chance explains?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import stats

from syriatopics.errors import InputError, TooSmallError, choices
from syriatopics.inference.behind import Behind
from syriatopics.inference.blocks import BlockChoice, Blocks
from syriatopics.inference.caveats import caveats_of
from syriatopics.inference.differences import correlation, difference
from syriatopics.inference.floors import MIN_ARTICLES, MIN_BLOCKS, POOLED_ARTICLES
from syriatopics.inference.groups import (
    PRODUCTION,
    Cell,
    cells_of,
    grouped,
    groups_of,
    name_of,
    with_column,
)
from syriatopics.inference.resampling import estimate
from syriatopics.inference.scores import HasScores, Scores, as_scores
from syriatopics.inference.shrinkage import said_of, shrunk
from syriatopics.inference.standards import StandardChoice, standard_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["CORRECTIONS", "Contrasts", "adjusted", "contrasts"]

CORRECTIONS = ("bh", "holm", "none")


@dataclass(frozen=True, eq=False, kw_only=True)
class Contrasts(Behind):
    """Differences of shares between groups.

    A row per pair, theme and production: ``a, b, theme, difference, low, high, p, q,
    share_a, share_b, n_a, n_b, production, note``. Positive: more in `a`. ``q`` is the
    p-value corrected for the number of comparisons made.
    """

    label_name: str
    labels: dict[str, str]

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the differences of the outlets' own production, with their intervals."""
        from syriatopics.plots import differences

        first = self.table[self.table["production"] == self.table["production"].iloc[0]]
        return differences(first, ax, **{"labels": self.labels, **options})


def contrasts(
    scores: Scores | HasScores,
    by: str | Sequence[str] | pd.Series = "outlet",
    *,
    pairs: Sequence[tuple[str, str]] | None = None,
    production: str | Sequence[str] = PRODUCTION,
    blocks: BlockChoice = "auto",
    pool: bool = False,
    standardise: StandardChoice | None = None,
    correction: str = "bh",
    level: float = 0.95,
) -> Contrasts:
    """Compare the shares of themes or topics between groups.

    Parameters
    ----------
    scores : Scores or FittedTopics
    by : str, list of str or Series
        As in :func:`prevalence`; groups of several columns are named ``"a · b"``.
    pairs : list of (str, str), optional
        Which groups to compare; by default every pair. A group asked for here that holds no own
        production stands with all that it holds, and the notes say so.
    production : "own", "all" or both
        The outlets' own production first (what an outlet takes from an agency is not its
        framing), all articles beside it.
    blocks : {"auto", "article", "day", "week", "month", "story"}, a column, or Series
        What is taken as independent, as in :func:`prevalence`: one choice for the whole
        result. Groups that share weeks (outlets of one calendar) are then compared week by
        week; groups that do not (periods) show how much weeks differ. Too few blocks for a
        t are dealt out anew; where even that cannot tell, there is no p and ``note`` says so.
    pool : bool
        Draw the shares of small groups to those of all, as in :func:`prevalence`: differences and
        their limits are of pooled shares, with the difference as it is in ``unpooled``. p and q
        stay those of the articles alone, since a test gains nothing by it.
    standardise : str, or mapping of str to mapping of kind to weight, optional
        Give every group one mix of genre or production, as in :func:`prevalence`.
    correction : {"bh", "holm", "none"}
        "bh" holds the share of false discoveries (Benjamini and Hochberg), "holm" the
        chance of a single one, among all pairs and themes of one production.
    level : float

    Returns
    -------
    Contrasts
        Intervals and tests are NaN where a group has fewer than 15 articles, or there are
        too few blocks; ``note`` says so. The notes name pairs that share no week.

    Raises
    ------
    InputError
        If a group, a column, the block, the mix or the correction is not there.

    Examples
    --------
    >>> from syriatopics import load_seeds, score_themes
    >>> pairs = contrasts(score_themes(load_seeds().passages()), pairs=[("noonpost", "alhal")])
    >>> pairs.table["p"].isna().all()
    np.True_
    """
    scores = as_scores(scores)
    if correction not in CORRECTIONS:
        raise InputError(
            f"Correction {correction!r} is not known. Choices: {choices(CORRECTIONS)}."
        )
    every, _ = groups_of(*with_column(scores.passages.table, by))
    wanted = _pairs(_names(every), pairs)
    parts: list[pd.DataFrame] = []
    notes: list[str] = []
    chosen: BlockChoice | Blocks = blocks
    for which in (production,) if isinstance(production, str) else tuple(production):
        found = grouped(scores, by, which, chosen, asked=[n for pair in pairs or () for n in pair])
        chosen = found.blocks  # one choice per result, made on what is asked for first
        table, labels = scores.passages.table.reset_index(drop=True), list(scores.table.columns)
        mix = None if standardise is None else standard_of(table, found.groups, standardise)
        cells = {name_of(cell.key): cell for cell in cells_of(scores, found, standard=mix)}
        rows = _compare(cells, wanted, labels, scores.label_name, level, found.blocks.unit)
        said = [*found.notes, *(mix.notes if mix else ())]
        if pool:
            said += _pool(rows, cells, labels, level)
        q = adjusted(np.array([row["p"] for row in rows]), correction)
        parts.append(pd.DataFrame(rows).assign(q=q, production=which))
        said += caveats_of(table, found.groups, wanted)
        notes += [note for note in said if note not in notes]
    notes.append(f"{len(parts[0]):,} comparisons; q is corrected for their number ({correction}).")
    return Contrasts(
        table=pd.concat(parts, ignore_index=True),
        notes=(*scores.notes, *notes),
        label_name=scores.label_name,
        labels=scores.labels or {},
        scores=scores,
        groups=every,
    )


def _names(groups: pd.DataFrame) -> list[str]:
    members = groups.dropna().drop_duplicates().sort_values(list(groups.columns))
    return [name_of(row) for row in members.itertuples(index=False, name=None)]


def _pairs(names: Sequence[str], pairs: Sequence[tuple[str, str]] | None) -> list[tuple[str, str]]:
    if pairs is None and len(names) < 2:
        raise TooSmallError(
            f"One group only ({choices(names)}): there is nothing to compare it with."
        )
    if pairs is None:
        return list(combinations(names, 2))
    for name in (name for pair in pairs for name in pair):
        if name not in names:
            raise InputError(f"No passage belongs to {name!r}. Groups here: {choices(names)}.")
    return list(pairs)


def _compare(
    cells: dict[str, Cell],
    pairs: Sequence[tuple[str, str]],
    labels: Sequence[str],
    label_name: str,
    level: float,
    unit: str,
) -> list[dict[str, Any]]:
    rows = []
    nothing = Cell((), estimate(np.empty((0, len(labels)))), np.array([]), 0)
    for a, b in pairs:
        first, second = (cells.get(name, nothing) for name in (a, b))
        gap = difference(first.found, second.found, level)
        note = _said(((a, first), (b, second)), MIN_ARTICLES) or gap.note
        fewest = min(len(cell.found.sizes) for cell in (first, second))
        if unit == "outlet" and fewest < MIN_BLOCKS:
            note = f"{fewest} outlets on a side: too few to compare types of outlets (from {MIN_BLOCKS})"
        for k, label in enumerate(labels):
            row = {"a": a, "b": b, label_name: label, "difference": gap.difference[k]}
            for name, values in (("low", gap.low), ("high", gap.high), ("p", gap.p)):
                row[name] = np.nan if note else values[k]
            rows.append(
                row
                | {"q": np.nan, "share_a": first.found.mean[k], "share_b": second.found.mean[k]}
                | {"n_a": first.found.n, "n_b": second.found.n, "note": note}
            )
    return rows


def _said(sides: Sequence[tuple[str, Cell]], least: int) -> str:
    return next((f"{name}: {said}" for name, cell in sides if (said := cell.note(least))), "")


def _pool(
    rows: list[dict[str, Any]], cells: dict[str, Cell], labels: Sequence[str], level: float
) -> list[str]:
    """Put differences of pooled shares into rows; return what is to be said of it."""
    names, found = list(cells), [cell.found for cell in cells.values()]
    pooled = shrunk(found, level, [cell.key[1:] for cell in cells.values()])
    for number, row in enumerate(rows):
        k = number % len(labels)
        row["unpooled"] = row["difference"]
        if not {row["a"], row["b"]} <= cells.keys():
            continue
        a, b = names.index(row["a"]), names.index(row["b"])
        gap = pooled.difference(a, b, correlation(found[a], found[b]))
        if np.isnan(gap.difference[k]):
            continue
        row |= {"difference": gap.difference[k], "low": gap.low[k], "high": gap.high[k]}
        row |= {"share_a": pooled.share[a, k], "share_b": pooled.share[b, k]}
        few = _said(((row["a"], cells[row["a"]]), (row["b"], cells[row["b"]])), POOLED_ARTICLES)
        if few or "outlets on a side" in row["note"]:
            row |= {"low": np.nan, "high": np.nan}
        elif row["note"]:
            row["note"] = f"no p: {row['note']}"
    return [*said_of(pooled, found, names, labels), "p and q are of unpooled shares."]


def adjusted(p: np.ndarray[Any, Any], correction: str) -> np.ndarray[Any, Any]:
    """Return p-values corrected for their number; NaN stays NaN and counts for nothing.

    Examples
    --------
    >>> adjusted(np.array([0.01, 0.04, np.nan]), "holm").round(3).tolist()
    [0.02, 0.04, nan]
    """
    q = np.full(p.shape, np.nan)
    tested = ~np.isnan(p)
    if not tested.any() or correction == "none":
        return np.where(tested, p, np.nan)
    if correction == "bh":
        q[tested] = stats.false_discovery_control(p[tested])
        return q
    order = np.argsort(p[tested])
    steps = p[tested][order] * np.arange(len(order), 0, -1)
    held = np.empty(len(order))
    held[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    q[tested] = held
    return q
