"""Prevalence: how much of a theme, by outlet or any other grouping, and how sure is that?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.inference.behind import Behind
from syriatopics.inference.blocks import BlockChoice
from syriatopics.inference.caveats import caveats_of
from syriatopics.inference.floors import POOLED_ARTICLES
from syriatopics.inference.groups import PRODUCTION, Cell, cells_of, grouped, name_of, note_of
from syriatopics.inference.intervals import interval
from syriatopics.inference.resampling import Estimate
from syriatopics.inference.scores import HasScores, Scores, as_scores
from syriatopics.inference.shrinkage import said_of, shrunk
from syriatopics.inference.standards import StandardChoice, standard_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Prevalence", "prevalence", "share_rows"]


_COLUMNS = ("share", "low", "high", "n_articles", "n_passages", "note")
_POOLED = ("unpooled", "drawn")


@dataclass(frozen=True, eq=False, kw_only=True)
class Prevalence(Behind):
    """Shares by group: ``<by>, theme, share, low, high, n_articles, n_passages, note``.

    Attributes
    ----------
    unit : str
        What the limits take as independent: articles, weeks, or another block.
    """

    by: tuple[str, ...]
    label_name: str
    labels: dict[str, str]
    unit: str = "article"

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the shares as points, with their intervals where there are any."""
        from syriatopics.plots import shares

        return shares(self.table, ax, **{"by": self.by[0], "labels": self.labels, **options})


def prevalence(
    scores: Scores | HasScores,
    by: str | Sequence[str] | pd.Series = "outlet",
    *,
    production: str = PRODUCTION[0],
    blocks: BlockChoice = "auto",
    pool: bool = False,
    standardise: StandardChoice | None = None,
    level: float = 0.95,
) -> Prevalence:
    """Estimate the share of each theme or topic in each group.

    The scores are averaged within an article and then over articles, so that a long
    article does not speak for its outlet; the article, or a block of articles, is the unit
    of uncertainty.

    Parameters
    ----------
    scores : Scores or FittedTopics
    by : str, list of str or Series
        Columns of ``scores.documents``, or one value per passage.
    production : {"own", "all"}
        "own" leaves out wire copy, translations and republished articles, and counts them in
        the notes: what an outlet takes from an agency is not its framing.
    blocks : {"auto", "article", "day", "week", "month", "story"}, a column, or Series
        What is taken as independent. "auto" asks the corpus how alike articles of near days
        are, and says in the notes what it took: articles where they are independent, else
        days, weeks or months. "story" is a column of that name, else near copies are one
        story; a Series gives the block of each article id.
    pool : bool
        Draw the shares of small groups to those of all, as far as groups are alike [1]_: the
        columns ``unpooled`` and ``drawn`` (0 not at all, 1 the whole way) say how far. Of
        several columns the first is pooled, within each value of the others. Three groups of
        five articles are needed; limits hold on average over groups, and a group that is
        unlike all others is drawn too far, which the notes say.
    standardise : str, or mapping of str to mapping of kind to weight, optional
        Give every group one mix: of the kinds of a column such as "genre", in which they weigh
        what they do among all articles compared, or the weights given, as in
        ``{"genre": {"news": 0.7, "opinion": 0.3}}``.
    level : float
        Of the intervals.

    Returns
    -------
    Prevalence
        Its table has a row per group and theme. ``low`` and ``high`` are NaN in cells
        with fewer than 15 articles, or where fewer than six blocks stand behind the variance,
        and ``note`` says so; a single article describes itself and no outlet.

    Raises
    ------
    InputError
        If a column, the block or the mix is not there.

    References
    ----------
    .. [1] Morris, C. (1983). Parametric empirical Bayes inference: theory and applications.
       JASA 78.

    Examples
    --------
    >>> from syriatopics.corpus import load_seeds
    >>> from syriatopics.scorers import score_themes
    >>> shares = prevalence(score_themes(load_seeds().passages()))
    >>> shares.table["note"].iloc[0]
    'one article: describes this article, not the outlet'
    """
    scores = as_scores(scores)
    found = grouped(scores, by, production, blocks)
    table = scores.passages.table.reset_index(drop=True)
    standard = None if standardise is None else standard_of(table, found.groups, standardise)
    cells = cells_of(scores, found, standard=standard)
    labels = list(scores.table.columns)
    rows: list[dict[str, Any]] = []
    for cell in cells:
        named = dict(zip(found.columns, cell.key, strict=True))
        shares = share_rows(cell.found, cell.n_passages, level)
        rows += [
            {**named, scores.label_name: label, **share, "note": cell.lacks or share["note"]}
            for label, share in zip(labels, shares, strict=True)
        ]
    notes = [*(standard.notes if standard else ()), *_warnings(rows)]
    if pool:
        notes += _pool(rows, cells, labels, level)
    columns = [*found.columns, scores.label_name, *_COLUMNS, *(_POOLED if pool else ())]
    return Prevalence(
        table=pd.DataFrame(rows, columns=columns),
        notes=(*scores.notes, *found.notes, *notes, *caveats_of(table, found.groups)),
        by=found.columns,
        label_name=scores.label_name,
        labels=scores.labels or {},
        unit=found.blocks.unit,
        scores=scores,
        groups=found.groups,
    )


def _pool(
    rows: list[dict[str, Any]], cells: Sequence[Cell], labels: Sequence[str], level: float
) -> list[str]:
    """Put pooled shares into rows; return what is to be said of it."""
    found = [cell.found for cell in cells]
    pooled = shrunk(found, level, [cell.key[1:] for cell in cells])
    for number, row in enumerate(rows):
        at = divmod(number, len(labels))
        row |= {"unpooled": row["share"], "drawn": 0.0}
        if np.isnan(pooled.share[at]):
            continue
        row["note"] = cells[at[0]].note(POOLED_ARTICLES)
        row |= {"share": pooled.share[at], "drawn": pooled.drawn[at]}
        limits = (np.nan, np.nan) if row["note"] else (pooled.low[at], pooled.high[at])
        row |= dict(zip(("low", "high"), limits, strict=True))
    return list(said_of(pooled, found, [name_of(cell.key) for cell in cells], labels))


def share_rows(found: Estimate, n_passages: int, level: float = 0.95) -> list[dict[str, Any]]:
    """Return ``share, low, high, n_articles, n_passages, note`` for each column of an estimate."""
    note = note_of(found)
    low = high = np.full(found.mean.shape, np.nan)
    if not note:
        low, high = interval(found, level)
    counts = {"n_articles": found.n, "n_passages": n_passages, "note": note}
    return [
        {"share": share, "low": low[k], "high": high[k], **counts}
        for k, share in enumerate(found.mean)
    ]


def _warnings(rows: Sequence[dict[str, Any]]) -> list[str]:
    counts = {row["n_articles"] for row in rows}
    if counts == {1}:
        return [
            "Every group is a single article: differences describe these articles, not their outlets."
        ]
    return []
