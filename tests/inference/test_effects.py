import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.errors import InputError
from syriatopics.inference import Scores
from syriatopics.inference.floors import MIN_FREEDOM, MIN_HOLDING
from syriatopics.inference.regression import fit_draws
from syriatopics.matrix import _as_passages

# Of the data of test_errors_and_degrees_of_freedom_are_those_of_r, by clubSandwich and estimatr.
R_ERRORS = [0.0459282854, 0.2977117515, 0.0277669054, 0.1677615529]
R_FREEDOM = [13.5005206782, 7.7485414882, 11.9873364313, 7.5552862136]


def planted(n=200, gap=0.2, drift=0.0, seed=0, per_article=4):
    """Articles of two outlets over a year; `first` has more of the theme, and gains on `second`."""
    rng = np.random.default_rng(seed)
    rows = []
    for outlet in ("first", "second"):
        for k in range(n):
            year = rng.random()
            share = 0.3 + (gap + drift * (year - 0.5)) * (outlet == "first")
            own = rng.beta(6 * share, 6 * (1 - share))
            rows += [(f"{outlet}{k}", outlet, year, rng.random() < own) for _ in range(per_article)]
    table = _as_passages(["نص"] * len(rows)).table
    table["article_id"], table["outlet"] = [r[0] for r in rows], [r[1] for r in rows]
    when = pd.Timestamp("2018-01-01") + pd.to_timedelta([r[2] * 365 for r in rows], unit="D")
    table["date"] = when.astype("datetime64[s]")
    held = pd.DataFrame({"aid": [float(r[3]) for r in rows], "other": rng.random(len(rows))})
    return Scores(table=held.set_index(table["passage_id"]), passages=st.corpus.Passages(table))


def row(result, kind, theme="aid"):
    table = result.table
    return table[(table["kind"] == kind) & (table["theme"] == theme)].iloc[0]


def test_planted_gap_and_drift_are_found():
    result = st.inference.effects(planted(drift=0.3))
    gap, drift = row(result, "difference"), row(result, "slope difference")
    assert gap["low"] < 0.2 < gap["high"] and gap["q"] < 0.001
    assert drift["low"] < 0.3 < drift["high"]
    assert result.interaction.set_index("theme").loc["aid", "p"] < 0.05


def test_without_time_it_is_the_difference_of_means():
    scores = planted(n=60)
    gap = row(st.inference.effects(scores, time=None), "difference")
    shares = st.prevalence(scores).table.set_index(["outlet", "theme"])["share"]
    assert gap["estimate"] == pytest.approx(shares["first", "aid"] - shares["second", "aid"])


def test_outlets_that_write_at_other_times_are_compared_at_the_same():
    scores = planted(n=300, gap=0.0)
    table = scores.passages.table
    year = (table["date"] - table["date"].min()) / pd.Timedelta(days=365)
    # everybody has more of it late, and the second outlet writes late
    late = table["outlet"].eq("second") & (year < 0.5)
    rng = np.random.default_rng(1)
    held = (rng.random(len(table)) < 0.2 + 0.5 * year).astype(float)
    kept = ~late.to_numpy()
    table = pd.DataFrame({"aid": held[kept].to_numpy()}, index=scores.table.index[kept])
    again = Scores(table=table, passages=scores.passages.where(kept))
    raw = row(st.inference.effects(again, time=None), "difference")
    adjusted = row(st.inference.effects(again), "difference")
    assert raw["high"] < 0
    assert adjusted["low"] < 0 < adjusted["high"]


def test_periods():
    result = st.inference.effects(planted(), time="quarter")
    gap = row(result, "difference")
    assert gap["low"] < 0.2 < gap["high"]
    assert set(result.table["kind"]) == {"share", "difference"}
    with pytest.raises(InputError, match="cells of outlet and time are empty"):
        st.inference.effects(planted(n=30), time="day")


def test_draws_widen_the_interval():
    scores = planted(n=40)
    rng = np.random.default_rng(3)
    weights = scores.weights()
    draws = np.clip(weights + rng.normal(0, 0.3, (20, *weights.shape)), 0, 1)
    shift = (
        rng.normal(0, 0.2, 20)[:, None, None]
        * (scores.passages.table["outlet"] == "first").to_numpy()[None, :, None]
    )
    sure = row(st.inference.effects(scores), "difference")
    wide = row(st.inference.effects(scores, draws=draws + shift), "difference")
    assert wide["high"] - wide["low"] > 1.3 * (sure["high"] - sure["low"])
    assert any(
        "method of composition" in note for note in st.inference.effects(scores, draws=draws).notes
    )
    with pytest.raises(InputError, match="do not fit"):
        st.inference.effects(scores, draws=draws[0])


def test_the_null_is_held():
    p = [
        row(st.inference.effects(planted(n=40, gap=0.0, seed=s)), "difference")["p"]
        for s in range(80)
    ]
    assert 0.0 < np.mean(np.array(p) < 0.05) <= 0.12


def test_thin_outlets_and_single_ones(scores):
    result = st.inference.effects(scores, time=None, production="all")
    assert result.table["low"].isna().all()
    assert result.table["note"].str.contains("one article").all()
    with pytest.raises(InputError, match="need two groups"):
        st.inference.effects(
            st.score_themes(scores.passages.where(scores.passages.table["outlet"] == "alhal"))
        )
    with pytest.raises(InputError, match="Time 'yearly'"):
        st.inference.effects(scores, time="yearly")


