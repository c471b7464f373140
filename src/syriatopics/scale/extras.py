"""The other columns of the sources in a store: as JSON by article, as columns where they are read.

Partitions hold articles of many tables. Which columns there are, and of what kind, only all of
them tell; so a partition keeps what each of its articles has, and a reader gets the same columns
from every partition.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from syriatopics.corpus.attributes import outlet_attributes
from syriatopics.corpus.parse.publishers import Publishers
from syriatopics.corpus.tables import columns_of
from syriatopics.records import Article, Value

__all__ = ["EXTRA", "MET", "SAID", "extra_of", "kinds_of", "more_columns", "unfolded", "union_of"]

EXTRA = "extra"
# By which kinds an article is flagged, and what was put right in it, as JSON; and what totals call them.
MET, SAID = "met", ("flagged", "repaired")


def extra_of(articles: Sequence[Article], publishers: Publishers) -> list[str]:
    """Return the other columns of articles, and the attributes of their outlets, as JSON."""
    attributes = outlet_attributes(articles, publishers).to_dict("records")
    return [
        json.dumps({**article.extra, **more}, ensure_ascii=False, sort_keys=True)
        for article, more in zip(articles, attributes or [{}] * len(articles), strict=True)
    ]


def more_columns(
    articles: Sequence[Article], publishers: Publishers, kinds: Mapping[str, Sequence[str]]
) -> pd.DataFrame:
    """Return the other columns of articles as the store gives them."""
    return columns_of([json.loads(text) for text in extra_of(articles, publishers)], kinds)


def kinds_of(held: Iterable[str]) -> dict[str, list[str]]:
    """Return the names of the columns and the kinds of their values."""
    kinds: dict[str, set[str]] = {}
    for text in set(held):
        for name, value in json.loads(text).items():
            kinds.setdefault(name, set()).add(type(value).__name__)
    return {name: sorted(found) for name, found in sorted(kinds.items())}


def union_of(kinds: Iterable[Mapping[str, Sequence[str]]]) -> dict[str, list[str]]:
    """Put together what several partitions hold."""
    found: dict[str, set[str]] = {}
    for part in kinds:
        for name, names in part.items():
            found.setdefault(name, set()).update(names)
    return {name: sorted(names) for name, names in sorted(found.items())}


def unfolded(table: pd.DataFrame, kinds: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Return a table of a partition with the other columns in it, the same ones in each."""
    if EXTRA not in table:
        return table
    rest = table.drop(columns=EXTRA)
    if not kinds:
        return rest
    known: dict[str, dict[str, Value]] = {text: json.loads(text) for text in set(table[EXTRA])}
    rows: list[dict[str, Any]] = [known[text] for text in table[EXTRA]]
    more = columns_of(rows, kinds)
    return pd.concat([rest, more.set_axis(rest.index, axis=0)], axis=1)
