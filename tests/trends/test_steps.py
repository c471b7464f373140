"""Levels, steps and their dates: laws, an oracle, and calibration."""

import numpy as np
import pytest

import syriatopics as st
from syriatopics.trends.daily import DaySeries, chunks
from syriatopics.trends.dating import _long_run, date_of_step
from syriatopics.trends.levels import Sums, residual_of, step_gains
from syriatopics.trends.segments import find_breaks, place_together
from syriatopics.trends.steps import shortest_series, step_test
from syriatopics.trends.weekly import Weekly, dependence, fit, independent
from syriatopics.trends.worlds import draw


def series_of(values, day, group=None, story=None):
    group = np.zeros(len(day), int) if group is None else group
    return DaySeries.of(
        np.asarray(day), group, np.asarray(values, float), int(group.max()) + 1, story
    )


def world_series(n, change, seed, **options):
    effects = (st.Step("t", "2020-07-19", change),) if change else ()
    world = st.World(themes={"t": 0.3}, n_articles=n, effects=effects, **options)
    drawn = draw(world, np.random.default_rng(seed))
    return series_of(drawn.values[:, 0], drawn.day, story=drawn.story), 200


def test_what_a_step_removes_is_what_two_means_leave_less():
    rng = np.random.default_rng(5)
    n = rng.integers(5, 20, (1, 40)).astype(float)
    total = rng.normal(size=(1, 40)) * np.sqrt(n) + n * (np.arange(40) > 13)
    gains = step_gains(Sums(n, total, total**2 / n + n), np.ones((1, 1)))
    for at in range(10, 30):
        sides = [
            (total[0, part].sum(), n[0, part].sum()) for part in (slice(0, at), slice(at, None))
        ]
        apart = sum(t**2 / m for t, m in sides) - total.sum() ** 2 / n.sum()
        assert gains[at] == pytest.approx(apart)
    assert gains.argmax() == pytest.approx(14, abs=1)


def test_residuals_add_up_to_nothing_on_every_level():
    rng = np.random.default_rng(6)
    n = rng.integers(5, 20, (3, 1, 20)).astype(float)
    total = rng.normal(size=n.shape) * n
    sums = Sums(n, total, total**2 / n + n)
    residual, squares = residual_of(sums, np.array([[5, 12]] * 3))
    for part in (slice(0, 5), slice(5, 12), slice(12, 20)):
        np.testing.assert_allclose(residual[..., part].sum(axis=-1), 0, atol=1e-9)
    whole, more = residual_of(sums, np.zeros((3, 0), int))
    assert (squares <= more + 1e-9).all()
    np.testing.assert_allclose(whole.sum(axis=-1), 0, atol=1e-9)


def test_long_run_variance_of_white_noise_is_its_variance():
    noise = np.random.default_rng(7).normal(size=(200, 1, 365))
    for kernel in _long_run(noise):
        assert kernel.mean() / 365 == pytest.approx(1.0, abs=0.12)


def test_a_strong_step_is_found_and_dated():
    series, day = world_series(3000, 0.3, 1)
    found = find_breaks(
        series, "week", alpha=0.05, level=0.95, n_permutations=199, max_breaks=5, seed=[0]
    )
    assert found.test.p <= 0.05
    assert found.test.shape == "break"
    assert len(found.breaks) == 1
    at = found.breaks[0]
    assert at.low <= day - series.start <= at.high
    assert abs(at.position - (day - series.start)) <= 14
    assert at.high - at.low < 60


def test_a_wave_is_two_breaks():
    world = st.World(
        themes={"t": 0.3}, n_articles=4000, end="2021-12-31",
        effects=[st.Step("t", "2020-09-01", 0.4, until="2021-04-01")],
    )  # fmt: skip
    drawn = draw(world, np.random.default_rng(3))
    series = series_of(drawn.values[:, 0], drawn.day)
    found = find_breaks(
        series, "week", alpha=0.05, level=0.95, n_permutations=199, max_breaks=5, seed=[0]
    )
    days = [series.start + at.position for at in found.breaks]
    assert len(days) == 2
    assert days[0] == pytest.approx(244, abs=14)
    assert days[1] == pytest.approx(456, abs=14)
    assert place_together(series, 2) == pytest.approx(
        [244 - series.start, 456 - series.start], abs=14
    )


def test_named_blocks_and_articles_are_other_ideas_of_chance():
    series, _ = world_series(600, 0.0, 4)
    p = {
        b: step_test(series, b, 199, np.random.default_rng(0)).p
        for b in ("week", "named", "article")
    }
    assert len(set(p.values())) == 3


