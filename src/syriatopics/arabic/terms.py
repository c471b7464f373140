"""Reading the terms of a text once everything about them is settled: fast, and memoised by type."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from operator import methodcaller
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from syriatopics.arabic.encoder import Encoded, TermEncoder
from syriatopics.arabic.normalize import key_of_clean, require_text
from syriatopics.arabic.phrases import PhraseMatcher
from syriatopics.arabic.tokenize import placed, words_in

if TYPE_CHECKING:
    from syriatopics.arabic.analyzer import ArabicAnalyzer

__all__ = ["TermMatch", "TermReader"]

# Words and numbers as in tokenize, and runs of punctuation: no name reaches across one.
_PIECE = re.compile(r"[^\W\d_]+|\d+(?:[.,٫٬]\d+)*|[^\w\s]+")


class TermMatch(NamedTuple):
    """A term as it stands at ``text[start:end]``."""

    term: str
    start: int
    end: int


class _Memo(dict[str, Any]):
    """A dict that fills itself: work is done once per word type, not per token."""

    def __init__(self, make: Callable[[str], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, piece: str) -> Any:
        value = self[piece] = self._make(piece)
        return value


class TermReader:
    """A callable ``text → terms``, as CountVectorizer and BERTopic want their analyzer.

    It is frozen: nothing about it changes but its memory of the word types it has seen,
    and a copy of it (``sklearn.base.clone``) is itself.

    Parameters
    ----------
    term_of : callable
        ``clean token → term``, or None where the token is not counted.
    names : PhraseMatcher, optional
        Multiword names; the id of a match is its term.
    key_of : callable
        The match key of a clean word, its spelling folded as the matcher's are.
    ngram_range : (int, int)
        Sizes of the n-grams to give, over terms that no punctuation parts.
    source : ArabicAnalyzer, optional
        What it was made by; lets it be sent to another process.
    """

    def __init__(
        self,
        term_of: Callable[[str], str | None],
        names: PhraseMatcher[str] | None = None,
        key_of: Callable[[str], str] = key_of_clean,
        ngram_range: tuple[int, int] = (1, 1),
        source: ArabicAnalyzer | None = None,
    ) -> None:
        self._source = source
        self._names = names
        self._ngrams = ngram_range
        self._terms: dict[str, str | None] = _Memo(lambda piece: term_of(piece) if piece else None)
        self._keys: dict[str, str | None] = _Memo(
            lambda piece: key_of(piece) if piece[:1].isalnum() else None
        )
        # A name whose id is one word (السعودية of المملكة العربية السعودية) is counted with that word.
        self._named = _Memo(lambda id_: id_ if "_" in id_ else term_of(id_) or id_)
        self._encoder = TermEncoder(
            self, self._terms.__getitem__, self._keys.__getitem__, names, self._forget,
            self._named.__getitem__,
        )  # fmt: skip
        self._starters: set[str] = set()
        self._seen: set[str] = set()

    def _forget(self) -> None:
        self._terms.clear()
        self._keys.clear()

    def __reduce__(self) -> Any:
        if self._source is None:
            raise TypeError("a TermReader without its analyzer cannot be sent to another process")
        return methodcaller("vocabulary_analyzer"), (self._source,)

    def __deepcopy__(self, memo: dict[int, Any]) -> TermReader:
        return self

    def term(self, word: str) -> str | None:
        """Return the term of one clean word, or None if it is not counted."""
        return self._terms[word]

    def encode(self, texts: Sequence[str]) -> Encoded:
        """Return the terms of many texts as codes: the same as text by text, much faster."""
        for text in texts:
            require_text(text)
        if self._ngrams != (1, 1):
            return _from_lists([self(text) for text in texts])
        return self._encoder.encode(texts)

    def read(self, texts: Sequence[str]) -> list[list[str]]:
        """Return the terms of each of many texts: as :meth:`encode`, in lists."""
        found = self.encode(texts)
        terms = list(map(found.terms.__getitem__, found.codes.tolist()))
        ends = np.searchsorted(found.rows, np.arange(len(texts) + 1)).tolist()
        return [terms[a:b] for a, b in pairwise(ends)]

    def __call__(self, text: str) -> list[str]:
        """Return the terms of `text`, in order."""
        pieces = words_in(require_text(text), _PIECE)
        terms = self._with_names(pieces) if self._names else [self._terms[p] for p in pieces]
        if self._ngrams == (1, 1):
            return [term for term in terms if term is not None]
        return self._with_ngrams(pieces, terms)

    def find(self, text: str) -> list[TermMatch]:
        """Return the terms of `text` in order, as single terms, with their place in it.

        Examples
        --------
        >>> from syriatopics.arabic import ArabicAnalyzer
        >>> reader = ArabicAnalyzer().fit(["قرار مجلس الأمن"]).vocabulary_analyzer()
        >>> reader.find("قرار مجلسِ الأمن")
        [TermMatch(term='قرار', start=0, end=4), TermMatch(term='مجلس_الأمن', start=5, end=16)]
        """
        places = list(placed(text, _PIECE))
        pieces = [piece for piece, _, _ in places]
        terms = self._with_names(pieces) if self._names else [self._terms[p] for p in pieces]
        return [
            TermMatch(term, start, places[self._end_of(pieces, position, term) - 1][2])
            for position, (term, (_, start, _)) in enumerate(zip(terms, places, strict=True))
            if term is not None
        ]

    def _end_of(self, pieces: list[str], position: int, term: str) -> int:
        """Return the piece behind a term: names have several."""
        if self._names is not None and self._terms[pieces[position]] != term:
            match = self._names.match([self._keys[p] for p in pieces], position)
            if match is not None and self._named[str(match.id)] == term:
                return match.end
        return position + 1

    def _with_names(self, pieces: list[str]) -> list[str | None]:
        """Give each piece its term; a name gives its term once and None for its other words."""
        names = self._names
        assert names is not None
        new = set(pieces) - self._seen
        if new:
            self._seen |= new
            self._starters |= {p for p in new if (k := self._keys[p]) and names.can_start(k)}
        found: list[str | None] = [self._terms[piece] for piece in pieces]
        if self._starters.isdisjoint(pieces):
            return found
        keys: list[str | None] | None = None
        free = 0
        for position, piece in enumerate(pieces):
            if piece not in self._starters or position < free:
                continue
            if keys is None:
                keys = [self._keys[p] for p in pieces]
            match = names.match(keys, position)
            if match is not None:
                free = match.end
                found[position:free] = [self._named[str(match.id)], *[None] * (free - position - 1)]
        return found

    def _with_ngrams(self, pieces: list[str], terms: list[str | None]) -> list[str]:
        runs: list[list[str]] = [[]]
        for piece, term in zip(pieces, terms, strict=True):
            if term is not None:
                runs[-1].append(term)
            elif not piece[0].isalnum():
                runs.append([])
        low, high = self._ngrams
        return [
            " ".join(run[start : start + size])
            for run in runs
            for size in range(low, high + 1)
            for start in range(len(run) - size + 1)
        ]


def _from_lists(lists: list[list[str]]) -> Encoded:
    terms = sorted({term for terms in lists for term in terms})
    codes = {term: code for code, term in enumerate(terms)}
    return Encoded(
        terms,
        np.repeat(np.arange(len(lists)), [len(terms) for terms in lists]),
        np.array([codes[term] for terms in lists for term in terms], dtype=np.int32),
    )
