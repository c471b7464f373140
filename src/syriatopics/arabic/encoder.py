"""Reading the terms of many texts at once: work is done once per distinct piece, and remembered.

The result is the same, term by term, as reading text by text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from threading import Lock
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from syriatopics.arabic.columns import Codes, Numbering, Numbers, blocks, clean_pieces, cut
from syriatopics.arabic.phrases import PhraseMatch, PhraseMatcher

__all__ = ["Encoded", "TermEncoder"]

# Distinct pieces that are remembered; with more, all are forgotten before the next texts.
_REMEMBERED = 2_000_000
# What is known of a piece: the number of its term, of its match key, and whether a name may
# begin with it (1) or have it as its second word (2).
_TERM, _KEY, _PLACE = range(3)
_NOTHING, _VANISHES = -1, -2
_MAY_BEGIN, _MAY_FOLLOW = 1, 2


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
        Names of two words or more whose ids are terms.
    """

    def __init__(
        self,
        read: Callable[[str], list[str]],
        term_of: Callable[[str], str | None],
        key_of: Callable[[str], str | None] = str,
        names: PhraseMatcher[str] | None = None,
    ) -> None:
        self._read = read
        self._term_of = term_of
        self._key_of = key_of
        self._names = names
        self._lock = Lock()
        self._forget()

    def _forget(self) -> None:
        self._numbering = Numbering()
        self._facts = np.zeros((3, 1024), dtype=np.int32)
        self._terms = _Book()
        self._spans = None if self._names is None else NameSpans(self._names)

    def encode(self, texts: Sequence[str]) -> Encoded:
        """Return the terms of texts; `terms` come in the order in which they are met."""
        with self._lock:
            if len(self._numbering) > _REMEMBERED:
                self._forget()
            try:
                rows, found = self._read_blocks(texts)
            except BaseException:  # what was learned may be half a piece
                self._forget()
                raise
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
        facts = self._learn(pieces.types)
        rows = np.repeat(np.arange(len(texts)), pieces.lengths)
        codes = pieces.codes.astype(np.int64)  # numpy takes by these, again and again
        found = facts[_TERM].take(codes)
        if (facts[_TERM] == _VANISHES).any():  # a lone mark or control: no break either
            shown = np.flatnonzero(found != _VANISHES)
            rows, codes, found = rows[shown], codes[shown], found[shown]
        if self._spans is not None:
            self._spans.put(found, rows, codes, facts, self._terms.number)
        kept = np.flatnonzero(found >= 0)
        rows, found = rows.take(kept), found.take(kept)
        if not pieces.unusual:
            return rows, found
        read = [self._read(texts[position]) for position in pieces.unusual]
        more = np.repeat(pieces.unusual, [len(terms) for terms in read])
        numbers = [self._terms.number(term) for terms in read for term in terms]
        places = np.searchsorted(rows, more)
        return np.insert(rows, places, more), np.insert(found, places, numbers)

    def _learn(self, types: list[bytes]) -> Codes:
        """Return what is known of distinct pieces, a column for each."""
        numbers, new = self._numbering.number(types)
        if new:
            known, total = len(self._numbering) - len(new), len(self._numbering)
            if total > self._facts.shape[1]:
                wider = np.zeros((3, 2 * total), dtype=np.int32)
                wider[:, :known] = self._facts[:, :known]
                self._facts = wider
            cleaned = clean_pieces(new)
            self._facts[_TERM, known:total] = [
                self._terms.number(self._term_of(piece)) if piece else _VANISHES
                for piece in cleaned
            ]
            if self._spans is not None:
                keys = list(map(self._key_of, cleaned))
                self._facts[_KEY:, known:total] = self._spans.learn(keys)
        return self._facts.take(numbers, axis=1)


