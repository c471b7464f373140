"""Topics: what models estimate. Every model is a specification whose ``fit`` gives FittedTopics."""

from __future__ import annotations

from syriatopics.topics.codebook import Codebook, code_topics, read_codebook, theme_shares
from syriatopics.topics.dynamic import DynamicTopics
from syriatopics.topics.embedding import EmbeddingTopics
from syriatopics.topics.fitted import FittedTopics
from syriatopics.topics.hierarchy import Hierarchy
from syriatopics.topics.keyword import KeywordTopics
from syriatopics.topics.lda import LDA
from syriatopics.topics.nmf import NMF
from syriatopics.topics.over_time import WordsOverTime
from syriatopics.topics.quality import Quality, held_out
from syriatopics.topics.report import TopicReport
from syriatopics.topics.saving import load_topics
from syriatopics.topics.selection import Comparison, TopicSearch, compare_models, search_topics
from syriatopics.topics.stability import Stability, align, measure_stability
from syriatopics.topics.structural import StructuralTopics

__all__ = [
    "LDA",
    "NMF",
    "Codebook",
    "Comparison",
    "DynamicTopics",
    "EmbeddingTopics",
    "FittedTopics",
    "Hierarchy",
    "KeywordTopics",
    "Quality",
    "Stability",
    "StructuralTopics",
    "TopicReport",
    "TopicSearch",
    "WordsOverTime",
    "align",
    "code_topics",
    "compare_models",
    "held_out",
    "load_topics",
    "measure_stability",
    "read_codebook",
    "search_topics",
    "theme_shares",
]
