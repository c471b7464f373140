"""Spelling variants: words that differ in spelling only are counted under one form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from syriatopics.arabic.normalize import key
from syriatopics.lexicons import load

__all__ = ["VariantTable", "variant_table"]


# Letters of a conjunction, a preposition and the article.
_LONGEST_CLITICS = 4


class VariantTable:
    """Folds match keys of variant spellings (أميركا) into the key that is counted (أمريكا).

    Parameters
    ----------
    extra : path, optional
        A TOML file in the form of variants.toml, put on top of it.

    Examples
    --------
    >>> VariantTable()(key("والأميركيون")) == key("والأمريكيون")
    True
    """

    def __init__(self, extra: str | Path | None = None) -> None:
        lexicon = load("variants", extra)
        self._words = {key(form): key(v.form) for v in lexicon.variant for form in v.also}
        self._stems = {key(form): key(v.form) for v in lexicon.stem for form in v.also}
        stems = "|".join(map(re.escape, sorted(self._stems, key=len, reverse=True)))
        # A key that begins with one of the stems, proclitics and article before it allowed.
        self._stem = re.compile(rf"([وف]?[بكل]?(?:ال|ل)?)({stems})") if stems else None
        self._clitics = re.compile(r"([وف]?[بكل]?(?:ال|ل)?)(.+)")
        # Where a stem begins, and how a word ends: a quick look, since most words are no variants.
        self._n_start = min(map(len, self._stems), default=1)
        self._starts = {stem[: self._n_start] for stem in self._stems}
        self._n_end = min(map(len, self._words), default=1)
        self._ends = {word[-self._n_end :] for word in self._words}
        self._memo: dict[str, str] = {}

    def __call__(self, word_key: str) -> str:
        """Return the key under which `word_key` is counted."""
        folded = self._memo.get(word_key)
        if folded is None:
            folded = self._memo[word_key] = self._fold(word_key)
        return folded

    def fold_all(self, keys: Iterable[str]) -> list[str]:
        """Return the keys under which many are counted; what a quick look lets pass is no variant."""
        end, ends, starts, n = self._n_end, self._ends, self._starts, self._n_start
        return [
            self(k)
            if k[-end:] in ends
            or k[:n] in starts
            or k[1 : 1 + n] in starts
            or k[2 : 2 + n] in starts
            or k[3 : 3 + n] in starts
            or k[4 : 4 + n] in starts
            or k in self._words
            else k
            for k in keys
        ]

    def _fold(self, word_key: str) -> str:
        whole = self._words.get(word_key)
        if whole is not None:
            return whole
        n = self._n_start
        held = {word_key[place : place + n] for place in range(_LONGEST_CLITICS + 1)}
        if (
            self._stem is not None
            and not self._starts.isdisjoint(held)
            and (match := self._stem.match(word_key))
        ):
            return match[1] + self._stems[match[2]] + word_key[match.end() :]
        if word_key[-self._n_end :] not in self._ends:
            return word_key
        match = self._clitics.fullmatch(word_key)
        while match is not None and match[1]:
            if match[2] in self._words:
                return match[1] + self._words[match[2]]
            shorter = match[1][:-1]
            match = re.fullmatch(rf"({shorter})(.+)", word_key) if shorter else None
        return word_key


@cache
def variant_table() -> VariantTable:
    """Return the table of the shipped variants, made once."""
    return VariantTable()
