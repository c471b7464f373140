"""The user's own table as a scorer: labels or probabilities that come from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np
import pandas as pd

from syriatopics.corpus import Passages
from syriatopics.inference import Scores
from syriatopics.lexicons.schema import Themes
from syriatopics.scorers.contract import Scored

__all__ = ["Table"]


@dataclass(frozen=True, eq=False)
class Table:
    """Take scores from a table, joined by id; its columns are the themes.

    Parameters
    ----------
    table : DataFrame or path
        As :meth:`syriatopics.Scores.from_table` takes it, with the other parameters.
    values, labels, id
        As there.
    threshold : float
        From which value a theme is assigned.

    Examples
    --------
    >>> from syriatopics import load_seeds, score_themes
    >>> passages = load_seeds().passages()
    >>> mine = pd.DataFrame({"passage_id": passages.table["passage_id"], "aid": 0.25})
    >>> int(score_themes(passages, Table(mine, threshold=0.2)).assigned["aid"].sum()) == len(mine)
    True
    """

    table: pd.DataFrame | str | Path
    values: str | tuple[str, ...] | None = None
    labels: str | None = None
    id: str | None = None
    threshold: float = 0.5
    name: ClassVar[str] = "table"
    reads_text: ClassVar[bool] = False

    def score(self, passages: Passages, themes: Themes) -> Scored:
        """Score passages; see the contract of scorers."""
        scores = Scores.from_table(
            self.table, passages, values=self.values, labels=self.labels, id=self.id
        )
        values = np.asarray(scores.table, dtype=np.float64)
        return Scored(values, list(scores.table.columns), list(scores.notes))
