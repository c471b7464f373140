"""A sentence by rule: its numbers are those of the result, in either language, whatever names hold."""

import dataclasses
import re

import pandas as pd
import pytest

import syriatopics as st
from syriatopics.corpus.seeds import course_folder
from syriatopics.errors import InputError
from syriatopics.study.findings import Finding, finding


@pytest.fixture(scope="module")
def scores():
    return st.score_themes(st.read_corpus(course_folder() / "articles.csv").passages())


@pytest.fixture(scope="module")
def contrasts(scores):
    return st.contrasts(scores, production="own")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_largest_sure_difference_with_its_basis(contrasts, language):
    row = contrasts.table.set_index("theme").loc["humanitarian"]
    said = finding(contrasts, language, {"humanitarian": "aid"})
    for number in (row["difference"], row["low"], row["high"]):
        assert f"{number:.3f}" in said
    assert "aid" in said and "q < 0.001" in said and "100 + 100" in said
    assert said.index(row["a"]) < said.index(row["b"]) or language == "ar"


def test_to_swap_the_outlets_changes_no_word(contrasts):
    table = contrasts.table
    swapped = table.rename(
        columns={"a": "b", "b": "a", "low": "high", "high": "low", "n_a": "n_b", "n_b": "n_a"}
    )
    swapped[["difference", "low", "high"]] *= -1
    assert finding(dataclasses.replace(contrasts, table=swapped), "en") == finding(contrasts, "en")


def test_what_is_not_sure_is_not_told(contrasts):
    none = dataclasses.replace(contrasts, table=contrasts.table.assign(q=0.5))
    assert "No difference is sure" in finding(none, "en")
    untested = dataclasses.replace(contrasts, table=contrasts.table.assign(q=float("nan")))
    assert "0 were tested, 9 could not be" in finding(untested, "en")
    assert "9" in finding(untested, "ar")


def test_breaks_topics_and_a_corpus(scores):
    breaks = st.changepoints(scores, random_state=7)
    assert f"{breaks.table['date'].iloc[0]:%Y-%m-%d}" in finding(breaks, "ar")
    few = st.changepoints(st.score_themes(st.load_seeds().passages()), production="all")
    assert finding(few, "en").startswith("No break is sure")
    topics = st.NMF(n_topics=3, random_state=7).fit(st.count_terms(scores.passages))
    assert finding(topics, "en").startswith("3 topics in 1,200 passages")
    assert "200" in finding(st.read_corpus(course_folder() / "articles.csv"), "ar")


def test_names_are_hostile():
    shown = Finding({"en": "<script>alert(1)</script>"})._repr_html_()
    assert "<script>" not in shown
    corpus = st.load_seeds()
    assert re.search(r"\n", finding(corpus, "en")) is None
    with pytest.raises(InputError, match="no rule that says what DataFrame found"):
        finding(pd.DataFrame(), "en")


def test_agreement_of_nobody_and_of_two(tmp_path):
    corpus = st.load_seeds()
    task = st.coding_task(corpus, tmp_path / "c", n=10, random_state=1)
    assert finding(st.agreement(task.codings()), "en") == "Nobody has coded passages twice yet."
    for coder in ("one", "two"):
        for number, passage in enumerate(task.sample["passage_id"]):
            task.log(coder).record(passage, ("humanitarian",) if number % 2 else ())
    assert "α = 1.00" in finding(st.agreement(task.codings()), "ar")
