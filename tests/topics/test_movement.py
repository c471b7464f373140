"""The arithmetic of words that move."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as some
from scipy import sparse

from syriatopics.topics.movement import part_words, slopes, smoothed_words


def parted_of(seed, n=60, k=3, v=30):
    rng = np.random.default_rng(seed)
    theta, phi = rng.dirichlet(np.ones(k), n), rng.dirichlet(np.ones(v), k)
    counts = sparse.csr_matrix(np.array([rng.multinomial(40, t @ phi) for t in theta]))
    return counts, part_words(counts, theta, phi)


@given(some.integers(0, 200))
def test_parts_of_all_topics_are_the_words(seed):
    counts, parted = parted_of(seed)
    rows = np.arange(counts.shape[0])
    parts = sum(parted.of(topic, rows).toarray() for topic in range(3))
    assert np.allclose(parts, counts.toarray())


@given(some.integers(0, 50), some.floats(0.2, 3))
def test_smoothed_words_are_shares_and_periods_lose_no_word(seed, smoothing):
    counts, parted = parted_of(seed)
    period = np.arange(counts.shape[0]) % 5
    period[:3] = -1
    phi, n_words = smoothed_words(parted, period, 6, smoothing)
    assert np.allclose(phi.sum(axis=2), 1) and (phi >= 0).all()
    assert np.isclose(n_words.sum(), counts[3:].sum()) and np.allclose(n_words[5], 0)


def test_a_passage_of_which_nothing_is_known_belongs_to_no_topic():
    counts, _ = parted_of(1)
    theta = np.full((60, 3), 1 / 3)
    theta[0] = np.nan
    parted = part_words(counts, theta, np.full((3, 30), 1 / 30))
    assert parted.of(0, np.array([0])).sum() == 0


def test_a_slope_is_that_of_least_squares_within_the_mix():
    _counts, parted = parted_of(4)
    rows = np.arange(60)
    time = np.linspace(0, 1, 60)
    mix = (rows % 2 == 0).astype(float)[:, None]
    found = slopes(parted, 0, rows, time, mix, rows, 0)
    own = parted.of(0, rows)[:, found.terms].toarray()
    size = np.asarray(parted.of(0, rows).sum(axis=1)).ravel()
    design = np.column_stack([time, np.ones(60), parted.theta, mix])
    root = np.sqrt(size)[:, None]
    expected = np.linalg.lstsq(design * root, own / size[:, None] * root, rcond=1e-10)[0][0]
    assert np.allclose(found.slope, expected)


def test_the_sign_of_time_changes_the_sign_of_slopes_only():
    _, parted = parted_of(5)
    rows, mix = np.arange(60), np.zeros((60, 0))
    time = np.random.default_rng(0).random(60)
    one, two = (slopes(parted, 1, rows, t, mix, rows // 3, 0) for t in (time, -time))
    assert np.allclose(one.slope, -two.slope) and np.isclose(one.p, two.p)


def test_nothing_to_look_at_has_no_p():
    _, parted = parted_of(6)
    none = slopes(parted, 0, np.arange(2), np.arange(2.0), np.zeros((2, 0)), np.zeros(2, int), 0)
    assert np.isnan(none.p)
