"""Scores: how much of each theme or topic is in each passage, with what the passage is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol, Self, runtime_checkable

import numpy as np
import pandas as pd

from syriatopics.corpus import Passages
from syriatopics.errors import InputError
from syriatopics.inference.joining import joined
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
        ids = self.passages.table.get("passage_id", None)
        if ids is not None and not np.array_equal(self.table.index.to_numpy(), ids.to_numpy()):
            raise InputError(
                "The rows of the scores are not in the order of the passages: "
                "Scores.from_table joins them by id."
            )

    @classmethod
    def from_table(
        cls,
        table: pd.DataFrame | str | Path,
        passages: Passages,
        values: str | Sequence[str] | None = None,
        *,
        labels: str | None = None,
        id: str | None = None,
    ) -> Scores:
        """Take scores from a table of one's own: of a classifier, a language model, an archive.

        Rows are joined by id, so that their order does not matter.

        Parameters
        ----------
        table : DataFrame or path
            A csv, xlsx or Parquet file. Wide: a row per passage and a column per theme, with
            probabilities, true and false, or yes and no. With labels: one column that names the
            themes, several parted by ``;`` or ``,``, in one row for each passage or in several.
        passages : Passages
        values : str or list of str, optional
            The columns of scores; by default every column that holds nothing but numbers in [0, 1],
            yes or no. With `labels`, the column of the score of each label; by default it is 1.
        labels : str, optional
            The column that names themes; by default one called labels, themes or codes.
        id : str, optional
            The column of the passage ids; by default ``passage_id``, else ``article_id``, which gives
            every passage the scores of its article.

        Returns
        -------
        Scores
            Passages that the table does not hold, or of which it says nothing, have NaN: they are
            missing, and count nowhere. The notes name them, and ids that are of no passage.

        Raises
        ------
        InputError
            If an id stands twice, no id is known, a column is not there, or a score is no number in
            [0, 1]; the message names the value and its place.

        Examples
        --------
        >>> from syriatopics import load_seeds, prevalence
        >>> passages = load_seeds().passages()
        >>> mine = pd.DataFrame({"passage_id": passages.table["passage_id"], "aid": True})
        >>> shuffled = mine.sample(frac=1, random_state=0)
        >>> found = prevalence(Scores.from_table(shuffled, passages), production="all")
        >>> float(found.table["share"].max())
        1.0
        """
        found = joined(table, passages, values=values, labels=labels, id=id)
        return Scores(table=found.table, notes=tuple(found.notes), passages=passages)

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
