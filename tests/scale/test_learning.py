"""A model that learns from batches finds what it finds in memory, and what was planted."""

import numpy as np
import pytest
from scipy import sparse
from sklearn import decomposition

import syriatopics as st
from syriatopics.encoders.lsa import bm25, inverse_frequency
from syriatopics.topics.factorising import factorise


class InMemory:
    """Counts as a stream, cut wherever a reader might cut them."""

    def __init__(self, counts):
        self.counts = sparse.csr_matrix(counts)
        self.sizes = []

    @property
    def n_passages(self):
        return self.counts.shape[0]

    @property
    def frequency(self):
        return np.bincount(self.counts.indices, minlength=self.counts.shape[1])

    def batches(self, size):
        self.sizes.append(size)
        for start in range(0, self.n_passages, size):
            yield self.counts[start : start + size]


def planted(n=12_000, k=6, width=30, seed=0):
    """Passages of one or two of `k` topics with words of their own, and words of all."""
    rng = np.random.default_rng(seed)
    theta = rng.dirichlet(np.full(k, 0.1), size=n)
    phi = np.full((k, k * width + 40), 0.1)
    for topic in range(k):
        phi[topic, topic * width : (topic + 1) * width] = rng.gamma(2.0, size=width) + 0.5
    phi /= phi.sum(axis=1, keepdims=True)
    counts = np.stack([rng.multinomial(25, row) for row in theta @ phi])
    return sparse.csr_matrix(counts), theta, phi


@pytest.fixture(scope="module")
def world():
    return planted()


def matched(theta, truth):
    """Return the correlation of each true topic with its best counterpart."""
    both = np.corrcoef(theta.T, truth.T)[: theta.shape[1], theta.shape[1] :]
    assert len(set(both.argmax(axis=0))) == truth.shape[1]
    return both.max(axis=0)


def rarity(counts):
    return inverse_frequency(
        np.bincount(counts.indices, minlength=counts.shape[1]), counts.shape[0]
    )


@pytest.mark.parametrize(
    ("model", "n"),
    [(st.NMF(n_topics=6, batches=True), 12_000), (st.LDA(n_topics=6, max_iter=3), 4_000)],
)
def test_planted_topics_are_found(world, model, n):
    counts, theta = world[0][:n], world[1][:n]
    learned = model.learn(InMemory(counts))
    found = learned.projection.theta(counts, None, None)
    assert matched(found / found.sum(axis=1, keepdims=True), theta).min() > 0.9


def test_batches_come_as_near_as_all_passages_at_once(world):
    """On passages that neither saw, batches miss at most half a percent more."""
    counts, _, _ = world
    idf = rarity(counts)
    found = factorise(InMemory(counts[:10_000]), idf, 6, 0, 50)
    assert found.settled
    train, rest = bm25(counts[:10_000], idf), bm25(counts[10_000:], idf)
    whole = decomposition.NMF(6, init="nndsvda", random_state=0, max_iter=400).fit(train)

    def missed(topics):
        shares = np.stack([_nnls(topics, row) for row in rest[:400].toarray()])
        return np.linalg.norm(rest[:400] - shares @ topics)

    assert missed(found.components) <= 1.005 * missed(whole.components_)


def _nnls(topics, row):
    from scipy.optimize import nnls

    return nnls(topics.T, row)[0]


def test_the_error_that_is_told_is_that_of_the_passages(world):
    counts = world[0][:3_000]
    idf = rarity(counts)
    found = factorise(InMemory(counts), idf, 6, 0, 100)
    weights = bm25(counts, idf).toarray()
    missed = [
        np.sum((row - _nnls(found.components, row) @ found.components) ** 2)
        for row in weights[:500]
    ]
    assert found.error == pytest.approx(np.mean(missed), rel=0.05)


def test_weights_saturate_and_rows_have_length_one(world):
    counts = world[0][:200]
    weights, idf = bm25(counts, rarity(counts)), rarity(counts)
    assert np.allclose(np.linalg.norm(weights.toarray(), axis=1), 1)
    row, often = weights[0].data / idf[weights[0].indices], counts[0].data
    assert np.allclose(row / row[0], often / (often + 1.2) / (often[0] / (often[0] + 1.2)))
    assert (counts.data == world[0][:200].data).all() and counts.dtype == world[0].dtype


def test_online_lda_is_that_of_scikit_learn(world):
    """Read in batches, the engine takes the same steps as with all passages before it."""
    counts = world[0][:2_000]
    engine = decomposition.LatentDirichletAllocation(
        6, learning_method="online", learning_offset=50.0, batch_size=512, max_iter=2,
        random_state=4,
    ).fit(counts)  # fmt: skip
    learned = st.LDA(n_topics=6, max_iter=2, random_state=4).learn(InMemory(counts))
    assert np.array_equal(learned.phi, engine.components_)


def test_passages_are_projected_alike_alone_and_together(world):
    counts = world[0][:700]
    for model in (st.NMF(n_topics=6, batches=True), st.LDA(n_topics=6, max_iter=2, batches=True)):
        projection = model.learn(InMemory(counts)).projection
        together = projection.theta(counts, None, None)
        alone = [projection.theta(counts[n : n + 1], None, None) for n in range(0, 700, 7)]
        assert np.allclose(together[::7], np.vstack(alone), atol=1e-5)


def test_rounds_fall_as_passages_rise():
    """A million passages are seen once, ten thousand ten times."""
    counts, _, _ = planted(n=600)
    stream = InMemory(counts)
    st.LDA(n_topics=3, batches=True).learn(stream)
    assert len(stream.sizes) == 10
