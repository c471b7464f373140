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
    "arabic": "syriatopics.arabic",
    "errors": "syriatopics.errors",
    "plots": "syriatopics.plots",
    "scorers": "syriatopics.scorers",
    "Agreement": "syriatopics.validation",
    "ArabicAnalyzer": "syriatopics.arabic",
    "Choices": "syriatopics.validation",
    "Claim": "syriatopics.validation",
    "ClaimCard": "syriatopics.validation",
    "CodingTask": "syriatopics.validation",
    "Codings": "syriatopics.inference",
    "Corpus": "syriatopics.corpus",
    "CorrectedShares": "syriatopics.validation",
    "DynamicTopics": "syriatopics.topics",
    "EmbeddingTopics": "syriatopics.topics",
    "IntrusionSet": "syriatopics.validation",
    "KeywordTopics": "syriatopics.topics",
    "LDA": "syriatopics.topics",
    "Multiverse": "syriatopics.validation",
    "NMF": "syriatopics.topics",
    "ReportOptions": "syriatopics.report",
    "Scores": "syriatopics.inference",
    "Slope": "syriatopics.trends",
    "Step": "syriatopics.trends",
    "StructuralTopics": "syriatopics.topics",
    "World": "syriatopics.trends",
    "agreement": "syriatopics.validation",
    "agents": "syriatopics.framing",
    "balance": "syriatopics.inference",
    "changepoints": "syriatopics.trends",
    "claim_card": "syriatopics.validation",
    "code_topics": "syriatopics.topics",
    "coding_task": "syriatopics.validation",
    "collocations": "syriatopics.framing",
    "collect": "syriatopics.collecting",
    "compare_models": "syriatopics.topics",
    "contrast_stability": "syriatopics.framing",
    "contrasts": "syriatopics.inference",
    "corrected_shares": "syriatopics.validation",
    "count_phrases": "syriatopics.framing",
    "count_terms": "syriatopics.matrix",
    "decompose": "syriatopics.trends",
    "dispersion": "syriatopics.framing",
    "embed": "syriatopics.encoders",
    "effects": "syriatopics.inference",
    "event_study": "syriatopics.trends",
    "event_test": "syriatopics.trends",
    "frame_axis": "syriatopics.framing",
    "held_out": "syriatopics.topics",
    "interaction": "syriatopics.trends",
    "keyness": "syriatopics.framing",
    "kwic": "syriatopics.framing",
    "lead_lag": "syriatopics.trends",
    "load_events": "syriatopics.trends",
    "load_seeds": "syriatopics.corpus",
    "load_themes": "syriatopics.framing",
    "load_topics": "syriatopics.topics",
    "make_report": "syriatopics.report",
    "matched_events": "syriatopics.framing",
    "meaning": "syriatopics.framing",
    "measure_stability": "syriatopics.topics",
    "multiverse": "syriatopics.validation",
    "naming": "syriatopics.framing",
    "open_coding_task": "syriatopics.validation",
    "open_collection": "syriatopics.collecting",
    "open_corpus": "syriatopics.scale",
    "open_study": "syriatopics.study",
    "plan_codings": "syriatopics.validation",
    "plan_study": "syriatopics.trends",
    "planted_corpus": "syriatopics.trends",
    "prevalence": "syriatopics.inference",
    "quotations": "syriatopics.framing",
    "read_codebook": "syriatopics.topics",
    "read_codings": "syriatopics.validation",
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

__all__ = sorted(["__version__", *_HOMES])


def __getattr__(name: str) -> Any:
    try:
        home = _HOMES[name]
    except KeyError:
        raise AttributeError(f"module 'syriatopics' has no attribute {name!r}") from None
    module = importlib.import_module(home)
    value = module if home == f"syriatopics.{name}" else getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
