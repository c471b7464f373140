"""Effects: how shares go with outlet and time together, and whether outlets drift apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from syriatopics.errors import InputError, choices
from syriatopics.inference.behind import Behind
from syriatopics.inference.blocks import BlockChoice, Measured, blocks_of
from syriatopics.inference.caveats import caveats_of
from syriatopics.inference.contrasts import adjusted
from syriatopics.inference.floors import MIN_FREEDOM, MIN_HOLDING, cell_note
from syriatopics.inference.groups import PRODUCTION, groups_of, produced
from syriatopics.inference.regression import Fit, fit_draws, lasts_of
from syriatopics.inference.resampling import Array, article_means
from syriatopics.inference.scores import HasScores, Scores, as_scores

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Effects", "effects"]

_YEAR = np.timedelta64(365, "D") + np.timedelta64(6, "h")
_PERIODS = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q"}
TIMES = ("linear", *_PERIODS)


@dataclass(frozen=True, eq=False, kw_only=True)
class Effects(Behind):
    """Marginal effects of a regression, a row per quantity and theme.

    Columns ``kind, a, b, theme, estimate, low, high, df, p, q, n_a, n_b, note``. Kinds:
    ``share`` (of outlet a, as if it had written at the dates of all articles),
    ``difference`` (of two such shares), ``slope`` (change of the share of a in a year) and
    ``slope difference``. ``q`` is corrected within a kind.

    Attributes
    ----------
    interaction : DataFrame
        ``theme, f, p, q``: do the outlets move differently in time, all at once?
    """

    interaction: pd.DataFrame
    label_name: str
    labels: dict[str, str]

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the adjusted differences between outlets."""
        from syriatopics.plots import differences

        table = self.table[self.table["kind"] == "difference"]
        table = table.rename(columns={"estimate": "difference"})
        return differences(table, ax, **{"labels": self.labels, **options})


class _Design(NamedTuple):
    """The regression: its columns, and how a row of group `g` would look at every date."""

    matrix: Array
    names: list[str]
    time: Array  # (n_articles, n_time): the columns of time, without the intercept
    group: np.ndarray[Any, Any]

    def rows(self, group: int, time: Array) -> Array:
        """Return the design of articles of one group at given times."""
        n, m = len(time), len(self.names)
        dummies = np.zeros((n, m - 1))
        if group:
            dummies[:, group - 1] = 1
        crossed = [time * dummies[:, [k]] for k in range(m - 1)]
        return np.column_stack([np.ones(n), dummies, time, *crossed])

    @property
    def interaction(self) -> np.ndarray[Any, Any]:
        """The columns in which outlets and time meet."""
        return np.arange(len(self.names) + self.time.shape[1], self.matrix.shape[1])


