"""Keyword-assisted topics (keyATM) as a scorer: the lexicon gives the keywords, the corpus the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from syriatopics.arabic import name_term
from syriatopics.corpus import Passages
from syriatopics.errors import TooSmallError
from syriatopics.framing.themes import compiled
from syriatopics.inference.resampling import Array
from syriatopics.lexicons.schema import Themes
from syriatopics.matrix import DocumentTermMatrix, count_terms
from syriatopics.scorers.contract import Scored
from syriatopics.topics.engine import canonical_order
from syriatopics.topics.keyword import run_keyatm

__all__ = ["Keywords"]

# An entry that stands less often than that is no keyword.
_FEWEST = 3


@dataclass(frozen=True, kw_only=True)
class Keywords:
    """Fit keyATM with the entries of the theme lexicon as keywords.

    Every hit of the lexicon counts as a term of its own, entries of several words too, beside the
    terms that preprocessing leaves. A passage has for each theme the share of its words that the
    model gives to it; from 0.2 on the theme is assigned.

    Parameters
    ----------
    n_other : int
        Topics beside the themes, for what they do not name.
    max_iter : int
        Sweeps of the sampler, of which the second half is kept.
    prior : float
        Of θ, held fixed: learning it takes ten times as long and did no better on coded passages.
    random_state : int

    References
    ----------
    .. [1] Eshima, S., Imai, K. & Sasaki, T. (2024). Keyword-assisted topic models. AJPS 68.
    .. [2] Eisele, O. et al. (2023) found keyword-assisted models alone unfit for frames:
       read them beside others.

    Examples
    --------
    >>> from syriatopics import load_seeds, score_themes
    >>> scores = score_themes(load_seeds(), Keywords(max_iter=40))
    >>> bool(scores.table.sum(axis=1).max() <= 1 + 1e-9)
    True
    """

    n_other: int = 10
    max_iter: int = 400
    prior: float = 0.2
    random_state: int = 0
    name: ClassVar[str] = "keywords"
    looks_at_all: ClassVar[bool] = True
    threshold: ClassVar[float] = 0.2

    def score(self, passages: Passages, themes: Themes) -> Scored:
        """Score passages; see the contract of scorers."""
        return self.of_counts(count_terms(passages, min_df=2, max_df=1.0), themes)

    def of_counts(self, dtm: DocumentTermMatrix, themes: Themes) -> Scored:
        """Score the passages of a matrix, whatever preprocessing left of them.

        Raises
        ------
        TooSmallError
            If the keywords of no theme occur often enough.
        """
        texts = dtm.passages.texts
        documents, keywords = _with_hits(_words(dtm), texts, themes)
        held = np.array([n for n, document in enumerate(documents) if document], dtype=np.int64)
        found = [theme for theme in themes.ids if keywords.get(theme)]
        if not found:
            raise TooSmallError(
                f"No theme has a keyword that occurs {_FEWEST} times in these {len(texts)} passages: "
                'take method="lexicon".'
            )
        ids = dtm.passages.table["passage_id"].to_numpy()
        order = held[canonical_order([texts[n] for n in held], ids[held].tolist())]
        model = run_keyatm(
            [documents[n] for n in order],
            {theme: sorted(keywords[theme]) for theme in found},
            n_topics=len(found) + self.n_other,
            max_iter=self.max_iter,
            random_state=self.random_state,
            prior=self.prior,
        )
        draws = np.asarray(model.theta_draws, dtype=np.float64)
        theta = draws[len(draws) // 2 :].mean(axis=0)
        values = np.full((len(documents), len(themes.ids)), np.nan)
        values[held] = 0.0
        for topic, theme in enumerate(found):
            values[order, themes.ids.index(theme)] = theta[:, topic]
        return Scored(values, themes.ids, self._notes(themes, found, len(texts) - len(held)))

    def _notes(self, themes: Themes, found: list[str], empty: int) -> list[str]:
        notes = [
            f"keyATM (topica), {self.n_other} topics beside the themes, {self.max_iter} sweeps, "
            f"random state {self.random_state}."
        ]
        without = [theme for theme in themes.ids if theme not in found]
        if without:
            notes.append(f"No keyword occurs {_FEWEST} times: {', '.join(without)}; shares are 0.")
        if empty:
            notes.append(f"{empty:,} passages hold no term and are not scored.")
        return notes


def _words(dtm: DocumentTermMatrix) -> list[list[str]]:
    return [[str(dtm.terms[j]) for j in _repeated(row)] for row in dtm.counts]


def _repeated(row: Any) -> Array:
    return np.repeat(row.indices, row.data)


def _with_hits(
    words: list[list[str]], texts: Sequence[str], themes: Themes
) -> tuple[list[list[str]], dict[str, set[str]]]:
    """Give every hit of the lexicon a term of its own, and count which occur often enough."""
    lexicon = compiled(themes)
    counts: Counter[tuple[str, str]] = Counter()
    documents = []
    for terms, text in zip(words, texts, strict=True):
        hits = [
            (hit.theme, f"{hit.theme}/{name_term(hit.entry)}")
            for hit in lexicon.hits(text)
            if not hit.weak
        ]
        counts.update(hits)
        documents.append(terms + [term for _, term in hits])
    frequent = {term for (_, term), count in counts.items() if count >= _FEWEST}
    documents = [[t for t in terms if "/" not in t or t in frequent] for terms in documents]
    keywords: dict[str, set[str]] = {}
    for theme, term in counts:
        if term in frequent:
            keywords.setdefault(theme, set()).add(term)
    return documents, keywords
