import pytest
from hypothesis import given
from hypothesis import strategies as some

from syriatopics.arabic import clean, mixed_script_words, scan, tokenize
from syriatopics.arabic.columns import count_words
from syriatopics.arabic.tokenize import placed, runs


@given(some.text(alphabet=some.sampled_from("سورياةّ\u064bی\u200cabwﻻ…1٬2.3 \n\ufe76“”@＠/:\\.")))
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


@pytest.mark.parametrize(
    "address",
    [
        "https://www.x.com/أخبار-سوريا-اليوم",
        "http://x.com/2016/07/12/خبر?ص=2#تعليق",
        "ftp://x/دمشق",
        "www.x.com/حلب",
        "WWW.X.COM/حلب",
        "t.me/قناة/15",
        "bbc.co.uk:8080/عربي",
        "https://موقع.سوريا/أخبار/سوريا_(دولة)",
        "تحرير@موقع.سوريا",
        "news2016@x.com",
        "@العربية_نت",
        "@syria2016",
        "C:\\أخبار\\سوريا.docx",
        "~/corpus/سوريا.txt",
        "/srv/سوريا/2016.txt",
        "https://x.com/خَبَر",
        "\u200ehttps://x.com/خبر\u200f",
    ],
)
def test_what_an_address_spells_is_no_word(address):
    """From a report: the words of an address were counted, and its numbers always."""
    for text in (f"اقرأ {address} الآن", f"اقرأ «{address}»، الآن", f"اقرأ {address}"):
        assert tokenize(text) == [w for w in ("اقرأ", "الآن") if w in text]
        assert [t.text for t in scan(text)] == tokenize(text)
        assert sum(count_words([text]).values()) == len(tokenize(text))


@pytest.mark.parametrize(
    ("text", "n_words"),
    [
        ("في #سوريا و#مجلس_الأمن", 5),
        ("نيسان/أبريل", 2),
        ("و/أو", 2),
        ("12/5/2016", 3),
        ("قال د.أحمد/سوريا", 4),
        ("(أ ف ب)/دمشق", 4),
        ("BBC/سوريا", 1),
        ("انتهى.وقال", 2),
        ("اقرأ https://x.com/خبر،وقال", 2),
    ],
)
def test_what_is_no_address_stays(text, n_words):
    assert len(tokenize(text)) == n_words


@given(some.text(alphabet=some.sampled_from("سوريةAة\u0640ّ\u064b\u0670ٓ1٢,. \n@/:«”_é…")))
def test_runs_are_cut_as_one_by_one(text):
    written, starts, ends = runs(text)
    cut = [(clean(run), start, end) for run, start, end in zip(written, starts, ends, strict=True)]
    assert cut == [tuple(token) for token in placed(text)]
