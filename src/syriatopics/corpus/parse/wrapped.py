"""Hard-wrapped text: lines that were broken to a width, as copies from PDF, mails and terminals are.

The sign is the one of a program that breaks lines: the first word of the next line would not have found
room on this one. Where blank lines part blocks, a block is a paragraph; where none do, a paragraph
ends with a line that ends its sentence. Lines of a poem are of like width too: but they rhyme, and
hardly a sign parts their sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from syriatopics.corpus.parse.lines import Line, ends_sentence

__all__ = ["WRAPPED", "wrapped_lines"]

WRAPPED = "hard-wrapped line rejoined"
_FEWEST_JOINS = 3
_WIDTHS = range(25, 131)
# Letters are of different widths: a line is full if the next word would have gone so far.
_FULL = 0.85
_MOSTLY_FULL = 0.9
_MOSTLY_OPEN = 0.5
_SIGNS, _LINES_A_SIGN = ".،؛؟!:,", 8
_FEWEST_RHYMES, _RHYMED = 3, 0.6


def wrapped_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return the numbers of the lines that go on in the next line, if the text is hard-wrapped.

    Parameters
    ----------
    lines : sequence of Line
        All lines that hold something, in order.
    """
    if len(lines) <= _FEWEST_JOINS or max(len(line.text) for line in lines) not in _WIDTHS:
        return frozenset()
    width = _width(lines)
    blocks = sum(line.after_blank for line in lines) > 1
    inside = [(line, below) for line, below in pairwise(lines) if not below.after_blank]
    open_ = [(line, below) for line, below in inside if not ends_sentence(line.text)]
    full = [(line, below) for line, below in open_ if _is_full(line, below, width)]
    if len(full) < _FEWEST_JOINS or len(full) < _MOSTLY_FULL * len(open_):
        return frozenset()
    if len(open_) < _MOSTLY_OPEN * len(lines) or _is_verse(lines):
        return frozenset()
    if blocks:
        return frozenset(line.number for line, below in inside if _is_full(line, below, width))
    return frozenset(line.number for line, _ in full)


def _is_verse(lines: Sequence[Line]) -> bool:
    """Say whether lines rhyme, all or every other one, or hold next to no sign of a sentence."""
    signs = sum(any(sign in line.text for sign in _SIGNS) for line in lines)
    if signs * _LINES_A_SIGN < len(lines):
        return True
    ends = [line.words[-1][-2:] for line in lines if line.words]
    whole, one, other = map(_rhymes, (ends, ends[::2], ends[1::2]))
    # Three lines may end alike by chance; three here and three there hardly do.
    return max(whole, one, other) > _FEWEST_RHYMES or min(one, other) >= _FEWEST_RHYMES


def _rhymes(ends: Sequence[str]) -> int:
    """Return how many lines end alike, if most do."""
    n = Counter(ends).most_common(1)[0][1] if ends else 0
    return n if n >= _RHYMED * len(ends) else 0


def _width(lines: Sequence[Line]) -> int:
    """Return the width of the text: that of its longest line but for one in twenty."""
    widths = sorted((len(line.text) for line in lines), reverse=True)
    return widths[len(widths) // 20]


def _is_full(line: Line, below: Line, width: int) -> bool:
    return len(line.text) + 1 + len(below.text.split(maxsplit=1)[0]) > _FULL * width
