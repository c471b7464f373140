"""Inference: scores, shares and their uncertainty, with the article as the unit."""

from __future__ import annotations

from syriatopics.inference.agreement import krippendorff_alpha, per_label
from syriatopics.inference.balance import Balance, balance
from syriatopics.inference.coded import read_coded
from syriatopics.inference.codings import Codings, check_texts
from syriatopics.inference.contrasts import Contrasts, contrasts
from syriatopics.inference.effects import Effects, effects
from syriatopics.inference.floors import MIN_ARTICLES, MIN_BLOCKS
from syriatopics.inference.prevalence import Prevalence, prevalence
from syriatopics.inference.scores import ArticleScores, HasScores, Scores, as_scores

__all__ = [
    "MIN_ARTICLES",
    "MIN_BLOCKS",
    "ArticleScores",
    "Balance",
    "Codings",
    "Contrasts",
    "Effects",
    "HasScores",
    "Prevalence",
    "Scores",
    "as_scores",
    "balance",
    "check_texts",
    "contrasts",
    "effects",
    "krippendorff_alpha",
    "per_label",
    "prevalence",
    "read_coded",
]
