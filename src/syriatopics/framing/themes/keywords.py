"""Keyword-assisted topics (keyATM): the lexicon gives the keywords, the corpus the rest.

Every hit of the lexicon counts as a term, entries of several words too; `KeywordTopics` takes single
terms as keywords and gives a topic model. The engine is topica (a Rust core, no network).
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from syriatopics.arabic import name_term
from syriatopics.corpus import Passages
from syriatopics.errors import TooSmallError
from syriatopics.framing.themes.lexicon import ThemeLexicon
from syriatopics.inference.resampling import Array
from syriatopics.matrix import count_terms

__all__ = ["keyword_shares"]

# Topics beside the themes, for what they do not name; sweeps of the sampler, of which the
# second half is kept; the prior of θ, which is held fixed: learning it takes ten times as long and
# did no better on coded passages.
OTHERS, SWEEPS, PRIOR = 10, 400, 0.2
_FEWEST = 3


def keyword_shares(
    passages: Passages, lexicon: ThemeLexicon, random_state: int
) -> tuple[Array, list[str]]:
    """Fit keyATM and return the share of each theme in each passage.

    Returns
    -------
    shares : ndarray, shape (n_passages, n_themes)
        Posterior means of θ; NaN for a passage without any term.
    notes : list of str

    Raises
    ------
    TooSmallError
        If the keywords of no theme occur often enough.
    """
    from topica import KeyATM

    dtm = count_terms(passages, min_df=2, max_df=1.0)
    words = [[str(dtm.terms[j]) for j in _repeated(row)] for row in dtm.counts]
    documents, keywords = _with_phrases(words, passages.texts, lexicon)
    themes = [theme for theme in lexicon.themes.ids if keywords.get(theme)]
    if not themes:
        raise TooSmallError(
            f"No theme has a keyword that occurs {_FEWEST} times in these {len(passages)} passages: "
            'take method="lexicon".'
        )
    held = [n for n, document in enumerate(documents) if document]
    model = KeyATM(
        {theme: sorted(keywords[theme]) for theme in themes},
        num_topics=len(themes) + OTHERS,
        alpha=PRIOR,
        estimate_alpha=False,
        seed=random_state,
    )
    model.fit([documents[n] for n in held], iters=SWEEPS, num_theta_draws=SWEEPS // 20)
    draws = np.asarray(model.theta_draws, dtype=float)
    shares = np.full((len(documents), len(lexicon.themes.ids)), np.nan)
    shares[held] = 0.0
    place = {theme: n for n, theme in enumerate(lexicon.themes.ids)}
    theta = draws[len(draws) // 2 :].mean(axis=0)
    for topic, theme in enumerate(themes):
        shares[held, place[theme]] = theta[:, topic]
    return shares, _notes(lexicon, keywords, len(documents) - len(held), random_state)


def _repeated(row: Any) -> np.ndarray[Any, Any]:
    return np.repeat(row.indices, row.data)


def _with_phrases(
    words: list[list[str]], texts: list[str], lexicon: ThemeLexicon
) -> tuple[list[list[str]], dict[str, set[str]]]:
    """Give every hit of the lexicon a term of its own, and count which occur often enough."""
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


def _notes(
    lexicon: ThemeLexicon, keywords: dict[str, set[str]], empty: int, random_state: int
) -> list[str]:
    notes = [
        f"keyATM (topica), {OTHERS} topics beside the themes, {SWEEPS} sweeps, random state {random_state}."
    ]
    without = [theme for theme in lexicon.themes.ids if not keywords.get(theme)]
    if without:
        notes.append(f"No keyword occurs {_FEWEST} times: {', '.join(without)}; shares are 0.")
    if empty:
        notes.append(f"{empty:,} passages hold no term and are not scored.")
    return notes
