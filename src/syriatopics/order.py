"""Order that no processor changes: which value is the largest, and what comes first.

The last digits of a product of matrices, of an exponential or of a logarithm are the choice of the
kernel at hand. What hangs on a comparison (a topic of most weight, a word that comes first, a
break) is therefore compared in as many decimals as every kernel agrees on, and ties go to who
stands first.
"""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["compared", "largest", "ranked", "settled"]

# Kernels differ from the thirteenth decimal of a share on; models that iterate, from the eleventh.
DECIMALS = 9

Array = np.ndarray[Any, np.dtype[np.float64]]
Places = np.ndarray[Any, np.dtype[np.int64]]


def settled(values: Any) -> Array:
    """Return values as they are compared: without the decimals that a processor decides.

    Parameters
    ----------
    values : array-like of float
        On the scale of shares, scores and log-odds.

    Returns
    -------
    ndarray of float64
        Of the same shape.

    Examples
    --------
    >>> (settled(0.1 + 0.2) == settled(0.3)).item()
    True
    """
    # The zero turns -0.0 into 0.0.
    return np.asarray(np.round(values, DECIMALS) + 0.0, dtype=np.float64)


def compared(column: Any) -> Any:
    """Return a column of a table as it is compared in sorting: the `key` of ``sort_values``."""
    return settled(column) if column.dtype.kind == "f" else column


def largest(values: Any, axis: int = -1) -> Any:
    """Return the place of the largest value along an axis; of near ties, the first.

    Examples
    --------
    >>> int(largest([0.1, 0.3, 0.1 + 0.2]))
    1
    """
    return settled(values).argmax(axis=axis)


def ranked(values: Any, axis: int = -1) -> Places:
    """Return the places of the values along an axis, the largest first; near ties as they stand.

    Examples
    --------
    >>> ranked([0.3, 0.5, 0.1 + 0.2]).tolist()
    [1, 0, 2]
    """
    places: Places = np.argsort(-settled(values), axis=axis, kind="stable")
    return places
