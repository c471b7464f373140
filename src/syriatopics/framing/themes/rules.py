"""By which rule an entry of the theme lexicon counts: what must be named beside it, and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from syriatopics.arabic import PhraseMatcher, variant_table
from syriatopics.arabic.spans import PhraseFinder
from syriatopics.lexicons.schema import Rule, Theme, Themes

__all__ = ["Days", "Way", "Ways", "entries_of"]

Days = np.ndarray[tuple[int], np.dtype[np.datetime64]]
Numbers = np.ndarray[tuple[int, ...], np.dtype[np.int64]]
Held = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


class Way(NamedTuple):
    """How an entry counts: for which theme, weak or not, under which rule, as which entry."""

    theme: int
    weak: int
    rule: int
    entry: int


def entries_of(themes: Themes) -> dict[tuple[Way, ...], list[str]]:
    """Return the forms of all themes under the ways in which they count.

    A form counts for one theme as a rule; for several where their rules say so.
    """
    ways: dict[str, list[Way]] = {}
    number = 0
    for theme, rule, place, lent in _rules(themes):
        for weak, forms in ((0, rule.words), (1, rule.weak)):
            for form in forms:
                number += 1
                for spelling in form.split("|"):
                    mine = ways.setdefault(spelling, [])
                    if not lent or all(way.theme != theme for way in mine):
                        mine.append(Way(theme, weak, place, number))
    entries: dict[tuple[Way, ...], list[str]] = {}
    for form, found in ways.items():
        entries.setdefault(tuple(found), []).append(form)
    return entries


def _rules(themes: Themes) -> Iterator[tuple[int, Rule, int, bool]]:
    """Yield theme, entries and the number of the rule; entries lent by another theme come last."""
    place = 0
    lent: list[tuple[int, Rule, int, bool]] = []
    of = {theme.id: theme for theme in themes.theme}
    for number, theme in enumerate(themes.theme):
        for rule in theme.rules:
            yield number, rule, place, False
            if rule.like:
                lent += [(number, other, place, True) for other in of[rule.like].rules]
            place += 1
    yield from lent


class Ways:
    """Which hits count, in view of what their passages name and when they were written.

    Parameters
    ----------
    themes : Themes
    """

    def __init__(self, themes: Themes) -> None:
        groups = {group.id: n for n, group in enumerate(themes.context)}
        self._n = len(groups)
        self._yields = [(groups[g.id], groups[g.yields_to]) for g in themes.context if g.yields_to]
        self._since = [(groups[g.id], np.datetime64(g.from_)) for g in themes.context if g.from_]
        pairs = [(theme, rule) for theme in themes.theme for rule in theme.rules]
        self._needs = [[groups[name] for name in t.needs + r.needs] for t, r in pairs]
        self._unless = [[groups[name] for name in t.unless + r.unless] for t, r in pairs]
        self._asks = np.array(
            [bool(n or u) for n, u in zip(self._needs, self._unless, strict=True)], dtype=bool
        )
        self._valid = [_validity(theme) for theme in themes.theme]
        self._least = np.array([group.least for group in themes.context], dtype=np.int64)
        entries, self._group_of = _context(themes)
        self._finder = PhraseFinder(PhraseMatcher(entries, fold=variant_table()))

    def hold(
        self, texts: Sequence[str], rows: Numbers, hits: Numbers, days: Days | None = None
    ) -> Held:
        """Say for each hit whether it counts.

        Parameters
        ----------
        texts : sequence of str
        rows : ndarray of int64, shape (n_hits,)
            The text of each hit.
        hits : ndarray of int64, shape (n_hits, 4)
            A :class:`Way` in each row.
        days : ndarray of datetime64, shape (n_texts,), optional
        """
        held = np.ones(len(rows), dtype=bool)
        if days is not None:
            held &= self._in_time(hits[:, 0], days[rows])
        asked = np.flatnonzero(held & self._asks[hits[:, 2]])
        if not len(asked):
            return held
        which, place = np.unique(rows[asked], return_inverse=True)
        named = self._named([texts[n] for n in which.tolist()], None if days is None else days[which])
        rules = hits[asked, 2]
        for rule in np.unique(rules).tolist():
            mine = rules == rule
            here = named[place[mine]]
            held[asked[mine]] = here[:, self._needs[rule]].all(axis=1) & ~here[
                :, self._unless[rule]
            ].any(axis=1)
        return held

    def _in_time(self, themes: Numbers, days: Days) -> Held:
        valid = np.ones(len(themes), dtype=bool)
        for theme, (first, last) in enumerate(self._valid):
            if first is not None:
                valid &= ~((themes == theme) & (days < first))
            if last is not None:
                valid &= ~((themes == theme) & (days > last))
        return valid

    def _named(self, texts: Sequence[str], days: Days | None) -> Held:
        """Say for each text and group whether the text names it."""
        entries, rows, codes = self._finder.find(texts)
        seen = np.zeros((len(texts), len(self._group_of)), dtype=bool)
        for code, entry in enumerate(entries):
            for number in entry.id:
                seen[rows[codes == code], number] = True
        named = seen.astype(np.int64) @ np.eye(self._n, dtype=np.int64)[self._group_of]
        named = named >= self._least
        if days is not None:
            for group, since in self._since:
                named[:, group] |= days >= since
        for group, other in self._yields:
            named[:, group] &= ~named[:, other]
        return named


def _validity(theme: Theme) -> tuple[np.datetime64 | None, np.datetime64 | None]:
    first = None if theme.from_ is None else np.datetime64(theme.from_)
    return first, None if theme.to is None else np.datetime64(theme.to)


def _context(themes: Themes) -> tuple[dict[tuple[int, ...], list[str]], list[int]]:
    """Return the numbers of the entries of all groups by form, and the group of each entry."""
    numbers: dict[str, list[int]] = {}
    group_of: list[int] = []
    for number, group in enumerate(themes.context):
        for words in group.words:
            for word in words.split("|"):
                numbers.setdefault(word, []).append(len(group_of))
            group_of.append(number)
    entries: dict[tuple[int, ...], list[str]] = {}
    for word, found in numbers.items():
        entries.setdefault(tuple(found), []).append(word)
    return entries, group_of
