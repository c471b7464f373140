"""How much of what is told each outlet keeps, changes, drops and adds, with intervals over articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.errors import InputError, choices
from syriatopics.framing.tellings.texts import Sentences
from syriatopics.inference.blocks import BlockChoice, Measured, blocks_of
from syriatopics.inference.pooling import together
from syriatopics.inference.prevalence import share_rows
from syriatopics.inference.ratios import ratio
from syriatopics.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["KINDS", "SAID", "TellingShares", "telling_shares"]

SAID = {
    "kept": "كما هي", "changed": "معدّلة", "split": "مقسومة", "merged": "مدموجة", "moved": "منقولة",
    "dropped": "محذوفة", "added": "مضافة",
}  # fmt: skip
KINDS = tuple(SAID)
_BY = ("outlet", "source_language", "direction")


@dataclass(frozen=True, eq=False, kw_only=True)
class TellingShares(Result):
    """Shares of sentences by what became of them.

    Columns ``<by>, kind, share, low, high, others, n_sentences, n_articles, note``; ``others`` is the share
    in the tellings of the same sources by others, NaN where nobody else tells them.
    """

    by: str

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the shares with their intervals."""
        from syriatopics.plots import shares

        table = self.table.rename(columns={"kind": "theme"})
        labels = {kind: f"{ar} · {kind}" for kind, ar in SAID.items()}
        return shares(table, ax, **{"by": self.by, "of": "sentences", "labels": labels, **options})


def telling_shares(
    links: pd.DataFrame,
    pairs: pd.DataFrame,
    articles: Sentences,
    by: str,
    of: str,
    blocks: BlockChoice,
    level: float,
) -> TellingShares:
    """Estimate shares; see :meth:`syriatopics.framing.tellings.Tellings.shares`."""
    if by not in _BY:
        raise InputError(f"by={by!r}: choices are {choices(_BY)}.")
    if of not in ("source", "article"):
        raise InputError(f"of={of!r}: choices are source, article.")
    without, own = ("added", "source_row") if of == "source" else ("dropped", "row")
    kinds = [kind for kind in KINDS if kind != without]
    rows = _placed(
        links[links[own] >= 0].drop_duplicates(["source_id", "article_id", own]),
        pairs,
        articles,
        by,
    )
    values = np.array([rows["kind"] == kind for kind in kinds], dtype=float).T
    chosen = blocks_of(rows, blocks, Measured(values, np.ones(len(rows)), rows[[by]], counted=True))
    rows = rows.assign(block=chosen.codes)
    cells = list(rows.groupby(by, sort=True))
    pooled = together([ratio(part, "kind", kinds) for _, part in cells]) if cells else []
    table = []
    for (name, part), found in zip(cells, pooled, strict=True):
        beside = rows[(rows[by] != name) & rows["source_id"].isin(part["source_id"])]
        for kind, cell in zip(kinds, share_rows(found, len(part), level), strict=True):
            others = float((beside["kind"] == kind).mean()) if len(beside) else np.nan
            cell |= {"others": others, "n_sentences": int((part["kind"] == kind).sum())}
            table.append({by: name, "kind": kind, **cell})
    columns = [by, "kind", "share", "low", "high", "others", "n_sentences", "n_articles", "note"]
    unnamed = f"{pairs[by].isna().sum():,} pairs have no {by} and are left out."
    notes = (*chosen.notes, *([unnamed] if pairs[by].isna().any() else []))
    return TellingShares(table=pd.DataFrame(table, columns=columns), notes=notes, by=by)


def _placed(rows: pd.DataFrame, pairs: pd.DataFrame, articles: Sentences, by: str) -> pd.DataFrame:
    """Return sentences with their group and the days on which they can have been written."""
    keys = ["source_id", "article_id"]
    known = [column for column in rows if column != by or by in keys]
    rows = rows[known].merge(pairs[[*keys, by]], on=keys, how="left").dropna(subset=[by])
    dated = articles.dated.drop(columns="outlet", errors="ignore")
    return rows.merge(dated, left_on="article_id", right_index=True, how="left").reset_index(
        drop=True
    )
