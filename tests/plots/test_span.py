"""A few articles of another decade do not make a picture of empty years."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

import syriatopics as st
from syriatopics.plots.span import most_of_the_time, most_rows


def months(counts):
    rows = [
        {"period": period, "outlet": "a", "theme": theme, "share": 0.2, "low": 0.1, "high": 0.3, "n_articles": n}
        for period, n in counts.items()
        for theme in ("humanitarian", "political_transition", "difference")
    ]  # fmt: skip
    return pd.DataFrame(rows)


FAR = {"2013-12": 2, "2018-02": 90, "2018-03": 80, "2018-04": 85}


@pytest.mark.parametrize("draw", ["trend_panels", "opposed"])
def test_the_axis_holds_where_most_articles_are_and_the_others_are_said(draw):
    panel = getattr(st.plots, draw)(months(FAR))
    first, last = panel.get_xlim()
    assert last - first < 120
    assert "Not drawn: 2 articles" in panel.figure._supxlabel.get_text()
    plt.close("all")


@pytest.mark.parametrize("draw", ["trend_panels", "opposed"])
def test_nothing_is_left_out_where_many_stand_apart_or_gaps_are_short(draw):
    for counts in ({"2013-12": 20, "2018-02": 90}, {"2018-01": 1, "2018-04": 90}):
        panel = getattr(st.plots, draw)(months(counts))
        assert panel.figure._supxlabel is None
        plt.close("all")


def test_rows_of_another_kind_stay():
    table = pd.DataFrame({"share": [0.1]})
    assert most_rows(table, "outlet") == (table, 0)


@given(
    some.lists(some.tuples(some.integers(0, 9000), some.integers(0, 50)), min_size=1, max_size=30)
)
def test_what_is_left_out_are_few_at_the_ends(days):
    found = dict(days)
    when = pd.to_datetime(sorted(found), unit="D", origin="2000-01-01")
    n = np.array([found[day] for day in sorted(found)])
    shown, left = most_of_the_time(when, n)
    assert left == n[: shown.start].sum() + n[shown.stop :].sum()
    assert n[shown].sum() > 0 or n.sum() == 0
    gaps = np.diff(when).max(initial=np.timedelta64(0, "D")) / np.timedelta64(1, "D")
    assert left == 0 or gaps > 180


def test_of_many_stretches_of_which_each_holds_few_all_are_kept():
    """A chronicle of sixty half-years, none of which holds a fiftieth of the articles."""
    when = pd.date_range("1990-01-01", periods=60, freq="200D")
    assert most_of_the_time(when, np.ones(60, dtype=int)) == (slice(0, 60), 0)
