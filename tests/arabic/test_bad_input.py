"""Whatever comes in: a result or a clear TypeError, and never more than linear time."""

import gc
import random
import time

import pytest

import syriatopics as st
from syriatopics.arabic import (
    align,
    clean,
    find_dates,
    key,
    mixed_script_words,
    romanize,
    scan,
    sentences,
    tokenize,
)

FUNCTIONS = [clean, key, tokenize, scan, sentences, find_dates, align, mixed_script_words, romanize]
ANALYZER = st.ArabicAnalyzer().fit([a.raw for a in st.load_seeds()])
HOSTILE = {
    "nothing": "",
    "a lone surrogate": "سور\ud800يا",
    "marks only": "\u064b\u0651\u0670" * 50,
    "Latin only": "Syria and Russia " * 20,
    "mixed directions": "\u202eسوريا\u202d \u2067Syria\u2069 \u200f12\u200e",
    "a NUL byte": "سوريا\x00روسيا",
    "a long word": "س" * 100_000,
    "a long number": "1,000" * 20_000,
    "digits and marks": "1\u064b" * 20_000,
    "tatweel": "ـ" * 100_000,
    "quotation marks": "“" * 50_000,
    "full stops": "." * 50_000,
    "months": "آب " * 20_000,
    "dates": "2016-07-27 " * 10_000,
    "one month and spaces": "26 تشرين الثاني/" + " " * 50_000,
    "abbreviations": "أ.ف.ب" * 20_000,
    "names": "مجلس الأمن " * 10_000,
    "other planes": "\U0001f600\U0001ee00" * 1000,
}


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.__name__)
@pytest.mark.parametrize("value", [None, 3, 2.5, b"\xd8\xb3", ["x"], {"a": 1}], ids=repr)
def test_only_text_is_text(function, value):
    with pytest.raises(TypeError, match="expected text"):
        function(value)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.__name__)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_gives_a_result(function, text):
    assert function(text) is not None


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_the_analyzer_bears_hostile_text(text):
    assert all(isinstance(term, str) for term in ANALYZER(text))


@pytest.mark.parametrize("value", [None, 3, b"x", [None], ["x", 3], "one text"])
def test_the_analyzer_wants_texts(value):
    with pytest.raises((TypeError, ValueError)):
        ANALYZER.transform(value)
    with pytest.raises((TypeError, ValueError)):
        st.ArabicAnalyzer().fit(value)


GROWING = {
    **{name: text[:2000] for name, text in HOSTILE.items() if len(text) > 1000},
    "news": st.load_seeds()["000_c20d314892fde1d0"].raw[:2000],
    "random letters": "".join(random.Random(1).choices("سوريا مجلس.،“”12/\u064b\n ", k=2000)),
}


def seconds(function, text):
    """Return the least processor time of several calls, without the collector's own growth."""
    best = float("inf")
    gc.disable()
    try:
        for _ in range(4):
            start = time.process_time()
            function(text)
            best = min(best, time.process_time() - start)
    finally:
        gc.enable()
    return best


@pytest.mark.slow
@pytest.mark.parametrize(
    "function", [*FUNCTIONS, ANALYZER], ids=lambda f: getattr(f, "__name__", "analyzer")
)
@pytest.mark.parametrize("text", GROWING.values(), ids=GROWING.keys())
def test_time_grows_with_length_and_not_with_its_square(function, text):
    """Sixteen times the text takes less than 100 times the time; quadratic would take 256."""
    small, large = (seconds(function, text * n) for n in (8, 128))
    assert large < 100 * max(small, 0.002)


@pytest.mark.slow
def test_ten_megabytes_are_read():
    text = st.load_seeds()["000_c20d314892fde1d0"].raw * 310
    assert len(text.encode()) > 10_000_000
    assert len(tokenize(text)) > 900_000
    assert len(ANALYZER.transform([text])[0]) > 500_000