def test_effects_agree_with_least_squares_by_hand():
    scores = planted(n=30)
    result = st.inference.effects(scores)
    table = scores.passages.table.assign(y=scores.table["aid"].to_numpy())
    by_article = table.groupby("article_id").agg(
        y=("y", "mean"), o=("outlet", "first"), d=("date", "first")
    )
    t = (by_article["d"] - by_article["d"].mean()) / pd.Timedelta(days=365.25)
    first = by_article["o"].eq("first").astype(float)
    x = np.column_stack([np.ones(len(t)), first, t, first * t])
    beta = np.linalg.lstsq(x, by_article["y"], rcond=None)[0]
    assert row(result, "difference")["estimate"] == pytest.approx(beta[1] + beta[3] * t.mean())
    assert row(result, "slope difference")["estimate"] == pytest.approx(beta[3])


def test_errors_and_degrees_of_freedom_are_those_of_r():
    """CR2 and Satterthwaite, as clubSandwich 0.5.8 and estimatr 1.0.0 give them."""
    n, blocks = np.arange(240), 19
    block = (n * 7) % blocks
    group = (n % 9 == 0).astype(float)
    when = ((n * 37) % 101) / 50 + block / 10
    y = ((n * 13 + block * 5) % 11 < 3 + 2 * group).astype(float)
    design = np.column_stack([np.ones(240), group, when, group * when])
    fit = fit_draws(design, y[None, :, None], [block])
    assert np.sqrt(np.diag(fit.covariance[0])) == pytest.approx(R_ERRORS, abs=1e-6)
    assert [fit.freedom(row) for row in np.eye(4)] == pytest.approx(R_FREEDOM, abs=1e-6)


def test_two_clusterings_add_up():
    rng = np.random.default_rng(0)
    story, week = rng.integers(0, 40, 400), rng.integers(0, 30, 400)
    y = rng.normal(size=40)[story] + rng.normal(size=30)[week] + rng.normal(size=400)
    design = np.ones((400, 1))
    errors = [
        np.sqrt(fit_draws(design, y[None, :, None], blocks).covariance[0, 0, 0])
        for blocks in ([story], [week], [story, week])
    ]
    assert errors[2] > max(errors[:2])


def unequal(seed, share):
    """Twenty articles against six hundred, in bursts, without a difference or a drift."""
    rng = np.random.default_rng([12, seed])
    side, time = np.r_[np.ones(20), np.zeros(600)], rng.random(620) - 0.5
    values = rng.binomial(7, rng.beta(1.2 * share, 1.2 * (1 - share), 620)) / 7
    return np.column_stack([np.ones(620), side, time, side * time]), values


@pytest.mark.parametrize(("column", "share"), [(1, 0.2), (3, 0.2), (1, 0.1)])
def test_twenty_articles_against_six_hundred(column, share):
    """CR1 with as many degrees of freedom as blocks held .88 and .77."""
    held = tried = 0
    for seed in range(150):
        design, values = unequal(seed, share)
        found = fit_draws(design, values[None, :, None], [np.arange(620)]).combine(
            np.eye(4)[column]
        )
        if (values[:20] > 0).sum() >= MIN_HOLDING and found.freedom >= MIN_FREEDOM:
            tried += 1
            held += bool(found.low[0] <= 0 <= found.high[0])
    assert tried > 20 and held / tried > 0.92


def test_outlets_that_share_no_week_are_named_here_too():
    together = planted(40)
    table = together.passages.table
    moved = table["date"] + pd.to_timedelta(4000 * (table["outlet"] == "first"), unit="D")
    worlds = []
    for date in (table["date"], moved.astype("datetime64[s]")):
        dated = table.assign(date=date, date_start=date, date_end=date)
        worlds.append(Scores(table=together.table, passages=st.corpus.Passages(dated)))
    said = [
        any("No week holds articles of both" in note for note in st.inference.effects(scores).notes)
        for scores in worlds
    ]
    assert said == [False, True]


def test_what_runs_on_from_week_to_week_widens_effects_as_it_widens_contrasts():
    """Stories that begin on a Friday: regressions in stories rejected .083 for .05."""
    scores = planted(n=300, gap=0.0, per_article=1)
    table = scores.passages.table.assign(date_status="printed")
    week = ((table["date"] - table["date"].min()).dt.days // 7).to_numpy()
    outlet = table["outlet"].eq("first").to_numpy().astype(int)
    noise = np.random.default_rng(2).standard_normal((54, 2))
    level = noise[1:] + noise[:-1]
    held = pd.DataFrame({"aid": 0.5 + 0.1 * level[week, outlet]}, index=scores.table.index)
    scores = Scores(table=held, passages=st.corpus.Passages(table))
    named = pd.Series([f"w{n}" for n in table["date"].dt.to_period("W-SUN").astype(str)])
    named.index = table["article_id"]
    blind, knowing = (st.inference.effects(scores, blocks=one) for one in (named, "week"))
    for kind in ("difference", "slope difference", "share", "slope"):
        one, other = row(blind, kind), row(knowing, kind)
        assert one["estimate"] == pytest.approx(other["estimate"])
        assert other["high"] - other["low"] > 1.2 * (one["high"] - one["low"])
    assert knowing.interaction["p"].iloc[0] > blind.interaction["p"].iloc[0]
