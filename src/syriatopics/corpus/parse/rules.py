"""The rules of boilerplate.toml, compiled: which kind of line is this, by what it says?"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import NamedTuple

from syriatopics.corpus.parse.lines import Line
from syriatopics.corpus.words import line_key
from syriatopics.lexicons import load
from syriatopics.lexicons.schema import LineRule

__all__ = ["date_words", "opener_keys", "rule_of"]


_SIGNS = (":", "/")
# An entry that ends in a sign wants one of these behind it.
_SIGN_PIECES = frozenset(":/|-–—(")


class _Rules(NamedTuple):
    """Rules by what they look at; the number of a rule is its rank."""

    rules: tuple[LineRule, ...]
    starts: dict[str, list[tuple[str, int, bool]]]
    whole: dict[str, int]
    contains: list[tuple[str, int]]
    longest: int


@cache
def _rules() -> _Rules:
    rules = load("boilerplate").rule
    starts: dict[str, list[tuple[str, int, bool]]] = defaultdict(list)
    whole: dict[str, int] = {}
    contains = []
    for rank, rule in enumerate(rules):
        for text in rule.starts:
            opening = line_key(text)
            signed = text.rstrip().endswith(_SIGNS)
            starts[opening.split()[0]].append((opening + " ", rank, signed))
        for text in rule.whole:
            whole.setdefault(line_key(text), rank)
        contains += [(f" {line_key(text)} ", rank) for text in rule.contains]
    return _Rules(rules, dict(starts), whole, contains, max(rule.max_words for rule in rules))


def rule_of(line: Line) -> LineRule | None:
    """Return the first rule that takes the line, or None."""
    known = _rules()
    words = line.words
    if not words or len(words) > known.longest:
        return None
    padded = line.key + " "
    ranks = [
        rank
        for opening, rank, signed in known.starts.get(words[0], ())
        if padded.startswith(opening) and (not signed or _has_sign(line, opening))
    ]
    if line.key in known.whole:
        ranks.append(known.whole[line.key])
    enclosed = f" {padded}"
    ranks += [rank for part, rank in known.contains if part in enclosed]
    taken = [rank for rank in ranks if len(words) <= known.rules[rank].max_words]
    return known.rules[min(taken)] if taken else None


def _has_sign(line: Line, opening: str) -> bool:
    """Say whether a colon or a stroke stands behind the opening words: ``الصورة: …``.

    Without it they are words like any other: ``الصورة في الشمال أكثر تعقيدا``.
    """
    n, pieces = opening.count(" "), line.pieces
    places = [k for k, piece in enumerate(pieces) if piece[0].isalnum()][:n]
    behind = places[-1] + 1 if len(places) == n else len(pieces)
    return behind < len(pieces) and pieces[behind] in _SIGN_PIECES


@cache
def date_words() -> frozenset[str]:
    """Return the words that may stand beside a date on a line that is a date and nothing else."""
    return frozenset(map(line_key, load("boilerplate").date_words.words))


@cache
def opener_keys() -> tuple[str, ...]:
    """Return the words with which a new paragraph begins, each with a space behind it."""
    return tuple(line_key(word) + " " for word in load("boilerplate").openers.words)
