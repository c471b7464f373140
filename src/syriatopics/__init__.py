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
    "ArabicAnalyzer": "syriatopics.arabic",
    "Corpus": "syriatopics.corpus",
    "EmbeddingTopics": "syriatopics.topics",
    "NMF": "syriatopics.topics",
    "balance": "syriatopics.inference",
    "contrasts": "syriatopics.inference",
    "count_terms": "syriatopics.matrix",
    "contrast_stability": "syriatopics.framing",
    "effects": "syriatopics.inference",
    "frame_axis": "syriatopics.framing",
    "keyness": "syriatopics.framing",
    "kwic": "syriatopics.framing",
    "load_coded": "syriatopics.framing",
    "load_seeds": "syriatopics.corpus",
    "load_themes": "syriatopics.framing",
    "matched_events": "syriatopics.framing",
    "naming": "syriatopics.framing",
    "open_study": "syriatopics.study",
    "prevalence": "syriatopics.inference",
    "quotations": "syriatopics.framing",
    "read_corpus": "syriatopics.corpus",
    "show": "syriatopics.results",
    "score_themes": "syriatopics.framing",
    "train_classifier": "syriatopics.framing",
    "trend": "syriatopics.trends",
    "triangulate": "syriatopics.framing",
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
