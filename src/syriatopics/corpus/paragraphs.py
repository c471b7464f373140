"""From body lines to paragraphs: cut ones rejoined, markup unwrapped, damage flagged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from syriatopics.arabic import clean, key, mixed_script_words
from syriatopics.corpus.lines import Line, ends_sentence
from syriatopics.lexicons import load
from syriatopics.records import Flag, Paragraph, RemovedSpan, Repair

__all__ = ["Built", "build_paragraphs", "markup_in"]

_BOLD = re.compile(r"\*\*|__")
_LINK = re.compile(r"(?P<open>!?\[)(?P<words>[^\[\]\n]{1,300})(?P<close>\]\([^()\s]{0,2000}\))")
_GLUED = re.compile(r"\w*ة(?=[ء-غف-ي])\w+|\w+ى(?=[ء-غف-ي])\w{2,}")
_MIN_CUT = 12


class Built(NamedTuple):
    """The paragraphs of an article with what was done to get them."""

    paragraphs: tuple[Paragraph, ...]
    removed: tuple[RemovedSpan, ...]
    repairs: tuple[Repair, ...]
    flags: tuple[Flag, ...]


def markup_in(line: Line) -> tuple[list[RemovedSpan], list[Repair]]:
    """Find the Markdown remains of a line: the signs are removed, the words stay."""
    removed: list[RemovedSpan] = []
    repairs: list[Repair] = []

    def remove(start: int, end: int, reason: str) -> None:
        start, end = line.start + start, line.start + end
        text = line.text[start - line.start : end - line.start]
        removed.append(RemovedSpan(line.number, start, end, "markup", text, reason))

    for match in _LINK.finditer(line.text):
        remove(*match.span("open"), "link unwrapped")
        remove(*match.span("close"), "link unwrapped")
        repairs.append(
            Repair(line.start + match.start(), line.start + match.end(), "link unwrapped")
        )
    signs = [match.span() for match in _BOLD.finditer(line.text)]
    for (start, mid), (back, end) in zip(signs[::2], signs[1::2], strict=False):
        remove(start, mid, "bold unwrapped")
        remove(back, end, "bold unwrapped")
        repairs.append(Repair(line.start + start, line.start + end, "bold unwrapped"))
    return sorted(removed, key=lambda span: span.start), repairs


def _kept(line: Line, removed: Sequence[RemovedSpan]) -> tuple[tuple[int, int], ...]:
    pieces = []
    position = line.start
    for span in removed:
        if span.start > position:
            pieces.append((position, span.start))
        position = max(position, span.end)
    if position < line.end:
        pieces.append((position, line.end))
    return tuple(pieces)


def _unclosed_quote(text: str) -> bool:
    text = clean(text)
    return text.count("“") > text.count("”") or text.count("«") > text.count("»")


def _closes_quote(text: str) -> bool:
    text = clean(text)
    closing = min((i for i in (text.find("”"), text.find("»")) if i >= 0), default=-1)
    opening = min((i for i in (text.find("“"), text.find("«")) if i >= 0), default=len(text))
    return 0 <= closing < opening


def _is_cut(text: str) -> bool:
    return len(text.split()) >= _MIN_CUT and not ends_sentence(text)


@cache
def _openers() -> re.Pattern[str]:
    words = "|".join(map(key, load("boilerplate").openers.words))
    return re.compile(rf"(?:{words})\b")


def _continues(text: str, following: str) -> bool:
    """Say whether `following` goes on where the cut paragraph `text` stops."""
    if _unclosed_quote(text):
        return _closes_quote(following)
    return not _openers().match(key(following))


def build_paragraphs(lines: Sequence[Line], cuts: Sequence[RemovedSpan] = ()) -> Built:
    """Build the paragraphs of an article from its body lines.

    Parameters
    ----------
    lines : sequence of Line
        The lines judged to be body, in order.
    cuts : sequence of RemovedSpan
        Stretches inside these lines that are removed already (datelines).

    Returns
    -------
    Built
        A paragraph that was cut in two is one again; what looks damaged is flagged.
    """
    paragraphs: list[Paragraph] = []
    removed: list[RemovedSpan] = []
    repairs: list[Repair] = []
    flags: list[Flag] = []
    open_cut = False
    for line in lines:
        markup, unwrapped = markup_in(line)
        inside = [cut for cut in cuts if line.start <= cut.start < line.end]
        kept = _kept(line, sorted([*markup, *inside], key=lambda span: span.start))
        text = "".join(line.text[start - line.start : end - line.start] for start, end in kept)
        removed += markup
        repairs += unwrapped
        if open_cut and _continues(paragraphs[-1], text):
            last = paragraphs[-1]
            repairs.append(Repair(last.end, kept[0][0], "paragraph rejoined"))
            paragraphs[-1] = Paragraph(f"{last} {text}", (*last.lines, kept))
        else:
            if open_cut:
                flags.append(_broken_off(paragraphs[-1]))
            paragraphs.append(Paragraph(text, (kept,)))
        open_cut = _is_cut(text)
        flags += _damaged_words(line)
    if open_cut and len(paragraphs) > 1:
        flags.append(_broken_off(paragraphs[-1]))
    return Built(tuple(paragraphs), tuple(removed), tuple(repairs), tuple(flags))


def _broken_off(paragraph: Paragraph) -> Flag:
    words = " ".join(paragraph.split()[-3:])
    return Flag(paragraph.end - 1, paragraph.end, "paragraph breaks off", words)


def _damaged_words(line: Line) -> list[Flag]:
    mixed = [
        Flag(line.start + token.start, line.start + token.end, "letters of two scripts", token.text)
        for token in mixed_script_words(line.text)
    ]
    glued = [
        Flag(
            line.start + match.start(),
            line.start + match.end(),
            "words glued together",
            match.group(),
        )
        for match in _GLUED.finditer(line.text)
    ]
    return mixed + glued
