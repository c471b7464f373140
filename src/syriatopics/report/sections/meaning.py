"""One word in two companies: does it stand beside other words in one outlet than in another?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from syriatopics.framing import Meaning, meaning
from syriatopics.report.context import Context
from syriatopics.report.parts import Cell, Number, Section, Table
from syriatopics.report.words import Text, visible

__all__ = ["meanings"]

# Words over whose sense outlets part; of each so many pairs of outlets, and so many words beside it.
_WORDS = ("النظام", "المعارضة", "الحكومة", "اللاجئين", "الثورة", "المصالحة")
_PASSAGES, _PAIRS, _BESIDE = 30, 4, 4


def meanings(context: Context) -> Section:
    """Compare the contexts of some words between outlets."""
    texts = context.passages.texts
    words = [word for word in _WORDS if sum(word in text for text in texts) >= _PASSAGES]
    found = meaning(context.passages, words, production="all") if words else None
    rows = found.table if found else pd.DataFrame(columns=["word", "p"])
    rows = rows[rows["p"].notna()]
    return Section(
        "meaning",
        Text("الكلمة الواحدة في صحبتين", "One word in two companies"),
        prose=[
            "أتقف الكلمة عند ناشر بجوار كلمات غير التي تقف بجوارها عند آخر؟ المسافة بين متوسطي السياق "
            "بعد طرح ما تضيفه الصدفة، وبجانبها ما تعطيه الصدفة وحدها في مقالات بهذا العدد.",
        ],
        parts=[
            _table(context, found, word, part) for word, part in rows.groupby("word", sort=False)
        ]
        if found
        else [],
        caution=""
        if len(rows)
        else "لا كلمة من هذه الكلمات يكثر ورودها عند ناشرين في هذه المدونة.",
        notes=found.notes if found else (),
    )


def _table(context: Context, found: Meaning, word: Any, rows: pd.DataFrame) -> Table:
    beside = found.words[found.words["word"] == word]
    places = found.mentions[found.mentions["word"] == word]
    ids = pd.Index(context.passages.table["passage_id"])
    lines: list[list[Cell]] = []
    for row in (
        rows.sort_values("distance", ascending=False, kind="stable").head(_PAIRS).itertuples()
    ):
        here = places[places["group"].isin([row.a, row.b])]["passage_id"]
        label = f"{word}: {context.outlet(row.a)}، {context.outlet(row.b)}"
        evidence = context.ledger.add(label, np.unique(ids.get_indexer(here)))
        near = beside[(beside["a"] == row.a) & (beside["b"] == row.b)]
        shown = [
            "، ".join(map(visible, near[near["side"] == side]["display"].head(_BESIDE)))
            for side in (row.a, row.b)
        ]
        lines.append(
            [
                f"{context.outlet(row.a)} · {context.outlet(row.b)}",
                Number(f"{row.distance:.2f}", evidence),
                f"{row.chance:.2f}",
                f"{row.q:.3f}",
                *shown,
            ]
        )
    head = [
        Text("الناشران", "Outlets"), Text("المسافة", "Distance"), Text("الصدفة", "Chance"), Text("q", "q"),
        Text("بجوارها عند الأول", "Beside it, first"), Text("بجوارها عند الثاني", "Beside it, second"),
    ]  # fmt: skip
    return Table(Text(str(word), str(word)), head, lines)
