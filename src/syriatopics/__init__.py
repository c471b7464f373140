"""syriatopics: topic models and honest comparison of outlets for the Arabic press on Syria.

An article becomes passages, passages become counts, counts become topics and themes,
and these are compared across outlets and over time. Public names are imported on first
use, so that ``import syriatopics as st`` stays light.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "ArabicAnalyzer": "syriatopics.arabic",
    "Choices": "syriatopics.validation",
    "Claim": "syriatopics.validation",
    "Corpus": "syriatopics.corpus",
    "DynamicTopics": "syriatopics.topics",
    "EmbeddingTopics": "syriatopics.topics",
    "KeywordTopics": "syriatopics.topics",
    "LDA": "syriatopics.topics",
    "NMF": "syriatopics.topics",
    "Scores": "syriatopics.inference",
    "Slope": "syriatopics.trends",
    "Step": "syriatopics.trends",
    "StructuralTopics": "syriatopics.topics",
    "World": "syriatopics.trends",
    "agreement": "syriatopics.validation",
    "balance": "syriatopics.inference",
    "changepoints": "syriatopics.trends",
    "claim_card": "syriatopics.validation",
    "code_topics": "syriatopics.topics",
    "coding_task": "syriatopics.validation",
    "collocations": "syriatopics.framing",
    "collect": "syriatopics.collecting",
    "contrasts": "syriatopics.inference",
    "corrected_shares": "syriatopics.validation",
    "count_terms": "syriatopics.matrix",
    "decompose": "syriatopics.trends",
    "embed": "syriatopics.encoders",
    "event_study": "syriatopics.trends",
    "event_test": "syriatopics.trends",
    "interaction": "syriatopics.trends",
    "keyness": "syriatopics.framing",
    "kwic": "syriatopics.framing",
    "load_events": "syriatopics.trends",
    "load_seeds": "syriatopics.corpus",
    "load_themes": "syriatopics.framing",
    "load_topics": "syriatopics.topics",
    "matched_events": "syriatopics.framing",
    "meaning": "syriatopics.framing",
    "measure_stability": "syriatopics.topics",
    "multiverse": "syriatopics.validation",
    "naming": "syriatopics.framing",
    "open_corpus": "syriatopics.scale",
    "open_study": "syriatopics.study",
    "plan_codings": "syriatopics.validation",
    "plan_study": "syriatopics.trends",
    "planted_corpus": "syriatopics.trends",
    "prevalence": "syriatopics.inference",
    "quotations": "syriatopics.framing",
    "read_codebook": "syriatopics.topics",
    "read_corpus": "syriatopics.corpus",
    "search": "syriatopics.encoders",
    "score_themes": "syriatopics.scorers",
    "search_topics": "syriatopics.topics",
    "show": "syriatopics.results",
    "smooth": "syriatopics.trends",
    "tellings": "syriatopics.framing",
    "theme_shares": "syriatopics.topics",
    "topic_intrusion": "syriatopics.validation",
    "trend": "syriatopics.trends",
    "word_intrusion": "syriatopics.validation",
}

# Parts with names of their own: st.arabic.clean, st.trends.lead_lag.
_PARTS = ("arabic", "collecting", "encoders", "errors", "framing", "inference", "matrix", "plots", "report",
          "results", "scale", "scorers", "topics", "trends", "validation")  # fmt: skip

__all__ = sorted(["__version__", *_HOMES])


def __getattr__(name: str) -> Any:
    if name in _PARTS:
        return importlib.import_module(f"syriatopics.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module 'syriatopics' has no attribute {name!r}")
    value = globals()[name] = getattr(importlib.import_module(_HOMES[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, *_PARTS])
