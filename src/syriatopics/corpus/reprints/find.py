"""Which articles of a corpus are near copies of each other, who was first, and whose text is it?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from syriatopics.corpus.parse.publishers import Publishers
from syriatopics.corpus.reprints.describe import (
    Near,
    articles_table,
    clusters_table,
    notes,
    pairs_table,
)
from syriatopics.corpus.reprints.earliest import in_order
from syriatopics.corpus.reprints.grams import Numbers, SharedGrams, shared_grams
from syriatopics.corpus.reprints.makers import Credited, Maker, credit_of, maker_from
from syriatopics.corpus.reprints.pairs import LEAST, Pairs, find_pairs
from syriatopics.corpus.reprints.result import Reprints
from syriatopics.corpus.reprints.stars import stars
from syriatopics.errors import InputError
from syriatopics.records import Article

if TYPE_CHECKING:
    from syriatopics.corpus.corpus import Corpus

__all__ = ["find_reprints", "reprints_of", "require_threshold"]

# How often the copies of one outlet are held against the first that is left of them.
_ROUNDS = 16


def find_reprints(corpus: Corpus, threshold: float = 0.5) -> Reprints:
    """Find the near copies in a corpus; see :meth:`Corpus.reprints`."""
    require_threshold(threshold)
    grams = shared_grams(["\n".join(article.paragraphs) for article in corpus.articles])
    return reprints_of(corpus, grams, threshold)


def require_threshold(threshold: float) -> None:
    """Refuse a threshold that is no share."""
    if not 0 < threshold <= 1:
        raise InputError(
            f"The threshold is {threshold!r}; it is a share of 5-grams, above 0 and at most 1."
        )


def reprints_of(corpus: Corpus, grams: SharedGrams, threshold: float) -> Reprints:
    """Find the near copies from the 5-grams of the articles; their texts are not looked at."""
    articles = corpus.outlines
    pairs = find_pairs(grams, threshold)
    clusters = _clusters(stars(pairs, grams.first), grams.sizes)
    near = _near(articles, grams, pairs, clusters)
    later = _later_copies(articles, clusters, grams, threshold)
    makers = _makers(articles, near, grams.first, threshold, corpus.publishers)
    described = clusters_table(articles, clusters, corpus.publishers)
    table = articles_table(articles, clusters, described, near, later, makers)
    too_short = int((grams.sizes < LEAST).sum())
    return Reprints(
        table=table,
        notes=notes(corpus, table, described, threshold, too_short),
        clusters=described,
        pairs=pairs_table(articles, grams.first, grams.sizes, pairs),
        threshold=threshold,
        corpus=corpus,
    )


def _clusters(middle: Numbers, sizes: Numbers) -> dict[int, list[int]]:
    """Return the members of every cluster of two or more, by its middle, the first ones first."""
    counts = np.bincount(middle, minlength=len(middle))
    found: dict[int, list[int]] = defaultdict(list)
    for article in np.flatnonzero((counts[middle] > 1) & (sizes >= LEAST)).tolist():
        found[int(middle[article])].append(article)
    return found


def _near(
    articles: Sequence[Article],
    grams: SharedGrams,
    pairs: Pairs,
    clusters: dict[int, list[int]],
) -> dict[int, Near]:
    """Return what is known of the near copies of each article that has one."""
    linked: dict[int, list[tuple[int, float, float]]] = defaultdict(list)
    for left, right, shared, similarity in zip(
        pairs.left.tolist(), pairs.right.tolist(), pairs.shared.tolist(),
        pairs.similarity.tolist(), strict=True,
    ):  # fmt: skip
        linked[left].append((right, similarity, shared / grams.sizes[left]))
        linked[right].append((left, similarity, shared / grams.sizes[right]))
    members = sorted(position for found in clusters.values() for position in found)
    outlets: dict[int, set[str | int]] = defaultdict(set)
    copies: dict[int, int] = defaultdict(int)
    for position in members:
        first = int(grams.first[position])
        outlets[first].add(_house(articles, position))
        copies[first] += 1
    found = {}
    for position in members:
        first = int(grams.first[position])
        own = [(first, 1.0, 1.0)] if copies[first] > 1 else []
        near = [*own, *linked[first]]
        house = _house(articles, position)
        elsewhere = [
            share for other, _, share in near if len(outlets[other]) > (house in outlets[other])
        ]
        found[position] = Near(
            similarity=max(similarity for _, similarity, _ in near),
            copies=[(other, share) for other, _, share in near],
            across=bool(elsewhere),
            copied=max(elsewhere, default=0.0),
        )
    return found


def _house(articles: Sequence[Article], position: int) -> str | int:
    """Return the outlet; an article without one stands by itself."""
    outlet = articles[position].outlet
    return position if outlet is None else outlet


def _later_copies(
    articles: Sequence[Article],
    clusters: dict[int, list[int]],
    grams: SharedGrams,
    threshold: float,
) -> dict[int, int]:
    """Return for each later copy within an outlet the copy of that outlet that stays."""
    position_of = {article.article_id: n for n, article in enumerate(articles)}
    groups = []
    for members in clusters.values():
        by_outlet: dict[str, list[Article]] = defaultdict(list)
        for article in (articles[n] for n in members):
            if article.outlet is not None:
                by_outlet[article.outlet].append(article)
        groups += [
            [position_of[a.article_id] for a in in_order(found)]
            for found in by_outlet.values()
            if len(found) > 1
        ]
    later: dict[int, int] = {}
    for _ in range(_ROUNDS):
        asked = [(group[0], other) for group in groups for other in group[1:]]
        if not asked:
            break
        kept, other = np.array(asked, dtype=np.int64).T
        smaller = np.minimum(grams.sizes[kept], grams.sizes[other])
        near = grams.overlaps(kept, other) >= threshold * smaller
        later |= dict(zip(other[near].tolist(), kept[near].tolist(), strict=True))
        groups = [[n for n in group[1:] if n not in later] for group in groups]
    return later


def _makers(
    articles: Sequence[Article],
    near: dict[int, Near],
    first: Numbers,
    threshold: float,
    publishers: Publishers,
) -> dict[int, Maker]:
    """Say who made the articles that leave it open, where credited copies tell."""
    # Of those with the same 5-grams, one of each credit speaks for all: work stays linear.
    credited: dict[int, dict[tuple[object, ...], Credited]] = defaultdict(dict)
    for position in near:
        if (credit := credit_of(articles[position], publishers)) is not None:
            kind = (credit.production, credit.agency, credit.article.outlet)
            credited[int(first[position])].setdefault(kind, credit)
    makers = {}
    for position, found in near.items():
        if articles[position].production != "unknown":
            continue
        sources = [
            (credit, share)
            for other, share in found.copies
            if share >= threshold and other in credited
            for credit in credited[other].values()
        ]
        maker = maker_from(articles[position], sources)
        if maker is not None:
            makers[position] = maker
    return makers
