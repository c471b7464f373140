"""keyATM: finds what is planted, in any order, and is the same wherever it is asked for."""

import numpy as np
import pandas as pd
import pytest
from four_kinds import REST, texts
from making import make

import syriatopics as st
from syriatopics.errors import TooSmallError
from syriatopics.scorers import Keywords
from syriatopics.testing import check_scorer


@pytest.fixture(scope="module")
def planted():
    said, kinds = texts(200, seed=1)
    return make(*[(f"a{n}", "x", text) for n, text in enumerate(said)]), kinds


def test_keywords_find_what_is_planted(planted):
    passages, kinds = planted
    scores = st.score_themes(passages, "keywords")
    assert scores.table.to_numpy().min() >= 0 and scores.table.sum(axis=1).max() <= 1 + 1e-9
    for theme in ("humanitarian", "military_security", "political_transition"):
        assert (
            scores.table[theme][kinds == theme].mean() > 2 * scores.table[theme][kinds == ""].mean()
        )
    again = st.score_themes(passages, "keywords")
    pd.testing.assert_frame_equal(scores.table, again.table)
    assert any("No keyword occurs" in note for note in scores.notes)


def test_the_contract_and_no_words(planted):
    """Passages without a term are missing: keyATM/keyATM had errors, then dropped them unsaid."""
    assert check_scorer(Keywords(max_iter=30), planted[0]).n_missing == 0
    texts = [*planted[0].texts[:60], "…", "12"]
    scores = st.score_themes(make(*texts), Keywords(max_iter=30))
    assert scores.table.iloc[-2:].isna().all(axis=None) and not scores.table.iloc[:60].isna().any(
        axis=None
    )
    assert np.isnan(scores.weights()[-2:]).all()
    assert any("2 passages hold no term" in note for note in scores.notes)


def test_keywords_that_never_occur():
    passages = make(*[(f"a{n}", "x", REST) for n in range(20)])
    with pytest.raises(TooSmallError, match='method="lexicon"'):
        st.score_themes(passages, "keywords")


def test_the_multiverse_asks_the_same_model(planted):
    from syriatopics.matrix import count_terms
    from syriatopics.validation.multiverse.choices import Choices
    from syriatopics.validation.multiverse.scoring import Read, weigh

    passages, _ = planted
    chosen = Choices(
        model="keywords", unit="paragraph", normalisation="variants", conflation="clitics",
        n_topics=10, seed=0, production="all",
    )  # fmt: skip
    fit = chosen.specifications()[0].fit
    dtm = count_terms(passages, min_df=2, max_df=1.0)
    encoded = dtm.analyzer.vocabulary_analyzer().encode(passages.texts)
    read = Read(passages, encoded, dtm.analyzer)
    weights, _, _ = weigh(fit, read, st.load_themes(), "humanitarian", {})
    scores = st.score_themes(passages, Keywords())
    assert np.array_equal(weights, scores.table["humanitarian"].to_numpy(), equal_nan=True)
