import numpy as np
import pandas as pd

from syriatopics.corpus.silences import find_silences


def table(days, outlet="amad"):
    return pd.DataFrame({"outlet": outlet, "when": pd.to_datetime(list(days))})


def test_a_hole_is_found_with_its_first_and_last_day():
    days = [*pd.date_range("2016-01-01", "2016-02-29"), *pd.date_range("2016-05-01", "2016-06-30")]
    (row,) = find_silences(table(days)).itertuples(index=False)
    assert (str(row.start)[:10], str(row.end)[:10], row.n_days) == ("2016-03-01", "2016-04-30", 61)


def test_outlets_are_looked_at_one_by_one():
    one = table(pd.date_range("2016-01-01", "2016-03-31"))
    other = table(pd.date_range("2016-01-01", "2016-01-31"), "alhal")
    assert len(find_silences(pd.concat([one, other]))) == 0


def test_few_articles_say_nothing():
    assert len(find_silences(table(["2016-01-01", "2016-12-31"] * 10))) == 0
    assert len(find_silences(table([]).astype({"when": "datetime64[s]"}))) == 0


def test_an_even_flow_has_no_silences():
    """At an even rate a corpus shows one far less than once in a hundred."""
    draw = np.random.default_rng(3)
    start = np.datetime64("2016-01-01")
    found = [
        len(find_silences(table(start + draw.integers(0, 365, n))))
        for n in (40, 100, 400, 2000)
        for _ in range(12)
    ]
    assert sum(found) == 0
