"""A topic model with its codebook as a scorer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from syriatopics.corpus import Passages
from syriatopics.lexicons.schema import Themes
from syriatopics.scorers.contract import Scored
from syriatopics.topics.codebook import Codebook, theme_shares
from syriatopics.topics.fitted import FittedTopics

__all__ = ["CodedTopics"]


@dataclass(frozen=True, eq=False)
class CodedTopics:
    """Take the share of a passage that topics have which a reader gave to a theme.

    Parameters
    ----------
    topics : FittedTopics
    codebook : Codebook
        Which topics are of which theme (:func:`syriatopics.code_topics`).
    threshold : float
        From which share on a theme is assigned.

    Notes
    -----
    Passages that the model was not fitted on get their topics by projection. One that lost all
    its terms has NaN.

    Examples
    --------
    >>> from syriatopics import NMF, code_topics, load_seeds, score_themes
    >>> passages = load_seeds().passages()
    >>> topics = NMF(n_topics=3).fit(passages)
    >>> codebook = code_topics(topics, {0: "accountability"}, coder="RA", date="2026-01-31")
    >>> list(score_themes(passages, CodedTopics(topics, codebook)).table)
    ['accountability']
    """

    topics: FittedTopics
    codebook: Codebook
    threshold: float = 0.2
    name: ClassVar[str] = "topics"

    def score(self, passages: Passages, themes: Themes) -> Scored:
        """Score passages; see the contract of scorers."""
        shares = theme_shares(self.topics, self.codebook)
        fitted, given = self.topics.dtm.passages, passages.table
        texts = dict(zip(fitted.table["passage_id"], fitted.texts, strict=True))
        same = [texts.get(i) == t for i, t in zip(given["passage_id"], passages.texts, strict=True)]
        if not all(same):
            known = self.codebook.table[self.codebook.table["theme"] != ""]
            theta = self.topics.transform(passages)
            columns = [
                theta[:, known["topic"][known["theme"] == theme].to_numpy()].sum(axis=1)
                for theme in shares.table.columns
            ]
            values = np.clip(np.column_stack(columns), 0.0, 1.0)
        else:
            values = shares.table.loc[given["passage_id"]].to_numpy(dtype=np.float64)
        return Scored(values, list(shares.table.columns), list(shares.notes))
