"""Small files of every format, made for the tests: the structure is real, the text is ours."""

import bz2
import gzip
import io
import json
import tarfile
import zipfile

import pandas as pd

TEXTS = (
    "قالت مصادر محلية في مدينة الرقة إن قوافل من المساعدات الإنسانية وصلت إلى المخيمات القريبة من المدينة بعد انقطاع دام أسابيع.",
    "من جهته أكد المبعوث الأممي أن المفاوضات بين الأطراف السورية ستستأنف الشهر المقبل في جنيف لبحث الانتقال السياسي والدستور.",
    "وأضافت المصادر أن المنظمات الدولية تنتظر موافقة الجهات المعنية لإدخال دفعة جديدة من المواد الغذائية والطبية إلى الأهالي.",
)
TITLES = ("مساعدات تصل إلى مخيمات الرقة", "جولة جديدة من المفاوضات", "انتظار الموافقة على القوافل")
DAYS = ("2016-04-28", "2016-05-02", "2016-05-13")
ENGLISH = ("28 April 2016", "2 May 2016", "13 May 2016")
AMERICAN = ("April 28, 2016 Thursday", "May 2, 2016 Monday", "May 13, 2016 Friday")
FRENCH = ("28 avril 2016", "2 mai 2016", "13 mai 2016")
OUTLETS = ("الحياة", "الوطن", "تشرين")
N = len(TEXTS)
NUMBERS = [f"ALHA0000{day.replace('-', '')}ec4s0000{n}" for n, day in enumerate(DAYS)]


def n_words(n):
    """Say how many words an export states: the text stands twice in it, with one more word."""
    return 2 * len(TEXTS[n].split()) + 1


def page(n, extra=""):
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{TITLES[n]}</title>{extra}</head><body>'
        f"<article><h1>{TITLES[n]}</h1><p>{TEXTS[n]}</p><p>{TEXTS[n]} انتهى.</p></article></body></html>"
    )


def rows():
    return [
        {"id": f"a{n}", "title": TITLES[n], "outlet": OUTLETS[n], "date": DAYS[n], "text": TEXTS[n]}
        for n in range(N)
    ]


def factiva_html():
    articles = "".join(
        f'<div id="article-{NUMBERS[n]}" class="article"><div class="article arArticle"><p>\n</p><div>News</div>'
        f'<div id="hd"><span class="arHeadline">{TITLES[n]}</span></div><div>{n_words(n)} words</div><div>{ENGLISH[n]}</div>'
        f"<div>{OUTLETS[n]}</div><div>ALHAYA</div><div>Arabic</div><div>(c) 2016 </div>"
        f'<p class="articleParagraph ararticleParagraph">{TEXTS[n]}</p>'
        f'<p class="articleParagraph ararticleParagraph">{TEXTS[n]} انتهى.</p>'
        f"<p>Document {NUMBERS[n]}</p></div></div>"
        for n in range(N)
    )
    return f'<html><head><title>Factiva</title></head><body><form><div id="contentLeft">{articles}</div></form></body></html>'


def factiva_lines():
    return "\n".join(
        f"\n{TITLES[n]}\n{n_words(n)} words\n{ENGLISH[n]}\n{OUTLETS[n]}\nALHAYA\nArabic\n(c) 2016\n\n{TEXTS[n]}\n\n"
        f"{TEXTS[n]} انتهى.\n\nDocument {NUMBERS[n]}\n"
        for n in range(N)
    )


def factiva_codes():
    return "\n".join(
        f"HD\t{TITLES[n]}\nWC\t{n_words(n)} words\nPD\t{ENGLISH[n]}\nSN\t{OUTLETS[n]}\nLA\tArabic\nLP\t{TEXTS[n]}\n"
        f"TD\t{TEXTS[n]} انتهى.\nAN\tDocument {NUMBERS[n]}\n"
        for n in range(N)
    )


def factiva_xml():
    articles = "".join(
        f"<ppsarticle><article><accessionNo>{NUMBERS[n]}</accessionNo><headline><paragraph>{TITLES[n]}</paragraph></headline>"
        f"<leadParagraph><paragraph>{TEXTS[n]}</paragraph></leadParagraph><publicationDate><dateTime>{DAYS[n]}T01:00:00Z</dateTime>"
        f"</publicationDate><sourceName>{OUTLETS[n]}</sourceName><tailParagraphs><paragraph>{TEXTS[n]} انتهى.</paragraph>"
        "</tailParagraphs></article></ppsarticle>"
        for n in range(N)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><PPSResponse><ppsArticleResponse xmlns="http://global.factiva.com/pps/2.0">'
        f"<ppsarticleResultSet>{articles}</ppsarticleResultSet></ppsArticleResponse></PPSResponse>"
    )


