import numpy as np
import pytest

from syriatopics.inference.likeness import choose


def levels(week):
    return {"article": np.arange(len(week)), "week": week, "month": week // 4}


def worlds(n, columns, factors, per_week=10):
    """Yield articles of sixteen weeks whose many columns come and go with a few things of the week."""
    for seed in range(n):
        rng = np.random.default_rng(seed)
        week = np.repeat(np.arange(16), per_week)
        level = np.repeat(rng.standard_normal((16, factors)), columns // factors, axis=1)
        yield level[week] + 3 * rng.standard_normal((len(week), columns)), week


def test_many_words_of_one_event_are_one_witness():
    """Two hundred words that share four ups and downs by week say as much of months as four do."""
    took = [
        choose(values, np.ones(len(week)), np.zeros(len(week), int), levels(week)).unit
        for values, week in worlds(200, 200, 4)
    ]
    assert took.count("article") == 0
    assert took.count("month") / len(took) < 0.17  # made at .1; .6 where words were witnesses each


def test_many_columns_of_their_own_see_more_than_few():
    """Weeks that differ a little are seen by forty themes, where four may miss them."""
    rates = []
    for columns in (4, 40):
        took = []
        for seed in range(100):
            rng = np.random.default_rng(seed)
            week = np.repeat(np.arange(16), 10)
            values = 0.35 * rng.standard_normal((16, columns))[week]
            values = values + rng.standard_normal((len(week), columns))
            found = choose(values, np.ones(len(week)), np.zeros(len(week), int), levels(week))
            took.append(found.unit != "article")
        rates.append(np.mean(took))
    assert rates[1] >= rates[0]
    assert rates[1] > 0.95


@pytest.mark.filterwarnings("error")
def test_weeks_whose_articles_cancel_exactly_divide_by_nothing():
    week = np.repeat(np.arange(16), 10)
    values = np.tile([[1.0], [-1.0]], (80, 3))
    assert choose(values, np.ones(160), np.zeros(160, int), levels(week)).unit == "article"


def test_nothing_to_tell_takes_articles():
    week = np.repeat(np.arange(16), 10)
    found = choose(np.ones((160, 3)), np.ones(160), np.zeros(160, int), levels(week))
    assert found.unit == "article"
    assert found.untold == ("week", "month")


def test_so_few_weeks_are_taken_unasked_where_days_are_alike():
    """Of the three ways to deal four weeks, the one that differs most shows weeks that look alike."""
    rng = np.random.default_rng(0)
    level = np.repeat([0.0, 0.1, 1.0, 1.1], 7)[:, None] + 0.3 * rng.standard_normal((28, 3))
    day = np.repeat(np.arange(28), 20)
    values = level[day] + 0.5 * rng.standard_normal((len(day), 3))
    sides = (day >= 14).astype(int)
    units = {"article": np.arange(len(day)), "day": day, "week": day // 7}
    found = choose(values, np.ones(len(day)), sides, units)
    assert found.unit == "week" and "week" in found.untold
    # one week a side, of which nothing can be told, is no better than two
    short = (day < 7) | (day >= 21)
    one = choose(values[short], np.ones(280), sides[short], {k: v[short] for k, v in units.items()})
    assert one.unit == "week" and one.untold == ("week",)
