"""Reading the terms of many texts at once: work is done once per distinct piece, and remembered.

The result is the same, term by term, as reading text by text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from syriatopics.arabic.columns import Codes, Numbers, PieceMemory, blocks, cut, remembering
from syriatopics.arabic.phrases import PhraseMatcher
from syriatopics.arabic.spans import Book, PhraseSpans

__all__ = ["Encoded", "TermEncoder"]

_NOTHING, _VANISHES = -1, -2


class Encoded(NamedTuple):
    """The terms of texts: ``terms[codes[k]]`` stands in text ``rows[k]``, in order."""

    terms: list[str]
    rows: Numbers
    codes: Codes


class TermEncoder:
    """Gives the terms of many texts as codes.

    Parameters
    ----------
    read : callable
        ``text → terms``, for the texts that cannot be cut before cleaning.
    term_of, key_of : callable
        ``clean piece → term`` and ``→ match key``; None for what is not counted or has no
        key, and for the empty piece.
    names : PhraseMatcher, optional
        Multiword names.
    forget : callable
        Is called when what is remembered of pieces grows too large and is dropped.
    named : callable
        The term of a name, by its id.
    """

    def __init__(
        self,
        read: Callable[[str], list[str]],
        term_of: Callable[[str], str | None],
        key_of: Callable[[str], str | None] = str,
        names: PhraseMatcher[str] | None = None,
        forget: Callable[[], None] = lambda: None,
        named: Callable[[str], str] = str,
    ) -> None:
        self._read = read
        self._term_of = term_of
        self._key_of = key_of
        self._names = names
        self._forget_more = forget
        self._named = named
        self._lock = Lock()
        self._begin()

    def _forget(self) -> None:
        self._forget_more()
        if self._names is not None:
            self._names.forget()
        self._begin()

    def _begin(self) -> None:
        self._terms = Book()
        self._spans = None if self._names is None else PhraseSpans(self._names)
        width = 1 if self._spans is None else 1 + self._spans.n_facts
        self._memory = PieceMemory(self._learn, width)

    def _held(self) -> int:
        return len(self._memory) + len(self._spans or ())

    def _learn(self, pieces: list[str]) -> Sequence[Sequence[int]]:
        terms = [self._terms.number(self._term_of(p)) if p else _VANISHES for p in pieces]
        if self._spans is None:
            return (terms,)
        return terms, *self._spans.learn(list(map(self._key_of, pieces)))

    def encode(self, texts: Sequence[str]) -> Encoded:
        """Return the terms of texts; `terms` come in the order in which they are met."""
        with remembering(self._lock, self._held, self._forget):
            rows, found = self._read_blocks(texts)
            met = pa.array(found).dictionary_encode()
            terms = [self._terms.items[number] for number in met.dictionary.to_pylist()]
        return Encoded(terms, rows, met.indices.to_numpy(zero_copy_only=False))

    def _read_blocks(self, texts: Sequence[str]) -> tuple[Numbers, Codes]:
        rows, found = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int32)]
        start = 0
        for block in blocks(texts):
            places, terms = self._read_block(block)
            rows.append(places + start)
            found.append(terms)
            start += len(block)
        return np.concatenate(rows), np.concatenate(found)

    def _read_block(self, texts: list[str]) -> tuple[Numbers, Codes]:
        """Return where terms stand, and their numbers among all that were ever met."""
        pieces = cut(texts)
        term_of, *about = self._memory.facts(pieces.types)
        rows = np.repeat(np.arange(len(texts)), pieces.lengths)
        codes = pieces.codes.astype(np.int64)  # numpy takes by these, again and again
        found = term_of.take(codes)
        if (term_of == _VANISHES).any():  # a lone mark or control: no break either
            shown = np.flatnonzero(found != _VANISHES)
            rows, codes, found = rows[shown], codes[shown], found[shown]
        if self._spans is not None:
            for span in self._spans.find(rows, codes, np.array(about)):
                found[span.start : span.end] = _NOTHING
                found[span.start] = self._terms.number(span.id and self._named(span.id))
        kept = np.flatnonzero(found >= 0)
        rows, found = rows.take(kept), found.take(kept)
        if not pieces.unusual:
            return rows, found
        read = [self._read(texts[position]) for position in pieces.unusual]
        more = np.repeat(pieces.unusual, [len(terms) for terms in read])
        numbers = [self._terms.number(term) for terms in read for term in terms]
        places = np.searchsorted(rows, more)
        return np.insert(rows, places, more), np.insert(found, places, numbers)
