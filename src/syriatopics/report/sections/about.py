"""The corpus statement: what the report rests on, and whether its dates can be trusted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.records import DATE_STATUSES
from syriatopics.report.context import Context
from syriatopics.report.evidence import Rows
from syriatopics.report.parts import Cell, Number, Section, Table
from syriatopics.report.words import (
    ARTICLE,
    PASSAGE,
    PRODUCTION,
    STATUS,
    WORD,
    Text,
    counted,
    dated,
    visible,
)

__all__ = ["about"]

# More articles than this are not listed one by one.
_LISTED = 40


def about(context: Context) -> Section:
    """Say what the corpus holds."""
    corpus = context.corpus
    parts = [_outlets(context)]
    if len(corpus) <= _LISTED:
        parts.append(_articles(context))
    return Section(
        "corpus",
        Text("المدونة", "The corpus"),
        prose=list(_statement(context)),
        parts=parts,
        caution=_caution(corpus.table),
        notes=[corpus.summary().text, *corpus.caveats, *corpus.notes],
    )


def _statement(context: Context) -> Iterator[str]:
    table = context.corpus.table
    n_words, n_passages = int(table["n_words"].sum()), len(context.passages)
    named, nameless = table["outlet"].nunique(), int(table["outlet"].isna().sum())
    yield (
        f"في المدونة {counted(len(table), ARTICLE)} "
        f"({counted(n_words, WORD)}، {counted(n_passages, PASSAGE)}). "
        f"عدد الناشرين المعروفين: {named}"
        + (f"، وبلا ناشر معروف: {counted(nameless, ARTICLE)}." if nameless else ".")
    )
    statuses = table["date_status"].value_counts()
    found = [f"{STATUS[s]}: {statuses[s]:,}" for s in DATE_STATUSES if s in statuses]
    yield f"عدد المقالات بحسب حال تاريخها: {'؛ '.join(found)}."


def _caution(table: pd.DataFrame) -> str:
    sizes = table["outlet"].value_counts()
    if len(sizes) and (sizes == 1).all():
        return (
            "لكل ناشر هنا مقال واحد: فالنسب تصف هذه المقالات، ولا تصف الناشرين. "
            "والمقال الذي لا يُعرف ناشره يُعرض وحده."
        )
    return ""


def _outlets(context: Context) -> Table:
    corpus, rows = context.corpus, []
    table = corpus.table
    for outlet in [*corpus.outlets, None]:
        chosen = table["outlet"].isna() if outlet is None else table["outlet"] == outlet
        if chosen.any():
            rows.append(_outlet(context, outlet, table[chosen]))
    head = [
        Text("الناشر", "Outlet"),
        Text("المقالات", "Articles"),
        Text("الكلمات", "Words"),
        Text("الفقرات", "Passages"),
        Text("من", "First"),
        Text("إلى", "Last"),
        Text("حال التاريخ", "Dates"),
    ]
    return Table(Text("ما لكل ناشر في المدونة", "What the corpus holds of each outlet"), head, rows)


def _outlet(context: Context, outlet: str | None, table: pd.DataFrame) -> Sequence[Cell]:
    name = "بلا ناشر معروف" if outlet is None else context.outlet(outlet)
    ids = context.passages.table["article_id"]
    rows = np.flatnonzero(ids.isin(table["article_id"]).to_numpy())
    first = rows[~ids.iloc[rows].duplicated().to_numpy()]
    when = table["date_printed"].where(table["date_status"] == "printed", table["event_start"])
    statuses = table["date_status"].value_counts()
    said = "؛ ".join(f"{STATUS[s]}: {statuses[s]:,}" for s in DATE_STATUSES if s in statuses)

    def number(value: int, behind: Rows, what: str) -> Number:
        return Number(f"{value:,}", context.ledger.add(f"{what}: {name}", behind))

    return [
        name,
        number(len(table), first, "الفقرة الأولى من كل مقال"),
        number(int(table["n_words"].sum()), rows, "كلمات"),
        number(len(rows), rows, "فقرات"),
        _day(when.min()),
        _day(when.max()),
        said,
    ]


def _day(when: Any) -> Number:
    return Number("–" if pd.isna(when) else f"{when:%Y-%m-%d}")


def _articles(context: Context) -> Table:
    ids = context.passages.table["article_id"]
    rows: list[Sequence[Cell]] = []
    for article in context.corpus:
        title = visible(article.title or "بلا عنوان")
        behind = np.flatnonzero((ids == article.article_id).to_numpy())
        shown = context.ledger.add(f"المقال: {title}", behind)
        rows.append(
            [
                title,
                "بلا ناشر معروف" if article.outlet is None else context.outlet(article.outlet),
                PRODUCTION[article.production],
                dated(article),
                Number(f"{len(behind):,}", shown),
            ]
        )
    head = [
        Text("العنوان", "Title"),
        Text("الناشر", "Outlet"),
        Text("مصدر النص", "Production"),
        Text("متى كُتب", "When it was written"),
        Text("الفقرات", "Passages"),
    ]
    return Table(Text("المقالات", "The articles"), head, rows)
