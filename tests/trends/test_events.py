from datetime import date

import numpy as np
import pandas as pd
import pytest

import syriatopics as st


def test_events_are_many_sourced_and_in_order():
    table = st.load_events()
    assert len(table) >= 60
    assert table["date"].is_monotonic_increasing
    assert table["date"].dt.year.min() == 2011
    assert table["date"].dt.year.max() == 2026
    assert table["source"].str.len().min() > 2
    assert table["ar"].str.contains("[ء-ي]").all()
    assert not table["id"].duplicated().any()


def test_events_are_chosen_by_kind_time_and_weight():
    table = st.load_events("humanitarian", start="2016-01-01", end="2018-12-31", weight=2)
    assert set(table["kind"]) == {"humanitarian"}
    assert table["date"].between("2016-01-01", "2018-12-31").all()
    assert (table["weight"] >= 2).all()
    with pytest.raises(st.errors.InputError, match="No events of kind 'sport'"):
        st.load_events("sport")


def test_own_events_go_on_top(tmp_path, stepped):
    path = tmp_path / "own.toml"
    path.write_text(
        'version = 1\nabout = "own"\n[[event]]\nid = "own_day"\ndate = 2019-02-01\nend = 2019-02-10\n'
        'en = "Own day"\nar = "يوم"\nkind = "political"\nweight = 3\nsource = "mine"\n',
        encoding="utf-8",
    )
    assert "own_day" in set(st.load_events(extra=path)["id"])
    for at, day in (("start", "2019-02-01"), ("end", "2019-02-10")):
        table = st.event_test(stepped[1], "own_day", at=at, extra=path).table
        assert table["date"].iloc[0] == pd.Timestamp(day)
        assert table["event"].iloc[0] == "own_day"


def test_a_planted_step_is_found_and_other_days_are_quiet(stepped):
    result = st.event_test(stepped[1], "2019-02-01", weeks=8)
    rows = result.table.set_index("theme")
    found = rows.loc["political_transition"]
    assert found["change"] == pytest.approx(0.3, abs=0.1)
    assert found["low"] < 0.3 < found["high"]
    assert found["p"] <= 0.05
    assert found["low"] > 0
    quiet = rows.loc["humanitarian"]
    assert quiet["p"] > 0.05
    assert quiet["placebo_low"] <= quiet["change"] <= quiet["placebo_high"]


def test_before_and_after_are_the_articles_of_the_weeks(scores_of):
    days = pd.date_range("2020-01-01", periods=200)
    values = (days >= "2020-04-01").astype(float)
    scores = scores_of([f"a{n:03d}" for n in range(200)], days, "first", values)
    row = st.event_test(scores, date(2020, 4, 1), weeks=4).table.iloc[0]
    assert (row["before"], row["after"], row["change"]) == (0.0, 1.0, 1.0)
    assert (row["n_before"], row["n_after"]) == (28, 28)
    later = st.event_test(scores, "2020-04-01", weeks=4, gap=2).table.iloc[0]
    assert later["n_after"] == 28
    back = scores_of([f"a{n:03d}" for n in range(200)], days, "first", 1 - values)
    assert st.event_test(back, "2020-04-01", weeks=4).table["change"].iloc[0] == -1.0


def test_by_outlet_and_balance(stepped):
    rows = st.event_test(
        stepped[1], "2018-08-01", by="outlet", weeks=8, themes=["humanitarian"]
    ).table
    change = rows.set_index("outlet")["change"]
    assert change["second"] < -0.1 < change["first"]
    balance = st.event_test(
        stepped[1], "2019-02-01", balance=("political_transition", "humanitarian")
    )
    assert balance.table["change"].iloc[0] > 0.15
    assert balance.plot() is not None


def test_thin_windows_have_no_interval(scores):
    rows = st.event_test(scores, "2016-07-20").table
    assert rows["note"].str.startswith("too few articles").all()
    assert rows[["low", "high", "p"]].isna().all(axis=None)


def test_wrong_events_are_named(scores):
    with pytest.raises(st.errors.InputError, match="No event 'ghouta'.*Near it: .*ghouta"):
        st.event_test(scores, "ghouta")
    with pytest.raises(st.errors.InputError, match="No article lies within 4 weeks of 2012-02-04"):
        st.event_test(scores, "2012-02-04")
    with pytest.raises(st.errors.InputError, match="weeks 1 must be 2"):
        st.event_test(scores, "2016-07-20", weeks=1)
    with pytest.raises(st.errors.InputError, match="at 'middle' is not known"):
        st.event_test(scores, "2016-07-20", at="middle")


def test_p_and_limits_say_the_same(scores_of_world):
    world = st.World(themes={"t": 0.3}, n_articles=1500, end="2021-06-30")
    rows = [
        st.event_test(scores_of_world(world, seed)[0], "2020-10-01", weeks=6).table.iloc[0]
        for seed in range(12)
    ]
    assert all((row["p"] <= 0.05) == (row["low"] > 0 or row["high"] < 0) for row in rows)
    assert len({row["p"] <= 0.3 for row in rows}) == 2


def test_too_few_other_days_are_no_test(scores_of):
    days = pd.date_range("2020-01-01", periods=120)
    scores = scores_of([f"a{n:03d}" for n in range(120)], days, "x", np.arange(120) % 2 / 1.0)
    row = st.event_test(scores, "2020-03-01", weeks=4).table.iloc[0]
    assert np.isnan(row["p"]) and np.isnan(row["low"]) and not np.isnan(row["change"])
    assert "too few to hold it against (from 19)" in row["note"]


def test_shares_that_leave_their_bounds_have_limits_and_the_same_p(scores_of):
    """Corrected scores of single articles may lie below nought: limits were missing for them."""
    days = pd.date_range("2020-01-01", periods=300)
    values = (np.random.default_rng(4).random(300) < 0.1 + 0.15 * (np.arange(300) > 150)).astype(
        float
    )
    rows = [
        st.event_test(
            scores_of([f"a{n:03d}" for n in range(300)], days, "x", v), "2020-05-30"
        ).table
        for v in (values, 3 * values - 0.9)
    ]
    one, other = (table.iloc[0] for table in rows)
    assert other["before"] < 0 and np.isfinite(other[["low", "high"]].astype(float)).all()
    assert other["p"] == one["p"] and other["change"] == pytest.approx(3 * one["change"])
