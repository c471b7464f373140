"""How many codings: what a wished interval costs, before or after the first ones were made."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.errors import InputError
from syriatopics.inference import Codings, HasScores, Scores, as_scores
from syriatopics.inference.blocks import BlockChoice
from syriatopics.inference.groups import PRODUCTION, name_of
from syriatopics.inference.resampling import Array
from syriatopics.results import Result
from syriatopics.validation.cells import MIN_CODED, Cell
from syriatopics.validation.correction import corrected_shares
from syriatopics.validation.rectify import Rectified, rectified_interval

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["CodingPlan", "plan_codings"]

_STEPS = np.unique(np.round(np.geomspace(1.0, 400.0, 400), 3))


@dataclass(frozen=True, eq=False, kw_only=True)
class CodingPlan(Result):
    """A row per group and theme: ``<by>, theme, width_now, n_now, n_needed, more, note``.

    ``n_needed`` is how many coded passages of the group give an interval of the wished width, drawn as
    those were that are there; NaN where even all passages would not.
    """

    width: float

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw how many more codings each theme needs, in the group that needs most."""
        from syriatopics.plots import bars

        most = self.table.groupby("theme")["more"].max().reset_index()
        return bars(
            most, ax, **{"name": "theme", "value": "more", "xlabel": "more codings", **options}
        )


def plan_codings(
    scores: Scores | HasScores,
    width: float = 0.1,
    *,
    codings: Codings | None = None,
    by: str | Sequence[str] | pd.Series = "outlet",
    sensitivity: float = 0.8,
    specificity: float = 0.95,
    production: str = PRODUCTION[0],
    blocks: BlockChoice = "auto",
    level: float = 0.95,
) -> CodingPlan:
    """Say how many more codings a wished interval of corrected shares takes.

    Parameters
    ----------
    scores : Scores or FittedTopics
        Of all passages.
    width : float
        From the lower to the upper limit.
    codings : Codings, optional
        The first ones, 60 or more: how far the scorer errs, and how much codings of one article tell
        the same, is read off them. Without any, both are supposed.
    by, production, blocks, level
        As in :func:`corrected_shares`.
    sensitivity, specificity : float
        Without codings: how many of the passages with a theme the scorer finds, and how many of those
        without it it leaves alone.

    Returns
    -------
    CodingPlan

    Raises
    ------
    InputError
        If the width is none, or a rate lies outside (0, 1].

    Notes
    -----
    The variance of a corrected share has two parts: how shares vary between blocks of articles, which no
    coding makes smaller, and that of which passages were coded, which falls with their number. The first
    is what is left of the variance without the second; since few codings tell little of it, half of it is
    taken from how scores vary between the same blocks, times by how much shares do more in all groups.
    The width that comes out scatters by a tenth for a given number of codings, so that a single plan is
    often off by more than that; see ``benchmarks/results/scorers_worlds.md``.

    Examples
    --------
    >>> from syriatopics import load_seeds, score_themes
    >>> plan = plan_codings(score_themes(load_seeds()), width=0.3, by="production", production="all")
    >>> bool((plan.table["n_needed"].dropna() >= 30).all())
    True
    """
    if not 0 < width < 1:
        raise InputError(f"width={width!r} must lie between 0 and 1.")
    for name, rate in (("sensitivity", sensitivity), ("specificity", specificity)):
        if not 0 < rate <= 1:
            raise InputError(f"{name}={rate!r} must lie in (0, 1].")
    known = as_scores(scores)
    supposed = codings is None or not len(codings)
    if codings is None or supposed:
        codings = _supposed(known, sensitivity, specificity)
    found = corrected_shares(known, codings, by, production=production, blocks=blocks, level=level)
    scatter = _scatter(found._cells)
    rows = [
        {**dict(zip(found.by, cell.key, strict=True)), "theme": theme}
        | _needed(cell, k, width, level, supposed, scatter)
        for cell in found._cells
        for k, theme in enumerate(found.labels)
    ]
    notes = [f"Intervals of {width:g} at a level of {level:g}, of shares by {name_of(found.by)}."]
    if supposed:
        notes.append(
            f"Nothing was coded yet: a sensitivity of {sensitivity:g} and a specificity of {specificity:g} "
            "are supposed. Code 60 passages and ask again."
        )
    return CodingPlan(table=pd.DataFrame(rows), notes=tuple(notes), width=width)


