"""Keyness: the words that set the two largest outlets apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.framing import Keyness, keyness
from syriatopics.matrix import count_terms
from syriatopics.report.context import Context
from syriatopics.report.parts import Cell, Number, Panel, Panels, Part, Row, Section, Table
from syriatopics.report.words import Text, visible

__all__ = ["keywords"]

_WORDS = 12
# A table of words by two axes: log-odds at which a column ends, shares of words at which a row does.
_LAID_OUT, _IN_CELL = 3, 4
_LEANS, _OFTEN = (1.0, 0.3, -0.3, -1.0), (0.9, 0.98)
_BANDS = ("نادرة", "مألوفة", "كثيرة")
_SIDES = ("تميل كثيرا إلى {}", "تميل إليه قليلا", "بين بين", "تميل عنه قليلا", "تميل عنه كثيرا")
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
            *_two_axes(context),
        ],
        caution=""
        if tested
        else "لأحد الناشرين مقال واحد، فلا اختبار هنا: الكلمات تصف هذه المقالات وحدها.",
        notes=result.notes,
    )


def _two_axes(context: Context) -> Iterator[Part]:
    """Lay out the words of each large outlet by how often they stand, and how far it leans to them."""
    known = context.corpus.table["outlet"].nunique()
    for outlet in context.corpus.largest_outlets(min(_LAID_OUT, known) if known > 1 else 0):
        table = keyness(context.dtm, outlet, production="all").table
        table = table[~table["newsroom"]]
        lean = np.digitize(table["log_odds"], _LEANS[::-1])
        often = np.digitize(table["count"], np.quantile(table["count"], _OFTEN))
        name = context.outlet(outlet)
        surest = table.assign(lean=len(_LEANS) - lean, often=often, sure=table["z_tokens"].abs())
        surest = surest.sort_values(["sure", "term"], ascending=[False, True])
        rows: list[list[Cell]] = [
            [said, *(_words(context, surest, outlet, k, band) for k in range(len(_LEANS) + 1))]
            for band, said in reversed(list(enumerate(_BANDS)))
        ]
        caption = Text(
            f"كلمات {name} في مقابل بقية الناشرين: إلى أي جانب تميل، وكم ترد",
            "Words of one outlet against the rest: which side they lean to, and how often they stand",
        )
        head = [Text("ورودها", "How often"), *(Text(said.format(name)) for said in _SIDES)]
        yield Table(caption, head, rows, even=True)


def _words(
    context: Context, table: pd.DataFrame, outlet: str, lean: int, band: int
) -> list[Number]:
    chosen = table[(table["lean"] == lean) & (table["often"] == band)].head(_IN_CELL)
    there, found = context.rows_of(outlet), []
    for word in chosen.itertuples():
        # What leans to the outlet opens its lines, what leans away those of all.
        rows = context.with_term(word.term, there if lean < len(_LEANS) / 2 else None)
        here, elsewhere = f"{word.count_focal:,}", f"{word.count_reference:,}"
        label = f"«{word.display}»: {here} عند {context.outlet(outlet)}، {elsewhere} عند غيره"
        evidence = context.ledger.add(label, rows, context.term_marks(word.term))
        found.append(Number(visible(word.display), evidence))
    return found


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
