"""Topics at size beside other packages: quality beside time, on the same tokens.

A sample of passages small enough for every peer; 50 topics each. Ours learns in batches, as it
does from partitions. Each model is fitted once in a process of its own with one thread; seconds are
of its processor time, without loading its package. Quality: mean NPMI of the ten first words over
the passages of the sample, and the share of different words among them. Peers run with what their
documentation shows; the rounds are in the table.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("NUMBA_NUM_THREADS", "1")

import time

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

import syriatopics as st
from benchmarks import _peers
from benchmarks._data import table
from benchmarks._large import large_corpus
from benchmarks._measure import apart
from syriatopics.topics.coherence import meetings_in_passages, npmi
from syriatopics.topics.wording import first

PASSAGES, TOPICS = int(os.environ.get("SYRIATOPICS_SAMPLE", 20_000)), 50


def ours_in_batches(dtm, k, seed):
    return _ours(st.NMF(n_topics=k, random_state=seed, batches=True).fit(dtm))


def ours_at_once(dtm, k, seed):
    return _ours(st.NMF(n_topics=k, random_state=seed).fit(dtm))


def ours_online(dtm, k, seed):
    return _ours(st.LDA(n_topics=k, random_state=seed).fit(dtm))


def _ours(topics):
    return np.nan_to_num(topics.theta).argmax(axis=1), topics.phi


MODELS = {
    "ours, NMF in batches": ours_in_batches,
    "ours, NMF at once": ours_at_once,
    "ours, LDA online, 10 rounds": ours_online,
    "scikit-learn NMF": _peers.sklearn_nmf,
    "scikit-learn MiniBatchNMF": _peers.sklearn_minibatch_nmf,
    "scikit-learn LDA, online, 10 rounds": _peers.sklearn_lda,
    "gensim LDA, 10 passes": _peers.gensim_lda,
    "tomotopy LDA, 500 rounds": _peers.tomotopy_lda,
    "BERTopic on LSA vectors": _peers.bertopic,
}


def sample(n):
    """Return counts of `n` passages, drawn evenly from the large corpus."""
    path, source = large_corpus(10_000)
    texts = pd.Series(pq.read_table(path, columns=["text"])["text"].to_pylist())
    passages = texts.str.split("\n\n").explode().sample(n, random_state=1)
    return st.count_terms(passages.tolist(), min_df=10, max_df=0.5), source


def fitted(name, out):
    from threadpoolctl import threadpool_limits

    dtm, _ = sample(PASSAGES)
    if "BERTopic" in name:
        import bertopic  # noqa: F401
        import umap  # noqa: F401
    with threadpool_limits(limits=1):
        began, used = time.perf_counter(), time.process_time()
        found, phi = MODELS[name](dtm, TOPICS, 0)
        spent, wall = time.process_time() - used, time.perf_counter() - began
    top = first(np.asarray(phi), 10)
    meetings = meetings_in_passages(dtm.counts, top)
    coherence = float(np.mean([npmi(meetings, words) for words in top]))
    out.put((spent, wall, coherence, len(np.unique(top)) / top.size, len(top), dtm.shape,
             float(np.mean(np.asarray(found) < 0))))  # fmt: skip


def main():
    rows, shape = [], (0, 0)
    _, source = large_corpus(10_000)
    for name in MODELS:
        spent, wall, coherence, diversity, k, shape, outliers = apart(fitted, name)
        rows.append(
            (name, k, f"{spent:.1f}", f"{1e6 * spent / shape[0]:,.0f}", f"{coherence:.3f}",
             f"{diversity:.2f}", f"{outliers:.0%}")
        )  # fmt: skip
        print(*rows[-1], f"{wall:.0f} s by the clock", flush=True)
    header = (
        "model",
        "topics",
        "processor s",
        "µs per passage",
        "NPMI",
        "different words",
        "outliers",
    )
    return (
        f"# Topics at size, beside other packages\n\n{__doc__}\nsyriatopics {st.__version__}; "
        f"{shape[0]:,} passages, {shape[1]:,} terms; {source}.\n\n{table(header, rows)}\n\n"
        "Made by `python -m benchmarks --data FOLDER scale_topics`.\n"
    )
