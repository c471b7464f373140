"""Keyness: the words that set the two largest outlets apart."""

from __future__ import annotations

from typing import Any

import pandas as pd

from syriatopics.framing import Keyness, keyness
from syriatopics.matrix import count_terms
from syriatopics.report.context import Context
from syriatopics.report.parts import Cell, Number, Panel, Panels, Part, Row, Section, Table
from syriatopics.report.words import Text, visible

__all__ = ["keywords"]

_WORDS = 12
_CAPTIONS = {
    False: Text("ما يُخبر به: أبرز كلمات كل ناشر في مقابل الآخر", "What is reported"),
    True: Text("كيف يُخبر به: كلمات الرواية والمصادر والأيام", "How it is reported"),
}


def keywords(context: Context) -> Section:
    """Compare the words of the two outlets with the most text."""
    focal, reference = context.corpus.largest_outlets(2)
    result = keyness(context.dtm, focal, reference)
    tested = bool(result.table["z"].notna().any())
    return Section(
        "keyness",
        Text("كلمات تميز ناشرا من آخر", "Words that set outlets apart"),
        prose=[
            f"تُقارن كلمات {context.outlet(focal)} بكلمات {context.outlet(reference)}، وهما الناشران "
            "الأكثر نصا. طول الشريط لوغاريتم نسبة الأرجحية، والعدد مرات ورود الكلمة عند صاحب اللوحة.",
        ],
        parts=[
            *(
                Panels(
                    said,
                    [
                        _side(context, result, focal, 1, newsroom),
                        _side(context, result, reference, -1, newsroom),
                    ],
                    mark="bar",
                )
                for newsroom, said in _CAPTIONS.items()
            ),
            *_headlines(context, focal, reference),
        ],
        caution=""
        if tested
        else "لأحد الناشرين مقال واحد، فلا اختبار هنا: الكلمات تصف هذه المقالات وحدها.",
        notes=result.notes,
    )


def _headlines(context: Context, focal: str, reference: str) -> list[Part]:
    """Compare the words of the headlines of both outlets, which the words above leave out."""
    headlines, own = context.headlines, context.headlines.table["outlet"]
    if not {focal, reference} <= set(own):
        return []
    counts = count_terms(headlines, min_df=context.options.min_df, max_df=1.0)
    if not counts.shape[1]:
        return []
    result = keyness(counts, focal, reference, production="all", min_count=context.options.min_df)
    sides = ((focal, result.table), (reference, result.table.iloc[::-1]))
    rows: list[list[Cell]] = []
    for outlet, table in sides:
        mine = table["log_odds"] > 0 if outlet == focal else table["log_odds"] < 0
        words = table[mine].head(_WORDS)
        column = "count_focal" if outlet == focal else "count_reference"
        said = [f"{visible(w.display)} ({getattr(w, column):,})" for w in words.itertuples()]
        rows.append([context.outlet(outlet), "، ".join(said) or "–"])
    caption = Text(
        "في العناوين وحدها: الكلمات وعدد مراتها", "Headlines alone: words and how often they stand"
    )
    head = [Text("الناشر", "Outlet"), Text("أبرز كلماته", "Its words")]
    return [Table(caption, head, rows, even=True)]


def _side(context: Context, result: Keyness, outlet: str, sign: int, newsroom: bool) -> Panel:
    table = result.table[result.table["newsroom"] == newsroom].iloc[::sign]
    chosen = table[table["log_odds"] * sign > 0].head(_WORDS)
    reach = float(result.table["log_odds"].abs().max())
    rows = [_row(context, word, outlet, sign, reach) for word in chosen.itertuples()]
    return Panel(Text(context.outlet(outlet)), rows, colour=0 if sign > 0 else 5)


def _row(context: Context, word: Any, outlet: str, sign: int, reach: float) -> Row:
    behind = context.with_term(word.term, context.rows_of(outlet))
    label = f"«{word.display}» عند {context.outlet(outlet)}"
    count = word.count_focal if sign > 0 else word.count_reference
    evidence = context.ledger.add(label, behind, context.term_marks(word.term))
    sure = "" if pd.isna(word.q) or word.q >= 0.05 else "q < 0.05"
    number = Number(f"{count:,}", evidence, abs(float(word.log_odds)) / reach, interval=sure)
    return Row(word.display, number)
