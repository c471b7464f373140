"""Posts on a war in five languages with one coder's labels (FIGNEWS), as passages with a truth and two methods."""

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

import syriatopics as st
from benchmarks._data import folder
from benchmarks._labels import CODED, EVENT, codings_of, limits, passages_of, row, scores_of

FILE = "exports/fignews_iaa_1.xlsx"
PARTS = 4


def posts():
    """Return a row per post: language, batch, what the coder called propaganda and biased, a classifier's yes."""
    path = folder() / FILE if folder() is not None else None
    if path is None or not path.exists():
        return None
    rows = pd.read_excel(path, engine="calamine", dtype=str)
    clear = rows["Propaganda"].isin(["Propaganda", "Not Propaganda"])
    clear &= ~rows["Bais"].isin(["Unclear", "Not Applicable"])
    rows = rows[clear].reset_index(drop=True)
    true = (rows["Propaganda"] == "Propaganda").to_numpy()
    part = rows["Batch"].astype("category").cat.codes.to_numpy() % PARTS
    words = TfidfVectorizer(sublinear_tf=True, min_df=2).fit_transform(rows["Arabic MT"].fillna(""))
    said = np.zeros(len(rows), dtype=bool)
    for n in range(PARTS):
        model = LogisticRegression(C=3.0, max_iter=1000, class_weight="balanced")
        said[part == n] = model.fit(words[part != n], true[part != n]).predict(words[part == n])
    return pd.DataFrame(
        {"language": rows["Source Language"], "true": true, "biased": rows["Bais"] != "Unbiased", "classifier": said}
    )  # fmt: skip


def fignews_part(seed, start, stop):
    """Return shares, contrasts and regressions of posts drawn with replacement."""
    given, rows = posts(), []
    if given is None:
        return pd.DataFrame(rows)
    known = given.groupby("language")["true"].mean()
    for number in range(start, stop):
        rng = np.random.default_rng([seed, number, 9])
        drawn = given.groupby("language").sample(frac=1, replace=True, random_state=rng)
        article = np.arange(len(drawn))
        passages = passages_of(article, drawn["language"].to_numpy(), np.full(len(drawn), EVENT))
        for n in CODED:
            codings = codings_of(passages, drawn[["true"]].to_numpy(), ["it"], n, rng, period=None)
            for method in ("biased", "classifier"):
                said = scores_of(passages, drawn[[method]].to_numpy(float), ["it"])
                found = fignews_rows(said, codings, known)
                rows += [{"of": method, "coded": n, "world": number, **r} for r in found]
    return pd.DataFrame(rows)


def fignews_rows(said, codings, known):
    rows = []
    corrected = st.corrected_shares(said, codings, blocks="article")
    for r in corrected.table.to_dict("records"):
        rows.append(row("share", r["outlet"], limits(r), known[r["outlet"]], limits(r, "naive_")))  # noqa: PERF401
    for r in corrected.contrasts().table.to_dict("records"):
        gap = known[r["a"]] - known[r["b"]]
        rows.append(
            row("contrast", f"{r['a']} {r['b']}", limits(r), gap, limits(r, "naive_"), r["p"])
        )
    fits = (
        st.inference.effects(s, time=None, blocks="article")
        .table.query("kind == 'difference'")
        .to_dict("records")
        for s in (corrected.outcomes(), said)
    )
    for r, n in zip(*fits, strict=True):
        gap = known[r["a"]] - known[r["b"]]
        rows.append(row("regression", f"{r['a']} {r['b']}", limits(r), gap, limits(n), r["p"]))
    return rows
