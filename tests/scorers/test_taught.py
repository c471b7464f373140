"""Scorers that need no codings: the lexicon teaches an encoder; definitions alone."""

import numpy as np
import pytest
from four_kinds import texts
from making import make

import syriatopics as st
from syriatopics.errors import TooSmallError
from syriatopics.scorers import Classifier, Taught, ZeroShot
from syriatopics.testing import check_scorer

# Words of aid that the lexicon does not know, as every corpus has some of its own.
HIDDEN = {
    "مساعدات": "صناديق",
    "إنسانية": "كبيرة",
    "النازحين": "الحاضرين",
    "قافلة": "سيارات",
    "حصار": "انتظار",
}


@pytest.fixture(scope="module")
def planted():
    """Passages of four kinds; of aid, some in words of the lexicon, some in others beside the same ones."""
    said, kinds = texts(400, seed=4)
    rng = np.random.default_rng(0)
    hidden = (kinds == "humanitarian") & (rng.random(400) < 0.3)
    said = [
        " ".join(HIDDEN.get(w, w) for w in text.split()) if h else text
        for text, h in zip(said, hidden, strict=True)
    ]
    return make(*[(f"a{n:03d}", "x", text) for n, text in enumerate(said)]), kinds, hidden


def test_taught_finds_what_the_lexicon_has_no_word_for(planted):
    passages, kinds, hidden = planted
    lexicon = st.score_themes(passages).table["humanitarian"].to_numpy()
    taught = st.score_themes(passages, "taught")
    values = taught.table["humanitarian"].to_numpy()
    other = kinds != "humanitarian"
    silent = hidden & (lexicon == 0)
    assert silent.sum() > 20
    # Of the passages in which the lexicon is silent, those of aid now stand above the others.
    assert np.median(values[silent]) > np.quantile(values[other], 0.9)
    assert any("'lsa'" in note for note in taught.notes)


def test_as_many_are_assigned_as_by_the_lexicon(planted):
    passages, _, _ = planted
    one, two = (
        st.score_themes(passages, m).assigned["military_security"].sum()
        for m in ("lexicon", "taught")
    )
    assert abs(one - two) <= 0.05 * one


@pytest.mark.parametrize("scorer", [Taught(), ZeroShot()])
def test_they_keep_the_contract(scorer, planted, passages):
    check_scorer(scorer, planted[0])
    check_scorer(scorer, passages)


def test_too_little_to_learn_from_is_left_to_the_lexicon(passages):
    few = passages.where(np.arange(len(passages)) < 15)
    taught = st.score_themes(few, "taught")
    assert any("the lexicon decides" in note for note in taught.notes)
    assert np.array_equal(taught.table, st.score_themes(few).table)


def test_passages_without_a_word_have_no_vector(tmp_path):
    from four_kinds import codings_of

    trained = Classifier(codings_of(*texts(60), tmp_path / "c.csv"), encoder="lsa").train()
    assert trained.predict(["", " "]).shape == (2, len(trained.labels))
    with pytest.raises(TooSmallError, match="holds a term"):
        st.score_themes(make("", " "), "zero_shot")


def test_definitions_alone(passages):
    scores = st.score_themes(passages, "zero_shot")
    held = scores.assigned.mean()
    assert (held < 0.2).all() and held.max() > 0


def test_a_classifier_with_an_encoder(tmp_path):
    from four_kinds import codings_of

    coded = codings_of(*texts(120, seed=3), tmp_path / "codes.csv")
    trained = Classifier(coded, encoder="lsa").train()
    assert "with the encoder 'lsa'" in trained.notes[0]
    said, kinds = texts(60, seed=9)
    scores = st.score_themes(make(*said), "classifier", coded=coded, encoder="lsa")
    assert (scores.assigned["humanitarian"].to_numpy() == (kinds == "humanitarian")).mean() > 0.9
    assert check_scorer(trained).n_missing == 0
