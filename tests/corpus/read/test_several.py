"""Pages with several articles are refused; teasers, comments, sections and related articles are none."""

import pytest

import syriatopics as st
from syriatopics.errors import CorpusError

SENTENCE = "قالت مصادر محلية في مدينة الرقة إن قوافل من المساعدات الإنسانية وصلت إلى المخيمات القريبة من المدينة بعد انقطاع دام أسابيع."
ARTICLE = "".join(f"<p>{SENTENCE} {n}</p>" for n in range(5))
TEASER = f"<p>{SENTENCE}</p>"


def page(body, classes=""):
    return f'<html><head><meta charset="utf-8"><title>عنوان</title></head><body class="{classes}">{body}</body></html>'


def titled(n, text=ARTICLE, tag="h2", day=""):
    return f'<{tag}><a href="/news/{n}">عنوان الخبر رقم {n}</a></{tag}>{day}{text}'


def many(before, after, **said):
    return "".join(f"{before}{titled(n, **said)}{after}" for n in range(3))


SEVERAL = {
    "articles": many("<article>", "</article>"),
    "archive of a blog": "<div id='archive'>" + many("<div class='post'>", "</div>") + "</div>",
    "posts of WordPress": many("<div class='post-12 hentry'>", "</div>", tag="h3"),
    "schema.org": many("<div itemscope itemtype='https://schema.org/NewsArticle'>", "</div>"),
    "headings of the first order": "".join(f"<h1>عنوان {n}</h1>{ARTICLE}" for n in range(3)),
    "a list": f"<ul>{many('<li>', '</li>')}</ul>",
    "a table": f"<table>{many('<tr><td>', '</td></tr>')}</table>",
    "text without paragraphs": "".join(
        f"<article><h2>عنوان {n}</h2>{'<br>'.join([SENTENCE] * 5)}</article>" for n in range(3)
    ),
    "entries with a day each": "".join(
        f"<div class='entry'><h3>تحديث {n}</h3><time>{n}:00</time>{ARTICLE}</div>" for n in range(3)
    ),
}
ONE = {
    "teasers": f"<article><h1>عنوان</h1>{ARTICLE}</article>{many('<article>', '</article>', text=TEASER)}",
    "teasers in a list": f"<h1>عنوان</h1>{ARTICLE}<ul>{many('<li>', '</li>', text=TEASER)}</ul>",
    "comments": f"<article><h1>عنوان</h1>{ARTICLE}</article><div class='comments'>"
    + "".join(f"<article class='c'><h4>قارئ {n}</h4>{ARTICLE}</article>" for n in range(3))
    + "</div>",
    "related articles": f"<article><h1>عنوان</h1>{ARTICLE}</article><div class='related-posts'>{many('<article>', '</article>')}</div>",
    "a column beside": f"<article><h1>عنوان</h1>{ARTICLE}</article><aside>{many('<div class=post>', '</div>')}</aside>",
    "sections": "<article><h1>عنوان</h1>"
    + "".join(f"<section class='s'><h2>فصل {n}</h2>{ARTICLE}</section>" for n in range(4))
    + "</article>",
    "an article in an article": f"<article><h1>عنوان</h1><article><h2>نص</h2>{ARTICLE}</article></article>",
    "the name of the site": f"<h1>موقع الأخبار</h1><h1>عنوان</h1>{ARTICLE}",
    "a live page of short entries": "<article><h1>تغطية</h1>"
    + "".join(f"<div class='u'><time>{n}:00</time><p>{SENTENCE} {n}</p></div>" for n in range(6))
    + "</article>",
}


@pytest.mark.parametrize("classes", ["", "archive category"])
@pytest.mark.parametrize("kind", SEVERAL)
def test_several_articles_are_refused_by_name(kind, classes, tmp_path):
    path = tmp_path / "a.html"
    path.write_text(page(SEVERAL[kind], classes), encoding="utf-8")
    with pytest.raises(CorpusError, match="holds 3 articles in a form that is not known"):
        st.read_corpus(path)


@pytest.mark.parametrize("kind", ONE)
def test_what_stands_beside_an_article_is_none(kind, tmp_path):
    path = tmp_path / "a.html"
    path.write_text(page(ONE[kind]), encoding="utf-8")
    assert len(st.read_corpus(path)) == 1
