"""Entries of a lexicon among the terms that preprocessing left."""

import numpy as np
import pytest

from syriatopics.arabic import ArabicAnalyzer
from syriatopics.lexicons.schema.framing import Theme
from syriatopics.validation.multiverse.lookup import Dictionary, seed_terms, stands_in

TEXTS = [
    "وصل اللاجئون إلى المخيم",
    "عاد لاجئ واحد",
    "إيصال المساعدات الغذائية إلى المدينة",
    "مساعدات غذائية عاجلة",
    "مساعدات عسكرية ثم غذائية",
    "حصار المدينة",
    "حصار وجوع في المدينة",
    "جوع العالم إلى المعرفة",
    "قصف المطار",
]
THEME = Theme(
    id="aid",
    ar="إغاثة",
    en="Aid",
    definition="x",
    words=("لاجئ*",),
    terms=("مساعدات (ال)غذائية",),
    weak=("حصار", "جوع"),
    **{"not": ("جوع العالم",)},
)


def found(conflation, **options):
    analyzer = ArabicAnalyzer(conflation=conflation, names=None, **options).fit(TEXTS)
    reader = analyzer.vocabulary_analyzer()
    encoded = reader.encode(TEXTS)
    return stands_in(THEME, encoded, Dictionary(encoded.terms, reader), len(TEXTS)), encoded, reader


def test_words_phrases_weak_ones_and_what_is_no_hit():
    held, *_ = found("clitics")
    assert np.flatnonzero(held).tolist() == [0, 1, 2, 3, 6]


def test_without_conflation_a_dictionary_misses_what_carries_an_article():
    held, *_ = found("none")
    assert np.flatnonzero(held).tolist() == [1, 3, 6] or np.flatnonzero(held).tolist() == [1, 3]


@pytest.mark.parametrize("conflation", ["clitics", "words"])
def test_seeds_are_single_terms(conflation):
    _, encoded, reader = found(conflation)
    seeds = seed_terms(THEME, Dictionary(encoded.terms, reader))
    assert len(seeds)
    assert all(encoded.terms[code].startswith("لاجئ") for code in seeds)


def test_no_phrase_reaches_from_one_passage_into_the_next():
    texts = ["وصلت مساعدات", "غذائية كثيرة"]
    analyzer = ArabicAnalyzer(names=None).fit(texts)
    encoded = analyzer.vocabulary_analyzer().encode(texts)
    dictionary = Dictionary(encoded.terms, analyzer.vocabulary_analyzer())
    assert not stands_in(THEME, encoded, dictionary, 2).any()


def test_nothing_is_found_in_nothing():
    analyzer = ArabicAnalyzer(names=None).fit(TEXTS)
    encoded = analyzer.vocabulary_analyzer().encode(["", "123"])
    dictionary = Dictionary(encoded.terms, analyzer.vocabulary_analyzer())
    assert not stands_in(THEME, encoded, dictionary, 2).any()
