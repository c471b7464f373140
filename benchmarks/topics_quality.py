"""Which model agrees best with editors' categories, and has the most coherent words?

Articles of ant2018 without exact duplicates and without texts that stand in two categories.
Every model sees the same tokens (the default analyzer, min_df=5, max_df=0.5). NMI and ARI
compare the strongest topic of an article with its category; NPMI and diversity are of the first
ten terms, over articles; stability is the mean ARI between the assignments of two seeds. Mean
over the seeds. Peers are called as their documentation shows (benchmarks/_peers.py). Seconds are of
processor time. KeywordTopics has the seven themes of the lexicon, which were made for news on Syria. The last table
before the end holds NMF and EmbeddingTopics against scikit-learn's on other samples and papers: one sample says little
of K = 6. Paragraphs and articles are compared by the words that meet in articles, which favours these.
"""

import time
from itertools import pairwise

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

import syriatopics as st
from benchmarks._data import folder, table
from benchmarks._peers import PEERS
from benchmarks.arabic_topics import articles
from benchmarks.topics_encoders import SECTIONS, paper
from syriatopics.topics.coherence import meetings_in_passages, npmi
from syriatopics.topics.wording import first

SEEDS = (0, 1, 2)
SAMPLE = 3_000
SLOW = ("BERTopic", "tomotopy CTM", "topica LDA", "StructuralTopics", "KeywordTopics")
OURS = {
    "**syriatopics EmbeddingTopics**": lambda k, seed: st.EmbeddingTopics(
        n_topics=k, random_state=seed
    ),
    "**syriatopics NMF**": lambda k, seed: st.NMF(n_topics=k, random_state=seed),
    "**syriatopics LDA**": lambda k, seed: st.LDA(n_topics=k, random_state=seed),
    "**syriatopics StructuralTopics**": lambda k, seed: st.StructuralTopics(
        n_topics=k, formula=None, max_iter=60, random_state=seed
    ),
    # Seven themes have keywords; the other topics have none.
    "**syriatopics KeywordTopics**": lambda k, seed: st.KeywordTopics(
        n_other=max(k - 7, 0), max_iter=300, random_state=seed
    ),
}
# One sample says little of K = 6: between samples of one corpus NMI differs by .03, between seeds by .001.
PAIRS = {
    "**syriatopics NMF**": "scikit-learn NMF on TF-IDF",
    "**syriatopics EmbeddingTopics**": "scikit-learn k-means on LSA",
}
N_SAMPLES = 4
HEADER = ("model", "NMI", "ARI", "NPMI", "diversity", "stability", "seconds")


def ours(make):
    def fit(dtm, k, seed):
        topics = make(k, seed).fit(dtm)
        return np.nan_to_num(topics.theta).argmax(axis=1), topics.phi

    return fit


def measure(fit, dtm, categories, k, seeds):
    found, rows = [], []
    for seed in seeds:
        began = time.process_time()
        assigned, words = fit(dtm, k, seed)
        seconds = time.process_time() - began
        top = first(np.asarray(words), 10)
        meetings = meetings_in_passages(dtm.counts, top)
        rows.append(
            (
                normalized_mutual_info_score(categories, assigned),
                adjusted_rand_score(categories, assigned),
                np.mean([npmi(meetings, row) for row in top]),
                len(np.unique(top)) / top.size,
                seconds,
            )
        )
        found.append(assigned)
    again = [adjusted_rand_score(a, b) for a, b in pairwise(found)]
    nmi, ari, coherent, diverse, seconds = np.mean(rows, axis=0)
    spread = np.std([row[0] for row in rows])
    return (
        f"{nmi:.3f} ± {spread:.3f}",
        f"{ari:.3f}",
        f"{coherent:.3f}",
        f"{diverse:.2f}",
        f"{np.mean(again):.2f}" if again else "–",
        f"{seconds:.1f}",
    )


