"""What encoders are given of a text: clean, without marks that spoil vectors, in windows."""

from __future__ import annotations

import hashlib
import re

from syriatopics.arabic import clean

__all__ = ["FIRST_WORDS", "prepared", "text_hash", "windows"]

# Of a long text encoders get so many words, some 128 tokens: news says at once what it is about.
FIRST_WORDS = 80

# Vowel marks, and what lengthens a line: a text with them alone is far from itself without.
_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
_BLANKS = re.compile(r"\s+")


def prepared(text: str) -> str:
    r"""Return a text as encoders get it; idempotent.

    NUL, at which programs in C end a text, and halves of characters, at which others stop, are gone.

    Examples
    --------
    >>> prepared("قَالَ\x00  الرَّئيسُ")
    'قال الرئيس'
    """
    whole = text.replace("\x00", " ").encode("utf-8", "ignore").decode("utf-8")
    return _BLANKS.sub(" ", _MARKS.sub("", clean(whole))).strip()


def text_hash(text: str) -> bytes:
    """Return the 16 bytes by which the vector of a prepared text is kept."""
    return hashlib.blake2b(text.encode("utf-8"), digest_size=16).digest()


def windows(text: str, n_words: int) -> list[str]:
    """Cut a text into stretches of at most so many words, about alike in length.

    Examples
    --------
    >>> windows("a b c d e", 3)
    ['a b c', 'd e']
    """
    words = text.split()
    n = max(1, -(-len(words) // n_words))
    size = -(-len(words) // n) if words else 0
    return [" ".join(words[k * size : (k + 1) * size]) for k in range(n)] if n > 1 else [text]
