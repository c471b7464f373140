import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.inference import Scores


@pytest.fixture(scope="module")
def found(stepped):
    return st.changepoints(stepped[1], by="outlet", n_permutations=199)


def test_a_common_break_is_shared_and_a_single_one_specific(found):
    table = found.table
    shared = table[(table["theme"] == "political_transition") & (table["outlet"] != "all")]
    assert set(shared["scope"]) == {"shared"}
    assert set(shared["outlet"]) == {"first", "second"}
    alone = table[(table["theme"] == "humanitarian") & (table["outlet"] == "second")]
    assert "specific" in set(alone["scope"])
    joint = table[(table["theme"] == "political_transition") & (table["outlet"] == "all")]
    assert joint["scope"].tolist() == ["shared: first, second"]


def test_dates_levels_and_changes_are_those_planted(found):
    rows = found.table[found.table["outlet"] != "all"]
    for row in rows.itertuples():
        planted = {
            "political_transition": ("2019-02-01", 0.3),
            "humanitarian": ("2018-08-01", -0.25),
        }
        day, change = planted[row.theme]
        if row.low <= pd.Timestamp(day) <= row.high:
            assert row.change == pytest.approx(change, abs=0.1)
            assert row.change_low <= row.change <= row.change_high
            assert row.change == pytest.approx(row.after - row.before)
            assert row.p <= 0.05
    assert (rows["low"] <= rows["date"]).all()
    assert (rows["date"] <= rows["high"]).all()


def test_every_series_looked_at_is_counted(found):
    assert len(found.tests) == 2 * 3
    assert (found.tests["q"] >= found.tests["p"]).all()
    assert found.tests["n_breaks"].sum() == len(found.table)
    assert any("6 series looked at. q decides" in note for note in found.notes)


def test_one_number_decides(found):
    """What the table shows has q of at most alpha; what has not is named beside."""
    assert (found.table["q"] <= found.alpha).all()
    shown = found.tests[found.tests["n_breaks"] > 0]
    assert (shown["q"] <= found.alpha).all()
    assert set(shown["shape"]) == {"break"}


def test_a_break_that_many_series_do_not_allow_is_no_break(scores_of):
    """One weak step among ten themes: p below .05 by itself, q above."""
    rng = np.random.default_rng(1)
    day = np.sort(rng.integers(0, 365, 700))
    values = rng.random((700, 10)) < 0.3
    values[:, 0] = rng.random(700) < np.where(day < 180, 0.18, 0.36)
    dates = pd.Timestamp("2020-01-01") + pd.to_timedelta(day, unit="D")
    themes = [f"t{n}" for n in range(10)]
    scores = scores_of([f"a{n:03d}" for n in range(700)], dates, "x", values * 1.0, themes)
    many, alone = st.changepoints(scores), st.changepoints(scores, themes=["t0"])
    assert len(alone.table) == 1
    row = many.tests.iloc[0]
    assert row["p"] <= 0.05 < row["q"]
    assert len(many.table) == 0 and "if this were the only series" in row["note"]


def test_drift_is_told_as_drift(scores_of):
    rng = np.random.default_rng(2)
    day = np.sort(rng.integers(0, 365, 2500))
    values = rng.random(2500) < 0.2 + 0.3 * day / 365
    dates = pd.Timestamp("2020-01-01") + pd.to_timedelta(day, unit="D")
    found = st.changepoints(scores_of([f"a{n:04d}" for n in range(2500)], dates, "x", values * 1.0))
    row = found.tests.iloc[0]
    assert (row["shape"], row["n_breaks"]) == ("drift", 0)
    assert row["slope_low"] < 0.3 < row["slope_high"]
    assert any("drifts by" in note and "no break" in note for note in found.notes)


def test_lags_between_outlets(found):
    lags = found.lags()
    row = lags[lags["theme"] == "political_transition"].iloc[0]
    assert (row["first"], row["second"]) == ("first", "second")
    assert row["low"] <= 0 <= row["high"], "both step on the same day"
    assert row["days"] == (row["date_second"] - row["date_first"]).days


def test_the_order_of_passages_is_irrelevant(stepped, found):
    scores = stepped[1]
    order = np.random.default_rng(0).permutation(len(scores.table))
    table = scores.passages.table.iloc[order].reset_index(drop=True)
    mixed = Scores(table=scores.table.iloc[order], passages=type(scores.passages)(table))
    again = st.changepoints(mixed, by="outlet", n_permutations=199)
    pd.testing.assert_frame_equal(again.table, found.table)
    pd.testing.assert_frame_equal(again.tests, found.tests)


