"""Inference: scores, shares and their uncertainty, with the article as the unit."""

from __future__ import annotations

from syriatopics.inference.prevalence import Prevalence, prevalence
from syriatopics.inference.resampling import MIN_ARTICLES
from syriatopics.inference.scores import HasScores, Scores, as_scores

__all__ = ["MIN_ARTICLES", "HasScores", "Prevalence", "Scores", "as_scores", "prevalence"]
