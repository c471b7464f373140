"""How alike articles of nearby days are: laws, brute force, and planted likeness."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from syriatopics.inference.nearness import (
    Nearness,
    near_products,
    nearness,
    normal_draws,
    root_of,
)
from syriatopics.inference.pooling import spread_of

EDGES = (0, 1, 3, 7, 14, 28, 42)


def falling(seed, k=1):
    """Return correlations that fall with distance."""
    return np.sort(np.random.default_rng(seed).random((6, k)) * 0.5, axis=0)[::-1]


def rho_of(near, apart):
    if apart >= EDGES[-1]:
        return 0.0
    return near.within[np.searchsorted(EDGES, apart, side="right") - 1, 0]


def effect_of(near, days, weights=None):
    return spread_of(near, days, np.zeros(len(days)), weights).effect


def stories(n, seed, reach=5, size=4, share=0.5):
    """Return articles of stories: part of each value is that of its story."""
    rng = np.random.default_rng(seed)
    story = np.repeat(np.arange(n // size), size)
    day = rng.integers(0, 360, n // size)[story] + rng.integers(0, reach, len(story))
    told, own = rng.normal(size=n // size)[story], rng.normal(size=len(story))
    return (np.sqrt(share) * told + np.sqrt(1 - share) * own)[:, None], day, story


@given(days=some.lists(some.integers(0, 60), min_size=2, max_size=25), seed=some.integers(0, 99))
def test_the_effect_is_the_sum_over_all_pairs(days, seed):
    near = Nearness(falling(seed), np.zeros((6, 1)))
    weights = np.random.default_rng(seed).random(len(days)) + 0.1
    brute = sum(
        a * b * (1 if i == j else rho_of(near, abs(days[i] - days[j])))
        for i, a in enumerate(weights)
        for j, b in enumerate(weights)
    )
    effect = effect_of(near, np.array(days), weights)[0]
    assert effect == pytest.approx(brute / (weights**2).sum())
    assert effect >= 1


def test_products_of_near_days_are_those_of_all_pairs():
    rng = np.random.default_rng(3)
    one, other = rng.normal(size=(90, 2)), rng.normal(size=(90, 3))
    apart = np.abs(np.subtract.outer(np.arange(90), np.arange(90)))
    for number, (low, high) in enumerate(pairwise(EDGES)):
        near = ((apart >= low) & (apart < high)).astype(float)
        np.testing.assert_allclose(
            near_products(one, other)[number], one.T @ near @ other, atol=1e-9
        )


def test_articles_that_have_nothing_to_do_with_each_other_are_hardly_alike():
    effects = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        day = rng.integers(0, 365, 600)
        effects.append(effect_of(nearness(rng.normal(size=(600, 1)), day), day[:50])[0])
    assert np.median(effects) < 1.15


def test_planted_likeness_comes_back():
    found, true = [], []
    for seed in range(20):
        values, day, story = stories(2400, seed)
        month = (day >= 90) & (day < 150)
        found.append(effect_of(nearness(values, day), day[month])[0])
        size = np.unique(story[month], return_counts=True)[1].astype(float)
        true.append(1 + 0.5 * ((size**2).sum() / size.sum() - 1))
    assert 1 <= np.mean(found) / np.mean(true) < 1.5  # on the safe side, but not far


def test_a_level_that_changes_slowly_is_no_likeness():
    rng = np.random.default_rng(4)
    day = rng.integers(0, 3650, 4000)
    noise = rng.normal(size=4000)
    plain = effect_of(nearness(noise[:, None], day), day[day < 90])[0]
    rising = effect_of(nearness((noise + day / 3650)[:, None], day), day[day < 90])[0]
    assert rising == pytest.approx(plain, abs=0.2)


def test_levels_of_groups_are_no_likeness_and_their_order_is_none():
    values, day, _ = stories(800, 5)
    group = np.random.default_rng(5).integers(0, 3, 800)
    near = nearness(values + 10.0 * group[:, None], day, group)
    plain = nearness(values, day, group)
    np.testing.assert_allclose(near.within, plain.within, atol=1e-8)
    order = np.random.default_rng(6).permutation(800)
    again = nearness(values[order], day[order] + 1000, group[order])
    np.testing.assert_allclose(again.within, plain.within, atol=1e-8)
    np.testing.assert_allclose(again.across, plain.across, atol=1e-8)
    assert plain.across[0, 0] > 0.05


def test_correlations_never_grow_with_distance_nor_leave_their_range():
    for seed in range(10):
        values, day, _ = stories(200, seed, share=0.9)
        within = nearness(values, day).within[:, 0]
        assert (np.diff(within) <= 1e-12).all()
        assert within.min() >= 0
        assert within.max() <= 1


@pytest.mark.parametrize(
    ("values", "days"),
    [([0.3], [5]), ([0.3, 0.3], [5, 5]), ([0.0, 1.0], [0, 900]), ([0.5] * 4, [1, 2, 3, 4])],
)
def test_next_to_no_articles_say_nothing(values, days):
    near = nearness(np.array(values)[:, None], np.array(days))
    assert effect_of(near, np.array(days)).tolist() == [1.0]


def test_draws_have_the_covariance_and_what_is_none_is_left_out():
    covariance = np.array([[2.0, 1.0], [1.0, 1.0]])
    drawn = normal_draws(root_of(covariance), 40_000, np.random.default_rng(7))
    np.testing.assert_allclose(np.cov(drawn.T), covariance, atol=0.05)
    assert np.isfinite(
        normal_draws(root_of(np.diag([1.0, -1.0])), 9, np.random.default_rng(8))
    ).all()


def test_draws_do_not_hang_on_the_sign_or_rotation_of_eigenvectors(monkeypatch):
    """A covariance with equal eigenvalues has many bases; which one is found is the BLAS's choice."""
    covariance = np.kron(np.diag([2.0, 2.0, 0.5]), np.ones((2, 2))) + np.eye(6)
    real = np.linalg.eigh

    def other(matrix):
        sizes, axes = real(matrix)
        axes = axes * np.array([1, -1, 1, -1, -1, 1.0])
        equal = np.isclose(sizes, sizes[0])
        turn = np.linalg.qr(np.random.default_rng(0).random((equal.sum(), equal.sum())))[0]
        axes[:, equal] = axes[:, equal] @ turn
        return sizes, axes

    ours = normal_draws(root_of(covariance), 50, np.random.default_rng(1))
    monkeypatch.setattr(np.linalg, "eigh", other)
    assert np.allclose(
        ours, normal_draws(root_of(covariance), 50, np.random.default_rng(1)), atol=1e-12
    )


@given(
    days=some.lists(some.integers(0, 400), min_size=2, max_size=80),
    stretch=some.sampled_from([7, 28, 91]),
    groups=some.integers(1, 3),
)
def test_no_warning_of_a_negative_variance(days, stretch, groups):
    """Stretches of few days can make a variance of the moments negative: nothing is told then."""
    group = np.arange(len(days)) % groups
    with np.errstate(all="raise"):
        found = nearness(np.arange(len(days))[:, None] % 3.0, np.array(days), group, stretch)
    assert np.isfinite(found.within).all() and np.isfinite(found.across).all()
