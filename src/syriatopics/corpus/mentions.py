"""The dates that the texts of a corpus name, each with where it stands and how it was counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pandas as pd

from syriatopics.arabic import find_dates
from syriatopics.records import Article

__all__ = ["mention_table"]

_COLUMNS = (
    "article_id", "outlet", "text", "start", "end", "year", "month", "day", "unit", "part",
    "relation", "evidence",
)  # fmt: skip
_NUMBERS = ("year", "month", "day")


def mention_table(articles: Iterable[Article]) -> pd.DataFrame:
    """Return a row per date that the body of an article names (see :func:`find_dates`).

    What is counted from the day of writing (أمس, الشهر الماضي) is counted from the printed date,
    where that is believed and names a day; else its parts are missing.
    """
    rows = [row for article in articles for row in _rows(article)]
    table = pd.DataFrame(rows, columns=list(_COLUMNS))
    return table.astype(dict.fromkeys(_NUMBERS, "Int64"))


def _rows(article: Article) -> Iterator[tuple[Any, ...]]:
    written = _written(article)
    for paragraph in article.paragraphs:
        mentions = find_dates(paragraph.text, written, relative=True)
        offsets = paragraph.offsets() if mentions else []
        for m in mentions:
            start, end = offsets[m.start], offsets[m.end - 1] + 1
            yield (
                article.article_id, article.outlet, m.text, start, end, m.year, m.month, m.day,
                m.unit, m.part, m.relation, m.evidence,
            )  # fmt: skip


def _written(article: Article) -> date | None:
    known = article.date_status == "printed" and article.date_precision in ("day", "minute")
    return article.date_printed.date() if known and article.date_printed is not None else None
