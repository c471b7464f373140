"""A classifier of themes, learnt from coded passages, calibrated, validated by article."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import StratifiedGroupKFold
from threadpoolctl import threadpool_limits

from syriatopics.arabic import ArabicAnalyzer
from syriatopics.corpus import Passages
from syriatopics.encoders import Encoder
from syriatopics.encoders.lsa import LSA
from syriatopics.errors import TooSmallError
from syriatopics.framing.themes import ThemeLexicon, compiled, load_themes
from syriatopics.inference import Codings, per_label
from syriatopics.inference.resampling import Array
from syriatopics.lexicons.schema import Themes
from syriatopics.order import settled
from syriatopics.scorers.contract import Scored
from syriatopics.scorers.meaning import Meaning

__all__ = ["Classifier", "TrainedClassifier"]

FOLDS, FEWEST = 5, 5
# How strongly a model is held back, and from which probability a theme is assigned: what is tried.
_STRENGTHS = (0.3, 3.0, 30.0)
_LIMITS = np.round(np.arange(0.2, 0.71, 0.05), 2)
# Beside words, whose rows have length one, vectors count twice.
_WEIGHT = 2.0
Rows = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, eq=False)
class Classifier:
    """Learn themes from passages that people coded.

    For each theme one regularised linear model on weighted words and pairs of words, on what the theme
    lexicon says, and with an encoder on the vectors of the passages and on how like they are to the
    definitions of the themes. Strength, calibration and threshold are chosen by cross-validation, in
    which passages of one article are never parted. A theme with fewer than 5 coded passages with
    and without it, or of which the lexicon knows more than was learnt, is left to the lexicon, and
    the notes name it.

    Parameters
    ----------
    codings : Codings
        As :func:`syriatopics.read_codings` reads them.
    coder : str, optional
        Whose codes are learnt; by default what more than half of the coders gave.
    encoder : str or Encoder, optional
        As in :func:`syriatopics.embed`; None: words and lexicon alone.
    random_state : int
        Of the folds.

    Examples
    --------
    >>> from syriatopics import load_seeds, read_codings
    >>> Classifier(read_codings("codes.csv")).train().validate()  # doctest: +SKIP
    """

    codings: Codings
    coder: str | None = None
    encoder: str | Encoder | LSA | None = None
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
        features = _Features(texts, lexicon, self.encoder)
        said = dict(zip(lexicon.themes.ids, lexicon.scores(texts).T, strict=True))
        tried = {t: self._fit(features.fitted, codes[t].to_numpy(), article) for t in enough}
        models, worse = {}, []
        for theme, (model, f1) in tried.items():
            known = _f1(said[theme] >= 0.5, codes[theme].to_numpy()) if theme in said else -1.0
            if f1 + 1e-9 < known:
                worse.append(theme)
            else:
                models[theme] = model
        return TrainedClassifier(
            self, lexicon.themes, self._notes(codes, enough, worse), features, models
        )

    def _notes(self, codes: pd.DataFrame, enough: list[str], worse: list[str]) -> tuple[str, ...]:
        by = "" if self.encoder is None else f", with the encoder {_name_of(self.encoder)!r}"
        notes = [f"Classifier trained on {len(codes):,} coded passages{by}."]
        left = [f"{theme} ({int(codes[theme].sum())})" for theme in codes if theme not in enough]
        if left:
            notes.append(f"Too few coded passages, so that the lexicon decides: {', '.join(left)}.")
        if worse:
            notes.append(f"Better known to the lexicon, which decides: {', '.join(worse)}.")
        return tuple(notes)

    def _fit(
        self, x: sparse.csr_matrix, y: np.ndarray[Any, Any], article: np.ndarray[Any, Any]
    ) -> tuple[_Model, float]:
        """Return a model, and its F1 on passages whose articles it did not see."""
        n = max(2, min(FOLDS, int(y.sum())))
        parts = StratifiedGroupKFold(n, shuffle=True, random_state=self.random_state)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="The least populated class")
            splits = [(a, b) for a, b in parts.split(x, y, article) if len(set(y[a])) == 2]
        best: tuple[float, float, Array] | None = None
        for strength in _STRENGTHS:
            said = np.full(len(y), np.nan)
            for train, test in splits:
                said[test] = _linear(x[train], y[train], strength).decision_function(x[test])
            known = ~np.isnan(said)
            quality = average_precision_score(y[known], said[known]) if y[known].any() else 0.0
            if best is None or quality > best[0] + 1e-9:
                best = (float(quality), strength, said)
        assert best is not None
        _, strength, said = best
        known = ~np.isnan(said)
        scale = _linear(said[known, None], y[known], 1.0, balanced=False)
        p = scale.predict_proba(said[known, None])[:, 1]
        found = np.array([_f1(p >= limit, y[known]) for limit in _LIMITS])
        # Of limits that do about as well the one nearest to one half: few codings make a ragged curve.
        good = _LIMITS[found >= found.max() - 0.01]
        limit = float(good[np.abs(good - 0.5).argmin()])
        model = _Model(_linear(x, y, strength), scale, limit)
        return model, _f1(p >= limit, y[known])


@dataclass(frozen=True, eq=False)
class _Model:
    """A linear model of one theme, what its values mean, and from where on they are enough."""

    linear: LogisticRegression
    scale: LogisticRegression
    limit: float

    def predict(self, x: sparse.csr_matrix) -> Array:
        """Return calibrated probabilities."""
        return np.asarray(self.scale.predict_proba(self.linear.decision_function(x)[:, None])[:, 1])


def _linear(x: Any, y: Any, strength: float, balanced: bool = True) -> LogisticRegression:
    weight = "balanced" if balanced else None
    with threadpool_limits(limits=1):
        return LogisticRegression(C=strength, class_weight=weight, max_iter=2000).fit(x, y)


def _f1(said: np.ndarray[Any, Any], true: np.ndarray[Any, Any]) -> float:
    both, all_ = int((said & true).sum()), int(said.sum() + true.sum())
    return 2 * both / all_ if all_ else 0.0


def _name_of(encoder: object) -> str:
    return encoder if isinstance(encoder, str) else str(getattr(encoder, "name", "encoder"))


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
    _models: dict[str, _Model] = field(repr=False)
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
        limits = {theme: model.limit for theme, model in self._models.items()}
        return Scored(self.predict(passages.texts), self.labels, list(self.notes), limits)

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
                settled(self._models[theme].predict(x))
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

    def unseen(self, random_state: int = 0, n: int | None = None) -> pd.DataFrame:
        """Return the themes that a model gives to each coded passage whose article it never saw.

        Parameters
        ----------
        random_state : int
            Of the folds.
        n : int, optional
            From how many passages of each training fold it learns; by default from all.
        """
        codings = self.specification.codings
        codes = codings.given()
        texts = list(codings.decided()["text"])
        said = pd.DataFrame(False, index=codes.index, columns=self.labels)
        rng = np.random.default_rng(random_state)
        for train, test in folds(codings, random_state):
            part = np.sort(rng.permutation(train)[:n])
            held = [texts[n] for n in test]
            said.iloc[test] = self._again(codings.take(part), held).to_numpy()
        return said

    def _again(self, codings: Codings, texts: list[str]) -> pd.DataFrame:
        """Return what a model assigns that is trained on other codings."""
        spec = self.specification
        try:
            again = replace(spec, codings=codings).train(self.themes)
        except TooSmallError:
            lexicon = self._features.lexicon
            said = pd.DataFrame(lexicon.scores(texts), columns=lexicon.themes.ids)
            return said[self.labels] >= self.threshold
        p = pd.DataFrame(again.predict(texts), columns=again.labels)[self.labels]
        limits = {theme: model.limit for theme, model in again._models.items()}
        return p.ge(pd.Series([limits.get(t, self.threshold) for t in p], index=p.columns), axis=1)

    def learning_curve(
        self, sizes: Sequence[int] | None = None, random_state: int = 0
    ) -> pd.DataFrame:
        """Return how well it does when trained on fewer passages, and what 100 more would bring.

        Parameters
        ----------
        sizes : sequence of int, optional
            Numbers of coded passages; by default 25, 50, 100, 200, 300, 600, as far as there are so
            many in a training fold, and all of them.
        random_state : int
            Of the folds, and of which passages are taken.

        Returns
        -------
        DataFrame
            ``n, theme, f1``, cross-validated by article; the theme ``"macro"`` is the mean of those
            with a coded passage. The last row, ``more``, is what 100 more codings would add to the
            mean, by the slope of F1 on the logarithm of n; NaN from one size.
        """
        codings = self.specification.codings
        codes = codings.given()[self.labels]
        most = min(len(train) for train, _ in folds(codings, random_state))
        wanted = sizes or (25, 50, 100, 200, 300, 600)
        ns = [*sorted(n for n in set(wanted) if n < most), most]
        rows: list[dict[str, Any]] = []
        for n in ns:
            found = per_label(self.unseen(random_state, n), codes)
            rows += [{"n": n, "theme": r.label, "f1": r.f1} for r in found.itertuples()]
            rows.append(
                {"n": n, "theme": "macro", "f1": found["f1"][found["positives"] > 0].mean()}
            )
        mean = pd.DataFrame(rows).query("theme == 'macro'")
        more = np.nan
        if len(ns) > 1:
            slope = np.polyfit(np.log(mean["n"]), mean["f1"], 1)[0]
            more = float(slope * np.log((most + 100) / most))
        return pd.DataFrame([*rows, {"n": most + 100, "theme": "more", "f1": more}])


class _Features:
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
        self._meaning: Meaning | None = None
        vectors: Array | None = None
        if encoder is not None:
            self._meaning, vectors = Meaning.of(encoder, texts, lexicon.themes)
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
