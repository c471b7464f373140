"""The forms in which a word stands in running text: with and, with a preposition, with the article."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from syriatopics.arabic.normalize import clean, key
from syriatopics.lexicons import load

__all__ = ["begins_with_article", "first_word_forms"]

_CONJUNCTIONS = ("", "و", "ف")
_PREPOSITIONS = ("", "ب", "ك", "ل")


def _with_lam(stem: str) -> str:
    """Put ل and the article before a stem: للمجلس, but للاجئين of لاجئين."""
    return "ل" + stem if stem.startswith("ل") else "لل" + stem


def first_word_forms(word: str, has_article: bool | None = None) -> Iterator[str]:
    """Yield the keys under which the first word of an entry may stand in a text.

    Parameters
    ----------
    word : str
        The word as it is spelled, or its key.
    has_article : bool, optional
        Whether it begins with the article; by default judged by the spelling (ألغام has
        none, although its key begins like one).

    Examples
    --------
    >>> forms = set(first_word_forms("الأمم"))
    >>> "للامم" in forms, "امم" in forms
    (True, False)
    """
    if has_article is None:
        has_article = begins_with_article(word)
    word = key(word)
    stem = word[2:] if has_article else word
    for conjunction in _CONJUNCTIONS:
        for preposition in _PREPOSITIONS:
            if not has_article:
                yield conjunction + preposition + word
            if preposition == "ل":
                yield conjunction + _with_lam(stem)
            else:
                yield conjunction + preposition + "ال" + stem


def begins_with_article(word: str) -> bool:
    """Say whether a word as it is spelled begins with the article, and not with letters like it."""
    word = clean(word)
    return word.startswith("ال") and len(word) > 4 and word not in _own_article()


@cache
def _own_article() -> frozenset[str]:
    return frozenset(map(clean, load("clitics").article.words))
