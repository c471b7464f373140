"""A classifier of themes, learnt from coded passages, calibrated, validated by article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from syriatopics.corpus import Passages
from syriatopics.encoders import Encoder
from syriatopics.encoders.lsa import LSA
from syriatopics.errors import TooSmallError
from syriatopics.framing.themes import compiled, load_themes
from syriatopics.inference import Codings, per_label
from syriatopics.inference.resampling import Array
from syriatopics.lexicons.schema import Themes
from syriatopics.order import settled
from syriatopics.scorers.contract import Scored
from syriatopics.scorers.learning import FEWEST, Features, Model, f1, fit, folds

__all__ = ["Classifier", "TrainedClassifier"]


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
        As :func:`syriatopics.validation.read_codings` reads them.
    coder : str, optional
        Whose codes are learnt; by default what more than half of the coders gave.
    encoder : str or Encoder, optional
        As in :func:`syriatopics.embed`; None: words and lexicon alone.
    random_state : int
        Of the folds.

    Examples
    --------
    >>> from syriatopics import load_seeds
    >>> from syriatopics.validation import read_codings
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
        features = Features(texts, lexicon, self.encoder)
        said = dict(zip(lexicon.themes.ids, lexicon.scores(texts).T, strict=True))
        tried = {
            t: fit(features.fitted, codes[t].to_numpy(), article, self.random_state) for t in enough
        }
        models, worse = {}, []
        for theme, (model, learnt) in tried.items():
            known = f1(said[theme] >= 0.5, codes[theme].to_numpy()) if theme in said else -1.0
            if learnt + 1e-9 < known:
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
    _features: Features = field(repr=False)
    _models: dict[str, Model] = field(repr=False)
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
