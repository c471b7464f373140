"""Clean text and match keys: a table of cases, and the laws."""

import re
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from syriatopics.arabic import align, clean, key, romanize
from syriatopics.arabic.characters import KEY_TABLE, MARKS, SIGNS
from syriatopics.arabic.normalize import key_of_clean, keys_of_clean
from syriatopics.arabic.variants import variant_table

texts = some.text(
    alphabet=some.one_of(
        some.characters(min_codepoint=0x0600, max_codepoint=0x06FF),
        some.characters(min_codepoint=0xFB50, max_codepoint=0xFEFF),
        some.sampled_from("aé\u0301\u0308 \u200d\u200f1٬."),
        some.characters(),
    )
)


@given(texts)
@settings(max_examples=500)
def test_clean_is_idempotent(text):
    assert clean(clean(text)) == clean(text)
    assert unicodedata.is_normalized("NFKC", clean(text))


@given(texts)
def test_key_is_idempotent_and_blind_to_cleaning(text):
    assert key(key(text)) == key(text)
    assert key(clean(text)) == key(text)


@given(some.lists(texts.map(lambda text: clean(text).replace("\n", ""))))
def test_keys_of_many_words_are_those_of_each(words):
    assert keys_of_clean(words) == list(map(key_of_clean, words))


@given(some.lists(some.text(alphabet="اوبلكميرنيتسجةهئ", max_size=9)))
def test_variants_of_many_words_are_those_of_each(words):
    table = variant_table()
    known = [*words, *table._words, *(f"وال{stem}ه" for stem in table._stems)]
    assert table.fold_all(known) == list(map(table._fold, known))


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


@pytest.mark.needs("camel")
def test_where_camel_does_otherwise():
    """CAMeL keeps tatweel and Quranic marks in dediac, and maps Persian ye to alef maksura."""
    from camel_tools.utils.charmap import CharMapper
    from camel_tools.utils.dediac import dediac_ar

    assert dediac_ar("هـذا") == "هـذا"
    assert dediac_ar("ق\u06d6") == "ق\u06d6"
    assert CharMapper.builtin_mapper("arclean")("ی") == "ى"
    assert clean("هـذا ق\u06d6 ی") == "هذا ق ي"


@pytest.mark.needs("camel")
def test_the_tables_of_letters_are_those_of_camel():
    """Every code point; marks, which CAMeL drops too, are looked at apart."""
    from camel_tools.utils.charmap import CharMapper
    from camel_tools.utils.charsets import AR_DIAC_CHARSET
    from camel_tools.utils.normalize import (
        normalize_alef_ar,
        normalize_alef_maksura_ar,
        normalize_teh_marbuta_ar,
        normalize_unicode,
    )

    letters = [chr(n) for n in range(sys.maxunicode + 1) if not 0xD800 <= n < 0xE000]
    every = "".join(letters)
    theirs = normalize_teh_marbuta_ar(normalize_alef_maksura_ar(normalize_alef_ar(every)))
    assert every.translate(KEY_TABLE) == theirs
    assert romanize(every, "hsb") == CharMapper.builtin_mapper("ar2hsb")(every)
    assert all(re.match(f"[{MARKS}]", mark) for mark in AR_DIAC_CHARSET)
    for letter in letters:
        known = SIGNS.get(letter) or unicodedata.normalize("NFKC", letter)
        assert known == normalize_unicode(letter)


@pytest.mark.needs("camel")
@given(texts)
def test_clean_drops_what_camel_drops(text):
    from camel_tools.utils.dediac import dediac_ar

    assert clean(dediac_ar(text)) == clean(text)
