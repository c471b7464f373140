"""The labels of naming.toml, compiled for the day on which an article was written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from syriatopics.arabic import PhraseMatcher, key, variant_table
from syriatopics.arabic.word_forms import first_word_forms
from syriatopics.lexicons.schema import Label, Naming, Referent

__all__ = ["LabelKey", "Labels", "Valid"]


class LabelKey(NamedTuple):
    """A label of a referent; `bare` where the form means it only in context."""

    referent: str
    label: str
    bare: bool


@dataclass(frozen=True)
class Valid:
    """The labels that are valid on one day: a matcher for each pass over the text."""

    matchers: tuple[PhraseMatcher[LabelKey], ...]
    referents: frozenset[str]


class Labels:
    """A naming lexicon, which gives the labels of a day.

    Parameters
    ----------
    lexicon : Naming
    """

    def __init__(self, lexicon: Naming) -> None:
        self._lexicon = lexicon
        self._edges = sorted(_edges(lexicon))
        self._valid: dict[int, Valid] = {}
        self.by_key = {(r.id, label.id): label for r in lexicon.referent for label in r.label}
        self.foreign = frozenset(r.id for r in lexicon.referent if r.foreign)
        self._anchors = dict.fromkeys(_words(lexicon.syrian.words), True)
        self._anchors |= dict.fromkeys(_words(lexicon.other.words), False)
        self._needs = {ids: _words(label.needs) for ids, label in self.by_key.items()}
        self._unless = {ids: _words(label.unless) for ids, label in self.by_key.items()}

    def on(self, day: dt.date | None) -> Valid:
        """Return what is valid on a day; on an unknown one everything, the first of two winning."""
        number = -1 if day is None else sum(edge <= day for edge in self._edges)
        if number not in self._valid:
            self._valid[number] = self._compile(day)
        return self._valid[number]

    def _compile(self, day: dt.date | None) -> Valid:
        referents = [r for r in self._lexicon.referent if _is_valid(r, day)]
        shared = [r for r in referents if not r.own_pass]
        passes = [shared, *([r] for r in referents if r.own_pass)]
        return Valid(
            tuple(_matcher(members, day) for members in passes if members),
            frozenset(r.id for r in referents),
        )

    def anchors(self, keys: Sequence[str]) -> list[tuple[int, bool]]:
        """Return where words name a country, and whether it is Syria."""
        return [(n, self._anchors[word]) for n, word in enumerate(keys) if word in self._anchors]

    def needed(self, found: LabelKey, words: frozenset[str]) -> bool:
        """Say whether one of the words that a bare form needs is among those of its passage."""
        return not self._needs[found.referent, found.label].isdisjoint(words)

    def is_others(self, found: LabelKey, words: frozenset[str]) -> bool:
        """Say whether a passage names others whom the label means there (the terrorists of أردوغان)."""
        return not self._unless[found.referent, found.label].isdisjoint(words)


def _edges(lexicon: Naming) -> set[dt.date]:
    dated: list[Referent | Label] = [*lexicon.referent]
    dated += [label for referent in lexicon.referent for label in referent.label]
    return {day for entry in dated for day in (entry.from_, entry.to) if day is not None}


def _is_valid(entry: Referent | Label, day: dt.date | None) -> bool:
    if day is None:
        return True
    return (entry.from_ is None or entry.from_ <= day) and (entry.to is None or day < entry.to)


def _matcher(referents: Sequence[Referent], day: dt.date | None) -> PhraseMatcher[LabelKey]:
    entries: dict[LabelKey, Sequence[str]] = {}
    blocked: list[str] = []
    for referent in referents:
        blocked += referent.not_
        for label in referent.label:
            blocked += label.not_
            if _is_valid(label, day):
                entries[LabelKey(referent.id, label.id, False)] = label.forms
                entries[LabelKey(referent.id, label.id, True)] = label.bare
    return PhraseMatcher(entries, blocked, fold=variant_table())


def _words(words: Sequence[str]) -> frozenset[str]:
    fold = variant_table()
    return frozenset(form for word in words for form in first_word_forms(fold(key(word))))
