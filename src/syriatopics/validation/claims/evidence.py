"""The text behind a claim, and what a search says that does not know it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from syriatopics.errors import InputError
from syriatopics.order import settled
from syriatopics.scorers import ThemeScores
from syriatopics.trends import changepoints, event_test
from syriatopics.validation.claims.claim import Claim
from syriatopics.validation.multiverse.comparison import Bools

__all__ = ["passages_of", "search_break"]


def passages_of(
    scores: ThemeScores,
    counted: Bools,
    side: pd.Series,
    theme: str,
    name: str,
    n: int,
) -> pd.DataFrame:
    """Return the passages of a side that hold the theme, the clearest first.

    One of an article, and one of a text that several articles print.
    """
    table = scores.passages.loaded().table
    here = counted & scores.assigned[theme].to_numpy()
    here &= (table["article_id"].map(side) == name).to_numpy()
    found = table[here].assign(score=settled(scores.table[theme])[here])
    found = found.sort_values(["score", "passage_id"], ascending=[False, True], kind="stable")
    columns = ["passage_id", "article_id", "outlet", "date", "score", "text"]
    return (
        found.drop_duplicates("article_id")
        .drop_duplicates("text")[columns]
        .head(n)
        .reset_index(drop=True)
    )


def search_break(claim: Claim, scores: ThemeScores) -> list[str]:
    """Hold a break against other days, and look whether a search that knows no date finds it.

    Returns
    -------
    list of str
        In words.
    """
    table = scores.passages.loaded().table
    kept = np.full(len(table), True)
    if claim.outlet is not None:
        kept = (table["outlet"] == claim.outlet).to_numpy()
    part = replace(scores, table=scores.table[kept], passages=scores.passages.where(kept))
    try:
        around = event_test(part, str(claim.date), weeks=claim.weeks, themes=[claim.theme])
        breaks = changepoints(part, themes=[claim.theme]).table
    except InputError as error:
        return [f"The break was not looked for: {error}"]
    notes = []
    row = around.table.iloc[0]
    if not np.isnan(row["p"]):
        notes.append(
            f"Of {int(row['n_placebo'])} other days, {row['p']:.1%} have a change as clear."
        )
    day = pd.Timestamp(claim.date)
    found = [
        f"A search that knows no date finds a break on {one.date:%Y-%m-%d} "
        f"({one.low:%Y-%m-%d} to {one.high:%Y-%m-%d}, p = {one.p:.3f})."
        for one in breaks[(breaks["low"] <= day) & (day <= breaks["high"])].itertuples()
    ]
    return notes + (
        found or ["A search that knows no date finds no break whose interval holds the day."]
    )
