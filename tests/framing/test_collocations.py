"""Collocations and dispersion: the formulas of the papers, and laws."""

import numpy as np
import pandas as pd
import pytest
from making import make

import syriatopics as st
from syriatopics.framing.collocations import collocations, dispersion
from syriatopics.matrix import _as_passages

TEXTS = ["قصف دمشق قصف حلب", "قصف دمشق", "حلب دمشق درعا", "درعا حمص"]


def plain():
    return st.ArabicAnalyzer(conflation="none", names=None).fit(TEXTS)


def test_measures_are_those_of_the_papers():
    found = collocations(_as_passages(TEXTS), "قصف", window=1, min_count=1, analyzer=plain())
    row = found.table.set_index("term").loc["دمشق"]
    # Three meetings: قصف دمشق, دمشق قصف, قصف دمشق; three of each word among eleven.
    n, f, g, o, places = 11, 3, 3, 3, 2
    expected = places * f * g / n
    assert (row["together"], row["count"]) == (o, g)
    assert row["expected"] == pytest.approx(expected)
    assert row["mi"] == pytest.approx(np.log2(o / expected))
    assert row["t"] == pytest.approx((o - expected) / np.sqrt(o))
    assert row["log_dice"] == pytest.approx(14 + np.log2(2 * o / (f + g)))


def test_meeting_is_mutual_and_stays_in_a_passage():
    passages, analyzer = _as_passages(TEXTS), plain()

    def together(a, b):
        table = collocations(passages, a, window=3, min_count=1, analyzer=analyzer).table
        return dict(zip(table["term"], table["together"], strict=True)).get(b, 0)

    for a, b in [("قصف", "دمشق"), ("حلب", "درعا"), ("حمص", "درعا")]:
        assert together(a, b) == together(b, a) > 0
    assert together("قصف", "حمص") == 0


def test_each_group_gives_a_word_its_own_company():
    """What is counted within a group is what the group alone gives; meetings sum to those of all."""
    rows = [
        ("قصف النظام دمشق", "a"),
        ("قصف الجيش دمشق", "b"),
        ("قصف النظام حلب", "a"),
        ("سلام", "c"),
    ]
    passages = make(*((f"n{n}", outlet, text) for n, (text, outlet) in enumerate(rows)))
    found = collocations(passages, "قصف", by="outlet", min_count=1, analyzer=plain()).table
    for outlet, part in found.groupby("outlet"):
        alone = passages.where(passages.table["outlet"] == outlet)
        one = collocations(alone, "قصف", min_count=1, analyzer=plain()).table
        pd.testing.assert_frame_equal(part.drop(columns="outlet").reset_index(drop=True), one)
    whole = collocations(passages, "قصف", min_count=1, analyzer=plain()).table
    summed = found.groupby("term")["together"].sum()
    assert summed.to_dict() == dict(zip(whole["term"], whole["together"], strict=True))
    assert set(found["outlet"]) == {"a", "b"}
    table = passages.table.assign(count=1, empty=np.nan)
    for by, why in (
        ("paper", "No column 'paper' to group by"),
        ("count", "column 'count' of its own"),
        ("empty", "no groups"),
    ):
        with pytest.raises(st.errors.InputError, match=why):
            collocations(type(passages)(table, passages.unit), "قصف", by=by, analyzer=plain())


def test_all_forms_of_the_word_are_the_node():
    texts = ["الغارات الروسية على إدلب", "غارة روسية على إدلب", "غارات على إدلب"] * 2
    found = collocations(_as_passages(texts), "الغارة", min_count=1)
    assert found.table.set_index("display").loc["إدلب", "together"] == 6


@pytest.mark.parametrize(
    ("word", "why"), [("في", "0 terms"), ("قصف حلب", "2 terms"), ("طرطوس", "none of the passages")]
)
def test_a_word_that_is_no_term_is_named(word, why):
    with pytest.raises(st.errors.InputError, match=why):
        collocations(_as_passages(TEXTS), word, analyzer=plain())


def test_dp_is_that_of_the_paper():
    # Gries (2008): parts of 9, 10, 10, 10 and 11 words, the word in them 1 to 5 times: DP = .18.
    texts = [
        " ".join(["حرب"] * k + ["سلام"] * (n - k))
        for k, n in enumerate((9, 10, 10, 10, 11), start=1)
    ]
    dtm = st.count_terms(texts, plain(), min_df=1, max_df=1.0)
    spread = dispersion(dtm).set_index("term").loc["حرب"]
    assert spread["dp"] == pytest.approx(0.18) and spread["n_parts"] == 5
    assert spread["dp_norm"] == pytest.approx(0.18 / (1 - 9 / 50))


def test_a_word_of_one_part_is_spread_least():
    dtm = st.count_terms(TEXTS, plain(), min_df=1, max_df=1.0)
    spread = dispersion(dtm).set_index("term")
    assert spread["dp"].between(0, 1).all() and spread["dp"].idxmax() == "حمص"
    with pytest.raises(st.errors.InputError, match="'colour'"):
        dispersion(dtm, by="colour")
