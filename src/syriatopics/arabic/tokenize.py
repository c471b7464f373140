"""Arabic text to tokens: words and numbers, without or with their place in the text."""

from __future__ import annotations

import re
from typing import NamedTuple

from syriatopics.arabic.characters import is_arabic_word
from syriatopics.arabic.normalize import align, clean, require_text

__all__ = ["TOKEN", "Token", "is_token", "mixed_script_words", "scan", "tokenize"]

# On clean text: a run of letters of any script, or a number. A run of letters is taken
# whole, so that a word with Latin letters inside is seen as damaged, not cut in two.
TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,٫٬]\d+)*")
_SEGMENT = re.compile(r"\S+")


class Token(NamedTuple):
    """A word or number: ``text`` is its clean surface, start and end its place in the text given."""

    text: str
    start: int
    end: int


def is_token(run: str) -> bool:
    """Say whether a run of letters or digits is a token: an Arabic word or a number."""
    return run[0].isdigit() or is_arabic_word(run)


def tokenize(text: str) -> list[str]:
    """Return the surface tokens of the clean text: Arabic words and numbers, in order.

    Punctuation, words of other scripts and words of mixed script are left out; the
    last are what :func:`mixed_script_words` reports.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of str

    Examples
    --------
    >>> tokenize("القرار ٢٢٥٤ تستكشfan 3.5")
    ['القرار', '2254', '3.5']
    """
    return [run for run in TOKEN.findall(clean(text)) if is_token(run)]


def scan(text: str) -> list[Token]:
    """Return the tokens of `text` with their place in it, whatever marks it carries.

    The same tokens as :func:`tokenize` gives, in the same order, and
    ``clean(text[token.start:token.end])`` holds ``token.text``.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of Token
        Offsets count characters of `text` as it was given.

    Examples
    --------
    >>> scan("في السّوريّة")
    [Token(text='في', start=0, end=2), Token(text='السورية', start=3, end=12)]
    """
    return [Token(run, start, end) for run, start, end in _runs(text) if is_token(run)]


def mixed_script_words(text: str) -> list[Token]:
    """Return the words of `text` that mix Arabic letters with others (``تستكشfan``)."""
    return [
        Token(run, start, end)
        for run, start, end in _runs(text)
        if not is_token(run) and any(map(is_arabic_word, run))
    ]


def _runs(text: str) -> list[tuple[str, int, int]]:
    cleaned = clean(require_text(text))
    if cleaned == text:
        return [(m.group(), m.start(), m.end()) for m in TOKEN.finditer(text)]
    runs = []
    # No token spans white space, so only the segments that cleaning changes need aligning.
    for segment in _SEGMENT.finditer(text):
        raw, offset = segment.group(), segment.start()
        cleaned, starts, ends = align(raw)
        runs += [
            (m.group(), offset + starts[m.start()], offset + ends[m.end() - 1])
            for m in TOKEN.finditer(cleaned)
        ]
    return runs