def section(frame, models, topics, seeds):
    dtm = st.count_terms(frame["text"].tolist(), min_df=5, max_df=0.5).content()
    parts = []
    for k in topics:
        rows = []
        for name, fit in models.items():
            rows.append((name, *measure(fit, dtm, frame["category"], k, seeds)))
            print(k, *rows[-1], flush=True)
        parts.append(
            f"## {len(frame):,} articles, {dtm.shape[1]:,} terms, K = {k}\n\n{table(HEADER, rows)}\n"
        )
    return parts


def other_texts():
    """Yield other samples of ant2018, and two Saudi papers with their sections."""
    whole = articles()
    rest = whole.drop(whole.sample(SAMPLE, random_state=0).index)
    for seed in range(1, N_SAMPLES + 1):
        yield f"ant2018, sample {seed}", rest.sample(SAMPLE, random_state=seed).sort_index()
    for outlet in SECTIONS:
        yield outlet, paper(outlet)


def pairs(models, topics=(6, 20, 50)):
    """Hold our models against the plain ones of their kind, in NMI, on the same counts."""
    rows = []
    for name, frame in other_texts():
        dtm = st.count_terms(frame["text"].tolist(), min_df=5, max_df=0.5).content()
        for k in topics:
            found = [
                measure(models[model], dtm, frame["category"], k, SEEDS)[0]
                for pair in PAIRS.items()
                for model in pair
            ]
            rows.append((name, f"{len(frame):,}", k, *found))
            print(*rows[-1], flush=True)
    header = ("texts", "articles", "K", *(model for pair in PAIRS.items() for model in pair))
    return f"## Other texts, NMI\n\n{table(header, rows)}\n"


def units(k=20):
    """Hold topics of paragraphs against topics of articles: articles that name Syria three times."""
    frame = pd.read_parquet(folder() / "ant2018.parquet").drop_duplicates("text")
    corpus = st.read_corpus(frame[frame["text"].str.count("سوري") >= 3])
    reference = st.count_terms(corpus.passages("article"), min_df=5)
    place = {term: j for j, term in enumerate(reference.terms)}
    rows = []
    for unit in ("paragraph", "article"):
        topics = st.NMF(n_topics=k).fit(st.count_terms(corpus.passages(unit), min_df=5))
        known = [j for j, term in enumerate(topics.terms) if term in place]
        top = first(topics.phi[:, known], 10)
        columns = np.array([place[topics.terms[known[j]]] for j in top.ravel()]).reshape(top.shape)
        meetings = meetings_in_passages(reference.counts, columns)
        found = [npmi(meetings, row) for row in columns]
        rows.append(
            (
                unit,
                f"{np.mean(found):.3f}",
                f"{np.min(found):.3f}",
                f"{len(np.unique(columns)) / columns.size:.2f}",
            )
        )
        print(*rows[-1], flush=True)
    head = f"## Topics of paragraphs and of articles: {len(corpus):,} articles, K = {k}"
    return f"{head}\n\n{table(('unit', 'NPMI', 'lowest topic', 'diversity'), rows)}\n"


def main():
    if folder() is None:
        return "topics_quality: a corpus with categories is needed; name its folder with --data.\n"
    sample = articles().sample(SAMPLE, random_state=0).sort_index()
    models = {name: ours(make) for name, make in OURS.items()} | PEERS
    quick = {name: fit for name, fit in models.items() if not any(word in name for word in SLOW)}
    parts = section(sample, models, (6, 20), SEEDS)
    parts += section(sample, quick, (50,), SEEDS)
    return report([*parts, pairs(models), units()])


def report(parts):
    """Return the page; ``topics_quality_whole`` measures the quick models on all articles."""
    return (
        f"# Quality of topics\n\n{__doc__}\nsyriatopics {st.__version__}; seeds {SEEDS}. A sample of the "
        "articles, since some peers need minutes; those are left out at K = 50.\n\n"
        f"{chr(10).join(parts)}\nMade by `python -m benchmarks --data FOLDER topics_quality`.\n"
    )
