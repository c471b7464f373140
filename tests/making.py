"""Passages made for tests of framing."""

import pandas as pd

from syriatopics.corpus import Passages


def make(*texts, date="2018-03-01", article="a", outlet="x"):
    """Passages of one article, or of those given as (article, outlet, text)."""
    rows = [(article, outlet, text) if isinstance(text, str) else text for text in texts]
    table = pd.DataFrame(rows, columns=["article_id", "outlet", "text"])
    table["passage_id"] = [f"{row.article_id}:{row.Index}" for row in table.itertuples()]
    for column in ("date", "date_start", "date_end"):
        table[column] = pd.to_datetime(date) if date else pd.NaT
        table[column] = table[column].astype("datetime64[s]")
    table["date_status"], table["production"] = "printed", "unknown"
    table["start"], table["end"] = 0, table["text"].str.len()
    return Passages(table)
