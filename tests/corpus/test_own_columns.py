"""Columns that are no fields of an article: they survive everywhere, and can be grouped by."""

import json

import pandas as pd
import pytest

import syriatopics as st
from syriatopics.corpus import ingest as module
from syriatopics.corpus.ingest import ingest
from syriatopics.errors import LexiconError
from syriatopics.scale.build import build_store

TEXT = "قالت مصادر محلية في مدينة الرقة إن قوافل من المساعدات وصلت إلى المخيمات القريبة. {} {}"
WORDS = ("سوق", "مدرسة", "طريق", "مشفى", "حقل", "جسر", "نهر", "قمح")


def rows(n=40):
    return [
        {
            "id": f"a{i:02d}",
            "text": TEXT.format(WORDS[i % 8], WORDS[(i * 3) % 7]),
            "date": f"2016-{1 + i % 4:02d}-{1 + i % 27:02d}",
            "outlet": ("عنب بلدي", "Noon Post")[i % 2],
            "genre": ("خبر", "رأي")[i % 2],
            "section": ("اقتصاد", "سياسة", None)[i % 3],
            "views": i,
            "share": i / 7,
            "front": i % 5 == 0,
        }
        for i in range(n)
    ]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("own") / "a.jsonl"
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows())
    path.write_text(lines, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def corpus(path):
    return st.read_corpus(path)


def test_they_stand_in_the_tables_of_corpus_and_passages(corpus):
    for table in (corpus.table, corpus.passages().table, corpus.passages("sentence").table):
        assert {"genre", "section", "views", "share", "front"} <= set(table)
    assert corpus.table["genre"].tolist() == [row["genre"] for row in rows()]
    assert corpus.table["views"].dtype == "int64"
    assert corpus.table["front"].dtype == "bool"
    assert corpus.columns.columns.tolist() == ["column", "as", "why"]
    assert set(corpus.columns["column"]) == set(rows()[0])


@pytest.mark.parametrize("by", ["genre", "section", "front"])
def test_they_can_be_grouped_by(corpus, by):
    scores = st.score_themes(corpus.passages())
    assert st.prevalence(scores, by=by, production="all").table[by].nunique() == 2
    assert st.trend(scores, by=by).table[by].nunique() == 2
    assert by in st.count_terms(corpus.passages()).documents


def test_numbers_of_a_csv_are_numbers_unless_they_are_names(tmp_path):
    pd.DataFrame(rows(6)).assign(code="007").to_csv(tmp_path / "a.csv", index=False)
    table = st.read_corpus(tmp_path / "a.csv").table
    assert table["views"].tolist() == list(range(6))
    assert table["code"].tolist() == ["007"] * 6


@pytest.mark.parametrize("batch", [1000, 7])
def test_ingest_keeps_them_with_their_kinds(corpus, path, tmp_path, monkeypatch, batch):
    monkeypatch.setattr(module, "_BATCH", batch)
    ingest(path, tmp_path / "o.parquet")
    again = st.read_corpus(tmp_path / "o.parquet")
    pd.testing.assert_frame_equal(again.table, corpus.table)
    assert again.fingerprint == corpus.fingerprint


def test_they_are_part_of_what_a_result_was_computed_from(path, corpus, tmp_path):
    other = tmp_path / "b.jsonl"
    other.write_text(
        path.read_text(encoding="utf-8").replace('"views": 3,', '"views": 4,'), "utf-8"
    )
    assert st.read_corpus(other).fingerprint != corpus.fingerprint


def test_a_store_gives_the_same_columns_from_every_partition(corpus, path, tmp_path):
    store = build_store(path, tmp_path / "store", size=11)
    parts = [store.passages(number).table for number in range(len(store))]
    assert all(list(part) == list(corpus.passages().table) for part in parts)
    together = pd.concat(parts, ignore_index=True)
    for name in ("genre", "section", "views", "front"):
        assert together[name].tolist() == corpus.passages().table[name].tolist()
    assert list(st.open_corpus(store.folder).passages().table) == [
        name for name in corpus.passages().table if name != "text"
    ]
    assert [a.extra for a in store.outlines(0)] == [dict(a.extra) for a in corpus.articles[:11]]


def test_an_archive_without_texts_keeps_groups_and_no_words(path, tmp_path):
    frame = pd.DataFrame(rows()).assign(abstract=[f"ملخص طويل عن الخبر رقم {n}" for n in range(40)])
    frame.to_parquet(tmp_path / "a.parquet")
    corpus = st.read_corpus(tmp_path / "a.parquet")
    corpus.export(tmp_path / "x", text=False)
    shared = pd.read_csv(tmp_path / "x" / "articles.csv")
    assert "section" in shared and "views" in shared
    assert "abstract" not in shared
    corpus.export(tmp_path / "y")
    assert st.read_corpus(tmp_path / "y" / "texts.jsonl").fingerprint == corpus.fingerprint


@pytest.mark.parametrize(
    ("row", "genre", "why"),
    [
        ({"url": "https://example.org/opinion/2016/a-1"}, "opinion", "address: /opinion/"),
        ({"url": "https://example.org/%D8%B1%D8%A3%D9%8A/1"}, "opinion", "address"),
        ({"url": "https://example.org/news/live-blog/1"}, "live", "address"),
        ({"url": "https://example.org/news/1"}, "news", "address"),
        ({"url": "https://example.org/2016/opinion"}, "unknown", None),
        ({"category": "مقالات رأي"}, "opinion", "section 'category'"),
        ({"القسم": "حوارات"}, "interview", "section"),
        ({"section": "عرض الصحف"}, "press_review", "section"),
        ({"section": "اقتصاد"}, "unknown", None),
        ({"title": "تحليل: ماذا بعد جنيف"}, "analysis", "title"),
        ({"title": "الحوار السوري يبدأ"}, "unknown", None),
        ({"genre": "feature", "url": "https://example.org/opinion/1"}, "feature", "column 'genre'"),
    ],
)
def test_the_genre_is_told_by_section_address_and_title_or_unknown(tmp_path, row, genre, why):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": TEXT, **row}, ensure_ascii=False), encoding="utf-8")
    (article,) = st.read_corpus(path)
    assert article.genre == genre
    assert (why or "") in article.evidence.get("genre", "")
    assert ("genre" in article.evidence) == (why is not None)


def test_a_byline_tells_opinion(tmp_path):
    (tmp_path / "a.txt").write_text(f"بقلم: كاتب معروف\n\n{TEXT}\n\n{TEXT}", encoding="utf-8")
    assert st.read_corpus(tmp_path / "a.txt").articles[0].genre == "opinion"


ATTRIBUTES = """
version = 1
about = "x"

[[attribute]]
outlet = "صحيفة عنب بلدي"
attribute = "owner"
value = "first"
until = 2016-02-29
source = "annual report"

[[attribute]]
outlet = "enabbaladi"
attribute = "owner"
value = "second"
since = 2016-03-01
source = "annual report"

[[attribute]]
outlet = "noonpost"
attribute = "language"
value = "ar"
source = "the site"
"""


def test_attributes_of_outlets_hold_from_day_to_day(path, tmp_path):
    (tmp_path / "o.toml").write_text(ATTRIBUTES, encoding="utf-8")
    corpus = st.read_corpus(path, outlets=tmp_path / "o.toml")
    table = corpus.table
    enab = table[table["outlet"] == "enabbaladi"]
    late = enab["date_printed"] >= "2016-03-01"
    assert set(enab.loc[late, "outlet_owner"]) == {"second"}
    assert set(enab.loc[~late, "outlet_owner"]) == {"first"}
    assert table.loc[table["outlet"] == "noonpost", "outlet_language"].eq("ar").all()
    assert table.loc[table["outlet"] == "noonpost", "outlet_owner"].isna().all()
    scores = st.score_themes(corpus.passages())
    found = st.prevalence(scores, by="outlet_owner", production="all").table
    assert set(found["outlet_owner"]) == {"first", "second"}
    store = build_store(path, tmp_path / "store", outlets=tmp_path / "o.toml", size=13)
    assert list(store.passages(0).table) == list(corpus.passages().table)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("2016-03-01", "2016-02-01", "held on the same days"),
        ('attribute = "owner"', 'attribute = "who owns"', "no name of a column"),
        ('source = "the site"', "", "source"),
        ("until = 2016-02-29", "until = 2015-01-01\nsince = 2016-01-01", "is before since"),
    ],
)
def test_attributes_that_contradict_are_refused(path, tmp_path, old, new, message):
    (tmp_path / "o.toml").write_text(ATTRIBUTES.replace(old, new), encoding="utf-8")
    with pytest.raises(LexiconError, match=message):
        _ = st.read_corpus(path, outlets=tmp_path / "o.toml").table
