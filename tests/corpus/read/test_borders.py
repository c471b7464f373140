"""Several articles in one text or page: cut where somebody set them apart, else refused; one stays one."""

import io
import zipfile

import pytest

import syriatopics as st
from syriatopics.corpus.parse.plausible import PARTS
from syriatopics.errors import CorpusError

SENTENCE = "قالت مصادر محلية في مدينة الرقة إن قوافل من المساعدات الإنسانية وصلت إلى المخيمات القريبة من المدينة بعد انقطاع دام أسابيع."
TITLES = (
    "وصول قوافل مساعدات جديدة إلى مدينة الرقة",
    "مجلس الأمن يبحث تمديد آلية إدخال المساعدات",
    "هل تنجح المفاوضات الجديدة في جنيف هذه المرة؟",
)
DAYS = ("12 أبريل 2018", "3 مايو 2018", "20 يونيو 2018")
AROUND = enumerate(zip(TITLES, DAYS, strict=True))
ARTICLES = [
    (n, title, day, [f"{SENTENCE} ({n}{k})." for k in range(5)]) for n, (title, day) in AROUND
]
LONG = [paragraph for *_, paragraphs in ARTICLES for paragraph in paragraphs]


def page(body, title="أرشيف"):
    return f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title></head><body>{body}</body></html>'


def html(paragraphs):
    return "".join(f"<p>{p}</p>" for p in paragraphs)


def each(form, join=""):
    return join.join(
        form.format(n=n, t=title, d=day, h=html(ps), p="\n\n".join(ps))
        for n, title, day, ps in ARTICLES
    )


