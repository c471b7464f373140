"""Scores: how much of each theme or topic is in each passage, with what the passage is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Protocol, Self, runtime_checkable

import numpy as np
import pandas as pd

from syriatopics.corpus import Passages
from syriatopics.errors import InputError
from syriatopics.results import Result

__all__ = ["ArticleScores", "HasScores", "Scores", "as_scores"]


@dataclass(frozen=True, eq=False, kw_only=True)
class Scores(Result):
    """Passages × themes (or topics), each value in [0, 1].

    Attributes
    ----------
    table : DataFrame
        Index: passage id; a column per theme or topic. A row of NaN is a passage that
        could not be scored, which counts nowhere.
    passages : Passages
        In the order of the rows.
    label_name : {"theme", "topic"}
        What the columns are.
    labels : dict of str to str
        The readable name of each column.
    """

    passages: Passages
    label_name: str = "theme"
    labels: dict[str, str] | None = None

    def __post_init__(self) -> None:
        if len(self.table) != len(self.passages):
            raise InputError(
                f"{len(self.table)} rows of scores for {len(self.passages)} passages: "
                "there must be one for each."
            )

    @property
    def documents(self) -> pd.DataFrame:
        """The metadata of the passages."""
        return self.passages.table.drop(columns="text", errors="ignore")

    def where(self, mask: np.ndarray[Any, np.dtype[np.bool_]]) -> Self:
        """Return the rows for which `mask` is true."""
        return replace(self, table=self.table[mask], passages=self.passages.where(mask))

    def weights(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        """Return what is averaged into a share: here the scores themselves."""
        return np.asarray(self.table, dtype=np.float64)

    def sizes(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        """Return how many passages stand behind each row: here one."""
        return np.ones(len(self.table))


@dataclass(frozen=True, eq=False, kw_only=True)
class ArticleScores(Scores):
    """Scores added up by article: all that shares, contrasts and trends need of them.

    A mean within an article is the sum over the number of its passages, so that what is
    estimated from these is, to the last bit, what is estimated from the passages. A million
    passages become as many rows as there are articles, and resampling never touches a text.

    Attributes
    ----------
    table : DataFrame
        Article × theme: the sum over its passages of what :meth:`Scores.weights` gives. A row
        of NaN is an article of which no passage could be scored.
    passages : Passages
        A row per article, with its metadata and ``n_passages``; its text is left out.
    n_scored : ndarray of int64, shape (n_articles,)
        How many passages of each article are scored.
    """

    n_scored: np.ndarray[Any, np.dtype[np.int64]]

    def where(self, mask: np.ndarray[Any, np.dtype[np.bool_]]) -> Self:
        """Return the articles for which `mask` is true."""
        return replace(
            self,
            table=self.table[mask],
            passages=self.passages.where(mask),
            n_scored=self.n_scored[mask],
        )

    def sizes(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        """Return how many scored passages stand behind each row."""
        return self.n_scored.astype(np.float64)


@runtime_checkable
class HasScores(Protocol):
    """Anything that can be seen as scores, such as fitted topics."""

    @property
    def scores(self) -> Scores:
        """The scores."""


def as_scores(source: Scores | HasScores) -> Scores:
    """Return `source` as scores."""
    if isinstance(source, Scores):
        return source
    if isinstance(source, HasScores):
        return source.scores
    raise InputError(
        f"{type(source).__name__} holds no scores. Give theme scores (score_themes) or fitted topics."
    )
