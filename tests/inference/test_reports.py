"""What others reported of packages like this one, tried here: each is a public report."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import syriatopics as st
from syriatopics.corpus import Passages
from syriatopics.errors import InputError
from syriatopics.inference import Scores
from syriatopics.inference.agreement import alpha_interval
from syriatopics.inference.contrasts import adjusted
from syriatopics.inference.differences import difference
from syriatopics.inference.intervals import interval
from syriatopics.inference.lasting import lasting, named
from syriatopics.inference.nearness import nearness
from syriatopics.inference.partings import permuted_p
from syriatopics.inference.pooling import chains_of, spread_of, together
from syriatopics.inference.regression import fit_draws
from syriatopics.inference.resampling import estimate
from syriatopics.matrix import _as_passages
from syriatopics.trends.daily import DaySeries
from syriatopics.trends.segments import find_breaks
from tests.making import scored


def test_a_single_block_has_no_interval_of_width_nought():
    """samplics-org/svy 96: a domain of one primary unit came out as known for certain."""
    low, high = interval(estimate(np.full((20, 1), 0.4), block=np.zeros(20)))
    assert np.isnan(low).all() and np.isnan(high).all()


@pytest.mark.parametrize("share", [0.0, 1.0])
@pytest.mark.parametrize("n", [2, 38, 77, 5000])
def test_limits_of_nothing_and_of_all_stay_in_bounds(share, n):
    """statsmodels 2742 and 10010: NaN, below 0, and above 1 by a rounding error."""
    low, high = interval(estimate(np.full((n, 1), share)))
    assert 0 <= low[0] < high[0] <= 1
    assert (low[0] if share == 0 else high[0]) == pytest.approx(share, abs=1e-12)


def test_one_p_that_is_missing_does_not_take_the_others_with_it():
    """statsmodels 2899, NiMARE 1139: one NaN erased a whole correction."""
    p = np.array([0.01, np.nan, 0.04, 0.5])
    for correction in ("bh", "holm", "none"):
        q = adjusted(p, correction)
        assert np.isnan(q).tolist() == [False, True, False, False]
        assert q[[0, 2, 3]].tolist() == adjusted(p[[0, 2, 3]], correction).tolist()


@settings(max_examples=60)
@given(some.lists(some.tuples(some.booleans(), some.booleans()), min_size=4, max_size=40))
def test_the_interval_of_alpha_holds_alpha(pairs):
    """jasp 2318 and 2333: limits that did not hold the estimate."""
    codes = np.array(pairs, dtype=float)
    found = alpha_interval(codes, np.arange(len(codes)) // 2)
    assert np.isnan(found.low) or found.low - 1e-9 <= found.alpha <= found.high + 1e-9


def test_a_coder_of_one_unit_is_no_reason_for_nan_elsewhere():
    """fast-krippendorff 9: two coders, the second of whom coded a single unit."""
    codes = np.full((50, 2), np.nan)
    codes[:, 0] = np.arange(50) % 2
    codes[7, 1] = codes[7, 0]
    found = alpha_interval(codes, np.arange(50))
    assert np.isnan(
        [found.alpha, found.low, found.high]
    ).all()  # one pair of one code tells nothing


def test_weeks_without_articles_are_not_closed_up():
    """fixest 601, statsmodels 3155: neighbours in the table were taken for neighbours in time."""
    rng = np.random.default_rng(0)
    level = rng.random(40)
    near_days = np.repeat(np.arange(40), 6)
    values = level[near_days][:, None] + 0.05 * rng.standard_normal((240, 1))
    near = nearness(values, near_days)
    far = np.arange(10) * 60
    assert spread_of(near, far, far.astype(str)).effect[0] == pytest.approx(1.0)
    same = np.zeros(10, dtype=int)
    assert spread_of(near, same, same.astype(str)).effect[0] > 5


def test_groups_that_follow_each_other_by_chance_are_no_periods():
    """statsmodels 3155: two groups whose times do not overlap were taken for one."""
    days = np.r_[np.arange(0, 60), np.arange(70, 130)]
    outlets = pd.DataFrame({"outlet": np.repeat(["a", "b"], 60)})
    assert chains_of(outlets, days) is None
    # Two months of one outlet and three of the other are no line either.
    assert chains_of(outlets.assign(month=days // 30), days) is None


def test_two_clusters_give_no_test_of_two_coefficients():
    """rms 44: a clustering with two values gave negative F statistics."""
    rng = np.random.default_rng(1)
    x = np.column_stack([np.ones(80), rng.random((80, 2))])
    fit = fit_draws(x, rng.random((1, 80, 1)), [np.arange(80) % 2])
    f, p = fit.joint(np.array([1, 2]))
    assert np.isnan(f).all() and np.isnan(p).all()


def test_covariances_without_negative_directions():
    """fixest 568: a diagonal that is positive does not make a covariance."""
    rng = np.random.default_rng(2)
    x = np.column_stack([np.ones(60), rng.random((60, 2))])
    blocks = [rng.integers(0, 6, 60), rng.integers(0, 7, 60)]
    fit = fit_draws(x, rng.random((1, 60, 2)), blocks)
    assert (np.linalg.eigvalsh(fit.covariance) >= -1e-12).all()


def test_a_coefficient_of_a_single_article_is_not_known_for_certain():
    """clubSandwich 86: CR2 gives it no variance at all, and so many degrees of freedom as the rest has."""
    rng = np.random.default_rng(3)
    x = np.column_stack([np.ones(40), np.arange(40) == 3]).astype(float)
    fit = fit_draws(x, rng.random((1, 40, 1)), [np.arange(40)])
    assert fit.freedom(np.array([0.0, 1.0])) == 0
    assert fit.freedom(np.array([1.0, 1.0])) == 0
    assert fit.freedom(np.array([1.0, 0.0])) == pytest.approx(38)
    assert np.isnan(fit.combine(np.array([0.0, 1.0])).p).all()
    assert np.isnan(fit.joint(np.array([1]))[1]).all()


def test_levels_of_months_want_more_than_months_as_blocks():
    """Each level rests on one block, which says nothing of how blocks scatter."""
    month = np.repeat(np.arange(6), 10)
    x = np.eye(6)[month]
    fit = fit_draws(x, np.random.default_rng(4).random((1, 60, 1)), [month])
    assert [fit.freedom(row) for row in np.eye(6)] == [0.0] * 6


def test_one_cluster_has_an_estimate_and_no_interval():
    """clubSandwich 63: an error where there was a single cluster."""
    x = np.column_stack([np.ones(40), np.arange(40) % 2])
    found = fit_draws(x, np.random.default_rng(5).random((1, 40, 1)), [np.zeros(40)])
    one = found.combine(np.array([0.0, 1.0]))
    assert np.isfinite(one.estimate).all() and np.isnan([one.low, one.high, one.p]).all()


def test_weeks_that_are_all_alike_are_no_division_by_nought():
    """NoLimits 306: clusters that equal each other gave errors of nought, or not a number."""
    week = named("week", np.repeat(np.arange(20), 4))
    values = np.tile([[0.0], [1.0], [0.0], [1.0]], (20, 1))
    one, other = together(
        [estimate(v, block=week) for v in (values, np.tile([[0.0], [1.0]], (40, 1)))]
    )
    with np.errstate(divide="raise"):
        assert lasting(one) == lasting(one, other) == 1.0
    low, high = interval(one)
    assert 0 < low[0] < 0.5 < high[0] < 1


def test_weeks_with_a_gap_between_them_are_no_neighbours():
    """fixest 601: observations were taken as consecutive whatever their time was."""
    walk = np.cumsum(np.random.default_rng(6).standard_normal(20))[np.repeat(np.arange(20), 4)]
    near, far = (named("week", step * np.repeat(np.arange(20), 4)) for step in (1, 2))
    assert lasting(estimate(walk[:, None], block=near)) > 1.5
    assert lasting(estimate(walk[:, None], block=far)) == 1


@pytest.mark.parametrize("n", [2, 3, 8])
def test_p_of_partings_is_never_nought_and_counts_ties(n):
    """permute 108, infer 458, mlxtend 721: p of 0; ties were not counted."""
    a = estimate(np.zeros((20 * n, 1)), block=np.repeat(np.arange(n), 20))
    b = estimate(np.ones((20 * n, 1)), block=np.repeat(np.arange(n, 2 * n), 20))
    p = permuted_p(a, b)[0]
    assert 0 < p <= 2 / 6
    assert permuted_p(a, a._replace(blocks=b.blocks))[0] == 1


def test_a_parting_that_cannot_be_rare_is_not_tested():
    """svy 32: what cannot be told was told, as very sure."""
    two = [estimate(v, block=b) for v, b in (
        (np.zeros((40, 1)), np.arange(40) // 20), (np.ones((40, 1)), 2 + np.arange(40) // 20))]  # fmt: skip
    gap = difference(*two)
    assert np.isnan(gap.p).all() and "no p below 0.33" in gap.note


def dated(n=120, seed=0, **shares):
    """Scores of two outlets over a year, an article of each on every third day."""
    found = scored(shares or {"a": (0.5, 0.2), "b": (0.3, 0.2)}, n=n, per_article=2)
    number = found.passages.table["article_id"].str[1:].astype(int)
    days = (pd.Timestamp("2018-01-01") + pd.to_timedelta(3 * number, unit="D")).astype(
        "datetime64[s]"
    )
    table = found.passages.table.assign(date=days, date_status="printed")
    return Scores(table=found.table, passages=Passages(table))


def test_a_clustering_inside_another_is_the_wider_one():
    """reghdfe 101: with two clusterings the errors hardly moved, and clusters were counted wrong."""
    rng = np.random.default_rng(7)
    week, story = np.repeat(np.arange(20), 6), np.repeat(np.arange(40), 3)
    x = np.column_stack([np.ones(120), rng.random(120)])
    y = (rng.random(20)[week] + rng.random(120))[None, :, None]
    both, wide = (fit_draws(x, y, blocks) for blocks in ([story, week], [week]))
    assert both.covariance == pytest.approx(wide.covariance)
    assert both.freedom(np.eye(2)[1]) <= wide.freedom(np.eye(2)[1]) + 1e-9


@pytest.mark.parametrize("verb", [st.prevalence, st.contrasts, st.balance, st.inference.effects])
def test_every_article_a_block_of_its_own_is_no_blocks(verb):
    """reghdfe 10: clusters of one observation gave other errors than none."""
    scores = dated()
    ids = scores.passages.table["article_id"].drop_duplicates()
    one, other = (
        verb(scores, blocks=b).table for b in ("article", pd.Series(ids.to_numpy(), index=ids))
    )
    assert np.allclose(one["low"], other["low"]) and np.allclose(one["high"], other["high"])


@pytest.mark.parametrize("verb", [st.prevalence, st.contrasts, st.balance, st.inference.effects])
def test_blocks_are_joined_by_id_and_never_by_place(verb):
    """numpy 15941: clusters in another order, or of other rows, went wrong or not at all."""
    scores = dated()
    ids = scores.passages.table["article_id"].drop_duplicates().to_numpy()
    names = pd.Series([f"b{int(i[1:]) // 4}" for i in ids], index=ids)
    mixed = pd.concat([names.sample(frac=1, random_state=1), pd.Series({"strange": "b0"})])
    pd.testing.assert_frame_equal(
        verb(scores, blocks=names).table, verb(scores, blocks=mixed).table
    )


@pytest.mark.parametrize(
    "verb",
    [
        st.prevalence, st.contrasts, st.balance, st.inference.effects, lambda s, **o: st.trend(s, "Q", **o),
        lambda s, **o: st.event_test(s, "2018-07-01", **o), lambda s, **o: st.decompose(s, "Q", **o),
        lambda s, **o: st.prevalence(s, pool=True, **o),
    ],
)  # fmt: skip
def test_another_level_gives_other_limits(verb):
    """srvyr 44: limits by group did not know of the level asked for."""
    scores = dated(n=240, a=(0.5, 0.2), b=(0.3, 0.2), c=(0.4, 0.3))
    wide, narrow = (verb(scores, level=level).table for level in (0.95, 0.6))
    known = (wide["high"] - wide["low"]).to_numpy() > 1e-9
    assert known.any()
    assert (wide["low"] <= narrow["low"])[known].all()
    assert ((wide["high"] - wide["low"]) > 1.2 * (narrow["high"] - narrow["low"]))[known].all()


def test_two_clusters_make_nothing_sure():
    """fixest 438: p of 1.8e-15, from a clustering of two values."""
    scores = dated()
    ids = scores.passages.table["article_id"].drop_duplicates()
    two = pd.Series([f"b{int(i[1:]) % 2}" for i in ids], index=ids.to_numpy())
    for verb in (st.contrasts, st.inference.effects):
        assert verb(scores, blocks=two).table[["low", "high", "p"]].isna().all(axis=None)


def test_days_without_the_event_do_not_hold_it():
    """staggered 20: placebos held what was touched."""
    days = pd.date_range("2018-01-01", periods=400)
    scores = dated(n=400)
    table = scores.passages.table
    when = pd.Series(days[table["article_id"].str[1:].astype(int)]).astype("datetime64[s]")
    table = table.assign(date=when.to_numpy(), date_status="printed")
    after = (table["date"] >= "2018-07-01").to_numpy()
    noise = np.random.default_rng(8).random(len(table)) < 0.1
    held = scores.table.assign(humanitarian=(after ^ noise).astype(float))
    row = st.event_test(Scores(table=held, passages=Passages(table)), "2018-07-01").table.iloc[0]
    assert row["p"] == pytest.approx(1 / (1 + row["n_placebo"]))
    assert row["placebo_high"] < 0.3 < row["low"]


def test_a_step_on_a_slope_is_dated_and_the_slope_is_no_step():
    """ruptures 297 and 189: a shift beside a slow climb; a climb alone was cut into pieces."""
    rng = np.random.default_rng(9)
    day = np.sort(rng.integers(0, 700, 2400))
    found = []
    for step in (0.0, 0.35):
        share = 0.15 + 0.25 * day / 700 + step * (day >= 400)
        value = (rng.random(2400) < share).astype(float)
        series = DaySeries.of(day, np.zeros_like(day), value, 1)
        search = find_breaks(series, "week", alpha=0.05, level=0.95, n_permutations=199,
                             max_breaks=3, seed=[1])  # fmt: skip
        found.append(search.breaks)
    assert not found[0]
    assert len(found[1]) == 1 and abs(found[1][0].position - 400) < 8


def test_a_word_of_one_side_alone_is_not_infinitely_far():
    """quanteda 785 and 1486: words that a side lacks came out at -20; all on one side was an error."""
    rows = [("الحرب في المدينة", "a"), ("السلام في المدينة", "b")] * 20
    passages = _as_passages([text for text, _ in rows])
    table = passages.table.assign(outlet=[outlet for _, outlet in rows])
    dtm = st.count_terms(Passages(table), st.ArabicAnalyzer(conflation="none"), max_df=1.0)
    words = st.keyness(dtm, "a", "b").table
    assert np.isfinite(words[["log_odds", "z"]]).all(axis=None)
    with pytest.raises(InputError, match="Nothing is left to compare"):
        st.keyness(dtm, ["a", "b"])
