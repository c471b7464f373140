"""Mail: newsletters, alerts, forwarded articles."""

import base64

import syriatopics as st

TEXT = "قالت مصادر محلية في مدينة الرقة إن قوافل من المساعدات الإنسانية وصلت إلى المخيمات القريبة من المدينة."


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
    html = f"<html><body><article><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"
    (tmp_path / "a.eml").write_bytes(mail("text/html", html))
    (article,) = st.read_corpus(tmp_path / "a.eml")
    assert TEXT in article.raw and article.title == "مساعدات تصل"


def test_mail_without_text_or_with_odd_heads_is_no_traceback(tmp_path):
    (tmp_path / "a.eml").write_bytes(mail("image/png", "PNG"))
    (tmp_path / "b.eml").write_bytes(mail("text/plain", TEXT).replace(b"Thu, 28 Apr 2016", b"x"))
    (tmp_path / "c.eml").write_bytes(mail("text/plain", TEXT).replace(b"?utf-8?b?", b"?no-such?b?"))
    corpus = st.read_corpus(tmp_path)
    assert len(corpus) == 2
    assert "no page and no text" in corpus.skipped["reason"].iloc[0]
