"""Scores: how much of each theme or topic is in each passage, with what the passage is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import numpy as np
import pandas as pd

from syriatopics.corpus import Passages
from syriatopics.errors import InputError
from syriatopics.results import Result

__all__ = ["HasScores", "Scores", "as_scores"]


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
        return self.passages.table.drop(columns="text")

    def weights(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        """Return what is averaged into a share: here the scores themselves."""
        return np.asarray(self.table, dtype=np.float64)


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
