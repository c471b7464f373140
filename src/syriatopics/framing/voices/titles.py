"""Titles before and behind a name: which stand with a person, which make an office another's or over."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from syriatopics.arabic import PhraseMatch, PhraseMatcher, variant_table
from syriatopics.framing.voices.wordlists import single
from syriatopics.lexicons import load

__all__ = ["bare", "is_deputy", "past_office", "personal", "title_length", "titled"]

Keys = Sequence[str | None]


@cache
def _titles() -> PhraseMatcher[str]:
    titles: dict[str, list[str]] = {}
    for title in load("cues").title:
        titles.setdefault(title.en, []).extend(title.ar)
    return PhraseMatcher(titles, fold=variant_table())


def title_length(keys: Keys) -> int:
    """Return how many words the title has with which a row of words begins, 0 for none."""
    match = _match(keys)
    return match.end if match is not None else 0


def _match(keys: Keys) -> PhraseMatch[str | None] | None:
    """Return the title at the head of a row of words; behind إن and لكن it ends in ا: لكن مسؤولا."""
    if not keys or keys[0] is None:
        return None
    match = _titles().match(keys, 0)
    if match is None and keys[0].endswith("ا") and len(keys[0]) > 4:
        match = _titles().match([keys[0][:-1], *keys[1:]], 0)
    return match


def titled(keys: Keys) -> str:
    """Return the English name of the title that a row of words begins with, or nothing."""
    match = _match(keys)
    return match.id if match is not None and match.id is not None else ""


_BODIES = frozenset(
    (
        "news agency, newspaper, channel", "ministry", "organisation", "embassy, mission", "statement",
        "report", "letter", "presidency, White House, Kremlin", "armed group as speaker", "source",
        "observers", "eyewitness",
    )
)  # fmt: skip


def personal(keys: Keys) -> bool:
    """Say whether a row of words begins with the title of a person, not of a body or a paper."""
    title = titled(keys)
    return bool(title) and title not in _BODIES and not title.endswith("source")


def is_deputy(word: str | None) -> bool:
    """Say whether a word makes an office another one's: نائب، معاون، مستشار، مكتب."""
    return word is not None and bare(word) in single("deputies")


def past_office(word: str | None) -> bool:
    """Say whether a word behind an office says that it is over: السابق، الأسبق، الراحل."""
    return word is not None and word in single("past_office")


def bare(word: str) -> str:
    """Return the key of a word without the article."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word
