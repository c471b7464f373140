"""Distances: unbiased, level under no difference, and the same whichever side comes first."""

import numpy as np
import pytest

from syriatopics.inference.distances import block_sums, distance

D = 8


def drawn(rng, n, per=1, shift=0.0, blocks=None):
    """Return sums of blocks of articles that share half of what they are."""
    names = np.arange(n) if blocks is None else blocks
    shared = rng.normal(size=(n, D))
    rows = np.repeat(shared, per, axis=0) + rng.normal(size=(n * per, D))
    rows[:, 0] += shift
    return block_sums(rows, np.repeat(names, per))


def test_nothing_is_left_where_nothing_differs():
    rng = np.random.default_rng(1)
    found = [
        distance(drawn(rng, 12, per=3), drawn(rng, 30, per=3, blocks=np.arange(100, 130)))
        for _ in range(60)
    ]
    squared, plain = (np.array([getattr(f, name) for f in found]) for name in ("squared", "plain"))
    assert abs(squared.mean()) < 3 * squared.std() / np.sqrt(len(found))
    assert plain.mean() > 0.5  # what the length as it is would call a difference


@pytest.mark.parametrize("shared", [False, True])
def test_a_difference_is_measured_as_long_as_it_is(shared):
    rng = np.random.default_rng(2)
    other = np.arange(40) if shared else np.arange(40, 80)
    found = [
        distance(drawn(rng, 40, shift=1.5), drawn(rng, 40, blocks=other)).squared for _ in range(60)
    ]
    assert np.mean(found) == pytest.approx(1.5**2, abs=3 * np.std(found) / np.sqrt(60))


@pytest.mark.parametrize(("other", "sizes"), [(100, (20, 20)), (100, (8, 40)), (0, (20, 20))])
def test_p_is_level_for_blocks_alone_and_shared(other, sizes):
    rng = np.random.default_rng(3)
    p = np.array(
        [
            distance(
                drawn(rng, sizes[0], per=2),
                drawn(rng, sizes[1], per=2, blocks=other + np.arange(sizes[1])),
                random_state=k,
            ).p
            for k in range(150)
        ]
    )
    # .05 ± 3 standard errors of a share of 150.
    assert (p < 0.05).mean() < 0.05 + 3 * np.sqrt(0.05 * 0.95 / 150)
    assert 0.4 < p.mean() < 0.6


def test_sides_change_places():
    rng = np.random.default_rng(4)
    one, two = drawn(rng, 9, shift=1.0), drawn(rng, 7, blocks=np.arange(3, 10))
    there, back = distance(one, two), distance(two, one)
    assert there.squared == pytest.approx(back.squared)
    assert there.plain == pytest.approx(back.plain)


def test_where_all_stand_elsewhere_nothing_changes():
    rng = np.random.default_rng(5)
    one, two = drawn(rng, 12, shift=1.0), drawn(rng, 12, blocks=np.arange(20, 32))
    moved = [part._replace(values=part.values + 7.0 * part.sizes[:, None]) for part in (one, two)]
    assert distance(*moved).squared == pytest.approx(distance(one, two).squared)
    assert distance(*moved).p == distance(one, two).p


def test_few_blocks_give_no_p():
    rng = np.random.default_rng(6)
    found = distance(drawn(rng, 2, shift=9.0), drawn(rng, 2, blocks=np.array([7, 8])))
    assert np.isnan(found.p) and found.least_p > 0.05 and found.squared > 0


def test_a_single_block_says_nothing_of_chance():
    rng = np.random.default_rng(6)
    for n in (1, 30):
        found = distance(drawn(rng, 1, shift=9.0), drawn(rng, n, blocks=np.arange(7, 7 + n)))
        assert np.isnan(found.squared) and np.isnan(found.p) and found.plain > 0
