"""Correction: how much of a theme is there, once what a method gets wrong is taken off?

Scores of all passages, corrected by the passages that people coded. A method that errs more in
one outlet than in another makes a difference where there is none; a hand-coded sample, drawn
with known chances, takes it away, and its size decides how sure the rest is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.errors import InputError, TooSmallError, choices
from syriatopics.inference import Codings, HasScores, Scores, as_scores, check_texts
from syriatopics.inference.behind import Behind
from syriatopics.inference.blocks import BlockChoice, Measured, blocks_of
from syriatopics.inference.contrasts import CORRECTIONS, Contrasts, adjusted
from syriatopics.inference.groups import PRODUCTION, groups_of, name_of, produced, with_column
from syriatopics.inference.periods import NOWHERE, frequency, period_numbers, windows_of
from syriatopics.inference.resampling import Array
from syriatopics.validation.cells import Cell, cells_of, compared, outcomes_of, rows_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["CorrectedShares", "corrected_shares"]


@dataclass(frozen=True, eq=False, kw_only=True)
class CorrectedShares(Behind):
    """Shares by group, corrected by coded passages, with the naive figure beside them.

    A row per group and theme: ``<by>, theme, share, low, high, naive, naive_low, naive_high, coded,
    power, n_coded, n_articles, n_passages, note``. ``share`` is corrected, ``naive`` what the method
    says, ``coded`` what the coded passages say alone; ``power`` is how far the scores were
    believed, from 0 to 1.
    """

    by: tuple[str, ...]
    labels: dict[str, str]
    level: float
    production: str
    _cells: tuple[Cell, ...] = field(repr=False)
    _doubt: Array = field(repr=False)

    def contrasts(
        self, pairs: Sequence[tuple[str, str]] | None = None, *, correction: str = "bh"
    ) -> Contrasts:
        """Compare corrected shares between groups.

        Parameters
        ----------
        pairs : list of (str, str), optional
            Groups, those of several columns as ``"a · b"``; by default every pair, or, by
            outlet and period, outlets in the same period.
        correction : {"bh", "holm", "none"}
            As in :func:`syriatopics.contrasts`.

        Returns
        -------
        Contrasts
            With ``naive, naive_low, naive_high`` beside each difference.

        Raises
        ------
        InputError
            If a group or the correction is not there, or there is one group only.
        """
        if correction not in CORRECTIONS:
            raise InputError(
                f"Correction {correction!r} is not known. Choices: {choices(CORRECTIONS)}."
            )
        named = {name_of(cell.key): cell for cell in self._cells}
        rows: list[dict[str, Any]] = []
        for a, b in self._pairs(named, pairs):
            rows += compared(a, named[a], b, named[b], list(self.labels), self.level, self._doubt)
        table = pd.DataFrame(rows).assign(production=self.production)
        table["q"] = adjusted(table["p"].to_numpy(), correction)
        note = f"{len(table):,} comparisons; q is corrected for their number ({correction})."
        return Contrasts(
            table=table,
            notes=(*self.notes, note),
            label_name="theme",
            labels=self.labels,
            scores=self.scores,
            groups=self.groups,
        )

    def outcomes(self) -> Scores:
        """Return corrected scores, for regressions, trends, event tests and any other estimator.

        Design-based supervised learning: an article that nobody has read has what the method says,
        as far as it is believed; one that was read has the error of the method on top, as many
        times as articles stand behind it. Means over articles of a group are corrected shares. Of a
        single article they say nothing: they may lie outside [0, 1].

        Returns
        -------
        Scores
            NaN in groups of which too few passages were coded for an interval; the notes name
            them. Production that was left out is NaN too.

        Examples
        --------
        >>> import tempfile
        >>> from syriatopics import coding_task, load_seeds, score_themes
        >>> corpus = load_seeds()
        >>> task = coding_task(corpus, tempfile.mkdtemp(), n=200)
        >>> found = corrected_shares(score_themes(corpus.passages()), task.codings())
        >>> bool(found.outcomes().table.isna().all(axis=None))
        True
        """
        assert self.scores is not None and self.groups is not None
        article = self.scores.passages.table["article_id"].to_numpy()
        values, few = outcomes_of(self._cells, self.groups, article)
        return Scores(
            table=pd.DataFrame(values, index=self.scores.table.index, columns=list(self.labels)),
            passages=self.scores.passages,
            notes=(
                *self.notes,
                *few,
                "Corrected scores: means over articles, of no single article.",
            ),
            labels=self.labels,
        )

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw corrected shares with their intervals, and the naive ones beside them."""
        from syriatopics.plots import corrected_points

        return corrected_points(self.table, ax, **{"by": self.by, "labels": self.labels, **options})

    def _pairs(
        self, named: dict[str, Cell], pairs: Sequence[tuple[str, str]] | None
    ) -> list[tuple[str, str]]:
        for name in (name for pair in pairs or () for name in pair):
            if name not in named:
                raise InputError(f"No group {name!r}. Groups here: {choices(named)}.")
        found = (
            [(a, b) for a, b in combinations(named, 2) if named[a].key[1:] == named[b].key[1:]]
            if pairs is None
            else list(pairs)
        )
        if not found:
            raise TooSmallError(
                f"One group only ({choices(named)}): there is nothing to compare it with."
            )
        return found


