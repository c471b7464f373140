"""The characters that Arabic text is made of, as classes for patterns and tables for translate.

CAMeL Tools defines what normalisation means for the letters it knows: the tables here hold what
its functions do, so that one ``str.translate`` does the work of four passes, and a test holds
the two together. Where it leaves a class out (marks beyond the nine common ones, invisible
controls) or maps it otherwise (Persian ye becomes alef maksura there), the rule is ours and is
said so.
"""

from __future__ import annotations

import re

__all__ = [
    "ARABIC_LETTERS",
    "DIGIT_TABLE",
    "DROPPED",
    "FOLD_TABLE",
    "INVISIBLE",
    "ISOLATED_MARKS",
    "KEY_TABLE",
    "MARKS",
    "SIGNS",
    "is_arabic_word",
]

# Bodies of regular-expression classes, to be put between square brackets.
ARABIC_LETTERS = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff"
    "\u0750-\u077f\u0870-\u0887\u0889-\u088e\u08a0-\u08c9"
)
# Vowel marks and Quranic signs. CAMeL's dediacritisation knows nine of them.
MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
# Tatweel, soft hyphen, zero-width characters, and the controls of direction.
INVISIBLE = (
    "\u0640\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
)
# Marks as presentation forms. Plain NFKC writes the isolated ones as a space and a mark,
# and so cuts the word in two: they go before it.
ISOLATED_MARKS = "\ufc5e-\ufc63\ufe70-\ufe7f"
DROPPED = MARKS + INVISIBLE

# Letters of Persian and Urdu keyboards that stand in Arabic words. Not ی→ى, as CAMeL has it.
_PERSIAN = {"ک": "ك", "ی": "ي", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه"}
DIGIT_TABLE = {
    **{0x0660 + n: str(n) for n in range(10)},
    **{0x06F0 + n: str(n) for n in range(10)},
}
FOLD_TABLE = {**{ord(a): b for a, b in _PERSIAN.items()}, **DIGIT_TABLE}
# Two signs for which CAMeL knows better than NFKC.
SIGNS = {"\ufdfc": "ريال", "\ufdfd": "بسم الله الرحمن الرحيم"}
# What CAMeL's three normalisers change: alefs, alef maksura, teh marbuta.
_KEYS = {"آ": "ا", "أ": "ا", "إ": "ا", "ة": "ه", "ى": "ي", "ٱ": "ا"}
KEY_TABLE = {ord(a): b for a, b in _KEYS.items()}

_ARABIC_WORD = re.compile(f"[{ARABIC_LETTERS}]+")


def is_arabic_word(token: str) -> bool:
    """Say whether `token` consists of Arabic letters only.

    Examples
    --------
    >>> is_arabic_word("سوريا"), is_arabic_word("تستكشfan"), is_arabic_word("2254")
    (True, False, False)
    """
    return _ARABIC_WORD.fullmatch(token) is not None
