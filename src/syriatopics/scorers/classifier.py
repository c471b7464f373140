"""A classifier of themes, learnt from coded passages, calibrated, validated by article."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.calibration import CalibratedClassifierCV
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from threadpoolctl import threadpool_limits

from syriatopics.arabic import ArabicAnalyzer
from syriatopics.corpus import Passages
from syriatopics.errors import TooSmallError
from syriatopics.framing.themes import ThemeLexicon, compiled, load_themes
from syriatopics.inference import Codings, per_label
from syriatopics.inference.resampling import Array
from syriatopics.lexicons.schema import Themes
from syriatopics.scorers.contract import Scored

__all__ = ["Classifier", "TrainedClassifier"]

FOLDS, FEWEST = 5, 10
Rows = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, eq=False)
class Classifier:
    """Learn themes from passages that people coded.

    For each theme a logistic regression on weighted words and pairs of words and on what the theme
    lexicon says; its probabilities are calibrated by cross-validation, in which passages of one
    article are never parted. Where a theme has fewer than 10 coded passages with and without it
    nothing can be learnt: the lexicon stands in, and the notes name these themes.

    Parameters
    ----------
    codings : Codings
        As :func:`syriatopics.read_codings` reads them.
    coder : str, optional
        Whose codes are learnt; by default what more than half of the coders gave.
    random_state : int
        Of the folds.

    Examples
    --------
    >>> from syriatopics import load_seeds, read_codings
    >>> Classifier(read_codings("codes.csv")).train().validate()  # doctest: +SKIP
    """

    codings: Codings
    coder: str | None = None
    random_state: int = 0
    name: ClassVar[str] = "classifier"
    threshold: ClassVar[float] = 0.5

    def score(self, passages: Passages, themes: Themes) -> Scored:
        """Train on the codings and score passages; see the contract of scorers."""
        return self.train(themes).score(passages, themes)

    def train(self, themes: Themes | None = None) -> TrainedClassifier:
        """Learn from the codings.

        Parameters
        ----------
        themes : Themes, optional
            The lexicon whose hits are features; by default the shipped one.

        Raises
        ------
        TooSmallError
            If no theme can be learnt.
        """
        lexicon = compiled(load_themes() if themes is None else themes)
        if self.coder is not None:
            alone = replace(self, codings=self.codings.of(self.coder), coder=None)
            return alone.train(themes)
        codes = self.codings.given()
        counts = codes.sum()
        enough = [t for t in codes if FEWEST <= counts[t] <= len(codes) - FEWEST]
        if not enough:
            raise TooSmallError(
                f"No theme has {FEWEST} coded passages with and without it among {len(codes)}: "
                'take method="lexicon".'
            )
        rows = self.codings.decided()
        texts, article = list(rows["text"]), rows["article_id"].to_numpy(dtype=str)
        features = _Features(texts, lexicon)
        models = {theme: self._fit(features.fitted, codes[theme], article) for theme in enough}
        notes = [f"Classifier trained on {len(codes):,} coded passages."]
        left = [f"{theme} ({int(counts[theme])})" for theme in codes if theme not in enough]
        if left:
            notes.append(f"Too few coded passages, so that the lexicon decides: {', '.join(left)}.")
        return TrainedClassifier(self, lexicon.themes, tuple(notes), features, models)

    def _fit(self, x: sparse.csr_matrix, codes: pd.Series[bool], article: Any) -> Any:
        y = codes.to_numpy()
        folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=self.random_state)
        both = [(a, b) for a, b in folds.split(x, y, article) if len(set(y[a])) == 2]
        model = CalibratedClassifierCV(
            LogisticRegression(C=10.0, class_weight="balanced", max_iter=2000),
            cv=both, method="sigmoid", ensemble=False,
        )  # fmt: skip
        with threadpool_limits(limits=1):
            return model.fit(x, y)


@dataclass(frozen=True, eq=False)
class TrainedClassifier:
    """A trained classifier, which is a scorer too.

    Attributes
    ----------
    specification : Classifier
    themes : Themes
    notes : tuple of str
    """

    specification: Classifier
    themes: Themes
    notes: tuple[str, ...]
    _features: _Features = field(repr=False)
    _models: dict[str, Any] = field(repr=False)
    name: ClassVar[str] = "classifier"
    threshold: ClassVar[float] = 0.5

    @property
    def learnt(self) -> list[str]:
        """The themes that could be learnt."""
        return list(self._models)

    @property
    def labels(self) -> list[str]:
        """Of the themes that were coded those that it learnt, and those that the lexicon knows."""
        known = set(self.learnt) | set(self.themes.ids)
        return [theme for theme in self.specification.codings.themes if theme in known]

    def score(self, passages: Passages, themes: Themes) -> Scored:
        """Score passages; see the contract of scorers."""
        return Scored(self.predict(passages.texts), self.labels, list(self.notes))

    def predict(self, texts: Sequence[str]) -> Array:
        """Return the probability of each theme in each text, shape (n_texts, n_labels)."""
        labels = self.labels
        if not len(texts):
            return np.empty((0, len(labels)))
        lexicon = self._features.lexicon
        said = pd.DataFrame(lexicon.scores(texts), columns=lexicon.themes.ids)
        x = self._features.of(texts)
        with threadpool_limits(limits=1):
            columns = [
                self._models[theme].predict_proba(x)[:, 1]
                if theme in self._models
                else said[theme].to_numpy()
                for theme in labels
            ]
        return np.column_stack(columns)

    def validate(self, random_state: int = 0) -> pd.DataFrame:
        """Cross-validate by article: what it says of passages whose article it has not seen.

        Returns
        -------
        DataFrame
            As of :func:`syriatopics.inference.per_label`.
        """
        codes = self.specification.codings.given()
        return per_label(self.unseen(random_state), codes[self.labels])

    def unseen(self, random_state: int = 0, share: float = 1.0) -> pd.DataFrame:
        """Return the themes that a model gives to each coded passage whose article it never saw.

        Parameters
        ----------
        random_state : int
            Of the folds.
        share : float
            How much of the passages of each training fold it learns from.
        """
        codings = self.specification.codings
        codes = codings.given()
        texts = list(codings.decided()["text"])
        said = pd.DataFrame(False, index=codes.index, columns=self.labels)
        rng = np.random.default_rng(random_state)
        for train, test in folds(codings, random_state):
            part = np.sort(rng.permutation(train)[: max(int(share * len(train)), 1)])
            held = [texts[n] for n in test]
            said.iloc[test] = self._again(codings.take(part), held).ge(0.5).to_numpy()
        return said

    def _again(self, codings: Codings, texts: list[str]) -> pd.DataFrame:
        """Train on other codings; what cannot be learnt from them is left to the lexicon."""
        spec = self.specification
        try:
            again = replace(spec, codings=codings).train(self.themes)
        except TooSmallError:
            lexicon = self._features.lexicon
            said = pd.DataFrame(lexicon.scores(texts), columns=lexicon.themes.ids)
            return said[self.labels]
        return pd.DataFrame(again.predict(texts), columns=again.labels)[self.labels]

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
        codings = self.specification.codings
        codes = codings.given()[self.labels]
        sizes = [len(train) for train, _ in folds(codings, random_state)]
        rows = []
        for share in shares:
            found = per_label(self.unseen(random_state, share), codes)
            n = int(np.mean([max(int(share * size), 1) for size in sizes]))
            rows += [
                {"share": share, "n": n, "theme": row.label, "f1": row.f1}
                for row in found.itertuples()
            ]
        return pd.DataFrame(rows)


class _Features:
    """Weighted words and pairs of words, and what the theme lexicon says."""

    def __init__(self, texts: Sequence[str], lexicon: ThemeLexicon) -> None:
        self.lexicon = lexicon
        analyzer = ArabicAnalyzer(ngram_range=(1, 2)).fit(texts)
        self._words = TfidfVectorizer(
            analyzer=analyzer.vocabulary_analyzer(), sublinear_tf=True, min_df=2
        )
        self.fitted = self._join(self._words.fit_transform(texts), texts)

    def of(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Return the features of texts."""
        return self._join(self._words.transform(texts), texts)

    def _join(self, words: sparse.csr_matrix, texts: Sequence[str]) -> sparse.csr_matrix:
        return sparse.csr_matrix(sparse.hstack([words, self.lexicon.scores(texts)]))


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
