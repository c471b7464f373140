"""What a paper states about a study, as plain values: counted once, said in two languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from syriatopics.inference.floors import MIN_ARTICLES
from syriatopics.study import Study

__all__ = ["Facts", "facts_of"]


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The counts and settings that sections of data, method and limits hold."""

    statement: str
    n_articles: int
    n_words: int
    n_passages: int
    outlets: Mapping[str, int]
    n_nameless: int
    first: str
    last: str
    n_printed: int
    n_windows: int
    n_refuted: int
    n_near_copies: int
    n_removed: int
    n_flagged: int
    n_repaired: int
    n_skipped: int
    fingerprint: str
    scorer: str
    themes: Mapping[str, tuple[str, str]]
    n_topics: int
    min_df: int
    max_df: float
    random_state: int
    n_claims: int
    coded: bool
    versions: Mapping[str, str]

    @property
    def small(self) -> list[str]:
        """Outlets with too few articles for an interval."""
        return [name for name, n in self.outlets.items() if n < MIN_ARTICLES]


def facts_of(study: Study, manifest: Mapping[str, Any]) -> Facts:
    """Count what a paper states about a study; nothing is fitted for it."""
    corpus, options = study.corpus, study.options
    summary = corpus.summary(options.trend_period)
    statuses = corpus.table["date_status"].value_counts()
    days = summary.table[["first", "last"]]
    return Facts(
        statement=summary.text,
        n_articles=len(corpus),
        n_words=int(summary.table["n_words"].sum()),
        n_passages=int(summary.table["n_passages"].sum()),
        outlets=corpus.table["outlet"].value_counts().sort_index().to_dict(),
        n_nameless=int(corpus.table["outlet"].isna().sum()),
        first=_day(days["first"].min()),
        last=_day(days["last"].max()),
        n_printed=int(statuses.get("printed", 0)),
        n_windows=int(summary.table["n_windows"].sum()),
        n_refuted=int(statuses.get("conflict", 0)),
        n_near_copies=len(corpus.reprints().table),
        n_removed=int(summary.removed["spans"].sum()),
        n_flagged=len(corpus.flags),
        n_repaired=len(corpus.repairs),
        n_skipped=len(corpus.skipped),
        fingerprint=corpus.fingerprint[:16],
        scorer=study.scorer.name,
        themes={theme.id: (theme.en, theme.ar) for theme in study.themes.theme},
        n_topics=options.models.n_topics,
        min_df=options.models.min_df,
        max_df=options.models.max_df,
        random_state=options.random_state,
        n_claims=len(options.claims),
        coded=any(study.coding.glob("passages/decisions/*.jsonl")),
        versions=manifest.get("versions", {}),
    )


def _day(value: pd.Timestamp) -> str:
    return "" if pd.isna(value) else f"{value:%Y-%m-%d}"
