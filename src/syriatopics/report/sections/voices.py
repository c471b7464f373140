"""Voices: whose words an outlet prints, and who is quoted most."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from syriatopics.framing import Quotations, quotations
from syriatopics.report.context import Context, in_order, scale_top, share
from syriatopics.report.parts import Cell, Number, Panel, Panels, Part, Row, Section, Table
from syriatopics.report.sections.themes import intervals
from syriatopics.report.words import ARTICLE, Text, counted, percent, visible

__all__ = ["NAMES", "voices"]

_SPEAKERS = 10
_OWN = "own voice"
NAMES = {
    _OWN: "صوت الناشر نفسه",
    "syrian_government": "الحكومة السورية",
    "opposition": "المعارضة",
    "kurdish_sdf": "القوى الكردية",
    "jihadist": "الجماعات الجهادية",
    "russia": "روسيا",
    "iran": "إيران",
    "turkey": "تركيا",
    "united_states": "الولايات المتحدة",
    "europe": "أوروبا",
    "arab_states": "الدول العربية",
    "israel": "إسرائيل",
    "united_nations": "الأمم المتحدة",
    "civil_society": "المجتمع المدني",
    "humanitarian": "هيئات الإغاثة",
    "other": "آخرون",
    "unknown": "غير محدد",
}


def voices(context: Context) -> Section:
    """Show the shares of voices in each outlet."""
    said = context.said
    result = said.shares(production="all")
    table, top = result.table, scale_top(result.table)
    heard = table[table["n_words"] > 0]
    panels = [
        Panel(
            Text(context.outlet(outlet)),
            [_row(context, said, cell, top) for cell in _ordered(rows)],
            note=counted(int(rows["n_articles"].max()), ARTICLE),
        )
        for outlet, rows in heard.groupby("outlet", sort=True)
    ]
    caption = Text("لمن الكلام عند كل ناشر: نسبة الكلمات", "Whose words each outlet prints")
    return Section(
        "voices",
        Text("الأصوات", "Voices"),
        prose=[
            "تُنسب كل كلمة إلى من قالها: صوت الناشر، أو من ينقل عنه نقلا حرفيا أو بالمعنى. والكلام "
            "المنقول داخل كلام منقول يُحسب للأول. «غير محدد» قائل لا تعرف القواميس طرفه.",
            intervals(table.itertuples(), result.unit),
        ],
        parts=[
            Panels(caption, panels, ("0%", percent(top)), "bar"),
            _speakers(context, said),
            *_headlines(context),
        ],
        notes=[*said.notes, *result.notes],
    )


def _headlines(context: Context) -> list[Part]:
    """Count the headlines in which somebody speaks; the shares above do not hold them."""
    if not len(context.headlines):
        return []
    said = quotations(context.headlines)
    every = context.headlines.table
    rows: list[list[Cell]] = []
    for outlet, mine in every.dropna(subset="outlet").groupby("outlet", sort=True):
        here = said.table[said.table["passage_id"].isin(mine["passage_id"])]
        speaking = here.drop_duplicates("passage_id")
        direct = here[here["direct"]].drop_duplicates("passage_id")
        counts = [Number(f"{len(table):,}") for table in (mine, speaking, direct)]
        rows.append([context.outlet(outlet), *counts])
    head = [Text("الناشر", "Outlet"), Text("العناوين", "Headlines")]
    head += [Text("منها ما ينقل قولا", "With a speaker"), Text("حرفيا", "Direct")]
    caption = Text(
        "في العناوين وحدها، ولا تدخل في النسب أعلاه",
        "Headlines alone, which the shares above leave out",
    )
    return [Table(caption, head, rows, even=True)] if rows else []


def _ordered(rows: pd.DataFrame) -> Any:
    """The outlet's own voice first, then who speaks most."""
    own = (rows["voice"] == _OWN).to_numpy()
    order = np.lexsort((-rows["share"].to_numpy(), ~own))
    return rows.iloc[order].itertuples()


def _row(context: Context, said: Quotations, cell: Any, top: float) -> Row:
    name = NAMES.get(cell.voice, cell.voice)
    label = f"{name} عند {context.outlet(cell.outlet)}"
    inside = context.rows_of(cell.outlet)
    if cell.voice == _OWN:
        quoted = said.spoken.sum(axis=1).to_numpy()
        rows = inside[quoted[inside] < said.words.to_numpy()[inside]]
        evidence = context.ledger.add(label, in_order(rows, (said.words - quoted).to_numpy()))
    else:
        outer = said.table[~said.table["nested"]]
        found = outer[outer["side"].replace("", "unknown") == cell.voice]
        evidence = context.ledger.add(label, *context.by_passage(found, cell.outlet))
    return Row(name, share(cell, evidence, top))


def _speakers(context: Context, said: Quotations) -> Table:
    outer = said.table[~said.table["nested"] & (said.table["speaker_resolved"] != "")]
    words = outer.groupby("speaker_resolved")["n_words"].sum()
    first = words.sort_values(ascending=False, kind="stable").head(_SPEAKERS)
    rows: list[list[Cell]] = []
    for speaker, n_words in first.items():
        found = outer[outer["speaker_resolved"] == speaker]
        name = visible(str(speaker))
        evidence = context.ledger.add(f"أقوال {name}", *context.by_passage(found))
        outlets = " · ".join(
            context.outlet(outlet) for outlet in sorted(found["outlet"].dropna().unique())
        )
        direct = found[found["direct"]]
        behind = context.by_passage(direct)
        rows.append(
            [
                name,
                Number(f"{len(found):,}", evidence),
                Number(f"{len(direct):,}", context.ledger.add(f"أقوال {name} الحرفية", *behind)),
                Number(f"{n_words:,}", evidence),
                outlets or "بلا ناشر معروف",
            ]
        )
    head = [
        Text("القائل", "Speaker"),
        Text("الأقوال", "Quotations"),
        Text("منها حرفية", "Direct"),
        Text("الكلمات", "Words"),
        Text("عند", "Outlets"),
    ]
    return Table(Text("أكثر من يُنقل عنهم", "Who is quoted most"), head, rows)
