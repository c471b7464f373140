"""What pages, feeds and channels say beside their text: the house, the section, updates, how far it went."""

import json

import pytest

import syriatopics as st

TITLE = "خبر عن المساعدات اليوم"
TEXTS = (
    "قالت مصادر محلية في مدينة الرقة إن قوافل من المساعدات الإنسانية وصلت إلى المخيمات القريبة من المدينة.",
    "وأضافت المصادر أن المنظمات الدولية تنتظر موافقة الجهات المعنية لإدخال دفعة جديدة من المواد الغذائية.",
)
ARTICLE = {"@type": "NewsArticle", "headline": TITLE}
HOUSE = {"@type": "Organization", "@id": "#o", "name": "عنب بلدي"}
TRAIL = [{"name": "الرئيسية"}, {"item": {"@id": "/x", "name": "تحليلات"}}, {"name": TITLE}]


def page(linked=None, meta=""):
    script = f'<script type="application/ld+json">{json.dumps(linked)}</script>' if linked else ""
    body = "".join(f"<p>{text}</p>" for text in TEXTS)
    return (
        f'<html><head><meta charset="utf-8"><title>{TITLE}</title>{meta}{script}</head>'
        f"<body><article><h1>{TITLE}</h1>{body}</article></body></html>"
    )


def read(tmp_path, content, name="a.html"):
    (tmp_path / name).write_text(content, encoding="utf-8")
    return st.read_corpus(tmp_path / name)


@pytest.mark.parametrize(
    ("content", "outlet", "evidence"),
    [
        (page(ARTICLE | {"publisher": HOUSE}), "enabbaladi", "JSON-LD publisher: عنب بلدي"),
        (
            page({"@graph": [ARTICLE | {"publisher": {"@id": "#o"}}, HOUSE]}),
            "enabbaladi",
            "JSON-LD",
        ),
        (
            page(ARTICLE | {"publisher": [{"name": "صحيفة البلد"}]}),
            "صحيفة البلد",
            "JSON-LD publisher",
        ),
        (page(ARTICLE | {"publisher": {"name": TITLE}}), None, None),
        (
            page(None, '<meta property="og:site_name" content="موقع عنب بلدي">'),
            "enabbaladi",
            "og:site",
        ),
        (
            page(
                ARTICLE | {"publisher": HOUSE},
                '<link rel="canonical" href="https://arabic.cnn.com/1">',
            ),
            "cnn_arabic",
            "host",
        ),
        (page(ARTICLE | {"publisher": {"name": {"x": 1}}}), None, None),
    ],
)
def test_the_house_is_the_outlet_where_the_host_says_nothing(content, outlet, evidence, tmp_path):
    (article,) = read(tmp_path, content)
    assert article.outlet == outlet
    assert evidence is None or evidence in article.evidence["outlet"]


@pytest.mark.parametrize(
    ("content", "genre", "section"),
    [
        (page(ARTICLE | {"articleSection": ["رأي"]}), "opinion", "رأي"),
        (
            page(None, '<meta property="article:section" content="مقالات رأي">'),
            "opinion",
            "مقالات رأي",
        ),
        (
            page([ARTICLE, {"@type": "BreadcrumbList", "itemListElement": TRAIL}]),
            "analysis",
            "الرئيسية, تحليلات",
        ),
        (page(ARTICLE | {"articleSection": "محافظات"}), "unknown", "محافظات"),
        (page(ARTICLE | {"articleSection": {"x": [1]}}), "unknown", None),
    ],
)
def test_the_section_of_a_page_tells_the_genre_and_is_kept(content, genre, section, tmp_path):
    corpus = read(tmp_path, content)
    assert corpus.articles[0].genre == genre
    assert corpus.articles[0].extra.get("section") == section


@pytest.mark.parametrize(
    "content",
    [
        page(ARTICLE | {"dateModified": "2020-03-04T10:00:00Z"}),
        page(None, '<meta property="article:modified_time" content="2020-03-04T10:00:00Z">'),
    ],
)
def test_an_update_alone_is_no_day_of_publication_and_not_called_unreadable(content, tmp_path):
    corpus = read(tmp_path, content)
    (article,) = corpus
    assert article.date_printed is None
    assert "an update tells no day of publication: 2020-03-04" in article.evidence["date_printed"]
    assert article.evidence["date_candidates"].startswith("last update, for machines: 2020-03-04")
    assert not any("cannot be read" in note for note in corpus.notes)


def test_a_feed_keeps_its_categories_and_cdata_inside_of_cdata(tmp_path):
    script = "<script>//<![CDATA[ var x = 1; //]]></script>"
    feed = (
        '<?xml version="1.0"?><rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        '<item><category>رأي</category><category domain="post_tag">وسم</category>'
        f"<content:encoded><![CDATA[<p>{TEXTS[0]}</p>{script}<p>{TEXTS[1]}</p>]]></content:encoded></item>"
        f"<item><description><![CDATA[{TEXTS[1]}]]></description></item></channel></rss>"
    )
    corpus = read(tmp_path, feed, "a.rss")
    assert not len(corpus.skipped)
    first, second = sorted(corpus, key=lambda a: -len(a.raw))
    assert first.raw.split("\n\n") == [*TEXTS[:1], f"{TEXTS[1]}\n"] and second.raw == TEXTS[1]
    assert (first.genre, first.extra) == ("opinion", {"category": "رأي"})


def test_a_lost_end_of_cdata_merges_nothing(tmp_path):
    items = [
        f"<item><description><![CDATA[{t}]]></description></item>" for t in (*TEXTS, TITLE * 9)
    ]
    items[0] = items[0].replace("]]></description>", "")
    corpus = read(tmp_path, f"<rss><channel>{''.join(items)}</channel></rss>", "a.rss")
    assert not any(TEXTS[0] in a.raw and TEXTS[1] in a.raw for a in corpus)
    assert len(corpus) >= 1 and len(corpus.skipped) >= 1


def test_a_channel_keeps_how_far_a_message_went(tmp_path):
    messages = [
        {"id": 1, "type": "message", "date": "2020-01-02T03:04:05", "text": TEXTS[0], "views": 9,
         "forwards": 3, "edited": "2020-01-03T00:00:00", "reactions": [{}]},
        {"id": 2, "type": "message", "date": "2020-01-02T03:04:05", "text": TEXTS[1]},
    ]  # fmt: skip
    channel = {"name": "ق", "type": "public_channel", "id": 1, "messages": messages}
    corpus = read(tmp_path, json.dumps(channel), "result.json")
    assert corpus.table["views"].tolist()[0] == 9 and corpus.table["forwards"].tolist()[0] == 3
    assert [str(a.date_printed)[:10] for a in corpus] == ["2020-01-02"] * 2  # not of the change