def test_a_series_that_is_too_short_is_not_tested():
    days = np.repeat(np.arange(shortest_series("week") - 1), 3)
    assert (
        step_test(series_of(np.zeros(len(days)), days), "week", 99, np.random.default_rng(0))
        is None
    )
    few = np.arange(0, 400, 20)
    assert step_test(series_of(np.zeros(20), few), "week", 99, np.random.default_rng(0)) is None
    assert (
        date_of_step(series_of(np.zeros(20), few), "week", 0.95, np.random.default_rng(0)) is None
    )


def test_a_constant_series_has_no_break():
    days = np.repeat(np.arange(300), 3)
    found = step_test(series_of(np.ones(900), days), "week", 99, np.random.default_rng(0))
    assert found is not None
    assert found.p == 1.0
    assert found.n_breaks == 0


def test_groups_of_different_levels_that_step_together_are_seen_and_dated():
    rng = np.random.default_rng(8)
    day = np.sort(rng.integers(0, 360, 2400))
    group = rng.integers(0, 3, 2400)
    level = np.array([0.1, 0.4, 0.6])[group] + 0.15 * (day >= 200)
    values = (rng.random(2400) < level).astype(float)
    series = series_of(values, day, group)
    together = step_test(series, "week", 199, np.random.default_rng(0))
    assert together.p <= 0.05
    dated = date_of_step(series, "week", 0.95, np.random.default_rng(0))
    assert dated.low <= 200 - day.min() <= dated.high


@pytest.mark.parametrize("shape", ["drift", "season"])
def test_what_is_no_step_is_called_by_its_name(shape):
    rng = np.random.default_rng(11)
    day = np.sort(rng.integers(0, 365, 4000))
    share = 0.2 + 0.3 * day / 365 if shape == "drift" else 0.3 + 0.15 * np.sin(day / 58.1)
    found = step_test(
        series_of(rng.random(4000) < share, day), "week", 199, np.random.default_rng(0)
    )
    assert found.p > 0.05
    assert found.shape == shape
    if shape == "drift":
        assert found.slope[1] < 0.3 < found.slope[2]


def test_a_slope_that_turns_round_is_no_step():
    """A share that falls for half a year and rises again: no day on which a level changed."""
    rng = np.random.default_rng([3, 0])
    day = np.sort(rng.integers(0, 365, 2000))
    values = rng.random(2000) < 0.2 + 0.25 * np.abs(day - 180) / 180
    found = step_test(series_of(values, day), "week", 199, np.random.default_rng(0))
    assert found.p > 0.05
    assert found.shape == "season"


def test_turning_a_theme_round_turns_its_slope_round():
    series, _ = world_series(900, 0.2, 3)
    other = series_of(1 - series.value, series.day)
    one, two = (step_test(s, "week", 99, np.random.default_rng(0)) for s in (series, other))
    assert (one.p, one.n_breaks, one.shape) == (two.p, two.n_breaks, two.shape)
    np.testing.assert_allclose(one.slope, [-two.slope[0], -two.slope[2], -two.slope[1]], atol=1e-9)


def test_the_dependence_of_weeks_is_found_again():
    rng = np.random.default_rng(12)
    chosen = {}
    for fading in (0.0, 0.6):
        surprise = rng.normal(size=150)
        for week in range(1, 150):
            surprise[week] = fading * surprise[week - 1] + np.sqrt(1 - fading**2) * surprise[week]
        day = np.repeat(np.arange(150) * 7, 30)
        value = rng.normal(size=len(day)) + 0.6 * surprise[day // 7]
        weekly = Weekly.of(series_of(value, day), 7)
        chosen[fading] = dependence(weekly, [np.ones((150, 1))])
    assert {fading: found.fading for fading, found in chosen.items()} == {0.0: 0.0, 0.6: 0.6}
    alone = independent(weekly)
    assert (
        fit(weekly, np.ones((150, 1)), chosen[0.6]).covariance
        > fit(weekly, np.ones((150, 1)), alone).covariance
    )


def test_memory_is_cut_into_pieces():
    assert sum(chunks(1000, 10_000)) == 1000
    assert max(chunks(1000, 10_000)) < 1000


@pytest.mark.slow
@pytest.mark.parametrize(
    "options", [{"story_size": 1, "likeness": 0}, {}], ids=["alone", "stories"]
)
def test_breaks_that_are_not_there_are_as_rare_as_said(options):
    """600 years: a rate of .05 gives between 18 and 45 in 99 of 100 runs."""
    hits = 0
    for seed in range(600):
        series, _ = world_series(600, 0.0, [9, seed], **options)
        found = step_test(series, "week", 99, np.random.default_rng(seed))
        hits += found is not None and found.p <= 0.05
    assert hits <= 45
