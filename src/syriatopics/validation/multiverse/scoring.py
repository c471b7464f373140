"""How much of a theme is in each passage, under one set of choices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from syriatopics.arabic import ArabicAnalyzer
from syriatopics.arabic.encoder import Encoded
from syriatopics.corpus import Passages
from syriatopics.errors import InputError
from syriatopics.inference.resampling import Array
from syriatopics.lexicons.schema import Themes
from syriatopics.lexicons.schema.framing import Theme
from syriatopics.matrix import DocumentTermMatrix, matrix_of
from syriatopics.scorers import Scorer, scorer_of
from syriatopics.scorers.registry import COUNTING
from syriatopics.scorers.scoring import scored_by
from syriatopics.topics import LDA, NMF, EmbeddingTopics, StructuralTopics
from syriatopics.topics.fitted import FittedTopics
from syriatopics.validation.multiverse.choices import Fit
from syriatopics.validation.multiverse.comparison import Bools
from syriatopics.validation.multiverse.lookup import Dictionary, seed_terms, stands_in

__all__ = ["Read", "topics_of_theme", "weigh"]

# A topic lies in a theme whose words stand in it twice as often as in the corpus, or more.
LIFT = 2.0
# From this share of a passage on, a topic model says that it deals with the theme.
THRESHOLD = 0.2

_MODELS: dict[str, Callable[[int, int], Any]] = {
    "nmf": lambda k, seed: NMF(n_topics=k, random_state=seed),
    "lda": lambda k, seed: LDA(n_topics=k, random_state=seed),
    "structural": lambda k, seed: StructuralTopics(n_topics=k, random_state=seed),
    "embedding": lambda k, seed: EmbeddingTopics(n_topics=k, random_state=seed),
}


@dataclass(frozen=True, eq=False)
class Read:
    """Passages and, where a scorer counts terms, the terms that preprocessing left."""

    passages: Passages
    encoded: Encoded | None = None
    analyzer: ArabicAnalyzer | None = None


def weigh(
    fit: Fit, read: Read, themes: Themes, theme: str, scorers: Mapping[str, Scorer]
) -> tuple[Array, Bools, list[str]]:
    """Score passages for one theme.

    Returns
    -------
    weights : ndarray, shape (n_passages,)
        What is averaged into a share; NaN where nothing is known.
    assigned : ndarray of bool, shape (n_passages,)
    notes : list of str
        Which topics stand for the theme.

    Raises
    ------
    InputError
        If no topic stands for the theme, or the model cannot be fitted; the message is the
        reason that the specification carries.
    """
    if fit.model in scorers:
        return _scored(scorers[fit.model], read.passages, themes, theme)
    assert read.encoded is not None
    assert read.analyzer is not None
    chosen = next(t for t in themes.theme if t.id == theme)
    if fit.model == "terms":
        dictionary = Dictionary(read.encoded.terms, read.analyzer.vocabulary_analyzer())
        assigned = stands_in(chosen, read.encoded, dictionary, len(read.passages))
        return assigned.astype(np.float64), assigned, []
    dtm = matrix_of(read.encoded, read.passages, read.analyzer, min_df=fit.min_df or 2)
    if fit.model in COUNTING:
        assert fit.n_topics is not None
        assert fit.seed is not None
        counting: Any = scorer_of(fit.model, n_other=fit.n_topics, random_state=fit.seed)
        said = counting.of_counts(dtm, themes)
        weights = said.values[:, said.labels.index(theme)]
        return weights, np.nan_to_num(weights) >= counting.threshold, said.notes
    topics = _fit(fit, dtm)
    found = topics_of_theme(topics, chosen)
    weights = topics.theta[:, found].sum(axis=1)
    note = f"{len(found)} of {topics.n_topics} topics: {', '.join(map(str, found))}"
    return weights, np.nan_to_num(weights) >= THRESHOLD, [note]


def _scored(
    scorer: Scorer, passages: Passages, themes: Themes, theme: str
) -> tuple[Array, Bools, list[str]]:
    scores = scored_by(scorer, passages, themes)
    if theme not in scores.table:
        raise InputError(f"The scorer {scorer.name!r} does not score {theme!r}.")
    weights = scores.weights()[:, list(scores.table).index(theme)]
    return weights, scores.assigned[theme].to_numpy(), []


def _fit(fit: Fit, dtm: DocumentTermMatrix) -> FittedTopics:
    assert fit.n_topics is not None
    assert fit.seed is not None
    topics: FittedTopics = _MODELS[fit.model](fit.n_topics, fit.seed).fit(dtm)
    return topics


def topics_of_theme(topics: FittedTopics, theme: Theme) -> list[int]:
    """Return the topics that lie in a theme, by the words of the lexicon.

    They are those in which the theme's entries are at least twice as frequent as in the
    corpus. A topic may lie in several themes, as a passage may.

    Raises
    ------
    InputError
        If there is none: no share of the theme can be read from these topics.
    """
    dictionary = Dictionary(list(topics.terms), topics.dtm.analyzer.vocabulary_analyzer())
    seeds = seed_terms(theme, dictionary)
    if not len(seeds):
        raise InputError(f"No word of {theme.id!r} is a term of this vocabulary.")
    usual = np.asarray(topics.dtm.counts.sum(axis=0), dtype=np.float64).ravel()
    lift = topics.phi[:, seeds].sum(axis=1) / (usual[seeds].sum() / usual.sum())
    found = np.flatnonzero(lift >= LIFT)
    if not len(found):
        raise InputError(
            f"None of {topics.n_topics} topics lies in {theme.id!r}: its words are at most "
            f"{lift.max():.1f} times as frequent in one as in the corpus (from {LIFT:g})."
        )
    return [int(topic) for topic in found]
