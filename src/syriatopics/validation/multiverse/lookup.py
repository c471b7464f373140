"""A theme's words among the terms that preprocessing left, as dictionaries are applied elsewhere.

The theme lexicon is made for running text (:class:`PhraseMatcher`). Here its entries are read as
the passages were read, by the same analyzer, and looked up among terms; what conflation and
stop words do to a dictionary then shows. A phrase may reach across a comma or a stop word, since
neither is left; the longest entry is not preferred.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from syriatopics.arabic import key
from syriatopics.arabic.encoder import Encoded
from syriatopics.inference.resampling import Codes
from syriatopics.lexicons.schema.framing import Theme
from syriatopics.validation.multiverse.comparison import Bools

__all__ = ["Dictionary", "seed_terms", "stands_in"]

_OPTIONAL = re.compile(r"\(ال\)")
Reader = Callable[[str], list[str]]


class Dictionary:
    """The terms of a vocabulary, and which of them an entry of a lexicon means.

    Parameters
    ----------
    terms : sequence of str
        The vocabulary; codes are positions in it.
    read : callable
        ``text → terms``, as the passages were read.
    """

    def __init__(self, terms: Sequence[str], read: Reader) -> None:
        self._codes = {term: code for code, term in enumerate(terms)}
        self._sorted = sorted(self._codes)
        self._read = read

    def sequences(self, entry: str) -> Iterator[tuple[Codes, ...]]:
        """Yield what an entry may be: for each of its terms the codes that stand for it."""
        for text in dict.fromkeys((_OPTIONAL.sub("", entry), _OPTIONAL.sub("ال", entry))):
            if "*" in text:
                found = tuple(self._word(word) for word in text.split())
            else:
                read = self._read(text)
                found = tuple(self._known([term]) for term in read)
            if found and all(map(len, found)):
                yield found

    def _word(self, word: str) -> Codes:
        if not word.endswith("*"):
            return self._known(self._read(word))
        prefix = key(word[:-1])
        place = bisect_left(self._sorted, prefix)
        found = []
        while place < len(self._sorted) and self._sorted[place].startswith(prefix):
            found.append(self._sorted[place])
            place += 1
        return self._known(found)

    def _known(self, terms: Sequence[str]) -> Codes:
        return np.array(sorted(self._codes[t] for t in terms if t in self._codes), dtype=np.int64)


def seed_terms(theme: Theme, dictionary: Dictionary) -> Codes:
    """Return the terms that are entries of a theme by themselves."""
    single = [s[0] for entry in theme.entries for s in dictionary.sequences(entry) if len(s) == 1]
    return np.unique(np.concatenate([np.empty(0, dtype=np.int64), *single]))


def stands_in(theme: Theme, encoded: Encoded, dictionary: Dictionary, n_passages: int) -> Bools:
    """Say in which passages an entry of a theme stands.

    A weak entry counts beside another one only; what is listed as no hit uses up its terms.

    Returns
    -------
    ndarray of bool, shape (n_passages,)
    """
    places = _Places(encoded)
    blocked = np.zeros(len(encoded.codes), dtype=bool)
    for entry in theme.not_:
        for sequence in dictionary.sequences(entry):
            start = places.of(sequence)
            for step in range(len(sequence)):
                blocked[start + step] = True
    counts = np.zeros((2, n_passages), dtype=np.int64)
    seen: set[tuple[bytes, ...]] = set()
    for weak, entries in enumerate((theme.entries, theme.weak)):
        for entry in entries:
            rows = [np.empty(0, dtype=np.int64)]
            for sequence in dictionary.sequences(entry):
                # Entries that conflation makes one are one.
                name = tuple(codes.tobytes() for codes in sequence)
                if name not in seen:
                    seen.add(name)
                    start = places.of(sequence)
                    rows.append(encoded.rows[start[~blocked[start]]])
            counts[weak, np.unique(np.concatenate(rows))] += 1
    strong, weakly = counts
    return np.asarray((strong > 0) | (weakly > 1))


class _Places:
    """Where each term stands, found without looking through the text for every entry."""

    def __init__(self, encoded: Encoded) -> None:
        self._encoded = encoded
        self._order = np.argsort(encoded.codes, kind="stable")
        self._starts = np.searchsorted(
            encoded.codes[self._order], np.arange(len(encoded.terms) + 1)
        )

    def of(self, sequence: tuple[Codes, ...]) -> Codes:
        """Return where a sequence of terms begins."""
        rows, codes = self._encoded.rows, self._encoded.codes
        start = np.sort(np.concatenate([self._one(code) for code in sequence[0]]))
        for step, wanted in enumerate(sequence[1:], start=1):
            start = start[start + step < len(codes)]
            same = rows[start + step] == rows[start]
            start = start[same & np.isin(codes[start + step], wanted)]
        return start

    def _one(self, code: int) -> Codes:
        return self._order[self._starts[code] : self._starts[code + 1]]
