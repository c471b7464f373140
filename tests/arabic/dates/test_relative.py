"""Dates that are counted from the day of writing, and words that only look like them."""

import itertools
import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from syriatopics.arabic import find_dates

WRITTEN = date(2023, 3, 31)  # a Friday

# text, (year, month, day) of what it means
COUNTED = [
    ("قال الوزير أمس", (2023, 3, 30)),
    ("قال يوم أمس الخميس", (2023, 3, 30)),
    ("وقع الهجوم أول من أمس", (2023, 3, 29)),
    ("وقع الهجوم أمس الأول", (2023, 3, 29)),
    ("أعلنت الوزارة اليوم الجمعة", (2023, 3, 31)),
    ("وصلت وزارة النقل السورية اليوم قافلة", (2023, 3, 31)),
    ("فجر اليوم", (2023, 3, 31)),
    ("الليلة الماضية", (2023, 3, 30)),
    ("يلتقيان غداً السبت", (2023, 4, 1)),
    ("يلتقيان بعد غد", (2023, 4, 2)),
    ("قال الوزير الثلاثاء إن", (2023, 3, 28)),
    ("قال الوزير الجمعة إن", (2023, 3, 31)),
    ("قال الوزير الجمعة الماضية إن", (2023, 3, 24)),
    ("مساء الأربعاء الماضي", (2023, 3, 29)),
    ("الثلاثاء قبل الماضي", (2023, 3, 21)),
    ("الاثنين المقبل", (2023, 4, 3)),
    ("سيعقد المجلس جلسة الثلاثاء", (2023, 4, 4)),
    ("من المقرر أن يصل الوفد الأحد", (2023, 4, 2)),
    ("الجمعة من الأسبوع المقبل", (2023, 4, 7)),
    ("السابع من الشهر الجاري", (2023, 3, 7)),
    ("في 15 الجاري", (2023, 3, 15)),
    ("في العشرين من الشهر المقبل", (2023, 4, 20)),
    ("الشهر الماضي", (2023, 2, None)),
    ("نهاية الشهر الماضي", (2023, 2, None)),
    ("مطلع العام الحالي", (2023, 1, None)),
    ("العام الماضي", (2022, None, None)),
    ("هذا العام", (2023, None, None)),
    ("الأسبوع الماضي", (2023, 3, 20)),
    ("قبل يومين", (2023, 3, 29)),
    ("قبل ٣ أيام", (2023, 3, 28)),
    ("قبل نحو ثلاثة أسابيع", (2023, 3, 10)),
    ("منذ يومين", (2023, 3, 29)),
    ("قبل شهرين", (2023, 1, None)),
    ("قبل خمس سنوات", (2018, None, None)),
    ("قبل عام", (2022, None, None)),
    ("بعد أسبوعين من الآن", (2023, 4, 14)),
    # a date without a year has the nearest one; what is to come comes soon
    ("18 شباط/فبراير", (2023, 2, 18)),
    ("في كانون الأول الماضي", (2022, 12, None)),
    ("17 أيار المقبل", (2023, 5, 17)),
    ("في 26 أيلول أصدر الملك أمراً", (2022, 9, 26)),
    # the day of the week is surer than yesterday
    ("أمس الأربعاء", (2023, 3, 29)),
]  # fmt: skip
NO_DATES = [
    "يوم الثلاثاء الأسود", "مجزرة الأحد الدامي", "بعد صلاة الجمعة", "في خطبة الجمعة", "كل جمعة", "صحيفة الأحد",
    "سوق الخميس", "عبد الأحد", "حلفاء الأمس", "بين الأمس واليوم", "في الأمس القريب", "بأمس الحاجة إلى الدواء",
    "روسيا اليوم", "المصري اليوم", "عالم اليوم", "حتى اليوم", "في ذلك اليوم", "اليوم التالي", "اليوم العالمي للاجئين",
    "منذ اليوم الأول", "طوال اليوم", "تيار الغد السوري", "جيل الغد", "غدا الرجل وزيراً", "قبل يومين من الانتخابات",
    "قبل شهر رمضان", "قبل سنوات", "منذ أيام", "منذ سبع سنوات", "خلال الأيام المقبلة", "الأعوام الماضية", "القرن الماضي",
    "وقال \"كان الاجتماع اليوم هاماً\"", "بعد يومين على الهجوم", "كلا الاثنين",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), COUNTED)