def test_a_trend_gives_its_breaks(stepped):
    trend = st.trend(stepped[1], "M", balance=("political_transition", "humanitarian"))
    found = trend.changepoints(n_permutations=99, max_breaks=2)
    assert found.table["theme"].eq("political_transition − humanitarian").all()
    assert len(found.table) >= 1
    assert found.table["change"].iloc[-1] > 0.2


def test_named_blocks(stepped):
    found = st.changepoints(
        stepped[1], themes=["political_transition"], blocks="story", n_permutations=99
    )
    assert len(found.table) >= 1


def test_small_and_wrong_input_is_said(scores, stepped):
    found = st.changepoints(scores)
    assert len(found.table) == 0
    assert found.tests["note"].str.contains("too few for a break").all()
    with pytest.raises(st.errors.InputError, match="cannot give a p-value of 0.01: 99 are needed"):
        st.changepoints(scores, alpha=0.01, n_permutations=50)
    with pytest.raises(st.errors.InputError, match="alpha 2 must lie between 0 and 1"):
        st.changepoints(scores, alpha=2)
    with pytest.raises(st.errors.InputError, match="max_breaks 0"):
        st.changepoints(scores, max_breaks=0)
    with pytest.raises(st.errors.InputError, match="No theme 'x'"):
        st.changepoints(scores, themes=["x"])
    with pytest.raises(st.errors.InputError, match="Blocks 'paragraph' are not known"):
        st.changepoints(scores, blocks="paragraph")


def test_a_short_series_is_said(scores_of):
    days = pd.date_range("2020-01-01", periods=40)
    found = st.changepoints(scores_of([f"a{n}" for n in range(40)], days, "first", np.zeros(40)))
    assert "40 days: too short for a break" in found.tests["note"].iloc[0]


def test_few_articles_of_another_time_do_not_stretch_the_series(scores_of, stepped):
    days = [*pd.date_range("2012-01-01", periods=3), *pd.date_range("2020-01-01", periods=100)]
    values = np.r_[np.ones(3), np.zeros(100)]
    found = st.changepoints(scores_of([f"a{n:03d}" for n in range(103)], days, "first", values))
    assert len(found.table) == 0
    assert any("3 articles whose day lies half a year" in note for note in found.notes)


def test_a_change_of_mix_is_warned_of(scores_of_world):
    world = st.World(
        themes={"t": 0.2}, outlets={"a": (9, 1), "b": (1, 9)}, contrasts={"b": {"t": 0.4}},
        n_articles=800, end="2021-12-31",
    )  # fmt: skip
    found = st.changepoints(scores_of_world(world)[0], n_permutations=99)
    assert any("mix of outlets changes" in note for note in found.notes)


def test_who_follows_whom_is_found(scores_of):
    rng = np.random.default_rng(2)
    weeks = 120
    wave = rng.normal(size=weeks + 2)
    days, outlets, values = [], [], []
    for outlet, lag in (("leader", 2), ("follower", 0)):
        for week in range(weeks):
            level = 0.5 + 0.15 * wave[week + lag]
            days += [
                pd.Timestamp("2018-01-01") + pd.Timedelta(days=7 * week + k % 7) for k in range(30)
            ]
            outlets += [outlet] * 30
            values += (rng.random(30) < level).tolist()
    ids = [f"a{n:05d}" for n in range(len(days))]
    result = st.trends.lead_lag(scores_of(ids, days, outlets, np.array(values, float)))
    best = result.table[result.table["best"]].iloc[0]
    assert (best["first"], best["second"]) == ("follower", "leader")
    assert best["lag"] == -2, "the leader prints two weeks before"
    assert best["p"] < 0.05
    assert result.plot() is not None


def test_leads_need_two_outlets(scores_of):
    one = scores_of(["a", "b"], ["2020-01-01", "2020-01-02"], "first", np.zeros(2))
    with pytest.raises(st.errors.InputError, match="One outlet only"):
        st.trends.lead_lag(one)
    with pytest.raises(st.errors.InputError, match="max_lag 0"):
        st.trends.lead_lag(one, max_lag=0)
