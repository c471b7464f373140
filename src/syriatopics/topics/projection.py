"""How passages that a model has not seen get their θ: what is kept of each engine.

A projection is plain arrays and numbers, so that a saved model needs no pickle, and a loaded
one gives the same θ.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.special import digamma

from syriatopics.encoders import centred
from syriatopics.encoders.lsa import OfflineSpace, bm25
from syriatopics.errors import InputError, ModelError
from syriatopics.topics.design import Design
from syriatopics.topics.engine import Array, one_thread

__all__ = [
    "PROJECTIONS",
    "Cluster",
    "Dirichlet",
    "Factor",
    "LogisticNormal",
    "Projection",
    "membership",
    "project",
    "projection_of",
    "side_by_side",
]


# So many passages are looked at together.
_TOGETHER = 256
# After so many sweeps the least squares of a passage have settled to the ninth decimal.
_SWEEPS = 100
# Of the search for the mode of a passage.
_ROUNDS, _TOLERANCE, _SMALLEST = 200, 1e-7, 1e-10


@dataclass(frozen=True, eq=False)
class Projection(ABC):
    """Base: ``theta(counts, documents, vectors)`` gives θ of new passages."""

    kind: ClassVar[str]

    @property
    @abstractmethod
    def n_topics(self) -> int:
        """Topics of the engine."""

    @abstractmethod
    def theta(
        self, counts: sparse.csr_matrix, documents: pd.DataFrame, vectors: Array | None
    ) -> Array:
        """Return non-negative weights, shape (n_passages, n_topics of the engine)."""

    def state(self) -> dict[str, Any]:
        """Return everything that is kept, by name."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value is not None}

    @classmethod
    def restore(cls, state: Mapping[str, Any]) -> Projection:
        """Make the projection again of what :meth:`state` gave."""
        return cls(**state)


