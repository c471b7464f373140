"""By which rule an entry of the theme lexicon counts: what must be named beside it, and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from syriatopics.arabic import PhraseMatcher, variant_table
from syriatopics.arabic.spans import PhraseFinder
from syriatopics.lexicons.schema import Context, Rule, Theme, Themes

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
        number = {group.id: n for n, group in enumerate(themes.context)}
        self._groups = [_Group(group) for group in themes.context]
        self._yields = [(number[g.id], number[g.yields_to]) for g in themes.context if g.yields_to]
        pairs = [(theme, rule) for theme in themes.theme for rule in theme.rules]
        self._needs = [[number[name] for name in t.needs + r.needs] for t, r in pairs]
        self._unless = [[number[name] for name in t.unless + r.unless] for t, r in pairs]
        self._valid = [_validity(theme) for theme in themes.theme]

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
        named: dict[int, Held] = {}
        asked = [group for rules in (self._needs, self._unless) for rule in rules for group in rule]
        for group in dict.fromkeys(asked):
            wants = np.array(
                [group in n + u for n, u in zip(self._needs, self._unless, strict=True)]
            )
            ask = np.unique(rows[held & wants[hits[:, 2]]])
            named[group] = self._groups[group].named(texts, ask, days)
        for group, other in self._yields:
            if group in named:
                ask = np.flatnonzero(named[group])
                named[group] &= ~self._groups[other].named(texts, ask, days)
        for rule, (needs, unless) in enumerate(zip(self._needs, self._unless, strict=True)):
            mine = hits[:, 2] == rule
            for group in needs:
                held[mine] &= named[group][rows[mine]]
            for group in unless:
                held[mine] &= ~named[group][rows[mine]]
        return held

    def _in_time(self, themes: Numbers, days: Days) -> Held:
        valid = np.ones(len(themes), dtype=bool)
        for theme, (first, last) in enumerate(self._valid):
            if first is not None:
                valid &= ~((themes == theme) & (days < first))
            if last is not None:
                valid &= ~((themes == theme) & (days > last))
        return valid


class _Group:
    """Words that say what a passage is about."""

    def __init__(self, group: Context) -> None:
        entries = {number: words.split("|") for number, words in enumerate(group.words)}
        self._least = group.least
        self._since = None if group.from_ is None else np.datetime64(group.from_)
        self._finder = PhraseFinder(PhraseMatcher(entries, fold=variant_table()))

    def named(self, texts: Sequence[str], ask: Numbers, days: Days | None) -> Held:
        """Say for each text whether it names the group; False for those that are not asked."""
        named = np.zeros(len(texts), dtype=bool)
        if not len(ask):
            return named
        entries, rows, codes = self._finder.find([texts[n] for n in ask.tolist()])
        places = np.unique(rows * max(len(entries), 1) + codes)
        numbers = np.array([entry.id for entry in entries], dtype=np.int64)
        rows, codes = np.divmod(places, max(len(entries), 1))
        seen = np.unique(np.column_stack([rows, numbers[codes]]), axis=0)[:, 0]
        named[ask] = np.bincount(seen, minlength=len(ask)) >= self._least
        if days is not None and self._since is not None:
            named[ask] |= days[ask] >= self._since
        return named


def _validity(theme: Theme) -> tuple[np.datetime64 | None, np.datetime64 | None]:
    first = None if theme.from_ is None else np.datetime64(theme.from_)
    return first, None if theme.to is None else np.datetime64(theme.to)