def corrected_shares(
    scores: Scores | HasScores,
    codings: Codings,
    by: str | Sequence[str] | pd.Series = "outlet",
    *,
    period: str | None = None,
    coder: str | None = None,
    production: str = PRODUCTION[0],
    blocks: BlockChoice = "auto",
    level: float = 0.95,
) -> CorrectedShares:
    """Estimate the share of each theme in each group from all passages, corrected by coded ones.

    As in :func:`prevalence`, every article counts alike and is the unit of uncertainty. The
    estimator is prediction-powered inference with tuned power, or design-based supervised
    learning [1]_ [2]_ [3]_: it is right for any method, however wrong, if the coded passages
    were drawn with the chances that `codings` hold, and the codes are what is meant.

    Parameters
    ----------
    scores : Scores or FittedTopics
        Of all passages.
    codings : Codings
        Of some of them (:func:`read_codings`).
    by : str, list of str or Series
        As in :func:`prevalence`.
    period : {"D", "W", "M", "Q", "Y"}, optional
        Adds the period to the groups. Articles that were written in a window of more than one
        period are left out, and counted in the notes.
    coder : str, optional
        Whose codes are taken as right; by default the mean of all coders.
    production : {"own", "all"}
    blocks : {"auto", "article", "day", "week", "month", "story"}, a column, or Series
        As in :func:`prevalence`.
    level : float
        Of the intervals.

    Returns
    -------
    CorrectedShares
        ``share`` is NaN below 10 coded passages in a group that holds more, ``low`` and ``high``
        below 30 coded passages of 15 articles; ``note`` says so. Until somebody has coded there
        is the naive share alone.

    Raises
    ------
    InputError
        If the codings are of another corpus, or share no theme with the scores; if a column,
        the period or the block is not there.

    References
    ----------
    .. [1] Egami, N. et al. (2023). Using imperfect surrogates for downstream inference:
       design-based supervised learning. NeurIPS 36.
    .. [2] Angelopoulos, A. N. et al. (2023). Prediction-powered inference. Science 382.
    .. [3] Angelopoulos, A. N., Duchi, J. C. & Zrnic, T. (2023). PPI++. arXiv:2311.01453.

    Examples
    --------
    >>> import tempfile
    >>> from syriatopics import coding_task, load_seeds, score_themes
    >>> corpus = load_seeds()
    >>> task = coding_task(corpus, tempfile.mkdtemp(), n=200)
    >>> for passage in task.sample["passage_id"]:
    ...     task.log("reader").record(passage, ("humanitarian",))
    >>> scores = score_themes(corpus.passages())
    >>> found = corrected_shares(scores, task.codings(), production="all")
    >>> found.table.query("theme == 'humanitarian'")["share"].round(6).tolist()
    [1.0, 1.0, 1.0, 1.0, 1.0]
    """
    scores = as_scores(scores)
    table, columns, notes = _grouped(scores, by, period)
    themes, said, codes, chance = _aligned(scores, codings, coder)
    stands, more = produced(table, production)
    groups, lost = groups_of(table, columns)
    groups.loc[~stands | np.isnan(said).any(axis=1), :] = np.nan
    taken = blocks_of(table, blocks, Measured(said, np.ones(len(said)), groups))
    cells = cells_of(said, codes, chance, table, groups, taken)
    doubt, twice = _doubt(codings, coder, themes)
    rows = [row for cell in cells for row in rows_of(cell, columns, themes, level, doubt)]
    return CorrectedShares(
        table=pd.DataFrame(rows),
        notes=(
            *scores.notes,
            *codings.notes,
            *notes,
            *more,
            *lost,
            *taken.notes,
            *_trusted(twice, doubt),
            *_warnings(cells),
        ),
        by=columns,
        labels={theme: (scores.labels or codings.labels).get(theme, theme) for theme in themes},
        level=level,
        production=production,
        _cells=cells,
        _doubt=doubt,
        scores=scores,
        groups=groups,
    )