def nexis_text():
    return "\nDownload Request: Selected Items: 1-3\nTerms: (DATE(>=2009-12-01))\n\n" + "\n".join(
        f"\n                    {n + 1} of {N} DOCUMENTS\n\n\n                 {OUTLETS[n]}\n\n           {AMERICAN[n]}\n\n"
        f"{TITLES[n]}\n\nBYLINE: محرر\n\nLENGTH: {n_words(n)} words\n\n{TEXTS[n][:60].rsplit(' ', 1)[0]}\n{TEXTS[n][len(TEXTS[n][:60].rsplit(' ', 1)[0]) + 1 :]}\n\n"
        f"{TEXTS[n]} انتهى.\n\nLOAD-DATE: {AMERICAN[n]}\n\nLANGUAGE: ARABIC\n\n"
        f"              Copyright 2016 {OUTLETS[n]}\n                All Rights Reserved\n"
        for n in range(N)
    )


def nexis_html():
    def div(label, said=""):
        label = f"<SPAN CLASS='c7'>{label}</SPAN>" if label else ""
        return (
            f"<BR><DIV CLASS='c4'><P CLASS='c5'>{label}<SPAN CLASS='c2'>{said}</SPAN></P>\n</DIV>\n"
        )

    return (
        "<HTML><HEAD><TITLE>&nbsp;</TITLE></HEAD><BODY>"
        + "".join(
            f'<A NAME="DOC_ID_{n}"></A><!-- Hide XML section from browser\n<DOC NUMBER={n + 1}>\n<DOCFULL> -->\n'
            f'<BR><DIV CLASS="c0"><P CLASS="c1"><SPAN CLASS="c2">{n + 1} of {N} DOCUMENTS</SPAN></P>\n</DIV>'
            + div("", OUTLETS[n])
            + div("", f"{AMERICAN[n]}, CITY EDITION")
            + div("", TITLES[n])
            + div("BYLINE: ", "محرر")
            + div("LENGTH: ", f"{n_words(n)} words")
            + f"<BR><DIV CLASS='c4'><P CLASS='c8'><SPAN>{TEXTS[n]}</SPAN></P>\n<P CLASS='c8'><SPAN>{TEXTS[n]} انتهى.</SPAN></P>\n</DIV>"
            + div("LOAD-DATE: ", AMERICAN[n])
            + div("", f"Copyright 2016 {OUTLETS[n]}")
            + "<!-- Hide XML section from browser\n</DOCFULL>\n</DOC> -->"
            for n in range(N)
        )
        + "</BODY></HTML>"
    )


def nexis_uni():
    cover = f"User Name: x\nDocuments ({N})\n" + "".join(
        f"{n + 1}. {title}\nSearch Terms: سوريا\n\n" for n, title in enumerate(TITLES)
    )
    return cover + "".join(
        f"\n\n{TITLES[n]}\n{OUTLETS[n]}\n{AMERICAN[n]}\n\n\nCopyright 2016\nSection:\xa0NEWS\nLength:\xa0{n_words(n)} words\n"
        f"Byline:\xa0محرر\nBody\n\n{TEXTS[n]}\n{TEXTS[n]} انتهى.\n\nLoad-Date:\xa0{AMERICAN[n]}\n\n\nEnd of Document\n"
        for n in range(N)
    )


def europresse():
    articles = "".join(
        f'<article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">{OUTLETS[n]}</span></div>'
        f'<span class="DocHeader">{FRENCH[n]}, 39 mots</span><div class="titreArticle"><p class="titreArticleVisu">{TITLES[n]}</p></div>'
        f'<div class="sm-margin-bottomNews">محرر</div></header><section><div class="docOcurrContainer"><p>{TEXTS[n]}</p>'
        f'<p>{TEXTS[n]} انتهى.</p></div></section><footer><div class="publiC-lblNodoc">news·20160428·ABC·00{n}</div>'
        "<div>Date d'émission : 2026-01-01</div></footer></article>"
        for n in range(N)
    )
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{articles}</body></html>'


