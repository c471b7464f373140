import time
from datetime import date

import pytest

import syriatopics as st
from syriatopics.corpus.read.pages import LARGEST_PAGE, page_document
from syriatopics.errors import CorpusError

TEXT = "عقد مجلس الأمن الدولي جلسة مغلقة حول سوريا أمس الثلاثاء، وقال المبعوث إن المحادثات مستمرة في جنيف."
MORE = "وأضاف المبعوث في مؤتمر صحفي أن الأطراف اتفقت على مواصلة الاجتماعات خلال الأسبوع القادم دون شروط."
PAGE = """<!doctype html><html lang="ar"><head><meta charset="utf-8"><title>موقع</title>
{head}</head><body><nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/s">سياسة</a></li></ul></nav>
<article><h1>جلسة مغلقة حول سوريا</h1><p>{text}</p><p>{more}</p><p>{text} {more}</p></article>
<aside><h3>الأكثر قراءة</h3><a href="/x">خبر آخر تماما عن الرياضة والفن</a></aside>
<script>var نص = "لا يقرأ";</script><footer>جميع الحقوق محفوظة</footer></body></html>"""


def page(head="", text=TEXT, encoding="utf-8", **options):
    return page_document(
        PAGE.format(head=head, text=text, more=MORE).encode(encoding), "a", "a.html", **options
    )


def test_every_visible_line_stands_in_the_raw_text_and_nothing_unseen():
    raw = page().raw
    for line in (
        "الرئيسية",
        "سياسة",
        TEXT,
        MORE,
        "خبر آخر تماما عن الرياضة والفن",
        "جميع الحقوق محفوظة",
    ):
        assert line in raw.splitlines()
    assert "لا يقرأ" not in raw


def test_what_is_not_the_main_text_is_kept_as_boilerplate(tmp_path):
    (tmp_path / "a.html").write_text(PAGE.format(head="", text=TEXT, more=MORE), encoding="utf-8")
    (article,) = st.read_corpus(tmp_path)
    body = "\n".join(article.paragraphs)
    assert TEXT in body
    assert MORE in body
    for line in ("الرئيسية", "خبر آخر تماما عن الرياضة والفن", "جميع الحقوق محفوظة"):
        assert line not in body
        assert any(span.text == line for span in article.removed)
    spans = sorted([*article.body_spans, *((r.start, r.end) for r in article.removed)])
    assert "".join(article.raw[a:b] for a, b in spans) == article.raw


@pytest.mark.parametrize(
    ("head", "value", "evidence"),
    [
        ('<meta property="article:published_time" content="2016-07-27T11:50:00+03:00">', "2016-07-27T11:50:00+03:00", "<meta article:published_time>"),
        ('<meta name="pubdate" content="Wed, 27 Jul 2016 11:50:00 GMT">', "Wed, 27 Jul 2016 11:50:00 GMT", "<meta pubdate>"),
        ('<meta itemprop="datePublished" content="27 تموز/ يوليو 2016">', "27 تموز/ يوليو 2016", "<meta datepublished>"),
        ('<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2016-07-27"}]}</script>', "2016-07-27", "JSON-LD datePublished"),
        ('<script type="application/ld+json">[{"datePublished": "2016-07-27"}]</script>', "2016-07-27", "JSON-LD datePublished"),
        ('<script type="application/ld+json">{broken</script><meta name="date" content="2016-07-27">', "2016-07-27", "<meta date>"),
    ],
)  # fmt: skip
def test_dates_of_the_head(head, value, evidence):
    assert page(head).given["date_printed"] == (value, evidence)


def test_a_date_that_cannot_be_read_is_not_taken():
    assert "date_printed" not in page('<meta name="date" content="soon">').given


def test_title_author_address_and_outlet_with_their_evidence():
    head = (
        '<meta property="og:title" content="جلسة مغلقة حول سوريا"><meta name="author" content="فلان">'
        '<link rel="canonical" href="https://www.noonpost.com/43203/">'
    )
    given = page(head, url="https://elsewhere.example/x").given
    assert given["title"] == ("جلسة مغلقة حول سوريا", "<meta og:title>")
    assert given["author"] == ("فلان", "<meta author>")
    assert given["url"] == ("https://www.noonpost.com/43203/", "canonical link of the page")
    assert given["outlet"] == ("noonpost", "host of the url: noonpost.com")


