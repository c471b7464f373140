"""One registry: every scorer by name or as an object, of passages, a corpus or a store."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.errors import InputError
from syriatopics.scorers import NAMES, CodedTopics, Lexicon, Scored, Table, digest_of
from syriatopics.testing import check_scorer


@dataclass(frozen=True)
class Longest:
    """A scorer of a user's own: long passages."""

    name: str = "longest"
    threshold: float = 0.5
    fault: str = ""

    def score(self, passages, themes):
        values = np.array([[min(len(text) / 1000, 1.0)] for text in passages.texts]).reshape(-1, 1)
        if self.fault == "range":
            values = values + 1
        if self.fault == "rows":
            values = values[1:]
        if self.fault == "order" and len(values):
            values = np.sort(values, axis=0)
        if self.fault == "integers":
            values = values.astype(int)
        return Scored(values, ["a", "a"][: 2 if self.fault == "labels" else 1], [])


def test_a_scorer_of_ones_own_is_as_good_as_any(seeds):
    assert check_scorer(Longest()).labels == ["a"]
    scores = st.score_themes(seeds, Longest())
    assert (
        scores.method == "longest"
        and st.prevalence(scores, production="all").table["share"].notna().all()
    )


@pytest.mark.parametrize(
    ("fault", "match"),
    [("range", "outside"), ("rows", "values for"), ("order", "order"), ("integers", "fraction"), ("labels", "twice")],
)  # fmt: skip
def test_a_scorer_that_breaks_the_contract_is_told_how(fault, match):
    with pytest.raises(AssertionError, match=match):
        check_scorer(Longest(fault=fault))


def test_names_and_objects_that_are_none(passages):
    with pytest.raises(InputError, match=r"Method 'magic' is not known. Methods: .*lexicon"):
        st.score_themes(passages, "magic")
    with pytest.raises(InputError, match="scorers.Table"):
        st.score_themes(passages, "table")
    with pytest.raises(InputError, match="int is no scorer"):
        st.score_themes(passages, 3)
    with pytest.raises(InputError, match="list cannot be scored"):
        st.score_themes([1], "lexicon")
    assert "lexicon" in NAMES


def test_a_corpus_is_its_passages(seeds):
    one, two = st.score_themes(seeds), st.score_themes(seeds.passages(), Lexicon())
    pd.testing.assert_frame_equal(one.table, two.table)


def test_topics_with_their_codebook(passages):
    topics = st.NMF(n_topics=3).fit(passages)
    codebook = st.code_topics(topics, {0: "aid", 1: "aid"}, coder="RA", date="2026-01-31")
    scorer = CodedTopics(topics, codebook)
    assert check_scorer(scorer, passages).labels == ["aid"]
    found = st.score_themes(passages, scorer).table["aid"]
    pd.testing.assert_series_equal(found, st.theme_shares(topics, codebook).table["aid"])
    few = passages.where(np.arange(len(passages)) < 5)
    new = few.table.assign(text=[f"{text} سوريا" for text in few.table["text"]])
    other = st.score_themes(type(passages)(new, few.unit), scorer).table["aid"]
    assert other.between(0, 1).all()


def test_the_same_scorer_has_the_same_digest(passages):
    table = pd.DataFrame({"passage_id": passages.table["passage_id"], "aid": 0.5})
    assert digest_of(Table(table)) == digest_of(Table(table.copy()))
    assert digest_of(Table(table)) != digest_of(Table(table.assign(aid=0.4)))


def test_scorers_of_ones_own_are_choices_of_a_multiverse(seeds):
    found = st.multiverse(
        seeds, "humanitarian", "noonpost", "alhal", n_jobs=1, n_permutations=0,
        choices={"model": "lexicon", "unit": "paragraph", "production": "all"},
        scorers={"again": Lexicon()},
    )  # fmt: skip
    assert sorted(found.table["model"]) == ["lexicon", "own:again"]
    assert found.table["estimate"].nunique() == 1
    with pytest.raises(InputError, match="No scorer 'own:other'"):
        st.multiverse(seeds, "humanitarian", "noonpost", "alhal", choices={"model": "own:other"})
