import numpy as np
import pandas as pd
import pytest

from syriatopics.errors import InputError
from syriatopics.inference import krippendorff_alpha, per_label
from syriatopics.inference.intervals import interval, wilson
from syriatopics.inference.prevalence import share_rows
from syriatopics.inference.ratios import ratio
from syriatopics.inference.resampling import draws, estimate


def bursts(share, n, seed, phi=1.2):
    """Shares of articles that come in bursts: most have none of the theme, some are full of it."""
    rng = np.random.default_rng(seed)
    passages = 1 + rng.poisson(6, n)
    return rng.binomial(passages, rng.beta(share * phi, (1 - share) * phi, n)) / passages


@pytest.mark.parametrize(("share", "n"), [(0.1, 30), (0.3, 30), (0.3, 80), (0.5, 15)])
def test_the_interval_covers_what_it_says(share, n):
    hits = 0
    for seed in range(400):
        low, high = interval(estimate(bursts(share, n, seed)[:, None]))
        hits += bool(low[0] <= share <= high[0])
    assert 0.92 <= hits / 400 <= 0.995


def test_intervals_hold_the_estimate_and_stay_in_bounds():
    rng = np.random.default_rng(1)
    found = estimate(rng.random((40, 3)).round(1))
    low, high = interval(found)
    assert (low >= 0).all() and (low <= found.mean).all()
    assert (found.mean <= high).all() and (high <= 1).all()


def test_a_theme_that_never_occurs_may_still_exist():
    low, high = interval(estimate(np.zeros((40, 1))))
    assert low[0] == 0 and 0.05 < high[0] < 0.15


def test_blocks_widen_what_they_repeat():
    values = np.repeat(np.random.default_rng(0).random((20, 1)).round(), 5, axis=0)
    narrow, wide = estimate(values), estimate(values, block=np.repeat(np.arange(20), 5))
    assert wide.mean == pytest.approx(narrow.mean)
    assert 2 < wide.error[0] / narrow.error[0] < 2.5  # sqrt(5)


@pytest.mark.parametrize("concentration", [3, 30])
def test_dense_shares_of_few_articles_are_as_wide_as_they_are(concentration):
    """Shares of topics in fifteen articles: no article holds nothing of one, so that a t would do."""
    rng, hits, ratios = np.random.default_rng(3), 0, []
    for _ in range(300):
        values = rng.dirichlet(np.full(12, concentration / 12), 15)[:, :1]
        low, high = interval(estimate(values))
        hits += bool(low[0] <= 1 / 12 <= high[0])
        ratios.append((high[0] - low[0]) / (2 * 2.145 * values.std(ddof=1) / np.sqrt(15)))
    assert 0.88 < hits / 300 < 0.985
    assert np.mean(ratios) < 1.2


def test_chunks_change_nothing():
    whole, cut = (np.concatenate(list(draws(50, 100, 0, chunk=c))) for c in (10**6, 50))
    assert np.array_equal(whole, cut)
    assert sum(len(w) for w in draws(7, 33, 0, chunk=20)) == 33


def test_ratio_of_mentions():
    rows = pd.DataFrame(
        {
            "article_id": [f"a{n // 3}" for n in range(90)],
            "label": np.where(np.arange(90) % 3 == 0, "regime", "government"),
        }
    ).assign(block=lambda t: t["article_id"], words=2)
    found = ratio(rows, "label", ["government", "regime", "never"], weight="words")
    assert found.mean.tolist() == pytest.approx([2 / 3, 1 / 3, 0]) and found.n == 30
    cells = share_rows(found, 90)
    assert cells[0]["low"] < 2 / 3 < cells[0]["high"] and cells[2]["low"] == 0 < cells[2]["high"]


def test_alpha_of_published_data():
    """Krippendorff's own example with missing values: nominal alpha .743."""
    nan = np.nan
    coders = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, nan, nan, nan],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, nan, 3],
        [nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, nan],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, nan],
    ]
    assert krippendorff_alpha(np.array(coders).T) == pytest.approx(0.743, abs=0.0005)


def test_alpha_without_anything_to_tell():
    assert np.isnan(krippendorff_alpha(np.ones((5, 2))))
    assert np.isnan(krippendorff_alpha(np.array([[1.0, np.nan]])))
    with pytest.raises(InputError, match="two are needed"):
        krippendorff_alpha(np.ones(3))


def test_figures_per_label():
    coded = pd.DataFrame({"often": [True] * 40 + [False] * 40, "rare": [True] * 3 + [False] * 77})
    said = coded.copy()
    said.iloc[:10, 0] = False
    table = per_label(said, coded).set_index("label")
    assert table.loc["often", "recall"] == 0.75 and table.loc["often", "precision"] == 1
    assert table.loc["often", "note"] == "" and table.loc["rare", "note"].startswith(
        "not assessable"
    )
    weighted = per_label(said, coded, np.r_[np.zeros(10), np.ones(70)]).set_index("label")
    assert weighted.loc["often", "recall"] == 1


@pytest.mark.parametrize("share", [-0.3, -0.012, 1.0001, 1.2])
def test_a_share_that_leaves_its_bounds_has_an_interval(share):
    """Shares put right by codings can leave [0, 1]: the root was that of a negative number."""
    low, high = wilson(np.array([share]), np.array([91.0]), 2.0)
    nearest = float(np.clip(share, 0, 1))
    assert 0 <= low[0] <= nearest <= high[0] + 1e-12 and high[0] - low[0] > 0.02
