import json
import os
import tempfile
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

import syriatopics as st
from syriatopics.corpus.documents import Document
from syriatopics.corpus.parse import parse_article
from syriatopics.errors import CorpusError, InputError

TEXT = "عقد مجلس الأمن الدولي جلسة مغلقة حول سوريا أمس الثلاثاء. وقال مبعوث الأمم المتحدة إن المحادثات مستمرة في جنيف."


def write(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def test_order_of_files_changes_nothing(tmp_path):
    one = write(
        tmp_path / "one" if (tmp_path / "one").mkdir() is None else tmp_path,
        a=TEXT,
        b=TEXT + " ثم انتهت.",
    )
    two = tmp_path / "two"
    two.mkdir()
    for name in ("b", "a"):
        os.link(one / f"{name}.txt", two / f"{name}.txt")
    first, second = st.read_corpus(one), st.read_corpus(two)
    assert first.fingerprint == second.fingerprint
    assert first.passages().table.equals(second.passages().table)


@pytest.mark.parametrize("encoding", ["cp1256", "utf-16", "utf-8-sig", "iso8859_6"])
def test_other_encodings_are_read(tmp_path, encoding):
    (tmp_path / "a.txt").write_bytes(TEXT.encode(encoding))
    corpus = st.read_corpus(tmp_path)
    assert corpus["a"].raw == TEXT
    assert bool(corpus.notes) == (encoding != "utf-8-sig")


def test_bytes_that_are_no_text_name_file_and_offset(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"abc\xff\xfe\x80\x81 xyz")
    with pytest.raises(CorpusError, match=r"byte 0xff at offset 3.*a\.txt"):
        st.read_corpus(tmp_path)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda p: p / "nowhere", "no such file or folder"),
        (lambda p: p, "holds no article"),
        (lambda p: write(p, a=" \n"), "is empty"),
        (lambda p: (p / "x.zzz", (p / "x.zzz").write_text("x"))[0], "not read"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path, make, message):
    with pytest.raises(CorpusError, match=message):
        st.read_corpus(make(tmp_path))


ROWS = [
    {"id": "x1", "headline": "عنوان", "text": TEXT, "outlet": "BBC", "date": "2018-03-01"},
    {
        "id": "x2",
        "headline": "عنوان آخر",
        "text": TEXT + " انتهى.",
        "outlet": "CNN",
        "date": "2018-07-16 10:30:00",
    },
    {"id": "x3", "headline": "فارغ", "text": "", "outlet": "CNN", "date": ""},
]


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_tables_are_read_with_their_usual_columns(tmp_path, kind):
    path = tmp_path / f"articles.{kind}"
    frame = pd.DataFrame(ROWS)
    if kind == "csv":
        frame.to_csv(path, index=False)
    elif kind == "jsonl":
        path.write_text(
            "\n".join(json.dumps(r, ensure_ascii=False) for r in ROWS), encoding="utf-8"
        )
    else:
        frame.to_parquet(path)
    corpus = st.read_corpus(path)
    assert [a.article_id for a in corpus] == ["x1", "x2"]
    assert corpus["x1"].outlet == "bbc_arabic"
    assert corpus["x1"].evidence["outlet"].endswith(": 'BBC'")
    assert corpus["x1"].title == "عنوان"
    assert str(corpus["x2"].date_printed) == "2018-07-16 10:30:00"
    assert any("columns guessed" in note for note in corpus.notes)
    assert any("1 skipped: no text" in note for note in corpus.notes)


def test_columns_can_be_named(tmp_path):
    path = tmp_path / "a.csv"
    pd.DataFrame([{"k1": TEXT, "k2": "x"}]).to_csv(path, index=False)
    corpus = st.read_corpus(path, columns={"text": "k1", "outlet": "k2"})
    assert corpus.outlets == ["x"]
    with pytest.raises(CorpusError, match=r"no column 'corpse' for text. Columns here: 'k1', 'k2'"):
        st.read_corpus(path, columns={"text": "corpse"})
    with pytest.raises(CorpusError, match="no column holds the text"):
        st.read_corpus(path, columns={"text": None})


def test_a_malformed_line_is_counted_and_reading_goes_on(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(
        json.dumps({"text": TEXT}) + "\n{broken\n" + json.dumps({"text": TEXT + "."}),
        encoding="utf-8",
    )
    corpus = st.read_corpus(path)
    assert len(corpus) == 2
    assert any("line 2" in note for note in corpus.notes)


def test_sidecar_overrides_and_says_so(tmp_path):
    write(tmp_path, a=TEXT)
    side = tmp_path / "meta.csv"
    side.write_text(
        "article_id,outlet,date_printed\na,noonpost,2020-05-06\nghost,x,\n", encoding="utf-8"
    )
    corpus = st.read_corpus(tmp_path, metadata=side)
    assert corpus["a"].outlet == "noonpost"
    assert corpus["a"].evidence["outlet"] == "meta.csv"
    assert any("'ghost'" in note for note in corpus.notes)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("article_id,verlag\na,x\n", "unknown field 'verlag'"),
        ("name,outlet\na,x\n", "no column 'article_id'"),
        ("article_id,date_printed\na,soon\n", "cannot be read"),
        ("article_id,date_status\na,maybe\n", "Choices: 'conflict'"),
        ("article_id,event_start\na,maybe\n", "is no date"),
    ],
)
def test_a_broken_sidecar_is_refused(tmp_path, text, message):
    write(tmp_path, a=TEXT)
    side = tmp_path / "meta.csv"
    side.write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=message):
        st.read_corpus(tmp_path, metadata=side)


