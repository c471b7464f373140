"""What a plan says of codings comes out when they are made."""

import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.errors import InputError


def world(made, n_coded, seed, n_articles=400, per_article=4):
    """Scores that are wrong here and there, and codings of some of the passages."""
    rng = np.random.default_rng(seed)
    article = np.repeat(np.arange(n_articles), per_article)
    share = rng.beta(2, 4, n_articles)[article]
    true = rng.random(len(article)) < share
    said = np.where(true, rng.random(len(article)) < 0.8, rng.random(len(article)) < 0.07)
    codes = np.full(len(article), np.nan)
    drawn = rng.permutation(len(article))[:n_coded]
    codes[drawn] = true[drawn]
    return made(said.astype(float), codes, article, chance=n_coded / len(article))


def test_the_width_that_was_planned_comes_out(made):
    """From 150 codings the width at the number that is asked for, within 10 % on average."""
    ratios = []
    for seed in range(12):
        scores, codings = world(made, 150, seed)
        plan = st.plan_codings(scores, 0.11, codings=codings, blocks="article").table.iloc[0]
        again = world(made, int(plan["n_needed"]), seed + 1000)
        row = st.corrected_shares(*again, blocks="article").table.iloc[0]
        ratios.append((row["high"] - row["low"]) / 0.11)
    assert abs(np.mean(ratios) - 1) < 0.1, ratios


def test_more_codings_are_needed_for_less_width_and_with_a_worse_scorer(made):
    scores, codings = world(made, 150, 3)
    needed = [
        st.plan_codings(scores, w, codings=codings, blocks="article").table["n_needed"].iloc[0]
        for w in (0.2, 0.14, 0.1)
    ]
    assert needed == sorted(needed) and needed[0] < needed[-1]
    good, bad = (
        st.plan_codings(scores, 0.1, sensitivity=s, specificity=0.95, blocks="article")
        .table["more"]
        .iloc[0]
        for s in (0.95, 0.75)
    )
    assert good < bad


def test_what_no_coding_can_give_is_said(made):
    scores, codings = world(made, 60, 1, n_articles=30)
    row = st.plan_codings(scores, 0.02, codings=codings, blocks="article").table.iloc[0]
    assert np.isnan(row["n_needed"]) and "more articles" in row["note"]
    for width in (0, 1, -1):
        with pytest.raises(InputError, match="width="):
            st.plan_codings(scores, width)
    with pytest.raises(InputError, match="sensitivity=0"):
        st.plan_codings(scores, 0.1, sensitivity=0)


def test_before_the_first_coding_rates_are_supposed_and_said(made):
    scores, _ = world(made, 10, 2)
    plan = st.plan_codings(scores, 0.15, blocks="article")
    assert plan.table["n_now"].tolist() == [0] and "are supposed" in plan.notes[1]
    assert plan.plot() is not None


def test_what_is_alike_in_a_story_no_coding_makes_smaller(made):
    """The part of the variance that lies between stories stays: planned widths come out in stories too."""
    ratios = []
    for seed in range(12):
        rng = np.random.default_rng([seed, 5])
        story = np.arange(400) // 8
        share = np.clip(rng.beta(1, 2, 50)[story] + rng.normal(0, 0.05, 400), 0, 1)
        article = np.repeat(np.arange(400), 3)
        true = rng.random(1200) < share[article]
        said = np.where(true, rng.random(1200) < 0.8, rng.random(1200) < 0.1).astype(float)
        blocks = pd.Series(story, index=[str(a) for a in range(400)])

        def coded(n, true=true, said=said, article=article, rng=rng):
            codes = np.full(1200, np.nan)
            drawn = rng.permutation(1200)[:n]
            codes[drawn] = true[drawn]
            return made(said, codes, article, chance=n / 1200)

        scores, codings = coded(60)
        blocks.index = scores.passages.table["article_id"].drop_duplicates()
        plan = st.plan_codings(scores, 0.18, codings=codings, blocks=blocks).table.iloc[0]
        if np.isnan(plan["n_needed"]):
            continue
        row = st.corrected_shares(*coded(int(plan["n_needed"])), blocks=blocks).table.iloc[0]
        ratios.append((row["high"] - row["low"]) / 0.18)
    assert len(ratios) > 8
    assert abs(np.mean(ratios) - 1) < 0.05, ratios
