"""Lines that recur across many articles of an outlet are boilerplate, even when no rule knows them.

A line counts once per text: articles that are copies of each other say nothing about the
page around them, so a line must stand in several articles that have nothing else in common.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from syriatopics.corpus.words import line_key
from syriatopics.records import Article

__all__ = ["COLUMNS", "Recurring", "holds_recurring", "learn_recurring"]

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

    def __getitem__(self, outlet: str | None) -> frozenset[str]:
        return self._keys[outlet]

    def __iter__(self) -> Iterator[str | None]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


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
    sizes = Counter(article.outlet for article in articles)
    counts: Counter[tuple[str | None, int]] = Counter()
    for article in articles:
        counts.update({(article.outlet, hash(text)) for text in _texts(article)})
    often = {place for place, n in counts.items() if n >= _enough(sizes[place[0]])}
    rests: dict[tuple[str | None, str], set[int]] = defaultdict(set)
    shown: dict[tuple[str | None, str], str] = {}
    for article in articles if often else ():
        for text in _texts(article):
            if (article.outlet, hash(text)) in often and (key := line_key(text)):
                rests[article.outlet, key].add(_rest(article, text))
                shown.setdefault((article.outlet, key), text)
    found = {p: len(others) for p, others in rests.items() if len(others) >= _enough(sizes[p[0]])}
    return _recurring(found, shown, sizes)


def holds_recurring(article: Article, recurring: Recurring) -> bool:
    """Say whether a line of an article is among those that recur in its outlet."""
    keys = recurring.get(article.outlet)
    return keys is not None and any(line_key(text) in keys for text in _texts(article))


def _enough(n_articles: int) -> int:
    return max(_FEWEST, round(_SHARE * n_articles))


def _lines(article: Article) -> list[str]:
    """Return the body lines of an article, with its titles and headings."""
    lines = [line for layout in article.layout for line in layout]
    texts = [article.raw[line[0][0] : line[-1][1]] for line in lines]
    return texts + [span.text for span in article.removed if span.kind in _LEARNED]


def _texts(article: Article) -> list[str]:
    """Return the lines that may be boilerplate unknown to the rules."""
    return [
        text
        for text in _lines(article)
        if len(text) <= _LONGEST and len(text.split()) <= _MOST_WORDS
    ]


def _rest(article: Article, text: str) -> int:
    """Return the hash of the longest other line: what tells one text from another."""
    return hash(max((other for other in _lines(article) if other != text), key=len, default=""))


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
