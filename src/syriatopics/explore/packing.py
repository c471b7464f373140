"""Packing: columns of numbers and lists of text as short strings that a page can carry and unpack.

What is packed is deflated without a header and written in base64; the browser has both ways by
itself (``DecompressionStream``, ``atob``).
"""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse

__all__ = ["chunked", "packed", "packed_columns", "packed_json", "varints"]

# Numbers as the browser calls them; all little-endian.
_KINDS = {
    "u1": "Uint8",
    "i1": "Int8",
    "u2": "Uint16",
    "u4": "Uint32",
    "i4": "Int32",
    "f8": "Float64",
}
# A number takes seven bits a byte, and 32 bits at most.
_BYTES = 5


def _deflated(raw: bytes) -> str:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return b64encode(squeeze.compress(raw) + squeeze.flush()).decode("ascii")


def packed(values: np.ndarray[Any, Any], kind: str) -> list[str]:
    """Pack a column as numbers of one kind: ``[name of the browser's array, text]``.

    Examples
    --------
    >>> packed(np.array([1, 2, 3]), "u1")[0]
    'Uint8'
    """
    return [_KINDS[kind], _deflated(np.ascontiguousarray(values, dtype=f"<{kind}").tobytes())]


def packed_json(value: object) -> str:
    """Pack plain values, such as a list of texts."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # A lone surrogate, which some scraped files hold, has no form in UTF-8.
    return _deflated(text.encode("utf-8", "replace"))


def varints(values: np.ndarray[Any, Any]) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Write numbers below 2 ** 32 in as few bytes as each takes: seven bits each, the lowest first.

    Examples
    --------
    >>> varints(np.array([5, 300])).tolist()
    [5, 172, 2]
    """
    left = np.asarray(values, dtype=np.uint64)
    length = np.ones(len(left), dtype=np.int64)
    for n in range(1, _BYTES):
        length += left >= (1 << (7 * n))
    place = np.cumsum(length) - length
    found = np.zeros(int(length.sum()), dtype=np.uint8)
    for n in range(_BYTES):
        there = length > n
        more = (length > n + 1).astype(np.uint8) << 7
        byte = ((left >> np.uint64(7 * n)) & np.uint64(127)).astype(np.uint8)
        found[place[there] + n] = (byte | more)[there]
    return found


def packed_columns(counts: sparse.spmatrix, numbers: bool = True) -> dict[str, list[str]]:
    """Pack a matrix of counts by its columns: which rows each holds, as steps, and how often.

    Parameters
    ----------
    counts : sparse matrix
    numbers : bool
        Also how often; without it only which rows.
    """
    columns = sparse.csc_matrix(counts)
    columns.sort_indices()
    rows = columns.indices.astype(np.int64)
    steps = np.diff(rows, prepend=0)
    starts = columns.indptr[:-1][np.diff(columns.indptr) > 0]
    steps[starts] = rows[starts]
    parts = {"sizes": np.diff(columns.indptr), "rows": steps}
    if numbers:
        parts["counts"] = columns.data
    return {name: packed(varints(values), "u1") for name, values in parts.items()}


def chunked(texts: Sequence[str], size: int) -> list[str]:
    """Pack texts so many at a time: only those that are shown are unpacked."""
    return [packed_json(list(texts[n : n + size])) for n in range(0, len(texts), size)]
