"""The panel: articles in time, from which every function of this layer starts.

Scores of passages are averaged within their article once; what follows counts articles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.errors import InputError, TooSmallError, choices
from syriatopics.inference import HasScores, Scores, as_scores
from syriatopics.inference.blocks import BlockChoice, blocks_of
from syriatopics.inference.groups import PRODUCTION, groups_of, produced
from syriatopics.inference.periods import NOWHERE, windows_of
from syriatopics.inference.resampling import Array, Codes

__all__ = ["Panel", "panel_of"]


@dataclass(frozen=True, eq=False)
class Panel:
    """Articles × themes in time, a row per article and group, in the order of days and ids.

    Attributes
    ----------
    values : ndarray, shape (n, k)
        The share of each theme in the passages of the article.
    articles : ndarray of str, shape (n,)
    group : ndarray of int, shape (n,)
        Index into `groups`.
    groups : tuple of str
        Outlets, or the values of another column; ``("all",)`` where nothing is told apart.
    column : str
        What the groups are.
    outlet : ndarray of int, shape (n,)
        Index into `outlets`, whatever the groups are; -1 where no outlet is known.
    outlets : tuple of str
    first, last : ndarray of int, shape (n,)
        The days between which the article was written, counted from 1970-01-01; the same
        day where its date is known.
    n_passages : ndarray of int, shape (n,)
    story : ndarray of int, shape (n,), or None
        Blocks that somebody has named; None where there are none.
    labels : tuple of str
        The themes or topics.
    label_name : {"theme", "topic"}
    names : mapping of str to str
        The readable name of each label.
    signed : bool
        Whether values are differences in [-1, 1] and no shares.
    notes : tuple of str
    scores : Scores or None
        What the articles were averaged from.
    """

    values: Array
    articles: np.ndarray[Any, Any]
    group: Codes
    groups: tuple[str, ...]
    column: str
    outlet: Codes
    outlets: tuple[str, ...]
    first: Codes
    last: Codes
    n_passages: Codes
    labels: tuple[str, ...]
    label_name: str
    names: Mapping[str, str]
    story: Codes | None = None
    signed: bool = False
    notes: tuple[str, ...] = ()
    scores: Scores | None = None

    def __len__(self) -> int:
        return len(self.values)

    def where(self, mask: np.ndarray[Any, np.dtype[np.bool_]]) -> Panel:
        """Return the articles for which `mask` is true."""
        return replace(
            self,
            values=self.values[mask],
            articles=self.articles[mask],
            group=self.group[mask],
            outlet=self.outlet[mask],
            first=self.first[mask],
            last=self.last[mask],
            n_passages=self.n_passages[mask],
            story=None if self.story is None else self.story[mask],
        )

    def only(self, themes: Sequence[str] | None) -> Panel:
        """Return the panel of some of its themes."""
        if themes is None:
            return self
        columns = [self.index_of(theme) for theme in themes]
        return replace(self, values=self.values[:, columns], labels=tuple(themes))

    def contrast(self, first: str, second: str) -> Panel:
        """Return the panel of a difference of two themes: the balance of each article."""
        difference = self.values[:, self.index_of(first)] - self.values[:, self.index_of(second)]
        name = f"{self.names.get(first, first)} − {self.names.get(second, second)}"
        label = f"{first} − {second}"
        return replace(
            self, values=difference[:, None], labels=(label,), names={label: name}, signed=True
        )

    def index_of(self, label: str) -> int:
        """Return the column of a theme."""
        if label not in self.labels:
            raise InputError(
                f"No {self.label_name} {label!r}. Here: {choices(self.labels)}."
            ) from None
        return self.labels.index(label)

    def group_index(self, group: str) -> int:
        """Return the number of a group."""
        if group not in self.groups:
            raise InputError(f"No {self.column} {group!r}. Here: {choices(self.groups)}.")
        return self.groups.index(group)


def panel_of(
    scores: Scores | HasScores,
    by: str | None = None,
    blocks: BlockChoice = "auto",
    production: str = PRODUCTION[0],
) -> Panel:
    """Put the articles of scores in order of time.

    Parameters
    ----------
    scores : Scores or FittedTopics
    by : str, optional
        A column of ``scores.documents`` whose values are told apart, such as "outlet".
    blocks : {"auto", "article", "day", "week", "month", "story"}, a column, or Series
        Named blocks, such as stories, are taken into the panel.
    production : {"own", "all"}
        As in :func:`syriatopics.prevalence`.

    Raises
    ------
    InputError
        If the column is not there, or no passage has a date.
    """
    scores = as_scores(scores)
    table = scores.passages.table
    stands, made = produced(table, production)
    groups, notes = groups_of(table, [by]) if by else (None, [])
    group = groups[by].to_numpy() if by and groups is not None else np.full(len(table), "all")
    frame = pd.DataFrame({"article": table["article_id"].to_numpy(), "group": group})
    frame["outlet"] = table["outlet"].to_numpy()
    frame["first"], frame["last"] = windows_of(table)
    frame["story"] = _story(table, blocks)
    weights = scores.weights()
    usable = stands & ~np.isnan(weights).any(axis=1) & frame["group"].notna().to_numpy()
    dated = (frame["first"] != NOWHERE).to_numpy()
    early = frame["last"].to_numpy() <= _today().toordinal() - date(1970, 1, 1).toordinal()
    notes = [*scores.notes, *made, *notes, *_left_out(table, frame, dated, early)]
    usable &= dated & early
    if not usable.any():
        what = "dated passage has a score" if (dated & early).any() else "passage has a date"
        why = " ".join(note for note in scores.notes if "too few" in note)
        raise TooSmallError(f"No {what}: there is no trend to draw. {why}".strip())
    frame, weights = frame[usable], weights[usable]
    unit, units = _units(frame)
    count = np.bincount(unit, scores.sizes()[usable])
    values = np.column_stack([np.bincount(unit, column) / count for column in weights.T])
    order = np.lexsort(
        (units["group"], units["article"].astype(str), units["last"], units["first"])
    )
    units = units.iloc[order]
    group_codes, group_names = _coded(units["group"])
    outlet_codes, outlet_names = _coded(units["outlet"])
    return Panel(
        values=values[order],
        articles=units["article"].to_numpy(),
        group=group_codes,
        groups=group_names,
        column=by or "outlet",
        outlet=outlet_codes,
        outlets=outlet_names,
        first=units["first"].to_numpy(),
        last=units["last"].to_numpy(),
        n_passages=count[order].astype(np.int64),
        labels=tuple(map(str, scores.table.columns)),
        label_name=scores.label_name,
        names=scores.labels or {},
        story=None if units["story"].isna().any() else units["story"].to_numpy(np.int64),
        notes=tuple(notes),
        scores=scores,
    )


def _units(frame: pd.DataFrame) -> tuple[Codes, pd.DataFrame]:
    """Return the unit of each passage (its article, in its group), and a row per unit."""
    keys = frame["article"].astype(str) + "\x1f" + frame["group"].astype(str)
    unit, _ = pd.factorize(keys)
    return unit.astype(np.int64), frame.loc[~keys.duplicated()].reset_index(drop=True)


def _coded(column: pd.Series) -> tuple[Codes, tuple[str, ...]]:
    names = sorted(column.dropna().unique(), key=str)
    codes = pd.Categorical(column, categories=names).codes.astype(np.int64)
    return codes, tuple(map(str, names))


def _story(table: pd.DataFrame, blocks: BlockChoice) -> Any:
    """Return the named block of each passage; None where none are asked for or known."""
    if isinstance(blocks, str) and blocks in ("auto", "article", "day", "week", "month"):
        if "story" not in table or blocks != "auto":
            return None
        blocks = "story"
    return pd.factorize(blocks_of(table, blocks).codes, sort=True)[0]


def _left_out(
    table: pd.DataFrame,
    frame: pd.DataFrame,
    dated: np.ndarray[Any, Any],
    early: np.ndarray[Any, Any],
) -> list[str]:
    notes = []
    undated = frame.loc[~dated, "article"].nunique()
    if undated:
        notes.append(f"{_articles(undated)} without a date left out.")
    future = frame.loc[dated & ~early]
    if len(future):
        worst = future.loc[future["last"].idxmax()]
        notes.append(
            f"{_articles(future['article'].nunique())} dated in the future left out "
            f"({worst['article']}: {np.datetime64(int(worst['last']), 'D')})."
        )
    refuted = table.loc[table["date_status"] == "conflict", "article_id"].nunique()
    if refuted:
        notes.append(
            f"{_articles(refuted, be=False)} whose printed date the text refutes "
            "placed by the event window."
        )
    return notes


def _articles(n: int, be: bool = True) -> str:
    verb = (" is" if n == 1 else " are") if be else ""
    return f"{n:,} article{'' if n == 1 else 's'}{verb}"


def _today() -> date:
    return date.today()
