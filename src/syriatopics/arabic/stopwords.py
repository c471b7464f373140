"""Stop words: words of grammar, matched on clean text while ى and ي still differ."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from syriatopics.arabic.normalize import clean
from syriatopics.errors import InputError, choices
from syriatopics.lexicons import load

__all__ = ["StopList", "plain", "stop_key", "stop_list"]

_ALEF = str.maketrans("أإآٱ", "اااا")
_WRITTEN = re.compile("[أإآٱ]")
# Verbs of speech stay countable unless the group is asked for by name.
_OUT_BY_DEFAULT = frozenset({"reporting"})


def stop_key(word: str) -> str:
    """Return the form in which list and text are compared: clean, hamza on alef folded.

    ى stays apart from ي: otherwise على becomes علي and every Ali is deleted.
    """
    return plain(clean(word))


def plain(word: str) -> str:
    """Return the same of a word that is clean already."""
    return word.translate(_ALEF) if _WRITTEN.search(word) else word


class StopList:
    """A set of stop words that answers for words with و or ف before them, too.

    Parameters
    ----------
    words : iterable of str
    protected : iterable of str
        Words that are never stop words, however they are written together.
    hamza_twins : iterable of str
        Words that differ from a stop word by their hamza only (أثر): kept where the text
        writes the hamza.

    Examples
    --------
    >>> stops = stop_list()
    >>> "إلى" in stops, "وعلى" in stops, "علي" in stops, "وقف" in stops
    (True, True, False, False)
    """

    def __init__(
        self,
        words: Iterable[str],
        protected: Iterable[str] = (),
        hamza_twins: Iterable[str] = (),
    ) -> None:
        keys = {stop_key(word) for word in words}
        kept = {stop_key(word) for word in protected}
        joined = {conjunction + word for word in keys for conjunction in ("", "و", "ف")}
        self._keys = frozenset(joined - kept)
        twins = {clean(word) for word in hamza_twins}
        self._twins = frozenset(c + word for word in twins for c in ("", "و", "ف"))

    def holds(self, word: str) -> bool:
        """Say whether a word that is clean already is a stop word."""
        return plain(word) in self._keys and word not in self._twins

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self.holds(clean(word))

    def __len__(self) -> int:
        return len(self._keys)

    @property
    def keys(self) -> frozenset[str]:
        """Every form that is stopped, as :func:`stop_key` writes it."""
        return self._keys


@cache
def stop_list(groups: tuple[str, ...] | None = None, extra: Path | None = None) -> StopList:
    """Return the shipped stop list.

    Parameters
    ----------
    groups : tuple of str, optional
        Names of groups of stopwords.toml; by default all but ``reporting``.
    extra : path, optional
        A TOML file put on top of it.

    Raises
    ------
    InputError
        If there is no such group.
    """
    lexicon = load("stopwords", extra)
    known = [group.name for group in lexicon.group]
    if strange := [name for name in groups or () if name not in known]:
        raise InputError(f"No group {strange[0]!r} of stop words. Groups: {choices(known)}.")
    chosen = [
        group
        for group in lexicon.group
        if (group.name in groups if groups is not None else group.name not in _OUT_BY_DEFAULT)
    ]
    words = (word for group in chosen for word in group.words)
    return StopList(words, lexicon.protected.words, lexicon.hamza_twins.words)
