"""The words of a text, read once: what rules, pull quotes, offices and near copies compare.

A word is compared by its folded key (spelling of hamza, vowel marks and known variants do
not matter). Keys are remembered per word, which makes reading a text again and again cheap.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from syriatopics.arabic import clean, is_arabic_word, key, variant_table

__all__ = ["PIECE", "count_words", "folded", "line_key", "pieces_of", "words_of"]

# On clean text: a word, a number, or one sign of punctuation.
PIECE = re.compile(r"[^\W\d_]+|\d+(?:[.,٫٬]\d+)*|[^\w\s]")
# What may be a letter of another script: a quick look before words are looked at one by one.
_FOREIGN = re.compile(r"[^\x00-@\[-`{-\xa9\u0600-\u06ff\u2000-\u2069]")


@lru_cache(maxsize=1 << 17)
def folded(piece: str) -> str:
    """Return the key under which a word is compared; punctuation stays as it is."""
    return variant_table()(key(piece)) if piece[0].isalnum() else piece


def pieces_of(cleaned: str) -> list[str]:
    """Return words and punctuation of clean text, folded, in order."""
    return list(map(folded, PIECE.findall(cleaned)))


def words_of(pieces: Iterable[str]) -> list[str]:
    """Return the words among `pieces`."""
    return [piece for piece in pieces if piece[0].isalnum()]


def line_key(text: str) -> str:
    """Return the form in which lines are compared: folded words, no punctuation."""
    return " ".join(words_of(pieces_of(clean(text))))


def count_words(cleaned: str, words: list[str]) -> int:
    """Count the Arabic words and numbers among the `words` of clean text.

    The same number as ``len(tokenize(text))``; words of other scripts are looked for only
    where the text holds a foreign letter.
    """
    if _FOREIGN.search(cleaned) is None:
        return len(words)
    return sum(word[0].isdigit() or is_arabic_word(word) for word in words)
