"""Passages and scores made for tests."""

import numpy as np
import pandas as pd

from syriatopics.corpus import Passages
from syriatopics.framing import quotations
from syriatopics.inference import Scores
from syriatopics.matrix import _as_passages


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


def told(*texts, date="2018-03-01"):
    """Who says what in passages of one article: pairs of speaker and words."""
    table = quotations(make(*texts, date=date)).table
    return list(zip(table["speaker_resolved"], table["quote"], strict=True))


def speakers(*texts, date="2018-03-01"):
    """Who speaks in passages of one article."""
    return [who for who, _ in told(*texts, date=date)]


def scored(shares, n=60, seed=0, per_article=5, production=None):
    """Themes in articles of outlets: ``shares[outlet] = (humanitarian, political)``.

    `n` articles of each, or what `n` says of an outlet.
    """
    rng = np.random.default_rng(seed)
    rows = []
    for outlet, (aid, talks) in shares.items():
        for k in range(n(outlet) if callable(n) else n):
            a, t = rng.beta(4 * aid, 4 * (1 - aid)), rng.beta(4 * talks, 4 * (1 - talks))
            rows += [
                (f"{outlet}{k}", outlet, rng.random() < a, rng.random() < t)
                for _ in range(per_article)
            ]
    table = _as_passages(["نص"] * len(rows)).table
    table["article_id"], table["outlet"] = [r[0] for r in rows], [r[1] for r in rows]
    table["production"] = production(table) if production else "own"
    held = pd.DataFrame(
        {"humanitarian": [r[2] for r in rows], "political_transition": [r[3] for r in rows]}
    ).astype(float)
    return Scores(table=held.set_index(table["passage_id"]), passages=Passages(table))
