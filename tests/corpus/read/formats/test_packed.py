"""Files that the libraries themselves packed: brotli, zstd in several frames, PDF with fonts in it."""

import textwrap

import pytest

import syriatopics as st
from syriatopics.extras import load

TEXT = (
    "قالت مصادر محلية في مدينة الرقة إن قوافل من المساعدات الإنسانية وصلت إلى المخيمات القريبة من المدينة بعد "
    "انقطاع دام أسابيع."
)
PAGE = f"<!doctype html><html><head><meta charset='utf-8'></head><body><article><h1>عنوان</h1><p>{TEXT}</p></article></body></html>"
ROWS = "id,text\n" + "".join(f"{n},{TEXT} {n}\n" for n in range(400))

pytestmark = pytest.mark.needs("formats")


def brotli(data):
    return load("brotli", "A test").compress(data)


def zstd(data):
    """Pack in frames of a kilobyte, as programs that append do; none states its size."""
    packer = load("zstandard", "A test").ZstdCompressor(write_content_size=False)
    return b"".join(packer.compress(data[n : n + 1024]) for n in range(0, len(data), 1024))


@pytest.mark.parametrize(("ending", "pack"), [(".br", brotli), (".zst", zstd)])
def test_a_packed_table_is_read_to_its_end(ending, pack, tmp_path):
    path = tmp_path / f"a.csv{ending}"
    path.write_bytes(pack(ROWS.encode()))
    corpus = st.read_corpus(path)
    assert {a.article_id for a in corpus} == {str(n) for n in range(400)}
    assert not len(corpus.skipped)


@pytest.mark.parametrize(("ending", "pack"), [(".br", brotli), (".zst", zstd)])
def test_a_packed_table_that_is_cut_gives_what_stands_before(ending, pack, tmp_path):
    path = tmp_path / f"a.csv{ending}"
    data = pack(ROWS.encode())
    path.write_bytes(data[: len(data) * 2 // 3])
    try:
        corpus = st.read_corpus(path)
    except st.errors.CorpusError as error:
        assert "a.csv" in str(error)
    else:
        assert all(TEXT in a.raw for a in corpus.articles[:10])
        assert any("ends early" in reason for reason in corpus.skipped["reason"])


@pytest.mark.parametrize(("name", "pack"), [("br", brotli), ("zstd", zstd)])
def test_a_page_that_a_server_packed_is_read(name, pack, tmp_path):
    body = pack(PAGE.encode())
    http = (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {name}\r\n\r\n".encode()
        + body
    )
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://www.enabbaladi.net/1\r\n"
        "WARC-Date: 2016-07-28T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    (tmp_path / "a.warc").write_bytes(head.encode() + http + b"\r\n\r\n")
    (article,) = st.read_corpus(tmp_path / "a.warc")
    assert article.paragraphs == (TEXT,)


@pytest.mark.parametrize("fonttype", [3, 42])
def test_a_pdf_that_was_set_from_left_to_right_is_flagged(fonttype, tmp_path):
    """Programs that place shaped words give them in the order of the eye: letters right, words backwards."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    figure = Figure()
    for n, line in enumerate(textwrap.wrap(TEXT, 60)):
        figure.text(0.95, 0.9 - 0.05 * n, line, ha="right", fontfamily="DejaVu Sans")
    with mpl.rc_context({"pdf.fonttype": fonttype}):
        figure.savefig(tmp_path / "a.pdf")
    corpus = st.read_corpus(tmp_path / "a.pdf")
    assert sorted(corpus.articles[0].raw.replace(".", "").split()) == sorted(
        TEXT.replace(".", "").split()
    )
    assert "visual order" in {flag.kind for flag in corpus.articles[0].flags}
    assert any("visual order" in note for note in corpus.notes)


def test_a_pdf_without_text_says_the_way_out(tmp_path):
    writer = load("pypdf", "A test").PdfWriter()
    writer.add_blank_page(200, 200)
    with (tmp_path / "a.pdf").open("wb") as file:
        writer.write(file)
    with pytest.raises(st.errors.CorpusError, match="pictures of pages need OCR"):
        st.read_corpus(tmp_path / "a.pdf")


def test_a_pdf_that_wants_a_word_says_so(tmp_path):
    writer = load("pypdf", "A test").PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    with (tmp_path / "a.pdf").open("wb") as file:
        writer.write(file)
    with pytest.raises(st.errors.CorpusError, match="is encrypted"):
        st.read_corpus(tmp_path / "a.pdf")
