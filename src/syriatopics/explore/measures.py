"""Measures: what shares are summed from, with the blocks that Python chose for each.

A *mean* is averaged over the passages of an article, then over articles (themes, topics); a *ratio* is
summed over articles (words of voices, mentions of a referent). Both are what
:func:`syriatopics.prevalence`, :meth:`syriatopics.framing.Quotations.shares` and
:func:`syriatopics.naming` estimate, and the page gives the same numbers of any selection.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from syriatopics.explore.packing import packed
from syriatopics.framing import naming
from syriatopics.inference import Scores, as_scores
from syriatopics.inference.groups import grouped
from syriatopics.lexicons import load
from syriatopics.report.context import Context
from syriatopics.report.sections.voices import NAMES as VOICES
from syriatopics.report.words import visible

__all__ = ["by_outlet", "measures", "theme_labels", "topic_labels"]

_UNSCORED = 255


def by_outlet(context: Context) -> pd.Series:
    """Return the outlet of each passage, articles without one as one group: what blocks are chosen by."""
    outlets = context.passages.table["outlet"].reset_index(drop=True)
    return outlets.astype(object).where(outlets.notna(), "no outlet").rename("outlet")


def measures(context: Context, article: np.ndarray[Any, Any]) -> dict[str, Any]:
    """Return the measures of the page.

    Parameters
    ----------
    context : Context
    article : ndarray of int, shape (n_passages,)
        The article of each passage.
    """
    return {
        "theme": _mean(context, context.scores, article, theme_labels(context)),
        "topic": _mean(context, as_scores(context.topics), article, topic_labels(context)),
        "voice": _voices(context, article),
        "naming": _naming(context, article),
    }


def _mean(
    context: Context, scores: Scores, article: np.ndarray[Any, Any], labels: list[list[str]]
) -> dict[str, Any]:
    weights = scores.weights()
    known = ~np.isnan(weights)
    whole = bool(np.isin(weights[known], (0, 1)).all())
    columns = np.where(known, weights, _UNSCORED) if whole else weights
    blocks = grouped(scores, by_outlet(context), "all", "auto").blocks
    return {
        "labels": labels,
        "columns": [packed(column, "u1" if whole else "f8") for column in columns.T],
        "blocks": _blocks(blocks.codes, article),
        "unit": blocks.unit,
    }


def _voices(context: Context, article: np.ndarray[Any, Any]) -> dict[str, Any]:
    shares = context.said.shares(by=by_outlet(context), of="side", production="all")
    rows = shares.spoken
    kinds = list(dict.fromkeys(shares.table["voice"]))
    place = pd.Index(context.passages.table["passage_id"]).get_indexer(rows["passage_id"])
    order = np.lexsort((rows["voice"], place))
    return {
        "labels": [[VOICES.get(kind, kind), kind.replace("_", " ")] for kind in kinds],
        "passage": packed(np.diff(place[order], prepend=0), "u4"),
        "kind": packed(pd.Index(kinds).get_indexer(rows["voice"])[order], "u1"),
        "amount": packed(rows["n_words"].to_numpy()[order], "i4"),
        "blocks": _blocks(rows["block"].to_numpy(), article[place]),
        "unit": shares.unit,
    }


def _naming(context: Context, article: np.ndarray[Any, Any]) -> dict[str, Any]:
    found = naming(context.passages, by_outlet(context), production="all")
    scope = found.scope.sort_values("row", kind="stable")
    row = scope["row"].to_numpy(dtype=np.int64)
    known = {referent.id: [referent.ar, referent.en] for referent in load("naming").referent}
    labels = scope.groupby("referent")["label"].unique()
    counted = scope["referent"].value_counts(sort=False).sort_index()
    often = counted.sort_values(ascending=False, kind="stable").index
    # One label only: there is nothing to choose between.
    referents = [name for name in often if len(labels[name]) > 1]
    pairs = [(name, label) for name in referents for label in sorted(labels[name])]
    kept = scope["referent"].isin(referents).to_numpy()
    place = {pair: n for n, pair in enumerate(pairs)}
    kind = [place[pair] for pair in zip(scope["referent"][kept], scope["label"][kept], strict=True)]
    said = {"own": 0, "quoted": 1, "scare": 2}
    return {
        "referents": [known.get(name, [name, name]) for name in referents],
        "labels": [_named(found.labels.get(f"{r}/{label}", label)) for r, label in pairs],
        "of": [referents.index(r) for r, _ in pairs],
        "passage": packed(np.diff(row[kept], prepend=0), "u4"),
        "kind": packed(np.array(kind, dtype=np.int64), "u2"),
        "said": packed(scope["said"][kept].map(said).to_numpy(), "u1"),
        "blocks": _blocks(scope["block"].to_numpy(), article[row]),
    }


def _named(label: str) -> list[str]:
    ar, _, en = visible(label).partition(" · ")
    return [ar, en or ar]


def _blocks(codes: np.ndarray[Any, Any], article: np.ndarray[Any, Any]) -> list[str]:
    """Pack the block of each article: the number of a day, week or month, else one below zero."""
    first = pd.Series(codes.astype(str)).groupby(np.asarray(article)).first()
    named = first.str.extract(r"^(?:day|week|month) (\d+)$")[0]
    number = -1 - pd.factorize(first)[0].astype(np.int64)
    number[named.notna()] = named.dropna().astype(np.int64)
    whole = np.full(int(article.max(initial=-1)) + 1, np.iinfo(np.int32).min, dtype=np.int64)
    whole[first.index.to_numpy(dtype=np.int64)] = number
    return packed(whole, "i4")


def theme_labels(context: Context) -> list[list[str]]:
    """Return the name of each theme in Arabic and in English."""
    english = {theme.id: theme.en for theme in context.themes.theme}
    return [[visible(ar), visible(english.get(t, t))] for t, ar in context.theme_names.items()]


def topic_labels(context: Context) -> list[list[str]]:
    """Return for each topic the name it was given, or its first words."""
    named = context.topics.names or {}
    labels = []
    for topic, words in context.topics.top_terms(3).groupby("topic")["display"]:
        first = "، ".join(map(visible, words))
        ar, en = (visible(name) or first for name in named.get(int(topic), ("", "")))
        labels.append([f"{topic}: {ar}", f"{topic}: {en}"])
    return labels
