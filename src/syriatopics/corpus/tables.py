"""What is known of the articles of a corpus, as tables, and the hash of all of it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence

import pandas as pd

from syriatopics.corpus.parse.genre import stated_genre
from syriatopics.corpus.passages import Passages
from syriatopics.escaping import to_bytes
from syriatopics.records import Article, Value

__all__ = [
    "article_table",
    "columns_of",
    "evidence_table",
    "extra_columns",
    "fingerprint",
    "flag_table",
    "removed_table",
    "repair_table",
]

_COLUMNS = (
    "article_id",
    "outlet",
    "title",
    "author",
    "translator",
    "origin",
    "production",
    "genre",
    "url",
    "date_printed",
    "date_precision",
    "event_start",
    "event_end",
    "date_status",
)


def article_table(
    articles: Sequence[Article], passages: Passages, more: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return a row per article: what is known of it, its size, and the other columns of its source."""
    table = pd.DataFrame(
        [[getattr(article, name) for name in _COLUMNS] for article in articles],
        columns=list(_COLUMNS),
    )
    for column in ("date_printed", "event_start", "event_end"):
        table[column] = pd.to_datetime(table[column]).astype("datetime64[s]")
    table["n_words"] = [article.n_words for article in articles]
    counts = passages.table["article_id"].value_counts()
    table["n_passages"] = table["article_id"].map(counts).fillna(0).astype("int64")
    return table if more is None else pd.concat([table, more], axis=1)


def extra_columns(articles: Sequence[Article]) -> pd.DataFrame:
    """Return the other columns of the sources: a row per article, None where it has no value."""
    kinds: dict[str, set[str]] = {}
    for article in articles:
        for name, value in article.extra.items():
            kinds.setdefault(name, set()).add(type(value).__name__)
    return columns_of([article.extra for article in articles], kinds)


def columns_of(
    rows: Sequence[Mapping[str, Value]], kinds: Mapping[str, Collection[str]]
) -> pd.DataFrame:
    """Return rows as columns; one that holds numbers only, or truths only, is a column of such.

    Parameters
    ----------
    rows : sequence of mapping
    kinds : mapping of str to collection of str
        The columns, and the kinds of all their values ("int", "float", "bool", "str", "NoneType"),
        also of those in other rows.
    """
    columns = {
        name: pd.Series([row.get(name) for row in rows], dtype=object) for name in sorted(kinds)
    }
    typed = {name: _typed(held, set(kinds[name])) for name, held in columns.items()}
    return pd.DataFrame(typed, index=range(len(rows)))


def _typed(held: pd.Series, kinds: set[str]) -> pd.Series:
    if held.isna().any() or kinds not in ({"int"}, {"float"}, {"int", "float"}, {"bool"}):
        return held
    return held.astype({"int": "int64", "bool": "bool"}.get("".join(kinds), "float64"))


def fingerprint(articles: Iterable[Article]) -> str:
    """Return a hash of every id, raw text and stated value."""
    digest = hashlib.sha256()
    for article in articles:
        known = [article.article_id, article.raw]
        known += [str(getattr(article, name)) for name in _COLUMNS[1:] if name != "genre"]
        # Told by address or title the genre is no news of the source.
        known += [f"{name}={article.extra[name]!r}" for name in sorted(article.extra)]
        known += [f"genre={genre}"] if (genre := stated_genre(article)) else []
        digest.update(to_bytes("\x1f".join(known)))
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


def repair_table(articles: Sequence[Article]) -> pd.DataFrame:
    """Return a row per place that was put right."""
    rows = [
        (a.article_id, *repair, a.raw[repair.start : repair.end])
        for a in articles
        for repair in a.repairs
    ]
    return pd.DataFrame(rows, columns=["article_id", "start", "end", "kind", "text"])
