"""Reading in columns gives the same terms as reading text by text."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import syriatopics as st
from syriatopics.arabic import clean, is_arabic_word, tokenize
from syriatopics.arabic.columns import count_words, cut

SEEDS = [a.raw for a in st.load_seeds()]
pieces = some.sampled_from(
    [
        "سوريا",
        "السّوريّة",
        "مجلس",
        "الأمن",
        "والأمم",
        "المتحدة",
        "للأمم",
        "،",
        ".",
        "“",
        "”",
        "ـ",
        "الـ15",
        "١٬٠٠٠",
        "3.5",
        "تستكشfan",
        "BBC",
        "\u200f",
        "ً",
        "ﻻجئين",
        "…",
        "غير",
        "بيدرسن",
        "بشار",
        "الأسد",
        "½",
        "é",
        "1\u200b000",
        "2254",
        "\n",
        "_",
        "#سوريا",
        "مجلس_الأمن",
        "中文",
        "ﹶسوريا",
    ]
)
joined = some.lists(pieces, max_size=25).flatmap(
    lambda parts: some.lists(
        some.sampled_from([" ", "", "  ", "\n"]), min_size=len(parts), max_size=len(parts)
    ).map(lambda gaps: "".join(part + gap for part, gap in zip(parts, gaps, strict=True)))
)


@pytest.fixture(scope="module", params=["clitics", "light", "none"])
def reader(request):
    return st.ArabicAnalyzer(conflation=request.param).fit(SEEDS).vocabulary_analyzer()


def rows_of(encoded, n):
    return [[encoded.terms[c] for c in encoded.codes[encoded.rows == row]] for row in range(n)]


def test_the_seeds(reader):
    assert rows_of(reader.encode(SEEDS), len(SEEDS)) == [reader(text) for text in SEEDS]


@given(texts=some.lists(joined, max_size=5))
@settings(max_examples=200, deadline=None)
def test_any_texts(reader, texts):
    assert rows_of(reader.encode(texts), len(texts)) == [reader(text) for text in texts]


@given(texts=some.lists(joined, max_size=4))
@settings(max_examples=200, deadline=None)
def test_words_are_counted_as_the_tokenizer_cuts_them(texts):
    counts = count_words(texts)
    words = [word for text in texts for word in tokenize(text)]
    assert all(counts[word] == words.count(word) for word in words)


@given(texts=some.lists(some.text(), max_size=3))
@settings(deadline=None)
def test_whatever_comes(reader, texts):
    usable = [t.encode("utf-8", "ignore").decode() for t in texts]
    assert rows_of(reader.encode(usable), len(usable)) == [reader(text) for text in usable]


def test_codes_and_types_belong_together():
    found = cut(["سوريا، سوريا", ""])
    assert [found.types[code] for code in found.codes] == ["سوريا", "،", "سوريا"]
    assert found.lengths.tolist() == [3, 0]
    assert found.unusual == []


def test_texts_that_must_be_cleaned_whole_are_told():
    assert cut(["سوريا", "ﻻجئين", "1\u200b000"]).unusual == [1, 2]


def test_nothing_at_all():
    reader = st.ArabicAnalyzer().fit(SEEDS).vocabulary_analyzer()
    encoded = reader.encode([])
    assert len(encoded.rows) == len(encoded.codes) == 0


def test_ngrams_are_encoded_too():
    reader = st.ArabicAnalyzer(ngram_range=(1, 2)).fit(SEEDS).vocabulary_analyzer()
    assert rows_of(reader.encode(SEEDS), len(SEEDS)) == [reader(text) for text in SEEDS]


def test_counts_sum_to_the_tokens():
    counts = count_words(SEEDS)
    counted = sum(n for w, n in counts.items() if w[0].isdigit() or is_arabic_word(w))
    assert counted == sum(len(tokenize(text)) for text in SEEDS)
    assert all(clean(word) == word for word in count_words(SEEDS))
    assert np.issubdtype(cut(SEEDS).codes.dtype, np.int32)
