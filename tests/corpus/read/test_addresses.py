import gzip

import pandas as pd
import pytest

import syriatopics as st
from syriatopics.corpus.read.addresses import url_key
from syriatopics.errors import CorpusError, InputError

TEXT = "عقد مجلس الأمن الدولي جلسة مغلقة حول سوريا أمس الثلاثاء، وقال المبعوث إن المحادثات مستمرة في جنيف."


def page(n):
    return f'<html><head><link rel="canonical" href="https://www.enabbaladi.net/{n}?utm_source=x"></head><body><article><h1>عنوان {n}</h1><p>{TEXT} {n}</p></article></body></html>'


def warc(path, numbers):
    parts = []
    for n in numbers:
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page(n).encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://www.enabbaladi.net/{n}\r\n"
            f"WARC-Date: 2016-07-28T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{len(parts)}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        parts.append(gzip.compress(head.encode() + block + b"\r\n\r\n"))
    path.write_bytes(b"".join(parts))
    return path


def folder(path, numbers):
    path.mkdir()
    for n in numbers:
        (path / f"{n}.html").write_text(page(n), encoding="utf-8")
    return path


def stories(path):
    rows = [
        {
            "stories_id": n,
            "publish_date": f"2016-04-0{n}",
            "title": f"خبر {n}",
            "url": f"http://enabbaladi.net/{n}/",
        }
        for n in (1, 2, 3)
    ]
    pd.DataFrame(rows).to_csv(path, index=False)
    return path


@pytest.mark.parametrize("kept", [warc, folder])
def test_a_list_and_its_pages_are_joined_by_address_and_leftovers_counted(kept, tmp_path):
    pages = kept(tmp_path / ("a.warc.gz" if kept is warc else "pages"), [1, 2, 7])
    corpus = st.read_corpus(stories(tmp_path / "stories.csv"), pages=pages)
    assert [str(a.date_printed)[:10] for a in sorted(corpus, key=lambda a: a.url)] == [
        "2016-04-01", "2016-04-02",
    ]  # fmt: skip
    assert corpus.skipped["place"].tolist() == ["http://enabbaladi.net/3/"]
    said = " ".join(corpus.notes)
    assert "2 of 3 addresses have their page" in said
    assert "1 page that is not on the list" in said


def test_a_page_that_was_fetched_twice_is_one_article(tmp_path):
    pages = warc(tmp_path / "a.warc.gz", [1, 1])
    corpus = st.read_corpus(stories(tmp_path / "stories.csv"), pages=pages)
    assert len(corpus) == 1
    assert "met before" in " ".join(corpus.notes)


def test_a_sitemap_is_a_list_and_alone_names_the_way_out(tmp_path):
    path = tmp_path / "sitemap.xml"
    path.write_text(
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://www.enabbaladi.net/1</loc>'
        "<news:news><news:publication_date>2016-04-28</news:publication_date></news:news></url></urlset>"
    )
    with pytest.raises(CorpusError, match=r"1 addresses holds no text; .* pages="):
        st.read_corpus(path)
    (article,) = st.read_corpus(path, pages=warc(tmp_path / "a.warc.gz", [1]))
    assert str(article.date_printed)[:10] == "2016-04-28"


@pytest.mark.parametrize(
    "other",
    [
        "http://example.org/a",
        "https://WWW.Example.org/a/",
        "https://m.example.org/a?fbclid=1",
        "example.org/a#x",
    ],
)
def test_addresses_are_compared_by_what_names_the_page(other):
    assert url_key(other) == url_key("https://example.org/a")
    assert url_key("https://example.org/a?id=2") != url_key("https://example.org/a?id=3")


class TestMemory:
    ROWS = tuple({"id": f"a{n}", "text": f"{TEXT} {n}", "date": "2016-04-28"} for n in range(3))

    def test_a_frame_rows_and_texts_are_read(self):
        frame = pd.DataFrame(self.ROWS)
        for held in (frame, frame.set_index("id"), list(self.ROWS)):
            corpus = st.read_corpus(held)
            assert [a.article_id for a in corpus] == ["a0", "a1", "a2"]
            assert str(corpus["a0"].date_printed)[:10] == "2016-04-28"
        assert len(st.read_corpus([row["text"] for row in self.ROWS])) == 3

    def test_columns_can_be_named_and_bad_rows_are_skipped(self):
        corpus = st.read_corpus([{"corps": TEXT}, {"corps": None}], columns={"text": "corps"})
        assert len(corpus) == 1
        assert corpus.skipped["place"].tolist() == ["row 1"]

    @pytest.mark.parametrize("held", [3, None, [1, 2], [TEXT, None], b"x"])
    def test_what_is_no_corpus_is_said(self, held):
        with pytest.raises(InputError, match="a list of dicts or a list of texts, not from a"):
            st.read_corpus(held)
