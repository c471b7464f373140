"""Scorers: what turns passages into scores of themes; one object, one file, one entry each."""

from __future__ import annotations

from syriatopics.scorers.classifier import Classifier
from syriatopics.scorers.contract import Scored, Scorer, digest_of, ready
from syriatopics.scorers.frames import frames
from syriatopics.scorers.keywords import Keywords
from syriatopics.scorers.language import Cassette, Limits
from syriatopics.scorers.language_model import LanguageModel
from syriatopics.scorers.lexicon import Lexicon
from syriatopics.scorers.registry import DEFAULT, NAMES, scorer_of
from syriatopics.scorers.scoring import ThemeScores, score_themes
from syriatopics.scorers.table import Table
from syriatopics.scorers.taught import Taught
from syriatopics.scorers.topics import CodedTopics
from syriatopics.scorers.zero_shot import ZeroShot

__all__ = [
    "DEFAULT",
    "NAMES",
    "Cassette",
    "Classifier",
    "CodedTopics",
    "Keywords",
    "LanguageModel",
    "Lexicon",
    "Limits",
    "Scored",
    "Scorer",
    "Table",
    "Taught",
    "ThemeScores",
    "ZeroShot",
    "digest_of",
    "frames",
    "ready",
    "score_themes",
    "scorer_of",
]
