"""Splitting Arabic text into sentences, with offsets."""

from __future__ import annotations

import re
from typing import NamedTuple

from syriatopics.arabic.normalize import require_text

__all__ = ["Sentence", "sentences"]


class Sentence(NamedTuple):
    """A sentence and its place: ``text[start:end]`` of the text given."""

    text: str
    start: int
    end: int


# A sentence ends at . ! ? ؟ … or at ؛ , with the quotation marks and brackets that close
# there, before white space. A full stop between digits or inside an abbreviation does not end one.
_END = re.compile(r"(?P<stop>[.!?؟…]+|؛)(?P<close>[\"”’»›)\]]*)(?=\s|$)|\n\s*\n")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“«])(?:أ\.?د|د|م|أ|ا|أ\s?ف\s?ب|أ\.\s?ف\.\s?ب|ا\.ف\.ب|د\.ب\.أ|ص|ج|ت|هـ|ق\.م|[A-Za-z]"
    r"|(?:\w\.){1,4}\w)$"
)
_OPENING = re.compile(r"[“«(\"]")


def sentences(text: str) -> list[Sentence]:
    """Split `text` into sentences.

    Knows the Arabic question mark and semicolon, the ellipsis, decimal points, the
    abbreviations of titles (``د.``, ``أ.د.``) and agencies (``أ.ف.ب``), and quotation
    marks that close behind the full stop.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of Sentence
        Without surrounding white space; together they hold every visible character.

    Examples
    --------
    >>> [s.text for s in sentences("قال د. نجار إن 3.5 ملايين نزحوا. ماذا بعد؟")]
    ['قال د. نجار إن 3.5 ملايين نزحوا.', 'ماذا بعد؟']
    """
    require_text(text)
    found = []
    start = 0
    for match in _END.finditer(text):
        if match["stop"] == "." and _ABBREVIATION.search(
            text, max(start, match.start() - 12), match.start()
        ):
            continue
        found += _trimmed(text, start, match.end())
        start = match.end()
    return found + _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> list[Sentence]:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = start + len(piece.rstrip())
    return [Sentence(text[left:right], left, right)] if left < right else []
