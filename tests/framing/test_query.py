"""What a concordance can be asked for, and what other concordancers got wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

import syriatopics as st
from syriatopics.framing.query import Query

TEXT = (
    "قصف الطيران الروسي مدرسة في إدلب، وقال شهود إن القصف استهدف المدارس. ثم قصف الجيش مواقع في "
    "منطقة أخرى ثم مناطق الحدود"
)


def found(pattern, text=TEXT):
    query = Query(pattern, lambda: st.ArabicAnalyzer().fit([TEXT] * 5))
    return [text[start:end] for start, end in query.places(text)]


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("قصف", ["قصف", "القصف", "قصف"]),
        ("=قصف", ["قصف", "قصف"]),
        ("=القصف", ["القصف"]),
        ("قصف NEAR/3 مدرسة", ["قصف"]),
        ("قصف near/2 مدرسة", []),
        ("قصف NEAR/3 مدرس*", ["قصف"]),
        ("قصف NEAR/2 المدارس", ["القصف", "قصف"]),
        ("قصف NOT/3 مدرسة", ["القصف", "قصف"]),
        ("قصف NOT مدرسة", []),
        ("قصف AND منطقة", ["قصف", "القصف", "قصف"]),
        ("~منطقة", ["منطقة", "مناطق"]),
        ("منطقة OR مواقع", ["مواقع", "منطقة"]),
        ("الطيران الروسي NEAR/1 مدرسة", ["الطيران الروسي"]),
        ("الطيران ~روسية", ["الطيران الروسي"]),
        ("قصف NEAR/4 قصف", ["القصف", "قصف"]),
        ("قصف NEAR/5 مدرسة NEAR/3 الروسي", ["قصف"]),
        ("قصف OR قصف", ["قصف", "القصف", "قصف"]),
    ],
)
def test_a_query_finds(pattern, wanted):
    assert found(pattern) == wanted


@pytest.mark.parametrize(
    "pattern",
    ["", "OR", "قصف OR", "NEAR/3 قصف", "قصف NEAR قصف", "قصف AND/3 مدرسة", "قصف NOT", "~", "=", "قصف NEAR/3 …"],
)  # fmt: skip
def test_what_cannot_be_asked_is_said(pattern):
    with pytest.raises(st.errors.InputError):
        found(pattern)


@given(some.text(alphabet="قصفمدرسةالو ~=*ORNEAR/3 ANDT()", max_size=40))
def test_any_query_is_answered_or_refused(pattern):
    try:
        query = Query(pattern, lambda: st.ArabicAnalyzer().fit([TEXT]))
    except st.errors.InputError:
        return
    assert all(0 <= start < end <= len(TEXT) for start, end in query.places(TEXT))


@given(n=some.integers(1, 30))
def test_near_and_not_near_part_all_places(n):
    near, away = found(f"قصف NEAR/{n} مدرسة"), found(f"قصف NOT/{n} مدرسة")
    assert len(near) + len(away) == len(found("قصف"))


def lines(*texts, pattern="قصف", width=3):
    return st.kwic(st.read_corpus(list(texts)), pattern, width)


def test_the_first_and_the_last_word_of_a_text_have_empty_contexts():
    found = lines("قصف الجيش موقعا ثم وقع قصف", pattern="=قصف").table
    assert found["left"].iloc[0] == "" and found["right"].iloc[-1] == ""
    assert found["left"].iloc[1].endswith("وقع")


def test_contexts_are_sorted_by_the_word_that_is_nearest():
    texts = ["بدأ باكرا قصف أول", "أعلن يوما قصف ثان", "تم آخرا قصف تال"]
    found = lines(*texts, pattern="=قصف")
    assert [line.split()[-1] for line in found.sorted("left").table["left"]] == [
        "آخرا",
        "باكرا",
        "يوما",
    ]
    assert [line.split()[0] for line in found.sorted("right").table["right"]] == [
        "أول",
        "تال",
        "ثان",
    ]
    with pytest.raises(st.errors.InputError, match="by='up'"):
        found.sorted("up")


def test_a_notebook_shows_what_comes_before_at_the_right_and_beside_the_match():
    page = lines("وقع أمس قصف عنيف <b>")._repr_html_()
    assert page.startswith('<div dir="rtl"') and "<b>" not in page
    left, match, right = (page.index(word) for word in ("وقع أمس", ">قصف<", "عنيف"))
    assert left < match < right and "text-align:end" in page[:left]
    assert "places in 1 articles" in page
