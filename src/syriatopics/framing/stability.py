"""Stability: does a difference between outlets hold across numbers of topics and random states?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.errors import InputError, choices
from syriatopics.inference import contrasts
from syriatopics.inference.blocks import BlockChoice
from syriatopics.order import largest
from syriatopics.results import Result
from syriatopics.topics.fitted import FittedTopics

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Stability", "contrast_stability"]

# Topics with less in common are no counterparts.
SIMILAR = 0.5


@dataclass(frozen=True, eq=False, kw_only=True)
class Stability(Result):
    """One difference, measured in every model.

    Columns ``topic, model, n_topics, counterpart, similarity, difference, low, high``: for
    each topic of the first model its counterpart in the others, and the difference there.

    Attributes
    ----------
    summary : DataFrame
        ``topic, words, difference, smallest, largest, n_models, n_matched, same_sign,
        n_sure``: in how many models a counterpart is there, in how many of them the sign is the
        same, and in how many the interval leaves out zero on that side.
    """

    summary: pd.DataFrame
    labels: dict[str, str]

    def plot(self, ax: Axes | None = None, *, topic: str | None = None, **options: Any) -> Axes:
        """Draw the difference of each topic in the first model, or of one topic in every model.

        Parameters
        ----------
        topic : str, optional
            A topic of the first model.
        """
        from syriatopics.plots import contrasts as across_models
        from syriatopics.plots import differences

        if topic is not None:
            chosen = self.table[self.table["topic"] == str(topic)]
            if chosen.empty:
                known = choices(self.table["topic"].unique())
                raise InputError(f"No topic {topic!r} in the first model. Topics: {known}.")
            return across_models(chosen.rename(columns={"difference": "contrast"}), ax, **options)
        first = self.table[self.table["model"] == 0].assign(a="", b="", q=np.nan)
        return differences(first, ax, **{"labels": self.labels, **options})


def contrast_stability(
    models: Sequence[FittedTopics],
    a: str,
    b: str,
    by: str = "outlet",
    *,
    production: str = "own",
    blocks: BlockChoice = "auto",
) -> Stability:
    """Follow the difference between two outlets through several models of one corpus.

    Parameters
    ----------
    models : sequence of FittedTopics
        Fitted on the same document-term matrix with other numbers of topics, or other
        random states. The topics of the first are looked for in the others.
    a, b : str
        Groups of `by`.
    by, production, blocks
        As in :func:`contrasts`.

    Returns
    -------
    Stability

    Raises
    ------
    InputError
        If there are fewer than two models, or their vocabularies differ.
    """
    if len(models) < 2:
        raise InputError(f"{len(models)} model: two or more are needed to compare.")
    first = models[0]
    for model in models[1:]:
        if not np.array_equal(model.terms, first.terms):
            raise InputError("The models have different vocabularies: fit them on the same counts.")
    names = set(first.dtm.passages.table[by].dropna()) if by in first.dtm.passages.table else set()
    for name in (a, b):
        if name not in names:
            raise InputError(f"No passage belongs to {name!r}. Groups here: {choices(names)}.")
    rows: list[dict[str, Any]] = []
    for number, model in enumerate(models):
        found = contrasts(model, by, pairs=[(a, b)], production=production, blocks=blocks).table
        found = found.set_index(found["topic"].astype(int))
        for topic, (other, similarity) in enumerate(_counterparts(first.phi, model.phi)):
            matched = similarity >= SIMILAR
            cells = found.loc[other] if matched else None
            rows.append(
                {"topic": str(topic), "model": number, "n_topics": model.n_topics}
                | {"counterpart": str(other) if matched else "", "similarity": similarity}
                | {n: np.nan if cells is None else cells[n] for n in ("difference", "low", "high")}
            )
    table = pd.DataFrame(rows)
    labels = first.scores.labels or {}
    return Stability(
        table=table,
        notes=(
            f"{len(models)} models; a counterpart has a cosine of {SIMILAR} or more.",
            f"Positive: more in {a} than in {b}.",
        ),
        summary=_summary(table, labels, len(models)),
        labels=labels,
    )


def _counterparts(
    phi: np.ndarray[Any, Any], other: np.ndarray[Any, Any]
) -> list[tuple[int, float]]:
    """Return for each topic the most similar one of another model, and the cosine."""
    unit, units = (p / np.linalg.norm(p, axis=1, keepdims=True) for p in (phi, other))
    cosine = unit @ units.T
    return [(int(largest(row)), float(row.max())) for row in cosine]


def _summary(table: pd.DataFrame, labels: dict[str, str], n_models: int) -> pd.DataFrame:
    rows = []
    for topic, members in table.groupby("topic", sort=False):
        here = members["difference"].iloc[0]
        matched = members.dropna(subset=["difference"])
        sign = np.sign(here)
        sure = (matched["low"] > 0) if sign > 0 else (matched["high"] < 0)
        rows.append(
            {"topic": topic, "words": labels.get(str(topic), str(topic)), "difference": here}
            | {"smallest": matched["difference"].min(), "largest": matched["difference"].max()}
            | {"n_models": n_models, "n_matched": len(matched)}
            | {"same_sign": int((np.sign(matched["difference"]) == sign).sum())}
            | {"n_sure": int(sure.sum())}
        )
    return pd.DataFrame(rows)
