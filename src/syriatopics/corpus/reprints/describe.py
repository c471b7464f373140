"""What was found, in tables and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from syriatopics.corpus.parse.publishers import Publishers
from syriatopics.corpus.reprints.earliest import earliest
from syriatopics.corpus.reprints.grams import Numbers
from syriatopics.corpus.reprints.makers import Maker, agency_of, credit_of
from syriatopics.corpus.reprints.pairs import LEAST, Pairs
from syriatopics.corpus.reprints.result import CLUSTERS, COLUMNS, PAIRS
from syriatopics.records import Article

if TYPE_CHECKING:
    from syriatopics.corpus.corpus import Corpus

__all__ = ["Near", "articles_table", "clusters_table", "notes", "pairs_table"]


class Near(NamedTuple):
    """What is known of the near copies of an article.

    Attributes
    ----------
    similarity : float
        To the nearest of them.
    copies : list of (int, float)
        Their positions, one for all with the same 5-grams, and the share of the article's
        own 5-grams that each holds.
    across : bool
        Whether one stands in another outlet.
    copied : float
        The largest share that one in another outlet holds.
    """

    similarity: float
    copies: list[tuple[int, float]]
    across: bool
    copied: float


def clusters_table(
    articles: Sequence[Article], clusters: Mapping[int, list[int]], publishers: Publishers
) -> pd.DataFrame:
    """Describe each cluster: its outlets, its earliest copy, the agency that it is credited to."""
    rows = []
    # Numbered by their first articles, which no order of reading can change.
    for number, middle in enumerate(sorted(clusters, key=lambda m: clusters[m][0])):
        members = [articles[position] for position in clusters[middle]]
        outlets = tuple(sorted({a.outlet for a in members if a.outlet is not None}))
        nameless = sum(a.outlet is None for a in members)
        agency, credited = agency_of(
            c for a in members if (c := credit_of(a, publishers)) is not None
        )
        rows.append(
            (
                number,
                len(members),
                len(outlets),
                outlets,
                "shared across outlets" if len(outlets) + nameless > 1 else "updates",
                articles[middle].article_id,
                *earliest(members),
                agency,
                credited,
            )
        )
    return _with_none(pd.DataFrame(rows, columns=list(CLUSTERS)), "earliest", "agency")


def _with_none(table: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Write None for what is missing in columns of text."""
    for column in columns:
        table[column] = table[column].astype(object).where(table[column].notna(), None)
    return table


def articles_table(
    articles: Sequence[Article],
    clusters: Mapping[int, list[int]],
    described: pd.DataFrame,
    near: Mapping[int, Near],
    later: Mapping[int, int],
    makers: Mapping[int, Maker],
) -> pd.DataFrame:
    """Describe each article that has a near copy."""
    of_middle = dict(zip(described["middle"], described.itertuples(), strict=True))
    rows = []
    for middle, members in clusters.items():
        cluster = of_middle[articles[middle].article_id]
        for position in members:
            article, found = articles[position], near[position]
            maker = makers.get(position) or _stated(article, found, cluster)
            first = later.get(position)
            rows.append(
                (
                    article.article_id,
                    cluster.cluster,
                    cluster.size,
                    cluster.n_outlets,
                    found.similarity,
                    article.outlet,
                    found.across,
                    found.copied,
                    None if first is None else articles[first].article_id,
                    *maker,
                )
            )
    table = pd.DataFrame(rows, columns=list(COLUMNS)).sort_values("article_id", ignore_index=True)
    return _with_none(table, "outlet", "copy_of", "origin")


def _stated(article: Article, near: Near, cluster: Any) -> Maker:
    """Return what the article says of its maker, with the copies where it says nothing."""
    said = article.evidence.get("production", "")
    if article.production == "unknown" and near.across:
        others = [outlet for outlet in cluster.outlets if outlet != article.outlet]
        where = f"in {', '.join(others)}" if others else "in articles without an outlet"
        open_ = f"near copies stand {where}, and none says whose text it is"
        said = f"{said}; {open_}" if said else open_
    return Maker(article.production, article.origin, said)


def pairs_table(
    articles: Sequence[Article], first: Numbers, sizes: Numbers, pairs: Pairs
) -> pd.DataFrame:
    """List the verified pairs by the ids of their articles."""
    equal = np.flatnonzero((first != np.arange(len(first))) & (sizes >= LEAST))
    ids = np.array([article.article_id for article in articles], dtype=object)
    ones = np.ones(len(equal))
    table = pd.DataFrame(
        {
            "article_id": ids[np.concatenate([pairs.left, first[equal]])],
            "other_id": ids[np.concatenate([pairs.right, equal])],
            "similarity": np.concatenate([pairs.similarity, ones]),
            "resemblance": np.concatenate([pairs.resemblance, ones]),
            "shared": np.concatenate([pairs.shared, sizes[equal]]),
        },
        columns=list(PAIRS),
    )
    return table.sort_values(["article_id", "other_id"], ignore_index=True)


def notes(
    corpus: Corpus,
    table: pd.DataFrame,
    described: pd.DataFrame,
    threshold: float,
    too_short: int,
) -> tuple[str, ...]:
    """Say in sentences what was found, and what could not be looked at."""
    n = len(corpus)
    said = [
        f"{len(table):,} of {n:,} articles ({len(table) / max(n, 1):.0%}) have a near copy: at "
        f"least {threshold:.0%} of the 5-grams of the shorter article stand in the other. "
        f"{int(table['across'].sum()):,} have one in another outlet, "
        f"{int(table['copy_of'].notna().sum()):,} are later copies within their outlet.",
        f"{len(described):,} clusters, {int(described['agency'].notna().sum()):,} of them "
        f"credited to agencies; the earliest copy is certain in "
        f"{int(described['earliest'].notna().sum()):,}.",
    ]
    before = {article.article_id: article.production for article in corpus.outlines}
    known = table[table["article_id"].map(before).eq("unknown") & table["production"].ne("unknown")]
    if len(known):
        kinds = known["production"].value_counts().sort_index()
        counted = ", ".join(f"{count:,} {kind}" for kind, count in kinds.items())
        said.append(
            f"Articles that say nothing of who made them, told by credited copies: {counted}."
        )
    agencies = described.set_index("cluster")["agency"]
    doubtful = table["production"].eq("own") & table["cluster"].map(agencies).notna()
    if doubtful.any():
        said.append(
            f"{int(doubtful.sum()):,} articles that pages call their own have a near copy that "
            "credits an agency; what the page says stands."
        )
    nameless = int(table["outlet"].isna().sum())
    if nameless:
        said.append(f"{nameless:,} of them have no outlet: each stands by itself.")
    if too_short:
        said.append(
            f"{too_short:,} articles with fewer than {LEAST} different 5-grams are too short "
            "to be compared."
        )
    return tuple(said)
