"""A classifier of themes, learnt from coded passages, calibrated, validated by article."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.calibration import CalibratedClassifierCV
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from threadpoolctl import threadpool_limits

from syriatopics.arabic import ArabicAnalyzer
from syriatopics.errors import TooSmallError
from syriatopics.framing.themes.coded import Coded
from syriatopics.framing.themes.lexicon import compiled, load_themes
from syriatopics.inference.agreement import per_label
from syriatopics.inference.resampling import Array
from syriatopics.lexicons.schema import Themes

__all__ = ["ThemeClassifier", "train_classifier"]

FOLDS, FEWEST = 5, 10


@dataclass(frozen=True, eq=False)
class ThemeClassifier:
    """A trained classifier: for each theme a logistic regression with calibrated probabilities.

    Attributes
    ----------
    labels : list of str
        The themes that could be learnt.
    notes : tuple of str
    """

    labels: list[str]
    notes: tuple[str, ...]
    coded: Coded
    themes: Themes
    _features: _Features = field(repr=False)
    _models: list[Any] = field(repr=False)

    def predict(self, texts: Sequence[str]) -> Array:
        """Return the probability of each theme in each text, shape (n_texts, n_labels)."""
        if not len(texts):
            return np.empty((0, len(self.labels)))
        x = self._features.of(texts)
        with threadpool_limits(limits=1):
            return np.column_stack([model.predict_proba(x)[:, 1] for model in self._models])

    def validate(self, random_state: int = 0) -> pd.DataFrame:
        """Cross-validate by article: what it says of passages whose article it has not seen.

        Returns
        -------
        DataFrame
            As of :func:`syriatopics.inference.per_label`.
        """
        return per_label(self.unseen(random_state), self.coded.codes[self.labels])

    def unseen(self, random_state: int = 0) -> pd.DataFrame:
        """Return for each coded passage the themes assigned by a model that never saw its article."""
        said = pd.DataFrame(False, index=self.coded.codes.index, columns=self.labels)
        for train, test in _folds(self.coded, random_state):
            again = train_classifier(self.coded.take(train), self.themes)
            p = pd.DataFrame(
                again.predict([self.coded.texts[n] for n in test]), columns=again.labels
            )
            held = p.reindex(columns=self.labels).ge(0.5).to_numpy()
            said.iloc[test] = held
        return said

    def learning_curve(
        self, shares: Sequence[float] = (0.25, 0.5, 0.75, 1.0), random_state: int = 0
    ) -> pd.DataFrame:
        """Return how well it does when trained on a part of the coded passages.

        Returns
        -------
        DataFrame
            ``share, n, theme, f1``: cross-validated by article, trained on `share` of the
            passages of each training fold.
        """
        rng = np.random.default_rng(random_state)
        rows = []
        for share in shares:
            said = pd.DataFrame(False, index=self.coded.codes.index, columns=self.labels)
            sizes = []
            for train, test in _folds(self.coded, random_state):
                part = np.sort(rng.permutation(train)[: max(int(share * len(train)), 1)])
                sizes.append(len(part))
                try:
                    again = train_classifier(self.coded.take(part), self.themes)
                except TooSmallError:
                    continue
                p = pd.DataFrame(
                    again.predict([self.coded.texts[n] for n in test]), columns=again.labels
                )
                said.iloc[test] = p.reindex(columns=self.labels).ge(0.5).to_numpy()
            found = per_label(said, self.coded.codes[self.labels])
            rows += [
                {"share": share, "n": int(np.mean(sizes)), "theme": row.label, "f1": row.f1}
                for row in found.itertuples()
            ]
        return pd.DataFrame(rows)


class _Features:
    """Weighted words and pairs of words, and what the theme lexicon says."""

    def __init__(self, texts: Sequence[str], themes: Themes) -> None:
        self._lexicon = compiled(themes)
        analyzer = ArabicAnalyzer(ngram_range=(1, 2)).fit(texts)
        self._words = TfidfVectorizer(
            analyzer=analyzer.vocabulary_analyzer(), sublinear_tf=True, min_df=2
        )
        self.fitted = self._join(self._words.fit_transform(texts), texts)

    def of(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Return the features of texts."""
        return self._join(self._words.transform(texts), texts)

    def _join(self, words: sparse.csr_matrix, texts: Sequence[str]) -> sparse.csr_matrix:
        return sparse.csr_matrix(sparse.hstack([words, self._lexicon.scores(texts)]))


def train_classifier(coded: Coded, themes: Themes | None = None) -> ThemeClassifier:
    """Train a classifier of themes on coded passages.

    Parameters
    ----------
    coded : Coded
    themes : Themes, optional
        The lexicon whose hits are features; by default the shipped one.

    Returns
    -------
    ThemeClassifier
        Themes with fewer than 10 coded passages on either side are left out, and named in
        the notes.

    Raises
    ------
    TooSmallError
        If no theme can be learnt.
    """
    themes = load_themes() if themes is None else themes
    counts = coded.codes.sum()
    enough = [t for t in coded.codes if FEWEST <= counts[t] <= len(coded) - FEWEST]
    if not enough:
        raise TooSmallError(
            f"No theme has {FEWEST} coded passages with and without it among {len(coded)}: "
            'take method="lexicon".'
        )
    features = _Features(coded.texts, themes)
    models = [_fit(features.fitted, coded, theme) for theme in enough]
    notes = [f"Classifier trained on {len(coded):,} coded passages."]
    left = [f"{theme} ({int(counts[theme])})" for theme in coded.codes if theme not in enough]
    if left:
        notes.append(f"Not learnt, too few coded passages: {', '.join(left)}.")
    return ThemeClassifier(enough, tuple(notes), coded, themes, features, models)


def _fit(x: sparse.csr_matrix, coded: Coded, theme: str) -> Any:
    y = coded.codes[theme].to_numpy()
    splits = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0).split(x, y, coded.article)
    both = [(a, b) for a, b in splits if len(set(y[a])) == 2]
    model = CalibratedClassifierCV(
        LogisticRegression(C=10.0, class_weight="balanced", max_iter=2000),
        cv=both, method="sigmoid", ensemble=False,
    )  # fmt: skip
    with threadpool_limits(limits=1):
        return model.fit(x, y)


def _folds(
    coded: Coded, random_state: int
) -> Iterator[tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]]:
    """Part the articles in folds that are alike in their rarest theme."""
    counts = coded.codes.sum()
    order = counts[counts > 0].sort_values().index
    kind = coded.codes[order].to_numpy().argmax(axis=1) + coded.codes[order].any(axis=1).to_numpy()
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=random_state)

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="The least populated class")
        yield from folds.split(np.zeros(len(coded)), kind, coded.article)
