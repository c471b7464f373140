"""Drawing intruders: words into a topic, topics into a passage (Chang et al. 2009)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.errors import TooSmallError
from syriatopics.order import ranked
from syriatopics.topics import FittedTopics
from syriatopics.validation.intrusion.questions import IntrusionSet, kept

__all__ = ["topic_intrusion", "word_intrusion"]

_SHOWN_WORDS = 8


def word_intrusion(
    topics: FittedTopics,
    folder: str | Path,
    *,
    n_words: int = 5,
    per_topic: int = 2,
    random_state: int = 0,
) -> IntrusionSet:
    """Ask which of a topic's words does not belong.

    Each question shows `n_words` of the first words of a topic, and one that is rare in it but
    among the first of another topic [1]_. Several questions about one topic share no word of it,
    so that nobody learns the answer from an earlier one.

    Parameters
    ----------
    topics : FittedTopics
    folder : path
        For questions and answers; what was answered there stays.
    n_words : int
        Words of the topic in a question.
    per_topic : int
        Questions about each topic.
    random_state : int

    Returns
    -------
    IntrusionSet

    Raises
    ------
    TooSmallError
        If there is one topic only, or too few words.
    InputError
        If the folder holds questions about other topics.

    References
    ----------
    .. [1] Chang, J. et al. (2009). Reading tea leaves: how humans interpret topic models. NIPS.

    Examples
    --------
    >>> import tempfile
    >>> from syriatopics import NMF, load_seeds
    >>> topics = NMF(n_topics=3).fit(load_seeds().passages())
    >>> len(word_intrusion(topics, tempfile.mkdtemp()))
    6
    """
    order = ranked(topics.phi, axis=1)
    ranks = np.argsort(order, axis=1)
    n_first = n_words * per_topic
    if topics.n_topics < 2 or topics.phi.shape[1] < 4 * n_first:
        raise TooSmallError(
            f"{topics.n_topics} topics of {topics.phi.shape[1]} words: word intrusion needs two "
            f"topics, and {4 * n_first} words."
        )
    rng = np.random.default_rng(random_state)
    rows = []
    for topic in range(topics.n_topics):
        used: set[str] = set()
        for part in range(per_topic):
            first = np.flatnonzero(ranks[topic] < n_first)
            mine = [int(j) for j in first if ranks[topic, j] % per_topic == part]
            intruder = _intruder(topics, ranks, topic, used | _shown(topics, mine), n_first, rng)
            used |= _shown(topics, [intruder])
            rows.append((topic, [*mine, intruder]))
    questions = []
    for topic, words in rows:
        places = rng.permutation(len(words))
        shown = [str(topics.dtm.display[topics.terms[words[k]]]) for k in places]
        number = int(np.flatnonzero(places == len(words) - 1)[0]) + 1
        questions.append({"text": "", "options": shown, "topic": topic, "intruder": number})
    return _asked(questions, "words", topics, Path(folder), rng)


def topic_intrusion(
    topics: FittedTopics,
    folder: str | Path,
    *,
    n_passages: int = 30,
    n_topics: int = 3,
    random_state: int = 0,
) -> IntrusionSet:
    """Ask which of some topics has nothing to do with a passage.

    Each question shows a passage, its `n_topics` strongest topics by their words, and one that is
    weak in it [1]_. As many articles as can be are asked about.

    Parameters
    ----------
    topics : FittedTopics
    folder : path
        For questions and answers; what was answered there stays.
    n_passages, n_topics : int
    random_state : int

    Returns
    -------
    IntrusionSet

    Raises
    ------
    TooSmallError
        If there are no more topics than `n_topics`.
    InputError
        If the folder holds other questions.

    References
    ----------
    .. [1] Chang, J. et al. (2009). Reading tea leaves: how humans interpret topic models. NIPS.

    Examples
    --------
    >>> import tempfile
    >>> from syriatopics import NMF, load_seeds
    >>> topics = NMF(n_topics=5).fit(load_seeds().passages())
    >>> len(topic_intrusion(topics, tempfile.mkdtemp(), n_passages=10))
    10
    """
    if topics.n_topics <= n_topics:
        raise TooSmallError(
            f"{topics.n_topics} topics: with {n_topics} shown beside an intruder, at least "
            f"{n_topics + 1} are needed."
        )
    rng = np.random.default_rng(random_state)
    table = topics.dtm.passages.table
    words = _topic_words(topics)
    questions = []
    for row in _one_article_after_another(topics, n_passages, rng):
        theta = topics.theta[row]
        order = ranked(theta)
        # The weaker half, and never one of those shown.
        weak = order[max(n_topics, topics.n_topics // 2) :]
        shown = [*order[:n_topics], rng.choice(weak)]
        places = rng.permutation(len(shown))
        options = [int(shown[k]) for k in places]
        number = int(np.flatnonzero(places == len(shown) - 1)[0]) + 1
        questions.append(
            {"text": topics.dtm.passages.texts[row], "options": [words[t] for t in options]}
            | {"topic": int(shown[-1]), "intruder": number}
            | {"article_id": table["article_id"].iloc[row], "theta": [theta[t] for t in options]}
        )
    return _asked(questions, "topics", topics, Path(folder), rng)


def _intruder(
    topics: FittedTopics,
    ranks: np.ndarray[Any, Any],
    topic: int,
    barred: set[str],
    n_first: int,
    rng: np.random.Generator,
) -> int:
    """Return a word of the rarer half of a topic that is among the first of another."""
    elsewhere = np.delete(ranks, topic, axis=0).min(axis=0) < n_first
    rare = ranks[topic] >= topics.phi.shape[1] // 2
    free = np.array([str(topics.dtm.display[term]) not in barred for term in topics.terms])
    found = np.flatnonzero(elsewhere & rare & free)
    if not len(found):
        # Topics that share all their first words: take the rarest word that is left.
        found = np.flatnonzero(free)
        found = found[[int(np.argmax(ranks[topic, found]))]]
    return int(rng.choice(found))


def _shown(topics: FittedTopics, words: list[int]) -> set[str]:
    return {str(topics.dtm.display[topics.terms[j]]) for j in words}


def _topic_words(topics: FittedTopics) -> list[str]:
    first = topics.top_terms(_SHOWN_WORDS)
    return ["، ".join(rows["display"]) for _, rows in first.groupby("topic", sort=True)]


def _one_article_after_another(topics: FittedTopics, n: int, rng: np.random.Generator) -> list[int]:
    """Return rows of θ: passages in random order, a second one of an article after all have one."""
    known = np.flatnonzero(~np.isnan(topics.theta).any(axis=1))
    shuffled = pd.Series(rng.permutation(known))
    article = topics.documents["article_id"].iloc[shuffled].reset_index(drop=True)
    turn = shuffled.groupby(article.to_numpy()).cumcount().to_numpy()
    order = np.argsort(turn, kind="stable")[:n]
    return [int(row) for row in shuffled.to_numpy()[order]]


def _asked(
    questions: list[dict[str, Any]],
    kind: str,
    topics: FittedTopics,
    folder: Path,
    rng: np.random.Generator,
) -> IntrusionSet:
    """Put the questions in random order, part them from the key, and keep them."""
    asked, key = [], []
    for number, k in enumerate(rng.permutation(len(questions)), start=1):
        one = questions[k]
        name = f"q{number:03d}"
        options = {f"option_{n}": option for n, option in enumerate(one["options"], start=1)}
        theta = {f"theta_{n}": value for n, value in enumerate(one.get("theta", ()), start=1)}
        asked.append({"question": name, "text": one["text"], **options})
        key.append(
            {"question": name, "topic": one["topic"], "intruder": one["intruder"]}
            | {"article_id": one.get("article_id", ""), **theta}
        )
    return kept(
        IntrusionSet(
            table=pd.DataFrame(asked),
            notes=(f"{len(asked)} questions, {len(questions[0]['options'])} options each.",),
            kind=kind,
            folder=folder,
            model=topics.fingerprint,
            key=pd.DataFrame(key),
            labels=topics.scores.labels or {},
        )
    )
