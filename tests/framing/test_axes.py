import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.corpus import Passages
from syriatopics.errors import InputError, TooSmallError
from syriatopics.framing import frame_axis, word_vectors
from syriatopics.matrix import _as_passages

AID = [f"مساعد{c}" for c in "بتثجحخدذر"]
WAR = [f"معرك{c}" for c in "بتثجحخدذر"]


@pytest.fixture(scope="module")
def planted():
    """Passages of two subjects; `first` writes more of the one, `second` of the other."""
    rng = np.random.default_rng(0)
    rows = []
    for outlet, share in (("first", 0.8), ("second", 0.2)):
        for k in range(40):
            words = AID if rng.random() < share else WAR
            rows += [(f"{outlet}{k}", outlet, " ".join(rng.choice(words, 6))) for _ in range(3)]
    table = _as_passages([row[2] for row in rows]).table
    table["article_id"], table["outlet"] = [r[0] for r in rows], [r[1] for r in rows]
    return st.count_terms(Passages(table), st.ArabicAnalyzer(conflation="none"), max_df=1.0)


def test_two_seed_words_part_the_subjects(planted):
    vectors = word_vectors(planted, 6)
    result = frame_axis(planted, [AID[0]], [WAR[0]], vectors=vectors)
    table = result.table.set_index("outlet")
    assert table.loc["first", "low"] > 0 > table.loc["second", "high"]
    top = result.words["term"].head(9)
    assert set(top) == set(AID)
    assert "below 5,000" in result.notes[0]
    assert result.plot() is not None


def test_swapping_the_poles_flips_the_bias(planted):
    vectors = word_vectors(planted, 6)
    one = frame_axis(planted, [AID[0]], [WAR[0]], vectors=vectors)
    two = frame_axis(planted, [WAR[0]], [AID[0]], vectors=vectors)
    assert np.allclose(one.passages["bias"], -two.passages["bias"])
    assert np.allclose(one.table["intensity"], two.table["intensity"])


def test_vectors_are_the_same_every_time(planted):
    pd.testing.assert_frame_equal(word_vectors(planted, 6), word_vectors(planted, 6))


def test_bad_seeds_and_small_corpora(planted):
    vectors = word_vectors(planted, 6)
    with pytest.raises(InputError, match="None of the seed words 'زهرة'"):
        frame_axis(planted, ["زهرة"], [WAR[0]], vectors=vectors)
    result = frame_axis(planted, [AID[0], "زهرة"], [WAR[0]], vectors=vectors)
    assert any("does not hold: زهرة" in note for note in result.notes)
    with pytest.raises(TooSmallError, match="no 100 dimensions"):
        frame_axis(planted, [AID[0]], [WAR[0]])
