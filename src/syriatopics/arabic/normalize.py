"""Two layers of normalisation: clean text, which people read, and match keys, which are counted.

Both are ``str → str`` and idempotent, and ``key(clean(x)) == key(x)``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from syriatopics.arabic.characters import (
    DROPPED,
    FOLD_TABLE,
    ISOLATED_MARKS,
    KEY_TABLE,
    SIGNS,
)

__all__ = ["align", "clean", "key", "key_of_clean", "keys_of_clean", "require_text"]

# Whatever NFKC has no use for goes before it. The combining hamzas and madda (U+0653–0655)
# stay until it has put them on their letters.

_WITHOUT_HAMZAS = DROPPED.replace("\u064b-\u065f", "\u064b-\u0652\u0656-\u065f")
_BEFORE_NFKC = re.compile(f"[{ISOLATED_MARKS}{_WITHOUT_HAMZAS}]+")
_DROPPED = re.compile(f"[{DROPPED}]+")
_FOLDS = {
    **{chr(code): letter for code, letter in FOLD_TABLE.items()},
    **SIGNS,
}
_FOLDED = re.compile(f"[{''.join(_FOLDS)}]")
_DIRTY = re.compile(f"[{ISOLATED_MARKS}{DROPPED}{''.join(_FOLDS)}]")
# A character with the combining marks behind it: what NFKC may compose.
_CLUSTER = re.compile(
    f"[^\u0300-\u036f{DROPPED}][\u0300-\u036f{DROPPED}]*|[\u0300-\u036f{DROPPED}]+"
)
_KEYED = re.compile(f"[{''.join(map(chr, KEY_TABLE))}]")
_THOUSANDS = re.compile(r"(?<=\d)[٬,](?=\d{3}(?!\d))")


def _fold(match: re.Match[str]) -> str:
    return _FOLDS[match.group()]


def require_text(value: object) -> str:
    """Return `value` if it is a string, else raise a TypeError that says what came."""
    if isinstance(value, str):
        return value
    hint = " (decode bytes first)" if isinstance(value, bytes | bytearray) else ""
    raise TypeError(f"expected text (str), got {type(value).__name__}{hint}: {value!r:.60}")


def clean(text: str) -> str:
    """Return the readable clean text: what people are shown and embeddings are fed.

    Vowel marks, tatweel and invisible controls go; compatibility forms (ligatures,
    presentation forms, the no-break space) become plain characters; letters of Persian
    keyboards and all digits are folded. Hamza, ة and ى stay as they are written.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        ``clean(clean(text)) == clean(text)``.

    Raises
    ------
    TypeError
        If `text` is no string.

    Examples
    --------
    >>> clean("السّوريّة"), clean("٢٢٥٤"), clean("للتعایش")
    ('السورية', '2254', 'للتعايش')
    """
    text = require_text(text)
    if _DIRTY.search(text) is None and unicodedata.is_normalized("NFKC", text):
        return text
    while True:
        # Invisible controls go first too: one of them between a letter and its accent
        # would hide from NFKC what the second call would find.
        text = _BEFORE_NFKC.sub("", text)
        if not unicodedata.is_normalized("NFKC", text):
            text = unicodedata.normalize("NFKC", text)
        text = _DROPPED.sub("", text)
        # Few letters want folding: a substitution costs by hit, translate by letter.
        text = _FOLDED.sub(_fold, text)
        # A dropped mark can bring a letter and an accent together; then once more.
        if unicodedata.is_normalized("NFKC", text) and _DIRTY.search(text) is None:
            return text


def key(word: str) -> str:
    """Return the match key of a word: what is counted and compared, never shown.

    The clean word with أ إ آ ٱ as ا, ى as ي, ة as ه, and without marks of thousands in
    numbers. ؤ and ئ stay.

    Parameters
    ----------
    word : str

    Returns
    -------
    str
        ``key(key(word)) == key(word)`` and ``key(clean(word)) == key(word)``.

    Examples
    --------
    >>> key("إلى") == key("الى"), key("1٬000")
    (True, '1000')
    """
    return key_of_clean(clean(word))


def key_of_clean(word: str) -> str:
    """Return the match key of a word that is clean already."""
    if _KEYED.search(word) is not None:  # translate costs by letter, a look hardly anything
        word = word.translate(KEY_TABLE)
    return _THOUSANDS.sub("", word).replace("٫", ".") if word[:1].isdigit() else word


def keys_of_clean(words: Iterable[str]) -> list[str]:
    """Return the match keys of clean words, none of which holds a line end: in one go."""
    words = list(words)
    keys = "\n".join(words).translate(KEY_TABLE).split("\n") if words else []
    return [key_of_clean(word) if word[:1].isdigit() else word for word in keys]


def align(text: str) -> tuple[str, list[int], list[int]]:
    """Clean `text` and say where each clean character comes from.

    Parameters
    ----------
    text : str

    Returns
    -------
    clean_text : str
        ``clean(text)``.
    starts, ends : list of int
        For each clean character, the stretch of `text` that it stands for.

    Examples
    --------
    >>> align("حلّ")
    ('حل', [0, 1], [1, 3])
    """
    cleaned = clean(text)
    if cleaned == text:
        return text, list(range(len(text))), list(range(1, len(text) + 1))
    starts: list[int] = []
    ends: list[int] = []
    pieces: list[str] = []
    for match in _CLUSTER.finditer(text):
        piece = clean(match.group())
        pieces.append(piece)
        starts += [match.start()] * len(piece)
        ends += [match.end()] * len(piece)
    if "".join(pieces) != cleaned:
        # Scripts that compose over more than one letter (Hangul): no finer account is known.
        return cleaned, [0] * len(cleaned), [len(text)] * len(cleaned)
    return cleaned, starts, ends
