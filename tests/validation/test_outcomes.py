"""Any estimator that takes corrected scores is right where the method errs more in one place."""

import numpy as np
import pandas as pd
import pytest

import syriatopics as st

SHARE = 0.3


@pytest.fixture
def pair(made):
    """Return scores of a method that begins to err in autumn, and the same put right."""
    rng = np.random.default_rng(5)
    n = 560
    article = np.repeat(np.arange(n), 3)
    day = np.sort(rng.integers(0, 364, n))
    late = (day >= 240)[article]
    truth = (rng.random(len(article)) < SHARE).astype(float)
    wrong = rng.random(len(article))
    scored = np.where(truth > 0, wrong < 0.9, wrong > np.where(late, 0.6, 0.97)).astype(float)
    coded = np.full(len(article), np.nan)
    for part in (late, ~late):
        read = rng.permutation(np.flatnonzero(part))[:260]
        coded[read] = truth[read]
    dates = (pd.Timestamp("2018-01-01") + pd.to_timedelta(day, unit="D")).to_numpy()[article]
    chance = np.where(late, 260 / late.sum(), 260 / (~late).sum())
    scores, codings = made(scored, coded, article, chance=chance, date=dates)
    half = pd.Series(np.where(late, "late", "early"), name="half")
    return scores, st.corrected_shares(scores, codings, by=half, blocks="article").outcomes(), half


def of(scores, name, half):
    if name == "prevalence":
        table = st.prevalence(scores, by=half, blocks="article").table.set_index("half")
        return table.loc["late", "share"] - table.loc["early", "share"]
    if name == "contrasts":
        return st.contrasts(scores, by=half, production="own", blocks="article").table.iloc[0]["difference"] * -1  # fmt: skip
    if name == "trend":
        table = st.trend(scores, "Q", blocks="article").table
        assert (table["low"] <= table["share"]).all() and (table["share"] <= table["high"]).all()
        return table["share"].iloc[-1] - table["share"].iloc[0]
    return st.event_test(scores, "2018-08-29", weeks=8).table["change"].iloc[0]


@pytest.mark.parametrize("name", ["prevalence", "contrasts", "trend", "event_test"])
def test_a_change_of_the_method_is_no_change_of_the_news(pair, name):
    scores, corrected, half = pair
    assert of(scores, name, half) > 0.18
    assert abs(of(corrected, name, half)) < 0.13


def test_a_balance_of_corrected_themes(made):
    rng = np.random.default_rng(2)
    truth = (rng.random((900, 2)) < (0.3, 0.2)).astype(float)
    scored = np.where(rng.random((900, 2)) < (0.6, 0.95), truth, 1 - truth)
    article = np.repeat(np.arange(300), 3)
    read = np.full(900, False)
    read[rng.permutation(900)[:400]] = True
    scores, codings = made(scored[:, 0], np.where(read, truth[:, 0], np.nan), article, chance=4 / 9)
    scores.table["talks"] = scored[:, 1]
    said = [" ".join(np.array(["aid", "talks"])[row > 0]) for row in truth[read]]
    codings = st.inference.Codings(
        table=codings.table.assign(themes=said), sample=codings.sample,
        themes=("aid", "talks"), labels={},
    )  # fmt: skip
    found = st.corrected_shares(scores, codings, blocks="article").outcomes()
    naive, right = (
        st.balance(one, first="aid", second="talks", blocks="article").table.iloc[0]
        for one in (scores, found)
    )
    assert right["low"] < 0.1 < right["high"] and not naive["low"] < 0.1 < naive["high"]
