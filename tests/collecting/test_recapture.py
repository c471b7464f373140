"""Capture and recapture on planted losses: the interval holds, and what it rests on is tested."""

import numpy as np
import pandas as pd
import pytest

from syriatopics.collecting.recapture import recapture


def draw(rng, kind):
    """Return whether the interval of one drawn outlet holds, and whether it is doubted."""
    n = int(rng.integers(300, 3000))
    month = rng.integers(0, 12, n)
    p, q = rng.uniform(0.3, 0.9, 2)
    monthly, hidden = rng.uniform(0.2, 0.95, 12)[month], np.where(rng.random(n) < 0.5, 0.85, 0.35)
    third = rng.random(n) < 0.6
    a, b = {
        "independent": (rng.random(n) < p, rng.random(n) < q),
        "one is uneven": (rng.random(n) < monthly, rng.random(n) < q),
        "a part": (None, rng.random(n) < q),
        "months": (rng.random(n) < monthly, rng.random(n) < monthly),
        "hidden": (rng.random(n) < hidden, rng.random(n) < hidden),
    }[kind]
    a = b & (rng.random(n) < p) if a is None else a
    seen = a | b | (third if kind == "hidden" else False)
    found = recapture(
        pd.Series(a[seen]), pd.Series(b[seen]), pd.Series(month[seen].astype(str)),
        pd.Series(third[seen]) if kind == "hidden" else None,
    )  # fmt: skip
    return found.low <= (~(a | b)).sum() <= found.high, bool(found.doubt)


def rates(kind, n, seed):
    rng = np.random.default_rng(seed)
    return np.mean([draw(rng, kind) for _ in range(n)], axis=0)


@pytest.mark.parametrize("kind", ["independent", "one is uneven"])
def test_the_interval_holds_where_sources_are_independent(kind):
    holds, doubted = rates(kind, 100, seed=5)
    assert holds >= 0.9 and doubted <= 0.12


@pytest.mark.parametrize("kind", ["a part", "months", "hidden"])
def test_dependence_is_flagged(kind):
    assert rates(kind, 60, seed=6)[1] >= 0.9


def test_months_are_counted_apart_where_both_are_uneven():
    assert rates("months", 60, seed=7)[0] >= 0.85


@pytest.mark.slow
@pytest.mark.parametrize("seed", [11, 12])
def test_both_rates_in_five_hundred_draws(seed):
    assert rates("independent", 500, seed)[0] >= 0.9
    for kind in ("a part", "months", "hidden"):
        assert rates(kind, 500, seed)[1] >= 0.9, kind


def test_too_little_is_said():
    none = pd.Series([True] * 9 + [False] * 9)
    found = recapture(none, ~none, pd.Series("2018-01", index=none.index))
    assert np.isnan(found.missed) and "too few" in found.doubt
