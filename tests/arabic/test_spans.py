"""Entries found in many texts at once are those found in each."""

import pickle
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from messy_texts import joined, pieces

import syriatopics as st
from syriatopics.arabic import PhraseMatcher, columns, variant_table
from syriatopics.arabic.spans import PhraseFinder

SEEDS = [a.raw for a in st.load_seeds()]
ENTRIES = {
    "council": ["مجلس الأمن", "مجلس", "مجلس الأمن غير بيدرسن"],
    "refugee": ["لاجئ*", "سوريا (ال)لاجئ*"],
    "number": ["2254", "القرار 2254", "3.5"],
    "leader": ["بشار الأسد", "الأسد"],
}
BLOCKED = ["مجلس الأسد", "غير بيدرسن"]


@pytest.fixture(scope="module")
def matcher():
    return PhraseMatcher(ENTRIES, BLOCKED, fold=variant_table())


def counted(finder, texts):
    entries, rows, codes = finder.find(texts)
    return Counter(
        (row, *entries[code]) for row, code in zip(rows.tolist(), codes.tolist(), strict=True)
    )


def one_by_one(matcher, texts):
    return Counter((n, m.id, m.form) for n, text in enumerate(texts) for m in matcher.find_in(text))


words = some.lists(pieces, max_size=12).map(" ".join)


@given(texts=some.lists(joined | words, max_size=5))
@settings(max_examples=300, deadline=None)
def test_any_texts(matcher, texts):
    assert counted(PhraseFinder(matcher), texts) == one_by_one(matcher, texts)


@given(
    texts=some.lists(
        some.lists(
            some.sampled_from(
                [
                    "مجلس",
                    "الأمن",
                    "غير",
                    "بيدرسن",
                    "الأسد",
                    "بشار",
                    "سوريا",
                    "لاجئين",
                    "اللاجئون",
                    "،",
                    "2254",
                ]
            ),
            max_size=12,
        ).map(" ".join),
        max_size=4,
    )
)
@settings(max_examples=300, deadline=None)
def test_texts_full_of_entries(matcher, texts):
    assert counted(PhraseFinder(matcher), texts) == one_by_one(matcher, texts)


def test_the_seeds_and_the_shipped_themes():
    lexicon = st.load_themes()
    entries = {theme.id: [*theme.entries, *theme.weak] for theme in lexicon.theme}
    matcher = PhraseMatcher(entries, fold=variant_table())
    finder, texts = PhraseFinder(matcher), [p for text in SEEDS for p in text.split("\n")]
    expected = one_by_one(matcher, texts)
    assert expected.total() > 100
    assert counted(finder, texts) == counted(finder, texts) == expected


def test_blocks_and_ends_of_texts(matcher, monkeypatch):
    monkeypatch.setattr("syriatopics.arabic.columns._BLOCK", 8)
    texts = ["مجلس", "الأمن", "", "مجلس الأمن", "ﻻجئين", "سوريا", "لاجئين"] * 2
    assert counted(PhraseFinder(matcher), texts) == one_by_one(matcher, texts)


def test_what_parts_words_and_what_does_not(matcher):
    def found(text):
        return [match.form for match in matcher.find_in(text)]

    for text in ("#مجلس_الأمن", "مجلس \u200f الأمن", "مجلس ـ الأمن", "مجلس\nالأمن"):
        assert found(text) == ["مجلس الأمن"]
    for text in ("مجلس، الأمن", "مجلس BBC الأمن", "مجلس - الأمن"):
        assert found(text) == ["مجلس"]


def test_pieces_are_forgotten_when_there_are_too_many(matcher, monkeypatch):
    monkeypatch.setattr(columns, "_REMEMBERED", 2)
    finder, texts = PhraseFinder(matcher), ["مجلس الأمن في سوريا، بشار الأسد"]
    for _ in range(3):
        assert counted(finder, texts) == one_by_one(matcher, texts)


def test_nothing_at_all(matcher):
    entries, rows, codes = PhraseFinder(matcher).find([])
    assert (entries, len(rows), len(codes)) == ([], 0, 0)
    assert PhraseFinder(PhraseMatcher({"a": ["سوريا"]})).find(["", "،"])[0] == []


def test_a_finder_can_be_sent_to_another_process(matcher):
    finder, texts = PhraseFinder(matcher), ["مجلس الأمن في سوريا"]
    counted(finder, texts)
    assert counted(pickle.loads(pickle.dumps(finder)), texts) == one_by_one(matcher, texts)


def test_settled_sequences_are_forgotten_too(monkeypatch):
    monkeypatch.setattr(columns, "_REMEMBERED", 60)
    matcher = PhraseMatcher({"council": ["مجلس الأمن الدولي الأول"]})
    finder = PhraseFinder(matcher)
    thirds = [chr(0x628 + a) + chr(0x628 + b) for a in range(15) for b in range(15)]
    for start in range(0, len(thirds), 5):
        finder.find([f"مجلس الأمن {third}" for third in thirds[start : start + 5]])
    assert len(finder._spans) < 80


@pytest.mark.parametrize("value", [None, b"x", 3])
def test_what_is_no_text_is_named(matcher, value):
    with pytest.raises(TypeError, match="expected text"):
        PhraseFinder(matcher).find(["مجلس", value])
