import gzip

import pytest

import syriatopics as st
from syriatopics.corpus.read.source import Source
from syriatopics.errors import CorpusError

TEXT = "عقد مجلس الأمن الدولي جلسة مغلقة حول سوريا أمس الثلاثاء، وقال المبعوث إن المحادثات مستمرة في جنيف."
HTML = f"<html><head><title>موقع</title></head><body><article><p>{TEXT}</p><p>{TEXT} ثم انتهت.</p></article></body></html>"


def record(kind, url, number, block):
    """Return one record of a web archive."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2016-07-28T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{kind}-{number}>\r\nContent-Type: application/http; msgtype={kind}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def archive(path, pages, packed=True):
    """Write pages ``(url, status, type, body)`` as a web archive, with a request beside each."""
    parts = []
    for number, (url, status, kind, body) in enumerate(pages):
        http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        parts.append(record("response", url, number, http))
        parts.append(record("request", url, number, b"GET / HTTP/1.1\r\n\r\n"))
    path.write_bytes(b"".join(gzip.compress(part) if packed else part for part in parts))
    return path


PAGES = [
    ("https://www.noonpost.com/1", "200 OK", "text/html; charset=utf-8", HTML.encode()),
    ("https://amad.ps/2", "200 OK", "text/html; charset=windows-1256", HTML.encode("cp1256")),
    ("https://amad.ps/3", "404 Not Found", "text/html", HTML.encode()),
    ("https://amad.ps/4.png", "200 OK", "image/png", b"\x89PNG"),
    ("https://amad.ps/5", "200 OK", "text/html", b"<html></html>"),
]


@pytest.mark.parametrize("ending", [".warc", ".warc.gz"])
def test_pages_become_articles_and_the_rest_is_counted(tmp_path, ending):
    path = archive(tmp_path / f"a{ending}", PAGES, packed=ending.endswith("gz"))
    corpus = st.read_corpus(path)
    assert sorted(a.outlet for a in corpus) == ["amad", "noonpost"]
    assert all(TEXT in a.raw for a in corpus)
    assert {a.url for a in corpus} == {"https://www.noonpost.com/1", "https://amad.ps/2"}
    assert corpus.skipped["place"].tolist() == ["record 8"]
    said = " ".join(corpus.notes)
    assert "no visible text" in said
    assert "1 page that the server did not give, 1 record that is no page" in said


def test_a_page_cannot_be_dated_after_it_was_fetched(tmp_path):
    late = HTML.replace("<head>", '<head><meta name="date" content="2019-01-01">')
    pages = [("https://amad.ps/1", "200 OK", "text/html", late.encode())]
    (article,) = st.read_corpus(archive(tmp_path / "a.warc", pages))
    assert article.date_status == "conflict"
    assert "future" in article.evidence["date_status"]


def test_the_day_of_a_crawl_is_kept_and_is_no_day_of_publication(tmp_path):
    corpus = st.read_corpus(archive(tmp_path / "a.warc", PAGES[:1]))
    assert corpus.table["captured"].tolist() == ["2016-07-28"]
    assert corpus.articles[0].date_printed is None


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_that_is_cut_off_gives_what_stands_before(tmp_path, packed):
    pages = [
        (f"https://amad.ps/{n}", "200 OK", "text/html", HTML.replace("<p>", f"<p>{n} ", 1).encode())
        for n in range(30)
    ]
    whole = archive(tmp_path / "whole.warc", pages, packed).read_bytes()
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(whole[: len(whole) * 2 // 3])
    documents = list(Source(path).documents())
    assert 15 <= len(documents) <= 21
    assert len({d.article_id for d in documents}) == len(documents)


@pytest.mark.parametrize("data", [b"", b"no archive at all", gzip.compress(b"no archive", mtime=0)])
def test_what_is_no_archive_is_one_clear_line(tmp_path, data):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(data)
    with pytest.raises(
        CorpusError, match=r"a\.warc\.gz( holds no article| is empty|: \w+)"
    ) as caught:
        st.read_corpus(path)
    assert "\n" not in str(caught.value)


def test_a_page_of_fifty_megabytes_is_counted(tmp_path):
    huge = b"<html><p>" + "س".encode() * 25 * 2**20 + b"</html>"
    pages = [("https://amad.ps/big", "200 OK", "text/html", huge), PAGES[0]]
    corpus = st.read_corpus(archive(tmp_path / "a.warc.gz", pages))
    assert len(corpus) == 1
    assert any("1 skipped: page too large" in note for note in corpus.notes)


def three(folder):
    texts = [f"{TEXT} {n}" for n in range(3)]
    pages = [
        (f"https://amad.ps/{n}", "200 OK", "text/html", HTML.replace(TEXT, text).encode())
        for n, text in enumerate(texts)
    ]
    path = archive(folder / "a.warc", pages, packed=False)
    return path, path.read_bytes()


def second_record(data):
    return data.rindex(b"WARC/1.0", 0, data.index(b"<urn:uuid:response-1>"))


def test_a_record_that_swallowed_another_is_two(tmp_path):
    path, data = three(tmp_path)
    second = second_record(data)
    path.write_bytes(data[:second] + b"WARK/1.0" + data[second + 8 :])
    corpus = st.read_corpus(path)
    assert sorted(a.url[-1] for a in corpus) == ["0", "1", "2"]
    assert not len(corpus.skipped)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"WARC-Type: response", b"WARC-Type: res\x00\x00"),
        (b"WARC-Target-URI:", b"\x00\x00\x00\x00-URI:"),
        (b"HTTP/1.1 200 OK", b"\x00\x00\x00P/1.1 200 OK"),
        (b"200 OK", b"2\xd90 OK"),
        (b"Content-Type: text/html", b"Content-Type: te\xd8\xb3/html"),
        (b"\r\nHTTP/1.1", b"\r\nTP/1.1"),
    ],
)
def test_a_page_under_a_damaged_head_is_read(tmp_path, old, new):
    path, data = three(tmp_path)
    second = second_record(data)
    damaged = data[:second] + data[second:].replace(old, new, 1)
    assert damaged != data
    path.write_bytes(damaged)
    assert len(st.read_corpus(path)) == 3


@pytest.mark.parametrize("end", [0, 30, 90, 300])
def test_a_page_that_runs_into_another_is_neither(tmp_path, end):
    """A cut from (near) the end of one page into the head of the next: read as one it would be two articles."""
    path, data = three(tmp_path)
    second = second_record(data)
    for cut in (b"<body", b"</head>"):
        path.write_bytes(data[: second - 4 - end] + data[data.index(cut, second) :])
        corpus = st.read_corpus(path)
        assert all(sum(f"{TEXT} {n}" in a.raw for n in range(3)) <= 1 for a in corpus)
        assert all(f"{TEXT} 1" not in a.raw for a in corpus)
        assert corpus.skipped["reason"].str.contains("early|longer|belong to none|damaged").any()


@pytest.mark.parametrize(
    "length", [b"Content-Length: 9", b"Content-Leng", b"Content-Length: 1", b"Content-Length: -"]
)
def test_a_page_whose_length_is_lost_is_skipped_by_name(tmp_path, length):
    path, data = three(tmp_path)
    second = second_record(data)
    path.write_bytes(data[:second] + data[second:].replace(b"Content-Length: ", length, 1))
    corpus = st.read_corpus(path)
    assert len(corpus) == 2
    assert len(corpus.skipped)
