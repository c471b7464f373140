"""How fast are the models, how much memory do they take, and what do we add to the bare engine?

Every run is a process of its own, on the same counts, with one thread. Seconds are of processor
time of the fit; memory is the peak of the process above what it held before the fit.
"ours / bare": the same engine with the same options, called by itself.
"""

import multiprocessing
import os
import resource
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

import syriatopics as st
from benchmarks._data import news, table
from syriatopics.corpus import Passages
from syriatopics.matrix import DocumentTermMatrix

SIZES = (1_000, 3_000, 10_000, 28_000)
TOPICS = (20, 50)
ROUNDS = 1
HEADER = (
    "model",
    "passages",
    "K",
    "seconds, ours",
    "seconds, bare",
    "ours / bare",
    "MB, ours",
    "MB, bare",
)
LDA_ROUNDS = 3


def nmf(dtm, k):
    st.NMF(n_topics=k, max_iter=50).fit(dtm)


def bare_nmf(dtm, k):
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfTransformer

    weights = TfidfTransformer(sublinear_tf=True).fit_transform(dtm.counts)
    NMF(k, init="nndsvda", random_state=0, max_iter=50).fit_transform(weights)


def lda(dtm, k):
    st.LDA(n_topics=k, max_iter=LDA_ROUNDS, batches=True).fit(dtm)


def bare_lda(dtm, k):
    from sklearn.decomposition import LatentDirichletAllocation

    LatentDirichletAllocation(
        k, learning_method="online", learning_offset=50.0, batch_size=512, max_iter=LDA_ROUNDS,
        random_state=0,
    ).fit_transform(dtm.counts)  # fmt: skip


def embedding(dtm, k):
    st.EmbeddingTopics(n_topics=k).fit(dtm)


def bare_embedding(dtm, k):
    """BERTopic as a user would call it: SVD, k-means, and our analyzer for its words."""
    from bertopic import BERTopic
    from bertopic.dimensionality import BaseDimensionalityReduction
    from sklearn.cluster import KMeans
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
    from sklearn.preprocessing import normalize

    weights = TfidfTransformer(sublinear_tf=True).fit_transform(dtm.counts)
    vectors = normalize(TruncatedSVD(100, random_state=0).fit_transform(weights))
    rounds = 10 if len(vectors) < 5_000 else 5
    BERTopic(
        language="multilingual",
        embedding_model=None,
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=KMeans(k, n_init=rounds, random_state=0),
        vectorizer_model=CountVectorizer(
            analyzer=dtm.analyzer.vocabulary_analyzer(), vocabulary=list(dtm.terms)
        ),
    ).fit_transform(dtm.passages.texts, embeddings=vectors)


PAIRS = {
    "NMF, 50 rounds": (nmf, bare_nmf),
    f"LDA, online, {LDA_ROUNDS} rounds": (lda, bare_lda),
    "EmbeddingTopics": (embedding, bare_embedding),
}


def run(fit, path, k, out):
    from threadpoolctl import threadpool_limits

    dtm = load(path)
    if "embedding" in fit.__name__:
        import bertopic  # noqa: F401  the time to load it is not that of the fit
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with threadpool_limits(limits=1):
        began, used = time.perf_counter(), time.process_time()
        fit(dtm, k)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Processor time: other programs of a shared machine do not count.
    out.put((time.process_time() - used, (after - before) / 1024, time.perf_counter() - began))


def load(path):
    terms = pd.read_parquet(path / "terms.parquet")["term"].to_numpy(dtype=object)
    return DocumentTermMatrix(
        counts=sparse.load_npz(path / "counts.npz"),
        terms=terms,
        display={term: term for term in terms},
        passages=Passages(pd.read_parquet(path / "passages.parquet"), "text"),
        analyzer=st.ArabicAnalyzer.load(path / "analyzer.json"),
    )


def measure(fit, path, k):
    context = multiprocessing.get_context("spawn")
    found = []
    for _ in range(ROUNDS):
        out = context.Queue()
        process = context.Process(target=run, args=(fit, path, k, out))
        process.start()
        found.append(out.get())
        process.join()
    return np.mean(found, axis=0)


def main():
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    texts, _, source = news(200)
    rows = []
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary)
        for n in (size for size in SIZES if size <= len(texts)):
            dtm = st.count_terms(texts[:n], min_df=5, max_df=0.5)
            sparse.save_npz(path / "counts.npz", dtm.counts)
            pd.DataFrame({"term": dtm.terms}).to_parquet(path / "terms.parquet")
            dtm.passages.table.to_parquet(path / "passages.parquet")
            dtm.analyzer.save(path / "analyzer.json")
            for k in TOPICS:
                for name, (ours, bare) in PAIRS.items():
                    a, b = (measure(fit, path, k) for fit in (ours, bare))
                    rows.append(
                        (name, f"{n:,}", k, f"{a[0]:.1f}", f"{b[0]:.1f}", f"{a[0] / b[0]:.2f}",
                         f"{a[1]:.0f}", f"{b[1]:.0f}")
                    )  # fmt: skip
                    print(*rows[-1], flush=True)
    return (
        f"# Speed of topics\n\n{__doc__}\nsyriatopics {st.__version__}; {source}.\n\n"
        f"{table(HEADER, sorted(rows, key=lambda row: row[0]))}\n\n"
        "Made by `python -m benchmarks --data FOLDER topics_speed`.\n"
    )
