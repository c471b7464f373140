"""Results in a notebook: right to left, and hostile text stays text."""

import pandas as pd
import pytest

import syriatopics as st
from syriatopics.results import Result

HOSTILE = [
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "]]>",
    "\"'><b onclick='x'>",
    '<a href="file:' + '//x">',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_tables_and_notes(text):
    table = pd.DataFrame({text: [text]})
    html = Result(table=table, notes=(text,))._repr_html_()
    for tag in ("<script", "<img", "<b ", "<a ", "</style"):
        assert tag not in html
    assert st.show(table)._repr_html_().count("&lt;") >= text.count("<")


def test_hostile_articles_stay_text_in_a_notebook(tmp_path):
    rows = [{"title": t, "text": f"قال الوزير {t} في دمشق اليوم إن الاتفاق قريب"} for t in HOSTILE]
    pd.DataFrame(rows).to_csv(tmp_path / "a.csv", index=False)
    corpus = st.read_corpus(tmp_path / "a.csv")
    passages = corpus.passages()
    pages = [corpus, passages, corpus.date_audit(), corpus.summary(), st.naming(passages)]
    for page in pages:
        html = page._repr_html_()
        for tag in ("<script", "<img", "<b onclick", "<a href"):
            assert tag not in html, type(page).__name__


def test_cells_find_their_own_direction():
    html = Result(table=pd.DataFrame({"outlet": ["أمد"], "n": [3]}))._repr_html_()
    assert 'dir="auto"' in html


def test_a_printed_result_shows_its_table_and_its_notes_and_no_array():
    topics = st.NMF(n_topics=3).fit(st.load_seeds())
    printed = repr(topics)
    assert printed.startswith("<FittedTopics: 3 rows>") and topics.table["words"][0][:8] in printed
    assert all(f"- {note}" in printed for note in topics.notes)
    assert "array(" not in printed and "theta" not in printed and len(printed) < 2_000


def test_every_result_is_printed_by_the_one_form():
    def below(kind):
        for child in kind.__subclasses__():
            yield child
            yield from below(child)

    # What is imported by now; a class with a form of its own would say so here.
    kinds = list(below(Result))
    assert kinds and all(kind.__repr__ is Result.__repr__ for kind in kinds)