@dataclass(frozen=True, eq=False)
class Factor(Projection):
    """Non-negative least squares on BM25 weights: NMF with its topics held fixed."""

    kind: ClassVar[str] = "factor"
    components: Array
    idf: Array

    @property
    def n_topics(self) -> int:
        """Topics of the engine."""
        return len(self.components)

    def theta(
        self, counts: sparse.csr_matrix, documents: pd.DataFrame, vectors: Array | None
    ) -> Array:
        """Return θ: the length of what each topic brings to a passage."""
        from syriatopics.topics.factorising import solve

        with one_thread():
            found = solve(bm25(counts, self.idf), self.components, _SWEEPS)
        return self.sized(found.T)

    def sized(self, found: Array) -> Array:
        """Return coefficients times the lengths of their topics."""
        return np.asarray(found * np.linalg.norm(self.components, axis=1), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Dirichlet(Projection):
    """Variational Bayes with topics held fixed: LDA and keyATM.

    `words` are weights of terms in topics (exp E log φ, or φ), `alpha` the prior, `weights`
    how much a token of each term counts.
    """

    kind: ClassVar[str] = "dirichlet"
    words: Array
    alpha: Array
    weights: Array | None = None

    @property
    def n_topics(self) -> int:
        """Topics of the engine."""
        return len(self.alpha)

    def theta(
        self, counts: sparse.csr_matrix, documents: pd.DataFrame, vectors: Array | None
    ) -> Array:
        """Return the mean of the variational posterior."""
        found = np.zeros((counts.shape[0], len(self.alpha)))
        filled = np.flatnonzero(np.diff(counts.indptr))
        for start in range(0, len(filled), _TOGETHER):
            rows = filled[start : start + _TOGETHER]
            gamma = self._settle(sparse.csr_matrix(counts[rows], dtype=np.float64))
            found[rows] = gamma / gamma.sum(axis=1, keepdims=True)
        return found

    def _settle(self, counts: sparse.csr_matrix, rounds: int = 200) -> Array:
        """Climb with many passages at once; each stops where it would have stopped alone."""
        if self.weights is not None:
            counts.data *= self.weights[counts.indices]
        gamma = self.alpha + np.asarray(counts.sum(axis=1)) / len(self.alpha)
        settled = np.empty_like(gamma)
        rows, words = np.arange(len(gamma)), self.words.T[counts.indices]
        often, lengths = counts.data, np.diff(counts.indptr)
        for _ in range(rounds):
            before = gamma
            weight = np.exp(digamma(gamma) - digamma(gamma.sum(axis=1, keepdims=True)))
            of = np.repeat(np.arange(len(gamma)), lengths)
            total = np.maximum(np.einsum("nk,nk->n", words, weight[of]), 1e-300)
            starts = np.cumsum(lengths) - lengths
            pull = np.add.reduceat(words * (often / total)[:, None], starts, axis=0)
            gamma = self.alpha + weight * pull
            still = np.abs(gamma - before).mean(axis=1) >= 1e-4
            settled[rows] = gamma
            if not still.any():
                break
            if not still.all():
                words, often = words[still[of]], often[still[of]]
                gamma, rows, lengths = gamma[still], rows[still], lengths[still]
        return settled


@dataclass(frozen=True, eq=False)
class LogisticNormal(Projection):
    """The mode of the logistic-normal posterior with topics held fixed: STM.

    Attributes
    ----------
    words : ndarray, shape (n_topics, n_terms)
    effects : ndarray, shape (n_features + 1, n_topics - 1)
        How covariates move the prior; the intercept first.
    precision : ndarray, shape (n_topics - 1, n_topics - 1)
    design : dict or None
        How covariates become columns; None for a model without.
    """

    kind: ClassVar[str] = "logistic_normal"
    words: Array
    effects: Array
    precision: Array
    design: dict[str, Any] | None = None

    @property
    def n_topics(self) -> int:
        """Topics of the engine."""
        return len(self.words)

    def theta(
        self, counts: sparse.csr_matrix, documents: pd.DataFrame, vectors: Array | None
    ) -> Array:
        """Return the softmax of the mode, found by Newton's method."""
        columns = np.ones((counts.shape[0], 1))
        if self.design is not None:
            columns = np.hstack([columns, Design.restore(self.design).matrix(documents)])
        means = columns @ self.effects
        found = np.zeros((counts.shape[0], len(self.words)))
        for row in range(counts.shape[0]):
            part = slice(counts.indptr[row], counts.indptr[row + 1])
            if part.stop > part.start:
                words = self.words[:, counts.indices[part]]
                found[row] = self._passage(words, counts.data[part].astype(float), means[row])
        return found

    def _passage(self, words: Array, counts: Array, mean: Array) -> Array:
        """Climb to the mode: Newton's method, with a curvature that is never negative."""
        eta = mean
        value, theta, slope = self._loss(eta, words, counts, mean)
        for _ in range(_ROUNDS):
            spread = np.diag(theta[:-1]) - np.outer(theta[:-1], theta[:-1])
            step = -np.linalg.solve(self.precision + counts.sum() * spread, slope)
            size = 1.0
            while size > _SMALLEST:
                found = self._loss(eta + size * step, words, counts, mean)
                if found[0] <= value + 1e-4 * size * (slope @ step):
                    break
                size /= 2
            else:
                break
            eta = eta + size * step
            settled = np.abs(found[1] - theta).max() < _TOLERANCE
            value, theta, slope = found
            if settled:
                break
        return theta

    def _loss(
        self, eta: Array, words: Array, counts: Array, mean: Array
    ) -> tuple[float, Array, Array]:
        """Return the negative log posterior, θ, and the slope."""
        theta = _softmax(eta)
        seen = np.maximum(theta @ words, 1e-300)
        away = self.precision @ (eta - mean)
        pull = theta * (words @ (counts / seen)) - counts.sum() * theta
        value = -(counts @ np.log(seen)) + 0.5 * (eta - mean) @ away
        return float(value), theta, np.asarray(away - pull[:-1])


def _softmax(eta: Array) -> Array:
    """Return the shares of topics; the last topic is the one that the others are measured by."""
    full = np.exp(np.append(eta, 0.0) - max(eta.max(), 0.0))
    return np.asarray(full / full.sum())


@dataclass(frozen=True, eq=False)
class Cluster(Projection):
    """Likeness to the centres of clusters in a space of meaning.

    Attributes
    ----------
    centres : ndarray, shape (n_topics, n_dimensions)
        Of length one.
    axes, idf : ndarray or None
        The offline space: axes (n_dimensions × n_terms) and inverse frequencies.
    length : float
        Mean number of terms of a passage.
    encoder : str or None
        Name, path or address of the encoder; None for the offline space and for vectors
        that the user brings.
    centre : ndarray or None
        Where an encoder stands beside the offline space: what all vectors of the corpus have in
        common, and is taken off, of the two side by side.
    """

    kind: ClassVar[str] = "cluster"
    centres: Array
    sharpness: float
    axes: Array | None = None
    idf: Array | None = None
    length: float = 1.0
    encoder: str | None = None
    centre: Array | None = None

    @property
    def n_topics(self) -> int:
        """Topics of the engine."""
        return len(self.centres)

    def theta(
        self, counts: sparse.csr_matrix, documents: pd.DataFrame, vectors: Array | None
    ) -> Array:
        """Return the sharpened cosine to each centre; rows sum to 1."""
        axes = 0 if self.axes is None else len(self.axes)
        if vectors is None and (axes == 0 or self.centre is not None):
            raise InputError(
                "This model was fitted on embeddings that you gave: give those of the new "
                "passages too, transform(passages, embeddings=...)."
            )
        wanted = self.centres.shape[1] - (axes if self.centre is not None else 0)
        if vectors is not None and vectors.shape[1] != wanted:
            raise InputError(
                f"The embeddings have {vectors.shape[1]} dimensions, those of the model {wanted}."
            )
        if self.axes is not None and self.idf is not None:
            offline = OfflineSpace(self.axes, self.idf, self.length).vectors(counts)
            if vectors is None:
                vectors = offline
            elif self.centre is not None:
                vectors = side_by_side(offline, vectors, self.centre)
        return membership(np.asarray(vectors), self.centres, self.sharpness)


def side_by_side(offline: Array, vectors: Array, centre: Array) -> Array:
    """Return words and meaning of passages, each less what the corpus has in common, of length one."""
    width = offline.shape[1]
    both = [centred(offline, centre[:width]), centred(vectors, centre[width:])]
    return np.asarray(np.hstack(both) / np.sqrt(2))


def membership(vectors: Array, centres: Array, sharpness: float) -> Array:
    """Return how much each vector belongs to each centre; rows sum to 1."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = vectors / np.where(lengths > 0, lengths, 1)
    likeness = sharpness * (unit @ centres.T)
    likeness = np.exp(likeness - likeness.max(axis=1, keepdims=True))
    return np.asarray(likeness / likeness.sum(axis=1, keepdims=True))


def project(
    projection: Projection,
    counts: sparse.csr_matrix,
    documents: pd.DataFrame,
    vectors: Array | None = None,
) -> Array:
    """Return θ of passages, rows sum to 1; where nothing is known of a passage, NaN."""
    theta = np.full((counts.shape[0], projection.n_topics), np.nan)
    filled = np.flatnonzero(np.diff(counts.indptr))
    if len(filled):
        found = projection.theta(
            counts[filled],
            documents.iloc[filled].reset_index(drop=True),
            None if vectors is None else vectors[filled],
        )
        total = found.sum(axis=1, keepdims=True)
        with np.errstate(invalid="ignore"):
            theta[filled] = np.where(total > 0, found / total, np.nan)
    return theta


PROJECTIONS: dict[str, type[Projection]] = {
    projection.kind: projection for projection in (Factor, Dirichlet, LogisticNormal, Cluster)
}


def projection_of(kind: str, state: Mapping[str, Any]) -> Projection:
    """Make a projection of a kind again.

    Raises
    ------
    ModelError
        If the kind is not known, or parts are missing.
    """
    try:
        return PROJECTIONS[kind].restore(state)
    except (KeyError, TypeError) as error:
        raise ModelError(f"No projection {kind!r} can be made of {sorted(state)}.") from error