def test_unknown_outlet_and_article_name_the_choices(seeds):
    with pytest.raises(InputError, match=r"'sanaa'. Outlets here: 'alhal', 'amad', 'noonpost'"):
        seeds.of_outlets("sanaa")
    with pytest.raises(InputError, match="Articles here: '000"):
        seeds["zzz"]


def test_between_places_a_refuted_date_by_its_text(seeds):
    assert [a.article_id[:3] for a in seeds.between("2016-01-01", "2016-12-31")] == ["002", "004"]
    with pytest.raises(CorpusError, match="No article is left"):
        seeds.between("1990-01-01", "1990-12-31")
    with pytest.raises(InputError, match="is no day"):
        seeds.between("soon", "later")


lines = some.lists(
    some.one_of(
        some.sampled_from(
            [TEXT, "تابعنا على", "اقرأ أيضاً: كيف", "", "  ", "مارس 29, 2024", "**عنوان** فرعي", "المصدر:", "أ ف ب",
             "[رابط](#) ثم كلام", "“قول لم", "بقلم: فلان", "كلمةلاصقة وfan", TEXT[:60]]
        ),
        some.text(alphabet=some.sampled_from("ابت ة.،؟“”[]()*#\u064b1\t"), max_size=60),
    ),
    max_size=12,
)  # fmt: skip


@given(lines, some.sampled_from(["\n", "\r\n", "\n\n"]))
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_whatever_comes_body_and_removed_spans_partition_it(parts, newline):
    raw = newline.join(parts)
    article = parse_article(Document("a", raw))
    spans = sorted([*article.body_spans, *((r.start, r.end) for r in article.removed)])
    assert "".join(raw[a:b] for a, b in spans) == raw
    for span in article.removed:
        assert raw[span.start : span.end] == span.text
    taken = [
        offset
        for paragraph in article.paragraphs
        for span in paragraph.spans
        for offset in range(*span)
    ]
    assert len(taken) == len(set(taken))
    gone = {offset for span in article.removed for offset in range(span.start, span.end)}
    assert not gone & set(taken)
    assert {n for n, c in enumerate(raw) if not c.isspace()} == (gone | set(taken)) - {
        n for n, c in enumerate(raw) if c.isspace()
    }


PARAGRAPHS = [str(p) for a in st.load_seeds() for p in a.paragraphs if len(p.split()) > 14][:40]
NOISE = [
    "تابعنا على",
    "اقرأ أيضاً: كيف",
    "المصدر: رويترز",
    "مارس 29, 2024",
    "***",
    "بقلم: فلان الفلاني",
    "",
    "أمد/",
]


@given(some.lists(some.sampled_from(PARAGRAPHS), min_size=1, max_size=8, unique=True), some.data())
@settings(max_examples=60, deadline=None)
def test_cleaning_is_idempotent(paragraphs, data):
    """What is left of an article, read as an article, is left whole."""
    noise = some.lists(some.sampled_from(NOISE), max_size=2)
    parts = [part for p in paragraphs for part in (*data.draw(noise), p)]
    first = parse_article(Document("a", "\n\n".join(parts)))
    kept = [str(p) for p in first.paragraphs]
    again = parse_article(Document("a", "\n\n".join(kept)))
    assert [str(p) for p in again.paragraphs] == kept


def test_cleaning_the_seeds_again_changes_nothing(seeds):
    for article in seeds:
        again = parse_article(Document("a", "\n\n".join(article.paragraphs)))
        assert again.paragraphs == article.paragraphs


ITEMS = [
    {"id": f"a{n}", "text": f"{PARAGRAPHS[n]}\n\n{PARAGRAPHS[n + 14]}\n\nحمل تطبيقنا من المتجر الآن", "outlet": "amad"}
    for n in range(14)
]  # fmt: skip


@given(some.permutations(range(len(ITEMS))))
@settings(max_examples=15, deadline=None)
def test_the_order_of_rows_changes_nothing_even_where_the_corpus_teaches(order):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.jsonl")
        path.write_text("\n".join(json.dumps(ITEMS[n]) for n in order), encoding="utf-8")
        corpus = st.read_corpus(path)
    assert len(corpus.recurring) == 1
    assert _whole(corpus) == _whole(_expected())


def _whole(corpus):
    return [*corpus.articles], corpus.fingerprint, corpus.recurring.to_dict()


@cache
def _expected():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.jsonl")
        path.write_text("\n".join(map(json.dumps, ITEMS)), encoding="utf-8")
        return st.read_corpus(path)
