"""One estimator and one dial, in shares and in trends."""

import numpy as np
import pandas as pd

import syriatopics as st


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
