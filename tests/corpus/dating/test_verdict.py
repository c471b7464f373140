"""What the evidence of a text says of its printed date."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from syriatopics.corpus.dating import audit_dates, evidence_in
from syriatopics.corpus.parse.lines import split_lines

KERRY = "قال وزير الخارجية الأميركي جون كيري إن الاتفاق قريب.\n\nوأضاف كيري أن بلاده مستعدة. وقال كيري ذلك."


def audit(text, printed=None, **options):
    evidence = evidence_in(split_lines(text))
    return audit_dates(evidence, date.fromisoformat(printed) if printed else None, **options)


def test_a_printed_date_inside_a_term_stands():
    found = audit(KERRY, "2016-07-15")
    assert (found.status, found.earliest, found.latest) == (
        "printed",
        date(2016, 7, 15),
        date(2016, 7, 15),
    )


@pytest.mark.parametrize("printed", ["2024-03-29", "2009-03-01"])
def test_a_printed_date_outside_of_a_term_is_refuted_with_the_evidence_in_words(printed):
    found = audit(KERRY, printed)
    assert (found.status, found.earliest, found.latest) == (
        "conflict",
        date(2013, 2, 1),
        date(2017, 1, 20),
    )
    assert found.evidence.startswith(
        f"printed {printed}, but John Kerry is US Secretary of State 2013-02-01 to 2017-01-20"
    )


def test_one_naming_alone_refutes_nothing():
    assert (
        audit("قال وزير الخارجية الأميركي جون كيري إن الاتفاق قريب.", "2024-03-29").status
        == "printed"
    )


def test_without_a_printed_date_the_window_is_inferred():
    found = audit(KERRY)
    assert (found.status, found.earliest, found.latest) == (
        "inferred",
        date(2013, 2, 1),
        date(2017, 1, 20),
    )


def test_two_terms_of_one_person_are_two_windows():
    trump = "قال الرئيس الأميركي دونالد ترامب إنه سينسحب.\n\nوأضاف ترامب ذلك. وقال ترامب."
    assert audit(trump, "2018-03-01").status == "printed"
    assert audit(trump, "2025-03-01").status == "printed"
    assert audit(trump, "2023-03-01").status == "conflict", "between the terms"


def test_of_people_of_two_times_the_earlier_are_remembered():
    both = f"{KERRY}\n\nوقال الرئيس الأميركي جو بايدن ذلك. وأكد بايدن ذلك. وأضاف بايدن."
    assert audit(both, "2022-03-01").status == "printed"
    found = audit(both, "2015-03-01")
    assert (found.status, found.earliest) == ("conflict", date(2021, 1, 20))


def test_the_dead_are_named_on_by_their_title():
    osama = "قال زعيم تنظيم القاعدة أسامة بن لادن ذلك.\n\nوأضاف بن لادن ذلك. وقال بن لادن."
    assert audit(osama, "2018-03-01").status == "printed"


@pytest.mark.parametrize(
    "text",
    [
        "ستجرى الانتخابات في 5 أيار/ مايو 2021.",
        "ومن المقرر أن يعقد المؤتمر في أيلول/ سبتمبر 2025.",
        "تستضيف قطر البطولة في نوفمبر 2022.",
    ],
)
def test_what_is_planned_is_no_evidence_of_the_present(text):
    assert evidence_in(split_lines(text)) == []


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("قال المتحدث في 27 تموز 2016: انتهى الاجتماع.", date(2016, 7, 27)),
        ("سيطرت القوات على المدينة في شباط/ فبراير 2018.", date(2018, 2, 1)),
        ("خلال العام 2019 الجاري ارتفعت الأسعار.", date(2019, 1, 1)),
    ],
)
def test_what_has_passed_bounds_the_day_of_writing_from_below(text, since):
    (found,) = evidence_in(split_lines(text))
    assert (found.kind, found.periods[0].start, found.periods[0].end) == ("past", since, None)


def test_a_visit_narrows_a_window_and_refutes_nothing():
    visit = "وكان وزير الخارجية الأميركي مايك بومبيو أجرى محادثات في سوتشي في روسيا هذا الشهر."
    found = audit(visit)
    assert (found.earliest, found.latest) == (date(2019, 5, 14), date(2019, 5, 31))
    assert audit(visit, "2020-02-01").status == "printed", "a visit is a candidate, not a proof"


def test_a_date_in_the_future_is_refuted_whatever_the_text_says():
    found = audit("قال المتحدث ذلك.", "2035-01-01", today=date(2026, 1, 1))
    assert found.status == "conflict"
    assert found.evidence == "printed 2035-01-01, which lies in the future"


def test_a_page_is_no_younger_than_its_capture():
    found = audit("وقال في 27 تموز 2016 ذلك.", captured=date(2016, 8, 3))
    assert (found.status, found.earliest, found.latest) == (
        "inferred",
        date(2016, 7, 27),
        date(2016, 8, 3),
    )


def test_what_a_reader_states_stands_above_the_text():
    stated = date(2016, 7, 15), date(2016, 7, 16)
    found = audit("قال المتحدث ذلك.", "2024-03-29", stated=stated)
    assert (found.status, found.earliest, found.latest) == ("conflict", *stated)


SENTENCES = [
    "قال الرئيس الأميركي باراك أوباما ذلك.",
    "وأضاف أوباما.",
    "قال الرئيس الأميركي دونالد ترامب ذلك.",
    "وقال المتحدث في 27 تموز 2016: انتهى الاجتماع.",
    "في عهد الرئيس الأميركي جورج بوش.",
    "وصل جون كيري إلى موسكو يوم الخميس.",
    "ستجرى الانتخابات في 5 أيار/ مايو 2021.",
]


@given(
    some.lists(some.sampled_from(SENTENCES), max_size=6),
    some.none() | some.dates(date(2005, 1, 1), date(2026, 1, 1)),
)
def test_every_verdict_is_whole(sentences, printed):
    found = audit_dates(evidence_in(split_lines("\n\n".join(sentences))), printed)
    if found.earliest and found.latest:
        assert found.earliest <= found.latest
    assert found.evidence
    if found.status == "printed":
        assert found.earliest == found.latest == printed
    if found.status == "conflict":
        slack = timedelta(days=31)
        assert (
            (found.earliest and printed < found.earliest - slack)
            or (found.latest and printed > found.latest + slack)
            or found.earliest != found.latest
        )
    assert (found.status in ("inferred", "unknown")) == (printed is None)


@given(some.permutations(SENTENCES))
def test_the_order_of_the_sentences_changes_no_window(sentences):
    one, other = (audit("\n\n".join(parts)) for parts in (sentences, SENTENCES))
    assert one[:3] == other[:3]
