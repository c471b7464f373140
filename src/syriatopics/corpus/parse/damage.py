"""Words that look damaged: letters of two scripts, and words glued together.

A damaged word is flagged, never repaired: a silent repair would be an invention. Inside one
text only spelling tells: ة and ى end a word, so what follows them is another one. Across a
corpus the words themselves tell (see :mod:`syriatopics.corpus.parse.glued`).
"""

from __future__ import annotations

import re

from syriatopics.arabic import mixed_script_words
from syriatopics.corpus.parse.lines import Line
from syriatopics.records import Flag

__all__ = ["GLUED", "damaged_words"]

GLUED = "words glued together"

# A letter that ends a word, with at least two letters behind it.
_ENDED = re.compile(r"[ةى](?=[ء-غف-ي]{2})")
_LATIN_BESIDE = re.compile(r"[A-Za-z](?:[ء-ي]|(?<=[ء-ي].))")
_WORD_LEFT = re.compile(r"[^\W\d_]*\Z")
_WORD_RIGHT = re.compile(r"[^\W\d_]*")
_LONGEST = 60


def damaged_words(line: Line) -> list[Flag]:
    """Return the words of a line that look damaged, with their places in the raw text."""
    found = []
    if _LATIN_BESIDE.search(line.clean):
        found += [
            Flag(line.start + t.start, line.start + t.end, "letters of two scripts", t.text)
            for t in mixed_script_words(line.text)
        ]
    end = 0
    for match in _ENDED.finditer(line.text):
        if match.start() < end:
            continue
        left = _WORD_LEFT.search(line.text, max(end, match.start() - _LONGEST), match.start())
        right = _WORD_RIGHT.match(line.text, match.end(), match.end() + _LONGEST)
        start, end = left.start() if left else match.start(), right.end() if right else match.end()
        place = line.start + start, line.start + end
        found.append(Flag(*place, GLUED, line.text[start:end]))
    return found
