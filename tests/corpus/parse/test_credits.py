import pytest

from syriatopics.corpus.documents import Document, Given
from syriatopics.corpus.parse import parse_article
from syriatopics.corpus.parse.credits import credits_of, dateline_in, tail_credit

TEXT = "قالت مصادر محلية إن قافلة مساعدات وصلت إلى البلدة المحاصرة بعد مفاوضات طويلة بين الأطراف."
MORE = "وأضافت المصادر أن عدد المستفيدين من سكان البلدة بلغ مئات الأسر منذ بداية الشهر كما تقول."


@pytest.mark.parametrize(
    ("text", "outlet", "origin", "wire"),
    [
        ("دمشق-سانا", None, "sana", True),
        ("بيروت (رويترز)", None, "reuters", True),
        ("لندن - أ ف ب", None, "afp", True),
        ("(أ.ف.ب)", None, "afp", True),
        ("واس ـ جدة", None, "spa", True),
        ("عواصم - وكالات", None, None, True),
        ("بيروت: «الشرق الأوسط»", "aawsat", None, False),
        ("أمد", "amad", None, False),
    ],
)
def test_credits(text, outlet, origin, wire):
    assert credits_of(text) == (outlet, origin, wire)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "بيروت",
        "قال المتحدث باسم الحكومة إن الأمر انتهى",
        "وفق ما نقلت عنه وكالة الأنباء المحلية هناك",
        "أ" * 200,
        "أ/ب/ج/د/هـ/و",
    ],
)
def test_what_is_no_credit(text):
    assert credits_of(text) is None


def test_a_dateline_ends_where_the_sentence_begins():
    text = f"بيروت (رويترز) - {TEXT}"
    place, credits = dateline_in(text)
    assert text[place:] == TEXT
    assert credits.origin == "reuters"
    assert dateline_in(TEXT) is None


def test_quoting_an_agency_in_the_text_is_no_credit():
    article = parse_article(Document("a", f"{TEXT} وقالت وكالة رويترز إن العدد أكبر.\n\n{MORE}"))
    assert (article.origin, article.production) == (None, "unknown")


def test_an_agency_in_brackets_below_the_text():
    text = f"{TEXT} (أ ف ب)"
    place, credits = tail_credit(text)
    assert (text[place:], credits.origin) == ("(أ ف ب)", "afp")
    assert tail_credit(f"{TEXT} (في دمشق)") is None


@pytest.mark.parametrize(
    ("raw", "origin", "production"),
    [
        (f"{TEXT}\n\n{MORE}\n\nالمصدر: رويترز", "reuters", "wire"),
        (f"{TEXT}\n\n{MORE}\n\nالمصدر: فورين بوليسي", "foreign_policy", "translated"),
        (f"{TEXT}\n\n{MORE}\n\nالمصدر: موقع لا يعرفه أحد", "موقع لا يعرفه أحد", "republished"),
        (f"ترجمة: فلان الفلاني\n\n{TEXT}\n\n{MORE}", None, "translated"),
        (f"{TEXT}\n\n{MORE}", None, "unknown"),
    ],
)
def test_production_follows_from_what_is_credited(raw, origin, production):
    article = parse_article(Document("a", raw))
    assert (article.origin, article.production) == (origin, production)
    if production != "unknown":
        assert article.evidence["production"]


def test_an_agency_on_its_own_site_is_no_wire_copy_of_itself():
    document = Document(
        "a", f"دمشق-سانا\n\n{TEXT}\n\n{MORE}", {"url": Given("https://sana.sy/x", "column")}
    )
    article = parse_article(document)
    assert (article.outlet, article.production) == ("sana_outlet", "unknown")


def test_a_column_of_authors_often_holds_the_credit():
    document = Document("a", f"{TEXT}\n\n{MORE}", {"author": Given("لندن - أ ف ب", "column")})
    article = parse_article(document)
    assert (article.origin, article.production) == ("afp", "wire")
    assert article.evidence["origin"] == "column: لندن - أ ف ب"


def test_a_question_is_no_credit():
    assert credits_of('الأزمة الخليجية: هل يمكن أن "تنجو" الجزيرة؟') is None


def test_whom_a_page_credits_at_the_address_of_another_is_its_source():
    document = Document(
        "a", f'{TEXT}\n\n{MORE}\n\n* نقلا عن "الحياة"', {"url": Given("https://www.alarabiya.net/ar/1", "column")}
    )  # fmt: skip
    article = parse_article(document)
    assert (article.outlet, article.origin, article.production) == (
        "alarabiya",
        "alhayat",
        "republished",
    )
