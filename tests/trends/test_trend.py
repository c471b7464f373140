import numpy as np
import pytest

import syriatopics as st


def test_years_of_the_seeds(scores):
    result = st.trend(scores, period="Y")
    one = result.table[result.table["theme"] == "humanitarian"].set_index("period")
    assert one["n_articles"].tolist() == [2, 0, 0, 1, 0, 1, 1]
    assert np.isnan(one.loc["2018", "share"])
    assert "2024" not in one.index, "a refuted page date is not believed"
    assert any("refutes" in note for note in result.notes)


def test_by_outlet(scores):
    table = st.trend(scores, period="Y", by="outlet").table
    assert {"noonpost", "alhal", "amad"} <= set(table["outlet"])


def test_a_window_over_two_periods_is_left_out_and_said(scores):
    result = st.trend(scores, period="D")
    assert any("more than one period" in note for note in result.notes)


def test_periods_and_dates_are_checked(scores):
    with pytest.raises(st.errors.InputError, match="Periods: 'D', 'M', 'Q', 'W', 'Y'"):
        st.trend(scores, period="decade")
    undated = st.score_themes(scores.passages.where(scores.passages.table["date"].isna()))
    with pytest.raises(st.errors.InputError, match="No passage has a date"):
        st.trend(undated)
