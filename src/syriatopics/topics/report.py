"""All there is to know of one topic, on one page: words, passages, outlets, period."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.corpus import Passages
from syriatopics.inference import prevalence
from syriatopics.results import Result, table_html
from syriatopics.topics.wording import RANKINGS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from syriatopics.topics.fitted import FittedTopics

__all__ = ["TopicReport", "report"]


@dataclass(frozen=True, eq=False, kw_only=True)
class TopicReport(Result):
    """One topic. The table holds its words: ``rank`` and a column per ranking.

    Attributes
    ----------
    topic : int
    ar, en : str
        Its labels.
    passages : Passages
        Those with most of it.
    outlets : DataFrame
        ``outlet, share, low, high, n_articles, n_passages, note``.
    period : DataFrame
        ``month, share, n_articles``: the share of the topic in the articles of each month.
    """

    topic: int
    ar: str
    en: str
    passages: Passages
    outlets: pd.DataFrame
    period: pd.DataFrame

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the share of the topic over the months."""
        from syriatopics.plots import bars

        return bars(
            self.period, ax, **{"name": "month", "value": "share", "xlabel": "share", **options}
        )

    def _repr_html_(self) -> str:
        shown = self.passages.table[["weight", "passage_id", "outlet", "date", "text"]]
        notes = "".join(f'<li dir="auto">{html.escape(note)}</li>' for note in self.notes)
        parts = [
            f'<h3 dir="auto">{self.topic} · {html.escape(self.ar)}</h3>',
            f'<p dir="ltr">{html.escape(self.en)}</p>',
            table_html(self.table),
            table_html(shown),
            table_html(self.outlets),
            table_html(self.period, rows=36),
            f"<ul>{notes}</ul>" if notes else "",
        ]
        return f'<div dir="rtl" lang="ar">{"".join(parts)}</div>'


def report(
    topics: FittedTopics, topic: int, n: int, reprints: Mapping[str, object] | None
) -> TopicReport:
    """Make the report of a topic; `n` passages are shown."""
    ranked = {by: topics.top_terms(10, by) for by in RANKINGS}
    words = {
        by: table["display"][table["topic"] == topic].to_list() for by, table in ranked.items()
    }
    table = pd.DataFrame(words)
    table.insert(0, "rank", range(len(table)))
    label = topics.labels.iloc[topic]
    shares = prevalence(topics, by="outlet", production="all")
    own = shares.table[shares.table["topic"] == str(topic)].drop(columns="topic")
    return TopicReport(
        table=table,
        notes=(*topics.notes, *(note for note in shares.notes if note not in topics.notes)),
        topic=topic,
        ar=str(label["ar"]),
        en=str(label["en"]),
        passages=topics.passages(topic, n, reprints),
        outlets=own.reset_index(drop=True),
        period=_months(topics, topic),
    )


def _months(topics: FittedTopics, topic: int) -> pd.DataFrame:
    """Return the share in each month: passages averaged in articles, articles in months."""
    documents = topics.documents
    known = documents["date"].notna().to_numpy() & ~np.isnan(topics.theta[:, topic])
    frame = pd.DataFrame(
        {
            "article_id": documents["article_id"].to_numpy()[known],
            "month": documents["date"].dt.strftime("%Y-%m").to_numpy()[known],
            "share": topics.theta[known, topic],
        }
    )
    articles = frame.groupby(["month", "article_id"], sort=True)["share"].mean().reset_index()
    months = articles.groupby("month")["share"].agg(share="mean", n_articles="size")
    return months.reset_index()
