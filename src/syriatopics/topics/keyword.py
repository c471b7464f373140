"""Topics anchored in the words of themes: keyATM (topica)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.errors import InputError
from syriatopics.lexicons import load
from syriatopics.lexicons.schema import Themes
from syriatopics.matrix import DocumentTermMatrix
from syriatopics.topics.assembly import assemble
from syriatopics.topics.design import Design
from syriatopics.topics.engine import Array, one_thread, ready, surprise
from syriatopics.topics.fitted import FittedTopics
from syriatopics.topics.projection import Dirichlet
from syriatopics.topics.structural import (
    documents_of,
    one_article_notes,
    spread_words,
    token_lists,
)

__all__ = ["KeywordTopics", "run_keyatm"]

_FLOOR = 50


@dataclass(frozen=True, kw_only=True)
class KeywordTopics:
    """How much of each theme is in a passage, if its words are a start and not the whole?

    Each theme is a topic that may draw on its keywords alone; other topics take what no
    theme explains.

    Parameters
    ----------
    keywords : Themes, mapping of str to sequence of str, or None
        Words by theme; None: the theme lexicon. Only words, and names of several words,
        that are terms of the corpus count; a theme without any is left out, and said.
    n_other : int
        Number of topics without keywords.
    formula : str or None
        What the shares of topics depend on, such as ``"~ outlet"``; see StructuralTopics.
    metadata : DataFrame or None
        More columns, one row per passage.
    max_iter : int
        Rounds of the Gibbs sampler.
    random_state : int

    Notes
    -----
    Keyword topics measure emphasis; they are no replacement for coded frames (Eisele et
    al. 2023).

    References
    ----------
    Eshima, S., Imai, K. & Sasaki, T. (2024). Keyword-assisted topic models. American
    Journal of Political Science 68.

    Examples
    --------
    >>> from syriatopics.corpus import load_seeds
    >>> words = {"weapons": ["الأسلحة الكيميائية"], "aid": ["الإنسانية"]}
    >>> topics = KeywordTopics(keywords=words, n_other=2, max_iter=50).fit(load_seeds().passages())
    >>> sorted(label for label in topics.labels["en"] if label in words)
    ['aid', 'weapons']
    """

    keywords: Themes | Mapping[str, Sequence[str]] | None = None
    n_other: int = 3
    formula: str | None = None
    metadata: pd.DataFrame | None = None
    max_iter: int = 1000
    random_state: int = 0

    def fit(self, source: DocumentTermMatrix | object) -> FittedTopics:
        """Fit the model to counts, or to passages, which are counted first.

        Raises
        ------
        InputError
            If no theme has a word in the vocabulary, or a covariate is missing.
        TooSmallError
            If there are fewer than 50 passages, or fewer passages or terms than topics.
        """
        words, labels = _groups(self.keywords)
        n_topics = max(2, len(words) + self.n_other)
        data = ready(
            source, n_topics, "KeywordTopics", _FLOOR,
            "score_themes() counts the words of themes in any number of passages.",
        )  # fmt: skip
        known, notes = _known(words, data.dtm)
        if not known or len(known) + self.n_other < 2:
            raise InputError(
                f"{len(known)} of {len(words)} themes have a word in the vocabulary of "
                f"{data.dtm.shape[1]} terms: give keywords that the corpus holds, or lower min_df."
            )
        documents = documents_of(data, self.metadata)
        design = Design.of(self.formula, documents) if self.formula else None
        columns = design.matrix(documents) if design else None
        model = run_keyatm(
            token_lists(data.counts, data.dtm.terms),
            known,
            n_topics=len(known) + self.n_other,
            max_iter=self.max_iter,
            random_state=self.random_state,
            covariates=columns,
            names=list(design.names) if design else None,
        )
        phi = spread_words(np.asarray(model.topic_word), list(model.vocabulary), data.dtm)
        notes += one_article_notes(documents, design.columns if design else ())
        return assemble(
            data.spread(np.asarray(model.doc_topic)),
            phi,
            data.dtm,
            self._said(known),
            notes,
            projection=Dirichlet(
                phi, np.asarray(model.alpha, dtype=np.float64), surprise(data.counts)
            ),
            names={n: labels[theme] for n, theme in enumerate(known)},
        )

    def _said(self, known: Mapping[str, Sequence[str]]) -> str:
        said = f"themes={len(known)}, n_other={self.n_other}, formula={self.formula!r}"
        return f"KeywordTopics({said}, random_state={self.random_state})"


def run_keyatm(
    documents: list[list[str]],
    keywords: Mapping[str, Sequence[str]],
    *,
    n_topics: int,
    max_iter: int,
    random_state: int,
    prior: float | None = None,
    covariates: Array | None = None,
    names: list[str] | None = None,
) -> Any:
    """Fit keyATM; the only place that does.

    Parameters
    ----------
    documents : list of list of str
        In canonical order, none empty.
    keywords : mapping of str to sequence of str
        Terms of the documents by theme: these are the first topics.
    n_topics, max_iter, random_state
    prior : float, optional
        Of θ, held fixed, and draws of θ are kept; by default it is learnt, and none are.
    covariates, names
        Of documents.
    """
    import topica

    fixed: dict[str, Any] = {} if prior is None else {"alpha": prior, "estimate_alpha": False}
    model = topica.KeyATM(
        dict(keywords), num_topics=n_topics, seed=random_state, num_threads=1, **fixed
    )
    how: dict[str, Any] = {"num_theta_draws": max(max_iter // 20, 2)}
    if prior is None:
        how = {
            "burn_in": min(200, max_iter // 2),
            "optimize_interval": max(1, min(50, max_iter // 4)),
            "keep_theta_draws": False,
        }
    with one_thread():
        model.fit(
            documents,
            iters=max_iter,
            covariates=covariates,
            feature_names=names,
            progress=False,
            **how,
        )
    return model


def _groups(
    keywords: Themes | Mapping[str, Sequence[str]] | None,
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, str]]]:
    """Return words by theme, and the Arabic and English label of each theme."""
    if keywords is None or isinstance(keywords, Themes):
        themes = load("themes") if keywords is None else keywords
        return (
            {theme.id: theme.plain for theme in themes.theme},
            {theme.id: (theme.ar, theme.en) for theme in themes.theme},
        )
    if not keywords or any(isinstance(words, str) or not words for words in keywords.values()):
        raise InputError("keywords are words by theme, with at least one word each.")
    return (
        {name: tuple(words) for name, words in keywords.items()},
        {name: (name, name) for name in keywords},
    )


def _known(
    words: Mapping[str, Sequence[str]], dtm: DocumentTermMatrix
) -> tuple[dict[str, Sequence[str]], list[str]]:
    """Return for each theme the terms of the vocabulary that its entries are."""
    vocabulary, reader = set(dtm.terms), dtm.analyzer.vocabulary_analyzer()
    known: dict[str, Sequence[str]] = {}
    notes = []
    for theme, entries in words.items():
        read = (reader(entry) for entry in entries)
        terms = sorted({found[0] for found in read if len(found) == 1 and found[0] in vocabulary})
        if terms:
            known[theme] = terms
            notes.append(
                f"{theme}: {len(terms)} of {len(entries)} entries are terms of the corpus."
            )
        else:
            notes.append(f"{theme}: none of {len(entries)} entries is a term; it has no topic.")
    return known, notes
