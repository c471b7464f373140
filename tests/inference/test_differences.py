"""Few blocks that both sides share: a t from six in effect on, partings below, nothing below that."""

import numpy as np
import pytest
from scipy import stats

from syriatopics.inference.differences import difference
from syriatopics.inference.lasting import named
from syriatopics.inference.partings import permuted_p
from syriatopics.inference.pooling import together
from syriatopics.inference.resampling import estimate


def shared(weeks, per_week, rng, sd=0.5, shift=0.0):
    """Two sides of the same weeks: estimates, and p of the plain t by week."""
    week = np.repeat(np.arange(weeks), 2 * np.asarray(per_week))
    side = np.arange(len(week)) % 2 == 0
    logit = -1.4 + sd * rng.standard_normal(weeks)[week] + shift * side
    values = (rng.random(len(week)) < 1 / (1 + np.exp(-logit))).astype(float)[:, None]
    block = named("week", week)
    pair = together([estimate(values[s], block=block[s]) for s in (side, ~side)])
    pull = pair[0].influence + pair[1].influence * -1
    t = (pair[0].mean - pair[1].mean) / np.sqrt((pull**2).sum(axis=0))
    return *pair, 2 * stats.t.sf(np.abs(t), 2 * weeks - 2 - weeks)


def test_six_even_weeks_are_enough_for_a_t():
    a, b, _ = shared(6, [30] * 6, np.random.default_rng(1))
    gap = difference(a, b)
    assert not gap.note and np.isfinite([gap.low, gap.high, gap.p]).all()
    # A p of 64 partings is a multiple of 1/32.
    assert gap.p * 32 != pytest.approx(np.round(gap.p * 32), abs=1e-6)


def test_six_weeks_of_which_one_holds_most_are_dealt_out_anew():
    a, b, _ = shared(6, [150, 10, 10, 10, 10, 10], np.random.default_rng(1))
    gap = difference(a, b)
    assert gap.p == pytest.approx(permuted_p(a, b))
    assert gap.p * 32 == pytest.approx(np.round(gap.p * 32), abs=1e-6)


def test_five_shared_weeks_allow_no_test():
    a, b, _ = shared(5, [30] * 5, np.random.default_rng(1))
    gap = difference(a, b)
    assert np.isnan([gap.low, gap.high, gap.p]).all()
    assert gap.note == "5 and 5 blocks, 5 of them shared: no p below 0.062 is possible"


@pytest.mark.slow
def test_size_and_power_in_six_shared_weeks():
    """Partings found .46 where the plain t by week finds .65."""
    p = {}
    for shift in (0.0, 0.6):
        worlds = [
            shared(6, [30] * 6, np.random.default_rng([3, n]), shift=shift) for n in range(800)
        ]
        found = np.array([(difference(a, b).p[0], t[0]) for a, b, t in worlds])
        p[shift] = (found < 0.05).mean(axis=0)
    assert 0.02 <= p[0.0][0] <= 0.07
    assert p[0.6][0] >= 0.9 * p[0.6][1]