def test_the_name_of_the_site_where_the_host_is_unknown():
    given = page('<meta property="og:site_name" content="نون بوست">').given
    assert given["outlet"] == ("noonpost", "<meta og:site_name>: نون بوست")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1256", "utf-16"])
def test_encodings_of_pages(encoding):
    document = page(encoding=encoding)
    assert TEXT in document.raw
    assert bool(document.notes) == (encoding != "utf-8")


def test_what_the_server_says_of_the_encoding_is_believed_where_it_holds():
    data = PAGE.format(head="", text=TEXT, more=MORE).replace("utf-8", "iso-8859-6")
    assert TEXT in page_document(data.encode("iso8859_6"), "a", "a", charset="iso8859_6").raw
    assert TEXT in page_document(data.encode("utf-8"), "a", "a", charset="no-such-thing").raw


def test_the_day_of_the_fetch_goes_with_the_page():
    assert page(captured=date(2020, 1, 2)).captured == date(2020, 1, 2)


def test_a_page_of_fifty_megabytes_is_refused_or_counted(tmp_path):
    data = b"<p>" + TEXT.encode() + b"</p>"
    huge = data * (50 * 2**20 // len(data))
    with pytest.raises(CorpusError, match=r"big\.html: a page of 49 MB; at most 10 are read"):
        page_document(huge, "big", "big.html")
    (tmp_path / "big.html").write_bytes(huge)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    corpus = st.read_corpus(tmp_path)
    assert len(corpus) == 1
    assert corpus.skipped["path"].tolist() == [str(tmp_path / "big.html")]
    assert "larger than 10 MB" in corpus.notes[0]
    assert len(huge) > LARGEST_PAGE


@pytest.mark.parametrize("tag", ["div", "b", "table", "blockquote"])
def test_tags_nested_a_hundred_thousand_deep_cost_nothing_of_the_text(tag):
    nested = f"<{tag}>" * 100_000 + f"<p>{MORE}</p>" + f"</{tag}>" * 100_000
    start = time.process_time()
    document = page_document(f"<body><p>{TEXT}</p>{nested}</body>".encode(), "a", "a.html")
    assert time.process_time() - start < 20
    assert TEXT in document.raw
    assert MORE in document.raw
    assert any("150 deep" in note for note in document.notes)


@pytest.mark.parametrize(
    "hostile",
    ["<a" + "a" * 500_000, "<" * 500_000, "<p " * 200_000, "<!--" * 100_000, "&#x" * 100_000, "<p>س" * 100_000],
    ids=["a long name", "brackets", "open tags", "comments", "entities", "open paragraphs"],
)  # fmt: skip
def test_broken_pages_are_read_in_bounded_time(hostile):
    start = time.process_time()
    document = page_document(f"<body><p>{TEXT}</p>{hostile}".encode(), "a", "a.html")
    assert time.process_time() - start < 30
    assert TEXT in document.raw


def test_a_nul_byte_splits_no_word():
    assert TEXT in page(text=TEXT.replace("الدولي", "الدو\x00لي")).raw


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"<script>x</script>", b"<!-- x -->"])
def test_a_page_without_text_is_said(data):
    with pytest.raises(CorpusError, match=r"a\.html is empty"):
        page_document(data, "a", "a.html")


def test_markup_in_the_text_stays_text(tmp_path):
    words = "وقال &lt;script&gt;alert(1)&lt;/script&gt; ثم انصرف"
    assert "<script>alert(1)</script>" in page(text=f"{TEXT} {words}").raw


@pytest.mark.parametrize("element", ["article", "main", "section", "header", "div", "p"])
@pytest.mark.parametrize(
    "head", ["<title>موقع</title>", "<head><meta charset='utf-8'><title>موقع</title>"]
)
def test_a_page_may_leave_out_its_body(tmp_path, element, head):
    """HTML allows it, and parsers older than these elements put them into the head."""
    page = f"<html>{head}<{element}><h1>جلسة حول سوريا</h1><p>{TEXT}</p><p>{MORE}</p></{element}><p>{TEXT} ثم</p>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    (article,) = st.read_corpus(tmp_path)
    lines = [line for line in article.raw.splitlines() if line]
    assert lines == ["جلسة حول سوريا", TEXT, MORE, f"{TEXT} ثم"]
