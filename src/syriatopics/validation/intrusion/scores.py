"""Scores of intrusion: how often readers found the intruder, and how far off they were."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import stats

from syriatopics.inference.floors import MIN_BLOCKS
from syriatopics.inference.intervals import interval
from syriatopics.inference.resampling import estimate
from syriatopics.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from syriatopics.validation.intrusion.questions import IntrusionSet

__all__ = ["EVERY", "IntrusionScores", "score_answers"]

EVERY = "all topics"
# A θ of 0 has no logarithm; below this a topic is as good as absent from a passage.
_LEAST_THETA = 0.001
_COLUMNS = (
    "topic", "precision", "low", "high", "log_odds", "log_odds_low", "log_odds_high", "chance",
    "n_answers", "n_questions", "n_coders", "note",
)  # fmt: skip


@dataclass(frozen=True, eq=False, kw_only=True)
class IntrusionScores(Result):
    """How often readers found the intruder.

    A row per topic, and one for all: ``topic, precision, low, high, log_odds, log_odds_low,
    log_odds_high, chance, n_answers, n_questions, n_coders, note``. ``precision`` is the share of
    answers that name the intruder, ``chance`` what guessing gives. ``log_odds`` (topic intrusion) is the
    mean of log θ(intruder) − log θ(topic chosen): 0 where the intruder was found, the lower the worse.
    """

    kind: str
    labels: dict[str, str]

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the precision of each topic with its interval, and what guessing gives."""
        from syriatopics.plots import intrusion_points

        return intrusion_points(self.table, ax, **{"labels": self.labels, **options})


def score_answers(asked: IntrusionSet, level: float = 0.95) -> IntrusionScores:
    """Score the answers of all readers.

    The question is the unit: what several readers say of one is averaged first. Questions about
    passages of one article are taken together.

    Parameters
    ----------
    asked : IntrusionSet
    level : float
    """
    key = asked.key.set_index("question")
    answers = asked.answers()
    answers["found"] = answers["answer"].to_numpy() == key["intruder"].reindex(
        answers["question"]
    ).to_numpy(dtype=float)
    answers["log_odds"] = _log_odds(answers, key)
    one = answers.groupby("question")[["found", "log_odds"]].mean().astype(float)
    one = one.join(key[["topic", "article_id"]])
    options = len(asked.options)
    rows = [
        {"topic": str(topic)} | _row(one[one["topic"] == topic], answers, options, level)
        for topic in sorted(key["topic"].unique())
    ]
    rows.append({"topic": EVERY} | _row(one, answers, options, level))
    counts = answers["coder"].value_counts()
    notes = [f"{asked.log(coder).who}: {counts.get(coder, 0)} answers." for coder in asked.coders]
    return IntrusionScores(
        table=pd.DataFrame(rows, columns=list(_COLUMNS)),
        notes=(*asked.notes, *(notes or ["Nobody has answered yet."])),
        kind=asked.kind,
        labels=asked.labels,
    )


def _log_odds(answers: pd.DataFrame, key: pd.DataFrame) -> np.ndarray[Any, Any]:
    columns = [name for name in key.columns if name.startswith("theta_")]
    if not columns or not len(answers):
        return np.full(len(answers), np.nan)
    theta = np.maximum(key.loc[answers["question"], columns].to_numpy(dtype=float), _LEAST_THETA)
    rows = np.arange(len(answers))
    intruder = key.loc[answers["question"], "intruder"].to_numpy() - 1
    chosen = answers["answer"].to_numpy() - 1
    return np.asarray(np.log(theta[rows, intruder]) - np.log(theta[rows, chosen]))


def _row(one: pd.DataFrame, answers: pd.DataFrame, options: int, level: float) -> dict[str, Any]:
    mine = answers[answers["question"].isin(one.index)]
    counts = {
        "chance": 1 / options,
        "n_answers": len(mine),
        "n_questions": len(one),
        "n_coders": mine["coder"].nunique(),
    }
    if not len(one):
        return {**counts, "note": "no answer"}
    unit = "questions" if (one["article_id"] == "").all() else "articles"
    block = np.where(one["article_id"] == "", one.index, one["article_id"]).astype(str)
    found = estimate(one[["found", "log_odds"]].to_numpy(dtype=float), block=block)
    values = {"precision": found.mean[0], "log_odds": found.mean[1]}
    n_blocks = len(found.sizes)
    if n_blocks < MIN_BLOCKS:
        few = f"{n_blocks} {unit}: too few for an interval (from {MIN_BLOCKS})"
        return {**values, **counts, "note": few}
    shares = estimate(one[["found"]].to_numpy(dtype=float), block=block)
    low, high = interval(shares, level)
    reach = stats.t.ppf((1 + level) / 2, n_blocks - 1) * found.error[1]
    values |= {"low": low[0], "high": high[0]}
    values |= {"log_odds_low": found.mean[1] - reach, "log_odds_high": found.mean[1] + reach}
    return {**values, **counts, "note": ""}