def _doubt(codings: Codings, coder: str | None, themes: Sequence[str]) -> tuple[Array, int]:
    """Return half the share of passages coded twice in which coders differ, and their number.

    Where two coders differ one is wrong. What both say is the least that can be true, what
    either says the most: a mean of their codes may be off by half of that either way.
    """
    times = codings.table["passage_id"].value_counts()
    twice = times.index[times > 1] if coder is None else times.index[:0]
    if not len(twice):
        return np.zeros(len(themes)), 0
    codes = codings.codes().loc[twice, list(themes)].to_numpy(dtype=np.float64)
    return ((codes > 0) & (codes < 1)).mean(axis=0) / 2, len(twice)


def _trusted(twice: int, doubt: Array) -> list[str]:
    if not twice:
        return [
            "No passage was coded twice: the codes are taken as true, and limits do not allow for "
            "what coders get wrong."
        ]
    return [
        f"{twice:,} passages were coded twice; limits allow for codes that are off by half of what "
        f"coders differ in (at most {doubt.max():.3f})."
    ]


def _grouped(
    scores: Scores, by: str | Sequence[str] | pd.Series, period: str | None
) -> tuple[pd.DataFrame, tuple[str, ...], list[str]]:
    table, columns = with_column(scores.passages.table, by)
    if period is None:
        return table, columns, []
    days = windows_of(table)
    known = days[0] != NOWHERE
    first, last = (np.full(len(table), NOWHERE) for _ in days)
    first[known], last[known] = (period_numbers(day[known], period) for day in days)
    wide = first != last
    n_wide = table["article_id"][wide].nunique()
    notes = [f"{n_wide:,} articles written in a window of more than one period are left out."]
    inside = known & ~wide
    when = np.full(len(table), None, dtype=object)
    when[inside] = pd.PeriodIndex.from_ordinals(first[inside], freq=frequency(period)).astype(str)
    return table.assign(period=when), (*columns, "period"), notes if n_wide else []


def _aligned(
    scores: Scores, codings: Codings, coder: str | None
) -> tuple[list[str], Array, Array, Array]:
    """Return themes, scores and codes in the order of the passages, and chances of being drawn."""
    check_texts(codings, scores.passages.loaded().table.set_index("passage_id")["text"])
    themes = [theme for theme in codings.themes if theme in scores.table.columns]
    if not themes:
        raise InputError(
            f"The scores hold none of the themes that were coded. Coded: "
            f"{choices(codings.themes)}; scored: {choices(scores.table.columns)}."
        )
    ids = scores.table.index
    said = pd.DataFrame(scores.weights(), index=ids, columns=scores.table.columns)[themes]
    codes = codings.codes(coder)[themes].reindex(ids)
    chance = codings.sample.set_index("passage_id")["probability"].reindex(ids)
    return themes, said.to_numpy(), codes.to_numpy(dtype=np.float64), chance.to_numpy()


def _warnings(cells: Sequence[Cell]) -> list[str]:
    coded = sum(cell.rectified.n_coded for cell in cells)
    total = sum(cell.n_passages for cell in cells)
    notes = [f"Corrected by {coded:,} coded of {total:,} passages."]
    if all(cell.n_articles == 1 for cell in cells):
        notes.append(
            "Every group is a single article: the correction mends how the method reads these "
            "articles, and says nothing of their outlets."
        )
    return notes
