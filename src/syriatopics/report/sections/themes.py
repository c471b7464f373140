"""Themes by outlet: how much humanitarian, how much political transition, and the others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from syriatopics.inference import prevalence
from syriatopics.report.context import Context, scale_top, share
from syriatopics.report.parts import (
    Cell,
    Number,
    Pair,
    Pairs,
    Panel,
    Panels,
    Part,
    Row,
    Section,
    Table,
)
from syriatopics.report.words import ARTICLE, PASSAGE, Text, counted, isolated, percent

__all__ = ["SIDES", "basis", "intervals", "themes"]

# The two sides of the question that most comparisons begin with.
SIDES = ("humanitarian", "political_transition")


def themes(context: Context) -> Section:
    """Compare the shares of themes between outlets."""
    result = context.shares
    table, top = result.table, scale_top(result.table)
    cells = {(row.outlet, row.theme): row for row in table.itertuples()}
    outlets = list(dict.fromkeys(table["outlet"]))
    numbers = {key: _number(context, row, top) for key, row in cells.items()}
    ends = ("0%", percent(top))
    parts: list[Part] = []
    names = context.theme_names
    english = {theme.id: theme.en for theme in context.themes.theme}
    if set(SIDES) <= set(names):
        first, second = SIDES
        parts.append(
            Pairs(
                Text("الإنساني في مقابل الانتقال السياسي", "Humanitarian and political transition"),
                Text(names[first], english[first]),
                Text(names[second], english[second]),
                [
                    Pair(context.outlet(outlet), numbers[outlet, first], numbers[outlet, second])
                    for outlet in outlets
                ],
                ends,
            )
        )
    panels = [
        Panel(
            Text(names[theme], english.get(theme, theme)),
            [Row(context.outlet(o), numbers[o, theme], basis(cells[o, theme])) for o in outlets],
        )
        for theme in dict.fromkeys(table["theme"])
    ]
    caption = Text(
        "كل محور عند كل ناشر: نسبة الفقرات", "Each theme in each outlet: share of passages"
    )
    parts.append(Panels(caption, panels, ends))
    parts += _headlines(context, outlets)
    return Section(
        "themes",
        Text("المحاور بحسب الناشر", "Themes by outlet"),
        prose=[
            "المحور ما تتناوله الفقرة، لا الإطار الذي يوضع فيه الحدث. تُحسب النسبة داخل كل مقال "
            "أولا، ثم تُتوسط على المقالات، كي لا يتكلم مقال طويل باسم ناشره. قد تحمل الفقرة أكثر "
            "من محور.",
            intervals(table.itertuples(), result.unit),
        ],
        parts=parts,
        notes=result.notes,
    )


def _headlines(context: Context, outlets: list[Any]) -> list[Part]:
    """Show the themes of headlines, which the shares above do not count."""
    scores = context.headline_scores
    if scores is None:
        return []
    table = prevalence(scores, by="outlet", production="all").table
    cells = {(row.outlet, row.theme): row for row in table.itertuples()}
    shown = [outlet for outlet in outlets if any(key[0] == outlet for key in cells)]
    rows: list[list[Cell]] = [
        [name, *(_in_headlines(cells.get((outlet, theme))) for outlet in shown)]
        for theme, name in context.theme_names.items()
    ]
    head = [Text("المحور", "Theme"), *(Text(context.outlet(outlet)) for outlet in shown)]
    caption = Text(
        "في العناوين وحدها: نسبة العناوين، ولا تدخل في النسب أعلاه",
        "Headlines alone: share of headlines, which the shares above leave out",
    )
    return [Table(caption, head, rows, even=True)]


def _in_headlines(cell: Any) -> Number:
    if cell is None or pd.isna(cell.share):
        return Number("–")
    interval = "" if pd.isna(cell.low) else f"{percent(cell.low)}–{percent(cell.high)}"
    return Number(f"{percent(cell.share)} ({cell.n_articles:,})", interval=interval)


def _number(context: Context, cell: Any, top: float) -> Number:
    rows = context.with_theme(context.rows_of(cell.outlet), cell.theme)
    name, outlet = context.theme_names[cell.theme], context.outlet(cell.outlet)
    label = f"«{name}» عند {outlet}: {basis(cell)}"
    return share(cell, context.ledger.add(label, rows, context.theme_marks(cell.theme)), top)


def basis(cell: Any) -> str:
    """Say how much a share rests on."""
    return f"{counted(cell.n_articles, ARTICLE)}، {counted(cell.n_passages, PASSAGE)}"


_UNITS = {
    "article": "ووحدته المقال لا الفقرة",
    "day": "ووحدته اليوم: لا تُعدّ مقالات اليوم الواحد مستقلة بعضها عن بعض",
    "week": "ووحدته الأسبوع: لا تُعدّ مقالات الأسبوع الواحد مستقلة بعضها عن بعض",
    "month": "ووحدته الشهر: لا تُعدّ مقالات الشهر الواحد مستقلة بعضها عن بعض",
    "story": "ووحدته القصة: لا تُعدّ مقالات القصة الواحدة مستقلة بعضها عن بعض",
}


def intervals(cells: Iterable[Any], unit: str = "article") -> str:
    """Say in words where intervals are drawn, by what, and where the data cannot carry one."""
    rows = [row for row in cells if row.n_articles > 0]
    drawn = [row for row in rows if pd.notna(row.low)]
    if drawn:
        said = f"الخط حول الرقم مجال الثقة ({isolated('95%')})، {_UNITS.get(unit, isolated(unit))}."
        bare = " والرقم الذي لا خط حوله يقوم على مقالات أقل من أن تحمل مجالا."
        return said + (bare if len(drawn) < len(rows) else "")
    if max((row.n_articles for row in rows), default=0) == 1:
        return "خلف كل رقم مقال واحد: يصف الرقم هذا المقال ولا يصف ناشره، ولا مجال للثقة حوله."
    return "خلف كل رقم مقالات أقل من أن تحمل مجالا للثقة: تظهر الأرقام وحدها."
