"""Passages that were coded elsewhere: what a file may hold, and what is wrong with it."""

import json

import pandas as pd
import pytest

import syriatopics as st
from syriatopics.errors import InputError

AID = "وصلت قافلة مساعدات إنسانية إلى النازحين في المخيم بعد حصار طويل"


def write(path, rows):
    if path.suffix == ".csv":
        pd.DataFrame(rows).to_csv(path, index=False)
    else:
        path.write_text(
            "\n".join(json.dumps(r, ensure_ascii=False) for r in rows), encoding="utf-8"
        )
    return path


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_coded_passages_are_read(tmp_path, ending):
    themes = ["humanitarian", "military_security"]
    said = " ".join(themes) if ending == "csv" else themes
    rows = [{"passage_id": "p1", "article_id": "a", "text": AID, "themes": said}]
    read = st.validation.read_codings(write(tmp_path / f"codes.{ending}", rows))
    assert read.given().loc["p1", themes].all() and read.codes().sum().sum() == 2
    assert read.decided()["text"].tolist() == [AID] and len(read) == 1
    assert "no column probability" in read.notes[0]


def test_chances_and_coders_are_kept(tmp_path):
    rows = [
        {"passage_id": "p1", "article_id": "a", "text": AID, "themes": "humanitarian", "coder": c, "probability": 0.2}
        for c in ("one", "two")
    ]  # fmt: skip
    read = st.validation.read_codings(write(tmp_path / "codes.csv", rows))
    assert read.coders == ["one", "two"] and read.sample["probability"].tolist() == [0.2]
    assert read.notes == ()


@pytest.mark.parametrize(
    ("row", "match"),
    [
        ({"article_id": "a", "text": AID, "themes": ["sports"]}, r"codes.jsonl, line 1: no theme 'sports'"),
        ({"article_id": "a", "text": " ", "themes": []}, r"line 1: the passage has no text"),
        ({"article_id": "a", "themes": []}, r"no column 'text' or 'passage'"),
        ({"text": AID, "themes": []}, r"no column 'article_id'"),
        ({"article_id": "a", "text": AID, "themes": [], "probability": 0}, r"line 1: probability 0 is not in"),
        ({"article_id": "a", "text": AID, "themes": [], "probability": "x"}, r"line 1: probability 'x'"),
        ([1], r"line 1: a JSON object is needed, not list"),
    ],
)  # fmt: skip
def test_bad_codes_are_named_with_file_and_line(tmp_path, row, match):
    with pytest.raises(InputError, match=match):
        st.validation.read_codings(write(tmp_path / "codes.jsonl", [row]))


def test_a_passage_that_is_coded_twice_by_one_coder(tmp_path):
    row = {"passage_id": "p1", "article_id": "a", "text": AID, "themes": []}
    with pytest.raises(InputError, match=r"line 2: passage 'p1' stands twice"):
        st.validation.read_codings(write(tmp_path / "codes.jsonl", [row, row]))


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(InputError, match="No file of coded passages"):
        st.validation.read_codings(tmp_path / "none.csv")
    (tmp_path / "bad.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match=r"bad.jsonl: marked as utf-16"):
        st.validation.read_codings(tmp_path / "bad.jsonl")
    (tmp_path / "empty.csv").write_text("")
    with pytest.raises(InputError, match="no coded passage"):
        st.validation.read_codings(tmp_path / "empty.csv")


def test_codings_of_another_corpus(tmp_path, seeds):
    row = {"passage_id": "p1", "article_id": "a", "text": AID, "themes": []}
    with pytest.raises(InputError, match="another corpus"):
        st.validation.read_codings(write(tmp_path / "codes.jsonl", [row]), seeds)