def europresse_old():
    author = "محرر<br><p></p>"
    return (
        "<html><body>"
        + "".join(
            f'<table id="tbHeaderImages"><tr><td>x</td></tr></table><span class="DocPublicationName">{OUTLETS[n]}, no. 12</span><br>'
            f'<span class="DocHeader">jeudi </span><span class="DocHeader">{FRENCH[n]}</span><br><br>'
            f'<span class="TitreArticleVisu">{TITLES[n]}</span><br><br>{author * (n % 2)}{TEXTS[n]}<p></p>{TEXTS[n]} انتهى.<p></p>'
            f"<b><i>© 2016. Tous droits réservés.</i></b><p></p>Numéro de document : news·20160428·ABC·00{n}<br>"
            "<table><tr><td>Date d'émission : <b>2026-01-01</b></td></tr></table>"
            for n in range(N)
        )
        + "</body></html>"
    )


def telegram():
    messages = [
        {"id": 1, "type": "service", "date": "2016-04-01T00:00:00", "action": "create_channel"}
    ]
    messages += [
        {
            "id": n + 2,
            "type": "message",
            "date": f"{DAYS[n]}T10:00:00",
            "date_unixtime": "1461834000",
            "from": "قناة الأخبار",
            "text": [
                f"{TITLES[n]}\n\n",
                {"type": "bold", "text": TEXTS[n]},
                f"\n{TEXTS[n]} انتهى.",
            ],
            "text_entities": [],
        }
        for n in range(N)
    ]
    messages.append(
        {"id": 9, "type": "message", "date": "2016-05-14T00:00:00", "photo": "x.jpg", "text": ""}
    )
    channel = {"name": "قناة الأخبار", "type": "public_channel", "id": 123456, "messages": messages}
    return json.dumps(channel, ensure_ascii=False, indent=1)


def rss():
    items = "".join(
        f"<item><title>{TITLES[n]}</title><link>https://www.enabbaladi.net/{n}</link>"
        f"<pubDate>{DAYS[n]}T10:00:00Z</pubDate><dc:creator>محرر</dc:creator>"
        f"<description>ملخص</description><content:encoded><![CDATA[<p>{TEXTS[n]}</p><p>{TEXTS[n]} انتهى.</p>]]></content:encoded></item>"
        for n in range(N)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>صحيفة</title>{items}</channel></rss>'
    )


def atom():
    items = "".join(
        f'<entry><title>{TITLES[n]}</title><link href="https://www.enabbaladi.net/{n}"/><published>{DAYS[n]}T10:00:00Z</published>'
        f'<author><name>محرر</name></author><content type="html">&lt;p&gt;{TEXTS[n]}&lt;/p&gt;&lt;p&gt;{TEXTS[n]} انتهى.&lt;/p&gt;</content></entry>'
        for n in range(N)
    )
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>صحيفة</title>{items}</feed>'


def wxr():
    items = "".join(
        f"<item><title>{TITLES[n]}</title><link>https://www.enabbaladi.net/{n}</link><wp:post_type>post</wp:post_type>"
        f"<wp:post_date>{DAYS[n]} 10:00:00</wp:post_date><content:encoded><![CDATA[{TEXTS[n]}\n\n{TEXTS[n]} انتهى.]]></content:encoded><excerpt:encoded><![CDATA[ملخص]]></excerpt:encoded></item>"
        "<item><title>صورة</title><wp:post_type>attachment</wp:post_type></item>"
        for n in range(N)
    )
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>{items}</channel></rss>'
    )


def tei():
    texts = "".join(
        f'<TEI><teiHeader><fileDesc><titleStmt><title>{TITLES[n]}</title></titleStmt><sourceDesc><bibl><date when="{DAYS[n]}"/></bibl>'
        f"</sourceDesc></fileDesc></teiHeader><text><body><p>{TEXTS[n]}</p><p>{TEXTS[n]} انتهى.</p></body></text></TEI>"
        for n in range(N)
    )
    return (
        f'<?xml version="1.0"?><teiCorpus xmlns="http://www.tei-c.org/ns/1.0">{texts}</teiCorpus>'
    )


def zipped(members):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return held.getvalue()


def tarred(members):
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as file:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            file.addfile(info, io.BytesIO(data))
    return held.getvalue()


