import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.errors import InputError
from syriatopics.inference import balance, contrasts
from syriatopics.inference.contrasts import adjusted
from syriatopics.inference.differences import difference
from syriatopics.inference.resampling import estimate
from tests.making import scored

THREE = {"a": (0.5, 0.1), "b": (0.2, 0.1), "c": (0.2, 0.4)}


def test_planted_differences_are_found_and_others_are_not():
    table = contrasts(scored(THREE)).table.set_index(["production", "a", "b", "theme"])
    assert table.loc[("own", "a", "b", "humanitarian"), "q"] < 0.001
    assert table.loc[("own", "b", "c", "political_transition"), "difference"] < -0.15
    assert table.loc[("own", "b", "c", "humanitarian"), "q"] > 0.05
    assert ((table["low"] <= table["difference"]) & (table["difference"] <= table["high"])).all()


def test_swapping_a_pair_mirrors_it():
    scores = scored(THREE)
    one = contrasts(scores, pairs=[("a", "b")]).table
    two = contrasts(scores, pairs=[("b", "a")]).table
    assert np.allclose(one["difference"], -two["difference"])
    assert np.allclose(one["low"], -two["high"]) and np.allclose(one["p"], two["p"])


def test_own_production_comes_first_with_all_beside():
    """Wire copy holds what the outlet's own articles do not."""

    def made(table):
        return np.where(table["article_id"].str.endswith(("0", "1", "2")), "wire", "own")

    scores = scored({"a": (0.5, 0.2), "b": (0.5, 0.2)}, production=made)
    wire = (scores.passages.table["production"] == "wire").to_numpy()
    scores.table.loc[wire, "humanitarian"] = 1.0
    result = contrasts(scores)
    assert result.table["production"].unique().tolist() == ["own", "all"]
    table = result.table.set_index(["production", "theme"])
    assert table.loc[("own", "humanitarian"), "share_a"] < 0.7
    assert (
        table.loc[("all", "humanitarian"), "share_a"]
        > table.loc[("own", "humanitarian"), "share_a"]
    )
    assert table.loc[("own", "humanitarian"), "n_a"] < table.loc[("all", "humanitarian"), "n_a"]
    assert any("wire articles" in note for note in result.notes)
    only = contrasts(scores, production="own").table
    assert only["production"].unique().tolist() == ["own"]


def test_correction_for_many_comparisons():
    p = np.array([0.001, 0.02, 0.04, 0.5, np.nan])
    assert adjusted(p, "bh")[:4] == pytest.approx([0.004, 0.04, 0.16 / 3, 0.5])
    assert adjusted(p, "holm")[:4] == pytest.approx([0.004, 0.06, 0.08, 0.5])
    assert np.isnan(adjusted(p, "bh")[4]) and adjusted(p, "none")[1] == 0.02
    table = contrasts(scored(THREE)).table
    for _, part in table.groupby("production"):
        assert (part["q"] >= part["p"]).all()


def test_the_null_is_held():
    """Two outlets without a difference: p below .05 in some 5 of 100."""
    p = [contrasts(scored({"a": (0.3, 0.1), "b": (0.3, 0.1)}, n=40, seed=s), production="own").table["p"] for s in range(80)]  # fmt: skip
    rejected = np.mean(np.concatenate(p) < 0.05)
    assert 0.015 <= rejected <= 0.1


def test_weeks_in_common_make_a_comparison_sharper():
    """What happens in a week moves both outlets: within weeks they are compared all the same."""
    rng = np.random.default_rng(0)
    week = np.repeat(np.arange(30), 10)
    level = rng.normal(0.5, 0.25, 30).clip(0.05, 0.9)[week]
    first = (rng.random(300) < level).astype(float)[:, None]
    second = (rng.random(300) < level).astype(float)[:, None]
    together = difference(estimate(first, block=week), estimate(second, block=week))
    apart = difference(estimate(first, block=week), estimate(second, block=week + 100))
    assert together.high - together.low < 0.9 * (apart.high - apart.low)


def test_thin_groups_are_masked_and_said():
    scores = scored({"a": (0.5, 0.1), "b": (0.2, 0.1)}, n=8)
    table = contrasts(scores).table
    assert table[["low", "high", "p", "q"]].isna().all().all()
    assert table["note"].str.contains("8 articles: too few for an interval").all()
    assert table["difference"].notna().all()


