"""Quotation marks as they are found: five kinds, reversed, doubled, unclosed."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Mark", "Marks", "find_marks"]

# The kinds in use: what opens and what closes; the straight mark does both.
_KINDS = {"«": "«»", "»": "«»", "“": "“”", "”": "“”", "„": "“”", '"': '"', "‹": "‹›", "›": "‹›"}
_KINDS |= {"‘": "‘’", "’": "‘’"}
_ANY = re.compile(f"[{''.join(_KINDS)}]")
_OPENS = frozenset("«“„‹‘")
_CLOSES = frozenset("»”›’")
# A clitic or a dash may stand before an opening mark: لـ”الحل نت”.
_BEFORE = frozenset("ـلبوفك([{-–—،,:؛\n\t \u00a0\u200f\u200e")


class Mark(NamedTuple):
    """Words in quotation marks: ``text[start:end]`` with the marks, ``text[first:last]`` without."""

    start: int
    first: int
    last: int
    end: int
    closed: bool


class Marks(NamedTuple):
    """The marked stretches of a text, in order, and closing marks that nothing opened."""

    spans: list[Mark]
    strays: list[int]


def find_marks(text: str) -> Marks:
    """Find what stands in quotation marks; of marks inside marks only the outer ones.

    A pair the wrong way round, one sign at both ends and a mark that is never closed are
    read as people read them; an unclosed one reaches to the end of the text, or to the next
    that opens.

    Parameters
    ----------
    text : str
        A passage as it is found.

    Examples
    --------
    >>> [(mark.closed, mark.last - mark.first) for mark in find_marks("قال: “نعم” ثم «لا").spans]
    [(True, 3), (False, 2)]
    """
    spans: list[Mark] = []
    strays: list[int] = []
    open_at, depth = -1, 0
    for found in _ANY.finditer(text):
        place, sign = found.start(), found.group()
        opens, closes = _may_open(text, place), _may_close(text, place)
        if open_at < 0:
            if opens and (sign in _OPENS or sign == '"' or not closes or _is_turned(text, place)):
                open_at, depth = place, 0
            elif closes and place and not text[place - 1].isspace():  # else a bullet
                strays.append(place)
        elif _KINDS[sign] != _KINDS[text[open_at]]:
            continue
        elif sign in _OPENS and opens and not closes:
            depth += 1
        elif sign == '"' and opens and not closes and not _encloses(text, place):
            spans.append(_unclosed(text, open_at, _sentence_end(text, open_at, place)))
            open_at = place
        elif sign == '"' and opens and not closes:
            depth += 1
        elif depth:
            depth -= 1
        else:
            spans.append(Mark(open_at, open_at + 1, place, place + 1, closed=True))
            open_at = -1
    if open_at >= 0:
        spans.append(_unclosed(text, open_at, len(text)))
    return Marks([span for span in spans if text[span.first : span.last].strip()], strays)


def _is_turned(text: str, place: int) -> bool:
    """Say whether a closing mark opens a pair the wrong way round: »…«, tight at both ends."""
    opening = next(sign for sign in _KINDS[text[place]] if sign != text[place])
    again = text.find(text[place], place + 1)
    end = text.find(opening, place + 1, again if again >= 0 else len(text))
    if end < 0 or text[end - 1].isspace():
        return False
    before = text[place - 1] if place else " "
    return not before.isalnum() and not text[end + 1 : end + 2].isalnum()


def _encloses(text: str, place: int) -> bool:
    """Say whether a straight mark opens words inside marked words: two more close before another opens."""
    closed, here = 0, place
    while closed < 2:
        here = text.find('"', here + 1)
        if here < 0 or "\n" in text[place:here]:
            return False
        if _may_open(text, here) or not _may_close(text, here):
            return False
        closed += 1
    return True


def _sentence_end(text: str, start: int, end: int) -> int:
    """Return where the last sentence has ended before another mark opens, or the mark's place."""
    stop = max(text.rfind(sign, start, end) for sign in (". ", "! ", "؟ ", ".\n"))
    return stop + 1 if stop > start else end


def _unclosed(text: str, start: int, end: int) -> Mark:
    last = start + len(text[start:end].rstrip())
    return Mark(start, start + 1, max(last, start + 1), end, closed=False)


def _may_open(text: str, place: int) -> bool:
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    if text[place] == "«":
        return True
    return not after.isspace() and (before in _BEFORE or text[place] in _OPENS)


def _may_close(text: str, place: int) -> bool:
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    if text[place] == "»":
        return before not in "ـ"
    # Between a letter and a letter it closes (النص”كما), behind a lengthened clitic it opens (لـ”الحل).
    return not before.isspace() and (not after.isalnum() or (before.isalnum() and before != "ـ"))
