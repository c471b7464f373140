import time

import pytest

from syriatopics.corpus.documents import Document
from syriatopics.corpus.parse import parse_article

TEXT = "قالت مصادر محلية إن قافلة مساعدات وصلت إلى البلدة المحاصرة بعد مفاوضات طويلة بين الأطراف."
MORE = "وأضافت المصادر أن عدد المستفيدين من سكان البلدة بلغ مئات الأسر منذ بداية الشهر كما تقول."
LINKS = "المبعوث يدعو إلى هدنة في حلب وفد أممي يصل دمشق اليوم"


def parsed(raw):
    article = parse_article(Document("a", raw))
    spans = sorted([*article.body_spans, *((r.start, r.end) for r in article.removed)])
    assert "".join(article.raw[a:b] for a, b in spans) == raw
    return article


@pytest.mark.parametrize(
    "label", ["روابط ذات علاقة", "روابط ذات صلة", "مواضيع ذات صلة", "اقرأ أيضا", "أخبار ذات صلة:"]
)
def test_links_to_other_articles_that_run_into_the_text(label):
    for raw in (f"{TEXT}\n\n{label} {LINKS} {MORE}", f"{TEXT} {label} {LINKS} {MORE}"):
        article = parsed(raw)
        body = " ".join(article.paragraphs)
        assert LINKS not in body
        assert MORE in body
        assert TEXT in body


@pytest.mark.parametrize(
    "text",
    [
        f"{TEXT[:-1]} وهي روابط ذات علاقة وثيقة بما جرى في المدينة.",
        f"{TEXT} وهي قضايا ذات صلة بالملف الإنساني وأضاف المبعوث أن الحل لن يأتي قبل نهاية الشتاء في المدينة.",
        f"{TEXT} ذات صلة.",
    ],
)
def test_words_of_a_sentence_are_no_links(text):
    article = parsed(f"{text}\n\n{MORE}")
    assert " ".join(article.paragraphs) == f"{text} {MORE}"


def test_what_a_rule_knows_behind_a_wide_gap():
    article = parsed(f"{MORE}\n\n{TEXT}          تابع الجزيرة نت على:")
    assert article.paragraphs[-1].rstrip() == TEXT


def test_the_second_line_of_a_title_and_the_dateline_below_it():
    raw = f"قافلة مساعدات تصل إلى البلدة المحاصرة\nالأهالي ينتظرون قافلة ثانية\nدمشق ـ سانا: {TEXT}\n{MORE}"
    article = parsed(raw)
    assert [(r.kind, r.reason) for r in article.removed if r.kind in ("title", "heading", "source")] == [
        ("title", "title"), ("heading", "a short line above a paragraph"), ("source", "dateline")
    ]  # fmt: skip
    assert article.origin == "sana"


@pytest.mark.parametrize(
    "line",
    [
        "الصورة في الشمال السوري أكثر تعقيدا من ذلك.",
        "تحرير المدينة جاء بعد معارك طويلة.",
        "تقرير أممي يحذر من المجاعة في المخيمات.",
        "كتب الصحفي مقالا عن الحصار.",
        "المزيد من القوافل وصل إلى المدينة صباحا.",
        "اشترك في المعركة مئات المقاتلين.",
        "المصدر أكد أن القافلة لم تصل بعد إلى البلدة.",
    ],
)
def test_a_sentence_that_begins_like_a_label_is_text(line):
    assert list(parsed(f"{TEXT}\n\n{line}\n\n{MORE}").paragraphs) == [TEXT, line, MORE]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("الصورة: قافلة مساعدات (أ ف ب)", "boilerplate"),
        ("تحرير: فلان", "byline"),
        ("إعداد - فلان", "byline"),
        ("المصدر: وكالات", "source"),
        ("المصدر وكالات", "source"),
        ("الرئيسية | فيديو | الشرق الأوسط | رياضة | العالم", "boilerplate"),
        ("© 2013 الشبكة. جميع الحقوق", "boilerplate"),
    ],
)
def test_labels_with_their_sign(line, kind):
    assert [r.kind for r in parsed(f"{TEXT}\n\n{MORE}\n\n{line}").removed] == [kind]


def test_a_paragraph_that_ends_with_the_sign_of_its_agency_stays():
    line = f"{' '.join(MORE.split()[:18])} © أ ف ب"
    assert line in list(parsed(f"{TEXT}\n\n{line}\n\n{MORE}").paragraphs)


def test_questions_of_an_interview_stay():
    raw = f"*وماذا عن اللاجئين؟\n\n{TEXT}\n\nوهل يعودون قريبا؟\n\n{MORE}"
    assert "وهل يعودون قريبا؟" in parsed(raw).paragraphs


@pytest.mark.parametrize("piece", [" ", "روابط ذات صلة ", ". ", "| ", "\u00a0", "اقرأ أيضا  "])
def test_time_grows_with_the_line(piece):
    start = time.process_time()
    parsed(f"{TEXT} {piece * 20_000}{MORE}")
    assert time.process_time() - start < 10
