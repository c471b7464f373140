"""The words of a text, read once: what rules, pull quotes, offices and near copies compare.

A word is compared by its folded key (spelling of hamza, vowel marks and known variants do
not matter). Keys are remembered per word, which makes reading a text again and again cheap.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from syriatopics.arabic import clean, is_arabic_word, tokenize, variant_table
from syriatopics.arabic.addresses import without_addresses
from syriatopics.arabic.normalize import key_of_clean
from syriatopics.arabic.tokenize import TOKEN

__all__ = ["PIECE", "count_words", "first_word", "folded", "line_key", "pieces_of", "words_of"]

# On clean text: a word, a number, or one sign of punctuation.
PIECE = re.compile(r"[^\W\d_]+|\d+(?:[.,٫٬]\d+)*|[^\w\s]")
# What may be a letter of another script: a quick look before words are looked at one by one.
_FOREIGN = re.compile(r"[^\x00-@\[-`{-\xa9\u0600-\u06ff\u2000-\u2069]")


# Words that are remembered; with more, all are forgotten.
_REMEMBERED = 1 << 19


class _Folded(dict[str, str]):
    """The keys of clean words, each worked out once: after that a word costs a look into a dict."""

    def __missing__(self, piece: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[piece] = variant_table()(key_of_clean(piece)) if piece[0].isalnum() else piece
        return found


_folded = _Folded().__getitem__


def folded(piece: str) -> str:
    """Return the key under which a word is compared; punctuation stays as it is."""
    return _folded(clean(piece))


def pieces_of(cleaned: str) -> list[str]:
    """Return words and punctuation of clean text, folded, in order."""
    return list(map(_folded, PIECE.findall(cleaned)))


def words_of(pieces: Iterable[str]) -> list[str]:
    """Return the words among `pieces`: punctuation is one sign, and neither letter nor digit."""
    return [piece for piece in pieces if len(piece) > 1 or piece.isalnum()]


@lru_cache(maxsize=4096)  # the lines of one page are compared in several places
def line_key(text: str) -> str:
    """Return the form in which lines are compared: folded words, no punctuation."""
    return " ".join(words_of(pieces_of(clean(text))))


def first_word(text: str) -> str:
    """Return the word with which :func:`line_key` begins, "" where the text has none."""
    found = TOKEN.search(clean(text))
    return _folded(found.group()) if found else ""


def count_words(cleaned: str, words: list[str]) -> int:
    """Count the Arabic words and numbers among the `words` of clean text.

    The same number as ``len(tokenize(text))``; words of other scripts are looked for only
    where the text holds a foreign letter.
    """
    if _FOREIGN.search(cleaned) is None and "@" not in cleaned:
        return len(words)
    if without_addresses(cleaned) != cleaned:
        return len(tokenize(cleaned))
    return sum(word[0].isdigit() or is_arabic_word(word) for word in words)
