"""One event in several outlets: who covered it, when, with which headline, themes, names and voices."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd

from syriatopics.corpus import Corpus
from syriatopics.framing import matched_events, tellings
from syriatopics.report.context import Context
from syriatopics.report.parts import Cell, Number, Section, Table
from syriatopics.report.words import Text, percent, visible

__all__ = ["events"]

# So many events are shown, the largest first, and so much of each.
_EVENTS, _ARTICLES, _SHOWN = 8, 12, 2


def events(context: Context) -> Section:
    """Put articles of one event beside each other."""
    found = matched_events(context.corpus)
    sizes = found.table["event"].value_counts(sort=False)
    chosen = sizes.sort_index().sort_values(ascending=False, kind="stable").index[:_EVENTS]
    return Section(
        "events",
        Text("الحدث الواحد عند ناشرين", "One event in several outlets"),
        prose=[
            "مقالات كتبها ناشرون مختلفون في أيام متقاربة عن الشيء نفسه. تُقرأ الصفوف معا: من غطى الحدث ومتى، "
            "وبأي عنوان ومحاور وتسميات، ومن تكلم فيه. والعمود الأخير ما روته المقالة من كلمات أول مقالة "
            "في الحدث.",
        ],
        parts=[
            _table(context, number, found.table[found.table["event"] == event], found.headlines)
            for number, event in enumerate(chosen, 1)
        ],
        caution="" if len(chosen) else "لا حدث في هذه المدونة رواه ناشران في أيام متقاربة.",
        notes=found.notes,
    )


def _table(context: Context, number: int, rows: pd.DataFrame, headlines: pd.DataFrame) -> Table:
    rows = rows.sort_values(["date", "article_id"]).head(_ARTICLES)
    told = _told(context.corpus, rows["article_id"].tolist())
    titles = headlines.set_index("article_id")["headline"]
    lines: list[list[Cell]] = []
    for row in rows.itertuples():
        place = np.flatnonzero((context.passages.table["article_id"] == row.article_id).to_numpy())
        name = f"{context.outlet(row.outlet)} · {row.date:%Y-%m-%d}"
        evidence = context.ledger.add(f"{name}: الحدث {number}", place)
        lines.append(
            [
                name,
                visible(str(titles.get(row.article_id, "–"))),
                *_read(context, place),
                Number(f"{len(place):,}", evidence),
                told.get(row.article_id, "–"),
            ]
        )
    head = [
        Text("الناشر واليوم", "Outlet, day"), Text("العنوان", "Headline"), Text("المحاور", "Themes"),
        Text("التسميات", "Names"), Text("المتكلمون", "Voices"), Text("الفقرات", "Passages"),
        Text("من أول مقالة", "Of the first"),
    ]  # fmt: skip
    days = f"{rows['date'].min():%Y-%m-%d}"
    caption = Text(
        f"الحدث {number}: {days}، {len(rows):,} مقالات",
        f"Event {number}: {days}, {len(rows):,} articles",
    )
    return Table(caption, head, lines)


def _read(context: Context, place: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[Cell]:
    """Return the themes, labels and speakers that an article has most of."""
    ids = context.passages.table["passage_id"].iloc[place]
    weights = context.scores.table.iloc[place].mean().sort_values(ascending=False, kind="stable")
    themes = [context.theme_names[name] for name, value in weights.items() if value > 0][:_SHOWN]
    called, said = (
        table[table["passage_id"].isin(ids)]
        for table in (context.named.mentions, context.said.table)
    )
    labels = Counter(
        context.named.labels.get(f"{m.referent}/{m.label}", m.label)
        for m in called.itertuples()
        if m.voice == "own"
    )
    speakers = Counter(name for name in said["speaker_resolved"] if name)
    return [
        "، ".join(map(visible, themes)) or "–",
        *(
            "، ".join(visible(name) for name, _ in names.most_common(_SHOWN)) or "–"
            for names in (labels, speakers)
        ),
    ]


def _told(corpus: Corpus, ids: list[str]) -> dict[str, str]:
    """Return how many words of the first article of an event each of the others tells."""
    first, *others = ids
    found = tellings(Corpus([corpus[name] for name in others]), corpus[first])
    return {row.article_id: percent(row.told) for row in found.pairs.itertuples()}
