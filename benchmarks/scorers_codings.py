"""What coded passages and an encoder add to the theme lexicon.

Coded passages: all that are for development (see framing_themes). The lexicon was written with most of them in
sight, so that its figure flatters it, and what is learnt beside it looks smaller than it is. Every classifier is
cross-validated by article, all of its choices (strength, calibration, threshold, which themes stay with the lexicon)
made anew inside each training fold. Settings were chosen before this was run and not changed after. Intervals: 2,000
draws of articles. F1 macro: mean of the themes with 30 positives or more.
"""

import sys
import time

import numpy as np
import pandas as pd

import syriatopics as st
from benchmarks._data import folder
from benchmarks._data import table as table_of
from benchmarks.framing_themes import development_passages
from syriatopics.inference import Codings
from syriatopics.inference.codings import COLUMNS, SAMPLE
from syriatopics.inference.resampling import draws
from syriatopics.scorers import Classifier

DRAWS, SEED = 2000, 20261130
SIZES = (50, 100, 200, 300)


def codings():
    """Return the development passages as codings."""
    rows = development_passages().drop_duplicates("text").reset_index(drop=True)
    rows = rows.assign(
        passage_id=[f"d{n:04d}" for n in range(len(rows))], article_id=rows["article"].astype(str),
        themes=[" ".join(codes) for codes in rows["codes"]], coder="coder", time="", note="",
        stratum="all", probability=1.0, date=pd.NaT,
    )  # fmt: skip
    return Codings(
        table=rows[list(COLUMNS)], sample=rows[list(SAMPLE)], themes=tuple(st.load_themes().ids),
        labels={}, design="given",
    )  # fmt: skip


def f1(said, true, article):
    """Return F1 of each theme, found and drawn."""
    _, index = np.unique(article, return_inverse=True)
    k = true.shape[1]
    sums = np.zeros((index.max() + 1, 2 * k))
    np.add.at(sums, index, np.column_stack([said & true, said.astype(int) + true]))
    again = np.concatenate([w @ sums for w in draws(len(sums), DRAWS, SEED)])
    with np.errstate(all="ignore"):
        return tuple(2 * s[:, :k] / s[:, k:] for s in (sums.sum(axis=0)[None], again))


def shown(value, drawn):
    low, high = np.nanquantile(drawn, [0.025, 0.975])
    return f"{value:.3f} [{low:.3f}, {high:.3f}]"


def main():
    head = ["# Codings and an encoder beside the lexicon", "`python -m benchmarks --data FOLDER scorers_codings`", __doc__.strip()]  # fmt: skip
    if folder() is None:
        return "\n\n".join([*head, "The corpora are not there: nothing was measured."]) + "\n"
    coded = codings()
    rows = coded.decided()
    article = rows["article_id"].to_numpy(dtype=str)
    codes = coded.given()
    lexicon = st.scorers.Lexicon()
    found = {"lexicon": None}
    trained = {}
    for name, encoder in (("classifier", None), ("classifier, e5", "e5")):
        start = time.perf_counter()
        trained[name] = Classifier(coded, encoder=encoder).train()
        found[name] = trained[name].unseen(SEED)
        print(name, round(time.perf_counter() - start), "s", file=sys.stderr, flush=True)
    labels = trained["classifier"].labels
    values = st.scorers.scorer_of(lexicon)
    from syriatopics.framing.themes import compiled

    said = compiled().scores(list(rows["text"])) >= values.threshold
    found["lexicon"] = pd.DataFrame(said, index=codes.index, columns=st.load_themes().ids)[labels]
    true = codes[labels].to_numpy()
    enough = true.sum(axis=0) >= 30
    measured = {name: f1(frame.to_numpy(), true, article) for name, frame in found.items()}
    table, gains = [], []
    for k, theme in enumerate(labels):
        if true[:, k].sum() >= 5:
            table.append((theme, int(true[:, k].sum()), *(shown(m[0][0, k], m[1][:, k]) for m in measured.values())))  # fmt: skip
    mean = {name: (m[0][0, enough].mean(), m[1][:, enough].mean(axis=1)) for name, m in measured.items()}  # fmt: skip
    table.append(("macro", int(enough.sum()), *(shown(*mean[name]) for name in found)))
    base = mean["lexicon"]
    for name in trained:
        gains.append((name, shown(mean[name][0] - base[0], mean[name][1] - base[1])))  # noqa: PERF401
    curve = []
    for n in SIZES:
        said = trained["classifier, e5"].unseen(SEED, n).to_numpy()
        curve.append((n, f"{f1(said, true, article)[0][0, enough].mean():.3f}"))
        print("curve", n, file=sys.stderr, flush=True)
    parts = [
        *head,
        f"## {len(codes)} passages of {len(set(article))} articles",
        table_of(("theme", "positives", *found), table),
        "Gain over the lexicon, macro-F1:",
        table_of(("scorer", "gain"), gains),
        "Learning curve with e5 (passages in each training fold, macro-F1):",
        table_of(("n", "F1"), curve),
    ]
    return "\n\n".join(parts) + "\n"
