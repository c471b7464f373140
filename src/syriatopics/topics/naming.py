"""Names for topics, proposed: a phrase that sets a topic apart, and a word that the phrase lacks.

A proposal is no reading. It stands in the codebook to be corrected by who has read the passages,
and is never shown without the words of its topic.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from syriatopics.arabic.romanize import known_english
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
        own, and the first term after it that says something else. English is empty where not all
        of it is known.

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
        text, pair = _phrase(
            topics, topic, dict(zip(terms, weights[topic, order[topic]], strict=True))
        )
        units = [(topics.dtm.display[term], [term]) for term in terms]
        units = [(text, pair), *units] if pair else units
        name = _joined(units, topics, taken)
        taken.add(name[0])
        names.append(name)
    return names


def _own(phi: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return how much of each term is each topic's own."""
    return np.asarray(phi / np.maximum(phi.sum(axis=0), np.finfo(float).tiny))


def _phrase(topics: FittedTopics, topic: int, weight: dict[str, float]) -> tuple[str, list[str]]:
    """Return the two terms that stand side by side in most of the nearest articles, as they stand."""
    held: Counter[tuple[str, str]] = Counter()
    forms: dict[tuple[str, str], Counter[str]] = {}
    find = topics.dtm.analyzer.vocabulary_analyzer().find
    for text in topics.passages(topic, _NEAREST).texts:
        found = find(text)
        here = {
            (a.term, b.term): text[a.start : b.end]
            for a, b in pairwise(found)
            # Terms leave out stop words and numbers: only what the text has side by side is a phrase.
            if a.term != b.term
            and weight.keys() >= {a.term, b.term}
            and text[a.end : b.start] == " "
        }
        held.update(here.keys())
        for pair, form in here.items():
            forms.setdefault(pair, Counter())[form] += 1
    often = sorted(pair for pair, n in held.items() if n >= _OFTEN)
    if not often:
        return "", []
    values = np.array([held[pair] * np.sqrt(weight[pair[0]] * weight[pair[1]]) for pair in often])
    best = often[ranked(values / values.max())[0]]
    most = max(forms[best].values())
    return min(form for form, n in forms[best].items() if n == most), list(best)


def _joined(
    units: list[tuple[str, list[str]]], topics: FittedTopics, taken: set[str]
) -> tuple[str, str]:
    """Join the first unit with the next that shares no word with it; go on where a name is taken."""
    (head, terms), *others = units
    words = _words(terms, topics)
    for text, more in others:
        arabic = f"{head}، {text}"
        if arabic not in taken and not words & _words(more, topics):
            return arabic, _in_english([terms, more])
    return head, _in_english([terms])


def _words(terms: list[str], topics: FittedTopics) -> set[str]:
    return set(" ".join(topics.dtm.display[term] for term in terms).split())


def _in_english(parts: list[list[str]]) -> str:
    """Return the English where all of it is known; Latin letters are no name."""
    known = [[known_english(term) for term in part] for part in parts]
    whole = all(word is not None for part in known for word in part)
    return ", ".join(" ".join(map(str, part)) for part in known) if whole else ""
