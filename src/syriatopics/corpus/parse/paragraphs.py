"""From body lines to paragraphs: what was cut in two is one again, what breaks off is flagged."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from syriatopics.arabic import tokenize
from syriatopics.corpus.parse.damage import damaged_words
from syriatopics.corpus.parse.lines import Line
from syriatopics.corpus.parse.markup import markup_in
from syriatopics.corpus.parse.rules import opener_keys
from syriatopics.corpus.parse.wrapped import WRAPPED
from syriatopics.corpus.words import count_words
from syriatopics.records import Flag, Layout, RemovedSpan, Repair

__all__ = ["Built", "build_paragraphs"]

_MIN_CUT = 12
# Where most paragraphs of an article end without a full stop, a missing one says nothing.
_USUALLY_ENDED = 0.5


class Built(NamedTuple):
    """The paragraphs of an article with what was done to get them."""

    layout: tuple[Layout, ...]
    removed: tuple[RemovedSpan, ...]
    repairs: tuple[Repair, ...]
    flags: tuple[Flag, ...]
    n_words: int


def build_paragraphs(
    lines: Sequence[Line],
    cuts: Sequence[RemovedSpan] = (),
    wrapped: Collection[int] = (),
) -> Built:
    """Build the paragraphs of an article from its body lines.

    Parameters
    ----------
    lines : sequence of Line
        The lines judged to be body, in order.
    cuts : sequence of RemovedSpan
        Stretches inside these lines that are removed already (datelines).
    wrapped : collection of int
        Numbers of lines that were broken to a width and go on in the next one.

    Returns
    -------
    Built
        A paragraph that was cut in two is one again; what looks damaged is flagged.
    """
    layout: list[Layout] = []
    removed: list[RemovedSpan] = []
    repairs: list[Repair] = []
    flags: list[Flag] = []
    long_lines = [line for line in lines if len(line.words) >= _MIN_CUT]
    ended = sum(line.ends_sentence for line in long_lines)
    stops_tell = len(lines) > 1 and ended > _USUALLY_ENDED * len(long_lines)
    above: Line | None = None  # the line above, where it stops in the middle
    n_words = 0
    last = -1
    for line in lines:
        markup, unwrapped = markup_in(line)
        kept = _kept(line, [*markup, *(cut for cut in cuts if line.start <= cut.start < line.end)])
        removed += markup
        if not kept:
            continue
        repairs += unwrapped
        n_words += _count(line, kept)
        if last in wrapped and layout:
            repairs.append(Repair(layout[-1][-1][-1][1], kept[0][0], WRAPPED))
            layout[-1] = (*layout[-1], kept)
        elif above is not None and _continues(above, line):
            repairs.append(Repair(layout[-1][-1][-1][1], kept[0][0], "paragraph rejoined"))
            layout[-1] = (*layout[-1], kept)
        else:
            if above is not None:
                flags.append(_broken_off(above))
            layout.append((kept,))
        above = line if stops_tell and _is_cut(line) and line.number not in wrapped else None
        last = line.number
        flags += damaged_words(line)
    if above is not None and len(layout) > 1:
        flags.append(_broken_off(above))
    return Built(tuple(layout), tuple(removed), tuple(repairs), tuple(flags), n_words)


def _kept(line: Line, removed: list[RemovedSpan]) -> tuple[tuple[int, int], ...]:
    """Return what is left of a line, without white space at its ends."""
    pieces = []
    position = line.start
    for span in sorted(removed, key=lambda span: span.start):
        if span.start > position:
            pieces.append((position, span.start))
        position = max(position, span.end)
    if position < line.end:
        pieces.append((position, line.end))
    visible = [
        n for n, (a, b) in enumerate(pieces) if line.text[a - line.start : b - line.start].strip()
    ]
    return tuple(pieces[visible[0] : visible[-1] + 1]) if visible else ()


def _count(line: Line, kept: tuple[tuple[int, int], ...]) -> int:
    if kept == ((line.start, line.end),):
        return count_words(line.clean, line.words)
    return len(tokenize("".join(line.text[a - line.start : b - line.start] for a, b in kept)))


def _is_cut(line: Line) -> bool:
    return not line.ends_sentence and len(line.words) >= _MIN_CUT


def _continues(above: Line, line: Line) -> bool:
    """Say whether `line` goes on where the cut line above it stops."""
    if _leaves_a_quote_open(above.clean):
        return _closes_a_quote(line.clean)
    return not f"{line.key} ".startswith(opener_keys())


def _leaves_a_quote_open(text: str) -> bool:
    return text.count("“") > text.count("”") or text.count("«") > text.count("»")


def _closes_a_quote(text: str) -> bool:
    closing = min((i for i in (text.find("”"), text.find("»")) if i >= 0), default=-1)
    opening = min((i for i in (text.find("“"), text.find("«")) if i >= 0), default=len(text))
    return 0 <= closing < opening


def _broken_off(line: Line) -> Flag:
    words = " ".join(line.text.split()[-3:])
    return Flag(line.end - 1, line.end, "paragraph breaks off", words)
