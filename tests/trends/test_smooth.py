import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.trends.interaction import _test


def line(scores_of, n=400, slope=0.0, outlet="first"):
    """Articles, one a day, whose values lie on a straight line."""
    days = pd.date_range("2018-01-01", periods=n)
    values = 0.3 + slope * np.arange(n) / n
    return scores_of([f"{outlet}{k:04d}" for k in range(n)], days, outlet, values)


def test_a_straight_line_is_drawn_as_it_is(scores_of):
    curve = st.smooth(line(scores_of, slope=0.4), bandwidth=60).table
    inside = curve.dropna()
    when = (inside["date"] - pd.Timestamp("2018-01-01")).dt.days
    np.testing.assert_allclose(inside["share"], 0.3 + 0.4 * when / 400, atol=1e-9)
    np.testing.assert_allclose(inside["high"] - inside["low"], 0, atol=1e-6)


def test_bands_hold_the_curve_and_the_whole_band_is_wider(stepped):
    curve = st.smooth(stepped[1], by="outlet", bandwidth=90)
    known = curve.table.dropna()
    assert len(known) > 200
    for low, high in (("low", "high"), ("low_all", "high_all")):
        assert (known[low] <= known["share"] + 1e-12).all()
        assert (known["share"] <= known[high] + 1e-12).all()
        assert known[low].min() >= 0
        assert known[high].max() <= 1
    assert ((known["high_all"] - known["low_all"]) >= (known["high"] - known["low"]) - 1e-9).all()
    assert (known["n_articles"] >= 15).all()


def test_the_difference_of_two_outlets_turns_its_sign_with_them(stepped):
    one, two = (
        st.smooth(stepped[1], difference=pair, bandwidth=90).table
        for pair in (("first", "second"), ("second", "first"))
    )
    np.testing.assert_allclose(one["share"], -two["share"])
    np.testing.assert_allclose(one["low"], -two["high"], atol=1e-12)
    late = one[(one["theme"] == "humanitarian") & (one["date"] > "2019-01-01")].dropna()
    assert late["share"].mean() == pytest.approx(0.25, abs=0.06)
    assert (late["low"] > 0).mean() > 0.8


def test_the_balance_is_a_difference_of_shares(stepped):
    balance = st.smooth(stepped[1], balance=("humanitarian", "political_transition"), bandwidth=90)
    assert balance.signed
    apart = st.smooth(stepped[1], bandwidth=90).table.pivot(
        index="date", columns="theme", values="share"
    )
    both = balance.table.set_index("date")["share"]
    known = both.notna()
    np.testing.assert_allclose(
        both[known], (apart["humanitarian"] - apart["political_transition"])[known], atol=1e-9
    )


def test_the_bandwidth_is_chosen_by_what_there_is_to_see(scores_of, scores_of_world):
    wave = st.World(
        themes={"t": 0.3}, n_articles=4000, start="2018-01-01", end="2019-12-31",
        effects=[st.Step("t", "2018-09-01", 0.4, until="2018-12-01")],
    )  # fmt: skip
    flat = st.World(themes={"t": 0.3}, n_articles=4000, start="2018-01-01", end="2019-12-31")
    widths = [
        st.smooth(scores_of_world(world)[0], n_resamples=50).bandwidth for world in (wave, flat)
    ]
    assert widths[0] < widths[1]


def test_days_with_few_articles_are_empty(scores_of):
    early, late = pd.date_range("2018-01-01", periods=100), pd.date_range("2018-09-01", periods=100)
    scores = scores_of(
        [f"a{n:03d}" for n in range(200)], [*early, *late], "first", np.full(200, 0.5)
    )
    table = st.smooth(scores, bandwidth=60).table.set_index("date")
    assert table.loc["2018-06-10":"2018-06-25", "share"].isna().all()
    assert table.loc["2018-02-01":"2018-03-01", "share"].notna().all()


