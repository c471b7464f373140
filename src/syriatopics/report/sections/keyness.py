"""Keyness: the words that set the two largest outlets apart."""

from __future__ import annotations

from typing import Any

import pandas as pd

from syriatopics.framing import Keyness, keyness
from syriatopics.report.context import Context
from syriatopics.report.parts import Number, Panel, Panels, Row, Section
from syriatopics.report.words import Text

__all__ = ["keywords"]

_WORDS = 12


def keywords(context: Context) -> Section:
    """Compare the words of the two outlets with the most text."""
    focal, reference = context.corpus.largest_outlets(2)
    result = keyness(context.dtm, focal, reference)
    tested = bool(result.table["z"].notna().any())
    caption = Text(
        "أبرز كلمات كل ناشر في مقابل الآخر", "The words of each outlet against the other"
    )
    return Section(
        "keyness",
        Text("كلمات تميز ناشرا من آخر", "Words that set outlets apart"),
        prose=[
            f"تُقارن كلمات {context.outlet(focal)} بكلمات {context.outlet(reference)}، وهما الناشران "
            "الأكثر نصا. طول الشريط لوغاريتم نسبة الأرجحية، والعدد مرات ورود الكلمة عند صاحب اللوحة.",
        ],
        parts=[
            Panels(
                caption,
                [_side(context, result, focal, 1), _side(context, result, reference, -1)],
                mark="bar",
            )
        ],
        caution=""
        if tested
        else "لأحد الناشرين مقال واحد، فلا اختبار هنا: الكلمات تصف هذه المقالات وحدها.",
        notes=result.notes,
    )


def _side(context: Context, result: Keyness, outlet: str, sign: int) -> Panel:
    table = result.table if sign > 0 else result.table.iloc[::-1]
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
