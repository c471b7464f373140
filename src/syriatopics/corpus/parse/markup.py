"""Signs that are not text: remains of Markdown, and control characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from syriatopics.corpus.parse.lines import Line
from syriatopics.records import RemovedSpan, Repair

__all__ = ["markup_in"]

# One class first, which is found fast: then ``**``, ``__``, ``](`` or a control character.
_ANY = re.compile(r"[*_\]\x00-\x08\x0e-\x1f\x7f](?:(?<=[^*_\]])|(?<=\*)\*|(?<=_)_|(?<=\])\()")
_BOLD = re.compile(r"\*\*|__")
_LINK = re.compile(r"(?P<open>!?\[)(?P<words>[^\[\]\n]{1,300})(?P<close>\]\([^()\s]{0,2000}\))")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]+")


def markup_in(line: Line) -> tuple[list[RemovedSpan], list[Repair]]:
    """Find the signs of a line that are no text: they are removed, the words stay."""
    if _ANY.search(line.text) is None:
        return [], []
    removed = sorted(_spans(line), key=lambda span: span.start)
    repairs = [
        Repair(line.start + match.start(), line.start + match.end(), "link unwrapped")
        for match in _LINK.finditer(line.text)
    ]
    repairs += [
        Repair(line.start + start, line.start + end, "bold unwrapped") for start, end in _bold(line)
    ]
    return removed, repairs


def _spans(line: Line) -> Iterator[RemovedSpan]:
    for match in _LINK.finditer(line.text):
        yield _span(line, *match.span("open"), "link unwrapped")
        yield _span(line, *match.span("close"), "link unwrapped")
    for start, end in _bold(line):
        yield _span(line, start, start + 2, "bold unwrapped")
        yield _span(line, end - 2, end, "bold unwrapped")
    for match in _CONTROL.finditer(line.text):
        yield _span(line, *match.span(), "control character")


def _bold(line: Line) -> Iterator[tuple[int, int]]:
    """Yield what stands between two signs of bold type, the signs included."""
    outside = _LINK.sub(
        lambda link: link["open"] + link["words"] + " " * len(link["close"]), line.text
    )
    signs = [match.start() for match in _BOLD.finditer(outside)]
    for start, end in zip(signs[::2], signs[1::2], strict=False):
        yield start, end + 2


def _span(line: Line, start: int, end: int, reason: str) -> RemovedSpan:
    place = line.start + start, line.start + end
    return RemovedSpan(line.number, *place, "markup", line.text[start:end], reason)
