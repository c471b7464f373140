"""Finding the entries of a lexicon in many texts at once.

What one word decides, or two, or three, is decided once and not wherever they stand. The matches
are those of :meth:`PhraseMatcher.find`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from threading import Lock
from typing import Generic, NamedTuple, TypeVar

import numpy as np
import pyarrow as pa

from syriatopics.arabic.columns import Codes, Numbers, PieceMemory, blocks, cut, remembering
from syriatopics.arabic.normalize import require_text
from syriatopics.arabic.phrases import PhraseMatch, PhraseMatcher
from syriatopics.arabic.tokenize import is_token

__all__ = ["Book", "Entry", "PhraseFinder", "PhraseSpans", "Span"]

_Id = TypeVar("_Id", bound=Hashable)
_MAY_BEGIN, _MAY_FOLLOW = 1, 2
_NO_WORD = -1


class Book:
    """Strings and their numbers, both ways; nothing has the number −1."""

    def __init__(self) -> None:
        self.items: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, item: str | None) -> int:
        """Return the number of a string; a new one is entered."""
        if item is None:
            return _NO_WORD
        number = self._numbers.setdefault(item, len(self.items))
        if number == len(self.items):
            self.items.append(item)
        return number


class Span(NamedTuple, Generic[_Id]):
    """An entry covers the pieces `start` to `end`; blocked entries have no id."""

    start: int
    end: int
    id: _Id | None
    form: str


class PhraseSpans(Generic[_Id]):
    """Finds entries among pieces whose facts are at hand.

    Parameters
    ----------
    matcher : PhraseMatcher
    """

    n_facts = 2

    def __init__(self, matcher: PhraseMatcher[_Id]) -> None:
        self._matcher = matcher
        self._keys = Book()
        self._settled: dict[tuple[int, ...], PhraseMatch[_Id | None] | _Open | None] = {}

    def __len__(self) -> int:
        """How many sequences of words are settled."""
        return len(self._settled)

    def learn(self, keys: Sequence[str | None]) -> tuple[list[int], list[int]]:
        """Return the number of each match key, and where in an entry it may stand."""
        begins, follows = self._matcher.starting(keys), self._matcher.following(keys)
        places = [
            _MAY_BEGIN * begin + _MAY_FOLLOW * follow
            for begin, follow in zip(begins, follows, strict=True)
        ]
        return list(map(self._keys.number, keys)), places

    def find(self, rows: Numbers, codes: Numbers, facts: Codes) -> Iterator[Span[_Id]]:
        """Yield the entries among pieces, in order and without overlap.

        Parameters
        ----------
        rows : ndarray of int64, shape (n_pieces,)
            The text of each piece.
        codes : ndarray of int64, shape (n_pieces,)
            Which distinct piece it is.
        facts : ndarray of int32, shape (2, n_types)
            What :meth:`learn` returned of each distinct piece.
        """
        free = 0
        for position, end, match in self._candidates(rows, codes, facts):
            if position < free:
                continue
            if isinstance(match, _Open):
                match = self._longest(facts[0].take(codes[position:end]).tolist())
            if match is not None:
                free = position + match.end
                yield Span(position, free, match.id, match.form)

    def _candidates(
        self, rows: Numbers, codes: Numbers, facts: Codes
    ) -> Iterator[tuple[int, int, PhraseMatch[_Id | None] | _Open | None]]:
        """Yield where an entry begins, where it must have ended, and the entry if that is plain."""
        keys, roles = facts
        begins, follows = ((roles & flag) > 0 for flag in (_MAY_BEGIN, _MAY_FOLLOW))
        places = np.flatnonzero(begins.take(codes))
        after = np.minimum(places + 1, len(codes) - 1)
        goes_on = follows.take(codes[after]) & (rows[after] == rows[places]) & (after > places)
        second = np.where(goes_on, keys.take(codes[after]), _NO_WORD)
        pairs = pa.array((keys.take(codes[places]).astype(np.int64) << 32) + second)
        pairs = pairs.dictionary_encode()
        matches = [
            self._settle((pair + 1 >> 32, (pair + 1 & 0xFFFFFFFF) - 1))
            for pair in pairs.dictionary.to_pylist()
        ]
        which = pairs.indices.to_numpy(zero_copy_only=False)
        found = np.array([match is not None for match in matches], dtype=bool)[which]
        places, which = places[found], which[found]
        ends = np.minimum(rows.searchsorted(rows[places], "right"), places + self._matcher.longest)
        for position, end, pair in zip(places.tolist(), ends.tolist(), which.tolist(), strict=True):
            yield position, end, matches[pair]

    def _longest(self, window: list[int]) -> PhraseMatch[_Id | None] | None:
        """Return the entry that begins with these words, or None."""
        match = self._settle(tuple(window[:3]))
        if isinstance(match, _Open):
            return self._matcher.match(self._words(window), 0)
        return match

    def _settle(self, window: tuple[int, ...]) -> PhraseMatch[_Id | None] | _Open | None:
        """Return the entry that begins with these words, None if none does, or that it is open."""
        if window not in self._settled:
            words = self._words(window)
            first, *rest = words
            goes_on = first is not None and self._matcher.goes_on(first, *rest)
            self._settled[window] = _Open() if goes_on else self._matcher.match(words, 0)
        return self._settled[window]

    def _words(self, window: Sequence[int]) -> list[str | None]:
        return [None if number < 0 else self._keys.items[number] for number in window]


class _Open:
    """What more words must decide."""


class Entry(NamedTuple, Generic[_Id]):
    """The entry `form` of `id`."""

    id: _Id
    form: str


class PhraseFinder(Generic[_Id]):
    """Which entries of a lexicon stand in each of many texts?

    The same as :meth:`PhraseMatcher.find_in` finds, without the places.

    Parameters
    ----------
    matcher : PhraseMatcher

    Examples
    --------
    >>> finder = PhraseFinder(PhraseMatcher({"un": ["الأمم المتحدة"]}))
    >>> entries, rows, codes = finder.find(["سوريا", "قال للأمم المتحدة"])
    >>> entries[codes[0]].id, rows.tolist()
    ('un', [1])
    """

    def __init__(self, matcher: PhraseMatcher[_Id]) -> None:
        self._matcher = matcher
        self._lock = Lock()
        self._forget()

    def __reduce__(self) -> tuple[type, tuple[PhraseMatcher[_Id]]]:
        return PhraseFinder, (self._matcher,)

    def _forget(self) -> None:
        self._matcher.forget()
        self._spans = PhraseSpans(self._matcher)
        self._memory = PieceMemory(self._learn, 1 + PhraseSpans.n_facts)

    def _held(self) -> int:
        return len(self._memory) + len(self._spans)

    def _learn(self, pieces: list[str]) -> Sequence[Sequence[int]]:
        keys = [self._matcher.key(piece) if piece and is_token(piece) else None for piece in pieces]
        return list(map(bool, pieces)), *self._spans.learn(keys)

    def find(self, texts: Sequence[str]) -> tuple[list[Entry[_Id]], Numbers, Codes]:
        """Return entries, and which of them stands in which text: ``entries[codes], rows``."""
        numbers: dict[Entry[_Id], int] = {}
        rows: list[int] = []
        codes: list[int] = []
        start = 0
        for text in texts:
            require_text(text)
        with remembering(self._lock, self._held, self._forget):
            for block in blocks(texts):
                for row, entry in self._find(block):
                    rows.append(start + row)
                    codes.append(numbers.setdefault(entry, len(numbers)))
                start += len(block)
        return list(numbers), np.array(rows, np.int64), np.array(codes, np.int32)

    def _find(self, texts: list[str]) -> Iterator[tuple[int, Entry[_Id]]]:
        pieces = cut(texts)
        shown, *facts = self._memory.facts(pieces.types)
        kept = np.flatnonzero(shown.take(pieces.codes))  # a lone mark is no break either
        codes = pieces.codes.astype(np.int64)[kept]
        rows = np.repeat(np.arange(len(texts)), pieces.lengths)[kept]
        spans = list(self._spans.find(rows, codes, np.array(facts)))
        where = rows[[span.start for span in spans]].tolist()
        for row, span in zip(where, spans, strict=True):
            if span.id is not None:
                yield row, Entry(span.id, span.form)
        for row in pieces.unusual:
            for match in self._matcher.find_in(texts[row]):
                yield row, Entry(match.id, match.form)
