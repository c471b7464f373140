"""Topics that a reader names, merges, drops and splits in the codebook."""

import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.errors import InputError, ModelError
from syriatopics.topics.codebook import Codebook
from syriatopics.topics.editing import read_edit


def book(fitted, edits=None, names=None):
    begun = st.code_topics(fitted, coder="RA", date="2026-01-31")
    table = begun.table.copy()
    for topic, edit in (edits or {}).items():
        table.loc[topic, "edit"] = edit
    for topic, (ar, en) in (names or {}).items():
        table.loc[topic, ["ar", "en"]] = [ar, en]
    return Codebook(table=table, fingerprint=begun.fingerprint)


def test_names_are_proposed_and_shown_with_their_words(fitted):
    begun = st.code_topics(fitted, coder="RA", date="2026-01-31")
    assert begun.table["ar"].str.len().gt(0).all() and begun.table["ar"].is_unique
    named = fitted.edited(book(fitted, names={1: ("مساعدات", "aid")}))
    assert named.labels.loc[1, ["ar", "en"]].tolist() == ["مساعدات", "aid"]
    words = fitted.table["words"].iloc[1].split("، ")
    assert named.scores.labels["1"].startswith("مساعدات · aid: " + words[0])
    assert named.fingerprint == fitted.fingerprint


def test_merged_topics_have_the_sum_of_their_shares(fitted):
    edited = fitted.edited(book(fitted, {2: "merge 0"}, {0: ("أ", "a"), 2: ("ب", "b")}))
    assert edited.n_topics == fitted.n_topics - 1
    name = next(t for t, label in edited.names.items() if label == ("أ", "a"))
    expected = fitted.theta[:, 0] + fitted.theta[:, 2]
    assert edited.theta[:, name] == pytest.approx(expected, nan_ok=True)
    assert ("ب", "b") not in edited.names.values()
    assert any("Topic 2 merged into 0, by hand" in note for note in edited.notes)
    again = edited.transform(fitted.dtm)
    filled = ~np.isnan(edited.theta).any(axis=1)
    assert np.abs(again[filled] - edited.theta[filled]).max() < 0.2


def test_a_dropped_topic_leaves_the_rest_as_the_whole(fitted):
    edited = fitted.edited(book(fitted, {1: "drop"}))
    assert edited.n_topics == fitted.n_topics - 1
    rows = ~np.isnan(edited.theta).any(axis=1)
    assert np.allclose(edited.theta[rows].sum(axis=1), 1)
    new = edited.transform(fitted.dtm)
    assert np.allclose(np.nansum(new, axis=1)[~np.isnan(new).any(axis=1)], 1)
    assert any("shares are of what is left" in note for note in edited.notes)


def test_a_split_topic_has_the_same_share_in_parts(fitted):
    edited = fitted.edited(book(fitted, {0: "split 2"}))
    assert edited.n_topics == fitted.n_topics + 1
    whole = fitted.table["share"].iloc[0]
    others = set(np.round(fitted.table["share"].iloc[1:], 9))
    parts = [share for share in edited.table["share"] if round(share, 9) not in others]
    assert len(parts) == 2 and sum(parts) == pytest.approx(whole)
    assert edited.table["words"].nunique() == edited.n_topics
    with pytest.raises(ModelError, match="does not say how new passages"):
        edited.transform(fitted.dtm)


@pytest.mark.parametrize("name", ["book.csv", "book.toml"])
def test_edits_survive_a_spreadsheet(fitted, tmp_path, name):
    book(fitted, {2: "merge 0", 1: "Drop"}).save(tmp_path / name)
    edited = fitted.edited(st.read_codebook(tmp_path / name))
    assert edited.n_topics == fitted.n_topics - 2


def test_a_codebook_from_before_names_and_edits_is_read(fitted, tmp_path):
    begun = book(fitted)
    old = begun.table.drop(columns=["ar", "en", "edit"])
    Codebook(table=old, fingerprint=begun.fingerprint).save(tmp_path / "old.csv")
    text = (tmp_path / "old.csv").read_text("utf-8-sig").splitlines()
    kept = pd.read_csv(tmp_path / "old.csv", dtype=str, encoding="utf-8-sig").drop(
        columns=["ar", "en", "edit"]
    )
    kept.to_csv(tmp_path / "old.csv", index=False)
    assert len(text) > 1
    assert fitted.edited(st.read_codebook(tmp_path / "old.csv")) is fitted


@pytest.mark.parametrize(
    ("edits", "message"),
    [
        ({0: "merge 9"}, "Topic 0 is merged into 9: name another"),
        ({0: "merge 0"}, "Topic 0 is merged into itself"),
        ({0: "merge 1", 1: "merge 2"}, "itself merged or dropped"),
        ({0: "merge 1", 1: "split 2"}, "which is split"),
        ({0: "drop", 1: "drop", 2: "drop", 3: "drop"}, "fewer than two topics"),
        ({0: "split 1"}, "edit 'split 1' is none of"),
        ({0: "away"}, "edit 'away' is none of: merge N"),
    ],
)
def test_what_cannot_be_done_is_named(fitted, edits, message):
    with pytest.raises(InputError, match=message):
        fitted.edited(book(fitted, edits))


def test_a_wrong_edit_is_named_with_its_place(fitted, tmp_path):
    book(fitted, {3: "fuse 1"}).save(tmp_path / "b.csv")
    with pytest.raises(InputError, match=r"b\.csv, topic 3: edit 'fuse 1' is none of"):
        st.read_codebook(tmp_path / "b.csv")


def test_a_codebook_of_another_model_is_refused(fitted, dtm):
    other = st.NMF(n_topics=4, random_state=7).fit(dtm)
    with pytest.raises(ModelError, match="code the topics of this model"):
        other.edited(book(fitted))


def test_spaces_and_capitals_of_an_edit_do_not_matter():
    assert read_edit("  Merge   12 ") == ("merge", 12)
    assert read_edit("merge\u00a0\u0661\u0663\u200f") == ("merge", 13)


def test_a_codebook_as_spreadsheets_save_it(fitted, tmp_path):
    begun = book(fitted, {2: "merge 0"})
    begun.save(tmp_path / "a.csv")
    table = pd.read_csv(tmp_path / "a.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    table.columns = [name.upper() for name in table.columns]
    table.loc[len(table)] = ""
    table["TOPIC"] = [f"{value}.0" if value else "" for value in table["TOPIC"]]
    table.to_csv(tmp_path / "b.csv", index=False, sep=";")
    assert fitted.edited(st.read_codebook(tmp_path / "b.csv")).n_topics == fitted.n_topics - 1
    table = table.iloc[:-1].assign(DATE="31/01/2026")
    table.to_csv(tmp_path / "c.csv", index=False, sep="\t")
    with pytest.raises(InputError, match=r"c\.csv, topic 0, date: '31/01/2026' is no date"):
        st.read_codebook(tmp_path / "c.csv")


def test_a_path_is_no_codebook(fitted):
    with pytest.raises(InputError, match="read_codebook"):
        fitted.edited("codebook.csv")
    with pytest.raises(InputError, match="No topic '1'"):
        fitted.passages("1")


def test_a_proposed_phrase_stands_in_the_texts(fitted):
    texts = " ".join(fitted.dtm.passages.texts)
    for name in st.code_topics(fitted, coder="RA", date="2026-01-31").table["ar"]:
        head = name.split("، ")[0]
        assert " " not in head or head in texts or head in set(fitted.dtm.display.values())
