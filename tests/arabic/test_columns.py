"""Cutting in columns gives the pieces that cutting text by text gives."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from messy_texts import joined

import syriatopics as st
from syriatopics.arabic import clean, is_arabic_word, tokenize
from syriatopics.arabic.columns import blocks, count_words, cut

SEEDS = [a.raw for a in st.load_seeds()]
# Pieces of texts that hold nothing to be cleaned.
PLAIN = re.compile(r"[^\W\d_]+|\d+(?:[.,٫٬]\d+)*|[^\w\s]+")


def written(found):
    return [found.types[code].decode("utf-16-le") for code in found.codes]


@given(texts=some.lists(some.text("ابة0٣9.,٫٬ _\n،«a"), max_size=4))
@settings(max_examples=300, deadline=None)
def test_pieces_are_those_of_a_pattern(texts):
    found = cut(texts)
    assert found.unusual == []
    assert written(found) == [piece for text in texts for piece in PLAIN.findall(text)]
    assert found.lengths.tolist() == [len(PLAIN.findall(text)) for text in texts]
    assert len(set(found.types)) == len(found.types) == len(set(found.codes.tolist()))


@given(texts=some.lists(joined, max_size=4))
@settings(max_examples=200, deadline=None)
def test_words_are_counted_as_the_tokenizer_cuts_them(texts):
    counts = count_words(texts)
    words = [word for text in texts for word in tokenize(text)]
    assert all(counts[word] == words.count(word) for word in words)


def test_codes_and_types_belong_together():
    found = cut(["سوريا، سوريا", ""])
    assert written(found) == ["سوريا", "،", "سوريا"]
    assert found.lengths.tolist() == [3, 0]
    assert found.unusual == []


def test_texts_that_must_be_cleaned_whole_are_told():
    assert cut(["سوريا", "ﻻجئين", "1\u200b000"]).unusual == [1, 2]


@pytest.mark.parametrize("odd", ["😀", "\ud83d", "中", "ﻻ", "e\u0301", "1\u200b0", "3.\u064b5"])
def test_only_the_odd_text_is_set_aside(odd):
    found = cut(["سوريا 1.5", f"{odd} سوريا", "", "حلب،"])
    assert found.unusual == [1]
    assert written(found) == ["سوريا", "1.5", "حلب", "،"]
    assert found.lengths.tolist() == [2, 0, 0, 2]


def test_blocks_hold_every_text_once(monkeypatch):
    monkeypatch.setattr("syriatopics.arabic.columns._BLOCK", 10)
    texts = ["سوريا", "", "حلب وإدلب وحماة", "دمشق", ""]
    found = list(blocks(iter(texts)))
    assert [text for block in found for text in block] == texts
    assert list(map(len, found)) == [3, 2]
    assert count_words(iter([*texts, "حلب"]))["حلب"] == 2


def test_counts_sum_to_the_tokens():
    counts = count_words(SEEDS)
    counted = sum(n for w, n in counts.items() if w[0].isdigit() or is_arabic_word(w))
    assert counted == sum(len(tokenize(text)) for text in SEEDS)
    assert all(clean(word) == word for word in count_words(SEEDS))
    assert np.issubdtype(cut(SEEDS).codes.dtype, np.int32)
