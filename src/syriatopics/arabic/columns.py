"""Reading the terms of many texts at once: work is done per word type, in columns.

The engine of polars cuts the texts, every distinct piece is cleaned and judged once, and the
rest is arithmetic on integers. The result is the same, term by term, as reading text by text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa

from syriatopics.arabic.characters import ARABIC_LETTERS, INVISIBLE, MARKS
from syriatopics.arabic.normalize import clean
from syriatopics.arabic.phrases import PhraseMatch, PhraseMatcher
from syriatopics.arabic.tokenize import TOKEN

__all__ = ["Encoded", "Pieces", "count_words", "cut", "encode"]

Codes = np.ndarray[Any, np.dtype[np.int32]]

_DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9"
_ATTACHED = f"{MARKS}{INVISIBLE}"
# Characters whose pieces can be cut before cleaning. Anything else (presentation forms,
# other scripts with combining marks) goes through the cleaning of the whole text.
_USUAL = (
    rf"\t\n\r -~\u00a0«»À-ÖØ-öø-ÿ{ARABIC_LETTERS}{_ATTACHED}{_DIGITS}"
    "\u060c\u060d\u061b\u061e\u061f\u066a-\u066d\u06d4–—‘’“”•…"
)
# A mark or control inside a number vanishes in cleaning and would join its two halves.
_UNUSUAL = rf"[^{_USUAL}]|[{_DIGITS}.,٫٬][{_ATTACHED}]+[{_DIGITS}.,٫٬]"
_PIECE = (
    rf"[\p{{L}}{_ATTACHED}]+|[{_DIGITS}]+(?:[.,٫٬][{_DIGITS}]+)*"
    rf"|[^\s_\p{{L}}{_ATTACHED}{_DIGITS}]+"
)


class Pieces(NamedTuple):
    """Texts cut into pieces: which distinct piece stands where.

    Attributes
    ----------
    types : list of str
        The distinct pieces: words, numbers, runs of punctuation, as they are written.
    codes : ndarray of int32
        The pieces of all texts, one after the other, as positions in `types`.
    lengths : ndarray of int64, shape (n_texts,)
        How many pieces each text has; 0 for texts in `unusual`.
    unusual : list of int
        Texts that have to be cleaned as a whole and are not cut here.
    """

    types: list[str]
    codes: Codes
    lengths: np.ndarray[Any, np.dtype[np.int64]]
    unusual: list[int]


class Encoded(NamedTuple):
    """The terms of texts: ``terms[codes[k]]`` stands in text ``rows[k]``, in order."""

    terms: list[str]
    rows: np.ndarray[Any, np.dtype[np.int64]]
    codes: Codes


def cut(texts: Sequence[str]) -> Pieces:
    """Cut texts into pieces."""
    column = pl.Series("text", texts, dtype=pl.String)
    strange = column.str.contains(_UNUSUAL)
    unusual = strange.arg_true().to_list()
    if unusual:
        column = column.set(strange, "")
    lists = column.str.extract_all(_PIECE)
    lengths = lists.list.len().to_numpy().astype(np.int64)
    pieces = lists.explode(empty_as_null=False).to_arrow().dictionary_encode()
    codes = pieces.indices.to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
    return Pieces(pieces.dictionary.to_pylist(), codes, lengths, unusual)


def count_words(texts: Sequence[str]) -> Counter[str]:
    """Count the clean words, of any script, and numbers of texts."""
    pieces = cut(texts)
    counts: Counter[str] = Counter()
    totals = np.bincount(pieces.codes, minlength=len(pieces.types)).tolist()
    for piece, count in zip(_clean_all(pieces.types), totals, strict=True):
        if piece and TOKEN.fullmatch(piece):
            counts[piece] += count
    for position in pieces.unusual:
        counts.update(TOKEN.findall(clean(texts[position])))
    return counts


def encode(
    texts: Sequence[str],
    read: Callable[[str], list[str]],
    term_of: Callable[[str], str | None],
    key_of: Callable[[str], str | None],
    names: PhraseMatcher[str] | None,
) -> Encoded:
    """Return the terms of texts, as :class:`TermReader` gives them.

    Parameters
    ----------
    texts : sequence of str
    read : callable
        ``text → terms``, for the texts that cannot be cut before cleaning.
    term_of, key_of : callable
        ``clean piece → term`` and ``→ match key``; None for what is not counted or has no
        key, and for the empty piece.
    names : PhraseMatcher, optional
        Multiword names whose ids are terms.
    """
    pieces = cut(texts)
    cleaned = _clean_all(pieces.types)
    rows = np.repeat(np.arange(len(texts)), pieces.lengths)
    codes = pieces.codes
    if "" in cleaned:  # a lone mark or control: nothing, and no break either
        shown = np.array(list(map(bool, cleaned)), dtype=bool)[codes]
        rows, codes = rows[shown], codes[shown]
    column = pa.array(list(map(term_of, cleaned)), pa.string()).dictionary_encode()
    terms: list[str] = column.dictionary.to_pylist()
    term_codes = column.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    found = term_codes.astype(np.int32)[codes]
    book = {term: code for code, term in enumerate(terms)}
    if names is not None:
        keys = list(map(key_of, cleaned))
        _put_names(found, rows, codes, keys, names, book)
    kept = found >= 0
    rows, found = rows[kept], found[kept]
    if pieces.unusual:
        rows, found = _put_unusual(rows, found, texts, pieces.unusual, read, book)
    return Encoded(list(book), rows, found)


def _clean_all(pieces: list[str]) -> list[str]:
    """Clean pieces in one go: none holds a line end, and none composes across one."""
    return clean("\n".join(pieces)).split("\n") if pieces else []


def _put_names(
    found: Codes,
    rows: np.ndarray[Any, np.dtype[np.int64]],
    codes: Codes,
    keys: list[str | None],
    names: PhraseMatcher[str],
    book: dict[str, int],
) -> None:
    """Write the terms of names over those of their words."""
    places, which, pairs = _pairs(rows, codes, keys, names)
    # What two words decide, or three, is decided once and not wherever they stand.
    settled = [_settle(pair, names) for pair in pairs]
    triples: dict[tuple[int, ...], PhraseMatch[str | None] | None] = {}
    ends = np.searchsorted(rows, rows[places], "right").tolist()
    heads: list[int] = []
    covered: list[int] = []
    terms: list[int] = []
    free = 0
    for position, number, row_end in zip(places.tolist(), which.tolist(), ends, strict=True):
        match = settled[number]
        if match is None or position < free:
            continue
        if match is _OPEN:
            window = codes[position : min(position + names.longest, row_end)].tolist()
            triple = tuple(window[:3])
            if triple not in triples:
                triples[triple] = _settle([keys[code] for code in triple], names)
            match = triples[triple]
            if match is _OPEN:
                match = names.match([keys[code] for code in window], 0)
            if match is None:
                continue
        free = position + match.end
        covered.extend(range(position, free))
        if match.id is not None:
            heads.append(position)
            terms.append(book.setdefault(match.id, len(book)))
    found[covered] = -1
    found[heads] = terms


_OPEN: PhraseMatch[str | None] = PhraseMatch(-1, -1, None, "")


def _settle(
    words: Sequence[str | None], names: PhraseMatcher[str]
) -> PhraseMatch[str | None] | None:
    """Return the name that begins with these words, None if none does, or that it is open."""
    first, *rest = words
    if first is None:
        return None
    return _OPEN if names.goes_on(first, *rest) else names.match(words, 0)


def _pairs(
    rows: np.ndarray[Any, np.dtype[np.int64]],
    codes: Codes,
    keys: list[str | None],
    names: PhraseMatcher[str],
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], list[tuple[str, str]]]:
    """Return where two words stand that may begin a name, which pair it is, and the pairs."""
    starts = np.array(names.starting(keys), dtype=bool)
    follows = np.array(names.following(keys), dtype=bool)
    here = starts[codes[:-1]] & follows[codes[1:]] & (rows[:-1] == rows[1:])
    places = np.flatnonzero(here)
    numbers = codes[places].astype(np.int64) * len(keys) + codes[places + 1]
    unique, which = np.unique(numbers, return_inverse=True)
    pairs = [(keys[n // len(keys)] or "", keys[n % len(keys)] or "") for n in unique.tolist()]
    return places, which, pairs


def _put_unusual(
    rows: np.ndarray[Any, np.dtype[np.int64]],
    found: Codes,
    texts: Sequence[str],
    unusual: list[int],
    read: Callable[[str], list[str]],
    book: dict[str, int],
) -> tuple[np.ndarray[Any, np.dtype[np.int64]], Codes]:
    terms = [read(texts[position]) for position in unusual]
    more = np.repeat(np.array(unusual, dtype=np.int64), [len(t) for t in terms])
    codes = np.array(
        [book.setdefault(term, len(book)) for text in terms for term in text], dtype=np.int32
    )
    order = np.argsort(np.concatenate([rows, more]), kind="stable")
    return np.concatenate([rows, more])[order], np.concatenate([found, codes])[order]
