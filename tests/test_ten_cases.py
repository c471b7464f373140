"""Ten cases of Arabic that must always hold, through the public names."""

import warnings

import pytest

import syriatopics as st
from syriatopics.arabic.characters import ARABIC_LETTERS

TOKENS = [
    ("السّوريّة", ["السورية"]),
    ("٢٢٥٤", ["2254"]),
    ("\ufe76سوريا", ["سوريا"]),
    ("للتعایش والمحاکمات", ["للتعايش", "والمحاكمات"]),
    ("تستكشfan", []),
]


@pytest.fixture(scope="module")
def analyzer(passages):
    return st.ArabicAnalyzer().fit(passages.texts)


@pytest.mark.parametrize(("text", "tokens"), TOKENS)
def test_1_6_8_10_tokens(text, tokens):
    assert st.arabic.tokenize(text) == tokens


@pytest.mark.slow
@pytest.mark.needs("bertopic")
def test_2_words_of_embedding_topics_are_arabic(dtm):
    import re

    words = st.EmbeddingTopics(n_topics=4).fit(dtm).top_terms(10)["term"]
    assert words.map(lambda word: bool(re.search(f"[{ARABIC_LETTERS}]", word))).all()


def test_3_words_that_look_like_clitics_stay(analyzer):
    assert analyzer("والد فلسطين بوتين وزير") == ["والد", "فلسطين", "بوتين", "وزير"]
    assert analyzer("والمجلس") == ["مجلس"]


def test_4_a_name_goes_before_stop_words(analyzer):
    assert analyzer("غير بيدرسن") == ["غير_بيدرسن"]
    assert analyzer("غير واضحة") == ["واضح"]
    assert analyzer.display("غير_بيدرسن") == "غير بيدرسن"


def test_5_stop_words_with_and_without_hamza(analyzer):
    assert analyzer("إلى الى وقف") == ["وقف"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("26 تشرين الثاني/ نوفمبر 2021", (2021, 11, 26)),
        ("31 كانون الثاني/يناير", (None, 1, 31)),
    ],
)
def test_7_levantine_dates(text, date):
    (mention,) = st.arabic.find_dates(f"عقد الاجتماع في {text}، كما قال")
    assert (mention.year, mention.month, mention.day) == date
    assert mention.text == text


def test_8_digits_are_one(analyzer):
    assert st.arabic.key("٢٢٥٤") == st.arabic.key("2254") == st.arabic.key("۲۲۵۴")


def test_9_a_label_is_shaped_exactly_once():
    """Letters reach matplotlib as typed, and its own engine joins and orders them."""
    from matplotlib import ft2font

    text = st.plots.label("سوريا")
    assert text == "سوريا"
    assert not any("\ufb50" <= letter <= "\ufeff" for letter in text)
    assert ft2font.__libraqm_version__


def test_10_a_damaged_word_is_flagged_and_a_pull_quote_counted_once(seeds):
    flags = seeds["003_9a9a6c23242914c4"].flags
    assert [flag.text for flag in flags if flag.kind == "letters of two scripts"] == ["تستكشfan"]
    quoted = "عرقلة النظام السوري لعمل المفتشين الدوليين"
    article = seeds["000_c20d314892fde1d0"]
    assert article.raw.count(quoted) == 2
    assert sum(paragraph.count(quoted) for paragraph in article.paragraphs) == 1


def test_unfitted_analyzer_says_so():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(UserWarning, match="not fitted"):
            st.ArabicAnalyzer()("سوريا")
