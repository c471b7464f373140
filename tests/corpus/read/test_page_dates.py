"""Which date of a page is believed, and which are none of the article."""

import itertools
import json
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import syriatopics as st
from syriatopics.corpus.parse import parse_article
from syriatopics.corpus.read.pages import page_document
from syriatopics.errors import CorpusError

TEXT = "عقد مجلس الأمن الدولي جلسة مغلقة حول سوريا أمس الثلاثاء، وقال المبعوث إن المحادثات مستمرة في جنيف."
MORE = "وأضاف المبعوث في مؤتمر صحفي أن الأطراف اتفقت على مواصلة الاجتماعات خلال الأسبوع القادم دون شروط."
STORY = f"<h1>جلسة مغلقة حول سوريا</h1>{{}}<p>{TEXT}</p><p>{MORE}</p>"


def article(body, head="", **options):
    page = f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return parse_article(page_document(page.encode(), "a", "a.html", **options))


def day(body, head="", **options):
    when = article(body, head, **options).date_printed
    return when and when.date().isoformat()


def linked(*items):
    return "".join(
        f'<script type="application/ld+json">{json.dumps(item)}</script>' for item in items
    )


PUBLISHED = {"@type": "NewsArticle", "datePublished": "2016-04-28"}


@pytest.mark.parametrize(
    "items",
    [
        [{"@type": "VideoObject", "datePublished": "2020-01-01"}, PUBLISHED],
        [{"@type": "WebSite", "datePublished": "2009-01-01"}, PUBLISHED],
        [{"@type": "Comment", "datePublished": "2017-01-01"}, PUBLISHED],
        [{"@type": "Organization", "datePublished": "2001-01-01"}, PUBLISHED],
        [[{"@type": "WebPage", "datePublished": "2019-01-01"}, PUBLISHED]],
        [{"@graph": [{"@type": "BreadcrumbList"}, {**PUBLISHED, "@type": ["Article", "Thing"]}]}],
        [{**PUBLISHED, "@type": "https://schema.org/ReportageNewsArticle"}],
        [{"@type": "WebPage", "mainEntity": PUBLISHED}],
        [{"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": {**PUBLISHED, "datePublished": "2011-01-01"}}]}, PUBLISHED],
        [{**PUBLISHED, "datePublished": "2011-01-01", "headline": "خبر آخر عن الرياضة والفن"}, {**PUBLISHED, "headline": "جلسة مغلقة حول سوريا"}],
        [{**PUBLISHED, "datePublished": "April 28, 2016"}],
        [{**PUBLISHED, "datePublished": ["2016-04-28T10:00:00Z"]}],
    ],
)  # fmt: skip
def test_the_article_among_the_things_that_json_ld_describes(items):
    head = f"<title>جلسة مغلقة حول سوريا | موقع</title>{linked(*items)}"
    assert day(STORY.format(""), head) == "2016-04-28"


@pytest.mark.parametrize(
    "text",
    [
        '<!-- {"@type": "NewsArticle", "datePublished": "2016-04-28"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "datePublished": "2016-04-28"}\n//]]>',
        '{"@type": "NewsArticle", "datePublished": "2016-04-28",}',
        '{"@type": "NewsArticle", "headline": "قال "نعم"", "datePublished": "2016-04-28"}',
    ],
)
def test_json_ld_as_templates_break_it(text):
    assert (
        day(STORY.format(""), f'<script type="application/ld+json">{text}</script>') == "2016-04-28"
    )


