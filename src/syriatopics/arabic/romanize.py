"""Arabic words in Latin letters and in English, for figures and readers without Arabic."""

from __future__ import annotations

import re
from collections.abc import Callable

from syriatopics.arabic.characters import MARKS
from syriatopics.arabic.morphology import Morphology
from syriatopics.arabic.names import name_index, short_names, term_text
from syriatopics.arabic.normalize import clean, key, require_text
from syriatopics.arabic.variants import variant_table
from syriatopics.errors import InputError, choices

__all__ = ["SCHEMES", "english", "known_english", "romanize"]

SCHEMES = ("ijmes", "hsb")
# The system of the International Journal of Middle East Studies. Short vowels stand only
# where the text writes them; the press does not, and they are not guessed.
_IJMES = {
    "ا": "ā", "أ": "a", "إ": "i", "آ": "ā", "ٱ": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j",
    "ح": "ḥ", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "ṣ",
    "ض": "ḍ", "ط": "ṭ", "ظ": "ẓ", "ع": "ʿ", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l",
    "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "y", "ى": "ā", "ة": "a", "ء": "ʾ", "ؤ": "ʾ",
    "ئ": "ʾ", "پ": "p", "چ": "ch", "ژ": "zh", "ڤ": "v", "گ": "g",
    "\u064e": "a", "\u064f": "u", "\u0650": "i", "\u064b": "an", "\u064c": "un", "\u064d": "in",
    "\u0652": "",
}  # fmt: skip
# One letter for one: Habash, Soudi & Buckwalter 2007, "On Arabic Transliteration".
_HSB = str.maketrans({
    "ء": "'", "آ": "Ā", "أ": "Â", "ؤ": "ŵ", "إ": "Ă", "ئ": "ŷ", "ا": "A", "ب": "b", "ة": "ħ",
    "ت": "t", "ث": "θ", "ج": "j", "ح": "H", "خ": "x", "د": "d", "ذ": "ð", "ر": "r", "ز": "z",
    "س": "s", "ش": "š", "ص": "S", "ض": "D", "ط": "T", "ظ": "Ď", "ع": "ς", "غ": "γ",
    "\u0640": "_", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h",
    "و": "w", "ى": "ý", "ي": "y", "\u064b": "ã", "\u064c": "ũ", "\u064d": "ĩ", "\u064e": "a",
    "\u064f": "u", "\u0650": "i", "\u0651": "~", "\u0652": ".", "\u0670": "á", "ٱ": "Ä",
    "پ": "p", "چ": "c", "ڤ": "v", "گ": "g",
})  # fmt: skip
_PROCLITICS = {"و": "wa", "ب": "bi", "ل": "li", "ف": "fa", "ك": "ka"}
_SHADDA = "\u0651"
_MARKED = re.compile(f"[{MARKS}]")
_WORD = re.compile(r"\w[\w" + MARKS + r"]*")
# و and ي behind a consonant and before one are long vowels, as is a written ُو or ِي.
_LONG = re.compile(
    r"(?<=[bcdfghjklmnqrstvzʿʾḥṣḍṭẓ])(?P<glide>[wy])(?=[bcdfghjklmnqrstvzʿʾḥṣḍṭẓ]|$)"
)


def romanize(text: str, scheme: str = "ijmes") -> str:
    """Write Arabic text in Latin letters.

    A name that the lexicon knows is written as English readers know it; the rest follows
    a scheme.

    Parameters
    ----------
    text : str
    scheme : {"ijmes", "hsb"}
        "ijmes" is readable; "hsb" (Habash, Soudi & Buckwalter) is one to one, for
        linguists, and knows no names.

    Returns
    -------
    str

    Examples
    --------
    >>> romanize("بشار الأسد"), romanize("شمال إدلب")
    ('Bashar al-Assad', 'shmāl Idlib')
    """
    require_text(text)
    if scheme == "hsb":
        return text.translate(_HSB)
    if scheme != "ijmes":
        raise InputError(f"Scheme {scheme!r} is not known. Schemes: {choices(SCHEMES)}.")
    name = _known_name(text)
    if name is not None:
        return name
    return _WORD.sub(lambda match: _word(match.group()), text)


def english(
    term: str,
    gloss: Callable[[str], str | None] | Morphology | None = None,
) -> str:
    """Return the English of a term, as far as it is known: a name, a gloss, or Latin letters.

    Parameters
    ----------
    term : str
        A term (بشار_الأسد) or its display form.
    gloss : Morphology or callable, optional
        Gives the English of words that are no names, where CAMeL's data is installed.

    Examples
    --------
    >>> english("الأمم_المتحدة")
    'the United Nations'
    """
    return known_english(term, gloss) or romanize(term_text(term))


def known_english(
    term: str,
    gloss: Callable[[str], str | None] | Morphology | None = None,
) -> str | None:
    """Return the English of a term where the lexicon or `gloss` knows it, else None."""
    text = term_text(term)
    name = _known_name(text)
    if name is not None:
        return name
    if isinstance(gloss, Morphology):
        analysis = gloss.analyse(text)
        return analysis.gloss.split(";")[0] or None if analysis else None
    return gloss(text) if gloss is not None else None


def _known_name(text: str) -> str | None:
    fold = variant_table()
    words = [fold(key(word)) for word in clean(text).split()]
    found = name_index().get(" ".join(words))
    if found is not None:
        return found.en
    person = short_names().get(" ".join(words))
    # Who is called by a surname is called so in English: بايدن is Biden, not Joe Biden.
    return " ".join(person.en.split()[-len(words) :]) if person else None


def _word(word: str) -> str:
    name = _known_name(word)
    if name is None and len(word) > 3 and word[0] in _PROCLITICS:
        rest = _known_name(word[1:])
        name = f"{_PROCLITICS[word[0]]}-{rest}" if rest else None
    return name or _ijmes(word)


def _ijmes(word: str) -> str:
    article = ""
    if clean(word).startswith("ال") and len(clean(word)) > 4:
        article, word = "al-", word[2:]
    letters: list[str] = []
    for letter in word:
        if letter == _SHADDA:
            letters += letters[-1:]
        else:
            letters.append(_IJMES.get(letter, letter if not _MARKED.match(letter) else ""))
    latin = "".join(letters).replace("uw", "ū").replace("iy", "ī").replace("aā", "ā")
    return article + _LONG.sub(lambda match: {"w": "ū", "y": "ī"}[match["glide"]], latin)
