"""What a concordance is asked for: words, any form of a word, words near others, or away from them.

A query is read once, into clauses; nothing of it is a regular expression. Alternatives are parted by
``OR``; in each, the first phrase is what is shown, and conditions on its neighbourhood follow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import product
from typing import NamedTuple

from syriatopics.arabic import ArabicAnalyzer, PhraseMatcher, running_keys, variant_table
from syriatopics.arabic.normalize import clean
from syriatopics.arabic.terms import TermReader
from syriatopics.errors import InputError

__all__ = ["Query"]

_OPERATOR = re.compile(r"(NEAR|NOT|AND)(?:/(\d{1,4}))?", re.IGNORECASE)
_ANY_FORM, _AS_WRITTEN = "~", "="
# So many spellings of a phrase are looked for.
_MOST_FORMS = 5_000

Place = tuple[int, int]
# How far (in words; None: anywhere in the passage), whether it must stand there, and what.
Condition = tuple[int | None, bool, str]


class _Clause(NamedTuple):
    shown: str
    conditions: tuple[Condition, ...]


class Query:
    """A pattern, ready to be looked for.

    Parameters
    ----------
    pattern : str
        As :func:`syriatopics.kwic` describes it.
    analyzer : callable
        ``() → ArabicAnalyzer``, fitted; asked only where a word is wanted in any form.

    Raises
    ------
    InputError
        If an operator has no phrase beside it, or a phrase holds no word.

    Examples
    --------
    >>> query = Query("قصف NEAR/3 مدرسة NOT روسي", ArabicAnalyzer)
    >>> text = "قصف الطيران مدرسة في ريف حلب، وفي اليوم التالي قصف الجيش مواقع"
    >>> [text[start:end] for start, end in query.places(text)]
    ['قصف']
    """

    def __init__(self, pattern: str, analyzer: Callable[[], ArabicAnalyzer]) -> None:
        self._analyzer = analyzer
        self._phrases: dict[str, PhraseMatcher[str]] = {}
        self._clauses = [_clause(part, pattern) for part in _alternatives(pattern)]
        for clause in self._clauses:
            for phrase in (clause.shown, *(phrase for _, _, phrase in clause.conditions)):
                self._phrases[phrase] = self._matcher(phrase)

    def places(self, text: str) -> Iterator[Place]:
        """Yield where the query is met, in the order of the text; no place twice."""
        found: set[Place] = set()
        known: dict[str, list[Place]] = {}
        for clause in self._clauses:
            shown = self._find(clause.shown, text, known)
            if not shown:
                continue
            starts = _starts(text) if clause.conditions else []
            found |= {
                place
                for place in shown
                if all(
                    wanted == _stands(place, self._find(phrase, text, known), reach, starts)
                    for reach, wanted, phrase in clause.conditions
                )
            }
        yield from sorted(found)

    def _find(self, phrase: str, text: str, known: dict[str, list[Place]]) -> list[Place]:
        if phrase not in known:
            matches = self._phrases[phrase].find_in(text)
            known[phrase] = [
                (m.start, m.end) for m in matches if _is_spelled(phrase, text[m.start : m.end])
            ]
        return known[phrase]

    def _matcher(self, phrase: str) -> PhraseMatcher[str]:
        words = [self._forms(word) for word in phrase.split()]
        total = 1
        for forms in words:
            total *= len(forms)
        if total > _MOST_FORMS:
            raise InputError(
                f"{phrase!r} has {total:,} spellings: write {_ANY_FORM} before fewer of its words."
            )
        try:
            return PhraseMatcher(
                {"match": [" ".join(form) for form in product(*words)]}, fold=variant_table()
            )
        except InputError as error:
            raise InputError(f"The pattern {phrase!r} cannot be looked for: {error}") from None

    def _forms(self, word: str) -> list[str]:
        """Return the spellings of a word of the query: of one in any form all that were seen."""
        if not word.startswith(_ANY_FORM):
            return [word.removeprefix(_AS_WRITTEN)]
        wanted = clean(word.removeprefix(_ANY_FORM))
        term = self._reader.term(wanted) if wanted else None
        return sorted({wanted, *self._seen.get(term, ())}) if term is not None else [wanted]

    @cached_property
    def _fitted(self) -> ArabicAnalyzer:
        return self._analyzer()

    @cached_property
    def _reader(self) -> TermReader:
        return self._fitted.vocabulary_analyzer()

    @cached_property
    def _seen(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for word in self._fitted.counts_:
            if " " not in word and (term := self._reader.term(word)) is not None:
                found.setdefault(term, []).append(word)
        return found


def _alternatives(pattern: str) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for word in pattern.split():
        if word.upper() == "OR":
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def _clause(words: list[str], pattern: str) -> _Clause:
    """Read one alternative: a phrase, then operators, each with its phrase."""
    phrases: list[list[str]] = [[]]
    operators: list[tuple[int | None, bool]] = []
    for word in words:
        operator = _OPERATOR.fullmatch(word)
        if operator is None:
            phrases[-1].append(word)
            continue
        name, number = operator[1].upper(), operator[2]
        if (name == "NEAR" and number is None) or (name == "AND" and number is not None):
            raise InputError(
                f"{word!r} in {pattern!r}: NEAR/5 wants a number of words, AND none, NOT may have one."
            )
        operators.append((int(number) if number else None, name != "NOT"))
        phrases.append([])
    if not all(phrases):
        raise InputError(
            f"{pattern!r}: OR, AND, NOT and NEAR/5 stand between words, and something is missing."
        )
    shown, *others = (" ".join(phrase) for phrase in phrases)
    conditions = ((*o, phrase) for o, phrase in zip(operators, others, strict=True))
    return _Clause(shown, tuple(conditions))


def _is_spelled(phrase: str, found: str) -> bool:
    """Say whether the words that are wanted as they are written are so."""
    wanted = phrase.split()
    if not any(word.startswith(_AS_WRITTEN) for word in wanted):
        return True
    words = clean(found).replace("_", " ").split()
    return len(words) == len(wanted) and all(
        not word.startswith(_AS_WRITTEN) or clean(word[1:]) == there
        for word, there in zip(wanted, words, strict=True)
    )


def _starts(text: str) -> list[int]:
    return [token.start for token in running_keys(text)[0] if token.text]


def _stands(place: Place, others: list[Place], reach: int | None, starts: list[int]) -> bool:
    """Say whether one of `others` is so near to a place, and no part of it."""
    apart = [o for o in others if o[1] <= place[0] or o[0] >= place[1]]
    if reach is None:
        return bool(apart)
    return any(_between(place, other, starts) < reach for other in apart)


def _between(one: Place, other: Place, starts: list[int]) -> int:
    """Count the words between two places: none between neighbours."""
    first, second = sorted((one, other))
    return sum(first[1] <= start < second[0] for start in starts)
