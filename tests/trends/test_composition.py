import numpy as np
import pandas as pd
import pytest

import syriatopics as st


@pytest.fixture
def mixed(scores_of):
    """Two outlets of constant shares (.2 and .8); 2019 the second takes over."""
    rows = [
        ("a", "2018", 80, 0.2),
        ("b", "2018", 20, 0.8),
        ("a", "2019", 20, 0.2),
        ("b", "2019", 80, 0.8),
    ]
    return _made(scores_of, rows)


def _made(scores_of, rows):
    outlets, days, values = [], [], []
    for outlet, year, n, share in rows:
        outlets += [outlet] * n
        days += list(pd.date_range(f"{year}-01-05", periods=n, freq="3D"))
        values += [1.0] * round(n * share) + [0.0] * (n - round(n * share))
    return scores_of([f"x{n:04d}" for n in range(len(days))], days, outlets, np.array(values))


def parts(table):
    return table.set_index("part")["change"]


def test_a_change_of_mix_alone(mixed):
    result = st.decompose(mixed, "Y")
    found = parts(result.table)
    assert found["total"] == pytest.approx(0.36)
    assert found["mix"] == pytest.approx(0.36)
    assert found["within"] == pytest.approx(0.0, abs=1e-12)
    assert found["entry"] == pytest.approx(0.0, abs=1e-12)
    assert result.outlets["mix"].sum() == pytest.approx(0.36)


def test_a_change_within_alone(scores_of):
    rows = [
        ("a", "2018", 50, 0.2),
        ("b", "2018", 50, 0.4),
        ("a", "2019", 100, 0.5),
        ("b", "2019", 100, 0.7),
    ]
    found = parts(st.decompose(_made(scores_of, rows), "Y").table)
    assert found["within"] == pytest.approx(0.3)
    assert found["mix"] == pytest.approx(0.0, abs=1e-12)


def test_an_outlet_that_comes_is_no_change_of_the_others(scores_of):
    rows = [("a", "2018", 50, 0.2), ("a", "2019", 50, 0.2), ("b", "2019", 50, 0.6)]
    found = parts(st.decompose(_made(scores_of, rows), "Y").table)
    assert found["within"] == pytest.approx(0.0, abs=1e-12)
    assert found["entry"] == pytest.approx(0.2)
    assert found["total"] == pytest.approx(0.2)


def test_outlets_that_share_no_period_cannot_be_told_apart(scores_of):
    result = st.decompose(_made(scores_of, [("a", "2018", 50, 0.2), ("b", "2019", 50, 0.6)]), "Y")
    found = parts(result.table)
    assert np.isnan(found["within"])
    assert np.isnan(found["mix"])
    assert found["entry"] == found["total"] == pytest.approx(0.4)
    assert any("No period holds two outlets" in note for note in result.notes)


def test_parts_add_up_and_lie_in_their_intervals(stepped):
    table = st.decompose(stepped[1], "Q", against="first").table
    wide = table.pivot_table(index=["period", "theme"], columns="part", values="change")
    np.testing.assert_allclose(
        wide["within"] + wide["mix"] + wide["entry"], wide["total"], atol=1e-12
    )
    known = table.dropna(subset=["low"])
    assert (known["low"] <= known["change"] + 1e-12).all()
    assert (known["change"] <= known["high"] + 1e-12).all()
    assert set(table["since"]) == {"2018Q1"}


def test_the_pooled_line_moves_and_the_standardised_one_does_not(mixed):
    pooled = st.trend(mixed, "Y")
    assert pooled.table["share"].tolist() == pytest.approx([0.32, 0.68])
    assert any("mix of outlets changes" in note for note in pooled.notes)
    for how, share in (("mix", 0.5), ("equal", 0.5), ({"a": 3.0, "b": 1.0}, 0.35)):
        line = st.trend(mixed, "Y", standardise=how)
        assert line.table["share"].tolist() == pytest.approx([share, share])
        assert line.table["low"].notna().all()
        assert any("Standardised" in note for note in line.notes)


def test_a_period_without_an_outlet_cannot_be_standardised(scores_of):
    rows = [("a", "2018", 50, 0.2), ("a", "2019", 50, 0.2), ("b", "2019", 50, 0.6)]
    line = st.trend(_made(scores_of, rows), "Y", standardise={"a": 1, "b": 1})
    assert np.isnan(line.table["share"].iloc[0])
    assert line.table["share"].iloc[1] == pytest.approx(0.4)
    assert any("cannot be standardised" in note for note in line.notes)


def test_wrong_standards_are_refused(mixed, scores_of):
    with pytest.raises(st.errors.InputError, match="Standard 'x' is not known"):
        st.trend(mixed, "Y", standardise="x")
    with pytest.raises(st.errors.InputError, match="leave out by"):
        st.trend(mixed, "Y", by="outlet", standardise="mix")
    with pytest.raises(st.errors.InputError, match="No outlet 'c'"):
        st.trend(mixed, "Y", standardise={"c": 1})
    with pytest.raises(st.errors.InputError, match="must not be negative"):
        st.trend(mixed, "Y", standardise={"a": -1, "b": 2})
    with pytest.raises(st.errors.InputError, match="add up to nothing"):
        st.trend(mixed, "Y", standardise={"a": 0})
    apart = _made(scores_of, [("a", "2018", 50, 0.2), ("b", "2019", 50, 0.6)])
    with pytest.raises(st.errors.InputError, match="No period holds every outlet"):
        st.trend(apart, "Y", standardise="equal")


def test_one_period_cannot_be_decomposed(mixed, scores):
    with pytest.raises(st.errors.InputError, match="there are 0"):
        st.decompose(scores)
    with pytest.raises(st.errors.InputError, match="Against 'last' is not known"):
        st.decompose(mixed, against="last")


@pytest.mark.slow
def test_intervals_hold_the_planted_parts(scores_of_world):
    """200 worlds without a change within: its interval holds 0 in 95 % (178 to 199 in 99.9 %)."""
    held = 0
    for seed in range(200):
        world = st.World(
            themes={"t": 0.2}, outlets={"a": (3, 1), "b": (1, 3)}, contrasts={"b": {"t": 0.3}},
            n_articles=800, end="2021-12-31",
        )  # fmt: skip
        table = st.decompose(scores_of_world(world, seed)[0], "Y", n_resamples=300).table
        row = table[table["part"] == "within"].iloc[0]
        held += row["low"] <= 0 <= row["high"]
    assert held >= 178
