"""Cutting many texts into words at once: in columns of characters, not text by text.

Every character is looked up in a table of five classes; pieces lie between two characters of
different class. A distinct piece is written once, and everything behind this is arithmetic on
its number. What is cut is the same as cutting text by text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from functools import cache
from itertools import count
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from syriatopics.arabic.addresses import may_hold_address, without_addresses
from syriatopics.arabic.characters import ARABIC_LETTERS, INVISIBLE, MARKS
from syriatopics.arabic.normalize import clean
from syriatopics.arabic.tokenize import TOKEN, words_in

__all__ = [
    "Codes",
    "CutTexts",
    "Numbers",
    "PieceMemory",
    "Pieces",
    "blocks",
    "count_words",
    "cut",
    "remembering",
]

Codes = np.ndarray[Any, np.dtype[np.int32]]
Numbers = np.ndarray[Any, np.dtype[np.int64]]
Classes = np.ndarray[Any, np.dtype[np.uint8]]

# Characters that are cut at once: enough for most words to come up more than once, few enough
# to stay near the processor.
_BLOCK = 4_000_000

# Distinct pieces and settled sequences that are remembered; with more, all are forgotten before
# the next texts.
_REMEMBERED = 2_000_000

_DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9"
_ATTACHED = f"{MARKS}{INVISIBLE}"
_INSIDE_NUMBERS = ".,٫٬"
# Characters whose pieces can be cut before cleaning. Anything else (presentation forms,
# other scripts with combining marks) goes through the cleaning of the whole text.
_USUAL = (
    rf"\t\n\r -~\u00a0«»À-ÖØ-öø-ÿ{ARABIC_LETTERS}{_ATTACHED}{_DIGITS}"
    "\u060c\u060d\u061b\u061e\u061f\u066a-\u066d\u06d4–—‘’“”•…"
)
# A gap is 0, and nothing else is.
_GAP, _WORD, _DIGIT, _SIGN, _INSIDE, _MARK, _ODD = range(7)
# The later class of two that both hold a character counts.
_CLASSES = (
    (_SIGN, f"[{_USUAL}]"),
    (_WORD, rf"(?=[{_USUAL}])[^\W\d_]"),
    (_MARK, f"[{_ATTACHED}]"),
    (_DIGIT, f"[{_DIGITS}]"),
    (_INSIDE, f"[{_INSIDE_NUMBERS}]"),
    (_GAP, rf"(?=[{_USUAL}])[\s_]"),
)


class Pieces(NamedTuple):
    """Texts cut into pieces: which distinct piece stands where.

    Attributes
    ----------
    types : list of bytes
        The distinct pieces: words, numbers, runs of punctuation, as they are written, in UTF-16.
    codes : ndarray of int32
        The pieces of all texts, one after the other, as positions in `types`.
    lengths : ndarray of int64, shape (n_texts,)
        How many pieces each text has; 0 for texts in `unusual`.
    unusual : list of int
        Texts that have to be cleaned as a whole and are not cut here.
    """

    types: list[bytes]
    codes: Codes
    lengths: Numbers
    unusual: list[int]


def cut(texts: Sequence[str]) -> Pieces:
    """Cut texts into pieces."""
    texts = list(map(_without_addresses, texts))
    joined = "\n".join(("", *texts, "")).encode("utf-16-le", "surrogatepass")
    classes = _table().take(np.frombuffer(joined, dtype=np.uint16))
    edges = _edges(texts, len(classes))
    unusual = _set_aside(classes, edges)
    bounds = np.flatnonzero(classes[1:] != classes[:-1]) + 1
    # What stands before the first bound and behind the last one is the line end put there.
    spans = pa.Array.from_buffers(
        pa.large_binary(),
        max(len(bounds) - 1, 0),
        [None, pa.py_buffer(2 * bounds), pa.py_buffer(joined)],
    ).dictionary_encode()
    shown = np.flatnonzero(classes.take(bounds[:-1]))
    starts = bounds.take(shown)
    codes = spans.indices.to_numpy(zero_copy_only=False).take(shown)
    is_piece = np.zeros(len(spans.dictionary), dtype=bool)
    is_piece[codes] = True
    codes = (np.cumsum(is_piece, dtype=np.int32) - 1).take(codes)
    types = spans.dictionary.filter(pa.array(is_piece)).to_pylist()
    return Pieces(types, codes, np.diff(np.searchsorted(starts, edges)), unusual)


def _without_addresses(text: str) -> str:
    """Return a text as it is written, or, if it holds an address, the clean text without it."""
    if not may_hold_address(text):
        return text
    cleaned = clean(text)
    without = without_addresses(cleaned)
    return text if without == cleaned else without


@cache
def _table() -> Classes:
    """Return the class of every unit of UTF-16; half a pair of surrogates is odd."""
    table = np.full(1 << 16, _ODD, dtype=np.uint8)
    plain = "".join(map(chr, (*range(0xD800), *range(0xE000, 1 << 16))))
    for number, pattern in _CLASSES:
        table[[ord(found) for found in re.findall(pattern, plain)]] = number
    return table


def _edges(texts: Sequence[str], size: int) -> Numbers:
    """Return where each text begins in the joined ones, and where one more would."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    if int(lengths.sum()) + len(texts) + 1 != size:  # characters that take two units
        sizes = (len(text.encode("utf-16-le", "surrogatepass")) // 2 for text in texts)
        lengths = np.fromiter(sizes, dtype=np.int64, count=len(texts))
    edges = np.ones(len(texts) + 1, dtype=np.int64)
    edges[1:] += np.cumsum(lengths + 1)
    return edges


def _set_aside(classes: Classes, edges: Numbers) -> list[int]:
    """Settle what the neighbours decide, and take out the texts that cannot be cut here.

    A point or comma is part of a number between two digits. A mark or control inside a number
    vanishes in cleaning and would join its two halves.
    """
    marks = np.flatnonzero(classes == _MARK)
    new = np.diff(marks, prepend=-1, append=len(classes) + 1) != 1
    first, last = marks[new[:-1]], marks[new[1:]]
    numeric = (_DIGIT, _INSIDE)
    joins = np.isin(classes[first - 1], numeric) & np.isin(classes[last + 1], numeric)
    odd = np.concatenate([np.flatnonzero(classes == _ODD), first[joins]])
    inside = np.flatnonzero(classes == _INSIDE)
    between = (classes[inside - 1] == _DIGIT) & (classes[inside + 1] == _DIGIT)
    classes[inside] = np.where(between, _DIGIT, _SIGN)
    classes[marks] = _WORD
    unusual: list[int] = np.unique(np.searchsorted(edges, odd, "right") - 1).tolist()
    for text in unusual:
        classes[edges[text] : edges[text + 1]] = _GAP
    return unusual


def blocks(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield texts in lists of some four million characters."""
    block: list[str] = []
    size = 0
    for text in texts:
        block.append(text)
        size += len(text)
        if size >= _BLOCK:
            yield block
            block, size = [], 0
    if block:
        yield block


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Count the clean words, of any script, and numbers of texts."""
    numbering = _Numbering()
    met: list[bytes] = []
    totals = np.zeros(0, dtype=np.int64)
    counts: Counter[str] = Counter()
    for block in blocks(texts):
        pieces = cut(block)
        numbers, new = numbering.number(pieces.types)
        met += new
        totals = np.concatenate([totals, np.zeros(len(new), dtype=np.int64)])
        totals[numbers] += np.bincount(pieces.codes, minlength=len(pieces.types))
        for position in pieces.unusual:
            counts.update(words_in(block[position]))
    for piece, total in zip(_clean_pieces(met), totals.tolist(), strict=True):
        if piece and TOKEN.fullmatch(piece):
            counts[piece] += total
    return counts


class CutTexts:
    """Texts cut once: how often each clean word stands in them, and which of them hold some words.

    Parameters
    ----------
    texts : iterable of str

    Attributes
    ----------
    counts : Counter of str
        As :func:`count_words` counts them.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self.counts: Counter[str] = Counter()
        self._blocks: list[tuple[int, list[str], Pieces]] = []
        self._unusual: list[tuple[int, frozenset[str]]] = []
        start = 0
        for block in blocks(texts):
            pieces = cut(block)
            types = _clean_pieces(pieces.types)
            totals = np.bincount(pieces.codes, minlength=len(types)).tolist()
            found: Counter[str] = Counter()
            for piece, total in zip(types, totals, strict=True):
                if piece[:1].isalnum():  # others are runs of signs
                    found[piece] = found.get(piece, 0) + total
            self.counts.update(found)
            for position in pieces.unusual:
                words = words_in(block[position])
                self.counts.update(words)
                self._unusual.append((start + position, frozenset(words)))
            self._blocks.append((start, types, pieces))
            start += len(block)

    def holding(self, words: Set[str]) -> list[int]:
        """Return the positions of the texts that hold one of these words, in order."""
        found = [place for place, held in self._unusual if not words.isdisjoint(held)]
        for start, types, pieces in self._blocks if words else ():
            wanted = np.fromiter((t in words for t in types), dtype=bool, count=len(types))
            rows = np.repeat(np.arange(len(pieces.lengths)), pieces.lengths)
            found += (start + np.unique(rows[wanted.take(pieces.codes)])).tolist()
        return sorted(found)


class _Numbering:
    """The number of every distinct piece that was met, in the order of their coming."""

    def __init__(self) -> None:
        self._numbers: defaultdict[bytes, int] = defaultdict(count().__next__)

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, types: list[bytes]) -> tuple[Codes, list[bytes]]:
        """Return the number of each of these distinct pieces, and those met for the first time."""
        known = len(self._numbers)
        numbers = np.fromiter(
            map(self._numbers.__getitem__, types), dtype=np.int32, count=len(types)
        )
        return numbers, [types[place] for place in np.flatnonzero(numbers >= known)]


class PieceMemory:
    """What is known of every distinct piece that was met, as numbers; worked out once.

    Parameters
    ----------
    learn : callable
        ``clean pieces → facts``, a row of integers for each fact. A lone mark is "" when clean.
    n_facts : int
    """

    def __init__(self, learn: Callable[[list[str]], Sequence[Sequence[int]]], n_facts: int) -> None:
        self._learn = learn
        self._numbering = _Numbering()
        self._facts = np.zeros((n_facts, 1024), dtype=np.int32)

    def __len__(self) -> int:
        return len(self._numbering)

    def facts(self, types: list[bytes]) -> Codes:
        """Return the facts of distinct pieces, a column for each."""
        numbers, new = self._numbering.number(types)
        if new:
            known, total = len(self) - len(new), len(self)
            if total > self._facts.shape[1]:
                wider = np.zeros((len(self._facts), 2 * total), dtype=np.int32)
                wider[:, :known] = self._facts[:, :known]
                self._facts = wider
            self._facts[:, known:total] = self._learn(_clean_pieces(new))
        return self._facts.take(numbers, axis=1)


@contextmanager
def remembering(lock: Lock, held: Callable[[], int], forget: Callable[[], None]) -> Iterator[None]:
    """Read with what is remembered, one thread at a time; it is dropped where it grew too large.

    After an error it is dropped as well: what was learned may be half a piece.
    """
    with lock:
        if held() > _REMEMBERED:
            forget()
        try:
            yield
        except BaseException:
            forget()
            raise


def _clean_pieces(pieces: list[bytes]) -> list[str]:
    """Clean pieces in one go: none holds a line end, and none composes across one."""
    return clean(b"\n\0".join(pieces).decode("utf-16-le")).split("\n") if pieces else []
