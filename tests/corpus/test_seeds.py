"""The five seed articles come out as a reader knows them, and no character is lost."""

import itertools
import runpy

import pytest

import syriatopics as st
from syriatopics.corpus.seeds import course_folder

IDS = [
    "000_c20d314892fde1d0",
    "001_6289974790d4febf",
    "002_e53b32e58dc53caf",
    "003_9a9a6c23242914c4",
    "004_65c10b78bedbdfb0",
]
EXPECTED = {
    "outlet": ["noonpost", "alhal", "amad", None, None],
    "origin": ["foreign_policy", None, "agency (inferred)", "afp", None],
    "production": ["translated", "own", "wire", "wire", "unknown"],
    "date_status": ["printed", "inferred", "printed", "inferred", "conflict"],
}


def test_ids_are_file_names(seeds):
    assert [article.article_id for article in seeds] == IDS


@pytest.mark.parametrize("field", EXPECTED)
def test_fields(seeds, field):
    assert [getattr(article, field) for article in seeds] == EXPECTED[field]


@pytest.mark.parametrize("article_id", IDS)
def test_body_and_removed_spans_partition_the_raw_text(seeds, article_id):
    article = seeds[article_id]
    spans = sorted([*article.body_spans, *((r.start, r.end) for r in article.removed)])
    assert spans[0][0] == 0
    assert spans[-1][1] == len(article.raw)
    assert all(a[1] == b[0] for a, b in itertools.pairwise(spans))
    for span in article.removed:
        assert article.raw[span.start : span.end] == span.text
        assert article.raw[: span.start].count("\n") == span.line


@pytest.mark.parametrize("article_id", IDS)
def test_paragraphs_stand_where_they_say(seeds, article_id):
    article = seeds[article_id]
    for paragraph in article.paragraphs:
        letters = "".join(article.raw[offset] for offset in paragraph.offsets())
        joined = "".join(a if a == b else " " for a, b in zip(letters, paragraph, strict=True))
        assert "".join(joined.split()) == "".join(paragraph.split()) or len(paragraph.lines) > 1
        assert paragraph.start == paragraph.spans[0][0]


def test_000_pull_quotes_cuts_and_markup(seeds):
    article = seeds[IDS[0]]
    quotes = [span for span in article.removed if span.kind == "pullquote"]
    assert [span.line for span in quotes] == [22, 42, 62, 63, 87, 109]
    rejoined = [r for r in article.repairs if r.kind == "paragraph rejoined"]
    assert len(rejoined) == 4
    body = "\n".join(article.paragraphs)
    for text in (
        "الأسلحة الكيميائية السورية، لتصبح",
        "والقضية الأوكرانية",
        "الأردن والعراق",
        "بحاجة أولاً",
    ):
        assert text in body
    assert "**" not in body
    assert "](" not in body
    assert "اتفاقاً" in body
    assert [f.text for f in article.flags if f.kind == "paragraph breaks off"] == ["أن الروس كانوا"]
    assert (article.author, article.translator) == ("كولوم لينش", "نون بوست")
    assert article.url == "https://www.noonpost.com/43203/"
    assert str(article.date_printed) == "2022-02-11 00:00:00"
    assert "المخبرات" in body, "a dropped letter is left as it is"
    assert "لسالة" in body


def test_001_title_twice_and_window(seeds):
    article = seeds[IDS[1]]
    kinds = [span.kind for span in article.removed]
    assert kinds.count("title") == 2
    assert kinds.count("heading") == 4
    assert kinds.count("boilerplate") == 4
    assert article.date_printed is None
    assert (str(article.event_start), str(article.event_end)) == ("2021-12-17", "2021-12-31")


def test_002_dateline_and_time(seeds):
    article = seeds[IDS[2]]
    assert str(article.date_printed) == "2016-07-27 11:50:00"
    assert article.date_precision == "minute"
    assert any(span.text.startswith("أمد/") and span.kind == "source" for span in article.removed)
    assert article.paragraphs[0].startswith("قالت الولايات")


def test_003_no_title_no_outlet(seeds):
    article = seeds[IDS[3]]
    assert article.title is None
    assert {span.kind for span in article.removed} == {"source"}
    assert str(article.event_start) == "2019-05-29"


def test_004_the_page_is_eight_years_wrong(seeds):
    article = seeds[IDS[4]]
    assert str(article.date_printed) == "2024-03-29 00:00:00"
    assert article.event_start.year == article.event_end.year == 2016
    assert "Kerry" in article.evidence["date_status"]
    placed = seeds.passages().table.query("article_id == @article.article_id")["date"]
    assert (placed.dt.year == 2016).all()


def test_without_the_sidecar_the_text_alone_refutes_004_and_bounds_003():
    """What the audit finds on its own, before a reader helps."""
    from syriatopics.corpus.seeds import seeds_folder

    corpus = st.read_corpus(seeds_folder())
    assert corpus[IDS[4]].date_status == "conflict"
    assert corpus[IDS[3]].date_status == "inferred"
    assert str(corpus[IDS[3]].event_start) >= "2018-08"
    assert str(corpus[IDS[3]].event_end) <= "2020-11-30"
    assert [corpus[i].outlet for i in IDS] == EXPECTED["outlet"]
    assert [corpus[i].production for i in IDS[:2]] == ["translated", "own"]


def test_evidence_stands_beside_every_value(seeds):
    for article in seeds:
        for field in ("title", "outlet", "author", "origin", "url", "date_printed"):
            if getattr(article, field) is not None:
                assert article.evidence[field]


def test_caveats_of_the_seeds(seeds):
    text = " ".join(seeds.caveats)
    for words in ("one article", "share a year", "translated", "wire copy"):
        assert words in text


def test_summary_says_what_a_paper_needs(seeds):
    summary = seeds.summary()
    assert "5 articles" in summary.text
    assert summary.table["n_articles"].sum() == 5
    assert summary.table["n_words"].sum() == seeds.table["n_words"].sum()


def test_the_articles_of_the_course_are_those_its_sentences_make(tmp_path):
    folder = course_folder()
    written = runpy.run_path(str(folder / "write_articles.py"))
    written["write"](tmp_path)
    for name in ("articles.csv", "truth.csv"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()
