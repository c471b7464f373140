"""Arabic text to tokens: words and numbers, without or with their place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from syriatopics.arabic.addresses import without_addresses
from syriatopics.arabic.characters import is_arabic_word
from syriatopics.arabic.normalize import align, clean, require_text

__all__ = [
    "TOKEN",
    "Token",
    "is_token",
    "mixed_script_words",
    "placed",
    "runs",
    "scan",
    "tokenize",
    "words_in",
]

# On clean text: a run of letters of any script, or a number. A run of letters is taken
# whole, so that a word with Latin letters inside is seen as damaged, not cut in two.
TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,٫٬]\d+)*")
_SEGMENT = re.compile(r"\S+")
# Nearly every text holds nothing else: letters and their vowel signs, which cleaning only takes away,
# and signs that it leaves as they are. Its runs can be cut out as they are written.
_LETTERS, _MARKS = "A-Za-z\u0621-\u063a\u0641-\u064a", "\u0640\u064b-\u0652\u0670"
_PLAIN = re.compile(rf"(?:[\s!-~،؛؟«»“”‘’–—•{_LETTERS}]|(?<=[{_LETTERS}{_MARKS}])[{_MARKS}])*+")
_RUN = re.compile(rf"([{_LETTERS}][{_LETTERS}{_MARKS}]*+|[0-9]+(?:[.,][0-9]+)*+)")


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
    last are what :func:`mixed_script_words` reports. What an address spells is no word: of a
    page, of mail, of an account (``@x``), of a file. The word of a hashtag is one.

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
    return [run for run in words_in(text) if is_token(run)]


def words_in(text: str, pattern: re.Pattern[str] = TOKEN) -> list[str]:
    """Return what a pattern of pieces finds in the clean text: words of any script, numbers."""
    return pattern.findall(without_addresses(clean(text)))


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
    cleaned = ((clean(run), start, end) for run, start, end in zip(*runs(text), strict=True))
    return [Token(*token) for token in cleaned if is_token(token[0])]


def runs(text: str) -> tuple[list[str], list[int], list[int]]:
    """Return the words of any script and the numbers of a text, with where each begins and ends.

    As :func:`placed` does, but at once, and a run may still carry its vowel signs.

    Examples
    --------
    >>> runs("عن السّوريّة")
    (['عن', 'السّوريّة'], [0, 3], [2, 12])
    """
    if _PLAIN.fullmatch(require_text(text)) is None or without_addresses(text) is not text:
        tokens = list(placed(text))
        return [t.text for t in tokens], [t.start for t in tokens], [t.end for t in tokens]
    pieces = _RUN.split(text)
    ends = list(accumulate(map(len, pieces)))
    return pieces[1::2], ends[:-1:2], ends[1::2]


def mixed_script_words(text: str) -> list[Token]:
    """Return the words of `text` that mix Arabic letters with others (``تستكشfan``)."""
    return [
        token
        for token in placed(text)
        if not is_token(token.text) and any(map(is_arabic_word, token.text))
    ]


def placed(text: str, pattern: re.Pattern[str] = TOKEN) -> Iterator[Token]:
    """Yield what :func:`words_in` returns, with the place of each in the text given.

    The pattern must match nothing that holds white space.
    """
    cleaned = clean(require_text(text))
    if cleaned == text:
        for m in pattern.finditer(without_addresses(text)):
            yield Token(m.group(), m.start(), m.end())
        return
    # So only the segments between white space need aligning.
    for segment in _SEGMENT.finditer(text):
        raw, offset = segment.group(), segment.start()
        cleaned, starts, ends = align(raw)
        for m in pattern.finditer(without_addresses(cleaned)):
            yield Token(m.group(), offset + starts[m.start()], offset + ends[m.end() - 1])
