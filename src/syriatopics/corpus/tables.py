"""What is known of the articles of a corpus, as tables, and the hash of all of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pandas as pd

from syriatopics.corpus.passages import Passages
from syriatopics.records import Article

__all__ = ["article_table", "evidence_table", "fingerprint", "flag_table", "removed_table"]

_COLUMNS = (
    "article_id",
    "outlet",
    "title",
    "author",
    "translator",
    "origin",
    "production",
    "url",
    "date_printed",
    "date_precision",
    "event_start",
    "event_end",
    "date_status",
)


def article_table(articles: Sequence[Article], passages: Passages) -> pd.DataFrame:
    """Return a row per article: what is known of it, and its size in words and passages."""
    table = pd.DataFrame(
        [[getattr(article, name) for name in _COLUMNS] for article in articles],
        columns=list(_COLUMNS),
    )
    for column in ("date_printed", "event_start", "event_end"):
        table[column] = pd.to_datetime(table[column]).astype("datetime64[s]")
    table["n_words"] = [article.n_words for article in articles]
    counts = passages.table["article_id"].value_counts()
    table["n_passages"] = table["article_id"].map(counts).fillna(0).astype("int64")
    return table


def fingerprint(articles: Sequence[Article]) -> str:
    """Return a hash of every id, raw text and stated value."""
    digest = hashlib.sha256()
    for article in articles:
        known = [article.article_id, article.raw]
        known += [str(getattr(article, name)) for name in _COLUMNS[1:]]
        digest.update("\x1f".join(known).encode("utf-8", "surrogatepass"))
        digest.update(b"\x1e")
    return digest.hexdigest()


def removed_table(articles: Sequence[Article]) -> pd.DataFrame:
    """Return a row per removed span."""
    rows = [(a.article_id, *span) for a in articles for span in a.removed]
    columns = ["article_id", "line", "start", "end", "kind", "text", "reason"]
    return pd.DataFrame(rows, columns=columns)


def evidence_table(articles: Sequence[Article]) -> pd.DataFrame:
    """Return a row per article and field, with why its value is believed."""
    rows = [
        (article.article_id, field, getattr(article, field, None), why)
        for article in articles
        for field, why in article.evidence.items()
    ]
    return pd.DataFrame(rows, columns=["article_id", "field", "value", "evidence"])


def flag_table(articles: Sequence[Article]) -> pd.DataFrame:
    """Return a row per place that looks damaged."""
    rows = [(a.article_id, *flag) for a in articles for flag in a.flags]
    return pd.DataFrame(rows, columns=["article_id", "start", "end", "kind", "text"])
