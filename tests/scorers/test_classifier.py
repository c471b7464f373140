"""The classifier: learnt from codings, validated by article, with the lexicon where it learnt nothing."""

import numpy as np
import pandas as pd
import pytest
from four_kinds import AID, REST, codings_of, texts
from making import make

import syriatopics as st
from syriatopics.errors import InputError, TooSmallError
from syriatopics.scorers import Classifier
from syriatopics.scorers.classifier import folds
from syriatopics.testing import check_scorer


@pytest.fixture(scope="module")
def coded(tmp_path_factory):
    return codings_of(*texts(160), tmp_path_factory.mktemp("codes") / "codes.csv")


@pytest.fixture(scope="module")
def trained(coded):
    return Classifier(coded).train()


def test_it_learns_and_is_validated_by_article(coded, trained):
    assert trained.learnt == ["humanitarian", "political_transition", "military_security"]
    assert "sanctions_economy (0)" in trained.notes[1]
    table = trained.validate().set_index("label")
    assert (table.loc[trained.learnt, "f1"] > 0.9).all()
    said, kinds = texts(80, seed=5)
    scores = st.score_themes(make(*said), "classifier", coded=coded)
    p = scores.table["humanitarian"].to_numpy()
    assert ((p >= 0) & (p <= 1)).all() and p[kinds == "humanitarian"].mean() > 0.8
    # calibrated: what is given 70 % or more comes true about so often
    assert abs(p.mean() - (kinds == "humanitarian").mean()) < 0.1


def test_what_was_not_learnt_is_left_to_the_lexicon(trained):
    passages = make("فرضت العقوبات الأميركية على المصرف المركزي في دمشق", REST)
    scores = st.score_themes(passages, trained)
    lexicon = st.score_themes(passages, "lexicon")
    assert scores.table["sanctions_economy"].tolist() == lexicon.table["sanctions_economy"].tolist()
    assert scores.assigned["sanctions_economy"].tolist() == [True, False]


def test_it_keeps_the_contract(trained):
    assert check_scorer(trained).n_missing == 0


def test_passages_of_one_article_are_never_parted(coded):
    article = coded.decided()["article_id"].to_numpy()
    for train, test in folds(coded, 0):
        assert not set(article[train]) & set(article[test])


def test_the_order_of_the_codings_does_not_matter(coded, trained, tmp_path):
    rows = coded.decided().reset_index().assign(themes=list(coded.table["themes"]))
    rows.sample(frac=1, random_state=3).to_csv(tmp_path / "other.csv", index=False)
    again = Classifier(st.validation.read_codings(tmp_path / "other.csv")).train()
    said, _ = texts(20, seed=8)
    assert np.array_equal(again.predict(said), trained.predict(said))


def test_learning_curve(trained):
    curve = trained.learning_curve(sizes=(40, 90))
    assert sorted(set(curve["n"]))[:2] == [40, 90]
    assert set(curve["theme"]) == {*trained.labels, "macro", "more"}


def test_too_few_codes(coded):
    with pytest.raises(TooSmallError, match="No theme has 5 coded passages"):
        Classifier(coded.take(np.arange(12))).train()
    with pytest.raises(InputError, match="coded passages"):
        st.score_themes(make(AID), "classifier")


def test_one_coder_can_be_learnt_from(coded):
    other = coded.table.assign(coder="two", themes="")
    both = st.inference.Codings(
        table=pd.concat([coded.table, other.head(20)], ignore_index=True),
        sample=coded.sample, themes=coded.themes, labels=coded.labels,
    )  # fmt: skip
    alone = Classifier(both, coder="coder").train()
    said, _ = texts(10, seed=2)
    assert np.array_equal(alone.predict(said), Classifier(coded).train().predict(said))
