"""What does conflation do to topics? Agreement of topics with editors' categories.

Articles of ant2018 without exact duplicates and without texts that stand in two categories;
NMF on TF-IDF, the strongest topic of an article against its category (NMI), mean over three
random halves of the articles.
"""

import numpy as np
import pandas as pd
from sklearn.metrics import normalized_mutual_info_score

import syriatopics as st
from benchmarks._data import folder, table

TOPICS = (6, 20, 50)
OPTIONS = {
    "none": {"conflation": "none"},
    "none, names apart": {"conflation": "none", "names": None},
    "clitics": {"conflation": "clitics"},
    "words (default)": {"conflation": "words"},
    "Snowball": {"conflation": "snowball"},
}


def articles():
    """Return text and category of the articles that have one text and one category."""
    frame = pd.read_parquet(folder() / "ant2018.parquet", columns=["text", "category"]).dropna()
    categories = frame.groupby("text")["category"].nunique()
    single = frame[frame["text"].map(categories) == 1].drop_duplicates("text")
    return single.sort_values("text").reset_index(drop=True)


def main():
    if folder() is None:
        return "arabic_topics: a corpus with categories is needed; name its folder with --data.\n"
    frame = articles()
    halves = [frame.sample(frac=0.5, random_state=seed).sort_index() for seed in range(3)]
    rows = []
    for name, options in OPTIONS.items():
        scores = {k: [] for k in TOPICS}
        size = []
        for half in halves:
            dtm = st.count_terms(half["text"].tolist(), st.ArabicAnalyzer(**options), min_df=5)
            size.append(dtm.shape[1])
            for k in TOPICS:
                theta = st.NMF(n_topics=k).fit(dtm).theta
                found = np.nan_to_num(theta).argmax(axis=1)
                scores[k].append(normalized_mutual_info_score(half["category"], found))
        means = [f"{np.mean(scores[k]):.3f} ± {np.std(scores[k]):.3f}" for k in TOPICS]
        rows.append((name, f"{int(np.mean(size)):,}", *means))
    header = ("conflation", "terms", *(f"NMI, K = {k}" for k in TOPICS))
    return (
        f"# Conflation and topics\n\n{__doc__}\nsyriatopics {st.__version__}; {len(frame):,} articles, "
        f"halves of {len(halves[0]):,}.\n\n{table(header, rows)}\n\n"
        "Made by `python -m benchmarks --data FOLDER arabic_topics`.\n"
    )
