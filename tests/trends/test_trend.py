import numpy as np
import pandas as pd
import pytest

import syriatopics as st


def test_years_of_the_seeds(scores):
    result = st.trend(scores, period="Y", production="all")
    one = result.table[result.table["theme"] == "humanitarian"].set_index("period")
    assert one["n_articles"].tolist() == [2, 0, 0, 1, 0, 1, 1]
    assert np.isnan(one.loc["2018", "share"])
    assert "2024" not in one.index, "a refuted page date is not believed"
    assert any("refutes" in note for note in result.notes)


def test_by_outlet(scores):
    table = st.trend(scores, period="Y", by="outlet", production="all").table
    assert {"noonpost", "alhal", "amad"} <= set(table["outlet"])


def test_a_window_over_two_periods_is_left_out_and_said(scores):
    result = st.trend(scores, period="D", production="all")
    assert any("more than one period" in note for note in result.notes)


def test_periods_and_dates_are_checked(scores):
    with pytest.raises(st.errors.InputError, match="Periods: 'D', 'M', 'Q', 'W', 'Y'"):
        st.trend(scores, period="decade")
    undated = st.score_themes(scores.passages.where(scores.passages.table["date"].isna()))
    with pytest.raises(st.errors.TooSmallError, match="No passage has a date"):
        st.trend(undated)


def days_of(n, start="2020-01-01", freq="D"):
    return pd.date_range(start, periods=n, freq=freq)


def ids(n):
    return [f"a{k:04d}" for k in range(n)]


def test_unsorted_input_gives_the_same_trend(scores_of):
    rng = np.random.default_rng(0)
    values = rng.random(300)
    order = rng.permutation(300)
    one = st.trend(scores_of(ids(300), days_of(300), "x", values)).table
    mixed = scores_of(np.array(ids(300))[order], days_of(300)[order], "x", values[order])
    pd.testing.assert_frame_equal(st.trend(mixed).table, one)


def test_missing_and_future_dates_are_left_out_and_counted(scores_of):
    days = list(days_of(40))
    days[3], days[7] = pd.NaT, pd.Timestamp("2199-01-01")
    result = st.trend(scores_of(ids(40), days, "x", np.zeros(40)))
    assert result.table["n_articles"].sum() == 38
    assert "1 article is without a date left out." in result.notes
    assert any("dated in the future left out (a0007: 2199-01-01)" in note for note in result.notes)


def test_one_period_is_no_trend(scores_of):
    result = st.trend(scores_of(ids(20), days_of(20), "x", np.zeros(20)))
    assert len(result.table) == 1
    assert any("One period holds articles (2020-01): there is no trend." in n for n in result.notes)


def test_a_period_without_articles_stays_empty(scores_of):
    days = [*days_of(20, "2020-01-01"), *days_of(20, "2020-05-01")]
    result = st.trend(scores_of(ids(40), days, "x", np.ones(40)))
    table = result.table.set_index("period")
    assert table.loc[["2020-02", "2020-03", "2020-04"], "share"].isna().all()
    assert table.loc["2020-03", "note"] == "no article"
    assert any("3 periods without an article stay empty" in note for note in result.notes)


def test_an_outlet_that_starts_late_is_named(scores_of):
    days = [*days_of(100), *days_of(50, "2020-03-01")]
    result = st.trend(
        scores_of(ids(150), days, ["old"] * 100 + ["new"] * 50, np.zeros(150)), by="outlet"
    )
    assert any(
        "Not there from the first period to the last: new (2020-03 to 2020-04)" in n
        for n in result.notes
    )
    apart = scores_of(ids(60), days_of(60), ["old"] * 31 + ["new"] * 29, np.zeros(60))
    notes = st.trend(apart, by="outlet").notes
    assert any(
        "a change over time may as well be a difference of outlets" in note for note in notes
    )


