"""Names for topics, proposed: a phrase that sets a topic apart, and a word that the phrase lacks.

A proposal is no reading. It stands in the codebook to be corrected by who has read the passages,
and is never shown without the words of its topic.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from syriatopics.arabic import clean, english
from syriatopics.order import ranked
from syriatopics.topics.wording import class_tfidf, first

if TYPE_CHECKING:
    from syriatopics.topics.fitted import FittedTopics

__all__ = ["propose_names"]

# Phrases are looked for in so many passages of a topic, each of another article, among so many of its
# first terms; one is taken that stands in at least three of these articles.
_NEAREST, _AMONG, _OFTEN = 30, 40, 3


def propose_names(topics: FittedTopics) -> list[tuple[str, str]]:
    """Propose an Arabic and an English name for each topic.

    Parameters
    ----------
    topics : FittedTopics

    Returns
    -------
    list of (str, str)
        Each of one or two units: the phrase of two terms, or the term, that is most the topic's
        own, and the first term after it that says something else.

    Examples
    --------
    >>> from syriatopics.corpus import load_seeds
    >>> from syriatopics.topics import NMF
    >>> names = propose_names(NMF(n_topics=3).fit(load_seeds()))
    >>> len(names), len(set(names))
    (3, 3)
    """
    weights = class_tfidf(topics.theta, topics.dtm.counts) * _own(topics.phi)
    order = first(weights, _AMONG)
    taken: set[str] = set()
    names = []
    for topic in range(topics.n_topics):
        terms = [str(topics.terms[j]) for j in order[topic]]
        phrase = _phrase(topics, topic, dict(zip(terms, weights[topic, order[topic]], strict=True)))
        units = [*([phrase] if phrase else []), *([term] for term in terms)]
        name = _joined(units, topics, taken)
        taken.add(name[0])
        names.append(name)
    return names


def _own(phi: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return how much of each term is each topic's own."""
    return np.asarray(phi / np.maximum(phi.sum(axis=0), np.finfo(float).tiny))


def _phrase(topics: FittedTopics, topic: int, weight: dict[str, float]) -> list[str]:
    """Return the two terms that stand side by side in most of the nearest articles."""
    texts = [clean(text) for text in topics.passages(topic, _NEAREST).texts]
    encoded = topics.dtm.analyzer.vocabulary_analyzer().encode(texts)
    terms = np.asarray(encoded.terms, dtype=object)[encoded.codes]
    held: Counter[tuple[str, str]] = Counter()
    for row, text in enumerate(texts):
        mine = [term for term in terms[encoded.rows == row] if term in topics.dtm.display]
        # Terms leave out stop words and numbers: only what the text has side by side is a phrase.
        held.update(
            pair
            for pair in set(pairwise(mine))
            if weight.keys() >= set(pair) and _text(list(pair), topics) in text
        )
    often = [pair for pair, n in held.items() if n >= _OFTEN]
    if not often:
        return []
    often.sort()
    values = [held[pair] * np.sqrt(weight[pair[0]] * weight[pair[1]]) for pair in often]
    return list(often[ranked(np.array(values) / max(values))[0]])


def _joined(units: list[list[str]], topics: FittedTopics, taken: set[str]) -> tuple[str, str]:
    """Join the first unit with the next that shares no word with it; go on where a name is taken."""
    head, *others = units
    words = set(" ".join(topics.dtm.display[term] for term in head).split())
    for unit in others:
        more = set(" ".join(topics.dtm.display[term] for term in unit).split())
        if words & more:
            continue
        arabic = f"{_text(head, topics)}، {_text(unit, topics)}"
        if arabic not in taken:
            latin = ", ".join(" ".join(english(term) for term in part) for part in (head, unit))
            return arabic, latin
    return _text(head, topics), " ".join(english(term) for term in head)


def _text(unit: list[str], topics: FittedTopics) -> str:
    return " ".join(topics.dtm.display[term] for term in unit)
