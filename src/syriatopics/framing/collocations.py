"""Words that stand beside a word, and how evenly words are spread: what corpus linguists count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import sparse

from syriatopics.arabic import ArabicAnalyzer
from syriatopics.corpus import Corpus, Passages, passages_of
from syriatopics.errors import InputError
from syriatopics.inference.groups import groups_of, with_column
from syriatopics.inference.resampling import Array
from syriatopics.matrix import DocumentTermMatrix
from syriatopics.order import compared
from syriatopics.results import Result

if TYPE_CHECKING:
    from syriatopics.arabic.encoder import Encoded

__all__ = ["Collocations", "collocations", "dispersion"]

# Rychlý's constant: a word that always stands beside the other has 14.
_DICE = 14.0
_COLUMNS = (
    "term", "display", "together", "count", "expected", "log_dice", "mi", "t", "newsroom",
)  # fmt: skip


@dataclass(frozen=True, eq=False, kw_only=True)
class Collocations(Result):
    """A row per word beside the node, the strongest first.

    Columns ``term, display, together, count, expected, log_dice, mi, t, newsroom``, after the group
    where there are groups. ``log_dice`` does not grow with the corpus and orders the table; ``mi``
    favours rare pairs, ``t`` frequent ones. None is a test: words of one article are no independent draws.
    """

    node: str


def collocations(
    passages: Corpus | Passages,
    word: str,
    *,
    by: str | Sequence[str] | pd.Series | None = None,
    window: int = 5,
    min_count: int = 3,
    analyzer: ArabicAnalyzer | None = None,
) -> Collocations:
    """Which terms stand within so many terms of a word?

    A meeting is counted once for each pair of places at most `window` terms apart in a passage.
    With N terms, f of the node, g of the other and o meetings in a window of 2w places: expected
    e = 2w f g / N, MI = log2(o / e), t = (o − e) / √o [1]_, logDice = 14 + log2(2 o / (f + g)) [2]_.

    Parameters
    ----------
    passages : Corpus or Passages
    word : str
        In any form; all forms of it are the node.
    by : str, sequence of str or Series, optional
        Columns of the passages, or a value for each: the company that each outlet or period gives the word,
        counted within it.
    window : int
        Terms on either side.
    min_count : int
        Words that meet the node less often are left out.
    analyzer : ArabicAnalyzer, optional
        Fitted; by default one that is fitted on the passages.

    Returns
    -------
    Collocations

    Raises
    ------
    InputError
        If the word is no single term, or does not stand in the passages; if `by` is no column, or
        an empty one.

    References
    ----------
    .. [1] Evert, S. (2008). Corpora and collocations. In: Corpus Linguistics. Mouton de Gruyter.
    .. [2] Rychlý, P. (2008). A lexicographer-friendly association score. RASLAN.

    Examples
    --------
    >>> from syriatopics import load_seeds
    >>> found = collocations(load_seeds(), "سوريا")
    >>> bool((found.table["together"] >= 3).all())
    True
    """
    if window < 1 or min_count < 1:
        raise InputError(f"window={window} and min_count={min_count}: both are 1 or more.")
    passages = passages_of(passages)
    texts = passages.texts
    analyzer = ArabicAnalyzer().fit(texts) if analyzer is None else analyzer
    reader = analyzer.vocabulary_analyzer()
    terms = reader(word)
    encoded = reader.encode(texts)
    if len(terms) != 1 or terms[0] not in encoded.terms:
        why = f"{len(terms)} terms" if len(terms) != 1 else "in none of the passages"
        raise InputError(f"{word!r} is {why}: collocations are of one term of the passages.")
    node = encoded.terms.index(terms[0])
    shown = analyzer.display(terms[0])
    parts = [_company(encoded, node, window, min_count)]
    places = f"{int((encoded.codes == node).sum()):,} places"
    notes: list[str] = []
    if by is not None:
        columns, groups, notes = _groups(passages.table, by)
        parts = []
        for key, here in groups.groupby(columns, sort=True).indices.items():
            inside = np.isin(encoded.rows, here)
            part = encoded._replace(rows=encoded.rows[inside], codes=encoded.codes[inside])
            parts.append(_company(part, node, window, min_count))
            for place, value in enumerate(key if isinstance(key, tuple) else (key,)):
                parts[-1].insert(place, columns[place], value)
        places += f" in {len(parts)} groups"
    table = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    shows = [analyzer.display(term) for term in table["term"]]
    table.insert(list(table.columns).index("term") + 1, "display", shows)
    table["newsroom"] = [analyzer.is_newsroom(term) for term in table["term"]]
    return Collocations(
        table=table,
        notes=(f"{shown}: {places}, {window} terms on either side.", *notes),
        node=shown,
    )


def _groups(
    table: pd.DataFrame, by: str | Sequence[str] | pd.Series
) -> tuple[list[str], pd.DataFrame, list[str]]:
    """Return the grouping columns, which must hold something and be called like none of the result's."""
    table, columns = with_column(table, by)
    groups, notes = groups_of(table, columns)
    twice = next((name for name in columns if name in _COLUMNS), None)
    if twice is not None:
        raise InputError(f"The result has a column {twice!r} of its own: give yours another name.")
    if groups.isna().any(axis=1).all():
        raise InputError(f"No passage has a value in {', '.join(columns)}: there are no groups.")
    return list(columns), groups, notes


