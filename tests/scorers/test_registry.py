"""One registry: every scorer by name or as an object, of passages, a corpus or a store."""

import ast
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.errors import InputError
from syriatopics.scorers import NAMES, CodedTopics, Lexicon, Scored, Table, digest_of, scorer_of
from syriatopics.scorers.registry import checked
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


def test_the_lexicon_and_a_table_keep_the_contract(passages):
    """The others are held to it in their own files."""
    labels = pd.DataFrame({"passage_id": passages.table["passage_id"], "aid": 0.5})
    for scorer, n in ((Lexicon(), 9), (Table(labels), 1), (Table(labels.iloc[5:]), 1)):
        found = check_scorer(scorer, passages)
        assert len(found.labels) == n and found.n_missing in (0, 5)


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


def test_the_registry_is_the_only_place_that_knows_scorers():
    """No module outside names one, by a string or by its class: what is new is one file and one entry."""
    root = Path(st.__file__).parent
    classes = {type(scorer_of(name)).__name__ for name in ("lexicon", "keywords", "taught")}
    classes |= {"Classifier", "ZeroShot", "LanguageModel", "CodedTopics"}
    # The command `lexicon` and a section of the report only bear such names.
    passed = {
        ("cli/__init__.py", "lexicon"),
        ("cli/lexicon.py", "lexicon"),
        ("report/sections/keyness.py", "keywords"),
        ("cli/scale.py", "Table"),
    }
    found = set()
    for path in sorted(root.rglob("*.py")):
        name = path.relative_to(root).as_posix()
        if name.startswith("scorers/"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and node.value in set(NAMES) - {"table"}:
                found.add((name, node.value))
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
                "syriatopics.scorers"
            ):
                found |= {(name, alias.name) for alias in node.names if alias.name in classes}
    assert found <= passed, found - passed


def test_options_of_a_file_are_checked():
    assert checked("keywords", {"n_other": 4}) == {"n_other": 4}
    assert scorer_of("keywords", n_other=4).n_other == 4
    assert scorer_of("table", table="a.csv", threshold=0.2).threshold == 0.2
    with pytest.raises(InputError, match=r"has no option 'coder'. Options: "):
        scorer_of("keywords", coder="a")
    with pytest.raises(InputError, match=r"scorers.CodedTopics"):
        checked("topics", {})
