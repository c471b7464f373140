import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from syriatopics.inference.differences import difference
from syriatopics.inference.intervals import interval
from syriatopics.inference.lasting import lasting, named
from syriatopics.inference.pooling import together
from syriatopics.inference.resampling import estimate


def weekly(n, run_on, seed=0, k=4, articles=20):
    """Shares of articles by week; what a week adds runs on into the next."""
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal((n + 1, k))
    level = noise[1:] + run_on * noise[:-1]
    week = np.repeat(np.arange(n), articles)
    return 0.5 + 0.1 * level[week] + 0.05 * rng.standard_normal((len(week), k)), week


def test_blocks_without_order_do_not_run_on():
    values, week = weekly(40, 1.0)
    for name in ("story 5", "x"):
        assert lasting(estimate(values, block=np.char.add(f"{name} ", week.astype(str)))) == 1
    assert lasting(estimate(values, block=week)) == 1
    assert lasting(estimate(values)) == 1


@pytest.mark.parametrize(("run_on", "truth"), [(0.0, 1.0), (0.5, 1.8), (1.0, 2.0)])
def test_what_runs_on_is_found(run_on, truth):
    found = np.mean(
        [
            lasting(estimate(values, block=named("week", week)))
            for values, week in (weekly(60, run_on, seed) for seed in range(40))
        ]
    )
    assert found == pytest.approx(truth, abs=0.2)


def test_few_weeks_that_run_on_are_widened_as_many_are():
    """Residuals of eight weeks look less alike than the weeks are; that is taken back."""
    values = [weekly(8, 1.0, seed, k=12) for seed in range(200)]
    means = np.array([v.mean(axis=0) for v, _ in values])
    claimed = [
        (e.error**2 * lasting(e)).mean()
        for e in (estimate(v, block=named("week", week)) for v, week in values)
    ]
    assert np.mean(claimed) / means.var() == pytest.approx(1, abs=0.15)


def test_sides_that_move_together_cancel():
    """What two outlets of one calendar share runs on in both, and not in their difference."""
    values, week = weekly(30, 1.0, articles=40)
    half = np.arange(len(week)) % 2 == 0
    a, b = (estimate(values[s], block=named("week", week[s])) for s in (half, ~half))
    assert lasting(a) > 1.5
    assert lasting(a, b) < 1.3


def test_interval_and_p_know_of_it():
    values, week = weekly(16, 1.0, 3)
    side = week < 8
    plain, by_week = (
        together([estimate(values[s], block=block[s]) for s in (side, ~side)])
        for block in (week + 100, named("week", week))
    )
    f = lasting(*by_week)
    assert f > 1.2
    before, after = difference(*plain), difference(*by_week)
    assert (after.high - after.low > before.high - before.low).all()
    assert (after.p >= before.p).all()
    low, high = interval(by_week[0])
    narrow = interval(plain[0])
    assert ((high - low) >= (narrow.high - narrow.low) - 1e-12).all()


def test_numbers_come_with_their_unit():
    """A column of the user's own whose values are numbers has no neighbours."""
    values, week = weekly(30, 1.0)
    assert lasting(estimate(values, block=week.astype(str))) == 1
    mixed = np.where(week == 3, "article x", named("week", week))
    assert lasting(estimate(values, block=mixed)) > 1.2


@given(st.integers(0, 10_000), st.integers(1, 12), st.sampled_from(["day", "week", "month"]))
def test_it_never_narrows_and_never_fails(seed, n, unit):
    rng = np.random.default_rng(seed)
    block = rng.integers(0, 3 * n, 40)
    values = rng.integers(0, 2, (40, 3)).astype(float)
    one = estimate(values[:25], block=named(unit, block[:25]))
    other = estimate(values[25:], block=named(unit, block[25:]))
    for found in (lasting(one), lasting(one, other), lasting(other, one)):
        assert 1 <= found < 50
    assert lasting(one, other) == pytest.approx(lasting(other, one))
