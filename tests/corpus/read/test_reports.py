"""What people met with exports, archives and pages, as they told it in public; each was tried here."""

import importlib.util
from pathlib import Path

import pytest

import syriatopics as st

_PATH = Path(__file__).parent / "formats" / "made.py"
_spec = importlib.util.spec_from_file_location("made", _PATH)
made = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(made)


def read(folder, name, data):
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return st.read_corpus(path)


def days(corpus):
    return sorted(str(a.date_printed)[:10] for a in corpus)


def test_one_document_of_nexis_without_its_count_is_an_article(tmp_path):
    """amcat, 586."""
    text = made.nexis_text()
    one = text[text.index("\n", text.index("DOCUMENTS")) : text.index("2 of 3")]
    (article,) = read(tmp_path, "one.txt", one)
    assert (article.title, article.outlet) == (made.TITLES[0], "alhayat")
    assert days([article]) == [made.DAYS[0]] and article.author == "محرر"
    assert not any("LENGTH" in p or "LOAD-DATE" in p for p in article.paragraphs)


def test_a_summary_on_the_line_of_the_byline_is_no_author(tmp_path):
    """LexisNexisTools, 10."""
    text = made.nexis_uni().replace("Byline:\xa0محرر", "Byline:\xa0محرر Highlight: ملخص الخبر")
    corpus = read(tmp_path, "n.docx", made.docx(text))
    assert {a.author for a in corpus} == {"محرر"}


@pytest.mark.parametrize("blank", ["\n\n\n", "\n\n\n\n\n"])
def test_blank_lines_inside_an_article_end_nothing(blank, tmp_path):
    """LexisNexisTools, 11 and 21."""
    first = made.TEXTS[0]
    text = made.nexis_uni().replace(f"{first}\n", f"{first}{blank}", 1)
    assert len(read(tmp_path, "n.docx", made.docx(text))) == made.N


def test_the_message_of_an_error_in_the_place_of_a_document_costs_that_document(tmp_path):
    """R.TeMiS, 4."""
    error = (
        '<A NAME="DOC_ID_9"></A><DOC NUMBER=1><DOCFULL><BR><DIV><P><SPAN CLASS="c2">1 of 4 DOCUMENTS</SPAN></P></DIV>'
        "<DIV><P><SPAN>We are sorry but there is an error in this document.</SPAN></P></DIV></DOCFULL></DOC>"
    )
    corpus = read(tmp_path, "n.html", made.nexis_html().replace("<BODY>", f"<BODY>{error}"))
    assert len(corpus) == made.N and len(corpus.skipped) == 1


@pytest.mark.parametrize("between", [b"\r\n", b""])
def test_records_that_no_blank_line_parts_are_records(between, tmp_path):
    """warcio, 131; warcreate, 122."""
    data = made.warc(False).replace(b"\r\n\r\nWARC/1.0", between + b"WARC/1.0")
    assert len(read(tmp_path, "w.warc", data)) == made.N


@pytest.mark.parametrize("sign", ["\x10", "\x1c", "\x00", "\x0b", "&nbsp;", "&hellip;"])
def test_signs_that_xml_forbids_end_no_export(sign, tmp_path):
    """exitwp, 40; migration_tool, 90; hexo-migrator-wordpress, 105; woocommerce, 23447."""
    start = made.TEXTS[1][:20]
    corpus = read(tmp_path, "w.xml", made.wxr().replace(start, start + sign, 1))
    assert days(corpus) == sorted(made.DAYS)


@pytest.mark.parametrize("above", ["\n \ufeff", "Warning: a notice of a server\n", "\r\n\r\n"])
def test_what_stands_above_the_first_tag_ends_no_export(above, tmp_path):
    """one-click-demo-import, 86; Publii, 675."""
    assert days(read(tmp_path, "w.xml", above + made.wxr())) == sorted(made.DAYS)


COPY = "https://web.archive.org/web/20190107064625/https://www.enabbaladi.net/archives/1"
TOOLBAR = '<div id="wm-ipp-base"><div id="wm-ipp"><span>7 Jan 2019</span> 07 2019</div></div>'


@pytest.mark.parametrize("where", ["saved", "canonical", "table"])
def test_the_day_of_a_copy_is_no_day_of_publication(where, tmp_path):
    """trafilatura, 551: pages kept by the Wayback Machine."""
    page = made.page(0).replace("<body>", f"<body>{TOOLBAR}")
    if where == "saved":
        (article,) = read(tmp_path, "a.html", f"<!-- saved from url=(0080){COPY} -->\n{page}")
    elif where == "canonical":
        head = f'<head><link rel="canonical" href="{COPY}">'
        (article,) = read(tmp_path, "a.html", page.replace("<head>", head))
    else:
        (article,) = read(tmp_path, "a.csv", f"url,text\n{COPY},{made.TEXTS[0]}\n")
    assert article.outlet == "enabbaladi" and article.date_printed is None
    if where != "table":
        assert article.url == "https://www.enabbaladi.net/archives/1"


def test_days_in_a_program_of_the_page_are_nobodys(tmp_path):
    """htmldate, 28."""
    script = "<script>var x = {expiry: '2031-01-31', datePublished: '2030-05-05'};</script></body>"
    (article,) = read(tmp_path, "a.html", made.page(0).replace("</body>", script))
    assert article.date_printed is None


def test_a_message_without_sender_or_text_is_no_fault(tmp_path):
    """chat-miner, 31."""
    text = made.telegram().replace('"from": "قناة الأخبار",', "")
    corpus = read(tmp_path, "result.json", text.replace('"text": [', '"kept": 1, "text": [', 1))
    assert len(corpus) == made.N


def test_a_message_whose_text_stands_in_pieces_only_is_read(tmp_path):
    text = made.telegram().replace('"text_entities": []', '"kept": 1')
    text = text.replace('"text": [', '"text": "", "text_entities": [')
    assert len(read(tmp_path, "result.json", text)) == made.N
