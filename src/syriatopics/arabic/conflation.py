"""Which words are counted as one: clitics and endings stripped on evidence, never on suspicion.

The article goes by rule, on the word as written (ألمانية keeps its letters); everything else
goes only where the corpus attests what remains. Plain attestation decays as a corpus grows
(with enough text لام and شار occur too, and سلام and بشار would lose a letter), so what counts
is relative frequency: the remainder must not be much rarer than the word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from syriatopics.arabic.normalize import key, key_of_clean
from syriatopics.arabic.stopwords import stop_key
from syriatopics.lexicons.schema import CliticExceptions

__all__ = ["CliticStripper", "EndingStripper", "snowball"]

_ARTICLE = re.compile(r"([وف]?)([بك]?)(ال(.{3,}))")
_LAM = re.compile(r"([وف]?)لل(.{2,})")
_MIN_REMAINDER = 3
# How frequent the remainder must be against the word. و stands before every word of Arabic;
# for the others a remainder that is rarer than the word is suspect.
_RATIOS = {"و": 0.5, "ف": 1.0, "ب": 1.0, "ل": 1.0, "ك": 1.0, "س": 1.0}


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
    """

    def __init__(
        self,
        counts: Mapping[str, int],
        exceptions: CliticExceptions,
        fold: Callable[[str], str] = str,
    ) -> None:
        self._counts = counts
        self._fold = fold
        self._article = frozenset(map(stop_key, exceptions.article.words))
        self._lam = frozenset(map(key, exceptions.lam.words))
        self._single = frozenset(map(key, exceptions.single.words))

    def __call__(self, word: str) -> str:
        """Return the key under which the clean word is counted."""
        word_key = self._fold(key_of_clean(word))
        if word[0] not in "اولبكفس" or word_key in self._single:
            return word_key
        if (match := _ARTICLE.fullmatch(word)) and stop_key(word) not in self._article:
            # An exception keeps its own ال, but not what stands before it: والتقى → التقى.
            kept = match[3] if stop_key(match[3]) in self._article else match[4]
            return self._fold(key_of_clean(kept))
        if match := _LAM.fullmatch(word_key):
            return self._after_lam(match[2])
        return word_key if stop_key(word) in self._article else self._without_single(word_key)

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
        """Strip و ف ب ل ك س where what remains is attested as a word of its own."""
        ratio = _RATIOS.get(word_key[0])
        rest = word_key[1:]
        if ratio is None or len(rest) < _MIN_REMAINDER or word_key in self._single:
            return word_key
        if word_key[0] == "س" and rest[0] not in "يتنا":
            return word_key  # the future stands before a verb: سيكون, not سكان
        if self._count(rest) < max(1.0, ratio * self._count(word_key)):
            return word_key
        return self._without_single(rest)


class EndingStripper:
    """Maps a term to the term without its ending (سياستها → سياسة), where that is attested.

    Parameters
    ----------
    counts : mapping of str to int
        How often each term occurs, clitics stripped.
    exceptions : CliticExceptions
        Its endings, and the words whose last letters only look like one.
    names : iterable of str
        Words of names, which keep their letters.
    ratio : float
        How frequent the remainder must be against the term.
    """

    def __init__(
        self,
        counts: Mapping[str, int],
        exceptions: CliticExceptions,
        names: Iterable[str] = (),
        ratio: float = 0.2,
    ) -> None:
        self._counts = counts
        self._ratio = ratio
        self._kept = frozenset(map(key, (*exceptions.suffix.words, *names)))
        endings = [(key(rule.ending), key(rule.instead)) for rule in exceptions.ending]
        self._endings = sorted(endings, key=lambda pair: -len(pair[0]))

    def __call__(self, term: str) -> str:
        """Return the term under which `term` is counted."""
        for _ in range(3):
            shorter = self._shorter(term)
            if shorter == term:
                break
            term = shorter
        return term

    def _shorter(self, term: str) -> str:
        if term in self._kept:
            return term
        for ending, instead in self._endings:
            if term.endswith(ending) and len(term) - len(ending) >= _MIN_REMAINDER:
                # The longest ending decides: where its remainder is not attested,
                # a shorter one would cut into the word.
                stem = term[: -len(ending)] + instead
                enough = max(1.0, self._ratio * self._counts.get(term, 0))
                return stem if self._counts.get(stem, 0) >= enough else term
        return term


def snowball() -> Callable[[str], str]:
    """Return the Snowball stemmer of Arabic, ``clean word → stem``.

    It merges more than it should (pair precision .84 on newswire); it is here to be
    compared with, and for who wants what others have used.
    """
    from snowballstemmer import stemmer

    stem = stemmer("arabic").stemWord
    return lambda word: key(stem(word)) or key(word)
