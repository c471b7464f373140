"""Every column that the figures of the project hold is described, in both languages."""

from pathlib import Path

import pandas as pd
import pytest

from syriatopics.publish.columns import column, dictionary, printed

ROOT = Path(__file__).resolve().parents[2]


def test_every_column_of_the_figures_is_described():
    tables = {f.stem: pd.read_csv(f, nrows=1) for f in (ROOT / "figures").glob("*.csv")}
    found = dictionary(tables)
    assert len(found) > 200
    assert sorted(found.loc[found["meaning"] == "", "column"].unique()) == []


def test_an_unknown_column_is_called_as_it_is():
    assert column("my own").heading("ar") == "my own"


@pytest.mark.parametrize(
    ("cell", "kind", "shown"),
    [
        ("2016", "text", "2016"),
        ("2016", "count", "2,016"),
        ("22.298326", "count", "22.298"),
        ("0.0005", "p", "0.001"),
        ("0.000499", "p", "< 0.001"),
        ("nan", "number", ""),
        ("", "number", ""),
        ("inf", "number", "inf"),
        ("-0.5384615", "number", "-0.538"),
        ("one article", "number", "one article"),
    ],
)
def test_cells_are_printed_by_their_kind(cell, kind, shown):
    assert printed(cell, kind) == shown
