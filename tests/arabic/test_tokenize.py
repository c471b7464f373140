from hypothesis import given
from hypothesis import strategies as some

from syriatopics.arabic import clean, mixed_script_words, scan, tokenize


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
