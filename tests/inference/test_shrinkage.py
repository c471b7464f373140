import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some

import syriatopics as st
from syriatopics.inference.differences import correlation
from syriatopics.inference.resampling import estimate
from syriatopics.inference.shrinkage import shrunk
from tests.making import scored

counts = some.lists(
    some.integers(5, 400).flatmap(lambda n: some.tuples(some.integers(0, n), some.just(n))),
    min_size=3, max_size=8,
)  # fmt: skip


def outlets(held):
    return [estimate((np.arange(n) < k).astype(float)[:, None]) for k, n in held]


@settings(max_examples=40, deadline=None)
@given(counts)
def test_shares_stay_between_limits_and_between_those_of_all(held):
    found = outlets(held)
    pooled = shrunk(found)
    raw = np.array([one.mean[0] for one in found])
    assert np.all((pooled.low >= 0) & (pooled.low < pooled.high) & (pooled.high <= 1))
    assert np.all((pooled.low <= pooled.share) & (pooled.share <= pooled.high))
    assert np.all((pooled.drawn > 0) & (pooled.drawn < 1))
    # Half an article or so is added, as the middle of all is not known: no further out than that.
    slack = 2 / min(n for _, n in held) + 0.02
    assert np.all(
        (pooled.share[:, 0] > raw.min() - slack) & (pooled.share[:, 0] < raw.max() + slack)
    )


@settings(max_examples=25, deadline=None)
@given(counts, some.randoms(use_true_random=False))
def test_the_order_of_groups_is_of_no_matter(held, rng):
    order = list(range(len(held)))
    rng.shuffle(order)
    one, other = shrunk(outlets(held)), shrunk(outlets([held[n] for n in order]))
    assert np.allclose(one.share[order], other.share) and np.allclose(one.low[order], other.low)


def test_the_complement_of_a_theme_mirrors_it():
    held = [(3, 10), (40, 200), (9, 90), (100, 300)]
    one, other = shrunk(outlets(held)), shrunk(outlets([(n - k, n) for k, n in held]))
    assert np.allclose(one.share, 1 - other.share, atol=2e-3)
    assert np.allclose(one.low, 1 - other.high, atol=4e-3)


def test_the_fewer_the_articles_the_further_a_share_is_drawn():
    pooled = shrunk(outlets([(6, 10), (18, 30), (60, 100), (360, 600), (50, 500), (40, 400)]))
    assert np.all(np.diff(pooled.drawn[:4, 0]) < 0)
    assert pooled.share[0, 0] < pooled.share[1, 0] < pooled.share[2, 0] < 0.6


def test_equal_outlets_keep_an_interval():
    """A width that is estimated as nought must not be taken for none at all."""
    pooled = shrunk(outlets([(20, 100)] * 4))
    assert np.all((pooled.high - pooled.low > 0.05) & (pooled.high - pooled.low < 0.15))


def test_a_theme_that_is_seen_nowhere_may_be_as_large_as_chance_hides():
    """Three in all articles together would be missed in one corpus of twenty."""
    assert np.all(shrunk(outlets([(0, 100)] * 4)).high > 3 / 400)


def test_limits_hold_on_average_and_plain_ones_are_wider():
    rng = np.random.default_rng(7)
    hits, width, alone = [], [], []
    for _ in range(120):
        odds = -2 + 0.4 * rng.standard_normal(6)
        share = 1 / (1 + np.exp(-odds))
        found = [
            estimate((rng.random(n) < p).astype(float)[:, None])
            for n, p in zip((12, 20, 40, 90, 200, 500), share, strict=True)
        ]
        pooled = shrunk(found)
        hits += list((pooled.low[:, 0] <= share) & (share <= pooled.high[:, 0]))
        width.append(pooled.high[:3] - pooled.low[:3])
        alone += [st.inference.intervals.interval(one) for one in found[:3]]
    assert 0.92 <= np.mean(hits) <= 0.98
    assert np.mean(width) < 0.75 * np.mean([high - low for low, high in alone])


def test_a_difference_mirrors_and_shares_of_one_week_make_it_sharper():
    found = outlets([(3, 10), (40, 200), (9, 90), (100, 300)])
    pooled = shrunk(found)
    none = correlation(found[0], found[1])
    one, other = pooled.difference(0, 1, none), pooled.difference(1, 0, none)
    assert np.allclose(one.low, -other.high) and np.isnan(one.p).all()
    alike = pooled.difference(0, 1, np.array([0.9]))
    assert alike.high - alike.low < one.high - one.low


def small_and_large():
    shares = {f"o{n}": (0.2 + 0.02 * n, 0.1) for n in range(5)}
    return scored(shares | {"tiny": (0.8, 0.1)}, n=lambda outlet: 10 if outlet == "tiny" else 90)


def test_prevalence_says_what_was_drawn_and_how_far():
    plain, pooled = (st.prevalence(small_and_large(), pool=on) for on in (False, True))
    assert "unpooled" not in plain.table and plain.table["low"].isna().sum() == 2
    tiny = pooled.table.query("outlet == 'tiny' and theme == 'humanitarian'").iloc[0]
    raw = plain.table.query("outlet == 'tiny' and theme == 'humanitarian'").iloc[0]
    assert tiny["unpooled"] == raw["share"] and 0.2 < tiny["share"] < raw["share"]
    assert tiny["low"] < tiny["share"] < tiny["high"] and tiny["note"] == ""
    (said,) = [note for note in pooled.notes if note.startswith("Drawn furthest")]
    assert "tiny (10 articles), humanitarian from" in said
    assert any(note.startswith("Unlike the others: tiny (humanitarian)") for note in pooled.notes)


def test_contrasts_of_pooled_shares_leave_p_as_it_is():
    scores = small_and_large()
    plain, pooled = (st.contrasts(scores, production="own", pool=on).table for on in (False, True))
    assert plain["p"].equals(pooled["p"]) and plain["difference"].equals(pooled["unpooled"])
    tiny = pooled.query("b == 'tiny'")
    assert tiny["low"].notna().all() and tiny["p"].isna().all()
    assert tiny["note"].str.startswith("no p: tiny: 10 articles").all()
    assert (tiny["difference"].abs() < tiny["unpooled"].abs())[
        tiny["theme"] == "humanitarian"
    ].all()


def test_periods_are_pooled_each_by_itself():
    scores = small_and_large()
    half = np.where(scores.passages.table["article_id"].str[-1].isin(list("01234")), "x", "y")
    table = scores.passages.table.assign(half=half)
    both = type(scores)(table=scores.table, passages=type(scores.passages)(table))
    found = st.prevalence(both, by=["outlet", "half"], pool=True).table.query("half == 'x'")
    alone = st.prevalence(both.where(half == "x"), pool=True).table
    assert np.allclose(found["share"], alone["share"])


def test_two_outlets_are_not_pooled_and_it_is_said():
    found = st.prevalence(scored({"a": (0.3, 0.1), "b": (0.1, 0.1)}, n=30), pool=True)
    assert any(note.startswith("Nothing is pooled: 3 groups") for note in found.notes)
    assert (found.table["drawn"] == 0).all() and found.table["low"].notna().all()
