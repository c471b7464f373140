"""θ of many passages at once is θ of each."""

import numpy as np
import pytest
from scipy import sparse
from scipy.special import digamma

from syriatopics.topics.projection import Dirichlet, Factor, project


def counts_of(n=300, n_terms=40, seed=0):
    rng = np.random.default_rng(seed)
    counts = rng.poisson(0.3, size=(n, n_terms))
    counts[::17] = 0
    return sparse.csr_matrix(counts.astype(np.int64))


def one_passage(words, often, alpha):
    """The update of Blei, Ng and Jordan, passage by passage, written down plainly."""
    gamma = alpha + often.sum() / len(alpha)
    for _ in range(200):
        before = gamma
        weight = np.exp(digamma(gamma) - digamma(gamma.sum()))
        gamma = alpha + weight * (words @ (often / (weight @ words)))
        if np.abs(gamma - before).mean() < 1e-4:
            break
    return gamma / gamma.sum()


@pytest.mark.parametrize("weighted", [False, True])
def test_dirichlet_passages_settle_as_they_would_alone(weighted):
    rng = np.random.default_rng(1)
    counts = counts_of()
    words = rng.gamma(0.5, size=(5, counts.shape[1])) + 1e-6
    weights = rng.uniform(0.5, 3.0, size=counts.shape[1]) if weighted else None
    alpha = np.linspace(0.1, 0.5, 5)
    before = counts.copy()
    found = Dirichlet(words, alpha, weights).theta(counts, None, None)
    for row in range(counts.shape[0]):
        columns = counts[row].indices
        if not len(columns):
            assert not found[row].any()
            continue
        often = counts[row].data * (1.0 if weights is None else weights[columns])
        expected = one_passage(words[:, columns], often, alpha)
        assert np.allclose(found[row], expected, atol=1e-10)
    assert (counts != before).nnz == 0  # what is given is not touched


def test_rows_sum_to_one_or_are_not_known():
    counts = counts_of()
    topics = np.random.default_rng(2).gamma(0.5, size=(4, counts.shape[1]))
    theta = project(Factor(topics, np.ones(counts.shape[1])), counts, _nothing(counts))
    empty = np.diff(counts.indptr) == 0
    assert np.isnan(theta[empty]).all()
    assert np.allclose(theta[~empty].sum(axis=1), 1)


def _nothing(counts):
    import pandas as pd

    return pd.DataFrame(index=range(counts.shape[0]))