def test_one_article_that_carries_a_period_is_named(scores_of):
    scores = scores_of(ids(21), days_of(21), "x", np.r_[1.0, np.zeros(20)])
    table = scores.passages.table
    wide = np.arange(21) > 0
    table["date_status"] = np.where(wide, "inferred", "printed")
    table.loc[wide, ["date", "date_start", "date_end"]] = [
        pd.Timestamp("2019-01-15"), pd.Timestamp("2015-01-01"), pd.Timestamp("2021-12-31"),
    ]  # fmt: skip
    result = st.trend(scores, "M", windows="spread").table.set_index("period")
    assert result.loc["2020-01", "note"].startswith("one article carries")
    assert result.loc["2020-01", "share"] > 0.7
    assert np.isnan(result.loc["2020-01", "low"])


def test_nothing_of_later_articles_goes_into_a_period(scores_of):
    rng = np.random.default_rng(1)
    values = rng.random(200)
    early = st.trend(scores_of(ids(100), days_of(100), "x", values[:100])).table
    all_of_them = st.trend(scores_of(ids(200), days_of(200), "x", values)).table
    known = [
        "period",
        "share",
        "n_articles",
        "note",
    ]  # limits learn from the whole how weeks differ
    pd.testing.assert_frame_equal(early[known].iloc[:3], all_of_them[known].iloc[:3])


def test_windows_are_left_out_spread_or_placed(scores):
    omitted, spread, middle = (
        st.trend(scores, "D", windows=w, production="all") for w in ("omit", "spread", "middle")
    )
    assert len(omitted.table) < len(spread.table)
    assert spread.table.groupby("theme")["n_articles"].sum().iloc[0] > 5
    assert middle.table.groupby("theme")["n_articles"].sum().iloc[0] == 5
    with pytest.raises(st.errors.InputError, match="Windows 'x' is not known"):
        st.trend(scores, windows="x")


def test_the_balance_is_the_difference_of_two_shares(scores):
    table = st.trend(scores, "Y").table.pivot(index="period", columns="theme", values="share")
    balance = st.trend(scores, "Y", balance=("humanitarian", "political_transition"))
    np.testing.assert_allclose(
        balance.table["share"], table["humanitarian"] - table["political_transition"]
    )
    assert balance.plot() is not None


def test_blocks_widen_intervals_where_articles_are_alike(scores_of):
    stories = np.repeat(np.arange(30), 10)
    values = np.random.default_rng(2).random(30)[stories] > 0.5
    scores = scores_of(
        ids(300), days_of(300, freq="D"), "x", values.astype(float), story=stories.astype(str)
    )
    width = {}
    for blocks in (
        "article",
        "week",
        "story",
        dict(zip(ids(300), stories.astype(str), strict=True)),
    ):
        table = st.trend(scores, "Q", blocks=blocks).table
        width[str(blocks)[:8]] = (table["high"] - table["low"]).mean()
    alone, week, story, mapped = width.values()
    assert alone < week < 1
    assert alone < story
    assert mapped == pytest.approx(story)


def test_intervals_are_about_as_wide_as_independent_articles_ask(scores_of):
    values = (np.random.default_rng(3).random(360) < 0.3).astype(float)
    table = st.trend(scores_of(ids(360), days_of(360), "x", values), "Y", blocks="article").table
    share = table["share"].iloc[0]
    expected = 2 * 1.96 * np.sqrt(share * (1 - share) / 360)
    assert table["high"].iloc[0] - table["low"].iloc[0] == pytest.approx(expected, rel=0.06)


def test_the_picture_says_what_its_limits_take_as_independent(scores_of):
    values = np.arange(360) % 3 / 2
    for blocks in ("article", "week"):
        result = st.trend(scores_of(ids(360), days_of(360), "x", values), blocks=blocks)
        assert result.unit == blocks
        axes = result.plot()
        assert axes.get_legend().get_title().get_text() == f"95% limits, by {blocks}"


def test_periods_of_one_outlet_among_others_are_named(scores_of):
    outlets = ["a" if n % 2 or n > 200 else "b" for n in range(360)]
    notes = st.trend(scores_of(ids(360), days_of(360), outlets, np.zeros(360)), "M").notes
    assert any(note.startswith("One outlet alone: 2020-08 (a)") for note in notes)
