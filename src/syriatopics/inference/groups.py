"""Groups of passages, blocks of articles, and whose production an article is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from syriatopics.errors import InputError, choices
from syriatopics.inference.blocks import BlockChoice, Blocks, Measured, blocks_of
from syriatopics.inference.caveats import name_of, names_of, outlets_in_groups
from syriatopics.inference.floors import MIN_ARTICLES, cell_note
from syriatopics.inference.pooling import together
from syriatopics.inference.resampling import Codes, Estimate, article_means, estimate
from syriatopics.inference.scores import Scores
from syriatopics.inference.standards import Standard, standardised

__all__ = [
    "PRODUCTION",
    "Cell",
    "Grouped",
    "cells_of",
    "first_rows",
    "grouped",
    "groups_of",
    "name_of",
    "note_of",
    "produced",
    "with_column",
]


# So many articles without an outlet are shown each by itself; more are left out, and said.
_SHOWN_ALONE = 5
PRODUCTION = ("own", "all")
_TYPES = (
    "Blocks (auto): outlet, since types of outlets are compared: a hundred articles of one outlet "
    "are one draw of its type.",
)
_OF_THESE = (
    "Groups are types of outlets: what is said holds of these outlets, not of their types (blocks "
    "by outlet would)."
)
_FOREIGN = ("wire", "translated", "republished")


def with_column(
    table: pd.DataFrame, by: str | Sequence[str] | pd.Series
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the table with the grouping in it, and the names of its columns.

    Parameters
    ----------
    table : DataFrame
        A row per passage.
    by : str, list of str or Series
        Columns of the table, or one value per passage (periods, events, voices).
    """
    if isinstance(by, pd.Series):
        if len(by) != len(table):
            raise InputError(
                f"{len(by)} groups for {len(table)} passages: there must be one for each."
            )
        name = str(by.name or "group")
        return table.assign(**{name: by.to_numpy()}), (name,)
    return table, (by,) if isinstance(by, str) else tuple(by)


def groups_of(table: pd.DataFrame, columns: Sequence[str]) -> tuple[pd.DataFrame, list[str]]:
    """Return the grouping columns; an article without an outlet stands by itself.

    Returns
    -------
    groups : DataFrame
        The columns, with NaN where a passage belongs to no group.
    notes : list of str
    """
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise InputError(
            f"No column {missing[0]!r} to group by. Columns: {choices(table.columns)}."
        )
    groups = table[list(columns)].reset_index(drop=True).astype(object)
    notes = []
    if "outlet" in columns:
        nameless = groups["outlet"].isna().to_numpy()
        articles = sorted(set(table["article_id"][nameless]))
        if 0 < len(articles) <= _SHOWN_ALONE:
            ids = table["article_id"].reset_index(drop=True)
            groups.loc[nameless, "outlet"] = ids[nameless] + " (no outlet)"
            notes.append("Articles without an outlet are shown by themselves, never as a group.")
        elif articles:
            notes.append(f"{len(articles):,} articles without an outlet are left out.")
    for name in columns:
        without = groups[name].isna().to_numpy()
        lost = int(table["n_passages"][without].sum() if "n_passages" in table else without.sum())
        if lost and name != "outlet":
            notes.append(f"{lost:,} passages without {name} are left out.")
    return groups, notes


def produced(
    table: pd.DataFrame,
    production: str,
    group: np.ndarray[Any, Any] | None = None,
    asked: Sequence[Any] = (),
) -> tuple[np.ndarray[Any, Any], list[str]]:
    """Say which passages stand for the outlet's own production, or for all of it.

    Parameters
    ----------
    table : DataFrame
        A row per passage; without a column ``production`` every article stands.
    production : {"own", "all"}
        "own" leaves out wire copy, translations and republished articles. An article of
        which nobody says who made it stays, and is counted in the notes.
    group : ndarray, shape (n_passages,), optional
        The group of each passage.
    asked : sequence, optional
        Groups that are asked for by name: one that holds nothing of its own stands with all
        that it holds, and the notes say so.
    """
    if production not in PRODUCTION:
        raise InputError(f"Production {production!r} is not known. Choices: {choices(PRODUCTION)}.")
    everyone = np.ones(len(table), dtype=bool)
    if production == "all" or "production" not in table:
        return everyone, []
    made = table["production"].fillna("unknown")
    articles = table["article_id"]
    foreign = made.isin(_FOREIGN).to_numpy()
    notes = []
    if foreign.any():
        counts = made[foreign].groupby(articles[foreign]).first().value_counts().sort_index()
        said = ", ".join(f"{n:,} {name}" for name, n in counts.items())
        notes.append(f"Own production: left out are {said} articles.")
    unknown = articles[(made == "unknown").to_numpy()].nunique()
    if unknown:
        notes.append(f"{unknown:,} articles of unknown production are taken as the outlet's own.")
    stands = ~foreign
    for name in dict.fromkeys(asked):
        inside = np.asarray(group == name)
        if inside.any() and not (inside & ~foreign).any():
            stands |= inside
            kinds = " and ".join(sorted(made[inside].unique()))
            notes.append(f"{name} holds no own production: its {kinds} articles stand for it.")
    return stands, notes


