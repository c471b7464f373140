"""How fast are the models, how much memory do they take, and what do we add to the bare engine?

Seconds are of processor time of the fit, on the same counts, with one thread: both sides in turns
in one process, three times at least, the median. Memory is the peak of a process above what it held
before the fit (Linux). "ours / bare": the same engine with the same options, called by itself.
"growth" is the exponent of time between this size and the one above: 1 is linear.
"""

import os
import tempfile
import time
import warnings
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

import syriatopics as st
from benchmarks._data import news, table
from benchmarks._measure import apart
from syriatopics.corpus import Passages
from syriatopics.matrix import DocumentTermMatrix

SIZES = (1_000, 3_000, 10_000, 28_000)
TOPICS = (20, 50)
ROUNDS, ENOUGH = 3, 4.0
HEADER = (
    "model",
    "K",
    "passages",
    "seconds, ours",
    "seconds, bare",
    "ours / bare",
    "MB, ours",
    "MB, bare",
    "growth",
)
LDA_ROUNDS, ENOUGH = 3, 4.0


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


def take_turns(fits, path, k, out):
    """Put the median seconds of each of `fits`."""
    dtm, seconds = ready(fits, path), [[] for _ in fits]
    with quiet():
        while len(seconds[0]) < ROUNDS or sum(map(sum, seconds)) < ENOUGH:
            for fit, found in zip(fits, seconds, strict=True):
                used = time.process_time()
                fit(dtm, k)
                # Processor time: other programs of a shared machine do not count.
                found.append(time.process_time() - used)
    out.put([float(np.median(found)) for found in seconds])


def hold(fit, path, k, out):
    """Put how much memory a fit takes, in MiB."""
    dtm = ready([fit], path)
    with quiet():
        before = peak_from_here()
        fit(dtm, k)
    out.put((peak() - before) / 1024)


def ready(fits, path):
    """Return the counts; a small fit has loaded what the engines load."""
    dtm = load(path)
    with quiet():
        for fit in fits:
            fit(dtm.where(np.arange(dtm.shape[0]) < 300), 2)
    return dtm


@contextmanager
def quiet():
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def peak_from_here():
    """Let the kernel forget the peak of this process; return what it holds, in KiB."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return peak()
    return peak()


def peak():
    """Return the peak of the memory of this process, in KiB."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0])


def save(dtm, path):
    sparse.save_npz(path / "counts.npz", dtm.counts)
    pd.DataFrame({"term": dtm.terms}).to_parquet(path / "terms.parquet")
    dtm.passages.table.to_parquet(path / "passages.parquet")
    dtm.analyzer.save(path / "analyzer.json")


def load(path):
    terms = pd.read_parquet(path / "terms.parquet")["term"].to_numpy(dtype=object)
    return DocumentTermMatrix(
        counts=sparse.load_npz(path / "counts.npz"),
        terms=terms,
        display={term: term for term in terms},
        passages=Passages(pd.read_parquet(path / "passages.parquet"), "text"),
        analyzer=st.ArabicAnalyzer.load(path / "analyzer.json"),
    )


def main():
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    texts, _, source = news(200)
    rows, seconds = [], {}
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary)
        for n in (size for size in SIZES if size <= len(texts)):
            save(st.count_terms(texts[:n], min_df=5, max_df=0.5), path)
            for k in TOPICS:
                for name, (ours, bare) in PAIRS.items():
                    a, b = apart(take_turns, (ours, bare), path, k)
                    held = [apart(hold, fit, path, k) for fit in (ours, bare)]
                    smaller, took = seconds.get((name, k), (n, a))
                    slope = np.log(a / took) / np.log(n / smaller) if n > smaller else None
                    seconds[name, k] = n, a
                    rows.append(
                        (name, k, f"{n:,}", f"{a:.2f}", f"{b:.2f}", f"{a / b:.2f}",
                         *(f"{part:.0f}" for part in held), "–" if slope is None else f"{slope:.2f}")
                    )  # fmt: skip
                    print(*rows[-1], flush=True)
    return (
        f"# Speed of topics\n\n{__doc__}\nsyriatopics {st.__version__}; {source}.\n\n"
        f"{table(HEADER, sorted(rows, key=lambda row: row[:2]))}\n\n"
        "Made by `python -m benchmarks --data FOLDER topics_speed`.\n"
    )