def test_an_outlet_that_starts_late_has_no_curve_before(scores_of):
    days = [*pd.date_range("2018-01-01", periods=300), *pd.date_range("2018-07-01", periods=100)]
    outlets = ["old"] * 300 + ["new"] * 100
    scores = scores_of([f"a{n:03d}" for n in range(400)], days, outlets, np.full(400, 0.5))
    table = st.smooth(scores, by="outlet", bandwidth=90).table
    new = table[table["outlet"] == "new"].set_index("date")["share"]
    assert new[:"2018-06-30"].isna().all()
    assert new["2018-07-05":"2018-10-01"].notna().all()


def test_too_little_is_said(scores, scores_of):
    with pytest.raises(st.errors.InputError, match="too few for a curve"):
        st.smooth(scores)
    with pytest.raises(st.errors.InputError, match="bandwidth -1"):
        st.smooth(scores, bandwidth=-1)
    sparse = scores_of(
        [f"a{n}" for n in range(20)],
        pd.date_range("2018-01-01", periods=20, freq="30D"),
        "a",
        np.zeros(20),
    )
    with pytest.raises(st.errors.InputError, match="No day rests on 15 articles within 60 days"):
        st.smooth(sparse, bandwidth=60)
    with pytest.raises(st.errors.InputError, match="No outlet 'x'"):
        st.smooth(line(scores_of), difference=("first", "x"))


def two_outlets(slopes, seed=0):
    return st.World(
        themes={"t": 0.3}, outlets={"a": 1.0, "b": 1.0}, n_articles=2000, contrasts={"b": {"t": 0.2}},
        effects=[st.Slope("t", slope, outlet) for outlet, slope in zip("ab", slopes, strict=True)],
    )  # fmt: skip


def test_outlets_that_move_apart_interact_and_parallel_ones_do_not(scores_of_world):
    apart = st.interaction(scores_of_world(two_outlets((0.4, -0.3)))[0])
    assert apart.table["p"].iloc[0] < 0.01
    p = [
        st.interaction(scores_of_world(two_outlets((0.3, 0.3)), seed)[0]).table["p"].iloc[0]
        for seed in range(20)
    ]
    assert sum(value <= 0.05 for value in p) <= 4
    assert apart.plot() is not None


def test_weeks_that_hang_together_are_no_interaction():
    """30 corpora of two outlets that wander by themselves: .05 gives at most 5 in 98 of 100."""
    hits = 0
    for seed in range(30):
        rng = np.random.default_rng([6, seed])
        surprise = rng.normal(size=(2, 53))
        for week in range(1, 53):
            surprise[:, week] = 0.5 * surprise[:, week - 1] + 0.87 * surprise[:, week]
        group, day = rng.integers(0, 2, 800), np.sort(rng.integers(0, 365, 800))
        share = 1 / (1 + np.exp(1 - 0.4 * surprise[group, day // 7]))
        values = (rng.random(800) < share).astype(float)[:, None]
        hits += _test(values, group, day, 3)[1][0] <= 0.05
    assert hits <= 5


def test_interaction_says_what_it_looked_at(scores_of, scores):
    days = [*pd.date_range("2018-01-01", periods=200), *pd.date_range("2018-05-01", periods=200)]
    outlets = ["a"] * 200 + ["b"] * 200
    ids = [f"x{n:03d}" for n in range(400)]
    with pytest.raises(st.errors.InputError, match="share 75 days"):
        st.interaction(scores_of(ids, days, outlets, np.zeros(400)))
    with pytest.raises(st.errors.InputError, match="Two outlets with 30 articles"):
        st.interaction(scores)
    with pytest.raises(st.errors.InputError, match="degree 0"):
        st.interaction(scores, degree=0)
    same = scores_of(ids, [*pd.date_range("2018-01-01", periods=200)] * 2, outlets, np.zeros(400))
    result = st.interaction(same)
    assert result.table["p"].iloc[0] == 1.0, "where nothing varies nothing is explained"
    assert any("Looked at from 2018-01" in note for note in result.notes)
