import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from syriatopics.order import compared, largest, ranked, settled

# Shares with few decimals, so that there are ties; and noise as kernels leave it.
shares = arrays(np.float64, (4, 6), elements=some.integers(0, 50).map(lambda n: n / 50))
noise = arrays(np.float64, (4, 6), elements=some.floats(-1e-13, 1e-13))


@given(shares, noise)
def test_noise_of_a_processor_changes_no_order(values, off):
    assert np.array_equal(ranked(values), ranked(values + off))
    assert np.array_equal(largest(values), largest(values + off))


@given(shares)
def test_the_first_in_rank_is_the_largest_and_ties_go_to_the_first(values):
    assert np.array_equal(ranked(values)[:, 0], largest(values))
    assert np.array_equal(largest(values), values.argmax(axis=-1))


def test_no_minus_zero_and_nothing_lost():
    assert not np.signbit(settled([-1e-15, 0.0])).any()
    assert np.isnan(settled([np.nan]))[0] and np.isneginf(settled([-np.inf]))[0]


def test_columns_are_sorted_as_they_are_compared():
    table = pd.DataFrame({"z": [0.1 + 0.2, 0.3, 0.5], "term": ["b", "a", "c"]})
    order = table.sort_values(["z", "term"], ascending=[False, True], key=compared)["term"]
    assert order.tolist() == ["c", "a", "b"]