def telegram_html():
    def message(n, inside, kind="default clearfix"):
        return f'<div class="message {kind}" id="message{n}">\n{inside}\n</div>\n'

    def stamp(n):
        year, month, day = DAYS[n].split("-")
        return f'<div class="pull_right date details" title="{day}.{month}.{year} 17:30:12 UTC+03:00">17:30</div>'

    sender = '<div class="from_name">شبكة الرقة</div>'
    forwarded = (
        '<div class="forwarded body"><div class="from_name">وكالة <span class="date details" title="01.01.2015 10:00:00">'
        f' 01.01.2015 10:00:00</span></div><div class="text">{TEXTS[2]}</div></div>'
    )
    messages = (
        message(-1, '<div class="body details">28 April 2016</div>', "service")
        + message(5, f'<div class="body">{stamp(0)}{sender}<div class="text">{TEXTS[0]}<br><br>وعادت القوافل مساء إلى المدينة بعد أن أفرغت حمولتها كلها.</div></div>')
        + message(6, f'<div class="body">{stamp(1)}<div class="text">{TEXTS[1]}</div></div>', "default clearfix joined")
        + message(7, f'<div class="body">{stamp(2)}{sender}{forwarded}</div>')
        + message(8, f'<div class="body">{stamp(2)}{sender}<div class="media_wrap clearfix">Photo</div></div>')
    )  # fmt: skip
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"/><title>Exported Data</title></head><body><div class="page_wrap">'
        '<div class="page_header"><div class="content"><div class="text bold">\nشبكة الرقة </div></div></div>'
        f'<div class="page_body chat_page"><div class="history">{messages}</div></div></div></body></html>'
    )


def record(kind, number, block, content="application/http; msgtype=response"):
    return (
        (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://www.enabbaladi.net/{number}\r\n"
            f"WARC-Date: 2016-07-28T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{kind}-{number}>\r\nContent-Type: {content}\r\n"
            f"Content-Length: {len(block)}\r\n\r\n"
        ).encode()
        + block
        + b"\r\n\r\n"
    )


def response(number, body, encoding=""):
    packing = f"Content-Encoding: {encoding}\r\n" if encoding else ""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{packing}\r\n".encode()
    return record("response", number, head + body)


def warc(packed=True):
    parts = [response(n, page(n).encode()) for n in range(N)]
    return b"".join(gzip.compress(part, mtime=0) if packed else part for part in parts)


def docx(text):
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    body = f'<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{paragraphs}</w:body></w:document>'
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": body})


def odt(text):
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in text.split("\n"))
    body = (
        '<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:text="t"><office:body><office:text>'
        f"{paragraphs}</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": body})


def rtf(text):
    def sign(c):
        return c if ord(c) < 128 else f"\\u{ord(c)}?"

    lines = "\\par\n".join("".join(map(sign, line)) for line in text.split("\n"))
    return f"{{\\rtf1\\ansi\\uc1 {lines}}}"


def epub():
    manifest = "".join(
        f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(N)
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(N))
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:publisher>مجلة</dc:publisher><dc:date>2016-04-28</dc:date></metadata><manifest>{manifest}</manifest><spine>{spine}</spine></package>"
    )
    chapters = {f"OEBPS/c{n}.xhtml": page(n) for n in range(N)}
    return zipped({"mimetype": "application/epub+zip", "OEBPS/content.opf": package, **chapters})


def _mails():
    for title, day, body in zip(TITLES, DAYS, TEXTS, strict=True):
        yield (
            f"From: news@enabbaladi.net\r\nSubject: Fwd: {title}\r\nDate: Thu, 28 Apr 2022 10:00:00 +0300\r\n"
            "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: 8bit\r\n\r\n---------- Forwarded message ---------\r\n"
            f"From: news@enabbaladi.net\r\nDate: {day}\r\nSubject: {title}\r\n\r\n{body}\r\n"
        )


def digest():
    parts = "".join(f"--x\r\nContent-Type: message/rfc822\r\n\r\n{mail}\r\n" for mail in _mails())
    head = "From: a@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/digest; boundary=x"
    return f"{head}\r\n\r\n{parts}--x--\r\n"


def mbox():
    return "".join(f"From a@b Thu Apr 28 10:00:00 2022\r\n{mail}\r\n\r\n" for mail in _mails())


def mhtml():
    return (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.enabbaladi.net/1\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n'
        f"{page(0)}\r\n--x\r\nContent-Type: image/png\r\n\r\nPNG\r\n--x--\r\n"
    )


def xlsx(folder):
    # By hand: a table of strings is three small files, and no writer has to be installed.
    def cell(value):
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>'

    table = [list(rows()[0]), *(row.values() for row in rows())]
    sheet = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in table)
    ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    pkg = "http://schemas.openxmlformats.org/package/2006/relationships"
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{pkg}"><Relationship Id="r1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook {ns} xmlns:r="{rel}"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{pkg}"><Relationship Id="r1" Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f"<worksheet {ns}><sheetData>{sheet}</sheetData></worksheet>",
        }
    )