def test_what_is_counted_from_the_day_of_writing(text, expected):
    (mention,) = find_dates(text, WRITTEN)
    assert mention[3:6] == expected
    assert text[mention.start : mention.end] == mention.text
    assert str(WRITTEN) in mention.evidence


@pytest.mark.parametrize("text", NO_DATES)
def test_words_that_only_look_like_days(text):
    assert find_dates(text, WRITTEN) == []


@pytest.mark.parametrize("text", [text for text, _ in COUNTED[:25]])
def test_without_the_day_of_writing_they_are_found_when_asked_for_and_mean_nothing(text):
    assert find_dates(text) == []
    (mention,) = find_dates(text, relative=True)
    assert mention.year is None
    assert mention.evidence.endswith("the day of writing is not known")


def test_how_long_what_is_meant_lasts():
    units = {text: find_dates(text, WRITTEN)[0].unit for text, _ in COUNTED}
    assert units["الأسبوع الماضي"] == "week"
    assert units["الشهر الماضي"] == units["قبل شهرين"] == "month"
    assert units["العام الماضي"] == "year"
    assert find_dates("مطلع الشهر الجاري", WRITTEN)[0].part == "start"


def test_a_full_date_beside_a_weekday_is_one_date():
    assert [m[3:6] for m in find_dates("الخميس 30 آذار 2023", WRITTEN)] == [(2023, 3, 30)]


@given(some.dates(date(2000, 1, 1), date(2090, 1, 1)), some.integers(0, 6))
def test_a_day_of_the_week_is_one_of_the_last_seven_days(written, weekday):
    name = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")[weekday]
    (said,) = find_dates(f"قال الوزير {name} إن", written)
    day = date(*said[3:6])
    assert day.weekday() == weekday
    assert timedelta(0) <= written - day <= timedelta(days=6)
    (before,) = find_dates(f"{name} الماضي", written)
    assert timedelta(1) <= written - date(*before[3:6]) <= timedelta(days=7)
    (coming,) = find_dates(f"{name} المقبل", written)
    assert timedelta(1) <= date(*coming[3:6]) - written <= timedelta(days=7)


_WORDS = some.sampled_from(
    ["أمس", "اليوم", "غدا", "الثلاثاء", "الجمعة", "الماضي", "المقبل", "الشهر", "العام", "قبل", "منذ", "يومين", "ثلاثة", "أيام", "15", "الجاري", "من", "مطلع", "2014", "و", "عامي", "آذار", "0", "/", "00/00/2015", '"', "«", "،", "."]
)  # fmt: skip


@given(some.one_of(some.text(), some.lists(_WORDS).map(" ".join)), some.one_of(some.none(), some.dates()))  # fmt: skip
def test_no_text_breaks_it(text, written):
    mentions = find_dates(text, written, relative=True)
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))


@pytest.mark.parametrize("piece", ["أمس ", "قبل ", "مطلع الشهر ", "سيعقد الثلاثاء ", "\"اليوم ", "1995 و", "15 من ", "0/"])  # fmt: skip
def test_time_grows_with_the_text_only(piece):
    def seconds(n):
        start = time.process_time()
        find_dates(piece * n, WRITTEN)
        return time.process_time() - start

    seconds(100)
    assert seconds(20_000) < max(0.5, 40 * seconds(2_000))


def test_a_day_of_the_same_name_is_today_whatever_the_tense():
    monday = date(2018, 4, 9)
    for text in ("سيعقد المجلس جلسة الاثنين", "عقد المجلس جلسة الاثنين"):
        found = find_dates(text, monday, relative=True)
        assert [(m.month, m.day) for m in found] == [(4, 9)]
    later = find_dates("سيعقد المجلس جلسة الاثنين المقبل", monday, relative=True)
    assert [(m.month, m.day) for m in later] == [(4, 16)]
