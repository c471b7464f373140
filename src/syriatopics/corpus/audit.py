"""The date audit of a corpus, as a table: what is printed, what the text allows, and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pandas as pd

from syriatopics.records import Article
from syriatopics.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["DateAudit", "audit_table"]


class DateAudit(Result):
    """A row per article: what date is printed, what the text allows, and why which is believed.

    Columns: ``article_id, date_printed, earliest, latest, date_status, evidence, source,
    candidates, contradicted``. Candidates are all dates that a page states, the most trusted place
    first; those more than three days away from the printed date contradict it.
    """

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the printed dates and the event windows on a time line."""
        from syriatopics.plots import timeline

        return timeline(self.table, ax, **options)


def audit_table(articles: Iterable[Article]) -> pd.DataFrame:
    """Return the table of a :class:`DateAudit`."""
    rows = [
        (
            article.article_id,
            article.date_printed,
            article.event_start,
            article.event_end,
            article.date_status,
            *(
                article.evidence.get(name, "")
                for name in ("date_status", "date_printed", "date_candidates", "date_contradicted")
            ),
        )
        for article in articles
    ]
    columns = ["article_id", "date_printed", "earliest", "latest", "date_status", "evidence"]
    return pd.DataFrame(rows, columns=[*columns, "source", "candidates", "contradicted"])
