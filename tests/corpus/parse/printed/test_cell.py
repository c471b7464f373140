from datetime import datetime

import pytest

from syriatopics.corpus.documents import Document, Given
from syriatopics.corpus.parse import parse_article
from syriatopics.corpus.parse.printed import parse_date

TEXT = "قالت مصادر محلية إن قافلة مساعدات وصلت إلى البلدة المحاصرة بعد مفاوضات طويلة بين الأطراف."
MORE = "وأضافت المصادر أن عدد المستفيدين من سكان البلدة بلغ مئات الأسر منذ بداية الشهر كما تقول."


@pytest.mark.parametrize(
    ("text", "when", "precision"),
    [
        ("2016-07-27", datetime(2016, 7, 27), "day"),
        ("2016-07-27T11:50:00+03:00", datetime(2016, 7, 27, 11, 50), "minute"),
        ("2016-07-27 11:50:21.123", datetime(2016, 7, 27, 11, 50, 21), "minute"),
        ("2016-07-27T00:00:00Z", datetime(2016, 7, 27), "day"),
        ("Wed, 27 Jul 2016 11:50:00 GMT", datetime(2016, 7, 27, 11, 50), "minute"),
        ("الجمعة 24 نيسان / أبريل 2020 09:22 مساءً", datetime(2020, 4, 24, 21, 22), "minute"),
        ("٢٥ ديسمبر ٢٠٢٠ | ١٢:٠١ ص", datetime(2020, 12, 25, 0, 1), "minute"),
        ("27/7/2016 - 12:30 ظهراً", datetime(2016, 7, 27, 12, 30), "minute"),
        ("تموز 2016", datetime(2016, 7, 1), "month"),
        ("عام 2016", datetime(2016, 1, 1), "year"),
    ],
)
def test_dates_with_what_is_printed_of_them(text, when, precision):
    assert parse_date(text) == (when, precision)


@pytest.mark.parametrize(
    "text", ["", "soon", "2016-13-45", "2016-02-30T10:00", "27 تموز", "Wed, 99 Jul 2016 11:50:00"]
)
def test_what_is_no_date(text):
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "line",
    [
        "تم نشره الجمعة 24 نيسان / أبريل 2020 09:22 مساءً",
        "الأحد، 04 آب/اغسطس 2013، آخر تحديث 02:21 (GMT+0400)",
        "تاريخ النشر: 2016/07/27",
        "27 تموز/ يوليو 2016",
    ],
)
def test_a_line_that_is_a_date_dates_the_page(line):
    article = parse_article(Document("a", f"{line}\n\n{TEXT}\n\n{MORE}"))
    assert [span.kind for span in article.removed] == ["date"]
    assert article.date_printed is not None
    assert article.evidence["date_printed"] == f"line 0: {line}"


def test_a_date_in_the_text_is_not_the_date_of_the_page():
    assert parse_article(Document("a", f"{TEXT} في 27 تموز 2016.\n\n{MORE}")).date_printed is None


def test_a_stated_date_that_cannot_be_read_is_left_out_and_said():
    article = parse_article(Document("a", TEXT, {"date_printed": Given("soon", "column 'date'")}))
    assert article.date_printed is None
    assert article.evidence["date_printed"] == "cannot be read: 'soon' (column 'date')"


@pytest.mark.parametrize(
    "title",
    [
        "قافلة مساعدات تصل إلى البلدة",
        "موقع الخبر - قافلة مساعدات تصل إلى البلدة",
        "قافلة مساعدات تصل إلى البلدة | نون",
    ],
)
def test_the_title_is_known_on_the_page_without_the_name_of_the_site(title):
    raw = f"قافلة مساعدات تصل إلى البلدة\n\n{TEXT}\n\n{MORE}"
    article = parse_article(Document("a", raw, {"title": Given(title, "<meta og:title>")}))
    assert [(span.kind, span.line) for span in article.removed] == [("title", 0)]