def _company(encoded: Encoded, node: int, window: int, min_count: int) -> pd.DataFrame:
    """Return the measures of all terms that stand beside the node often enough, the strongest first."""
    together = _meetings(encoded, node, window)
    counts = np.bincount(encoded.codes, minlength=len(encoded.terms)).astype(float)
    kept = np.flatnonzero(together >= min_count)
    kept = kept[kept != node]
    table = _scores(together[kept], counts[kept], counts[node], counts.sum(), 2 * window)
    table.insert(0, "term", [encoded.terms[k] for k in kept])
    return table.sort_values(
        ["log_dice", "term"], ascending=[False, True], key=compared, ignore_index=True
    )


def _meetings(encoded: Encoded, node: int, window: int) -> Array:
    """Count how often each term stands within the window of the node."""
    rows, codes = encoded.rows, encoded.codes
    places = np.flatnonzero(codes == node)
    together = np.zeros(len(encoded.terms))
    for step in (*range(-window, 0), *range(1, window + 1)):
        there = places + step
        inside = (there >= 0) & (there < len(codes))
        there, here = there[inside], places[inside]
        there = there[rows[there] == rows[here]]
        together += np.bincount(codes[there], minlength=len(together))
    return together


def _scores(together: Array, counts: Array, node: float, total: float, span: int) -> pd.DataFrame:
    """Return the measures of association, from counts."""
    expected = node * counts * span / total
    with np.errstate(divide="ignore"):
        return pd.DataFrame(
            {
                "together": together.astype(np.int64),
                "count": counts.astype(np.int64),
                "expected": expected,
                "log_dice": _DICE + np.log2(2 * together / (node + counts)),
                "mi": np.log2(together / expected),
                "t": (together - expected) / np.sqrt(together),
            }
        )


def dispersion(dtm: DocumentTermMatrix, *, by: str = "article_id") -> pd.DataFrame:
    """How evenly is each term spread over articles, outlets or months?

    DP is half the sum of how far the shares of a term in the parts lie from the shares of all
    words in them [1]_: 0 where it is spread as all words are, near 1 where it stands in one small
    part. ``dp_norm`` is divided by the most that is possible [2]_.

    Parameters
    ----------
    dtm : DocumentTermMatrix
    by : str
        A column of the passages.

    Returns
    -------
    DataFrame
        ``term, display, count, n_parts, dp, dp_norm``, the most frequent first.

    References
    ----------
    .. [1] Gries, S. (2008). Dispersions and adjusted frequencies in corpora. International
       Journal of Corpus Linguistics 13(4).
    .. [2] Lijffijt, J. & Gries, S. (2012). Correction to "Dispersions and adjusted frequencies in
       corpora". International Journal of Corpus Linguistics 17(1).

    Examples
    --------
    >>> from syriatopics import count_terms, load_seeds
    >>> spread = dispersion(count_terms(load_seeds()), by="outlet")
    >>> bool(spread["dp"].between(0, 1).all())
    True
    """
    table = dtm.passages.table
    if by not in table:
        raise InputError(f"No column {by!r} to spread terms over.")
    part, _ = pd.factorize(table[by])
    kept = part >= 0
    if not kept.any():
        raise InputError(f"The column {by!r} is empty: there is nothing to spread terms over.")
    counts = dtm.counts[kept]
    ones = np.ones(int(kept.sum()))
    gather = sparse.csr_matrix((ones, (part[kept], np.arange(len(ones)))))
    sums = sparse.csc_matrix(gather @ counts).astype(float)
    size = np.asarray(sums.sum(axis=1)).ravel()
    size = size / size.sum()
    totals = np.asarray(sums.sum(axis=0)).ravel()
    dp = np.array([_dp(sums, size, column) for column in range(sums.shape[1])])
    smallest = size[size > 0].min()
    found = pd.DataFrame(
        {
            "term": dtm.terms,
            "display": [dtm.display[term] for term in dtm.terms],
            "count": totals.astype(np.int64),
            "n_parts": np.diff(sums.indptr),
            "dp": dp,
            "dp_norm": dp / (1 - smallest) if smallest < 1 else np.nan,
        }
    )
    found = found[found["count"] > 0]
    return found.sort_values("count", ascending=False, kind="stable", ignore_index=True)


def _dp(sums: Any, size: Array, column: int) -> float:
    """Return DP of one term; parts without it differ by their whole size."""
    held = slice(sums.indptr[column], sums.indptr[column + 1])
    there, values = sums.indices[held], sums.data[held]
    if not len(values):
        return float("nan")
    own = values / values.sum()
    return float(0.5 * (np.abs(own - size[there]).sum() + 1 - size[there].sum()))
