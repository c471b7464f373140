import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.corpus import Passages
from syriatopics.errors import InputError
from syriatopics.inference import Scores
from tests.making import scored


def mixed(kinds, shares, n=200, **more):
    """Articles of outlets: ``kinds[outlet]`` is the part of columns, ``shares[kind]`` holds in both."""
    rng = np.random.default_rng(3)
    rows = [
        (outlet, kind := "opinion" if k < part * n else "news", float(rng.random() < shares[kind]))
        for outlet, part in kinds.items()
        for k in range(n)
    ]
    scores = scored(dict.fromkeys(kinds, (0.5, 0.5)), n=n, per_article=1)
    outlet, kind, held = map(list, zip(*rows, strict=True))
    assert scores.passages.table["outlet"].tolist() == outlet
    table = scores.passages.table.assign(genre=kind, **more)
    values = pd.DataFrame({"theme": held}, index=scores.table.index)
    return Scores(table=values, passages=Passages(table))


APART = mixed({"a": 0.8, "b": 0.2}, {"news": 0.1, "opinion": 0.6})


def test_a_difference_of_the_mix_alone_goes_away():
    plain, same = (
        st.contrasts(APART, production="own", blocks="article", standardise=how).table.iloc[0]
        for how in (None, "genre")
    )
    assert plain["difference"] > 0.2 and plain["p"] < 1e-4
    assert abs(same["difference"]) < 0.1 and same["low"] < 0 < same["high"]


def test_the_share_is_the_weighted_mean_of_kinds_and_so_is_its_variance():
    weights = {"news": 0.3, "opinion": 0.7}
    found = st.prevalence(APART, blocks="article", standardise={"genre": weights})
    table = APART.passages.table.assign(value=APART.table["theme"].to_numpy())
    by = table.groupby(["outlet", "genre"])["value"].agg(["mean", "var", "size"])
    for outlet in "ab":
        rows = by.loc[outlet]
        share = sum(w * rows.loc[kind, "mean"] for kind, w in weights.items())
        error = np.sqrt(
            sum(w**2 * rows.loc[k, "var"] / rows.loc[k, "size"] for k, w in weights.items())
        )
        row = found.table.query("outlet == @outlet").iloc[0]
        assert row["share"] == pytest.approx(share)
        assert (row["high"] - row["low"]) / 2 / 1.96 == pytest.approx(error, rel=0.06)


def test_own_mix_changes_nothing_and_weights_need_not_add_up_to_one():
    one = APART.where((APART.passages.table["outlet"] == "a").to_numpy())
    plain, same = (st.prevalence(one, standardise=how).table["share"] for how in (None, "genre"))
    assert np.allclose(plain, same)
    a, b = (
        st.prevalence(APART, standardise={"genre": {"news": k, "opinion": 3 * k}}).table
        for k in (0.25, 5)
    )
    pd.testing.assert_frame_equal(a, b)


def test_limits_hold_under_the_mix():
    rng, hits = np.random.default_rng(1), []
    kind = np.repeat(["news", "opinion"], [150, 50])
    true = 0.5 * 0.1 + 0.5 * 0.5
    scores = scored({"a": (0.5, 0.5)}, n=200, per_article=1)
    table = scores.passages.table.assign(genre=kind)
    for _ in range(200):
        held = (rng.random(200) < np.where(kind == "news", 0.1, 0.5)).astype(float)
        values = pd.DataFrame({"theme": held}, index=scores.table.index)
        row = st.prevalence(
            Scores(table=values, passages=Passages(table)),
            blocks="article", standardise={"genre": {"news": 1, "opinion": 1}},
        ).table.iloc[0]  # fmt: skip
        hits.append(row["low"] <= true <= row["high"])
    assert 0.91 <= np.mean(hits) <= 0.985


def test_a_group_without_a_kind_is_empty_and_says_so():
    scores = mixed({"a": 0.5, "b": 0.5, "c": 0.0}, {"news": 0.1, "opinion": 0.6})
    given = st.prevalence(scores, standardise={"genre": {"news": 1, "opinion": 1}}).table
    row = given.query("outlet == 'c'").iloc[0]
    assert np.isnan(row["share"]) and row["note"].startswith("0 articles of opinion: too few")
    gaps = st.contrasts(scores, standardise={"genre": {"news": 1, "opinion": 1}}).table
    assert gaps.query("b == 'c'")["p"].isna().all() and gaps.query("b == 'b'")["p"].notna().all()
    shared = st.prevalence(scores, standardise="genre")
    assert any("200 articles of opinion are left out" in note for note in shared.notes)
    assert "Standardised: every group has the mix of genre news 100%." in shared.notes


def test_pooled_shares_of_one_mix():
    scores = mixed({"a": 0.5, "b": 0.3, "c": 0.7}, {"news": 0.1, "opinion": 0.6}, n=60)
    found = st.prevalence(scores, standardise="genre", pool=True).table
    assert (found["low"] < found["share"]).all() and (found["drawn"] > 0).all()


@pytest.mark.parametrize(
    ("how", "match"),
    [
        ("colour", "No column 'colour' to standardise"),
        ({"genre": {"poem": 1}}, "No article of genre 'poem'. There are: 'news', 'opinion'"),
        ({"genre": {"news": -1}}, "The weight of genre 'news' is -1"),
        ({"genre": {"news": 0}}, "add up to nothing"),
        ({"genre": {"news": "much"}}, "'much': a number from 0 is needed"),
        ({"genre": {}, "outlet": {}}, "must name one column"),
        ("article_id", "No article_id has 5 articles in every group"),
    ],
)
def test_bad_mixes(how, match):
    with pytest.raises(InputError, match=match):
        st.contrasts(APART, standardise=how)
