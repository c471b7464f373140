"""Topics of topics: merging them, and the tree of which are alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.errors import InputError
from syriatopics.results import Result
from syriatopics.topics.assembly import assemble
from syriatopics.topics.fitted import FittedTopics
from syriatopics.topics.wording import class_tfidf, first

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Hierarchy", "gathered", "grow", "merge"]

Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, eq=False, kw_only=True)
class Hierarchy(Result):
    """A row per join: ``node, left, right, distance, topics, words``.

    Nodes below the number of topics are the topics themselves.
    """

    topics: FittedTopics
    linkage: Array

    def cut(self, n_topics: int) -> FittedTopics:
        """Return the topics merged along the tree until so many are left."""
        from scipy.cluster.hierarchy import fcluster

        if not 2 <= n_topics <= self.topics.n_topics:
            raise InputError(
                f"n_topics={n_topics}: the tree can be cut into 2 to {self.topics.n_topics} topics."
            )
        part = fcluster(self.linkage, n_topics, criterion="maxclust")
        return merge(self.topics, [np.flatnonzero(part == p).tolist() for p in np.unique(part)])

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the tree."""
        from syriatopics.plots import topic_tree

        labels = dict(enumerate(self.topics.scores.labels.values()))  # type: ignore[union-attr]
        return topic_tree(self.linkage, ax, labels=labels, **options)


def grow(topics: FittedTopics) -> Hierarchy:
    """Join the most alike topics, two at a time: Ward's method on class-based TF-IDF."""
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform

    weights = class_tfidf(topics.theta, topics.dtm.counts)
    unit = weights / np.maximum(np.linalg.norm(weights, axis=1, keepdims=True), 1e-12)
    apart = np.round(np.clip(1 - unit @ unit.T, 0, None), 12)
    np.fill_diagonal(apart, 0)
    tree = linkage(squareform((apart + apart.T) / 2, checks=False), "ward")
    members: list[list[int]] = [[topic] for topic in range(topics.n_topics)]
    rows = []
    for number, (left, right, distance, _) in enumerate(tree):
        joined = sorted(members[int(left)] + members[int(right)])
        members.append(joined)
        mass = weights[joined].sum(axis=0, keepdims=True)
        words = "، ".join(topics.dtm.display[topics.terms[j]] for j in first(mass, 8)[0])
        rows.append(
            (
                topics.n_topics + number,
                int(left),
                int(right),
                distance,
                ", ".join(map(str, joined)),
                words,
            )
        )
    table = pd.DataFrame(rows, columns=["node", "left", "right", "distance", "topics", "words"])
    return Hierarchy(table=table, topics=topics, linkage=np.asarray(tree))


def merge(topics: FittedTopics, groups: Sequence[Sequence[int]]) -> FittedTopics:
    """Make each group of topics one; θ is summed, φ averaged by share."""
    listed = [topics._topic(topic) for group in groups for topic in group]
    if len(listed) != len(set(listed)):
        twice = next(topic for topic in listed if listed.count(topic) > 1)
        raise InputError(f"Topic {twice} is in two groups; each belongs to one.")
    parts = [sorted(group) for group in groups if group]
    parts += [[topic] for topic in range(topics.n_topics) if topic not in listed]
    if len(parts) < 2:
        raise InputError("Merging leaves a single topic; at least 2 must be left.")
    parts.sort()
    gather, theta, phi = gathered(topics, parts)
    names = topics.names or {}
    return assemble(
        theta,
        phi,
        topics.dtm,
        f"{topics.model} merged to {len(parts)} topics",
        topics.notes,
        projection=topics.projection,
        mapping=None if topics.mapping is None else topics.mapping @ gather,
        names={new: names[part[0]] for new, part in enumerate(parts) if part[0] in names},
    )


def gathered(topics: FittedTopics, parts: Sequence[Sequence[int]]) -> tuple[Array, Array, Array]:
    """Return which topic went into which part, and θ and φ of the parts; what is in none is left out.

    θ is summed, φ averaged by share.
    """
    gather = np.zeros((topics.n_topics, len(parts)))
    for new, part in enumerate(parts):
        gather[list(part), new] = 1
    share = topics.table["share"].to_numpy()
    theta = np.nan_to_num(topics.theta) @ gather
    return gather, theta, (gather * share[:, None]).T @ topics.phi
