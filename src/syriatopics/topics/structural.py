"""Topics whose shares follow covariates: the structural topic model (topica)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.special import softmax

from syriatopics.errors import InputError, choices
from syriatopics.matrix import DocumentTermMatrix
from syriatopics.order import ranked
from syriatopics.topics.assembly import assemble
from syriatopics.topics.design import Design
from syriatopics.topics.engine import Array, Ready, one_thread, ready
from syriatopics.topics.fitted import FittedTopics
from syriatopics.topics.projection import LogisticNormal

__all__ = ["StructuralTopics", "documents_of", "one_article_notes", "spread_words", "token_lists"]

_FLOOR = 50


@dataclass(frozen=True, kw_only=True)
class StructuralTopics:
    """How do topics go with outlet and time? The structural topic model.

    Parameters
    ----------
    n_topics : int
    formula : str or None
        What the shares of topics depend on, such as ``"~ outlet + s(date)"``: columns of
        ``dtm.documents``; ``s()`` is a smooth curve, ``a:b`` an interaction. None gives a
        correlated topic model.
    content : str or None
        A column that the words of topics may depend on, such as ``"outlet"``; their
        differences are in ``notes`` and in :meth:`contrast`.
    metadata : DataFrame or None
        More columns, one row per passage.
    random_state : int
    max_iter : int
    n_draws : int
        How many times θ is drawn from its posterior; the draws carry the uncertainty of the
        model into ``effects(topics, draws=topics.draws)``.

    References
    ----------
    Roberts, M., Stewart, B. & Airoldi, E. (2016). A model of text for experimentation in
    the social sciences. JASA 111.

    Examples
    --------
    >>> from syriatopics.corpus import load_seeds
    >>> from syriatopics.matrix import count_terms
    >>> dtm = count_terms(load_seeds().passages())
    >>> StructuralTopics(n_topics=4, formula="~ date").fit(dtm).n_topics
    4
    """

    n_topics: int = 10
    formula: str | None = "~ outlet"
    content: str | None = None
    metadata: pd.DataFrame | None = None
    random_state: int = 0
    max_iter: int = 200
    n_draws: int = 0

    def fit(self, source: DocumentTermMatrix | object) -> FittedTopics:
        """Fit the model to counts, or to passages, which are counted first.

        Raises
        ------
        InputError
            If the formula cannot be read, or a covariate is missing: of a column, or of a
            passage; the message says how to leave passages out.
        TooSmallError
            If there are fewer than 50 passages, or fewer passages or terms than topics.
        """
        data = ready(
            source, self.n_topics, "StructuralTopics", _FLOOR,
            "NMF works on fewer, and prevalence() compares its topics between outlets.",
        )  # fmt: skip
        documents = documents_of(data, self.metadata)
        design = Design.of(self.formula, documents) if self.formula else None
        model = self._engine(data, documents, design)
        words = spread_words(np.asarray(model.topic_word), model.vocabulary, data.dtm)
        covariance = np.asarray(model.topic_covariance)
        columns = (*(design.columns if design else ()), *([self.content] if self.content else []))
        projection = LogisticNormal(
            words=words,
            effects=np.asarray(model.prevalence_effects)[: None if design else 1],
            precision=np.asarray(np.linalg.inv(covariance), dtype=np.float64),
            design=design.state() if design else None,
        )
        fitted = assemble(
            data.spread(np.asarray(model.doc_topic)),
            words,
            data.dtm,
            str(self),
            [*self._notes(model), *one_article_notes(documents, columns)],
            projection=projection,
        )
        return replace(fitted, draws=self._draws(model, data, fitted)) if self.n_draws else fitted

    def _draws(self, model: Any, data: Ready, fitted: FittedTopics) -> Array:
        """Draw θ from the posterior of each passage, a logistic normal."""
        rng = np.random.default_rng(self.random_state)
        mapping = np.asarray(fitted.mapping)
        mean = np.asarray(model.eta_mean, dtype=np.float64)
        spread = np.asarray(model.eta_cov, dtype=np.float64)
        root = np.linalg.cholesky(spread + 1e-9 * np.eye(mean.shape[1]))
        drawn = np.empty((self.n_draws, *fitted.theta.shape))
        for theta in drawn:
            eta = mean + np.einsum("nij,nj->ni", root, rng.standard_normal(mean.shape))
            weights = softmax(np.column_stack([eta, np.zeros(len(eta))]), axis=1)
            theta[:] = data.spread(weights) @ mapping
        drawn[:, np.isnan(fitted.theta).any(axis=1)] = np.nan
        return drawn

    def contrast(
        self, source: DocumentTermMatrix | object, one: str, other: str, n: int = 10
    ) -> pd.DataFrame:
        """Return in which words two groups of the content covariate speak of a topic.

        Returns
        -------
        DataFrame
            ``topic, group, rank, term, display, log_ratio``; topics as :meth:`fit` numbers
            them.
        """
        if self.content is None:
            raise InputError("A contrast of words needs content=…, such as content='outlet'.")
        data = ready(source, self.n_topics, "StructuralTopics", _FLOOR)
        documents = documents_of(data, self.metadata)
        design = Design.of(self.formula, documents) if self.formula else None
        model = self._engine(data, documents, design)
        groups = list(model.groups)
        for name in (one, other):
            if name not in groups:
                raise InputError(f"No group {name!r} of {self.content}. Groups: {choices(groups)}.")
        share = np.asarray(model.doc_topic).mean(axis=0)
        by_group = np.asarray(model.topic_word_by_group)
        ratio = np.log(by_group[:, groups.index(one)]) - np.log(by_group[:, groups.index(other)])
        rows = []
        for topic, raw in enumerate(ranked(share)):
            for name, sign in ((one, 1), (other, -1)):
                best = ranked(sign * ratio[raw])[:n]
                for rank, j in enumerate(best):
                    term = model.vocabulary[j]
                    rows.append((topic, name, rank, term, data.dtm.display[term], ratio[raw, j]))
        return pd.DataFrame(
            rows, columns=["topic", "group", "rank", "term", "display", "log_ratio"]
        )

    def _engine(self, data: Ready, documents: pd.DataFrame, design: Design | None) -> Any:
        import topica

        model: Any = topica.STM(self.n_topics, seed=self.random_state)
        # STM wants a covariate; one that never changes makes it a correlated topic model.
        columns = design.matrix(documents) if design else np.zeros((len(documents), 1))
        with one_thread():
            return model.fit(
                token_lists(data.counts, data.dtm.terms),
                prevalence=columns,
                prevalence_names=list(design.names) if design else None,
                content=self._groups(documents),
                iters=self.max_iter,
                keep_eta_cov=self.n_draws > 0,
                num_threads=1,
                progress=False,
            )

    def _groups(self, documents: pd.DataFrame) -> list[str] | None:
        if self.content is None:
            return None
        code = Design.of(f"~ {self.content}", documents).coding[self.content]
        if "levels" not in code:
            raise InputError(f"content={self.content!r} holds numbers; words depend on groups.")
        return [str(value) for value in documents[self.content]]

    def _notes(self, model: Any) -> list[str]:
        notes = []
        if not model.converged:
            notes.append(f"STM stopped after {self.max_iter} rounds before it had settled.")
        if model.initialization == "random-fallback":
            notes.append("The spectral start failed; STM began from chance.")
        return notes

    def __str__(self) -> str:
        said = f"n_topics={self.n_topics}, formula={self.formula!r}"
        said += f", content={self.content!r}" if self.content else ""
        return f"StructuralTopics({said}, random_state={self.random_state})"


def token_lists(counts: sparse.csr_matrix, terms: np.ndarray[Any, Any]) -> list[list[str]]:
    """Write counts as lists of tokens, as topica wants them."""
    lengths = np.add.reduceat(counts.data, counts.indptr[:-1])
    tokens = np.repeat(terms[counts.indices], counts.data)
    return [part.tolist() for part in np.split(tokens, np.cumsum(lengths)[:-1])]


def spread_words(words: Array, vocabulary: list[str], dtm: DocumentTermMatrix) -> Array:
    """Return φ in the order of the terms of `dtm`; terms that the engine did not see get 0."""
    place = {term: column for column, term in enumerate(dtm.terms)}
    whole = np.zeros((len(words), len(dtm.terms)))
    whole[:, [place[term] for term in vocabulary]] = words
    return whole


def one_article_notes(documents: pd.DataFrame, columns: tuple[str, ...]) -> list[str]:
    """Say which groups of the covariates are a single article."""
    notes = []
    for name in columns:
        if pd.api.types.is_numeric_dtype(documents[name]) or "date" in str(documents[name].dtype):
            continue
        articles = documents.groupby(name)["article_id"].nunique()
        alone = sorted(map(str, articles.index[articles == 1]))
        if alone:
            notes.append(
                f"One article stands for {name} {', '.join(alone)}: its effect is that article's."
            )
    return notes


def documents_of(data: Ready, metadata: pd.DataFrame | None) -> pd.DataFrame:
    """Return the metadata of the rows of `data`, with the columns of `metadata`."""
    documents = data.dtm.documents
    if metadata is not None:
        if len(metadata) != len(documents):
            raise InputError(
                f"metadata has {len(metadata)} rows; {len(documents)} passages want one each."
            )
        more = metadata.reset_index(drop=True)
        documents = documents.drop(columns=[c for c in more if c in documents]).join(more)
    return documents.iloc[data.rows].reset_index(drop=True)
