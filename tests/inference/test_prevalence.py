import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.corpus import Passages
from syriatopics.errors import InputError
from syriatopics.inference import MIN_ARTICLES, Scores
from syriatopics.inference.prevalence import share_rows
from syriatopics.inference.resampling import article_means, estimate


def planted(n_articles, share, seed=0, outlet="x", per_article=4):
    rng = np.random.default_rng(seed)
    article = np.repeat([f"{outlet}{n:04d}" for n in range(n_articles)], per_article)
    table = pd.DataFrame(
        {
            "passage_id": [f"{outlet}{n}" for n in range(len(article))],
            "article_id": article,
            "outlet": outlet,
            "date": pd.NaT,
            "date_start": pd.NaT,
            "date_end": pd.NaT,
            "date_status": "unknown",
            "text": "سوريا",
            "start": 0,
            "end": 5,
        }
    )
    values = pd.DataFrame({"theme": (rng.random(len(article)) < share).astype(float)})
    values.index = table["passage_id"]
    return Scores(table=values, passages=Passages(table))


def test_a_share_worked_by_hand():
    scores = planted(2, 0.5)
    scores.table["theme"] = [1, 1, 0, 0, 1, 0, 0, 0]
    row = st.prevalence(scores).table.iloc[0]
    assert row["share"] == pytest.approx((0.5 + 0.25) / 2)
    assert (row["n_articles"], row["n_passages"]) == (2, 8)


def test_a_long_article_does_not_speak_for_its_outlet():
    means, articles = article_means(np.array([[1.0]] * 99 + [[0.0]]), np.array(["a"] * 99 + ["b"]))
    assert means.ravel().tolist() == [1.0, 0.0]
    assert articles.tolist() == ["a", "b"]


def test_no_interval_from_few_articles(scores):
    table = st.prevalence(scores, production="all").table
    assert table["low"].isna().all()
    assert (table["note"] == "one article: describes this article, not the outlet").all()


def test_articles_without_an_outlet_stand_by_themselves(scores):
    result = st.prevalence(scores, production="all")
    assert sum("(no outlet)" in outlet for outlet in result.table["outlet"].unique()) == 2
    assert "unknown" not in set(result.table["outlet"])


def test_the_interval_holds_the_share_and_shrinks():
    small, large = (st.prevalence(planted(n, 0.3)).table.iloc[0] for n in (MIN_ARTICLES, 400))
    for row in (small, large):
        assert row["low"] < row["share"] < row["high"]
    assert large["high"] - large["low"] < small["high"] - small["low"]


def test_order_of_passages_is_irrelevant():
    scores = planted(30, 0.4)
    order = np.random.default_rng(1).permutation(len(scores))
    shuffled = Scores(
        table=scores.table.iloc[order],
        passages=Passages(scores.passages.table.iloc[order].reset_index(drop=True)),
    )
    pd.testing.assert_frame_equal(st.prevalence(scores).table, st.prevalence(shuffled).table)


def test_a_missing_row_counts_nowhere():
    scores = planted(1, 1.0)
    scores.table.iloc[0] = np.nan
    assert st.prevalence(scores).table.iloc[0]["n_passages"] == 3


def test_too_few_articles_have_no_interval():
    values = np.random.default_rng(0).random((5, 2))
    assert all(np.isnan(row["low"]) for row in share_rows(estimate(values), 5))


def test_unknown_columns_and_sources_are_refused(scores):
    with pytest.raises(InputError, match="No column 'paper'"):
        st.prevalence(scores, by="paper")
    with pytest.raises(InputError, match="holds no scores"):
        st.prevalence([1, 2])


def test_passages_behind_a_share(scores):
    shares = st.prevalence(scores, production="all")
    found = shares.passages("humanitarian", n=3, outlet="noonpost")
    assert len(found) == 3
    assert (found.table["outlet"] == "noonpost").all()


def test_every_estimate_leads_to_its_passages(scores):
    made = [
        st.prevalence(scores, production="all"),
        st.contrasts(scores, production="all"),
        st.balance(scores, production="all"),
        st.inference.effects(scores, time=None, production="all"),
    ]
    for result in made:
        found = result.passages("humanitarian", n=2, outlet="noonpost").table
        assert found["outlet"].tolist() == ["noonpost"] * 2
        with pytest.raises(InputError, match="There are"):
            result.passages("humanitarian", outlet="sana")
        with pytest.raises(InputError, match="No theme 'weather'"):
            result.passages("weather")
    for result in (
        st.trend(scores, "Y", production="all"),
        st.changepoints(scores, production="all"),
    ):
        late = result.passages("humanitarian", n=3, since="2021-01-01").table
        assert (late["date"] >= "2021-01-01").all() and len(late)
