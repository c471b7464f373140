import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.corpus import Passages
from syriatopics.matrix import _as_passages


def corpus(n=40, seed=0, extra=()):
    """Articles of two outlets; words in `extra` are planted in the first."""
    rng = np.random.default_rng(seed)
    words = [f"كلمة{c}" for c in "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"]
    rows = []
    for outlet in ("first", "second"):
        for number in range(n):
            favourite = rng.choice(words, 3)
            text = [*rng.choice(words, 30), *np.repeat(favourite, 5)]
            text += list(extra) * 3 if outlet == "first" else []
            rows.append((f"{outlet}{number}", outlet, " ".join(text)))
    table = _as_passages([row[2] for row in rows]).table
    table["article_id"] = [row[0] for row in rows]
    table["outlet"] = [row[1] for row in rows]
    return st.count_terms(Passages(table), st.ArabicAnalyzer(conflation="none"), max_df=1.0)


def test_planted_words_come_first():
    result = st.keyness(corpus(extra=("مساعدات",)), "first", "second")
    assert result.table["term"].iloc[0] == "مساعدات"
    assert result.table["q"].iloc[0] < 0.05


def test_swapping_the_groups_flips_the_sign():
    dtm = corpus()
    one = st.keyness(dtm, "first", "second").table.set_index("term")
    two = st.keyness(dtm, "second", "first").table.set_index("term").reindex(one.index)
    assert np.allclose(one["z"], -two["z"])
    assert np.allclose(one["log_odds"], -two["log_odds"])
    assert np.allclose(one["p"], two["p"])


def test_order_of_passages_is_irrelevant():
    dtm = corpus()
    order = np.random.default_rng(2).permutation(dtm.shape[0])
    shuffled = st.count_terms(
        Passages(dtm.passages.table.iloc[order].reset_index(drop=True)), dtm.analyzer, max_df=1.0
    )
    one, two = (st.keyness(d, "first", "second").table for d in (dtm, shuffled))
    pd.testing.assert_frame_equal(one, two)


def test_log_odds_worked_by_hand():
    table = _as_passages(["حرب حرب سلام", "سلام سلام حرب"]).table
    table["outlet"] = ["a", "b"]
    dtm = st.count_terms(
        Passages(table), st.ArabicAnalyzer(conflation="none"), min_df=1, max_df=1.0
    )
    row = st.keyness(dtm, "a", "b", prior=6, min_count=1).table.set_index("term").loc["حرب"]
    # y + alpha is 2 + 3 against 1 + 3, the rest of 3 + 6 tokens against it
    assert row["log_odds"] == pytest.approx(np.log(5 / 4) - np.log(4 / 5))


def test_clustering_widens_what_bursts_make_sure():
    """Each article repeats its favourite words: tokens are not independent."""
    shares = [
        (
            np.abs(st.keyness(corpus(seed=s), "first", "second").table[["z", "z_tokens"]]) > 1.96
        ).mean()
        for s in range(20)
    ]
    mean = pd.DataFrame(shares).mean()
    assert mean["z_tokens"] > 0.10
    assert mean["z"] < 0.09


def test_a_single_article_allows_no_test(dtm):
    result = st.keyness(dtm, "noonpost", "alhal")
    assert result.table[["z", "p", "q"]].isna().all().all()
    assert any("no test is possible" in note for note in result.notes)


def test_bad_groups(dtm):
    with pytest.raises(st.errors.InputError, match="Groups here: 'alhal'"):
        st.keyness(dtm, "sana")
    with pytest.raises(st.errors.InputError, match="overlap"):
        st.keyness(dtm, "alhal", ["alhal", "amad"])


def test_any_grouping_of_passages(dtm):
    side = pd.Series(np.where(np.arange(dtm.shape[0]) % 2, "odd", "even"))
    assert len(st.keyness(dtm, "odd", "even", by=side)) > 10
