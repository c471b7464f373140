import pytest

from syriatopics.corpus.documents import Document
from syriatopics.corpus.parse import parse_article
from syriatopics.corpus.parse.lines import split_lines
from syriatopics.corpus.parse.rules import rule_of
from syriatopics.lexicons import load

TEXT = "قالت مصادر محلية إن قافلة مساعدات وصلت إلى البلدة المحاصرة بعد مفاوضات طويلة بين الأطراف."
MORE = "وأضافت المصادر أن عدد المستفيدين من سكان البلدة بلغ مئات الأسر منذ بداية الشهر كما تقول."


def kind(text):
    (line,) = split_lines(text)
    rule = rule_of(line)
    return rule.kind if rule else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("تابعنا على", "boilerplate"),
        ("تابِعنا علـى", "boilerplate"),
        ("اقرأ أيضاً: كيف وصلت القافلة", "boilerplate"),
        ("اقرا ايضا: كيف وصلت القافلة", "boilerplate"),
        ("بقلم: فلان", "byline"),
        ("المصدر: رويترز", "source"),
        (
            "نرحب بكم، وقد تراجع التعليقات قبل نشرها، " + "ولكم أن تكتبوا ما شئتم " * 9,
            "boilerplate",
        ),
        (TEXT, None),
        ("تابعنا على الطريق قافلة من " + TEXT * 3, None),
    ],
)
def test_a_line_is_known_by_what_it_says(text, expected):
    assert kind(text) == expected


@pytest.mark.parametrize("rule", load("boilerplate").rule, ids=lambda rule: rule.name)
def test_every_entry_of_every_rule_is_found(rule):
    for text in rule.whole:
        assert kind(text) is not None, text
    for text in rule.starts:
        assert kind(f"{text} كلام") is not None, text


@pytest.mark.parametrize(
    ("raw", "kinds"),
    [
        (f"عنوان الخبر هنا\n\n{TEXT}\n\nعنوان الخبر هنا\n\n{MORE}", ["title", "title"]),
        (f"{TEXT}\n\nعنوان فرعي\n\n{MORE}", ["heading"]),
        (f"{TEXT}\n\nيا ليل الصب\n\nمتى غده\n\n{MORE}", []),
        (f"27 تموز/ يوليو 2016 11:50\n\n{TEXT}\n\n{MORE}", ["date"]),
        (f"{TEXT}\n\n***\n\n{MORE}", ["markup"]),
        (f"{TEXT}\n\nالمصادر:\nرويترز\nأ ف ب\n\n{MORE}", ["source", "source", "source"]),
    ],
)
def test_lines_by_their_place(raw, kinds):
    article = parse_article(Document("a", raw))
    assert [span.kind for span in article.removed] == kinds
    assert all(span.reason for span in article.removed)
