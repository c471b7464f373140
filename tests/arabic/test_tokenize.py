import pytest
from hypothesis import given
from hypothesis import strategies as some

from syriatopics.arabic import clean, mixed_script_words, scan, tokenize

CASES = [
    ("قال: سوريا.", ["قال", "سوريا"], "no punctuation"),
    ("3.5 و2254 و1٬000", ["3.5", "و", "2254", "و", "1٬000"], "numbers stay whole"),
    ("11:50 2016-07-27", ["11", "50", "2016", "07", "27"], "times and dates are their numbers"),
    ("مجلس BBC الأمن", ["مجلس", "الأمن"], "other scripts are left out"),
    ("تستكشfan", [], "a word of two scripts gives no piece"),
    ("الـ15", ["ال", "15"], "letters and digits part"),
    ("حلب..كيري", ["حلب", "كيري"], "dots part words"),
    ("پوتین", ["پوتين"], "letters of Persian names are Arabic letters"),
    ("_سوريا_", ["سوريا"], "underscores are no letters"),
    ("", [], "nothing"),
]


@pytest.mark.parametrize(("text", "tokens", "reason"), CASES)
def test_tokenize(text, tokens, reason):
    assert tokenize(text) == tokens, reason


@given(some.text(alphabet=some.sampled_from("سورياةّ\u064bی\u200cabﻻ…1٬2.3 \n\ufe76“”")))
def test_scan_finds_the_same_tokens_and_their_place(text):
    tokens = scan(text)
    assert [token.text for token in tokens] == tokenize(text)
    for token in tokens:
        assert token.text in tokenize(text[token.start : token.end])
    places = [(token.start, token.end) for token in tokens]
    assert places == sorted(places)


def test_offsets_slice_back_to_the_surface(seeds):
    for article in seeds:
        for token in scan(article.raw):
            assert clean(article.raw[token.start : token.end]) == token.text


def test_mixed_script_words_are_found():
    (word,) = mixed_script_words("موسكو تستكشfan الأمر في Moscow")
    assert word.text == "تستكشfan"