def effects(
    scores: Scores | HasScores,
    by: str = "outlet",
    *,
    time: str | None = "linear",
    draws: Array | None = None,
    production: str = PRODUCTION[0],
    blocks: BlockChoice | tuple[BlockChoice, BlockChoice] = "auto",
    correction: str = "bh",
    level: float = 0.95,
) -> Effects:
    """Regress the shares of articles on outlet, time, and both together.

    The regression of STM's ``estimateEffect``, with three differences: the article and not the
    passage is the unit, errors are clustered by article or block (CR2, with the degrees of
    freedom of Bell and McCaffrey [1]_), and it takes any θ (or themes). With draws of θ the
    uncertainty of the model is carried on by the method of composition; without, θ is taken as
    known and the notes say so. For shares alone the score intervals of :func:`prevalence` and
    :func:`contrasts` hold their level where themes are rare, which t intervals do not.

    Parameters
    ----------
    scores : Scores or FittedTopics
    by : str
        A column of the passages.
    time : {"linear", "day", "week", "month", "quarter"} or None
        A straight line per outlet; or a level for each period (two or more periods, each with articles
        of every outlet); or no time at all.
    draws : ndarray, shape (n_draws, n_passages, k), optional
        Draws of θ from its posterior, rows and columns as in the scores; those of
        ``StructuralTopics(n_draws=25)`` are ``topics.draws``.
    production, correction, level
        As in :func:`contrasts`.
    blocks : {"auto", "article", "day", "week", "month", "story"}, a column, Series, or two
        What is taken as independent, as in :func:`prevalence`. Two that do not lie within each
        other, such as ``("story", "week")``, make two-way clustering [2]_.

    Returns
    -------
    Effects
        NaN where an outlet has fewer than 15 articles, fewer than five with a theme or
        without it, or what is asked rests on fewer than four degrees of freedom; ``note``
        says so.

    Raises
    ------
    InputError
        If fewer than two groups have dated articles, or draws do not fit the scores.

    References
    ----------
    .. [1] Pustejovsky, J. & Tipton, E. (2018). Small-sample methods for cluster-robust
       variance estimation and hypothesis testing in fixed effects models. JBES 36.
    .. [2] Cameron, A., Gelbach, J. & Miller, D. (2011). Robust inference with multiway
       clustering. JBES 29.

    Examples
    --------
    >>> from syriatopics import load_seeds, score_themes
    >>> result = effects(score_themes(load_seeds().passages()), time=None, production="all")
    >>> result.table["low"].isna().all()
    np.True_
    """
    scores = as_scores(scores)
    values = _values(scores, draws)
    if time is not None and time not in TIMES:
        raise InputError(f"Time {time!r} is not known. Choices: {choices(TIMES)}, or None.")
    table = scores.passages.table.reset_index(drop=True)
    stands, notes = produced(table, production)
    groups, more = groups_of(table, (by,))
    used = stands & groups[by].notna().to_numpy()
    undated = int(table.loc[used & table["date"].isna(), "article_id"].nunique())
    if time is not None:
        used &= table["date"].notna().to_numpy()
        if undated:
            more.append(f"{undated:,} articles without a date are left out.")
    means, articles = _articles(
        values[:, used], table["article_id"].to_numpy()[used], scores.sizes()[used]
    )
    first = table[used].assign(_group=groups[by][used]).drop_duplicates("article_id")
    first = first.set_index("article_id").loc[articles]
    design = _design(first, time, by)
    cell = groups[used].reindex(groups.index)
    measured = Measured(scores.weights(), scores.sizes(), cell)
    asked = blocks if isinstance(blocks, tuple) else (blocks,)
    chosen = [blocks_of(table, one, measured) for one in asked]
    first_of = ~table["article_id"].duplicated()
    every = [pd.Series(one.codes, table["article_id"])[first_of.to_numpy()] for one in chosen]
    codes = [one.loc[articles].to_numpy() for one in every]
    fit = fit_draws(design.matrix, means, codes)
    seen = means.mean(axis=0)
    run_on = partial(lasts_of, seen - design.matrix @ fit.beta, design.group, codes)
    rows = _rows(fit, design, _held(seen, design), run_on, scores, time == "linear", level)
    found = pd.DataFrame(rows)
    found["q"] = found.groupby("kind")["p"].transform(
        lambda p: adjusted(p.to_numpy(dtype=float), correction)
    )
    said = [note for one in chosen for note in one.notes]
    return Effects(
        table=found,
        notes=(
            *scores.notes,
            *notes,
            *more,
            *said,
            *caveats_of(table, cell),
            *_notes(draws, design, fit),
        ),
        interaction=_interaction(fit, design, run_on, scores, correction),
        label_name=scores.label_name,
        labels=scores.labels or {},
        scores=scores,
        groups=cell,
    )


def _values(scores: Scores, draws: Array | None) -> Array:
    weights = scores.weights()
    if draws is None:
        return weights[None]
    draws = np.asarray(draws, dtype=float)
    if draws.ndim != 3 or draws.shape[1:] != weights.shape:
        raise InputError(
            f"Draws of shape {draws.shape} do not fit scores of shape {weights.shape}: "
            "(n_draws, n_passages, n_labels) is needed."
        )
    # A passage that could not be scored stays out in every draw.
    return np.where(np.isnan(weights).any(axis=1)[None, :, None], np.nan, draws)


def _articles(
    values: Array, article: np.ndarray[Any, Any], sizes: Array
) -> tuple[Array, np.ndarray[Any, Any]]:
    means, articles = zip(*(article_means(draw, article, sizes) for draw in values), strict=True)
    return np.stack(means), articles[0]


