"""A store holds what reading and counting in memory give, whatever its partitions are."""

import pandas as pd
import pytest
from scipy import sparse

import syriatopics as st
from syriatopics.corpus.seeds import seeds_folder


def same_table(one, other):
    """Compare two tables; an absent text is absent, whatever stands for it."""
    texts = other.select_dtypes(["object", "str"]).columns
    pd.testing.assert_frame_equal(
        one.astype(dict.fromkeys(texts, "str")), other.astype(dict.fromkeys(texts, "str"))
    )


def together(tables):
    return pd.concat(list(tables), ignore_index=True)


def same_as_in_memory(store, corpus, **options):
    passages = corpus.passages()
    dtm = st.count_terms(passages, **options)
    assert store.vocabulary == tuple(dtm.terms)
    assert store.display == dtm.display
    parts = list(store)
    counts = sparse.vstack([part.counts for part in parts])
    assert counts.dtype == dtm.counts.dtype
    assert counts.shape == dtm.counts.shape
    assert (counts != dtm.counts).nnz == 0
    same_table(together(part.passages.table for part in parts), passages.table)
    same_table(together(store.articles(n) for n in range(len(store))), corpus.table)


@pytest.mark.parametrize("size", [1, 2, 100])
def test_the_seeds_in_partitions_are_the_seeds_in_memory(tmp_path, seeds, size):
    store = st.build_partitions(seeds_folder(), tmp_path / "store", size=size)
    assert len(store) == -(-5 // size)
    same_as_in_memory(store, st.read_corpus(seeds_folder()))
