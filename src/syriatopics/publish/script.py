"""What others compute from: the scores of passages, and a script of R that makes shares of them."""

from __future__ import annotations

from importlib.resources import files

import pandas as pd

from syriatopics.study import Study

__all__ = ["SCRIPT", "scores_table"]

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
