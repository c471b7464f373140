"""What several tests of this folder ask of a store."""

import hashlib

import pandas as pd
from scipy import sparse

import syriatopics as st


def same_table(one, other):
    """Compare two tables; an absent text is absent, whatever stands for it."""
    texts = dict.fromkeys(other.select_dtypes(["object", "str"]).columns, "str")
    pd.testing.assert_frame_equal(one.astype(texts), other.astype(texts))


def together(tables):
    return pd.concat(list(tables), ignore_index=True)


def same_as_in_memory(store, corpus, unit="paragraph", **options):
    passages = corpus.passages(unit)
    dtm = st.count_terms(passages, **options)
    assert store.vocabulary == tuple(dtm.terms)
    assert store.display == dtm.display
    assert store.unit == passages.unit
    parts = list(store)
    counts = sparse.vstack([part.counts for part in parts])
    assert counts.dtype == dtm.counts.dtype
    assert counts.shape == dtm.counts.shape
    assert (counts != dtm.counts).nnz == 0
    same_table(together(part.passages.table for part in parts), passages.table)
    same_table(together(store.articles(n) for n in range(len(store))), corpus.table)


def digests(folder):
    """Return the hash of every file of a store."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def adds_up(store):
    totals = store.manifest["totals"]
    accounted = totals["kept"] + sum(totals["skipped"].values()) + sum(totals["refused"].values())
    return totals["rows"] == accounted and totals["kept"] == sum(
        len(store.articles(n)) for n in range(len(store))
    )
