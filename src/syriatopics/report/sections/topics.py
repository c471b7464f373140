"""Topics: which words stand together, and in which passages."""

from __future__ import annotations

import numpy as np

from syriatopics.order import largest
from syriatopics.report.context import Context, in_order
from syriatopics.report.parts import Number, Panel, Panels, Row, Section
from syriatopics.report.words import Text, percent, visible
from syriatopics.topics import FittedTopics

__all__ = ["topics"]

_WORDS = 8


def topics(context: Context) -> Section:
    """Show the topics of NMF with their words."""
    fitted = context.topics
    quality = fitted.quality()
    caption = Text("كل موضوع: نسبته وكلماته", "Each topic: its share and its words")
    return Section(
        "topics",
        Text("الموضوعات وكلماتها", "Topics and their words"),
        prose=[
            "الموضوع كلمات تأتي معا في الفقرات نفسها (نموذج NMF). لا اسم له حتى تُقرأ كلماته ثم "
            "فقراته؛ والاسم إن وُجد من وضع قارئ. طول الشريط وزن الكلمة في موضوعها، والعدد الفقرات "
            "التي فيها الكلمة.",
        ],
        parts=[
            Panels(
                caption, [_panel(context, fitted, t) for t in range(len(fitted.phi))], mark="bar"
            )
        ],
        notes=[
            fitted.model,
            f"coherence {quality.coherence:.2f}, exclusivity {quality.exclusivity:.2f}, "
            f"diversity {quality.diversity:.2f}",
            *fitted.notes,
        ],
    )


def _panel(context: Context, fitted: FittedTopics, topic: int) -> Panel:
    weight = np.nan_to_num(fitted.theta[:, topic])
    # A passage belongs to the topic that it has most of; all others would be behind it too.
    scored = np.flatnonzero(~np.isnan(fitted.theta).any(axis=1))
    rows = scored[largest(fitted.theta[scored]) == topic]
    rows = in_order(rows, weight)
    words = fitted.top_terms(_WORDS).query("topic == @topic")
    heaviest = float(words["weight"].max())
    named = (fitted.names or {}).get(topic, ("", ""))[0]
    name = f"الموضوع {topic}" + (f": {visible(named)}" if named else "")
    opened = context.ledger.add(f"{name}: الفقرات التي يغلب عليها", rows)
    shown = []
    for word in words.itertuples():
        holding = in_order(context.with_term(word.term), weight)
        label = f"«{word.display}» في الفقرات، وأولها ما يغلب عليه {name}"
        evidence = context.ledger.add(label, holding, context.term_marks(word.term))
        number = Number(f"{len(holding):,}", evidence, float(word.weight) / heaviest)
        shown.append(Row(word.display, number))
    share = float(fitted.table["share"].iat[topic])
    return Panel(Text(name), shown, Number(percent(share), opened))
