"""Learning themes from coded passages: features, a linear model per theme, calibration and threshold."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import StratifiedGroupKFold
from threadpoolctl import threadpool_limits

from syriatopics.arabic import ArabicAnalyzer
from syriatopics.encoders import Encoder
from syriatopics.encoders.lsa import LSA
from syriatopics.framing.themes import ThemeLexicon
from syriatopics.inference import Codings
from syriatopics.inference.resampling import Array
from syriatopics.scorers.meaning import ThemeSpace

__all__ = ["FEWEST", "FOLDS", "STRENGTHS", "Features", "Model", "f1", "fit", "folds", "linear"]

FOLDS, FEWEST = 5, 5
# How strongly a model is held back, and from which probability a theme is assigned: what is tried.
STRENGTHS = (0.3, 3.0, 30.0)
_LIMITS = np.round(np.arange(0.2, 0.71, 0.05), 2)
# Beside words, whose rows have length one, vectors count twice.
_WEIGHT = 2.0
Rows = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, eq=False)
class Model:
    """A linear model of one theme, what its values mean, and from where on they are enough."""

    linear: LogisticRegression
    scale: LogisticRegression
    limit: float

    def predict(self, x: sparse.csr_matrix) -> Array:
        """Return calibrated probabilities."""
        return np.asarray(self.scale.predict_proba(self.linear.decision_function(x)[:, None])[:, 1])


def linear(x: Any, y: Any, strength: float, balanced: bool = True) -> LogisticRegression:
    """Return a regularised linear model, fitted by one thread."""
    weight = "balanced" if balanced else None
    with threadpool_limits(limits=1):
        return LogisticRegression(C=strength, class_weight=weight, max_iter=2000).fit(x, y)


def f1(said: np.ndarray[Any, Any], true: np.ndarray[Any, Any]) -> float:
    """Return F1; 0 where nothing is said and nothing true."""
    both, all_ = int((said & true).sum()), int(said.sum() + true.sum())
    return 2 * both / all_ if all_ else 0.0


def fit(
    x: sparse.csr_matrix,
    y: np.ndarray[Any, Any],
    article: np.ndarray[Any, Any],
    random_state: int,
) -> tuple[Model, float]:
    """Return a model of one theme, and its F1 on passages whose articles it did not see."""
    n = max(2, min(FOLDS, int(y.sum())))
    parts = StratifiedGroupKFold(n, shuffle=True, random_state=random_state)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="The least populated class")
        splits = [(a, b) for a, b in parts.split(x, y, article) if len(set(y[a])) == 2]
    best: tuple[float, float, Array] | None = None
    for strength in STRENGTHS:
        said = np.full(len(y), np.nan)
        for train, test in splits:
            said[test] = linear(x[train], y[train], strength).decision_function(x[test])
        known = ~np.isnan(said)
        quality = average_precision_score(y[known], said[known]) if y[known].any() else 0.0
        if best is None or quality > best[0] + 1e-9:
            best = (float(quality), strength, said)
    assert best is not None
    _, strength, said = best
    known = ~np.isnan(said)
    scale = linear(said[known, None], y[known], 1.0, balanced=False)
    p = scale.predict_proba(said[known, None])[:, 1]
    found = np.array([f1(p >= limit, y[known]) for limit in _LIMITS])
    # Of limits that do about as well the one nearest to one half: few codings make a ragged curve.
    good = _LIMITS[found >= found.max() - 0.01]
    limit = float(good[np.abs(good - 0.5).argmin()])
    model = Model(linear(x, y, strength), scale, limit)
    return model, f1(p >= limit, y[known])


class Features:
    """Weighted words and pairs of words, what the theme lexicon says, and what passages mean."""

    def __init__(
        self, texts: Sequence[str], lexicon: ThemeLexicon, encoder: str | Encoder | LSA | None
    ) -> None:
        self.lexicon = lexicon
        analyzer = ArabicAnalyzer(ngram_range=(1, 2)).fit(texts)
        self._words = TfidfVectorizer(
            analyzer=analyzer.vocabulary_analyzer(), sublinear_tf=True, min_df=2
        )
        words = self._words.fit_transform(texts)
        self._meaning: ThemeSpace | None = None
        vectors: Array | None = None
        if encoder is not None:
            self._meaning, vectors = ThemeSpace.of(encoder, texts, lexicon.themes)
        self.fitted = self._join(words, texts, vectors)

    def of(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Return the features of texts."""
        vectors = None if self._meaning is None else self._meaning.vectors(texts)
        return self._join(self._words.transform(texts), texts, vectors)

    def _join(
        self, words: sparse.csr_matrix, texts: Sequence[str], vectors: Array | None
    ) -> sparse.csr_matrix:
        parts = [words, self.lexicon.scores(texts)]
        if vectors is not None and self._meaning is not None:
            parts += [_WEIGHT * vectors, _WEIGHT * self._meaning.likeness(vectors)]
        return sparse.csr_matrix(sparse.hstack(parts))


def folds(codings: Codings, random_state: int) -> Iterator[tuple[Rows, Rows]]:
    """Part the articles in folds that are alike in their rarest theme."""
    codes = codings.given()
    article = codings.decided()["article_id"].to_numpy(dtype=str)
    counts = codes.sum()
    order = counts[counts > 0].sort_values().index
    kind = codes[order].to_numpy().argmax(axis=1) + codes[order].any(axis=1).to_numpy()
    parts = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=random_state)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="The least populated class")
        yield from parts.split(np.zeros(len(codes)), kind, article)
