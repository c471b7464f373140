"""Which words are counted as one: clitics stripped on evidence, never on suspicion.

The article goes by rule, on the word as written (ألمانية keeps its letters); everything else
goes only where the corpus attests what remains. Plain attestation decays as a corpus grows
(with enough text لام and شار occur too, and سلام and بشار would lose a letter), so what counts
is relative frequency: the remainder must be the more usual word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from syriatopics.arabic.normalize import key
from syriatopics.arabic.stopwords import stop_key
from syriatopics.lexicons.schema import CliticExceptions

__all__ = ["CliticStripper"]

_ARTICLE = re.compile(r"([وف]?)([بك]?)(ال(.{3,}))")
_LAM = re.compile(r"([وف]?)لل(.{2,})")
_SINGLE = "وفبلكس"
_MIN_REMAINDER = 3


class CliticStripper:
    """Maps a clean word to the match key under which it is counted.

    Parameters
    ----------
    counts : mapping of str to int
        How often each match key occurs in the corpus.
    exceptions : CliticExceptions
        Words whose first letters only look like clitics.
    fold : callable
        Spelling variants, ``key → key``.
    ratio : float
        How many times more frequent the remainder must be than the word with its clitic.
    """

    def __init__(
        self,
        counts: Mapping[str, int],
        exceptions: CliticExceptions,
        fold: Callable[[str], str] = str,
        ratio: float = 2.0,
    ) -> None:
        self._counts = counts
        self._fold = fold
        self._ratio = ratio
        self._article = frozenset(map(stop_key, exceptions.article.words))
        self._lam = frozenset(map(key, exceptions.lam.words))
        self._single = frozenset(map(key, exceptions.single.words))

    def __call__(self, word: str) -> str:
        """Return the key under which the clean word is counted."""
        word_key = self._fold(key(word))
        if word_key in self._single or stop_key(word) in self._article:
            return word_key
        if match := _ARTICLE.fullmatch(word):
            # An exception keeps its own ال, but not what stands before it: والتقى → التقى.
            kept = match[3] if stop_key(match[3]) in self._article else match[4]
            return self._fold(key(kept))
        if match := _LAM.fullmatch(word_key):
            return self._after_lam(match[2])
        return self._without_single(word_key)

    def _count(self, word_key: str) -> int:
        return self._counts.get(word_key, 0)

    def _after_lam(self, rest: str) -> str:
        """Resolve لل: للمجلس is المجلس, but للاجئين is اللاجئين and للجنة is لجنة."""
        with_lam = "ل" + rest
        if with_lam in self._lam or len(rest) < _MIN_REMAINDER:
            return with_lam
        article = self._count("ال" + rest) + self._count(rest)
        own = self._count("ال" + with_lam) + self._count(with_lam)
        return with_lam if own > article else rest

    def _without_single(self, word_key: str) -> str:
        """Strip و ف ب ل ك س where what remains is the more usual word."""
        rest = word_key[1:]
        if word_key[0] not in _SINGLE or len(rest) < _MIN_REMAINDER or word_key in self._single:
            return word_key
        if word_key[0] == "س" and rest[0] not in "يتنا":
            return word_key  # the future stands before a verb: سيكون, not سكان
        if self._count(rest) < max(1, self._ratio * self._count(word_key)):
            return word_key
        return self._without_single(rest)
