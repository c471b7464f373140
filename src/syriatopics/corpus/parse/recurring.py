"""Lines that recur across many articles of an outlet are boilerplate, even when no rule knows them.

A line counts once per text: articles that are copies of each other say nothing about the
page around them, so a line must stand in several articles that have nothing else in common.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from syriatopics.corpus.words import first_word, line_key
from syriatopics.escaping import to_bytes
from syriatopics.records import Article

__all__ = [
    "COLUMNS",
    "Candidates",
    "LineCounts",
    "Recurring",
    "ShortLines",
    "any_recurring",
    "candidates",
    "count_lines",
    "holds_recurring",
    "learn_recurring",
    "often_lines",
    "recurring_of",
    "short_lines",
]

Hashes = np.ndarray[Any, np.dtype[np.uint64]]
Numbers = np.ndarray[Any, np.dtype[np.int64]]

COLUMNS = ("outlet", "n_articles", "share", "text")
_MOST_WORDS = 40
_LONGEST = 400
_FEWEST = 10
_SHARE = 0.005
_LEARNED = frozenset({"title", "heading"})


class Recurring(Mapping[str | None, frozenset[str]]):
    """The lines that recur, by outlet (None: articles without one).

    Attributes
    ----------
    table : DataFrame
        A row per line: ``outlet, n_articles, share, text``.
    """

    def __init__(self, table: pd.DataFrame, keys: Mapping[str | None, frozenset[str]]) -> None:
        self.table = table
        self._keys = dict(keys)
        #: The first words of the lines: a quick look before a whole line is folded.
        self.openings = {
            outlet: frozenset(line.split(" ", 1)[0] for line in lines)
            for outlet, lines in self._keys.items()
        }

    def __getitem__(self, outlet: str | None) -> frozenset[str]:
        return self._keys[outlet]

    def __iter__(self) -> Iterator[str | None]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


class ShortLines(NamedTuple):
    """The lines of an article that may be boilerplate unknown to the rules.

    Attributes
    ----------
    outlet : str or None
    texts : list of str
    rests : list of int
        For each line a hash of the longest other line: what tells one text from another.
    """

    outlet: str | None
    texts: list[str]
    rests: list[int]


class LineCounts(NamedTuple):
    """In how many articles each line stands, by outlet.

    Attributes
    ----------
    sizes : dict of outlet to int
        How many articles there are.
    lines : dict of outlet to (ndarray of uint64, ndarray of int64)
        Hashes of lines, ascending, and the number of articles that hold them.
    """

    sizes: dict[str | None, int]
    lines: dict[str | None, tuple[Hashes, Numbers]]


# A line as it is compared, in its outlet: the texts that it stands in, and how it was written.
Candidates = dict[tuple[str | None, str], tuple[set[int], str]]


def learn_recurring(articles: Sequence[Article]) -> Recurring:
    """Find the lines that recur.

    Parameters
    ----------
    articles : sequence of Article

    Returns
    -------
    Recurring
        Lines of at most 40 words that stand in ten articles of an outlet or more, and in
        half a per cent of them, copies of one text counted once.
    """
    counts = count_lines(map(short_lines, articles))
    often = often_lines([counts])
    found = candidates(map(short_lines, articles), often) if often else {}
    return recurring_of([found], counts.sizes)


# The same in steps, for articles that are never held together: each step takes articles piece
# by piece, and what it gives is added up.


def short_lines(article: Article) -> ShortLines:
    """Return the short lines of an article."""
    lines = _lines(article)
    texts = [t for t in lines if len(t) <= _LONGEST and len(t.split()) <= _MOST_WORDS]
    longest = max(lines, key=len, default="")
    second = max((line for line in lines if line != longest), key=len, default="")
    rest, other = _hash(longest), _hash(second)
    return ShortLines(article.outlet, texts, [other if text == longest else rest for text in texts])


def count_lines(articles: Iterable[ShortLines]) -> LineCounts:
    """Count in how many of some articles each line stands."""
    sizes: Counter[str | None] = Counter()
    held: dict[str | None, list[int]] = defaultdict(list)
    for lines in articles:
        sizes[lines.outlet] += 1
        held[lines.outlet].extend(map(_hash, set(lines.texts)))
    counted = {
        outlet: np.unique(np.array(hashes, dtype=np.uint64), return_counts=True)
        for outlet, hashes in held.items()
    }
    return LineCounts(dict(sizes), counted)


def often_lines(counts: Sequence[LineCounts]) -> dict[str | None, frozenset[int]]:
    """Return the lines that stand in enough articles, as hashes, by outlet."""
    sizes: Counter[str | None] = Counter()
    for part in counts:
        sizes.update(part.sizes)
    found = {}
    for outlet, size in sizes.items():
        parts = [part.lines[outlet] for part in counts if outlet in part.lines]
        lines, where = np.unique(np.concatenate([p[0] for p in parts]), return_inverse=True)
        n = np.bincount(where, weights=np.concatenate([p[1] for p in parts]), minlength=len(lines))
        if chosen := frozenset(lines[n >= _enough(size)].tolist()):
            found[outlet] = chosen
    return found


def candidates(
    articles: Iterable[ShortLines], often: Mapping[str | None, frozenset[int]]
) -> Candidates:
    """Return the lines among some articles that stand in many, with the texts around them."""
    found: Candidates = {}
    for lines in articles:
        chosen = often.get(lines.outlet, frozenset())
        for text, rest in zip(lines.texts, lines.rests, strict=True):
            if _hash(text) in chosen and (key := line_key(text)):
                found.setdefault((lines.outlet, key), (set(), text))[0].add(rest)
    return found


def recurring_of(found: Sequence[Candidates], sizes: Mapping[str | None, int]) -> Recurring:
    """Choose the lines that stand in enough different texts."""
    rests: dict[tuple[str | None, str], set[int]] = defaultdict(set)
    shown: dict[tuple[str | None, str], str] = {}
    for part in found:
        for place, (others, text) in part.items():
            rests[place] |= others
            shown.setdefault(place, text)
    n_texts = {p: len(others) for p, others in rests.items() if len(others) >= _enough(sizes[p[0]])}
    return _recurring(n_texts, shown, sizes)


def holds_recurring(article: Article, recurring: Recurring) -> bool:
    """Say whether a line of an article is among those that recur in its outlet."""
    return article.outlet in recurring and any_recurring(short_lines(article), recurring)


def any_recurring(lines: ShortLines, recurring: Recurring) -> bool:
    """Say whether one of the lines is among those that recur in its outlet."""
    keys = recurring.get(lines.outlet)
    if keys is None:
        return False
    openings = recurring.openings[lines.outlet]
    return any(first_word(text) in openings and line_key(text) in keys for text in lines.texts)


def _enough(n_articles: int) -> int:
    return max(_FEWEST, round(_SHARE * n_articles))


def _lines(article: Article) -> list[str]:
    """Return the body lines of an article, with its titles and headings."""
    lines = [line for layout in article.layout for line in layout]
    texts = [article.raw[line[0][0] : line[-1][1]] for line in lines]
    return texts + [span.text for span in article.removed if span.kind in _LEARNED]


def _hash(text: str) -> int:
    """Return a number that is the same in every process."""
    digest = hashlib.blake2b(to_bytes(text), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def _recurring(
    found: Mapping[tuple[str | None, str], int],
    shown: Mapping[tuple[str | None, str], str],
    sizes: Mapping[str | None, int],
) -> Recurring:
    keys: dict[str | None, set[str]] = defaultdict(set)
    for outlet, key in found:
        keys[outlet].add(key)
    rows = [
        (outlet, n, n / sizes[outlet], shown[outlet, key]) for (outlet, key), n in found.items()
    ]
    rows.sort(key=lambda row: (row[0] or "", -row[1], row[3]))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return Recurring(table, {outlet: frozenset(lines) for outlet, lines in keys.items()})
