"""One word between groups: its contexts, averaged by article, held against each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.corpus import Passages
from syriatopics.encoders import Encoder
from syriatopics.errors import InputError, choices
from syriatopics.escaping import number_of
from syriatopics.framing.meaning.contexts import Contexts, Words, contexts_of, encoded_contexts
from syriatopics.framing.naming.mentions import mention_table
from syriatopics.inference.blocks import BlockChoice, Measured, blocks_of
from syriatopics.inference.distances import block_sums, distance
from syriatopics.inference.floors import MIN_ARTICLES
from syriatopics.inference.groups import name_of
from syriatopics.inference.resampling import Array, article_means

__all__ = ["Asked", "Compared"]

# So many words are shown of each side.
_NEAREST = 10


def _names(groups: pd.DataFrame) -> np.ndarray[Any, Any]:
    """Return the group of each passage as one name; None where it is in none."""
    held = groups.notna().all(axis=1).to_numpy()
    named = [
        name_of(tuple(row)) if keep else None
        for row, keep in zip(groups.to_numpy(), held, strict=True)
    ]
    return np.array(named, dtype=object)


@dataclass(frozen=True, eq=False)
class Compared:
    """What is said of one word."""

    rows: list[tuple[Any, ...]]
    words: list[tuple[Any, ...]]
    mentions: pd.DataFrame
    notes: list[str]
    directions: dict[tuple[str, str, str], tuple[Contexts, Any, Array]]


@dataclass(frozen=True, eq=False)
class Asked:
    """What is the same for all words that are asked for."""

    passages: Passages
    table: pd.DataFrame
    groups: pd.DataFrame
    read: Words
    window: int
    referent: str | None
    encoder: str | Encoder | None
    blocks: BlockChoice
    random_state: int

    def one(self, word: str) -> Compared:
        """Compare one word between all groups."""
        node = self.read.node(word)
        contexts, notes = self._contexts(word, node)
        member = _names(self.groups.iloc[contexts.rows])
        inside = np.array([name is not None for name in member], dtype=bool)
        contexts = Contexts(contexts.rows[inside], contexts.vectors[inside])
        member = member[inside]
        here = self.table.iloc[contexts.rows].reset_index(drop=True)
        measured = Measured(contexts.vectors, np.ones(len(here)), self.groups.iloc[contexts.rows])
        chosen = blocks_of(here, self.blocks, measured)
        article = here["article_id"].to_numpy(dtype=str)
        sides = {
            name: _side(contexts.vectors, article, chosen.codes, np.flatnonzero(member == name))
            for name in sorted(set(member))
        }
        mentions = pd.DataFrame(
            {"word": word, "group": member, "passage_id": here["passage_id"], "article_id": article}
        )
        notes += [
            f"{word}: {number_of(len(member), 'place')} in {number_of(len(set(article)), 'article')}.",
            *chosen.notes,
        ]
        rows, words, directions = [], [], {}
        for a, b in combinations(sides, 2):
            row, direction = _compared(word, a, b, sides, self.random_state)
            rows.append(row)
            directions[word, a, b] = contexts, member, direction
            if self.encoder is None:
                for side, sign in ((a, 1.0), (b, -1.0)):
                    near = self.read.nearest(sign * direction, _NEAREST)
                    words += [(word, a, b, side, *line) for line in near]
        return Compared(rows, words, mentions, notes, directions)

    def _contexts(self, word: str, node: int) -> tuple[Contexts, list[str]]:
        kept: list[bool] | None = None
        notes: list[str] = []
        if self.referent is not None:
            kept, notes = self._meant(word, node)
        contexts = contexts_of(self.read, node, self.window, kept)
        if self.encoder is not None:
            vectors = encoded_contexts(self.passages, contexts.rows, self.encoder)
            contexts = Contexts(contexts.rows, vectors)
        return contexts, notes

    def _meant(self, word: str, node: int) -> tuple[list[bool], list[str]]:
        """Say which places of a word stand in a mention of the referent."""
        rows = self.read.encoded.rows[self.read.encoded.codes == node]
        holding = self.table["article_id"].isin(self.table["article_id"].iloc[rows])
        part = self.passages.take(np.flatnonzero(holding)).loaded()
        found = mention_table(part)
        known = sorted(set(found["referent"]))
        if self.referent not in known:
            raise InputError(
                f"No mention of {self.referent!r} where {word!r} stands. Referents: {choices(known)}."
            )
        reader = self.read.analyzer.vocabulary_analyzer()
        term = self.read.encoded.terms[node]
        texts = part.table.set_index("passage_id")["text"]
        meant: set[tuple[str, int]] = set()
        for mention in found[found["referent"] == self.referent].itertuples():
            # The places of the word before the mention, and those in it.
            before = reader(texts[mention.passage_id][: mention.start]).count(term)
            inside = reader(mention.surface).count(term)
            meant |= {(mention.passage_id, before + k) for k in range(inside)}
        ids = pd.Series(self.table["passage_id"].to_numpy()[rows])
        place = ids.groupby(ids, sort=False).cumcount()
        kept = [key in meant for key in zip(ids, place, strict=True)]
        aside = len(kept) - sum(kept)
        said = f"{word}: {aside:,} of {len(kept):,} places do not name {self.referent}: set aside."
        return kept, [said]


def _side(vectors: Array, article: Any, codes: Any, index: Any) -> tuple[Array, Any, int]:
    """Return the mean context of each article of a group, its block, and how many places there are."""
    means, articles = article_means(vectors[index], article[index])
    first = pd.Series(codes[index], index=article[index]).groupby(level=0).first()
    return means, first.loc[articles].to_numpy(), len(index)


def _compared(
    word: str, a: str, b: str, sides: dict[str, tuple[Array, Any, int]], random_state: int
) -> tuple[tuple[Any, ...], Array]:
    (one, one_blocks, n_one), (two, two_blocks, n_two) = sides[a], sides[b]
    found = distance(block_sums(one, one_blocks), block_sums(two, two_blocks), random_state)
    note = "".join(_few(len(one), len(two), found.p, found.least_p))
    p = np.nan if note else found.p
    chance = float(np.sqrt(max(found.plain - found.squared, 0.0)))
    length = float(np.sqrt(max(found.squared, 0.0)))
    row = (word, a, b, length, chance, p, np.nan, n_one, n_two, len(one), len(two), note)
    return row, one.mean(axis=0) - two.mean(axis=0)


def _few(one: int, two: int, p: float, least_p: float) -> Iterator[str]:
    if min(one, two) < MIN_ARTICLES:
        yield f"{min(one, two)} articles on a side: too few to compare (from {MIN_ARTICLES})"
    elif np.isnan(p):
        yield f"no p below {least_p:.2g} is possible with so few blocks"
