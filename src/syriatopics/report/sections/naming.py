"""Naming: what outlets call the same thing, in their own voice and in the words of others."""

from __future__ import annotations

from typing import Any

import pandas as pd

from syriatopics.framing import Naming, naming
from syriatopics.lexicons import load
from syriatopics.report.context import Context
from syriatopics.report.parts import Cell, Number, Part, Section, Table
from syriatopics.report.words import Text, percent

__all__ = ["names"]

# The referents named most often, and the outlets that name most: more is nothing to look at.
_REFERENTS, _OUTLETS, _HEADLINES = 6, 6, 8
_QUOTED = ("direct", "reported")


def names(context: Context) -> Section:
    """Compare the labels that outlets use for the same referent."""
    result = context.named
    mentions = result.mentions
    own = result.table[result.table["voice"] == "own"]
    counted = (
        own.groupby("referent")["n_mentions"].sum().sort_values(ascending=False, kind="stable")
    )
    # One label only: there is nothing to choose between.
    several = own[own["n_mentions"] > 0].groupby("referent")["label"].nunique()
    chosen = [r for r in counted.index if several.get(r, 0) > 1][:_REFERENTS]
    spoken = own.groupby("outlet")["n_mentions"].sum().sort_values(ascending=False, kind="stable")
    outlets = sorted(spoken.index[:_OUTLETS])
    return Section(
        "naming",
        Text("التسميات", "Naming"),
        prose=[
            "ماذا يسمي كل ناشر الشيء نفسه حين يتكلم بصوته؟ النسبة نصيب التسمية من كل ما سُمي به "
            "الشيء في المقال، متوسطا على المقالات. والعمود الأخير يعد التسمية في كلام ينقله الناشرون "
            "عن غيرهم، فلا تُنسب إليهم.",
            "تدخل هنا نصوص الوكالات والترجمات أيضا: تسمياتها تسميات كاتبها أو مترجمها.",
        ],
        parts=[
            *(_table(context, result, mentions, referent, outlets) for referent in chosen),
            *_headlines(context),
        ],
        caution="" if chosen else "لا تسميتان لشيء واحد في هذه المدونة.",
        notes=result.notes,
    )


def _headlines(context: Context) -> list[Part]:
    """Count the labels in headlines, which the shares above do not."""
    if not len(context.headlines):
        return []
    result = naming(context.headlines, production="all")
    own = result.mentions[result.mentions["voice"] == "own"]
    most = own.groupby(["referent", "label"]).size().sort_values(ascending=False, kind="stable")
    known = {referent.id: referent.ar for referent in load("naming").referent}
    outlets = sorted(own["outlet"].dropna().value_counts(sort=False).nlargest(_OUTLETS).index)
    rows: list[list[Cell]] = []
    for referent, label in most.index[:_HEADLINES]:
        found = own[(own["referent"] == referent) & (own["label"] == label)]
        counts = [Number(f"{(found['outlet'] == outlet).sum():,}") for outlet in outlets]
        rows.append([known[referent], result.labels.get(f"{referent}/{label}", label), *counts])
    head = [Text("المسمى", "Referent"), Text("التسمية", "Label")]
    head += [Text(context.outlet(outlet)) for outlet in outlets]
    caption = Text(
        "في العناوين وحدها: عدد المرات، ولا تدخل في النسب أعلاه",
        "Headlines alone: counts, which the shares above leave out",
    )
    return [Table(caption, head, rows, even=True)] if rows else []


def _table(
    context: Context, result: Naming, mentions: pd.DataFrame, referent: str, outlets: list[str]
) -> Table:
    known = {r.id: r for r in load("naming").referent}[referent]
    rows = result.table[(result.table["referent"] == referent) & (result.table["voice"] == "own")]
    cells = {(row.outlet, row.label): row for row in rows.itertuples()}
    labels = (
        mentions[mentions["referent"] == referent]["label"].value_counts(sort=False).sort_index()
    ).sort_values(ascending=False, kind="stable")
    lines: list[list[Cell]] = []
    for label in labels.index:
        name = result.labels.get(f"{referent}/{label}", label)
        shares = [
            _share(context, mentions, cells.get((outlet, label)), name, referent)
            for outlet in outlets
        ]
        lines.append([name, *shares, _quoted(context, mentions, referent, label, name)])
    shown = [Text(context.outlet(outlet)) for outlet in outlets]
    head = [Text("التسمية", "Label"), *shown, Text("في كلام منقول", "Quoted")]
    return Table(Text(known.ar, known.en), head, lines, even=True)


def _share(context: Context, mentions: pd.DataFrame, cell: Any, name: str, referent: str) -> Number:
    if cell is None or pd.isna(cell.share):
        return Number("–")
    found = mentions[
        (mentions["referent"] == referent)
        & (mentions["label"] == cell.label)
        & (mentions["voice"] == "own")
    ]
    label = f"«{name}» بصوت {context.outlet(cell.outlet)}"
    evidence = context.ledger.add(label, *context.by_passage(found, cell.outlet))
    interval = "" if pd.isna(cell.low) else f"{percent(cell.low)}–{percent(cell.high)}"
    return Number(percent(cell.share), evidence, float(cell.share), interval=interval)


def _quoted(
    context: Context, mentions: pd.DataFrame, referent: str, label: str, name: str
) -> Number:
    same = (mentions["referent"] == referent) & (mentions["label"] == label)
    found = mentions[same & mentions["voice"].isin(_QUOTED)]
    rows, marks = context.by_passage(found)
    return Number(f"{len(found):,}", context.ledger.add(f"«{name}» في كلام منقول", rows, marks))