CLOCKS = [
    '<div id="today">السبت 28 تشرين الثاني 2026</div>',
    "<header><span>السبت 28 تشرين الثاني 2020</span></header>",
    '<div class="top-bar"><p>السبت 28 تشرين الثاني 2020</p></div>',
    "<nav><ul><li>الرئيسية</li><li>28/11/2020</li></ul></nav>",
    '<div class="ticker"><time datetime="2024-02-02T00:00:00Z">الآن</time> عاجل</div>',
    "<div>السبت 28 تشرين الثاني 2020</div>",
]
ASIDES = [
    '<div class="comments"><p>شكرا لكم</p><time datetime="2019-01-01">2019</time></div>',
    '<section id="comment-list"><span>5 كانون الثاني 2019</span></section>',
    '<aside><a href="/x">خبر آخر</a><span>5 كانون الثاني 2019</span></aside>',
    '<div class="related-posts"><a href="/x">خبر آخر</a><time datetime="2019-01-01">أمس</time></div>',
    '<footer><p>5/1/2019</p></footer>',
]  # fmt: skip


@pytest.mark.parametrize("clock", CLOCKS)
@pytest.mark.parametrize("aside", ASIDES)
def test_the_clock_of_the_page_and_dates_of_others_are_never_its_own(clock, aside):
    assert day(f"{clock}<article>{STORY.format('')}</article>{aside}") is None
    own = STORY.format("<div>نشر في 28 نيسان 2016</div>")
    assert day(f"{clock}<article>{own}</article>{aside}") == "2016-04-28"


@pytest.mark.parametrize(
    "shown",
    [
        "<div>28 نيسان 2016</div>",
        "<p>٢٨/٤/٢٠١٦ - ١٧:٣٠</p>",
        "<div>تاريخ النشر</div><div>28 نيسان 2016</div>",
        "<div>آخر تحديث: 30 حزيران 2016 - نشر في: 28 نيسان 2016</div>",
        "<div>نشر في: 28 نيسان 2016 | آخر تحديث: 30 حزيران 2016</div>",
        '<time datetime="2016-04-28T17:30:00+03:00">منذ يومين</time>',
        '<time datetime="Thu Apr 28 2016 15:21:41 GMT+0000">28 Apr 2016</time>',
        '<abbr class="published" itemprop="datePublished" title="2016-04-28T03:55:00-07:00">3:55</abbr>',
        '<div>Published: April 28, 2016</div>',
        '<div>Publié le 28 avril 2016</div>',
        '<time itemprop="dateModified" datetime="2016-06-30">30/6/2016</time><time itemprop="datePublished" datetime="2016-04-28">28/4/2016</time>',
    ],
)  # fmt: skip
def test_dates_beside_the_headline(shown):
    assert day(f"<article>{STORY.format(shown)}</article>") == "2016-04-28"


def test_a_date_above_the_headline_of_its_own_article():
    above = "<article><div>28 نيسان 2016</div>" + STORY.format("") + "</article>"
    assert day(above) == "2016-04-28"


def test_a_date_below_the_headline_stands_before_one_above_it():
    rows = ["الأحد 3 آذار 2024", "<h1>جلسة مغلقة حول سوريا</h1>", "28/04/2016", f"{TEXT}<br>{MORE}"]
    table = "".join(f"<tr><td>{row}</td></tr>" for row in rows)
    assert day(f"<table>{table}</table>") == "2016-04-28"


def test_the_day_of_the_fetch_above_the_headline_is_a_clock():
    shown = "<div>السبت 28 تشرين الثاني 2020</div>" + STORY.format("")
    assert day(shown, captured=date(2020, 11, 28)) is None
    assert day(shown, captured=date(2023, 5, 1)) == "2020-11-28"


@pytest.mark.parametrize(
    "below",
    [
        "<div><a href=#>خبر آخر عن شيء ما</a><br>3 أيار 2020<br><a href=#>خبر ثالث</a><br>4 أيار 2020</div>",
        '<ul class="latest-news"><li><a href=#>خبر آخر</a> <span>3 أيار 2020</span></li></ul>',
        '<div id="respond"><p>5 أيار 2020</p></div>',
    ],
)
def test_dates_below_the_text_are_of_what_they_stand_with(below):
    assert day(f"<div>{STORY.format('')}</div>{below}") is None


