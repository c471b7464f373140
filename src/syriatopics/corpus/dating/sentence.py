"""A sentence as the audit reads it: its pieces, the dates in it, and words of time around a place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, cached_property

from syriatopics.arabic import DateMention, PhraseMatcher, variant_table
from syriatopics.corpus.parse.lines import Line
from syriatopics.lexicons import load
from syriatopics.lexicons.schema import TimeWords

__all__ = ["Sentence", "opened_in", "sentence_at", "sentences_of"]

_STOPS = frozenset(".!?؟؛")
# A text without full stops is read in pieces of this length, or its time grew with its square.
_LONGEST = 400
# Pieces of which the groups are remembered; with more, all are forgotten.
_REMEMBERED = 1 << 18


@cache
def _group(name: str) -> PhraseMatcher[str]:
    words = getattr(load("timewords"), name).words
    return PhraseMatcher({name: words}, fold=variant_table())


_NONE: frozenset[str] = frozenset()


@cache
def _openings() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Return the groups by the words with which one of theirs begins, whole and cut off by a star."""
    whole: dict[str, set[str]] = defaultdict(set)
    cut_off: dict[str, set[str]] = defaultdict(set)
    for name in TimeWords.groups():
        for opening in _group(name).openings:
            whole[opening].add(name)
        for opening in _group(name).prefix_openings:
            cut_off[opening].add(name)
    return {k: frozenset(v) for k, v in whole.items()}, {
        k: frozenset(v) for k, v in cut_off.items()
    }


class _Opened(dict[str, frozenset[str]]):
    """The groups of timewords.toml of which a word may begin with a piece; once per type of piece."""

    def __missing__(self, piece: str) -> frozenset[str]:
        if len(self) >= _REMEMBERED:
            self.clear()
        whole, cut_off = _openings()
        found = whole.get(piece, _NONE)
        for n in range(1, len(piece) + 1):
            if (more := cut_off.get(piece[:n])) is not None:
                found = found | more
        self[piece] = found
        return found


_opened_by = _Opened().__getitem__


def opened_in(pieces: Iterable[str]) -> frozenset[str]:
    """Return the groups of timewords.toml of which a word may begin with one of the pieces."""
    return _NONE.union(*map(_opened_by, pieces))


class Sentence:
    """The pieces from one full stop to the next.

    Parameters
    ----------
    line : Line
        A line of the body.
    first, last : int
        The pieces of the line that are the sentence (`last` exclusive).
    """

    def __init__(self, line: Line, first: int, last: int) -> None:
        self.line = line
        self.first = first
        self.last = last
        self.pieces = line.pieces[first:last]

    @cached_property
    def opened(self) -> frozenset[str]:
        """The groups of timewords.toml of which a word may stand here: a quick look."""
        return opened_in(self.pieces)

    def holds(self, name: str, start: int = 0, end: int | None = None) -> bool:
        """Say whether a word of a group of timewords.toml begins between two places."""
        if name not in self.opened:
            return False
        start, end = max(0, start), len(self.pieces) if end is None else end
        return any(
            name in _opened_by(piece) and _group(name).match(self.pieces, n) is not None
            for n, piece in enumerate(self.pieces[start:end], start)
        )

    def ends_with(self, name: str, end: int) -> bool:
        """Say whether a word of a group ends right before a place of the sentence."""
        return name in self.opened and any(
            name in _opened_by(piece)
            and (match := _group(name).match(self.pieces, n)) is not None
            and match.end == end
            for n, piece in enumerate(self.pieces[max(0, end - 4) : end], max(0, end - 4))
        )

    def text(self, start: int, end: int) -> str:
        """Return what stands between two places, as people read it."""
        places = self.line.places
        return self.line.clean[places[self.first + start][0] : places[self.first + end - 1][1]]

    def dates(self) -> Iterator[tuple[int, DateMention]]:
        """Yield the dates of the sentence, each with the place of its first piece."""
        if not self.line.dates:
            return
        starts = [start for start, _ in self.line.places[self.first : self.last]]
        dates = self.line.dates
        for mention in dates[bisect_left(dates, starts[0], key=_start) :]:
            if mention.start > starts[-1]:
                return
            yield bisect_right(starts, mention.start) - 1, mention


def _start(mention: DateMention) -> int:
    return mention.start


def sentence_at(line: Line, place: int) -> Sentence:
    """Return the sentence in which a piece of a line stands, or what is near of a long one."""
    pieces = line.pieces
    left, right = max(0, place - _LONGEST), min(len(pieces), place + _LONGEST)
    first = next((n + 1 for n in range(place - 1, left - 1, -1) if pieces[n] in _STOPS), left)
    last = next((n for n in range(place, right) if pieces[n] in _STOPS), right)
    return Sentence(line, first, last)


def sentences_of(line: Line) -> Iterator[Sentence]:
    """Yield the sentences of a line, long ones in pieces."""
    first = 0
    for n, piece in enumerate(line.pieces):
        stops = piece in _STOPS
        if stops or n - first >= _LONGEST:
            if n > first:
                yield Sentence(line, first, n)
            first = n + stops
    if first < len(line.pieces):
        yield Sentence(line, first, len(line.pieces))