def as_jsonl():
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows())


def samples(folder):
    """Yield ``(reader, name, content, articles, whether title, outlet and day are known)``."""
    texts = {f"t{n}.txt": TEXTS[n].encode() for n in range(N)}
    parquet = io.BytesIO()
    pd.DataFrame(rows()).to_parquet(parquet)
    yield "factiva_html", "a.html", factiva_html(), N, True
    yield "factiva_text", "a.txt", factiva_lines(), N, True
    yield "factiva_text", "codes.txt", factiva_codes(), N, True
    yield "rtf", "a.rtf", rtf(factiva_lines()), N, True
    yield "factiva_xml", "a.xml", factiva_xml(), N, True
    yield "nexis_text", "n.TXT", nexis_text(), N, True
    yield "docx", "n.docx", docx(nexis_uni()), N, True
    yield "docx", "n.odt", odt(nexis_uni()), N, True
    yield "rtf", "n.rtf", rtf(nexis_text()), N, True
    yield "nexis_uni", "u.txt", nexis_uni(), N, True
    yield "nexis_html", "n.html", nexis_html(), N, True
    yield "europresse", "e.HTML", europresse(), N, True
    yield "europresse", "old.html", europresse_old(), N, True
    yield "telegram", "result.json", telegram(), N, False
    yield "telegram_html", "messages.html", telegram_html(), N, False
    yield "feeds", "f.rss", rss(), N, True
    yield "feeds", "f.xml", atom(), N, True
    yield "feeds", "wordpress.xml", wxr(), N, True
    yield "tei", "t.xml", tei(), N, False
    yield "json", "j.jsonl", as_jsonl(), N, True
    yield "json", "array.json", json.dumps(rows(), ensure_ascii=False, indent=2), N, True
    yield "json", "newsapi.json", json.dumps({"status": "ok", "articles": rows()}), N, True
    yield "json", "er.json", json.dumps({"articles": {"results": rows(), "page": 1}}), N, True
    yield "json", "frame.json", pd.DataFrame(rows()).to_json(), N, True
    yield "json", "split.json", pd.DataFrame(rows()).to_json(orient="split"), N, True
    yield "json", "one.json", json.dumps(rows()[0], ensure_ascii=False), 1, True
    yield "json", "es.jsonl", as_jsonl().replace("}\n", "},\n"), N, True
    yield "delimited", "c.csv", pd.DataFrame(rows()).to_csv(index=False), N, True
    yield (
        "delimited",
        "c.csv.gz",
        gzip.compress(pd.DataFrame(rows()).to_csv(index=False).encode(), mtime=0),
        N,
        True,
    )
    yield "json", "j.jsonl.bz2", bz2.compress(as_jsonl().encode()), N, True
    yield "texts", "t.txt.gz", gzip.compress(TEXTS[0].encode(), mtime=0), 1, False
    yield "pages", "p.html.gz", gzip.compress(page(0).encode(), mtime=0), 1, False
    yield "parquet", "p.parquet", parquet.getvalue(), N, True
    yield "spreadsheets", "s.xlsx", xlsx(folder), N, True
    yield "zips", "z.zip", zipped({**texts, "__MACOSX/._t0.txt": b"x", "pic.png": b"x"}), N, False
    yield (
        "zips",
        "nested.zip",
        zipped(
            {
                "a/f.html": factiva_html(),
                "b/c.csv": as_jsonl()[:0] or pd.DataFrame(rows()[:1]).to_csv(index=False),
            }
        ),
        N + 1,
        True,
    )
    yield "tars", "t.tar.gz", tarred(texts), N, False
    yield "warc", "w.warc", warc(False), N, False
    yield "warc", "w.warc.gz", warc(), N, False
    yield (
        "wacz",
        "w.wacz",
        zipped({"datapackage.json": "{}", "archive/data.warc.gz": warc()}),
        N,
        False,
    )
    yield "epub", "b.epub", epub(), N, False
    yield "mhtml", "m.mht", mhtml(), 1, False
    yield "mail", "digest.eml", digest(), 3, True
    yield "mbox", "all.mbox", mbox(), 3, True
    yield "pages", "story.php", page(0), 1, False
    yield "pages", "wget_without_ending", page(0), 1, False
