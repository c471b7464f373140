import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import syriatopics as st
from syriatopics.errors import InputError, ModelError
from syriatopics.topics.codebook import Codebook


@pytest.fixture
def book(fitted):
    return st.code_topics(
        fitted,
        {0: "humanitarian", 2: "humanitarian", 3: "accountability"},
        coder="رنا, RA",
        date="2026-01-31",
        notes={0: '=1+1 "quoted"\nand more'},
    )


@pytest.mark.parametrize("name", ["book.csv", "book.toml"])
def test_a_codebook_comes_back_the_same(book, tmp_path, name):
    book.save(tmp_path / name)
    again = st.read_codebook(tmp_path / name)
    pd.testing.assert_frame_equal(again.table, book.table)
    assert again.fingerprint == book.fingerprint


@given(some.text(some.characters(exclude_categories=["Cs", "Cc"]), max_size=30))
@settings(max_examples=20, deadline=None)
def test_any_note_survives_both_formats(tmp_path_factory, note):
    folder = tmp_path_factory.mktemp("codebook")
    note = note.strip().lstrip("'")
    row = {"topic": 0, "theme": "x", "words": "و", "coder": "a", "date": "", "note": note}
    book = Codebook(table=pd.DataFrame([row]), fingerprint="f")
    for name in ("b.csv", "b.toml"):
        book.save(folder / name)
        assert st.read_codebook(folder / name).table["note"][0] == note


def test_theme_shares_are_sums_of_topics(fitted, book):
    shares = st.theme_shares(fitted, book)
    expected = fitted.theta[:, 0] + fitted.theta[:, 2]
    assert shares.table["humanitarian"].to_numpy() == pytest.approx(expected, nan_ok=True)
    assert any("3 of 5 topics coded by رنا, RA" in note for note in shares.notes)
    assert set(st.prevalence(shares).table["theme"]) == {"humanitarian", "accountability"}
    assert book.plot() is not None


class TwoLanguages:
    """An encoder that knows the words of topics and their English, and puts each language in a cone."""

    name = fingerprint = "two"

    def __init__(self, said):
        self.said = said

    def encode(self, texts):
        out = np.zeros((len(texts), len(self.said) + 2))
        for row, text in enumerate(texts):
            for place, (arabic, english) in enumerate(self.said):
                out[row, place] = arabic in text or english in text
            out[row, -1 if text.isascii() else -2] = 3
        return out


def test_english_that_no_lexicon_knows_is_the_nearest_name(fitted, tmp_path, monkeypatch):
    monkeypatch.setenv("SYRIATOPICS_CACHE", str(tmp_path))
    plain = st.code_topics(fitted, coder="a", date="2026-01-31").table
    lacking = plain.index[plain["en"] == ""]
    assert len(lacking) > 1
    said = [(plain.loc[t, "ar"], f"name {t}") for t in lacking]
    english = [name for _, name in reversed(said)] + ["another"]
    book = st.code_topics(
        fitted, coder="a", date="2026-01-31", notes={int(lacking[0]): "read twice"},
        encoder=TwoLanguages(said), english=english,
    ).table  # fmt: skip
    assert book.loc[lacking, "en"].tolist() == [name for _, name in said]
    assert book["note"][lacking[0]] == f"read twice; en: the nearest of {len(english)} names"
    others = plain.index.difference(lacking)
    pd.testing.assert_frame_equal(book.loc[others], plain.loc[others])
    with pytest.raises(InputError, match="No name to choose from"):
        st.code_topics(fitted, coder="a", date="2026-01-31", encoder=TwoLanguages(said), english=[])


def test_a_codebook_of_another_model_is_refused(book, dtm):
    other = st.NMF(n_topics=4, random_state=7).fit(dtm)
    with pytest.raises(ModelError, match=f"codebook is of model {book.fingerprint}"):
        st.theme_shares(other, book)


def test_what_cannot_be_coded(fitted, tmp_path, book):
    with pytest.raises(InputError, match="No topic 9"):
        st.code_topics(fitted, {9: "x"}, coder="a", date="2026-01-31")
    with pytest.raises(InputError, match="is no date; write YYYY-MM-DD"):
        st.code_topics(fitted, {0: "x"}, coder="a", date="yesterday")
    with pytest.raises(InputError, match=r"\.csv or a \.toml"):
        book.save(tmp_path / "book.xlsx")
    with pytest.raises(InputError, match="No topic of the codebook has a theme"):
        st.theme_shares(fitted, st.code_topics(fitted, {}, coder="a", date="2026-01-31"))


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.csv", "topic,theme\n0,x\n0,y\n", "topic 0 stands twice"),
        ("a.csv", "topic,theme\nzero,x\n", "'zero' is no number"),
        ("a.csv", "theme\nx\n", "'topic' is missing"),
        ("a.csv", "", "holds no topic"),
        ("a.csv", "topic,theme,model\n0,x,f\n1,y,g\n", "names several models"),
        ("a.csv", "topic,theme,date\n0,x,31.1.26\n", "is no date"),
        ("a.toml", "model = \n", "Invalid value"),
        ("a.toml", "topic = 3\n", r"under \[\[topic\]\]"),
        ("a.toml", "[[topic]]\ntopic = 1\n", "'theme' is missing"),
        ("a.txt", "x", r"\.csv or a \.toml"),
    ],
)
def test_broken_codebooks(tmp_path, name, text, message):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        st.read_codebook(tmp_path / name)
    with pytest.raises(InputError, match="No codebook at"):
        st.read_codebook(tmp_path / "nothing.csv")