@pytest.mark.parametrize(
    "page",
    [
        '<div id="wrap"><div class="post-meta"><span>28 نيسان 2016</span></div><div class="c">{}</div></div>',
        '<div class="content has-sidebar single">{}<p>28 نيسان 2016</p></div>',
        '<article><header class="entry-header"><time datetime="2016-04-28">x</time></header>{}</article>',
    ],
)
def test_dates_where_templates_put_them(page):
    assert day(page.format(STORY.format(""))) == "2016-04-28"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://x.org/2016/04/28/slug", "2016-04-28"),
        ("https://x.org/news/2016-4-28/slug", "2016-04-28"),
        ("https://x.org/20160428-slug.html", "2016-04-28"),
        ("https://x.org/2016/apr/28/slug", "2016-04-28"),
        ("https://x.org/2016/04/slug", "2016-04-01"),
        # numbers that stand inside a segment are none
        ("https://x.org/articles/s12905-022-02136-8", None),
        ("https://x.org/linux-2026-1-release", None),
        ("https://x.org/2016/99/99/slug", None),
        ("https://x.org/id/201604", None),
    ],
)
def test_dates_in_addresses(address, expected):
    assert day(STORY.format(""), url=address) == expected


def test_the_day_of_the_fetch_is_no_day_of_publication():
    saved = "<!-- saved from url=(0040)https://www.enabbaladi.net/archives/1 -->"
    page = f"{saved}<html><head><meta http-equiv=refresh content=900><meta http-equiv=date content=2020-01-01></head><body>{STORY.format('')}</body></html>"
    found = parse_article(page_document(page.encode(), "a", "a", captured=date(2020, 1, 1)))
    assert found.date_printed is None
    assert found.outlet == "enabbaladi"


def test_every_date_is_kept_and_what_disagrees_is_shown(tmp_path):
    head = linked(PUBLISHED) + '<meta property="article:published_time" content="2014-02-01">'
    page = (
        f"<html><head>{head}</head><body>{STORY.format('<div>29 نيسان 2016</div>')}</body></html>"
    )
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    row = st.read_corpus(tmp_path).date_audit().table.iloc[0]
    assert str(row.date_printed)[:10] == "2016-04-28"
    assert row.source == "JSON-LD datePublished"
    assert row.candidates.split("; ") == [
        "JSON-LD of the article: 2016-04-28", "meta of the article: 2014-02-01", "beside the headline: 2016-04-29"
    ]  # fmt: skip
    assert row.contradicted == "meta of the article: 2014-02-01"


@pytest.mark.parametrize("zero", ["0001-01-01T00:00:00", "1970-01-01T00:00:00Z", "1899-12-30", "9999-12-31"])  # fmt: skip
def test_zeros_of_clocks_are_passed_over_and_said(zero):
    item = {**PUBLISHED, "datePublished": zero}
    found = article(STORY.format(""), linked(item))
    assert found.date_printed is None
    assert zero in found.evidence["date_printed"]
    assert day(STORY.format("<div>28 نيسان 2016</div>"), linked(item)) == "2016-04-28"


def test_a_date_in_the_future_is_not_believed_where_another_is_stated():
    item = {**PUBLISHED, "datePublished": "2099-01-31"}
    assert day(STORY.format("<div>28 نيسان 2016</div>"), linked(item)) == "2016-04-28"


def test_microdata_of_a_video_is_not_the_articles():
    video = '<div itemscope itemtype="http://schema.org/VideoObject"><meta itemprop="datePublished" content="2011-01-01"></div>'
    assert day(STORY.format(video)) is None


_PIECES = [
    "<div>", "</div>", "<article>", "</article>", "<form>", "</form>", "<time datetime=2016-04-28>", "</time>",
    "<h1>", "</h1>", "<p>", "</p>", "28 نيسان 2016", "0/0/2015", "نشر في", "<aside class=comments>", "</aside>",
    '<script type="application/ld+json">{"@type": ["Article"], "datePublished": [{}]}</script>',
    '<script type="application/ld+json">[null, {"@graph": 3, "@type": {}}]</script>', TEXT, MORE, "&#x0;", "<",
]  # fmt: skip