class _Book:
    """Strings and their numbers, both ways; nothing has the number −1."""

    def __init__(self) -> None:
        self.items: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, item: str | None) -> int:
        if item is None:
            return _NOTHING
        number = self._numbers.setdefault(item, len(self.items))
        if number == len(self.items):
            self.items.append(item)
        return number


class NameSpans:
    """Finds names in columns: what two words decide, or three, is decided once.

    Parameters
    ----------
    names : PhraseMatcher
    """

    def __init__(self, names: PhraseMatcher[str]) -> None:
        self._names = names
        self._keys = _Book()
        self._settled: dict[tuple[int, ...], PhraseMatch[str | None] | None] = {}

    def learn(self, keys: Sequence[str | None]) -> tuple[list[int], list[int]]:
        """Return the number of each key, and where in a name it may stand."""
        begins, follows = self._names.starting(keys), self._names.following(keys)
        places = [
            _MAY_BEGIN * begin + _MAY_FOLLOW * follow
            for begin, follow in zip(begins, follows, strict=True)
        ]
        return list(map(self._keys.number, keys)), places

    def put(
        self,
        found: Codes,
        rows: Numbers,
        codes: Numbers,
        facts: Codes,
        number: Callable[[str | None], int],
    ) -> None:
        """Write the terms of names over those of their words."""
        heads: list[int] = []
        covered: list[int] = []
        ids: list[int] = []
        free = 0
        for position, end, match in self._candidates(rows, codes, facts):
            if position < free:
                continue
            if match is _OPEN:
                match = self._longest(facts[_KEY].take(codes[position:end]).tolist())
            if match is None:
                continue
            free = position + match.end
            covered.extend(range(position, free))
            if match.id is not None:
                heads.append(position)
                ids.append(number(match.id))
        found[covered] = _NOTHING
        found[heads] = ids

    def _candidates(
        self, rows: Numbers, codes: Numbers, facts: Codes
    ) -> Iterator[tuple[int, int, PhraseMatch[str | None] | None]]:
        """Yield where two words stand with which a name begins, where it must end, and the name."""
        begins, follows = ((facts[_PLACE] & flag) > 0 for flag in (_MAY_BEGIN, _MAY_FOLLOW))
        places = np.flatnonzero(begins.take(codes[:-1]))
        places = places[follows.take(codes[places + 1])]
        places = places[rows[places] == rows[places + 1]]
        first, second = (
            facts[_KEY].take(codes[at]).astype(np.int64) for at in (places, places + 1)
        )
        pairs = pa.array((first << 32) + second).dictionary_encode()
        matches = [
            self._settle((pair >> 32, pair & 0xFFFFFFFF)) for pair in pairs.dictionary.to_pylist()
        ]
        which = pairs.indices.to_numpy(zero_copy_only=False)
        named = np.array([match is not None for match in matches], dtype=bool)[which]
        places, which = places[named], which[named]
        ends = np.minimum(rows.searchsorted(rows[places], "right"), places + self._names.longest)
        for position, end, pair in zip(places.tolist(), ends.tolist(), which.tolist(), strict=True):
            yield position, end, matches[pair]

    def _longest(self, window: list[int]) -> PhraseMatch[str | None] | None:
        """Return the name that begins with these words, or None."""
        match = self._settle(tuple(window[:3]))
        return self._names.match(self._words(window), 0) if match is _OPEN else match

    def _settle(self, window: tuple[int, ...]) -> PhraseMatch[str | None] | None:
        """Return the name that begins with these words, None if none does, or that it is open."""
        if window not in self._settled:
            words = self._words(window)
            first, *rest = words
            goes_on = first is not None and self._names.goes_on(first, *rest)
            self._settled[window] = _OPEN if goes_on else self._names.match(words, 0)
        return self._settled[window]

    def _words(self, window: Sequence[int]) -> list[str | None]:
        return [None if number < 0 else self._keys.items[number] for number in window]


_OPEN: PhraseMatch[str | None] = PhraseMatch(-1, -1, None, "")