@dataclass(frozen=True, eq=False)
class Grouped:
    """Scores in groups, and what is taken as independent: what every comparison starts from.

    Attributes
    ----------
    columns : tuple of str
    groups : DataFrame
        As :func:`groups_of` gives them, with NaN where a passage is left out.
    blocks : Blocks
    notes : tuple of str
    """

    columns: tuple[str, ...]
    groups: pd.DataFrame
    blocks: Blocks
    notes: tuple[str, ...]


def grouped(
    scores: Scores,
    by: str | Sequence[str] | pd.Series,
    production: str,
    blocks: BlockChoice | Blocks,
    labels: Sequence[str] | None = None,
    asked: Sequence[str] = (),
) -> Grouped:
    """Put passages in groups, leave out what is not asked for, and choose the blocks.

    Parameters
    ----------
    scores : Scores
    by, production, blocks
        As in :func:`syriatopics.prevalence`.
    labels : sequence of str, optional
        The themes that are compared; by default all.
    asked : sequence of str, optional
        Groups that are asked for by name: see :func:`produced`.
    """
    table, columns = with_column(scores.passages.table, by)
    groups, more = groups_of(table, columns)
    names = names_of(groups) if asked else None
    stands, notes = produced(table, production, names, asked)
    groups.loc[~stands, :] = np.nan
    weights = _chosen(scores, labels)
    types = isinstance(blocks, str) and outlets_in_groups(table, groups)
    if types and blocks == "auto":
        chosen = replace(blocks_of(table, "outlet"), notes=_TYPES)
    else:
        chosen = blocks_of(table, blocks, Measured(weights, scores.sizes(), groups))
        if types and chosen.unit != "outlet":
            chosen = replace(chosen, notes=(*chosen.notes, _OF_THESE))
    return Grouped(columns, groups, chosen, (*notes, *more, *chosen.notes))


class Cell(NamedTuple):
    """A group: its estimate, its articles, its passages, and what it lacks for the mix asked for."""

    key: tuple[Any, ...]
    found: Estimate
    articles: np.ndarray[Any, Any]
    n_passages: int
    lacks: str = ""

    def note(self, least: int = MIN_ARTICLES) -> str:
        """Say what the articles, and the blocks behind the variance, allow."""
        return self.lacks or note_of(self.found, least)


def note_of(found: Estimate, least: int = MIN_ARTICLES) -> str:
    """Say what the articles of an estimate, and the blocks behind its variance, allow."""
    alone = len(found.sizes) == found.n
    return cell_note(found.n, None if alone else max(found.behind, found.freedom), least)


def cells_of(
    scores: Scores,
    grouped: Grouped,
    labels: Sequence[str] | None = None,
    standard: Standard | None = None,
) -> list[Cell]:
    """Return the estimate of each group; how alike articles are is learnt from all of them.

    Parameters
    ----------
    scores : Scores
    grouped : Grouped
    labels : sequence of str, optional
        The themes to estimate; by default all.
    standard : Standard, optional
        The mix that every group is given.
    """
    weights, sizes = _chosen(scores, labels), scores.sizes()
    groups, blocks = grouped.groups, grouped.blocks
    article = scores.passages.table["article_id"].to_numpy()
    cells, spreads = [], []
    lacks = ""
    for values, index in groups.groupby(
        list(groups.columns), sort=True, observed=True
    ).indices.items():
        means, articles = article_means(weights[index], article[index], sizes[index])
        rows = index[first_rows(articles, article[index])]
        if standard is None:
            found = estimate(means, block=blocks.codes[rows])
            spreads.append(blocks.spread(rows))
        else:
            lacks = standard.lacks(standard.kind[rows])
            found, weight = standardised(means, standard.kind[rows], blocks.codes[rows], standard)
            spreads.append(blocks.spread(rows[weight > 0], weight[weight > 0]))
        scored = int(sizes[index][~np.isnan(weights[index]).any(axis=1)].sum())
        key = values if isinstance(values, tuple) else (values,)
        cells.append(Cell(key, found, articles, scored, lacks))
    pooled = together([cell.found for cell in cells], spreads)
    return [cell._replace(found=found) for cell, found in zip(cells, pooled, strict=True)]


def first_rows(articles: np.ndarray[Any, Any], article: np.ndarray[Any, Any]) -> Codes:
    """Return the first row of each of `articles` among `article`, which holds them all."""
    order = np.argsort(article, kind="stable")
    return np.asarray(order[np.searchsorted(article[order], articles)], dtype=np.int64)


def _chosen(scores: Scores, labels: Sequence[str] | None) -> np.ndarray[Any, Any]:
    weights = scores.weights()
    if labels is None:
        return weights
    return weights[:, [list(scores.table.columns).index(label) for label in labels]]
