"""Arabic text: clean it, key it, cut it into tokens and sentences, find names and dates.

Functions are ``str → str`` (or ``str → tokens``) and idempotent; offsets always count in
the text that was given. Nothing here reaches the network, on import or later.
"""

from __future__ import annotations

from syriatopics.arabic.analyzer import ArabicAnalyzer
from syriatopics.arabic.characters import is_arabic_word
from syriatopics.arabic.dates import DateMention, find_dates
from syriatopics.arabic.labels import term_label, term_labels
from syriatopics.arabic.morphology import (
    Analysis,
    Morphology,
    MorphologyStatus,
    load_morphology,
    morphology_status,
)
from syriatopics.arabic.names import name_index, name_matcher, name_term, term_text
from syriatopics.arabic.normalize import align, clean, key
from syriatopics.arabic.phrases import PhraseMatch, PhraseMatcher, TextMatch, running_keys
from syriatopics.arabic.registers import arabic_share, levantine_words
from syriatopics.arabic.romanize import english, romanize
from syriatopics.arabic.sentences import Sentence, sentences
from syriatopics.arabic.steps import vocabulary_steps
from syriatopics.arabic.stopwords import StopList, stop_list
from syriatopics.arabic.terms import TermMatch, TermReader
from syriatopics.arabic.tokenize import Token, mixed_script_words, scan, tokenize
from syriatopics.arabic.variants import VariantTable, variant_table

__all__ = [
    "Analysis",
    "ArabicAnalyzer",
    "DateMention",
    "Morphology",
    "MorphologyStatus",
    "PhraseMatch",
    "PhraseMatcher",
    "Sentence",
    "StopList",
    "TermMatch",
    "TermReader",
    "TextMatch",
    "Token",
    "VariantTable",
    "align",
    "arabic_share",
    "clean",
    "english",
    "find_dates",
    "is_arabic_word",
    "key",
    "levantine_words",
    "load_morphology",
    "mixed_script_words",
    "morphology_status",
    "name_index",
    "name_matcher",
    "name_term",
    "romanize",
    "running_keys",
    "scan",
    "sentences",
    "stop_list",
    "term_label",
    "term_labels",
    "term_text",
    "tokenize",
    "variant_table",
    "vocabulary_steps",
]
