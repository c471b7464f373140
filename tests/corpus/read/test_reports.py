"""What people met with exports, archives and pages, as they told it in public; each was tried here."""

import importlib.util
import json
import re
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


NEXIS = """
                               1 of 2 DOCUMENTS

                                  Al-Hayat

                             15 April 2016

{0}

SECTION: News

LENGTH: 60 words

{1}

LOAD-DATE: 16 April 2016

LANGUAGE: ARABIC

                               2 of 2 DOCUMENTS

                                  Al-Hayat

                             16 April 2016

{2}

LENGTH: 60 words

{3}

LOAD-DATE: 17 April 2016

LANGUAGE: ARABIC
"""
GERMAN = {"April": "Oktober", "SECTION": "RUBRIK", "LENGTH": "LÄNGE", "words": "Wörter"} | {
    "LOAD-DATE": "UPDATE",
    "LANGUAGE": "SPRACHE",
}
FRENCH = {"April": "févr.", "SECTION": "RUBRIQUE", "LENGTH:": "LONGUEUR :", "words": "mots"} | {
    "LOAD-DATE": "DATE-CHARGEMENT",
    "LANGUAGE": "LANGUE",
}


@pytest.mark.parametrize("counts", ["{} de {} DOCUMENTS", "Dokument {} von {}"])
@pytest.mark.parametrize(("words", "month"), [(GERMAN, 10), (FRENCH, 2)])
def test_nexis_in_other_languages(counts, words, month, tmp_path):
    """LexisNexisTools, 31: exports of an interface in German or French."""
    text = NEXIS.format(made.TITLES[0], made.TEXTS[0], made.TITLES[1], made.TEXTS[1])
    for n in "12":
        text = text.replace(f"{n} of 2 DOCUMENTS", counts.format(n, 2))
    for name, other in words.items():
        text = text.replace(name, other)
    corpus = read(tmp_path, "a.txt", text)
    assert len(corpus) == 2 and not len(corpus.skipped)
    assert sorted(corpus.table["title"]) == sorted(made.TITLES[:2])
    assert {day.month for day in corpus.table["date_printed"]} == {month}
    assert not any("UPDATE" in article.raw or "LANGUE" in article.raw for article in corpus)


def test_records_of_mongodb_keep_ids_and_days(tmp_path):
    rows = [
        {
            "_id": {"$oid": f"5{n}"},
            "body": t,
            "date": {"$date": {"$numberLong": f"14580360{n}0000"}},
        }
        for n, t in enumerate(made.TEXTS[:2])
    ]
    corpus = read(tmp_path, "a.json", "\n".join(map(json.dumps, rows)))
    assert corpus.table["article_id"].tolist() == ["50", "51"]
    assert corpus.table["date_printed"].notna().all()


def test_lists_side_by_side_are_articles_and_pieces_of_one_are_not(tmp_path):
    texts = made.TEXTS[:2]
    lists = {"text": texts, "date": ["2016-03-15", "2016-03-16"], "author": ["أ", "ب"]}
    assert len(read(tmp_path, "a.json", json.dumps(lists))) == 2
    one = {"text": texts, "authors": ["أ", "ب"], "date": "2016-03-15"}
    assert len(read(tmp_path, "b.json", json.dumps(one))) == 1


def test_the_letters_of_a_ligature_that_a_pdf_gives_the_wrong_way_round_are_flagged(tmp_path):
    """pypdf, 1589, and pdfminer.six, 850."""
    text = made.TEXTS[0] + " قال الأمين العام للأمم المتحدة إن الأوضاع في الأحياء والأسواق صعبة."
    swapped = re.sub("ال([أإ])", "ا\\1ل", text)
    for name, said in (("a.txt", swapped), ("b.txt", text)):
        (article,) = read(tmp_path, name, said)
        assert {flag.kind for flag in article.flags} == (
            {"letters of لا swapped"} if name == "a.txt" else set()
        )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_entities_in_xml_of_two_bytes_a_letter_are_expanded_by_nobody(encoding, tmp_path):
    declared = (
        '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "secret.md"><!ENTITY b "root:">]>'
    )
    item = f"<item><title>عنوان</title><description>{made.TEXTS[0]} &a; &b;</description></item>"
    (tmp_path / "secret.md").write_text("root: none of yours", encoding="utf-8")
    (tmp_path / "a.rss").write_bytes(
        f"{declared}<rss><channel>{item}</channel></rss>".encode(encoding)
    )
    try:
        corpus = st.read_corpus(tmp_path / "a.rss")
    except st.errors.CorpusError as error:
        assert "entities" in str(error)
    else:
        assert all("root:" not in article.raw for article in corpus)
