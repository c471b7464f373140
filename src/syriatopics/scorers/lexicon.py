"""The theme lexicon as a scorer: words and phrases that people chose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from syriatopics.corpus import Passages
from syriatopics.framing.themes import compiled, days_of, validity_notes
from syriatopics.lexicons.schema import Themes
from syriatopics.scorers.contract import Scored

__all__ = ["Lexicon"]


@dataclass(frozen=True)
class Lexicon:
    """Count the words and phrases of the theme lexicon.

    Notes
    -----
    A passage with `h` different entries of a theme has ``1 - 2 ** -h``; one entry gives 0.5, from
    which the theme is assigned. Weak entries count beside another one only, entries under a rule
    only in the company that it asks for, and a theme that is valid in a part of the time (`from`,
    `to`) not in passages dated outside it.

    Examples
    --------
    >>> from syriatopics import load_seeds, score_themes
    >>> score_themes(load_seeds(), Lexicon()).method
    'lexicon'
    """

    name: ClassVar[str] = "lexicon"
    threshold: ClassVar[float] = 0.5

    def score(self, passages: Passages, themes: Themes) -> Scored:
        """Score passages; see the contract of scorers."""
        values = compiled(themes).scores(passages.texts, days_of(passages))
        return Scored(values, themes.ids, validity_notes(themes))
