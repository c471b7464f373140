"""One term for one word: what is counted together, and what stays apart by name."""

import pytest

import syriatopics as st
from syriatopics.lexicons import load

TEXT = (
    "الروسي الروسي الروسية الروس الأمريكي الأميركية الأمريكيين السوري السوري السورية سورية سورية "
    "منطقة مناطق المناطق مسلح مسلحين مسلحي المسلحة قرار قراره قرارات القرارات سياسة سياستها سياسات "
    "الخارجية خارجي خارجي الداخلية داخلي الجمهورية جمهوري الشرعية شرعي قوات قواتها قوة حدود حد "
    "إعداد الإعداد عدد أعداد إحداث حدث أحداث مدرسة مدرس جامعة جامع طائرة طائر عسكري عسكرية عسكر "
    "قاتل قاتلوا اقتتل اقتتال صورة صور"
)


@pytest.fixture(scope="module")
def analyzer():
    return st.ArabicAnalyzer(stop_words=None, names=None).fit([TEXT])


@pytest.mark.parametrize(
    "forms",
    [
        "الروسي الروسية",
        "الأمريكي الأميركية أمريكيون الأمريكيين",
        "منطقة والمناطق بمناطق",
        "مسلح المسلحين مسلحي والمسلحة",
        "قرار قراره القرارات",
        "سياسة سياستها السياسات",
        "قوات قواتها",
        "السوري السورية",
        "عدد أعداد",
        "عسكري العسكرية",
    ],
)
def test_forms_of_one_word_are_one_term(analyzer, forms):
    assert len({analyzer(form)[0] for form in forms.split()}) == 1


@pytest.mark.parametrize(
    "words",
    [
        "سورية السورية",
        "الخارجية خارجي",
        "الداخلية داخلي",
        "الجمهورية جمهوري",
        "الشرعية شرعي",
        "الروس الروسي",
        "قوات قوة",
        "حدود حد",
        "إعداد أعداد",
        "إحداث أحداث",
        "مدرسة مدرس",
        "جامعة جامع",
        "طائرة طائر",
        "عسكري عسكر",
        "قاتل اقتتل",
    ],
)
def test_what_must_stay_apart_does(analyzer, words):
    first, second = (analyzer(word)[0] for word in words.split())
    assert first != second


def test_people_read_the_form_that_is_written_most():
    analyzer = st.ArabicAnalyzer().fit(["الروسية الروسية الروسي مناطق مناطق منطقة"])
    assert analyzer.display(analyzer("الروسي")[0]) == "الروسية"
    assert analyzer.display(analyzer("منطقة")[0]) == "مناطق"


def test_every_plural_of_the_lexicon_is_counted_with_its_singular():
    analyzer = st.ArabicAnalyzer(stop_words=None, newsroom=None, names=None).fit(["سوريا"])
    pairs = [pair.split() for pair in load("clitics").plural.words]
    assert all(len(pair) == 2 for pair in pairs)
    for plural, singular in pairs:
        assert analyzer(plural) == analyzer(singular), (plural, singular)
    for word in load("clitics").feminine.words:
        assert analyzer(word + "ة") == analyzer(word), word


def test_a_name_in_several_words_is_counted_with_the_word_that_it_is():
    analyzer = st.ArabicAnalyzer().fit(
        ["محافظة إدلب ومدينة إدلب قرب إدلب والمملكة العربية السعودية"]
    )
    assert set(analyzer("المملكة العربية السعودية")) == set(analyzer("السعودية"))


def test_a_plural_before_its_owner_is_cut_as_the_plural_is():
    analyzer = st.ArabicAnalyzer().fit(
        ["انسحب المقاتلين"] * 50 + ["انسحاب مقاتلي الجيش ومقاتليه"] * 20 + ["مقاتل"]
    )
    assert analyzer("مقاتلي الجيش")[0] == analyzer("المقاتلين")[0]
