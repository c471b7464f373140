"""The lexicon teaches an encoder on passages that nobody coded."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from syriatopics.corpus import Passages
from syriatopics.encoders import Encoder
from syriatopics.encoders.lsa import LSA
from syriatopics.framing.themes import compiled, days_of
from syriatopics.inference.resampling import Array
from syriatopics.lexicons.schema import Themes
from syriatopics.order import settled
from syriatopics.scorers.contract import Scored
from syriatopics.scorers.learning import FOLDS, STRENGTHS, linear
from syriatopics.scorers.meaning import ThemeSpace

__all__ = ["Taught"]

FEWEST = 20


@dataclass(frozen=True)
class Taught:
    """Learn from the lexicon what its themes are about, and find them in other words too.

    A regularised linear model on the encoder's vectors learns for each theme where the lexicon has
    hits, and says of every passage how likely one is; no passage is judged by a model that saw its
    article. The mean of this and of the lexicon is the score; as many passages are assigned as
    the lexicon assigns, those with the best scores. How strongly the model is held back is chosen by
    cross-validation against the lexicon, so that no coded passage is needed, or used.

    Parameters
    ----------
    encoder : str or Encoder
        As in :func:`syriatopics.embed`.

    Notes
    -----
    With fewer than 20 passages in which the lexicon finds a theme there is nothing to learn from, and
    the lexicon stands. What the lexicon misses everywhere nobody teaches.

    Examples
    --------
    >>> from syriatopics import load_seeds, score_themes
    >>> scores = score_themes(load_seeds(), Taught())
    >>> bool(scores.assigned["political_transition"].any())
    True
    """

    encoder: str | Encoder | LSA = "lsa"
    name: ClassVar[str] = "taught"
    threshold: ClassVar[float] = 0.5
    looks_at_all: ClassVar[bool] = True

    def score(self, passages: Passages, themes: Themes) -> Scored:
        """Score passages; see the contract of scorers."""
        texts = passages.texts
        said = compiled(themes).scores(texts, days_of(passages))
        if not len(texts):
            return Scored(said, themes.ids, [])
        space, vectors = ThemeSpace.of(self.encoder, texts, themes)
        x = np.column_stack([vectors, space.likeness(vectors)])
        fold = np.array([_fold(str(a)) for a in passages.table["article_id"]])
        names = passages.table["passage_id"].astype(str).to_numpy()
        order = np.argsort(names, kind="stable")
        values, thresholds, left = said.copy(), {}, []
        for k, theme in enumerate(themes.ids):
            hit = said[:, k] >= self.threshold
            p = _cross_fitted(x[order], hit[order], fold[order])
            if p is None:
                left.append(theme)
                continue
            back = np.empty(len(p))
            back[order] = p
            values[:, k] = settled((back + said[:, k]) / 2)
            thresholds[theme] = float(max(np.sort(values[:, k])[-int(hit.sum())], 1e-6))
        notes = [
            f"The lexicon taught the encoder {space.encoder.name!r} on {len(texts):,} passages; as many "
            "passages have a theme as the lexicon gave it."
        ]
        if left:
            notes.append(
                f"Too few passages to learn from, so that the lexicon decides: {', '.join(left)}."
            )
        return Scored(values, themes.ids, notes, thresholds)


def _fold(article: str) -> int:
    """Return the fold of an article, which hangs on its id alone."""
    return hashlib.blake2b(article.encode("utf-8", "replace"), digest_size=2).digest()[0] % FOLDS


def _cross_fitted(x: Array, hit: np.ndarray[Any, Any], fold: np.ndarray[Any, Any]) -> Array | None:
    """Return for each passage the probability of a hit, by a model that did not see its article."""
    if min(hit.sum(), (~hit).sum()) < FEWEST:
        return None
    found: list[tuple[float, Array]] = []
    for strength in STRENGTHS:
        p = np.full(len(x), hit.mean())
        for n in range(FOLDS):
            train, test = fold != n, fold == n
            if test.any() and len(set(hit[train].tolist())) == 2:
                model = linear(x[train], hit[train], strength, balanced=False)
                p[test] = model.predict_proba(x[test])[:, 1]
        inside = np.clip(p, 1e-6, 1 - 1e-6)
        loss = -np.where(hit, np.log(inside), np.log(1 - inside)).mean()
        found.append((float(settled(loss)), p))
    return min(found, key=lambda one: one[0])[1]
