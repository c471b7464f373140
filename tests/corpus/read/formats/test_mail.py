"""Mail: newsletters, alerts, forwarded articles."""

import base64
import html

import pytest

import syriatopics as st
from syriatopics.errors import CorpusError

TEXT = "قالت مصادر محلية في مدينة الرقة إن قوافل من المساعدات الإنسانية وصلت إلى المخيمات القريبة من المدينة."
MORE = "وأضافت المصادر أن المنظمات الدولية تنتظر موافقة الجهات المعنية لإدخال دفعة جديدة من المواد الغذائية."


def mail(kind, body, charset="utf-8", subject="مساعدات تصل"):
    coded = base64.b64encode(subject.encode()).decode()
    return (
        f"From: a@amad.ps\r\nSubject: =?utf-8?b?{coded}?=\r\nDate: Thu, 28 Apr 2016 10:00:00 +0300\r\n"
        f"MIME-Version: 1.0\r\nContent-Type: {kind}; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    ).encode() + body.encode(charset)


def test_plain_mail_is_an_article(tmp_path):
    for name, charset in (("a.eml", "utf-8"), ("b.eml", "windows-1256")):
        (tmp_path / name).write_bytes(mail("text/plain", f"{TEXT}\r\n\r\n{TEXT}", charset))
    corpus = st.read_corpus(tmp_path)
    assert len(corpus) == 2
    for article in corpus:
        assert TEXT in article.raw
        assert article.title == "مساعدات تصل"
        assert article.date_printed is None  # the day of a mail is no day of publication


def test_a_page_in_a_mail_is_an_article(tmp_path):
    page = f"<html><body><article><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"
    (tmp_path / "a.eml").write_bytes(mail("text/html", page))
    (article,) = st.read_corpus(tmp_path / "a.eml")
    assert TEXT in article.raw and article.title == "مساعدات تصل"


def test_mail_without_text_or_with_odd_heads_is_no_traceback(tmp_path):
    (tmp_path / "a.eml").write_bytes(mail("image/png", "PNG"))
    (tmp_path / "b.eml").write_bytes(mail("text/plain", TEXT).replace(b"Thu, 28 Apr 2016", b"x"))
    (tmp_path / "c.eml").write_bytes(mail("text/plain", TEXT).replace(b"?utf-8?b?", b"?no-such?b?"))
    corpus = st.read_corpus(tmp_path)
    assert len(corpus) == 2
    assert "no page and no text" in corpus.skipped["reason"].iloc[0]


HEADS = {
    "Gmail": "---------- Forwarded message ---------\nFrom: أمد <news@amad.ps>\nDate: Wed, Apr 27, 2016 at 9:12 AM\nSubject: العنوان الأصلي\nTo: <me@example.org>\n",
    "Gmail in Arabic": "---------- رسالة مُعاد توجيهها ---------\nمن: أمد <news@amad.ps>\nالتاريخ: 27 أبريل 2016\nالموضوع: العنوان الأصلي\nإلى: <me@example.org>\n",
    "Apple": "Begin forwarded message:\n\nFrom: news@amad.ps\nSubject: العنوان الأصلي\nDate: 27 April 2016 at 09:12:00 GMT+3\nTo: me@example.org\n",
    "Outlook": "________________________________\nFrom: news@amad.ps <news@amad.ps>\nSent: Wednesday, April 27, 2016 9:12 AM\nTo: me@example.org\nSubject: العنوان الأصلي\n",
    "Outlook in Arabic": "من: news@amad.ps\nتاريخ الإرسال: 27 أبريل 2016\nإلى: me@example.org\nالموضوع: العنوان الأصلي\n",
    "Thunderbird": "-------- Original Message --------\nSubject: العنوان الأصلي\nDate: Wed, 27 Apr 2016 09:12:00 +0300\nFrom: أمد <news@amad.ps>\nTo: me@example.org\n",
    "in stars": "*From:* news@amad.ps\n*Date:* 27 April 2016\n*Subject:* العنوان الأصلي\n",
}


@pytest.mark.parametrize("quoted", ["", "> "])
@pytest.mark.parametrize("kind", ["text/plain", "text/html"])
@pytest.mark.parametrize("program", HEADS)
def test_a_forwarded_mail_is_the_article_that_it_forwards(program, kind, quoted, tmp_path):
    body = f"للاطلاع، مع التحية\n\n{HEADS[program]}\n{TEXT}\n\n{MORE}\n"
    if kind == "text/html":
        lines = (f"<div>{html.escape(line)}<br></div>" for line in body.splitlines())
        body = f"<html><body><div class='gmail_quote'>{''.join(lines)}</div></body></html>"
    elif quoted:
        body = "".join(f"{quoted}{line}\n" for line in body.splitlines())
    data = mail(kind, body, subject="Fwd: إعادة توجيه: العنوان الأصلي").replace(b"a@amad", b"me@dw")
    (tmp_path / "a.eml").write_bytes(data)
    (article,) = st.read_corpus(tmp_path / "a.eml")
    assert article.title == "العنوان الأصلي"
    assert (article.outlet, str(article.date_printed)[:10]) == ("amad", "2016-04-27")
    assert article.paragraphs == (TEXT, MORE)
    assert "للاطلاع" in article.raw and "amad.ps" in article.raw  # nothing is cut off


def test_a_mail_whose_text_begins_with_heads_is_read_once(tmp_path):
    (tmp_path / "a.eml").write_bytes(mail("text/plain", f"{HEADS['Outlook'][33:]}\n{TEXT}"))
    (article,) = st.read_corpus(tmp_path / "a.eml")
    assert article.paragraphs == (TEXT,) and article.outlet == "amad"


def test_a_mail_in_very_many_others_is_skipped_by_name(tmp_path):
    inner = f"From: a@b.ps\n\n{TEXT}"
    for _ in range(30):
        inner = f"MIME-Version: 1.0\nContent-Type: message/rfc822\n\n{inner}"
    (tmp_path / "a.eml").write_text(inner, encoding="utf-8")
    with pytest.raises(CorpusError, match="a mail in more than 4 others"):
        st.read_corpus(tmp_path / "a.eml")


def test_a_digest_whose_head_was_cut_off_is_not_one_article(tmp_path):
    part = f"--x\nContent-Type: message/rfc822\n\nFrom: a@b.ps\nSubject: {{}}\n\n{TEXT}\n\n"
    digest = "MIME-Version: 1.0\nDate: Thu, 28 Apr 2022 10:00:00 +0300\n\n" + part.format(1)
    (tmp_path / "a.eml").write_text(digest + part.format(2) + "--x--\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="whose borders are lost"):
        st.read_corpus(tmp_path / "a.eml")


def test_an_article_that_quotes_a_mail_keeps_its_text(tmp_path):
    body = "\n\n".join(f"{n} {TEXT}" for n in range(6)) + f"\n\n{HEADS['Gmail']}\n{TEXT}"
    (tmp_path / "a.eml").write_bytes(mail("text/plain", body))
    (article,) = st.read_corpus(tmp_path / "a.eml")
    assert not any("forwarded" in span.reason for span in article.removed)


def test_subjects_that_nobody_coded_are_read_in_the_encoding_of_the_mail(tmp_path):
    for charset in ("utf-8", "windows-1256"):
        data = f"From: a@b.org\r\nSubject: مساعدات تصل\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset={charset}\r\n\r\n{TEXT}"
        (tmp_path / f"{charset}.eml").write_bytes(data.encode(charset))
    assert {a.title for a in st.read_corpus(tmp_path)} == {"مساعدات تصل"}


def test_what_is_attached_is_read_and_pictures_are_counted(tmp_path):
    parts = [
        "Content-Type: text/plain; charset=utf-8\r\n\r\nمع التحية",
        f"Content-Type: text/html; charset=utf-8\r\nContent-Disposition: attachment; filename=a.html\r\n\r\n<html><body><h1>أول</h1><p>{TEXT}</p></body></html>",
        f"Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=../../b.txt\r\n\r\n{TEXT}",
        f"Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=c.txt\r\n\r\n{TEXT} ثالثا",
        "Content-Type: image/png\r\nContent-Disposition: attachment; filename=p.png\r\n\r\nPNG",
    ]
    head = "From: a@b.org\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n"
    data = head + "".join(f"--q\r\n{part}\r\n" for part in parts) + "--q--\r\n"
    (tmp_path / "a.eml").write_bytes(data.encode())
    corpus = st.read_corpus(tmp_path / "a.eml")
    assert sorted(a.article_id for a in corpus) == ["a", "a-2"]
    said = " ".join(corpus.notes)
    assert "2 articles in one mail" in said and "2 attachment of a mail that is no text" in said


def test_a_text_beside_the_page_it_repeats_is_read_once(tmp_path):
    head = "From: a@b.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=q\r\n\r\n"
    parts = "".join(
        f"--q\r\nContent-Type: text/{kind}; charset=utf-8\r\n\r\n{body}\r\n"
        for kind, body in (("plain", TEXT), ("html", f"<html><body><p>{TEXT}</p></body></html>"))
    )
    (tmp_path / "a.eml").write_bytes(f"{head}{parts}--q--".encode())
    assert len(st.read_corpus(tmp_path / "a.eml")) == 1
