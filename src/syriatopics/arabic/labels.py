"""Labels of terms for figures: Arabic, English, or both."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, get_args

from syriatopics.arabic.morphology import Morphology
from syriatopics.arabic.names import term_text
from syriatopics.arabic.romanize import known_english, romanize
from syriatopics.errors import InputError, choices

__all__ = ["term_label", "term_labels"]

Language = Literal["en", "ar", "both"]


def term_label(
    term: str,
    language: Language = "both",
    display: Callable[[str], str] | None = None,
    gloss: Callable[[str], str | None] | Morphology | None = None,
) -> str:
    """Write a term as a figure shows it, in Arabic, in English or in both.

    Parameters
    ----------
    term : str
        A term as it is counted (بشار_الأسد).
    language : {"both", "ar", "en"}
        With "both", the English follows the Arabic where it is known: names from the
        lexicon, other words through `gloss`. With "en", what is not known is written in
        Latin letters.
    display : callable, optional
        Gives the form that people read, as ``analyzer.display`` does.
    gloss : Morphology or callable, optional
        Gives the English of words that are no names, where CAMeL's data is installed.

    Returns
    -------
    str

    Raises
    ------
    InputError
        If the language is none of the three.

    Examples
    --------
    >>> term_label("بشار_الأسد"), term_label("بشار_الأسد", "en")
    ('بشار الأسد · Bashar al-Assad', 'Bashar al-Assad')
    >>> term_label("مدينة"), term_label("مدينة", gloss={"مدينة": "city"}.get)
    ('مدينة', 'مدينة · city')
    """
    if language not in get_args(Language):
        raise InputError(
            f"Language {language!r} is not known. Languages: {choices(get_args(Language))}."
        )
    arabic = display(term) if display is not None else term_text(term)
    if language == "ar":
        return arabic
    english = known_english(term, gloss)
    if language == "en":
        return english or romanize(arabic)
    return f"{arabic} · {english}" if english and english != arabic else arabic


def term_labels(
    terms: Iterable[str],
    language: Language = "both",
    display: Callable[[str], str] | None = None,
    gloss: Callable[[str], str | None] | Morphology | None = None,
) -> dict[str, str]:
    """Write terms as a figure shows them; see `term_label`.

    Returns
    -------
    dict of str to str
        Label by term, in the order given.
    """
    return {term: term_label(term, language, display, gloss) for term in terms}
