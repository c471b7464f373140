import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as some

from syriatopics.arabic import find_dates

# text, (year, month, day) of each mention
CASES = [
    ("26 تشرين الثاني/ نوفمبر 2021", [(2021, 11, 26)]),
    ("31 كانون الثاني/يناير", [(None, 1, 31)]),
    ("17 كانون الأول/ ديسمبر", [(None, 12, 17)]),
    ("أيار/ مايو 2019", [(2019, 5, None)]),
    ("أيّار/مايو ٢٠١٩", [(2019, 5, None)]),
    ("مطلع أغسطس (آب) المقبل", [(None, 8, None)]),
    ("آب/أغسطس", [(None, 8, None)]),
    ("مارس 29, 2024", [(2024, 3, 29)]),
    ("11 فبراير، 2022", [(2022, 2, 11)]),
    ("12 يناير من عام 2016", [(2016, 1, 12)]),
    ("الخامس عشر من آذار 2011", [(2011, 3, 15)]),
    ("الثاني والعشرين من يونيو", [(None, 6, 22)]),
    ("14-15 تموز 2016", [(2016, 7, 14), (2016, 7, 15)]),
    ("3 و5 آذار", [(None, 3, 3), (None, 3, 5)]),
    ("3 جويلية 2019", [(2019, 7, 3)]),
    ("22 غشت 2017", [(2017, 8, 22)]),
    ("2016-07-27", [(2016, 7, 27)]),
    ("٢١/٠٧/٢٠١٥", [(2015, 7, 21)]),
    ("7/27/2016", [(2016, 7, 27)]),
    ("يوم 5-مايو-2018", [(2018, 5, 5)]),
    ("21 ذي القعدة 1436 هـ", [(2015, 9, 5)]),
    ("1436/11/21هـ", [(2015, 9, 5)]),
    ("منذ عام 2011", [(2011, None, None)]),
    ("عامي 1995 و2004", [(1995, None, None), (2004, None, None)]),
    ("في أعوام 2011 و2012 و2013", [(2011, None, None), (2012, None, None), (2013, None, None)]),
    ("من 2014 إلى 2018", [(2014, None, None), (2018, None, None)]),
    ("نهاية 2022", [(2022, 12, None)]),
    ("بمطلع 2014", [(2014, 1, None)]),
    ("منتصف عام 2021", [(2021, 6, None)]),
    ("ديسمبر كانون الاول 2017", [(2017, 12, None)]),
    ("20 ديسمبر كانون الأول", [(None, 12, 20)]),
    ("30 أغسطس/آب 2005 وفي 14 فبراير/شباط من ذلك العام", [(2005, 8, 30), (2005, 2, 14)]),
    ("أكثر من 2000 شخص", []),
    ("بين 2000 و5000 مقاتل", []),
    ("عام 2003 و2000 مقاتل", [(2003, None, None)]),
    ("00/00/2015", []),
    ("15/0/2015", []),
    ("2015-00-10", []),
    ("عند باب الهوى", []),
    ("مارس الرياضة كل يوم", []),
    ("القرار 2254", []),
    ("13/25/2017", []),
    ("31 شباط 2020", []),
]


@pytest.mark.parametrize(("text", "dates"), CASES)
def test_find_dates(text, dates):
    assert [(m.year, m.month, m.day) for m in find_dates(text)] == dates


@pytest.mark.parametrize(
    ("text", "relation"),
    [("تموز/ يوليو الماضي", "past"), ("سبتمبر القادم", "next"), ("أيار الجاري", "this")],
)
def test_what_stands_instead_of_a_year(text, relation):
    (mention,) = find_dates(text)
    assert mention.relation == relation


@given(
    some.dates(),
    some.sampled_from(
        ["كانون الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين-الأول تشرين-الثاني كانون-الأول",
         "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"]
    ),
)  # fmt: skip
def test_every_day_is_read_back(day, names):
    if not 1900 <= day.year <= 2099:
        return
    names = names.replace("كانون الثاني", "كانون-الثاني").split()
    month = names[day.month - 1].replace("-", " ")
    (mention,) = find_dates(f"في {day.day} {month} {day.year}.")
    assert (mention.year, mention.month, mention.day) == (day.year, day.month, day.day)


@given(some.text(alphabet=some.sampled_from("0123456789/-. تموزآبأيار،20الماضي\n")))
def test_mentions_stand_where_they_say(text):
    mentions = find_dates(text)
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))
