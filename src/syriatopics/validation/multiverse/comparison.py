"""Two groups of articles, what is taken as independent, and what chance would have done.

The permutations are made once and hold for every specification: the estimates of one
corpus move together, and a joint test must let them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.errors import InputError, choices
from syriatopics.escaping import to_bytes
from syriatopics.inference.blocks import BlockChoice, Measured, blocks_of
from syriatopics.inference.caveats import caveats_of
from syriatopics.inference.groups import produced
from syriatopics.inference.lasting import lasting
from syriatopics.inference.resampling import Codes, article_means, estimate
from syriatopics.inference.scores import Scores

__all__ = ["Comparison", "compare_groups"]

Bools = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, eq=False)
class Comparison:
    """The articles of two groups, in the order of their ids.

    Attributes
    ----------
    a, b : str
    articles : ndarray of str, shape (n,)
    in_a : ndarray of bool, shape (n,)
        The others are in b.
    own : ndarray of bool, shape (n,)
        Whether the outlet made the article itself, as far as is known.
    block : ndarray of int, shape (n,)
        Articles of one block cannot be taken as independent.
    lasts : float
        What runs on from block to block, told by all themes of the lexicon.
    notes : tuple of str
        What was taken as a block, and whether the groups share weeks.
    """

    a: str
    b: str
    articles: np.ndarray[Any, Any]
    in_a: Bools
    own: Bools
    block: Codes
    lasts: float = 1.0
    notes: tuple[str, ...] = ()

    @property
    def alone(self) -> bool:
        """Whether every article is a block of its own."""
        return len(np.unique(self.block)) == len(self.block)

    @property
    def digest(self) -> str:
        """A hash of who is compared with whom."""
        rows = zip(self.articles, self.in_a, self.own, self.block, strict=True)
        text = "\n".join(f"{article}\x1f{a}{own}{block}" for article, a, own, block in rows)
        head = f"{self.a}\x1f{self.b}\x1e{text}"
        return hashlib.sha256(to_bytes(head)).hexdigest()

    def permuted(self, n: int, random_state: int) -> Bools:
        """Return who would be in a if the groups meant nothing, shape (n, n_articles).

        Where groups share blocks (outlets of one calendar), articles change sides within
        their block; where every block is of one group (weeks before and after a day), whole
        blocks do. What agencies wrote changes sides among itself.
        """
        rng = np.random.default_rng(random_state)
        shared = np.bincount(self.block, self.in_a) % np.bincount(self.block)
        if not self.alone and not shared.any():
            first = np.unique(self.block, return_index=True)[1]
            moved = _shuffled(self.in_a[first], np.zeros(len(first), dtype=np.int64), n, rng)
            return np.asarray(moved[:, np.unique(self.block, return_inverse=True)[1]])
        stratum = np.zeros_like(self.block) if self.alone else self.block
        return _shuffled(self.in_a, 2 * stratum + self.own, n, rng)


def _shuffled(in_a: Bools, stratum: Codes, n: int, rng: np.random.Generator) -> Bools:
    """Shuffle within strata."""
    order = np.argsort(stratum, kind="stable")
    moved = np.empty((n, len(in_a)), dtype=bool)
    for row in moved:
        drawn = np.lexsort((rng.random(len(in_a)), stratum))
        row[order] = in_a[drawn]
    return moved


def compare_groups(
    scores: Scores,
    a: str,
    b: str,
    by: str | pd.Series = "outlet",
    blocks: BlockChoice = "auto",
) -> Comparison:
    """Find the articles of two groups.

    Parameters
    ----------
    scores : Scores
        Of the themes, on the paragraphs of a corpus: "auto" asks them how alike articles are.
    a, b : str
    by : str or Series
        A column of the passages, or the group of each article by its id; NaN is in none.
    blocks : {"auto", "article", "day", "week", "month", "story"}, a column, or Series

    Raises
    ------
    InputError
        If a group, the column or the block is not there.
    """
    table = scores.passages.table
    if isinstance(by, str) and by not in table:
        raise InputError(f"No column {by!r} to group by. Columns: {choices(table.columns)}.")
    group = table[by] if isinstance(by, str) else table["article_id"].map(by)
    for name in (a, b):
        if name not in set(group.dropna()):
            raise InputError(
                f"No passage belongs to {name!r}. Groups here: {choices(set(group.dropna()))}."
            )
    if a == b:
        raise InputError(f"{a!r} cannot be compared with itself.")
    group = group.where(group.isin((a, b)))
    taken = blocks_of(table, blocks, Measured(scores.weights(), scores.sizes(), group))
    table = table.assign(block=taken.codes, group=group.to_numpy()).dropna(subset="group")
    table = table.drop_duplicates("article_id").sort_values("article_id")
    named = table[["group"]].reset_index(drop=True)
    return Comparison(
        a=a,
        b=b,
        articles=table["article_id"].to_numpy(dtype=str),
        in_a=(table["group"] == a).to_numpy(dtype=bool),
        own=produced(table, "own")[0],
        block=pd.factorize(table["block"], sort=True)[0].astype(np.int64),
        lasts=_lasts(scores, table),
        notes=(*taken.notes, *caveats_of(table.reset_index(drop=True), named, [(a, b)])),
    )


def _lasts(scores: Scores, table: pd.DataFrame) -> float:
    """Return what runs on from block to block; `table` has a row per article of the two groups."""
    ids = scores.passages.table["article_id"].to_numpy()
    means, articles = article_means(scores.weights(), ids, scores.sizes())
    place = pd.Index(articles).get_indexer(table["article_id"])
    rows = table[place >= 0].assign(place=place[place >= 0])
    return lasting(
        *(
            estimate(means[side["place"]], block=side["block"].to_numpy(dtype=str))
            for _, side in rows.groupby("group")
        )
    )
