"""The scorers that learn: keyATM and the classifier; coded passages; triangulation."""

import json

import numpy as np
import pandas as pd
import pytest
from making import make

import syriatopics as st
from syriatopics.errors import InputError, TooSmallError
from syriatopics.framing import Coded
from syriatopics.inference import krippendorff_alpha

AID = "وصلت قافلة مساعدات إنسانية إلى النازحين في المخيم بعد حصار طويل"
WAR = "شن الطيران غارات جوية على مواقع الفصائل في المدينة وقتل مسلحون في القصف"
TALKS = "بحث المبعوث صياغة دستور جديد وإجراء انتخابات في إطار العملية السياسية"
REST = "زار الوزير معرض الكتاب وتحدث عن الشعر والرواية أمام جمهور من القراء"
KINDS = {"humanitarian": AID, "military_security": WAR, "political_transition": TALKS, "": REST}


def texts(n, seed=0):
    """Passages of four kinds, each with some words of its own left out."""
    rng = np.random.default_rng(seed)
    kinds = rng.choice(list(KINDS), n)
    return [" ".join(w for w in KINDS[kind].split() if rng.random() < 0.8) for kind in kinds], kinds


@pytest.fixture(scope="module")
def coded():
    said, kinds = texts(160)
    codes = pd.DataFrame(
        {theme: kinds == theme for theme in st.load_themes().ids},
        index=pd.Index([f"p{n}" for n in range(160)], name="passage_id"),
    )
    return Coded(codes, said, np.array([f"a{n // 2}" for n in range(160)]))


def test_keywords_find_what_is_planted():
    said, kinds = texts(200, seed=1)
    passages = make(*[(f"a{n}", "x", text) for n, text in enumerate(said)])
    scores = st.score_themes(passages, "keywords")
    assert scores.table.to_numpy().min() >= 0 and scores.table.sum(axis=1).max() <= 1 + 1e-9
    for theme in ("humanitarian", "military_security", "political_transition"):
        assert (
            scores.table[theme][kinds == theme].mean() > 2 * scores.table[theme][kinds == ""].mean()
        )
    again = st.score_themes(passages, "keywords")
    pd.testing.assert_frame_equal(scores.table, again.table)
    assert any("No keyword occurs" in note for note in scores.notes)


def test_keywords_that_never_occur():
    passages = make(*[(f"a{n}", "x", REST) for n in range(20)])
    with pytest.raises(TooSmallError, match='method="lexicon"'):
        st.score_themes(passages, "keywords")


def test_classifier_learns_and_is_validated_by_article(coded):
    trained = st.train_classifier(coded)
    assert trained.labels == ["humanitarian", "political_transition", "military_security"]
    assert "sanctions_economy (0)" in trained.notes[1]
    table = trained.validate()
    assert (table["f1"] > 0.9).all()
    said, kinds = texts(80, seed=5)
    scores = st.score_themes(make(*said), "classifier", coded=trained)
    p = scores.table["humanitarian"].to_numpy()
    assert ((p >= 0) & (p <= 1)).all() and p[kinds == "humanitarian"].mean() > 0.8
    # calibrated: what is given 70 % or more comes true about so often
    assert abs(p.mean() - (kinds == "humanitarian").mean()) < 0.1


def test_passages_of_one_article_are_never_parted(coded):
    from syriatopics.framing.themes.classifier import _folds

    for train, test in _folds(coded, 0):
        assert not set(coded.article[train]) & set(coded.article[test])


def test_learning_curve(coded):
    curve = st.train_classifier(coded).learning_curve(shares=(0.3, 1.0))
    assert curve.groupby("share")["n"].first().is_monotonic_increasing
    assert set(curve["theme"]) == {"humanitarian", "political_transition", "military_security"}


def test_too_few_codes(coded):
    with pytest.raises(TooSmallError, match="No theme has 10 coded passages"):
        st.train_classifier(coded.take(np.arange(12)))


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
    read = st.load_coded(write(tmp_path / f"codes.{ending}", rows))
    assert read.codes.loc["p1", themes].all() and read.codes.sum().sum() == 2
    assert read.texts == [AID] and len(read) == 1


@pytest.mark.parametrize(
    ("row", "match"),
    [
        ({"article_id": "a", "text": AID, "themes": ["sports"]}, r"codes.jsonl, line 1: no theme 'sports'"),
        ({"article_id": "a", "text": " ", "themes": []}, r"line 1: the passage has no text"),
        ({"article_id": "a", "themes": []}, r"no column 'text' or 'passage'"),
        ({"text": AID, "themes": []}, r"no column 'article_id'"),
        ([1], r"line 1: a JSON object is needed, not list"),
    ],
)  # fmt: skip
def test_bad_codes_are_named_with_file_and_line(tmp_path, row, match):
    with pytest.raises(InputError, match=match):
        st.load_coded(write(tmp_path / "codes.jsonl", [row]))


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(InputError, match="No file of coded passages"):
        st.load_coded(tmp_path / "none.csv")
    (tmp_path / "bad.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not a csv or jsonl file"):
        st.load_coded(tmp_path / "bad.jsonl")
    (tmp_path / "empty.csv").write_text("")
    with pytest.raises(InputError, match="no coded passage"):
        st.load_coded(tmp_path / "empty.csv")


def test_triangulation_agrees_with_the_general_alpha(coded):
    rng = np.random.default_rng(0)
    other = coded.codes ^ (rng.random(coded.codes.shape) < 0.1)
    article = dict(zip(coded.codes.index, coded.article, strict=True))
    result = st.triangulate({"one": other, "coder": coded.codes}, article)
    table = result.table.set_index("theme")
    for theme in ("humanitarian", "military_security"):
        pair = np.column_stack([other[theme], coded.codes[theme]]).astype(float)
        assert table.loc[theme, "alpha"] == pytest.approx(krippendorff_alpha(pair))
        assert table.loc[theme, "low"] < table.loc[theme, "alpha"] < table.loc[theme, "high"]
    assert table.loc["normalization", "note"].startswith("not assessable")
    kept = ["humanitarian", "military_security", "political_transition"]
    assert table.loc["macro", "f1"] == pytest.approx(table.loc[kept, "f1"].mean())
    assert result.plot() is not None


def test_triangulation_needs_something_in_common(coded):
    with pytest.raises(InputError, match="two or more"):
        st.triangulate({"one": coded.codes}, {})
    other = coded.codes.rename(index=lambda name: f"other {name}")
    with pytest.raises(InputError, match="share no passage"):
        st.triangulate({"one": coded.codes, "two": other}, {})
