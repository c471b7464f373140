"""Theme scores: how much a passage deals with what the researcher defined.

Themes measure emphasis, not frames in the full sense.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.corpus import Passages
from syriatopics.errors import InputError, choices
from syriatopics.framing.themes.classifier import ThemeClassifier, train_classifier
from syriatopics.framing.themes.coded import Coded
from syriatopics.framing.themes.keywords import keyword_shares
from syriatopics.framing.themes.lexicon import compiled
from syriatopics.framing.themes.validity import days_of, validity_notes
from syriatopics.inference import Scores
from syriatopics.inference.resampling import Array
from syriatopics.lexicons.schema import Themes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["METHODS", "ThemeScores", "score_themes"]

METHODS = ("lexicon", "keywords", "classifier")
# From here on a theme is assigned: one entry of the lexicon, a fifth of the passage's words,
# more likely than not.
THRESHOLDS = {"lexicon": 0.5, "keywords": 0.2, "classifier": 0.5}


@dataclass(frozen=True, eq=False, kw_only=True)
class ThemeScores(Scores):
    """Scores of themes, with the threshold from which a theme is assigned.

    Attributes
    ----------
    table : DataFrame
        Passage × theme, in [0, 1].
    threshold : float
    method : str
    themes : Themes
        The lexicon that defined them.
    """

    threshold: float
    method: str
    themes: Themes

    @cached_property
    def assigned(self) -> pd.DataFrame:
        """Passage × theme: whether the passage deals with the theme."""
        return self.table >= self.threshold

    def weights(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        """Return what is averaged into a share: whether a theme is assigned."""
        return np.asarray(self.assigned, dtype=np.float64)

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw in how many passages each theme is."""
        from syriatopics.plots import bars

        counts = self.assigned.sum().rename("passages").rename_axis("theme").reset_index()
        counts["theme"] = counts["theme"].map(self.labels or {}).fillna(counts["theme"])
        return bars(counts, ax, name="theme", value="passages", xlabel="passages", **options)


def score_themes(
    passages: Passages,
    method: str = "lexicon",
    *,
    themes: Themes | None = None,
    coded: Coded | ThemeClassifier | None = None,
    part: str | None = None,
    random_state: int = 0,
) -> ThemeScores:
    """Score how much each passage deals with each theme.

    Three scorers that rest on different things, so that they can be held against each other
    (:func:`triangulate`): words that people chose, words that go together in the corpus
    around chosen ones, passages that people coded.

    Parameters
    ----------
    passages : Passages
    method : {"lexicon", "keywords", "classifier"}
        "lexicon" counts the words and phrases of the theme lexicon; "keywords" fits keyATM
        with them as keywords; "classifier" learns from coded passages.
    themes : Themes, optional
        The lexicon; by default the shipped one.
    coded : Coded or ThemeClassifier, optional
        Needed by "classifier": coded passages (:func:`load_coded`), or a trained one.
    part : {"headline", "lead", "body", "all"}, optional
        Which part of the articles; by default the passages as they are.
    random_state : int
        Of keyATM.

    Returns
    -------
    ThemeScores
        lexicon: ``1 - 2 ** -h`` for a passage with `h` different entries of a theme; one entry
        gives 0.5, which is the threshold; weak entries count beside another one only, and entries
        under a rule only in the company that it asks for. A theme that is valid in a part of the
        time (`from`, `to`) is not assigned to passages dated outside it.
        keywords: the share of the passage's words that the model gives to the theme, from
        0.2 assigned. classifier: a calibrated probability, from 0.5 assigned.

    Raises
    ------
    InputError
        If the method is not known, or the classifier has no coded passages.

    References
    ----------
    .. [1] Eshima, S., Imai, K. & Sasaki, T. (2024). Keyword-assisted topic models. AJPS 68.
    .. [2] Eisele, O. et al. (2023) found keyword-assisted models alone unfit for frames:
       read them beside the others.

    Examples
    --------
    >>> from syriatopics import load_seeds
    >>> scores = score_themes(load_seeds().passages())
    >>> bool(scores.assigned["humanitarian"].any())
    True
    """
    if method not in METHODS:
        raise InputError(f"Method {method!r} is not known. Methods: {choices(METHODS)}.")
    passages = passages.part(part)
    lexicon = compiled(themes)
    labels, notes = lexicon.themes.ids, ["Themes measure emphasis, not frames."]
    if method == "lexicon":
        values = lexicon.scores(passages.texts, days_of(passages))
        notes += validity_notes(lexicon.themes)
    elif method == "keywords":
        values, said = keyword_shares(passages, lexicon, random_state)
        notes += said
    else:
        if coded is None:
            raise InputError(
                'The classifier learns from coded passages: give coded=load_coded("codes.csv").'
            )
        trained = (
            coded if isinstance(coded, ThemeClassifier) else train_classifier(coded, lexicon.themes)
        )
        labels, values = trained.labels, trained.predict(passages.texts)
        notes += trained.notes
    return _scores(passages, values, labels, method, lexicon.themes, notes)


def _scores(
    passages: Passages,
    values: Array,
    labels: list[str],
    method: str,
    themes: Themes,
    notes: list[str],
) -> ThemeScores:
    table = pd.DataFrame(
        values, index=pd.Index(passages.table["passage_id"], name="passage_id"), columns=labels
    )
    return ThemeScores(
        table=table,
        notes=tuple(notes),
        passages=passages,
        labels={theme.id: theme.en for theme in themes.theme},
        threshold=THRESHOLDS[method],
        method=method,
        themes=themes,
    )
