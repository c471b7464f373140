"""What kind of language a text is in: Arabic at all, and standard or Levantine?"""

from __future__ import annotations

from functools import cache

from syriatopics.arabic.characters import ARABIC_LETTERS
from syriatopics.arabic.normalize import require_text
from syriatopics.arabic.stopwords import stop_key
from syriatopics.arabic.tokenize import Token, scan
from syriatopics.lexicons import load

__all__ = ["arabic_share", "levantine_words"]


def arabic_share(text: str) -> float:
    """Return the share of Arabic letters among all letters of `text`; 1.0 if it has none.

    Examples
    --------
    >>> arabic_share("سوريا Syria")
    0.5
    """
    letters = [letter for letter in require_text(text) if letter.isalpha()]
    arabic = sum(1 for letter in letters if letter in _letters())
    return arabic / len(letters) if letters else 1.0


def levantine_words(text: str) -> list[Token]:
    """Return the words of Levantine speech in `text`, with their place.

    Civilians are quoted as they speak; without a look at the register their words come out
    as a topic of their own.

    Examples
    --------
    >>> [token.text for token in levantine_words("بدنا نعيش هلق")]
    ['بدنا', 'هلق']
    """
    return [token for token in scan(text) if stop_key(token.text) in _levantine()]


@cache
def _levantine() -> frozenset[str]:
    groups = load("stopwords").group
    words = (word for group in groups if group.name == "levantine" for word in group.words)
    standard = (w for group in groups if group.name != "levantine" for w in group.words)
    return frozenset(map(stop_key, words)) - frozenset(map(stop_key, standard))


@cache
def _letters() -> frozenset[str]:
    import re

    pattern = re.compile(f"[{ARABIC_LETTERS}]")
    return frozenset(chr(code) for code in range(0x0600, 0x0900) if pattern.match(chr(code)))