def _design(articles: pd.DataFrame, time: str | None, by: str) -> _Design:
    names = sorted(articles["_group"].astype(str).unique())
    if len(names) < 2:
        raise InputError(
            f"Effects of {by} need two groups with {'dated ' if time else ''}articles; there are: "
            f"{choices(names)}."
        )
    group = pd.Index(names).get_indexer(articles["_group"].astype(str))
    columns = np.empty((len(articles), 0))
    if time == "linear":
        when = articles["date"].to_numpy()
        years = (when - when.min()) / _YEAR
        columns = (years - years.mean())[:, None]
    elif time is not None:
        periods = articles["date"].dt.to_period(_PERIODS[time])
        columns = pd.get_dummies(periods).to_numpy(dtype=float)[:, 1:]
    bare = _Design(columns, names, columns, group)
    matrix = np.empty((len(articles), len(names) * (1 + columns.shape[1])))
    for g in range(len(names)):
        matrix[group == g] = bare.rows(g, columns[group == g])
    rank = int(np.linalg.matrix_rank(matrix))
    if rank < matrix.shape[1]:
        raise InputError(
            f"Not every {by} has articles in every period ({matrix.shape[1] - rank} cells of {by} and "
            'time are empty): take longer periods, or time="linear".'
        )
    return bare._replace(matrix=matrix)


def _rows(
    fit: Fit,
    design: _Design,
    held: Array,
    run_on: Callable[[Sequence[int]], float],
    scores: Scores,
    linear: bool,
    level: float,
) -> list[dict[str, Any]]:
    shares = [design.rows(g, design.time).mean(axis=0) for g in range(len(design.names))]
    wanted: list[tuple[str, int, int | None, Array]] = []
    wanted += [("share", g, None, row) for g, row in enumerate(shares)]
    pairs = list(combinations(range(len(shares)), 2))
    wanted += [("difference", a, b, shares[a] - shares[b]) for a, b in pairs]
    if linear:
        zero, one = np.zeros((1, 1)), np.ones((1, 1))
        slopes = [(design.rows(g, one) - design.rows(g, zero))[0] for g in range(len(shares))]
        wanted += [("slope", g, None, row) for g, row in enumerate(slopes)]
        wanted += [("slope difference", a, b, slopes[a] - slopes[b]) for a, b in pairs]
    rows = []
    counts = np.bincount(design.group, minlength=len(design.names))
    for kind, a, b, weights in wanted:
        members = [a] if b is None else [a, b]
        found = fit.combine(weights, level, run_on(members))
        for k, label in enumerate(scores.table.columns):
            notes = [
                f"{design.names[g]}: {said}"
                for g in members
                if (said := cell_note(int(counts[g])) or _rare(held[g, k]))
            ]
            if not notes and found.freedom < MIN_FREEDOM:
                notes = [f"rests on {found.freedom:.1f} degrees of freedom (from {MIN_FREEDOM:g})"]
            limits = [np.nan] * 3 if notes else [found.low[k], found.high[k], found.p[k]]
            rows.append(
                {"kind": kind, "a": design.names[a], "b": "" if b is None else design.names[b]}
                | {scores.label_name: label, "estimate": found.estimate[k]}
                | {"low": limits[0], "high": limits[1], "df": found.freedom}
                # that a share differs from zero is nothing to test
                | {"p": np.nan if kind == "share" else limits[2], "q": np.nan}
                | {"n_a": int(counts[a]), "n_b": 0 if b is None else int(counts[b])}
                | {"note": "; ".join(notes)}
            )
    return rows


def _held(means: Array, design: _Design) -> Array:
    """Return in how many articles of each group a label is, or is not, whichever are fewer."""
    found = np.zeros((len(design.names), means.shape[1]))
    for g in range(len(found)):
        mine = means[design.group == g]
        found[g] = np.minimum((mine > 0).sum(axis=0), (mine < 1).sum(axis=0))
    return found


def _rare(held: float) -> str:
    return (
        f"{held:.0f} articles tell: too few for a t (from {MIN_HOLDING})"
        if held < MIN_HOLDING
        else ""
    )


def _interaction(
    fit: Fit,
    design: _Design,
    run_on: Callable[[Sequence[int]], float],
    scores: Scores,
    correction: str,
) -> pd.DataFrame:
    # All pairs are asked at once: what runs on in them on average.
    lasts = float(np.mean([run_on(pair) for pair in combinations(range(len(design.names)), 2)]))
    f, p = fit.joint(design.interaction, lasts)
    table = pd.DataFrame({scores.label_name: list(scores.table.columns), "f": f, "p": p})
    return table.assign(q=adjusted(p, correction))


def _notes(draws: Array | None, design: _Design, fit: Fit) -> Sequence[str]:
    taken = (
        f"{len(draws)} draws of θ, pooled by the method of composition."
        if draws is not None
        else "Scores are taken as known: intervals hold the uncertainty of articles, not that of the model."
    )
    return taken, f"{len(design.matrix):,} articles, {design.matrix.shape[1]} coefficients."
