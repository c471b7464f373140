"""Whom a text names in office, and whether it speaks of the present."""

import itertools

import pytest

from syriatopics.corpus.dating.offices import named_in_office, terms_of
from syriatopics.corpus.parse.lines import split_lines
from syriatopics.lexicons import load


def named(text):
    found = []
    for line in split_lines(text):
        for naming in named_in_office(line):
            office, _ = terms_of(naming.person)
            found.append((office.id, naming.person.en, naming.when))
    return found


NOW = [
    ("قال الرئيس الأميركي دونالد ترامب إن بلاده ستنسحب.", "us_president", "Donald Trump"),
    ("قال الرئيس الأمريكي، باراك أوباما.", "us_president", "Barack Obama"),
    ("جون كيري، وزير الخارجية الأميركي، قال", "us_secretary_of_state", "John Kerry"),
    ("قال وزير الدفاع، آشتون كارتر", "us_defense_secretary", "Ashton Carter"),
    ("والتقى بوزيرة الخارجية الأميركية هيلاري كلينتون", "us_secretary_of_state", "Hillary Clinton"),
]


@pytest.mark.parametrize(("text", "office", "person"), NOW)
def test_people_in_office(text, office, person):
    assert named(text) == [(office, person, "now")]


@pytest.mark.parametrize(
    ("text", "office", "person"),
    [
        ("قال نائب الرئيس الأميركي جو بايدن.", "us_vice_president", "Joe Biden"),
        (
            "قال نائب وزير الخارجية الروسي ميخائيل بوغدانوف.",
            "ru_deputy_foreign_minister",
            "Mikhail Bogdanov",
        ),
    ],
)
def test_the_longest_title_goes_first(text, office, person):
    assert named(text) == [(office, person, "now")]


@pytest.mark.parametrize(
    "before", ["نائب", "مساعد", "مستشار", "نجل", "زوجة", "مبعوث", "المتحدث باسم"]
)
def test_a_title_behind_deputy_or_adviser_is_another_persons(before):
    assert named(f"قال {before} الرئيس الأميركي باراك أوباما أمس.") == []


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("في عهد الرئيس الأميركي باراك أوباما انسحبت القوات.", "once"),
        ("قال وزير الخارجية الأميركي آنذاك جون كيري.", "former"),
        ("قال الرئيس الأميركي السابق باراك أوباما.", "former"),
        ("وفي عام 2013 قال الرئيس الأميركي باراك أوباما ذلك.", "once"),
        ("قبل سنوات قال الرئيس الأميركي باراك أوباما ذلك.", "once"),
        ("قال الرئيس الأميركي المنتخب دونالد ترامب.", "elect"),
    ],
)
def test_retrospect_and_prospect_are_no_present(text, when):
    ((_, _, said),) = named(text)
    assert said == when


@pytest.mark.parametrize(
    "text", ["زار مستشفى الملك سلمان بن عبد العزيز.", "في جامعة الملك عبد الله."]
)
def test_places_called_after_people_name_nobody(text):
    assert named(text) == []


@pytest.mark.parametrize(
    "text",
    ["#الرئيس_الأميركي دونالد ترامب", "الرئيس الأميركي #ترامب", "الرئيس الأميركي #دونالد_ترامب"],
)
def test_hashtags_are_words(text):
    assert named(text) == [("us_president", "Donald Trump", "now")]


@pytest.mark.parametrize(
    "text", ["قال كيري أمس.", "وزير الخارجية الأميركي قال أمس.", "قال الرئيس الأميركي وبوتين."]
)
def test_a_name_or_a_title_alone_is_nobody_in_office(text):
    assert named(text) == []


def test_every_office_has_terms_with_a_source_in_order():
    for office in load("offices").office:
        assert office.source, office.id
        assert office.holder, office.id
        if not office.shared:
            starts = [holder.start for holder in office.holder]
            assert starts == sorted(starts), office.id
            for one, other in itertools.pairwise(office.holder):
                assert one.end is not None, (office.id, one.en)
                assert (one.end - other.start).days <= 31 or one.acting or other.acting, (
                    office.id,
                    one.en,
                    other.en,
                )


@pytest.mark.parametrize("visit", load("offices").visit, ids=lambda visit: visit.id)
def test_every_visit_is_dated_and_sourced(visit):
    assert visit.source
    assert visit.start <= visit.end