def test_one_outlet_only():
    with pytest.raises(InputError, match="nothing to compare it with"):
        contrasts(scored({"a": (0.5, 0.1)}))


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"pairs": [("a", "z")]}, "No passage belongs to 'z'"),
        ({"correction": "bonferroni"}, "Choices: 'bh', 'holm', 'none'"),
        ({"blocks": "century"}, "Blocks 'century'"),
        ({"production": "mine"}, "Production 'mine'"),
        ({"by": "colour"}, "No column 'colour'"),
    ],
)
def test_bad_options(options, match):
    with pytest.raises(InputError, match=match):
        contrasts(scored(THREE, n=3), **options)


def test_balance_is_the_difference_of_two_shares_of_the_same_articles():
    scores = scored(THREE)
    table = balance(scores).table.set_index("outlet")
    shares = st.prevalence(scores).table.set_index(["outlet", "theme"])["share"]
    gap = shares["a", "humanitarian"] - shares["a", "political_transition"]
    assert table.loc["a", "difference"] == pytest.approx(gap)
    assert table.loc["a", "low"] > 0 > table.loc["c", "high"]
    assert np.sign(table.loc["a", "log_ratio"]) == 1


def test_zeros_have_a_stated_log_ratio():
    scores = scored({"a": (0.4, 0.1)}, n=20)
    scores.table["political_transition"] = 0.0
    row = balance(scores).table.iloc[0]
    share = row["first"]
    assert row["log_ratio"] == pytest.approx(np.log((20 * share + 0.5) / 0.5))
    assert row["log_ratio_low"] < row["log_ratio"] < row["log_ratio_high"] < np.inf
    scores.table["humanitarian"] = 0.0
    row = balance(scores).table.iloc[0]
    assert np.isnan(row["log_ratio"]) and row["difference"] == 0


def test_missing_dates_are_blocks_of_their_own():
    scores = scored({"a": (0.5, 0.1), "b": (0.2, 0.1)}, n=20)
    by_week = contrasts(scores, blocks="week", production="own").table
    by_article = contrasts(scores, production="own").table
    pd.testing.assert_frame_equal(by_week, by_article)


def test_pictures(scores):
    assert contrasts(scored(THREE)).plot() is not None
    assert balance(scored(THREE)).plot() is not None
    assert balance(scores, production="all").plot() is not None
    assert contrasts(scores, production="all").plot() is not None


def test_types_of_outlets_are_compared_by_outlet():
    """Two outlets a side are two draws of their type, whatever they print."""
    shares = {f"o{n}": (0.2 + 0.1 * (n % 2), 0.1) for n in range(4)}
    scores = scored(shares, n=60)
    kind = scores.passages.table["outlet"].map(lambda name: "odd" if int(name[1]) % 2 else "even")
    found = contrasts(scores, by=kind.rename("type"), production="own")
    assert found.table["p"].isna().all() and found.table["low"].isna().all()
    assert found.table["note"].str.contains("2 outlets on a side").all()
    assert any("types of outlets" in note for note in found.notes)


def test_sides_without_common_weeks_are_named():
    scores = scored(THREE, n=40)
    when = pd.Series(np.where(scores.passages.table["outlet"] == "a", "2018-01-08", "2018-06-04"))
    table = scores.passages.table.assign(date=pd.to_datetime(when), date_status="printed")
    apart = type(scores)(table=scores.table, passages=type(scores.passages)(table))
    notes = " ".join(contrasts(apart, pairs=[("a", "b")], blocks="article").notes)
    assert "No week holds articles of both a and b" in notes


def test_a_group_asked_for_that_has_nothing_of_its_own_stands_with_all():
    def made(table):
        return np.where(table["outlet"] == "b", "wire", "own")

    scores = scored({"a": (0.5, 0.2), "b": (0.2, 0.2), "c": (0.2, 0.2)}, production=made)
    asked = contrasts(scores, pairs=[("a", "b")], production="own")
    assert asked.table["p"].notna().all()
    assert "b holds no own production: its wire articles stand for it." in asked.notes
    every = contrasts(scores, production="own")
    assert every.table["p"].isna().sum() == 4  # nobody asked for b: it is left out, and said