@settings(max_examples=60)
@given(some.lists(some.one_of(some.sampled_from(_PIECES), some.text(max_size=20)), max_size=25))
def test_no_page_breaks_the_reader(pieces):
    try:
        found = parse_article(page_document("".join(pieces).encode(errors="replace"), "a", "a"))
    except CorpusError as error:
        assert "empty" in str(error)
        return
    spans = sorted([*found.body_spans, *((r.start, r.end) for r in found.removed)])
    assert all(a[1] == b[0] for a, b in itertools.pairwise(spans))


@pytest.mark.parametrize(
    "piece", ["<time datetime=2016-04-28>x</time>", "<p>28 نيسان 2016</p>", "<h1>عنوان</h1>"]
)
def test_pages_of_many_dates_are_read_in_time_that_grows_with_them(piece):
    start = time.process_time()
    article(STORY.format(piece * 3000))
    assert time.process_time() - start < 20


# ---- forms and embedded posts ------------------------------------------------------------


def test_a_form_around_the_page_is_a_block_and_its_controls_are_not_read():
    body = f'<form id="aspnetForm"><input value="x"><select><option>دمشق</option></select><article>{STORY.format("")}</article><textarea>تعليق</textarea><button>بحث</button></form>'
    found = article(body)
    assert list(found.paragraphs) == [TEXT, MORE]
    assert "دمشق" not in found.raw
    assert "بحث" not in found.raw


def test_what_a_page_hides_is_not_read():
    hidden = '<p style="display: none">كلمات</p><p hidden>خفية</p><div style="visibility:hidden">هنا</div>'
    assert article(STORY.format(hidden)).raw.split() == article(STORY.format("")).raw.split()


def test_a_post_of_a_social_network_is_not_the_papers_own_words():
    post = '<blockquote class="twitter-tweet"><p>وصلت القوافل إلى المخيم صباح اليوم</p>&mdash; حساب (@x) April 28, 2016</blockquote>'
    found = article(f"<article>{STORY.format('')}{post}</article>")
    assert list(found.paragraphs) == [TEXT, MORE]
    assert {s.reason for s in found.removed if "@x" in s.text} == {"a post of a social network"}


@pytest.mark.parametrize(
    "title",
    ["جلسة مغلقة حول سوريا | عنب بلدي", "اليوم السابع - جلسة مغلقة حول سوريا", "جلسة مغلقة حول سوريا - موقع ما"],
)  # fmt: skip
def test_the_name_of_the_site_is_cut_off_the_title(title):
    head = f'<meta property="og:title" content="{title}">'
    assert article(STORY.format(""), head).title == "جلسة مغلقة حول سوريا"


def test_a_title_keeps_its_own_signs():
    head = '<meta property="og:title" content="حوار: الحرب - سنوات من الصمت">'
    assert (
        article(STORY.format("").replace("<h1>", "<h2>"), head).title
        == "حوار: الحرب - سنوات من الصمت"
    )


def test_people_who_wrote_and_not_the_paper():
    people = [{"@type": "Person", "name": "فلان"}, {"@type": "Organization", "name": "عنب بلدي"}]
    assert article(STORY.format(""), linked({**PUBLISHED, "author": people})).author == "فلان"


def test_the_footer_of_the_article_itself_says_when():
    own = '<footer class="submitted"><span property="dc:date" content="2016-04-28T00:00:00+03:00">الخميس</span></footer>'
    assert (
        day(f"<article>{STORY.format(own)}</article><footer><p>5/1/2019</p></footer>")
        == "2016-04-28"
    )
    plain = "<footer><div>28 نيسان 2016</div></footer>"
    assert day(f"<article>{STORY.format(plain)}</article>") == "2016-04-28"
