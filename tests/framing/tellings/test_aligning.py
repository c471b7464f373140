"""Alignment: laws that hold for any vectors, and cases on which other aligners fell."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from syriatopics.framing.tellings import aligning
from syriatopics.framing.tellings.aligning import Chance, align, chance

NONE = np.zeros(0)
EXPECTED = Chance(0.0, 0.05, NONE)


def unit(values):
    values = np.asarray(values, dtype=float)
    return values / np.linalg.norm(values, axis=1, keepdims=True)


def told(source, target, expected=EXPECTED, weights=None):
    weights = weights or (np.ones(len(source)), np.ones(len(target)))
    return [(b.source, b.target) for b in align(source, target, weights, expected)]


@given(some.integers(0, 9), some.integers(0, 9), some.integers(0, 10_000))
def test_every_sentence_stands_in_exactly_one_bead(n, m, seed):
    rng = np.random.default_rng(seed)
    source, target = (unit(rng.normal(size=(k, 6))) if k else np.zeros((0, 6)) for k in (n, m))
    found = align(source, target, (np.ones(n), np.ones(m)), chance(source @ target.T))
    assert sorted(k for bead in found for k in bead.source) == list(range(n))
    assert sorted(k for bead in found for k in bead.target) == list(range(m))


@given(some.permutations(range(8)))
def test_whatever_the_order_each_finds_its_own(order):
    # An aligner that holds to the order finds 7 to 14 of 20 scrambled sentences (Bleualign 37).
    source = np.eye(8)
    target = source[list(order)]
    assert {(bead[0], bead[1]) for bead in told(source, target)} == {
        ((k,), (place,)) for place, k in enumerate(order)
    }


@pytest.mark.parametrize("seed", range(40))
def test_sides_change_places(seed, monkeypatch):
    # The piece that is left of a cut sentence is looked for in the target alone.
    monkeypatch.setattr(aligning, "_joined", lambda beads, *_: list(beads))
    rng = np.random.default_rng(seed)
    source, target = unit(rng.normal(size=(6, 4))), unit(rng.normal(size=(5, 4)))
    there = {(s, t) for s, t in told(source, target) if s and t}
    back = {(s, t) for t, s in told(target, source) if s and t}
    crossing = [b.crossing for b in align(source, target, (np.ones(6), np.ones(5)), EXPECTED)]
    # Of two orders that are worth the same either may be taken for the right one.
    assert there == back or any(crossing)


def test_a_neighbour_that_crosses_is_not_merged():
    # Vecalign makes (b c, C B) of two sentences that change places (its issue 13).
    source = np.eye(4)
    found = align(source, source[[0, 2, 1, 3]], (np.ones(4), np.ones(4)), EXPECTED)
    pairs = {(b.source, b.target): b.crossing for b in found}
    assert set(pairs) == {((0,), (0,)), ((2,), (1,)), ((1,), (2,)), ((3,), (3,))}
    assert sum(pairs.values()) == 1


def test_a_sentence_without_counterpart_takes_none():
    # Aligners of words map "It is cool today." onto an article that does not hold it (awesome-align 9).
    assert told(np.eye(3), np.eye(3)[:1]) == [((0,), (0,)), ((1,), ()), ((2,), ())]


@pytest.mark.parametrize(("n", "m"), [(20, 2), (2, 1), (1, 20), (20, 1)])
def test_sides_of_unlike_length(n, m):
    # NLTK's length-based aligner raises on twenty sentences against two (its issue 1293).
    found = told(np.eye(20)[:n], np.eye(20)[:m])
    assert [bead for bead in found if all(bead)] == [((k,), (k,)) for k in range(min(n, m))]


def test_split_and_merged():
    axes = np.eye(4)
    both = unit([axes[0] + axes[1]])
    source, target = np.vstack([both, axes[2:]]), axes
    assert told(source, target) == [((0,), (0, 1)), ((1,), (2,)), ((2,), (3,))]
    assert told(target, source) == [((0, 1), (0,)), ((2,), (1,)), ((3,), (2,))]


def test_a_neighbour_that_says_nothing_of_it_is_not_merged():
    axes = np.eye(4)
    target = np.vstack([axes[0], unit([axes[3] + 0.1 * axes[0]])[0], axes[1]])
    assert told(axes[:2], target) == [((0,), (0,)), ((), (1,)), ((1,), (2,))]


def test_no_sentence_and_no_word():
    assert told(np.zeros((0, 3)), np.zeros((0, 3))) == []
    assert told(np.zeros((1, 3)), np.eye(3)[:1]) == [((0,), ()), ((), (0,))]


def test_more_sentences_ask_for_more_likeness():
    rng = np.random.default_rng(0)
    source, target = unit(rng.normal(size=(80, 30))), unit(rng.normal(size=(80, 30)))
    apart = np.ones((80, 80), dtype=bool)
    for expected in (chance(source @ target.T, apart), chance(source @ target.T)):
        reached = [expected.reached(n) for n in (1, 5, 20, 100)]
        assert reached == sorted(reached) and reached[0] < reached[-1]


@pytest.mark.parametrize("known", [True, False])
def test_a_sentence_that_has_none_is_given_a_counterpart_rarely(known):
    """Half of the sentences have a counterpart; of the others about one in twenty is given one, or fewer."""
    rng = np.random.default_rng(5)
    wrong = total = 0
    for _ in range(60):
        source, target = unit(rng.normal(size=(20, 40))), unit(rng.normal(size=(20, 40)))
        target[:10] = unit(source[:10] + 0.1 * rng.normal(size=(10, 40)))
        apart = unit(rng.normal(size=(60, 40))) if known else None
        expected = (
            chance(apart @ apart.T, ~np.eye(60, dtype=bool)) if known else chance(source @ target.T)
        )
        found = align(source, target, (np.ones(20), np.ones(20)), expected)
        wrong += sum(bool(b.source) and k >= 10 for b in found for k in b.target)
        total += 10
    assert wrong / total < 0.08
