"""Trends: how themes move over time, on how many articles in each period."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from syriatopics.report.context import Context, scale_top, share
from syriatopics.report.evidence import Rows, Span
from syriatopics.report.parts import Cell, Number, Part, Section, Series, Table
from syriatopics.report.sections.themes import SIDES, intervals
from syriatopics.report.words import ARTICLE, Text, counted, isolated, percent
from syriatopics.trends import trend

__all__ = ["frequency", "trends"]

_FINER = ("D", "W", "M", "Q", "Y")
_NAMES = {"D": "اليوم", "W": "الأسبوع", "M": "الشهر", "Q": "الفصل", "Y": "السنة"}
# More columns than this are nothing to look at: the next longer period is taken.
_COLUMNS = 60
# And more than these in a table of outlets.
_NARROW, _OUTLETS = 8, 8


def frequency(period: str) -> str:
    """Return what pandas calls a period."""
    return "W-SUN" if period == "W" else period


def trends(context: Context) -> Section:
    """Show the share of each theme in each period."""
    period = _period(context)
    result = trend(context.scores, period=period, production="all")
    table, top = result.table, scale_top(result.table)
    periods = list(dict.fromkeys(table["period"]))
    cells = {(row.theme, row.period): row for row in table.itertuples()}
    placed = _placed(context, period)
    rows = [
        (name, [_number(context, cells[theme, when], placed, top) for when in periods])
        for theme, name in context.theme_names.items()
    ]
    sizes = table.drop_duplicates("period").set_index("period")["n_articles"]
    dated = [f"{int(sizes[when])}" for when in periods]
    caption = Text(f"نسبة الفقرات بحسب {_NAMES[period]}", "Share of passages by period")
    empty = sum(size == "0" for size in dated)
    said = f" وفي {empty} من {len(periods)} لا مقال، فتبقى خالية." if empty else ""
    carried = bool(table["low"].notna().any())
    return Section(
        "trends",
        Text("المحاور عبر الزمن", "Themes over time"),
        prose=[
            "يجري الزمن من اليمين إلى اليسار. السطر الأول يقول كم مقالا خلف كل عمود." + said,
            f"علو الخانة كلها {isolated(percent(top))}. "
            "المقال الذي ينقض نصه تاريخه المطبوع يوضع حيث يضعه نصه.",
            intervals(table.itertuples(), result.unit)
            + ("" if carried else " لا يُستنتج من علو الأعمدة اتجاه."),
        ],
        parts=[Series(caption, [isolated(p) for p in periods], dated, rows), *_by_outlet(context)],
        notes=result.notes,
    )


def _by_outlet(context: Context) -> list[Part]:
    """Show the difference of the two sides in each outlet and period, where outlets are followed."""
    period = _period(context, _NARROW)
    known = context.corpus.table["outlet"].nunique()
    outlets = context.corpus.largest_outlets(min(_OUTLETS, known))
    if not set(SIDES) <= set(context.theme_names) or len(outlets) < 2:
        return []
    result = trend(
        context.scores, period=period, by="outlet", production="all", balance=(SIDES[0], SIDES[1])
    )
    cells = {(row.outlet, row.period): row for row in result.table.itertuples()}
    periods = list(dict.fromkeys(result.table["period"]))
    if len(periods) < 2:
        return []
    placed = _placed(context, period)
    first, second = (context.theme_names[side] for side in SIDES)
    rows: list[list[Cell]] = [
        [context.outlet(o), *(_gap(context, cells.get((o, when)), placed) for when in periods)]
        for o in outlets
    ]
    caption = Text(
        f"«{first}» ناقصا «{second}» عند كل ناشر بحسب {_NAMES[period]}: فرق النسبتين بالنقاط "
        "(وبين قوسين عدد المقالات)",
        "Humanitarian less political transition, by outlet over time: points (articles)",
    )
    head = [Text("الناشر", "Outlet"), *(Text(isolated(p)) for p in periods)]
    return [Table(caption, head, rows, even=len(periods) < _NARROW)]


def _gap(context: Context, cell: Any, placed: pd.Series) -> Number:
    if cell is None or not cell.n_articles or pd.isna(cell.share):
        return Number("–")
    rows = context.rows_of(cell.outlet)
    inside: Rows = rows[(placed == cell.period).to_numpy()[rows]]
    assigned = context.scores.assigned[list(SIDES)].fillna(False).to_numpy(dtype=bool)
    held = inside[assigned[inside].any(axis=1)]
    label = f"{context.outlet(cell.outlet)} في {isolated(cell.period)}: {counted(cell.n_articles, ARTICLE)}"

    def marks(row: int) -> list[Span]:
        return [span for side in SIDES for span in context.theme_marks(side)(row)]

    interval = "" if pd.isna(cell.low) else f"{_points(cell.low)} … {_points(cell.high)}"
    text = f"{_points(cell.share)} ({cell.n_articles:,})"
    return Number(text, context.ledger.add(label, held, marks), interval=interval)


def _points(share: float) -> str:
    return f"{share * 100:+.0f}".replace("-", "−")


def _period(context: Context, most: int = _COLUMNS) -> str:
    """Return the period of the study, or the first longer one that makes few enough columns."""
    wanted, dates = context.options.trend_period, context.passages.table["date"].dropna()
    for period in _FINER[_FINER.index(wanted) :]:
        if dates.empty:
            break
        columns = dates.max().to_period(frequency(period)) - dates.min().to_period(
            frequency(period)
        )
        if columns.n < most:
            return period
    return wanted if dates.empty else "Y"


def _placed(context: Context, period: str) -> pd.Series:
    """Return the period of each passage as text; empty where its window reaches over several."""
    table, freq = context.passages.table, frequency(period)
    first, last = (table[name].dt.to_period(freq) for name in ("date_start", "date_end"))
    when = table["date"].dt.to_period(freq)
    wide = (first != last) & first.notna() & last.notna()
    return when.where(~wide).astype(str)


def _number(context: Context, cell: Any, placed: pd.Series, top: float) -> Number:
    if not cell.n_articles:
        return Number("–")
    inside: Rows = np.flatnonzero((placed == cell.period).to_numpy())
    rows = context.with_theme(inside, cell.theme)
    name, when = context.theme_names[cell.theme], isolated(cell.period)
    label = f"«{name}» في {when}: {counted(cell.n_articles, ARTICLE)}"
    return share(cell, context.ledger.add(label, rows, context.theme_marks(cell.theme)), top)