def _supposed(scores: Scores, sensitivity: float, specificity: float) -> Codings:
    """Return codings of every third passage, as a scorer of such rates would have them beside it."""
    rng = np.random.default_rng(0)
    table = scores.passages.table
    held = np.asarray(scores.weights()) >= 0.5
    share = np.clip(
        (held.mean(axis=0) + specificity - 1) / (sensitivity + specificity - 1 + 1e-9), 0.0, 1.0
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        yes = np.nan_to_num(sensitivity * share / np.maximum(held.mean(axis=0), 1e-9))
        no = np.nan_to_num((1 - sensitivity) * share / np.maximum(1 - held.mean(axis=0), 1e-9))
    true = rng.random(held.shape) < np.where(held, np.clip(yes, 0, 1), np.clip(no, 0, 1))
    drawn = np.sort(rng.permutation(len(table))[: max(len(table) // 3, min(len(table), 60))])
    themes = [str(theme) for theme in scores.table.columns]
    sample = (
        scores.passages.take(drawn)
        .loaded()
        .table[["passage_id", "article_id", "outlet", "date", "text"]]
        .assign(stratum="all", probability=len(drawn) / max(len(table), 1))
    )
    said = [" ".join(t for t, yes in zip(themes, row, strict=True) if yes) for row in true[drawn]]
    codes = sample[["passage_id", "article_id"]].assign(
        coder="supposed", themes=said, time="", note=""
    )
    return Codings(
        table=codes.reset_index(drop=True), sample=sample.reset_index(drop=True),
        themes=tuple(themes), labels={theme: theme for theme in themes}, design="random",
    )  # fmt: skip


def _needed(
    cell: Cell, k: int, width: float, level: float, supposed: bool, scatter: float
) -> dict[str, Any]:
    n = cell.rectified.n_coded
    low, high = rectified_interval(cell.rectified, level)
    now = float(high[k] - low[k]) if n else np.nan
    out = {"width_now": np.nan if supposed else now, "n_now": 0 if supposed else n}
    if not n or np.isnan(now):
        return {**out, "n_needed": np.nan, "more": np.nan, "note": "nothing coded to go by"}
    most = cell.n_passages / n
    steps = [*(s for s in (*_STEPS[::-1] ** -1, *_STEPS[1:]) if s < most), most]
    enough = bisect_left(
        steps, True, key=lambda times: _width(cell, k, level, float(times), scatter) <= width
    )
    if enough == len(steps):
        return {
            **out, "n_needed": np.nan, "more": np.nan,
            "note": "not even all passages: more articles are needed",
        }  # fmt: skip
    needed = max(int(np.ceil(steps[enough] * n)), min(MIN_CODED, cell.n_passages))
    return {
        **out,
        "n_needed": float(needed),
        "more": float(max(needed - out["n_now"], 0)),
        "note": "",
    }


def _parts(rectified: Rectified) -> tuple[Array, Array]:
    """Return the squared error without its widening for few blocks, and what coding takes no part in."""
    widened = rectified.in_effect / max(rectified.in_effect - 2, 1.0)
    squared = rectified.found.error**2 / widened
    return squared, np.maximum(squared - rectified.sampling, 0.05 * squared)


def _scatter(cells: Sequence[Cell]) -> float:
    """Return by how much true shares vary more between blocks than scores do, over all cells.

    How shares vary is unsure where few passages of a cell were coded; how scores do is known of all.
    """
    known = [c for c in cells if np.isfinite([c.rectified.found.error, c.naive.error]).all()]
    own = sum(float(_parts(cell.rectified)[1].sum()) for cell in known)
    said = sum(float((cell.naive.error**2).sum()) for cell in known)
    return own / said if said > 0 else 1.0


def _width(cell: Cell, k: int, level: float, times: float, scatter: float) -> float:
    """Return the width of the interval with so many times the codings, drawn in the same way."""
    rectified = cell.rectified
    stays = (_parts(rectified)[1] + scatter * cell.naive.error**2) / 2
    effect = _filled(rectified.in_effect, rectified.blocks, times)
    variance = (stays + rectified.sampling / times) * effect / max(effect - 2, 1.0)
    grown = rectified._replace(
        found=rectified.found._replace(error=np.sqrt(variance)),
        seen=rectified.seen * times,
        in_effect=effect,
        coded_in_effect=_filled(rectified.coded_in_effect, cell.n_articles, times),
    )
    low, high = rectified_interval(grown, level)
    return float(high[k] - low[k])


def _filled(in_effect: float, most: float, times: float) -> float:
    """Return how many blocks are in effect: more codings fill those that there are, and make no more."""
    most = max(most, in_effect)
    return 1 / (1 / most + (1 / in_effect - 1 / most) / times)
