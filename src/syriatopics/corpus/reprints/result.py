"""The result of looking for near copies: who prints the same text as whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pandas as pd

from syriatopics.errors import InputError, choices
from syriatopics.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from syriatopics.corpus.corpus import Corpus

__all__ = ["CLUSTERS", "COLUMNS", "PAIRS", "Reprints"]

COLUMNS = (
    "article_id",
    "cluster",
    "cluster_size",
    "n_outlets",
    "similarity",
    "outlet",
    "across",
    "copied",
    "copy_of",
    "production",
    "origin",
    "evidence",
)
CLUSTERS = (
    "cluster",
    "size",
    "n_outlets",
    "outlets",
    "kind",
    "middle",
    "earliest",
    "earliest_evidence",
    "agency",
    "agency_evidence",
)
PAIRS = ("article_id", "other_id", "similarity", "resemblance", "shared")


@dataclass(frozen=True, eq=False, kw_only=True)
class Reprints(Result):
    """A row per article that has a near copy in the corpus.

    Attributes
    ----------
    table : DataFrame
        ``article_id, cluster, cluster_size, n_outlets, similarity`` (to the nearest of its
        copies: the shared 5-grams as a share of those of the shorter article), ``outlet,
        across`` (whether a near copy stands in another outlet), ``copied`` (the most of the
        article's own 5-grams that stand in one article of another outlet), ``copy_of`` (the
        copy of the same outlet that came before it), and ``production, origin, evidence``
        as credits and near copies have them together.
    clusters : DataFrame
        A row per cluster: ``cluster, size, n_outlets, outlets, kind`` (updates within one
        outlet, or shared across outlets), ``middle`` (the article that all others are near
        copies of), ``earliest, earliest_evidence, agency, agency_evidence``.
    pairs : DataFrame
        The verified pairs: ``article_id, other_id, similarity, resemblance`` (Jaccard) and
        the number of ``shared`` 5-grams. Of articles with the very same 5-grams the first
        stands for all, and each of the others is paired with it.
    threshold : float
        From which similarity on two articles are near copies.
    corpus : Corpus
        Where the articles are.
    """

    clusters: pd.DataFrame
    pairs: pd.DataFrame
    threshold: float
    corpus: Corpus = field(repr=False)

    def members(self, cluster: int) -> list[str]:
        """Return the ids of the articles of a cluster."""
        rows = self.table[self.table["cluster"] == cluster]
        found: list[str] = rows["article_id"].tolist()
        if not found:
            raise InputError(
                f"No cluster {cluster!r}. Clusters here: {choices(self.clusters['cluster'])}."
            )
        return found

    @cached_property
    def sharing(self) -> pd.DataFrame:
        """How many clusters two outlets share: ``outlet, other, n_clusters``, each pair once."""
        counts: dict[tuple[str, str], int] = {}
        for outlets in self.clusters["outlets"]:
            for pair in combinations(outlets, 2):
                counts[pair] = counts.get(pair, 0) + 1
        rows = [(*pair, count) for pair, count in sorted(counts.items())]
        return pd.DataFrame(rows, columns=["outlet", "other", "n_clusters"])

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw who shares copy with whom."""
        from syriatopics.plots import sharing

        return sharing(self.sharing, ax, **options)
