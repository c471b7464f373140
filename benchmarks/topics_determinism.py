"""Does the order of the corpus, or the random state, change the topics?

Twenty shuffles of the passages: in how many are the words of all topics the same, and how far
is the θ of a passage from what it was, at most? Five random states: mean ARI between the
assignments of two of them, and mean likeness of the words of paired topics.
"""

from itertools import combinations

import numpy as np
from sklearn.metrics import adjusted_rand_score

import syriatopics as st
from benchmarks._data import news, table
from syriatopics.topics import align
from syriatopics.topics.models import vary

SHUFFLES, SEEDS, K, PASSAGES = 20, 5, 10, 600
HEADER = (
    "model", "shuffles with the same words", "largest change of θ", "ARI of two seeds",
    "likeness of words",
)  # fmt: skip
MODELS = (
    st.NMF(n_topics=K),
    st.LDA(n_topics=K, max_iter=20),
    st.EmbeddingTopics(n_topics=K),
    st.StructuralTopics(n_topics=K, formula=None, max_iter=40),
    st.KeywordTopics(n_other=4, max_iter=150),
)


def shuffles(model, texts, base):
    rng = np.random.default_rng(0)
    same, apart = 0, 0.0
    for _ in range(SHUFFLES):
        order = rng.permutation(len(texts))
        again = model.fit(st.count_terms([texts[i] for i in order], min_df=5))
        same += again.table["words"].tolist() == base.table["words"].tolist()
        change = np.nan_to_num(again.theta) - np.nan_to_num(base.theta[order])
        apart = max(apart, float(np.abs(change).max()))
    return same, apart


def main():
    texts, _, source = news(200)
    texts = texts[:PASSAGES]
    dtm = st.count_terms(texts, min_df=5)
    rows = []
    for model in MODELS:
        base = model.fit(dtm)
        same, apart = shuffles(model, texts, base)
        fits = [base, *(vary(model, random_state=s).fit(dtm) for s in range(1, SEEDS))]
        found = [np.nan_to_num(fit.theta).argmax(axis=1) for fit in fits]
        alike = [align(a, b)["likeness"].mean() for a, b in combinations(fits, 2)]
        rows.append(
            (
                type(model).__name__,
                f"{same} of {SHUFFLES}",
                f"{apart:.1e}",
                f"{np.mean([adjusted_rand_score(a, b) for a, b in combinations(found, 2)]):.2f}",
                f"{np.mean(alike):.2f}",
            )
        )
        print(*rows[-1], flush=True)
    return (
        f"# Determinism of topics\n\n{__doc__}\nsyriatopics {st.__version__}; {source}, "
        f"{len(texts):,} passages, K = {K}.\n\n{table(HEADER, rows)}\n\n"
        "Made by `python -m benchmarks --data FOLDER topics_determinism`.\n"
    )
