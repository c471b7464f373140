"""Passages without text, scores and codings of them, and rows of intervals beside what is true."""

import numpy as np
import pandas as pd

from syriatopics.corpus import Passages
from syriatopics.inference import Codings, Scores
from syriatopics.inference.codings import COLUMNS, SAMPLE
from syriatopics.validation.coding.sampling import draw_sample

CODED = (150, 300)
EVENT = "2020-07-06"


def passages_of(article, outlet, day):
    """Return passages without a text worth reading."""
    ids = [f"p{k:05d}" for k in range(len(article))]
    date = pd.Series(day).astype("datetime64[s]")
    return Passages(pd.DataFrame(
        {"passage_id": ids, "article_id": article.astype(str), "outlet": outlet, "press": "all",
         "production": "own", "date": date, "date_start": date, "date_end": date,
         "date_status": "printed", "text": ids, "start": 0, "end": 1}
    ))  # fmt: skip


def scores_of(passages, values, themes):
    return Scores(
        table=pd.DataFrame(values, index=pd.Index(passages.table["passage_id"]), columns=list(themes)),
        passages=passages,
    )  # fmt: skip


def codings_of(passages, truth, themes, n, rng, period="Q"):
    """Return `n` passages, drawn and coded without error; or so many of each outlet."""
    table, seed = passages.table, int(rng.integers(2**31))
    if isinstance(n, dict):
        own = [
            draw_sample(table[table["outlet"] == o], k, "random", random_state=seed)
            for o, k in n.items()
        ]
        sample = pd.concat(own, ignore_index=True)
    else:
        sample = draw_sample(table, n, "stratified", period=period, random_state=seed)
    true = pd.DataFrame(truth, index=passages.table["passage_id"], columns=list(themes))
    true = true.loc[sample["passage_id"]].to_numpy()
    codes = sample[["passage_id", "article_id"]].assign(
        coder="one", time="", note="",
        themes=[" ".join(t for t, yes in zip(themes, row, strict=True) if yes) for row in true],
    )  # fmt: skip
    return Codings(table=codes[list(COLUMNS)], sample=sample[list(SAMPLE)], themes=tuple(themes),
                   labels={t: t for t in themes}, design="stratified")  # fmt: skip


def row(kind, name, found, truth, naive, p=None):
    """Return one interval against what was planted; a theme of a corpus."""
    return {"kind": kind, "name": name, "low": found[0], "high": found[1], "truth": truth,
            "naive_low": naive[0], "naive_high": naive[1], "p": np.nan if p is None else p}  # fmt: skip


def limits(r, prefix=""):
    return float(r[f"{prefix}low"]), float(r[f"{prefix}high"])