def docx(*blocks):
    styles = {"": "", "\f": ""}
    body = "".join(
        f'<w:p><w:pPr>{styles.get(style, f"""<w:pStyle w:val="{style}"/>""")}</w:pPr><w:r>'
        + ('<w:br w:type="page"/>' if style == "\f" else "")
        + f"<w:t>{text}</w:t></w:r></w:p>"
        for style, text in blocks
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        document = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
        file.writestr("word/document.xml", document)
    return data.getvalue()


def paragraphs_of(heading, dated=False):
    return [
        block
        for _, title, day, ps in ARTICLES
        for block in ((heading, title), *([("", day)] if dated else []), *(("", p) for p in ps))
    ]


REFUSED = {
    "h2 and a day.html": page(each("<h2>{t}</h2><p>{d}</p>{h}")),
    "a day above h2.html": page(each("<p>{d}</p><h2>{t}</h2>{h}")),
    "a site above.html": page("<h1>أرشيف الأخبار</h1>" + each("<h2>{t}</h2><p>{d}</p>{h}")),
    "h2 and a byline.html": page(each("<h2>{t}</h2><p>بقلم: أحمد الخطيب</p>{h}")),
    "h2 and a dateline.html": page(each("<h2>{t}</h2><p>دمشق - سانا</p>{h}")),
    "long h2.html": page(each("<h2>{t}</h2>{h}")),
    "h2 and a source.html": page(each("<h2>{t}</h2>{h}<p>المصدر: رويترز</p>")),
    "h2 and more.html": page(each("<h2>{t}</h2>{h}<p><a href='/{n}'>اقرأ المزيد</a></p>")),
    "linked h2.html": page(each("<h2><a href='/{n}'>{t}</a></h2>{h}")),
    "h4 and an address.html": page(each("<h4>{t}</h4><p>https://x.example/{n}</p>{h}")),
    "bold and a day.html": page(each("<p><b>{t}</b></p><p>{d}</p>{h}")),
    "no heading.html": page(each("<div><div>{t}</div><div>{d}</div>{h}</div>", "<hr>")),
    "rows.html": page(
        "<table>" + each("<tr><td>{t}</td><td>{d}</td><td>{p}</td></tr>") + "</table>"
    ),
    "labels.html": page(each("<p>العنوان: {t}</p><p>التاريخ: {d}</p>{h}")),
    "days.txt": each("{t}\n{d}\n\n{p}", "\n\n"),
    "bylines.txt": each("{t}\nبقلم: أحمد الخطيب\n\n{p}", "\n\n"),
    "addresses.txt": each("https://x.example/{n}\n{t}\n\n{p}", "\n\n"),
    "sources.txt": each("{t}\n\n{p}\n\nالمصدر: الجزيرة", "\n\n"),
    "headings and days.md": "# أرشيف\n\n" + each("## {t}\n\n*{d}*\n\n{p}", "\n\n"),
    "days.docx": docx(*paragraphs_of("", dated=True)),
}
CUT = {
    "rulers.txt": each("{t}\n{d}\n\n{p}\n", "\n==========\n"),
    "rulers without days.txt": each("{t}\n{p}\n", "\n-----------------\n"),
    "stars.txt": each("{t}\n\n{p}\n", "\n\n***\n\n"),
    "form feeds.txt": each("{t}\n\n{p}", "\f"),
    "labels.txt": each("العنوان: {t}\nالتاريخ: {d}\n\n{p}\n"),
    "titles alone.txt": each("العنوان: {t}\n\n{p}\n"),
    "heads.md": each("---\ntitle: {t}\ndate: {d}\n---\n\n{p}\n"),
    "counted.txt": each("Document {n} of 3\n{t}\n\n{p}", "\n\n"),
    "headings.md": each("# {t}\n\n{p}", "\n\n"),
    "underlined.md": each("{t}\n======\n\n{p}", "\n\n"),
    "headings.docx": docx(*paragraphs_of("Heading1")),
    "pages.docx": docx(*paragraphs_of("\f")),
}
SECTIONS = "<h2>خلفية النزاع</h2>" + html(LONG[1:6]) + "<h2>ردود الفعل</h2>" + html(LONG[6:11])
ONE = {
    "sections.html": page(f"<h1>{TITLES[0]}</h1><p>{DAYS[0]}</p><p>{LONG[0]}</p>{SECTIONS}"),
    "all h2.html": page(f"<h2>{TITLES[0]}</h2><p>{LONG[0]}</p>{SECTIONS}", f"{TITLES[0]} | موقع"),
    "interview.html": page(each("<h2>ما رأيك في هذا السؤال رقم {n}؟</h2>{h}")),
    "chronology.html": page(f"<h1>ما حدث</h1><p>{LONG[0]}</p>" + each("<h2>{d}</h2>{h}")),
    "related.html": page(
        f"<h1>{TITLES[0]}</h1>{html(LONG)}<h2>ذات صلة</h2>" + each("<h3>{t}</h3><p>{d}</p>") * 4
    ),
    "comments.html": page(
        f"<h1>{TITLES[0]}</h1>{html(LONG)}<h2>التعليقات (3)</h2>"
        + each("<h4>قارئ {n}</h4><p>{d}</p>{h}")
    ),
    "sections.txt": f"{TITLES[0]}\n\n" + "\n\n* * *\n\n".join(LONG),
    "sections.md": f"# {TITLES[0]}\n\n{LONG[0]}\n\n" + each("## فصل\n\n{p}", "\n\n"),
    "two days.txt": f"{TITLES[0]}\nنشر في: {DAYS[0]}\nآخر تحديث: {DAYS[1]}\n\n" + "\n\n".join(LONG),
    "a day below.txt": f"{TITLES[0]}\n{DAYS[0]}\n\n"
    + "\n\n".join(LONG)
    + f"\n\nالمصدر: رويترز\n{DAYS[1]}",
    "chronology.txt": f"{TITLES[0]}\n\n" + each("{d}\n\n{p}", "\n\n"),
    "a list of news.txt": f"{TITLES[0]}\n\n" + "\n\n".join(LONG) + "\n\n" + each("{t}\n{d}\n") * 9,
    "pages of print.txt": f"{TITLES[0]}\n\n"
    + "\f".join(" ".join(LONG[n : n + 5]) for n in (0, 5, 10)),
    "sections.docx": docx(("Title", TITLES[0]), ("", LONG[0]), *paragraphs_of("Heading1")),
}


def write(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("name", REFUSED)
def test_articles_that_nobody_set_apart_are_refused_by_name(name, tmp_path):
    with pytest.raises(CorpusError, match="holds 3 articles in a form that is not known"):
        st.read_corpus(write(tmp_path / name, REFUSED[name]))


@pytest.mark.parametrize("name", CUT)
def test_articles_that_are_set_apart_are_read_one_by_one(name, tmp_path):
    corpus = st.read_corpus(write(tmp_path / name, CUT[name]))
    assert [a.title for a in corpus] == list(TITLES)
    held = [[f"({n}{k})" in a.raw for n in range(3) for k in range(5)] for a in corpus]
    assert [sum(row) for row in held] == [5, 5, 5] and all(map(any, zip(*held, strict=True)))
    assert any("3 articles in one text" in note for note in corpus.notes)


@pytest.mark.parametrize("name", ONE)
def test_one_article_stays_one(name, tmp_path):
    (article,) = st.read_corpus(write(tmp_path / name, ONE[name]))
    assert PARTS not in {flag.kind for flag in article.flags}


def test_what_may_be_several_is_read_and_flagged(tmp_path):
    numbered = "\n\n".join(f"{n + 1}. {t}\n\n" + "\n\n".join(ps) for n, t, _, ps in ARTICLES)
    corpus = st.read_corpus(write(tmp_path / "a.txt", numbered))
    assert len(corpus) == 1
    assert "may hold several articles" in set(corpus.flags["kind"])
    assert any("may hold several articles" in note for note in corpus.notes)
