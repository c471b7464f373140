"""Comparing codes of the same passages: theme by theme, and as whole sets of themes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.inference import Codings
from syriatopics.inference.agreement import (
    ASSESSABLE,
    AlphaInterval,
    alpha_interval,
    f1_drawn,
    gwet_ac1,
    limits_of,
)
from syriatopics.inference.floors import MIN_ARTICLES, MIN_HOLDING

__all__ = ["WHOLE", "Comparer", "whole_numbers"]

# The row of all themes together: two codings agree where they give the same set of themes.
WHOLE = "all themes"
_NO_F1 = dict.fromkeys(("f1", "f1_low", "f1_high"), np.nan)


class Comparer:
    """Compares codes of the same passages, theme by theme and as whole sets."""

    def __init__(self, codings: Codings, level: float, n_resamples: int, random_state: int) -> None:
        self._article = codings.sample.set_index("passage_id")["article_id"]
        self._how: Any = {
            "level": level, "n_resamples": n_resamples, "random_state": random_state
        }  # fmt: skip

    def __call__(
        self, codes: Mapping[str, pd.DataFrame], comparison: str, kind: str
    ) -> list[dict[str, Any]]:
        """Return a row per theme that all have, and one for the whole set."""
        frames = list(codes.values())
        themes = [t for t in frames[0].columns if all(t in frame.columns for frame in frames)]
        times = pd.Series(np.concatenate([frame.index for frame in frames])).value_counts()
        ids = sorted(times.index[times > 1])
        given = np.stack([frame.reindex(ids)[themes].to_numpy(dtype=float) for frame in frames], 2)
        whole = _sets(given)
        article = self._article.reindex(ids).to_numpy(dtype=str)
        named = {"comparison": comparison, "kind": kind}
        rows = [
            {"theme": theme, **named, **self._row(given[:, k, :], article, positives=True)}
            for k, theme in enumerate(themes)
        ]
        last = {"theme": WHOLE, **named, **self._row(whole, article, positives=False)}
        accurate = accuracy_of(given, article, **self._how) if given.shape[2] == 2 else None
        for k, row in enumerate([*rows, last]):
            row.update(_NO_F1 if accurate is None else accurate[k])
        return [*rows, last]

    def _row(
        self, values: np.ndarray[Any, Any], article: np.ndarray[Any, Any], positives: bool
    ) -> dict[str, Any]:
        found = alpha_interval(values, article, level=self._how["level"])
        n_articles = len(np.unique(article))
        enough = n_articles >= MIN_ARTICLES
        spread = np.nanmax(values, axis=1) - np.nanmin(values, axis=1) if len(values) else []
        counts = np.nansum(values, axis=0).astype(int) if positives else [None, None]
        return {
            "alpha": found.alpha,
            "low": found.low if enough else np.nan,
            "high": found.high if enough else np.nan,
            "ac1": gwet_ac1(values),
            "agreed": float(np.mean(np.asarray(spread) == 0)) if len(values) else np.nan,
            "n_passages": len(values),
            "n_articles": n_articles,
            "positives_a": counts[0],
            "positives_b": counts[1],
            "note": _note(found, len(values), n_articles, counts if positives else None),
        }


def accuracy_of(
    given: np.ndarray[Any, Any],
    article: np.ndarray[Any, Any],
    *,
    level: float,
    n_resamples: int,
    random_state: int,
) -> list[dict[str, float]]:
    """Return F1, with the second taken as right, of each theme, and the mean of those with enough.

    Intervals draw whole articles.
    """
    a, b = given[:, :, 0], given[:, :, 1]
    if not len(a):
        return [dict(_NO_F1) for _ in range(given.shape[1] + 1)]
    found, drawn = f1_drawn(a, b, article, n_resamples, random_state)
    enough = b.sum(axis=0) >= ASSESSABLE
    mean = found[enough].mean() if enough.any() else np.nan
    of_mean = drawn[:, enough].mean(axis=1) if enough.any() else np.array([np.nan])
    if len(np.unique(article)) < MIN_ARTICLES:
        drawn, of_mean = np.full_like(drawn, np.nan), np.array([np.nan])
    limits = [limits_of(one, level) for one in (*drawn.T, of_mean)]
    return [
        {"f1": float(value), "f1_low": low, "f1_high": high}
        for value, (low, high) in zip((*found, mean), limits, strict=True)
    ]


def _sets(given: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return passages × themes × coders as passages × coders: a number for each set of themes."""
    n, k, coders = given.shape
    rows = given.transpose(0, 2, 1).reshape(n * coders, k)
    _, number = np.unique(np.nan_to_num(rows, nan=-1.0), axis=0, return_inverse=True)
    found = np.where(np.isnan(rows).any(axis=1), np.nan, number.ravel().astype(float))
    return found.reshape(n, coders)


def whole_numbers(counts: pd.Series[Any]) -> pd.Series[Any]:
    """Return counts as whole numbers, with None where there is nothing to count."""
    whole = counts.astype("Int64").astype(object)
    return whole.where(counts.notna(), None)


def _note(found: AlphaInterval, n_passages: int, n_articles: int, counts: Any) -> str:
    if not n_passages:
        return "no passage was coded by both"
    if np.isnan(found.alpha):
        return "the same code everywhere: α is not defined"
    notes = []
    if n_articles < MIN_ARTICLES:
        notes.append(f"{n_articles} articles: too few for an interval (from {MIN_ARTICLES})")
    elif np.isnan(found.low):
        notes.append(
            f"under {MIN_HOLDING} articles with the rarer code: too few for an interval of α"
        )
    if counts is not None and max(counts) < ASSESSABLE:
        notes.append(f"rare: under {ASSESSABLE} passages")
    return "; ".join(notes)
