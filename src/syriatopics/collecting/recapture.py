"""Capture and recapture: how many articles two sources both miss, at the least, and when that says nothing.

Two lists drawn independently meet in a share of each that tells how much there is (Chapman 1951); the
interval is that of Chao (1987), which never falls below what was seen. Lists of the press are seldom
independent: what one source overlooks the other does too, and then the number is a lower bound. Three
things can be tested, and are said; between two sources alone a dependence that no month shows cannot be.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt

import pandas as pd

__all__ = ["Recapture", "recapture"]

_Z = 1.959964
_LEVEL = 0.05
_FEWEST = 10
# A stratum of which so few were met that chance is all that it tells is counted with the others.
_STRATUM = 5
_NESTED = 0.98


@dataclass(frozen=True)
class Recapture:
    """What two sources tell of what both miss.

    Attributes
    ----------
    n_a, n_b, n_both : int
        Named by each, and by both.
    missed, low, high : float
        Named by neither, at the least, and the 95 % interval where the two are independent.
    doubt : str
        What speaks against independence; nothing where nothing does, or too little is known.
    """

    n_a: int
    n_b: int
    n_both: int
    missed: float
    low: float
    high: float
    doubt: str


def recapture(
    a: pd.Series[bool],
    b: pd.Series[bool],
    stratum: pd.Series[str],
    third: pd.Series[bool] | None = None,
) -> Recapture:
    """Compare two sources.

    Parameters
    ----------
    a, b : Series of bool
        Whether each source names an article; a row for each that any source names.
    stratum : Series of str
        What may make articles easier to miss: their month.
    third : Series of bool, optional
        Whether any other source names it: among these, what both miss is seen.

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(1)
    >>> a, b = (pd.Series(rng.random(1000) < share) for share in (0.6, 0.5))
    >>> found = recapture(a[a | b], b[a | b], pd.Series("2018-01", index=a[a | b].index))
    >>> bool(found.low < (~(a | b)).sum() < found.high), found.doubt
    (True, '')
    """
    n_a, n_b, n_both = int(a.sum()), int(b.sum()), int((a & b).sum())
    if n_both < _FEWEST:
        return Recapture(
            n_a, n_b, n_both, float("nan"), float("nan"), float("nan"), "too few are named by both"
        )
    doubt = _nested(n_a, n_b, n_both) or (_by_third(a, b, third) if third is not None else "")
    strata = _strata(a, b, stratum)
    if not doubt and len(strata) > 1 and _vary_together(strata):
        doubt = "both overlook more in some months than in others: counted month by month"
    else:
        strata = [(n_a, n_b, n_both)]
    missed = sum(_missed(*cell) for cell in strata)
    variance = sum(_variance(*cell) for cell in strata)
    low, high = _interval(missed, variance)
    return Recapture(n_a, n_b, n_both, missed, low, high, doubt)


def _missed(n_a: int, n_b: int, n_both: int) -> float:
    return (n_a - n_both) * (n_b - n_both) / (n_both + 1)


def _variance(n_a: int, n_b: int, n_both: int) -> float:
    over = (n_both + 1) ** 2 * (n_both + 2)
    return (n_a + 1) * (n_b + 1) * (n_a - n_both) * (n_b - n_both) / over


def _interval(missed: float, variance: float) -> tuple[float, float]:
    """Return the interval of what was missed: even about its logarithm, since it cannot be less than none."""
    if missed <= 0:
        # Nothing was met by one alone: three more are the most that chance hides (the rule of three).
        return 0.0, 3.0
    spread = exp(_Z * sqrt(log(1 + variance / missed**2)))
    return missed / spread, missed * spread


def _nested(n_a: int, n_b: int, n_both: int) -> str:
    """Say whether one source seems to be made of the other: then nothing is drawn twice."""
    smaller = min(n_a, n_b)
    return (
        "one is a part of the other, and says nothing of what both miss"
        if n_both >= _NESTED * smaller
        else ""
    )


def _by_third(a: pd.Series[bool], b: pd.Series[bool], third: pd.Series[bool]) -> str:
    """Test among the articles of a third source whether who is overlooked by one is so by the other."""
    from scipy.stats import fisher_exact

    cells = [[int((third & x & y).sum()) for y in (b, ~b)] for x in (a, ~a)]
    if sum(map(sum, cells)) < _FEWEST or min(map(sum, cells)) == 0:
        return ""
    if float(fisher_exact(cells)[1]) >= _LEVEL:
        return ""
    kind = "more" if cells[0][0] * cells[1][1] > cells[0][1] * cells[1][0] else "less"
    return f"what one overlooks the other overlooks {kind} often, as a third source shows"


def _strata(
    a: pd.Series[bool], b: pd.Series[bool], stratum: pd.Series[str]
) -> list[tuple[int, int, int]]:
    """Return the counts of each stratum; small ones are put together."""
    counts = (
        pd.DataFrame({"a": a, "b": b, "both": a & b}).groupby(stratum.astype(str), sort=True).sum()
    )
    small = counts["both"] < _STRATUM
    cells = [(int(r.a), int(r.b), int(r.both)) for r in counts[~small].itertuples()]
    if small.any():
        rest = counts[small].sum()
        cells.append((int(rest["a"]), int(rest["b"]), int(rest["both"])))
    return cells


def _vary_together(strata: list[tuple[int, int, int]]) -> bool:
    """Test whether both sources find more in some strata than in others."""
    return all(
        _varies([(both, n - both) for n, both in side])
        for side in ([(a, both) for a, _, both in strata], [(b, both) for _, b, both in strata])
    )


def _varies(rows: list[tuple[int, int]]) -> bool:
    from scipy.stats import chi2_contingency

    rows = [row for row in rows if sum(row)]
    if len(rows) < 2 or not all(map(sum, zip(*rows, strict=True))):
        return False
    return float(chi2_contingency(rows, correction=False)[1]) < _LEVEL
