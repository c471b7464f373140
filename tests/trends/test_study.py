import numpy as np
import pandas as pd
import pytest

import syriatopics as st


@pytest.fixture(scope="module")
def touched():
    """The transition rises in the second outlet only, on one day."""
    return st.World(
        themes={"transition": 0.3}, outlets={"first": 1.0, "second": 1.0, "third": 1.0},
        effects=[st.Step("transition", "2020-07-06", 0.3, outlet="second")],
        n_articles=2400, story_size=2.0,
    )  # fmt: skip


def test_an_effect_on_some_outlets_is_found_against_the_others(scores_of_world, touched):
    found = st.event_study(scores_of_world(touched)[0], "2020-07-06", ["second"])
    after, before = (found.table[found.table["first"].ge(0) == side] for side in (True, False))
    assert after["effect"].mean() == pytest.approx(0.3, abs=0.12)
    assert (before["low"].iloc[:-1] <= 0).all() and (before["high"].iloc[:-1] >= 0).all()
    reference = before.iloc[-1]
    assert (reference["last"], reference["effect"]) == (-1, 0)
    test = found.tests.iloc[0]
    assert test["p"] <= 0.05 < test["before_p"]
    assert found.plot() is not None


def test_what_all_outlets_do_at_once_is_taken_out(scores_of_world):
    world = st.World(
        themes={"t": 0.2}, outlets={"first": 1.0, "second": 1.0}, story_size=1.0, likeness=0.0,
        effects=[st.Step("t", "2020-07-06", 0.4)], n_articles=2000,
    )  # fmt: skip
    scores, _ = scores_of_world(world)
    apart = st.event_study(scores, "2020-07-06", ["first"])
    pooled = st.event_study(scores, "2020-07-06")
    assert abs(apart.tests["effect"].iloc[0]) < 0.12
    assert pooled.tests["effect"].iloc[0] == pytest.approx(0.4, abs=0.1)
    assert any("No outlet stands outside the event" in note for note in pooled.notes)


def test_the_other_side_has_the_opposite_effect(scores_of_world, touched):
    scores, _ = scores_of_world(touched)
    one = st.event_study(scores, "2020-07-06", ["second"]).table
    other = st.event_study(scores, "2020-07-06", ["first", "third"]).table
    np.testing.assert_allclose(one["effect"], -other["effect"], atol=1e-9)
    np.testing.assert_allclose(one["low"], -other["high"], atol=1e-9)


def test_a_move_before_the_event_is_said(scores_of):
    rng = np.random.default_rng(4)
    day = np.sort(rng.integers(0, 364, 6000))
    share = 0.2 + 0.5 * np.clip((day - 130) / 50, 0, 1)
    dates = pd.Timestamp("2020-01-06") + pd.to_timedelta(day, unit="D")
    values = (rng.random(6000) < share) * 1.0
    scores = scores_of([f"a{n:04d}" for n in range(6000)], dates, "x", values)
    found = st.event_study(scores, "2020-07-06")
    assert found.tests["before_p"].iloc[0] < 0.05
    assert any("Moving before the event already: theme" in note for note in found.notes)


def test_wrong_input_is_named(scores_of_world, touched):
    scores, _ = scores_of_world(touched)
    with pytest.raises(st.errors.InputError, match="No outlet 'fourth'"):
        st.event_study(scores, "2020-07-06", ["fourth"])
    with pytest.raises(st.errors.InputError, match="not touched: too few"):
        st.event_study(scores, "2020-07-06", ["first", "second", "third"])
    with pytest.raises(st.errors.InputError, match="holds no article"):
        st.event_study(scores, "2020-12-28")
    with pytest.raises(st.errors.InputError, match="before 1 must be 2"):
        st.event_study(scores, "2020-07-06", before=1)


def test_effects_are_those_planted_as_often_as_said(scores_of_world):
    """40 worlds with nothing in them, 7 effects each: limits hold 0 in 95 %."""
    held = []
    world = st.World(themes={"t": 0.3}, outlets={"a": 1.0, "b": 1.0}, n_articles=1200)
    for seed in range(40):
        table = st.event_study(scores_of_world(world, seed)[0], "2020-07-06", ["a"]).table
        other = table[table["last"] != -1]
        held += ((other["low"] <= 0) & (other["high"] >= 0)).tolist()
    assert np.mean(held) > 0.88


def test_a_theme_that_never_moves_has_no_effect_and_no_warning(scores_of):
    days = pd.date_range("2020-01-01", periods=366)
    scores = scores_of([f"a{n:03d}" for n in range(366)], days, "x", np.zeros(366))
    found = st.event_study(scores, "2020-07-06")
    assert (found.table[["effect", "low", "high"]].abs() < 1e-9).all(axis=None)
    assert found.tests["p"].iloc[0] == 1.0
