"""Clean text and match keys: a table of cases, and the laws."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from syriatopics.arabic import align, clean, key

# in, out, reason
CLEAN = [
    ("السّوريّة", "السورية", "vowel marks go"),
    ("اتّفاقًا", "اتفاقا", "tanwin goes"),
    ("هـــذا", "هذا", "tatweel goes"),
    ("الـ 15", "ال 15", "tatweel before a number"),
    ("\ufe76سوريا", "سوريا", "an isolated fatha does not cut the word"),
    ("\ufc60سوريا", "سوريا", "an isolated shadda with fatha"),
    ("ﻻجئين", "لاجئين", "a ligature becomes its letters"),
    ("ﷲ", "الله", "the ligature of God's name"),
    ("للتعایش", "للتعايش", "Persian ye is ي"),
    ("والمحاکمات", "والمحاكمات", "Persian kaf is ك"),
    ("ههہھ", "هههه", "Urdu he is ه"),
    ("٢٢٥٤ و۲۲۵۴", "2254 و2254", "digits of both kinds"),
    ("سور\u200cيا", "سوريا", "zero-width non-joiner"),
    ("\u202bسوريا\u202c", "سوريا", "controls of direction"),
    ("سو\u00adريا", "سوريا", "soft hyphen"),
    ("ا\u0654حمد", "أحمد", "a combining hamza is composed"),
    ("على علي", "على علي", "ى and ي stay apart"),
    ("إلى أين", "إلى أين", "hamza stays"),
    ("الأمم\u00a0المتحدة", "الأمم المتحدة", "no-break space is a space"),
    ("ٱلله", "ٱلله", "alef wasla stays in clean text"),
    ("3.5 “كلمة”", "3.5 “كلمة”", "quotation marks stay"),
    ("", "", "nothing"),
    ("\u064b\u0651", "", "marks only"),
    ("e\u200d\u0301", "é", "a control between letter and accent"),
]
KEYS = [
    ("إلى", "الي", "hamza and alef maksura"),
    ("ألمانية", "المانيه", "teh marbuta"),
    ("آب", "اب", "madda"),
    ("ٱلله", "الله", "wasla"),
    ("مسؤول", "مسؤول", "hamza on waw stays"),
    ("شئون", "شئون", "hamza on ye stays"),
    ("1٬000", "1000", "Arabic separator of thousands"),
    ("1,000,000", "1000000", "Latin separator of thousands"),
    ("3٫5", "3.5", "Arabic decimal separator"),
    ("3,5", "3,5", "a comma that parts no thousands"),
]
texts = some.text(
    alphabet=some.one_of(
        some.characters(min_codepoint=0x0600, max_codepoint=0x06FF),
        some.characters(min_codepoint=0xFB50, max_codepoint=0xFEFF),
        some.sampled_from("aé\u0301\u0308 \u200d\u200f1٬."),
        some.characters(),
    )
)


@pytest.mark.parametrize(("text", "out", "reason"), CLEAN)
def test_clean(text, out, reason):
    assert clean(text) == out, reason


@pytest.mark.parametrize(("word", "out", "reason"), KEYS)
def test_key(word, out, reason):
    assert key(word) == out, reason


@given(texts)
@settings(max_examples=500)
def test_clean_is_idempotent(text):
    assert clean(clean(text)) == clean(text)
    assert unicodedata.is_normalized("NFKC", clean(text))


@given(texts)
def test_key_is_idempotent_and_blind_to_cleaning(text):
    assert key(key(text)) == key(text)
    assert key(clean(text)) == key(text)


@given(texts)
def test_align_gives_the_clean_text_and_true_offsets(text):
    cleaned, starts, ends = align(text)
    assert cleaned == clean(text)
    assert len(starts) == len(ends) == len(cleaned)
    assert all(0 <= start < end <= len(text) for start, end in zip(starts, ends, strict=True))
    assert starts == sorted(starts)


@pytest.mark.parametrize("value", [None, 3, b"\xd8", ["x"]])
def test_only_text_is_cleaned(value):
    with pytest.raises(TypeError, match="expected text"):
        clean(value)


def test_where_camel_does_otherwise():
    """CAMeL keeps tatweel and Quranic marks in dediac, and maps Persian ye to alef maksura."""
    from camel_tools.utils.charmap import CharMapper
    from camel_tools.utils.dediac import dediac_ar

    assert dediac_ar("هـذا") == "هـذا"
    assert dediac_ar("ق\u06d6") == "ق\u06d6"
    assert CharMapper.builtin_mapper("arclean")("ی") == "ى"
    assert clean("هـذا ق\u06d6 ی") == "هذا ق ي"
