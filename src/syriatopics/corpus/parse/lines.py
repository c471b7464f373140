"""The visible lines of a raw text, each with its place, its clean text and its words."""

from __future__ import annotations

import re
from functools import cached_property
from typing import NamedTuple

from syriatopics.arabic import DateMention, clean, find_dates
from syriatopics.corpus.words import PIECE, pieces_of, words_of
from syriatopics.records import RemovedKind, RemovedSpan

__all__ = ["Judged", "Line", "ends_sentence", "split_lines"]

_BREAKS = r"\n\r\x0b\x0c\x85\u2028\u2029"
_LINE = re.compile(rf"[^{_BREAKS}]*(?:\r\n|[{_BREAKS}]|\Z)")
_DIGIT = re.compile(r"[0-9]")
# What ends a sentence, closing quotation marks and brackets included.
_SENTENCE_ENDS = tuple('.!?؟…:;؛»”")]')


class Line:
    """A visible line of the raw text: start and end without the white space around it.

    Attributes
    ----------
    number : int
        Counts from 0, blank lines included.
    start, end : int
        Offsets in the raw text.
    text : str
        As it stands there.
    after_blank : bool
        Whether a blank line, or nothing, stands above it.
    clean : str
        The clean text of the line.
    pieces : list of str
        Words and punctuation, folded.
    words : list of str
        The words alone, folded.
    key : str
        The form in which lines are compared.
    """

    def __init__(self, number: int, start: int, text: str, after_blank: bool) -> None:
        self.number = number
        self.start = start
        self.end = start + len(text)
        self.text = text
        self.after_blank = after_blank
        # Every line is asked for these; what only some are asked for is worked out when it is.
        self.clean = clean(text)
        self.pieces = pieces_of(self.clean)
        self.words = words_of(self.pieces)
        self.key = " ".join(self.words)

    @cached_property
    def piece_set(self) -> frozenset[str]:
        """The different pieces: a quick look before anything is searched for."""
        return frozenset(self.pieces)

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        """Where each piece stands in the clean text."""
        return [match.span() for match in PIECE.finditer(self.clean)]

    @property
    def has_digit(self) -> bool:
        """Whether the clean text holds a digit, without which it names no date."""
        return _DIGIT.search(self.clean) is not None

    @cached_property
    def dates(self) -> list[DateMention]:
        """The dates that the clean text names."""
        return find_dates(self.clean) if self.has_digit else []

    @property
    def ends_sentence(self) -> bool:
        """Whether the line ends as a sentence does."""
        return ends_sentence(self.text)


class Judged(NamedTuple):
    """A line with its kind ("body" or a kind of removed text) and the reason in words."""

    line: Line
    kind: RemovedKind | str
    reason: str

    def removed(self) -> RemovedSpan:
        """Return the line as a removed span."""
        line = self.line
        return RemovedSpan(
            line.number,
            line.start,
            line.end,
            self.kind,  # type: ignore[arg-type]
            line.text,
            self.reason,
        )


def ends_sentence(text: str) -> bool:
    """Say whether a line ends as a sentence does."""
    return text.rstrip().endswith(_SENTENCE_ENDS)


def split_lines(raw: str) -> list[Line]:
    """Return the lines of `raw` that hold something, with their offsets."""
    lines = []
    blank = True
    for number, match in enumerate(_LINE.finditer(raw)):
        text = match.group()
        stripped = text.strip()
        if stripped:
            start = match.start() + len(text) - len(text.lstrip())
            lines.append(Line(number, start, stripped, blank))
        blank = not stripped
    return lines
