"""What others compute from: scores of passages, counts of terms, and a script of R for the main tables."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import pandas as pd

from syriatopics.matrix import count_terms
from syriatopics.study import Study

__all__ = ["SCRIPT", "scores_table", "terms_table"]

SCRIPT = (files("syriatopics.publish") / "assets" / "analysis.R").read_text(encoding="utf-8")

# analysis.R takes every other column for a theme.
_ABOUT = ["passage_id", "article_id", "outlet", "production", "date", "part"]


def scores_table(study: Study) -> pd.DataFrame:
    """Return a row per passage, without its text: what it is, and what each theme counts in it.

    Examples
    --------
    >>> from syriatopics import open_study
    >>> table = scores_table(open_study("."))
    >>> "text" in table, list(table.columns[:2])
    (False, ['passage_id', 'article_id'])
    """
    scores = study.scores
    weights = pd.DataFrame(scores.weights(), columns=scores.table.columns)
    about = scores.passages.table[_ABOUT].reset_index(drop=True)
    days = pd.to_datetime(about["date"]).dt.strftime("%Y-%m-%d")
    return pd.concat([about.assign(date=days), weights], axis=1)


def terms_table(study: Study) -> pd.DataFrame:
    """Return how often each term stands in the two outlets with the most words, the larger first.

    Terms are those of the pages: the ones that keyness counts.

    Examples
    --------
    >>> from syriatopics import open_study
    >>> terms_table(open_study(".")).columns.tolist()
    ['outlet', 'term', 'n']
    """
    corpus = study.corpus
    parts = []
    if len(corpus.outlets) > 1:
        dtm = count_terms(corpus.passages())
        whose = dtm.passages.table["outlet"].to_numpy()
        for outlet in corpus.largest_outlets(2):
            counts = np.asarray(dtm.counts[whose == outlet].sum(axis=0)).ravel()
            part = pd.DataFrame({"outlet": outlet, "term": dtm.terms, "n": counts.astype(np.int64)})
            parts.append(part[part["n"] > 0])
    return pd.concat(parts or [pd.DataFrame(columns=["outlet", "term", "n"])], ignore_index=True)
