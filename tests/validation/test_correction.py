"""Corrected shares: the published formula, laws that hold exactly, and coverage on planted truth."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import syriatopics as st
from syriatopics.errors import InputError
from syriatopics.validation.rectify import difference, rectified_interval, rectify


def world(rng, n_articles, share, sensitivity=0.6, specificity=0.886, n_coded=80):
    """Return truth, biased scores, codes of a random sample, and the article of each passage."""
    size = rng.integers(3, 9, n_articles)
    article = np.repeat(np.arange(n_articles), size)
    same = rng.random(len(article)) < 0.7
    truth = (
        np.where(same, rng.random(n_articles)[article], rng.random(len(article))) < share
    ) * 1.0
    error = np.where(same, rng.random(n_articles)[article], rng.random(len(article)))
    scores = np.where(truth > 0, error < sensitivity, error >= specificity) * 1.0
    codes = np.full(len(truth), np.nan)
    read = rng.permutation(len(truth))[:n_coded]
    codes[read] = truth[read]
    return truth, scores[:, None], codes[:, None], article


def test_the_formula_is_that_of_prediction_powered_inference():
    """One passage an article: PPI++ (Angelopoulos, Duchi & Zrnic 2023, eqs. 2 and 8)."""
    rng = np.random.default_rng(3)
    n, rest = 300, 5000
    f = rng.random(n + rest)
    y = (rng.random(n + rest) < 0.2 + 0.5 * f) * 1.0
    codes = np.where(np.arange(n + rest) < n, y, np.nan)[:, None]
    mine = rectify(f[:, None], codes, np.ones(n + rest), np.arange(n + rest))
    a, b, unread = y[:n], f[:n], f[n:]
    power = np.cov(a, b)[0, 1] / ((1 + n / rest) * b.var())
    assert mine.power[0] * rest / (n + rest) == pytest.approx(power, rel=0.02)
    for given_power in (0.0, 0.3, 1.0):
        held = rectify(f[:, None], codes, np.ones(n + rest), np.arange(n + rest), power=given_power)
        theirs = given_power * rest / (n + rest)
        point = theirs * unread.mean() + (a - theirs * b).mean()
        assert held.found.mean[0] == pytest.approx(point, abs=1e-12)
        error = np.sqrt(theirs**2 * unread.var() / rest + (a - theirs * b).var() / n)
        assert held.found.error[0] == pytest.approx(error, rel=0.02)


def test_all_coded_is_the_share_coded_whatever_the_scores_say():
    rng = np.random.default_rng(0)
    truth, scores, _, article = world(rng, 60, 0.3)
    found = rectify(scores, truth[:, None], np.ones(len(truth)), article)
    by_article = pd.Series(truth).groupby(article).mean().mean()
    assert found.found.mean[0] == pytest.approx(by_article)
    assert found.coded[0] == pytest.approx(by_article)


def test_a_perfect_method_is_believed_and_a_blind_one_is_not():
    rng = np.random.default_rng(1)
    truth, _, codes, article = world(rng, 400, 0.3)
    every = np.ones(len(truth))
    perfect = rectify(truth[:, None], codes, every, article)
    assert perfect.power[0] > 0.95
    assert perfect.found.mean[0] == pytest.approx(
        pd.Series(truth).groupby(article).mean().mean(), abs=0.02
    )
    blind = rectify(rng.random((len(truth), 1)), codes, every, article)
    assert blind.power[0] < 0.25
    constant = rectify(np.full((len(truth), 1), 0.4), codes, every, article)
    assert constant.power[0] == 0 and constant.found.mean[0] == pytest.approx(constant.coded[0])


@settings(max_examples=40, deadline=None)
@given(seed=some.integers(0, 10_000), factor=some.floats(0.01, 1.0))
def test_laws(seed, factor):
    rng = np.random.default_rng(seed)
    truth, scores, codes, article = world(rng, 40, 0.3)
    chance = rng.uniform(0.2, 1, len(truth))
    one = rectify(scores, codes, chance, article)
    order = rng.permutation(len(truth))
    again = rectify(scores[order], codes[order], chance[order] * factor, article[order])
    assert again.found.mean[0] == pytest.approx(one.found.mean[0]), "order, and a common factor"
    assert again.found.error[0] == pytest.approx(one.found.error[0])
    turned = rectify(1 - scores, 1 - codes, chance, article)
    assert turned.found.mean[0] == pytest.approx(1 - one.found.mean[0]), "what is left is the rest"
    low, high = rectified_interval(one)
    assert 0 <= low[0] <= np.clip(one.found.mean[0], 0, 1) <= high[0] <= 1
    wide_low, wide_high = rectified_interval(one, 0.99)
    assert wide_low[0] <= low[0] and high[0] <= wide_high[0]
    gap, below, above, p = difference(one, turned)
    back, back_below, back_above, back_p = difference(turned, one)
    assert gap[0] == pytest.approx(-back[0]) and p[0] == pytest.approx(back_p[0])
    assert below[0] == pytest.approx(-back_above[0]) and above[0] == pytest.approx(-back_below[0])


def test_weights_undo_an_uneven_draw():
    rng = np.random.default_rng(5)
    truth, scores, _, article = world(rng, 3000, 0.3)
    chance = np.where(truth > 0, 0.30, 0.05)
    codes = np.where(rng.random(len(truth)) < chance, truth, np.nan)[:, None]
    right = rectify(scores, codes, chance, article)
    wrong = rectify(scores, codes, np.ones(len(truth)), article)
    low, high = rectified_interval(right)
    assert low[0] < 0.3 < high[0]
    assert rectified_interval(wrong)[0][0] > 0.4


@pytest.mark.slow
def test_intervals_and_contrasts_hold_what_the_naive_ones_miss():
    held = {"share": 0, "contrast": 0, "naive": 0}
    n = 1000
    for seed in range(n):
        rng = np.random.default_rng([7, seed])
        _, f, c, a = world(rng, 200, 0.3, 0.6, 0.886)
        _, g, d, b = world(rng, 200, 0.3, 0.95, 0.736)
        one = rectify(f, c, np.ones(len(f)), a)
        two = rectify(g, d, np.ones(len(g)), b + 1000)
        low, high = rectified_interval(one)
        held["share"] += low[0] <= 0.3 <= high[0]
        _, below, above, _ = difference(one, two)
        held["contrast"] += below[0] <= 0 <= above[0]
        naive = (
            pd.Series(f[:, 0]).groupby(a).mean().mean()
            - pd.Series(g[:, 0]).groupby(b).mean().mean()
        )
        held["naive"] += abs(naive) < 0.08
    assert 0.93 <= held["share"] / n <= 0.985 and 0.93 <= held["contrast"] / n <= 0.985
    assert held["naive"] / n < 0.1


def two_outlets(made, n_coded=120, seed=0, share=0.3):
    rng = np.random.default_rng(seed)
    parts = [world(rng, 120, share, *how, n_coded=n_coded) for how in ((0.6, 0.886), (0.95, 0.736))]
    article = np.concatenate([parts[0][3], parts[1][3] + 1000])
    scores, codes = (np.concatenate([p[k][:, 0] for p in parts]) for k in (1, 2))
    outlet = np.where(article < 1000, "a", "b")
    truth = pd.Series(np.concatenate([p[0] for p in parts])).groupby(article).mean()
    return made(scores, codes, article, outlet), truth.groupby(truth.index < 1000).mean()


def test_a_method_that_errs_unlike_is_put_right(made):
    (scores, codings), truth = two_outlets(made)
    found = st.corrected_shares(scores, codings)
    table = found.table.set_index("outlet")
    assert table["low"]["a"] < truth[True] < table["high"]["a"]
    assert table["low"]["b"] < truth[False] < table["high"]["b"]
    assert table["naive"]["b"] - table["naive"]["a"] > 0.1
    assert table["naive"].tolist() == pytest.approx(
        st.prevalence(scores).table.set_index("outlet")["share"].tolist()
    )
    gap = found.contrasts().table.iloc[0]
    assert gap["low"] < truth[True] - truth[False] < gap["high"] and gap["q"] == gap["p"]
    assert gap["naive_high"] < 0, "the naive interval is sure of a difference that is none"
    swapped = found.contrasts([("b", "a")]).table.iloc[0]
    assert swapped["difference"] == pytest.approx(-gap["difference"])
    assert {"share", "low", "high", "naive", "naive_low", "coded", "power"} <= set(found.table)
    found.plot()
    found.contrasts().plot()


def test_any_estimator_takes_corrected_scores(made):
    (scores, codings), _ = two_outlets(made)
    corrected = st.corrected_shares(scores, codings, blocks="article")
    again = corrected.outcomes()
    means = again.table["aid"].groupby(scores.passages.table["article_id"].to_numpy()).first()
    outlet = np.where(means.index.astype(int) < 1000, "a", "b")
    assert means.groupby(outlet).mean().tolist() == pytest.approx(corrected.table["share"].tolist())
    naive, right = (
        st.inference.effects(s, time=None, blocks="article")
        .table.query("kind == 'difference'")
        .iloc[0]
        for s in (scores, again)
    )
    gap = corrected.contrasts().table.iloc[0]
    assert right["estimate"] == pytest.approx(gap["difference"])
    assert naive["high"] < 0 and right["low"] < 0 < right["high"]
    assert right["high"] - right["low"] == pytest.approx(gap["high"] - gap["low"], rel=0.15)


def test_outcomes_are_missing_where_too_little_was_coded(made):
    (scores, codings), _ = two_outlets(made, n_coded=12)
    found = st.corrected_shares(scores, codings).outcomes()
    assert found.table.isna().all(axis=None)
    assert sum("too few for an interval" in note for note in found.notes) == 2


def test_a_regression_is_right_where_the_method_errs_more_and_more(made):
    """One outlet whose errors grow over the year: the naive slopes differ, the corrected ones do not."""
    held = {"naive": 0, "corrected": 0}
    for seed in range(20):
        rng = np.random.default_rng([11, seed])
        size, when = rng.integers(3, 7, 320), rng.random(320)
        article = np.repeat(np.arange(320), size)
        outlet = np.where(article < 160, "a", "b")
        truth = rng.random(len(article)) < 0.3
        right = np.where(outlet == "b", 0.97 - 0.25 * when[article], 0.95)
        error = rng.random(len(article))
        scored = np.where(truth, error < 0.8, error >= right).astype(float)
        coded = np.full(len(article), np.nan)
        for name in "ab":
            read = rng.permutation(np.flatnonzero(outlet == name))[:150]
            coded[read] = truth[read]
        days = pd.Timestamp("2020-01-01") + pd.to_timedelta((when * 365).round(), unit="D")
        scores, codings = made(scored, coded, article, outlet, 0.2, days.to_numpy()[article])
        corrected = st.corrected_shares(scores, codings, blocks="article").outcomes()
        for kind, given_ in (("naive", scores), ("corrected", corrected)):
            table = st.inference.effects(given_, blocks="article").table
            row = table.query("kind == 'slope difference'").iloc[0]
            held[kind] += row["low"] <= 0 <= row["high"]
    assert held["corrected"] >= 18 and held["naive"] <= 14


def test_periods_stand_beside_outlets(made):
    rng = np.random.default_rng(0)
    _, scores, codes, article = world(rng, 200, 0.3, n_coded=400)
    year = np.where(article % 2 == 0, "2019-03-01", "2020-03-01")
    scores, codings = made(scores[:, 0], codes[:, 0], article, date=year)
    found = st.corrected_shares(scores, codings, period="Y")
    assert found.table[["outlet", "period"]].to_numpy().tolist() == [["a", "2019"], ["a", "2020"]]
    assert found.table["low"].notna().all()
    gap = found.contrasts([("a · 2019", "a · 2020")]).table.iloc[0]
    assert gap["low"] < 0 < gap["high"]
    found.plot()
    scores.passages.table["date_status"] = "window"
    scores.passages.table["date_end"] = pd.Timestamp("2020-06-01")
    wide = st.corrected_shares(scores, codings, period="Y")
    assert "100 articles written in a window of more than one period" in " ".join(wide.notes)
    assert wide.table["period"].tolist() == ["2020"]
    scores.passages.table["date_status"] = "printed"
    weeks = st.corrected_shares(scores, codings, blocks="week")
    assert "2 blocks of articles: too few" in weeks.table["note"].iloc[0]


def test_too_few_coded_passages_are_refused_cell_by_cell(made):
    (scores, codings), _ = two_outlets(made, n_coded=5)
    few = st.corrected_shares(scores, codings).table
    assert few["share"].isna().all() and few["naive"].notna().all()
    assert few["note"].eq("5 passages coded: too few to correct (from 10)").all()
    (scores, codings), _ = two_outlets(made, n_coded=20)
    some_ = st.corrected_shares(scores, codings)
    assert some_.table["share"].notna().all() and some_.table["low"].isna().all()
    assert "20 passages of" in some_.table["note"].iloc[0]
    gap = some_.contrasts().table.iloc[0]
    assert np.isnan(gap["p"]) and gap["note"].startswith("a: 20 passages")
    some_.plot()


def test_nobody_has_coded_is_said(task, scores):
    found = st.corrected_shares(scores, task.codings())
    assert "Nobody has coded yet." in found.notes
    assert found.table["share"].isna().all() and found.table["naive"].notna().all()
    found.plot()


def test_one_article_describes_itself(task, read, scores):
    read("a", [("humanitarian",)] * 20)
    read("b", [()] * 20)
    found = st.corrected_shares(scores, task.codings(), coder="b")
    assert found.notes[-1].startswith("Every group is a single article")
    assert found.table["low"].isna().all()
    with pytest.raises(InputError, match="No coder 'z'"):
        st.corrected_shares(scores, task.codings(), coder="z")
    both = st.corrected_shares(scores, task.codings(), by="production").table
    assert both["coded"].max() == 0.5, "the mean of two who never agree"


def test_what_is_wrong_is_named(made, task, read):
    (scores, codings), _ = two_outlets(made)
    with pytest.raises(InputError, match="No column 'nowhere' to group by"):
        st.corrected_shares(scores, codings, by="nowhere")
    with pytest.raises(InputError, match="Period 'X' is not known"):
        st.corrected_shares(scores, codings, period="X")
    found = st.corrected_shares(scores, codings)
    with pytest.raises(InputError, match="No group 'z'. Groups here: 'a', 'b'"):
        found.contrasts([("a", "z")])
    with pytest.raises(InputError, match="Correction 'luck' is not known"):
        found.contrasts(correction="luck")
    with pytest.raises(InputError, match="One group only"):
        st.corrected_shares(scores, codings, by="production").contrasts()
    other = codings.sample.assign(text="changed")
    with pytest.raises(
        InputError, match="240 of 240 passages drawn are not here with the same text"
    ):
        st.corrected_shares(scores, st.inference.Codings(
            table=codings.table, sample=other, themes=codings.themes, labels={}
        ))  # fmt: skip
    with pytest.raises(InputError, match="hold none of the themes that were coded"):
        st.corrected_shares(scores, st.inference.Codings(
            table=codings.table, sample=codings.sample, themes=("peace",), labels={}
        ))  # fmt: skip
