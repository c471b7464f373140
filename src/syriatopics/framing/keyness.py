"""Keyness: which words set two groups of articles apart, beyond what chance among articles does?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import sparse, stats

from syriatopics.errors import InputError, choices
from syriatopics.matrix import DocumentTermMatrix
from syriatopics.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Keyness", "keyness"]

Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, eq=False, kw_only=True)
class Keyness(Result):
    """A row per term, the words of the focal group first.

    Columns ``term, display, log_odds, z, p, q, count, count_focal, count_reference,
    z_tokens``. ``z_tokens`` treats every token as independent and orders words where no
    test is possible; it is no evidence.
    """

    focal: str
    reference: str

    def top(self, n: int = 15) -> pd.DataFrame:
        """Return the `n` first words of each side."""
        return pd.concat([self.table.head(n), self.table.tail(n)]).drop_duplicates("term")

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the first words of both sides; pale bars are not significant, or not tested."""
        from syriatopics.plots import keyness_bars

        return keyness_bars(
            self.table, ax, **{"focal": self.focal, "reference": self.reference, **options}
        )


def keyness(
    dtm: DocumentTermMatrix,
    focal: str | Sequence[str],
    reference: str | Sequence[str] | None = None,
    *,
    by: str | pd.Series = "outlet",
    prior: float = 500.0,
    min_count: int = 3,
) -> Keyness:
    """Compare the words of two groups of passages.

    Log-odds with an informative Dirichlet prior [1]_; the variance is clustered by
    article, since the words of one article are not independent draws.

    Parameters
    ----------
    dtm : DocumentTermMatrix
    focal, reference : str or list of str
        Values of `by`; without a reference, everything else.
    by : str or Series
        A column of ``dtm.documents``, or one value per passage.
    prior : float
        Weight of the prior in tokens: how strongly rare words are drawn to no difference.
    min_count : int
        Terms with fewer tokens in both groups together are left out.

    Returns
    -------
    Keyness
        Sorted by ``z``, or by ``z_tokens`` where a group is a single article; then z, p
        and q are NaN, and the notes say why.

    Raises
    ------
    InputError
        If a group is not there, or the groups overlap.

    References
    ----------
    .. [1] Monroe, B., Colaresi, M. & Quinn, K. (2008). Fightin' Words. Political
       Analysis 16(4).

    Examples
    --------
    >>> from syriatopics import count_terms, load_seeds
    >>> words = keyness(count_terms(load_seeds().passages()), "noonpost", "alhal")
    >>> words.table["z"].isna().all()
    np.True_
    """
    group = dtm.documents[by] if isinstance(by, str) else by.reset_index(drop=True)
    first = _members(group, focal)
    second = (
        _members(group, reference) if reference is not None else ~first & group.notna().to_numpy()
    )
    if (first & second).any():
        raise InputError(f"{focal!r} and {reference!r} overlap: a passage cannot be on both sides.")
    if not second.any():
        raise InputError(f"Nothing is left to compare {focal!r} with.")
    articles = dtm.documents["article_id"].to_numpy()
    a, b = _by_article(dtm.counts, articles, first), _by_article(dtm.counts, articles, second)
    table, notes = _compare(a, b, dtm, prior, min_count)
    return Keyness(
        table=table,
        notes=(*dtm.notes, *notes),
        focal=_say(focal),
        reference=_say(reference) if reference is not None else "the rest",
    )


def _say(names: str | Sequence[str]) -> str:
    return names if isinstance(names, str) else " + ".join(names)


def _members(group: pd.Series, names: str | Sequence[str]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    wanted = [names] if isinstance(names, str) else list(names)
    there = set(group.dropna().unique())
    missing = [name for name in wanted if name not in there]
    if missing:
        raise InputError(f"No passage belongs to {missing[0]!r}. Groups here: {choices(there)}.")
    return np.asarray(group.isin(wanted), dtype=bool)


def _by_article(
    counts: sparse.csr_matrix, articles: np.ndarray[Any, Any], chosen: np.ndarray[Any, Any]
) -> sparse.csr_matrix:
    """Sum the counts of the chosen passages within each article."""
    _, index = np.unique(articles[chosen], return_inverse=True)
    rows = np.arange(len(index))
    gather = sparse.csr_matrix((np.ones(len(index)), (index, rows)))
    return sparse.csr_matrix(gather @ counts[chosen])


def _compare(
    a: sparse.csr_matrix,
    b: sparse.csr_matrix,
    dtm: DocumentTermMatrix,
    prior: float,
    min_count: int,
) -> tuple[pd.DataFrame, list[str]]:
    count_a, count_b = (np.asarray(m.sum(axis=0), dtype=float).ravel() for m in (a, b))
    kept = np.flatnonzero(count_a + count_b >= min_count)
    pooled = count_a + count_b
    alpha = (prior * pooled / pooled.sum())[kept]
    log_a, var_a = _log_odds(a, kept, alpha, prior)
    log_b, var_b = _log_odds(b, kept, alpha, prior)
    difference = log_a - log_b
    z = difference / np.sqrt(var_a + var_b)
    p = 2 * stats.norm.sf(np.abs(z))
    tested = np.isfinite(z)
    q = np.full(len(p), np.nan)
    if tested.any():
        q[tested] = stats.false_discovery_control(p[tested])
    plain = np.sqrt(1 / (count_a[kept] + alpha) + 1 / (count_b[kept] + alpha))
    terms = dtm.terms[kept]
    table = pd.DataFrame(
        {
            "term": terms,
            "display": [dtm.display[term] for term in terms],
            "log_odds": difference,
            "z": z,
            "p": p,
            "q": q,
            "count": pooled[kept].astype("int64"),
            "count_focal": count_a[kept].astype("int64"),
            "count_reference": count_b[kept].astype("int64"),
            "z_tokens": difference / plain,
        }
    )
    notes = [
        f"{name}: {m.shape[0]} article{'s' if m.shape[0] > 1 else ''}, {int(m.sum()):,} tokens."
        for name, m in (("focal", a), ("reference", b))
    ]
    if not tested.any():
        notes.append(
            "A group is a single article: no test is possible, the words describe these articles only."
        )
    order = "z" if tested.any() else "z_tokens"
    return table.sort_values([order, "term"], ascending=[False, True], ignore_index=True), notes


def _log_odds(
    articles: sparse.csr_matrix, kept: np.ndarray[Any, Any], alpha: Array, prior: float
) -> tuple[Array, Array]:
    """Return the log-odds of each term and its variance, clustered by article.

    The variance is that of the sum of the articles' influences on the log-odds (the
    sandwich estimate); with one article it is not defined.
    """
    counts = articles[:, kept]
    length = np.asarray(articles.sum(axis=1), dtype=float).ravel()
    y = np.asarray(counts.sum(axis=0), dtype=float).ravel() + alpha
    rest = length.sum() + prior - y
    log_odds = np.log(y) - np.log(rest)
    n = counts.shape[0]
    if n < 2:
        return log_odds, np.full(len(y), np.nan)
    # influence of article i on term w: c_iw (1/y + 1/rest) - length_i / rest
    slope = 1 / y + 1 / rest
    squares = np.asarray(counts.multiply(counts).sum(axis=0), dtype=float).ravel()
    cross = np.asarray(counts.T @ length).ravel()
    total = slope * (y - alpha) - length.sum() / rest
    sum_of_squares = slope**2 * squares - 2 * slope * cross / rest + (length**2).sum() / rest**2
    return log_odds, n / (n - 1) * (sum_of_squares - total**2 / n)
