"""One estimator and one dial, in shares and in trends."""

import numpy as np
import pandas as pd

import syriatopics as st
from syriatopics.trends.worlds import World, draw


def test_months_are_the_same_in_a_trend_and_in_shares(scores_of):
    rng = np.random.default_rng(3)
    days = pd.date_range("2020-01-01", periods=360, freq="D")
    weeks = rng.random(60)[np.arange(360) // 7]
    values = (rng.random(360) < weeks).astype(float)
    scores = scores_of([f"a{k:03d}" for k in range(360)], days, "x", values)
    month = scores.documents["date"].dt.to_period("M").astype(str).rename("period")
    for blocks in ("auto", "week", "article"):
        one = st.prevalence(scores, by=month, blocks=blocks).table
        other = st.trend(scores, "M", blocks=blocks).table
        for name in ("share", "low", "high", "n_articles"):
            assert np.allclose(one[name], other[name], rtol=0, atol=1e-12), (blocks, name)


def test_auto_takes_what_the_corpus_asks_for(scores_of):
    rng = np.random.default_rng(0)
    days = pd.date_range("2020-01-01", periods=400, freq="12h")
    alone = rng.random(400) < 0.3
    alike = rng.random(400) < rng.random(60)[np.arange(400) // 14]
    ids = [f"a{k:03d}" for k in range(400)]
    widths = {}
    for name, values in (("alone", alone), ("alike", alike)):
        scores = scores_of(ids, days, "x", values.astype(float))
        found = st.prevalence(scores)
        widths[name] = (found.table["high"] - found.table["low"]).iloc[0]
        assert any(note.startswith("Blocks (auto):") for note in found.notes)
    assert widths["alike"] > 1.5 * widths["alone"]


def test_few_blocks_have_no_interval_and_say_why(scores_of):
    days = pd.date_range("2020-01-01", periods=40, freq="12h")
    scores = scores_of([f"a{k:03d}" for k in range(40)], days, "x", np.arange(40) % 2 / 1.0)
    row = st.prevalence(scores, blocks="week").table.iloc[0]
    assert np.isnan(row["low"]) and "blocks of articles: too few" in row["note"]


def covered(scores_of, period, n_years, **options):
    planted = World(themes={"theme": 0.3}, **{"n_articles": 600, **options})
    held = []
    for number in range(n_years):
        table = st.trend(scores_of_year(scores_of, planted, number), period).table
        table = table.dropna(subset="low")
        held += list((table["low"] <= 0.3) & (table["high"] >= 0.3))
    return np.mean(held)


def scores_of_year(scores_of, planted, number):
    drawn = draw(planted, np.random.default_rng(number))
    days = (planted.first + drawn.day).astype("datetime64[D]")
    return scores_of([f"a{n:05d}" for n in range(len(days))], days, "x", drawn.values)


def test_limits_of_months_hold_where_stories_run_over_the_ends_of_weeks(scores_of):
    # By weeks alone they held .85, and .78 where stories are long.
    assert covered(scores_of, "M", 16) > 0.92
    assert covered(scores_of, "M", 16, story_days=10.0, likeness=0.8) > 0.90


def test_limits_of_weeks_know_that_days_are_alike(scores_of):
    assert covered(scores_of, "W", 4, n_articles=1800) > 0.92  # by days alone .86


def test_independent_articles_of_months_are_taken_as_such(scores_of):
    planted = World(themes={"theme": 0.3}, story_size=1, likeness=0.0)
    scores = scores_of_year(scores_of, planted, 2)
    auto, article = (st.trend(scores, "M", blocks=b).table for b in ("auto", "article"))
    assert auto.equals(article)
