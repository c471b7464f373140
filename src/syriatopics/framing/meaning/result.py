"""Meaning: is a word used in other company by one outlet than by another, or in one year than the next?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.arabic import ArabicAnalyzer
from syriatopics.corpus import Corpus, Passages, passages_of
from syriatopics.encoders import Encoder
from syriatopics.errors import InputError, choices
from syriatopics.framing.meaning.comparing import Asked
from syriatopics.framing.meaning.contexts import Contexts, Words
from syriatopics.inference.blocks import BlockChoice
from syriatopics.inference.contrasts import adjusted
from syriatopics.inference.groups import PRODUCTION, groups_of, produced, with_column
from syriatopics.inference.periods import frequency
from syriatopics.inference.resampling import Array
from syriatopics.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Meaning", "meaning"]

COLUMNS = (
    "word", "a", "b", "distance", "chance", "p", "q", "n_mentions_a", "n_mentions_b", "n_articles_a",
    "n_articles_b", "note",
)  # fmt: skip
_NEAREST = 10


@dataclass(frozen=True, eq=False, kw_only=True)
class Meaning(Result):
    """A row per word and two groups: ``word, a, b, distance, chance, p, q, …, note``.

    ``distance`` is the length of the difference between the mean contexts of both sides, with what chance
    adds taken off (0 where nothing is left); ``chance`` the length that chance alone gives with so few
    articles. p comes from dealing the blocks out anew. How many places and articles there are stands in
    ``n_mentions_a, n_mentions_b, n_articles_a, n_articles_b``.

    Attributes
    ----------
    words : DataFrame
        ``word, a, b, side, term, display, cosine``: the words that lie most in the direction in which a
        side differs from the other. Empty with an encoder, which knows no words.
    mentions : DataFrame
        ``word, group, passage_id, article_id``: where the word stands.
    """

    words: pd.DataFrame
    mentions: pd.DataFrame
    source: Passages = field(repr=False)
    directions: dict[tuple[str, str, str], tuple[Contexts, Any, Array]] = field(repr=False)

    def passages(
        self, word: str, a: str, b: str, *, side: str | None = None, n: int = 5
    ) -> Passages:
        """Return the passages of one side that differ most from the other side.

        Parameters
        ----------
        word, a, b : str
            As in the table.
        side : str, optional
            `a` (by default) or `b`.
        n : int

        Raises
        ------
        InputError
            If there is no such row, or the side is none of the two.
        """
        if (word, a, b) not in self.directions:
            known = (" · ".join(key) for key in self.directions)
            raise InputError(f"No row {word} · {a} · {b}. There are: {choices(known)}.")
        if side not in (None, a, b):
            raise InputError(f"{side!r} is no side of this row: {a!r} or {b!r}.")
        contexts, groups, direction = self.directions[word, a, b]
        sign = -1.0 if side == b else 1.0
        here = np.flatnonzero(groups == (a if side is None else side))
        lean = sign * (contexts.vectors[here] @ direction)
        ids = self.source.table["passage_id"].to_numpy()[contexts.rows[here]]
        found = pd.Series(lean, index=ids).groupby(level=0).max()
        return self.source.most(found - min(float(found.min()), 0.0) + 1e-9, n)

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw how far the sides lie apart, beside what chance alone would give."""
        from syriatopics.plots import meaning_points

        return meaning_points(self.table, ax, **options)


def meaning(
    passages: Corpus | Passages,
    word: str | Sequence[str],
    by: str | Sequence[str] | pd.Series = "outlet",
    *,
    period: str = "Y",
    referent: str | None = None,
    window: int = 6,
    encoder: str | Encoder | None = None,
    vectors: pd.DataFrame | None = None,
    analyzer: ArabicAnalyzer | None = None,
    production: str = PRODUCTION[0],
    blocks: BlockChoice = "auto",
    correction: str = "bh",
    random_state: int = 0,
) -> Meaning:
    """Compare the contexts of a word between outlets, periods or other groups.

    Each place of the word is the mean of the vectors of the words beside it, rare ones weighing more [1]_;
    places are averaged within an article, and articles within a group. The length of the difference is freed
    of what chance adds to it [2]_, and held against blocks dealt out anew.

    Parameters
    ----------
    passages : Corpus or Passages
    word : str or sequence of str
        One term each, in any form; several share the reading of the passages.
    by : str, list of str or Series
        Columns of the passages; "period" is the date of the passage.
    period : {"D", "W", "M", "Q", "Y"}
        Of `by` "period".
    referent : str, optional
        Count only the places where the word, or a part of it, names this referent (``syrian_state`` for
        النظام), so that its homographs (النظام as "system") are set aside.
    window : int
        Terms on either side.
    encoder : str or Encoder, optional
        Take the vector of the whole passage instead, as of :func:`syriatopics.embed`.
    vectors : DataFrame, optional
        Word vectors, a row per term; by default :func:`syriatopics.framing.word_vectors` of 30,000 of the
        passages at most.
    analyzer : ArabicAnalyzer, optional
        Fitted; by default one that is fitted on the passages and reads names word by word: النظام السوري
        is a place of النظام.
    production, blocks
        As in :func:`syriatopics.prevalence`.
    correction : {"bh", "holm", "none"}
        Of p over all rows.
    random_state : int
        Of the blocks dealt out.

    Returns
    -------
    Meaning

    Raises
    ------
    InputError
        If a word is no single term of the passages, or a column is not there.

    References
    ----------
    .. [1] Rodriguez, P., Spirling, A. & Stewart, B. (2023). Embedding regression: models for context-specific
       description and inference. American Political Science Review 117(4).
    .. [2] Green, B. et al. (2025). Measuring distances in high dimensional spaces. Political Analysis.

    Examples
    --------
    >>> from syriatopics import load_seeds
    >>> found = meaning(load_seeds(), "سوريا", production="all")
    >>> found.table["note"].str.contains("too few").all()
    np.True_
    """
    passages = passages_of(passages)
    if window < 1:
        raise InputError(f"window={window}: one term on either side at least.")
    table = passages.table.reset_index(drop=True)
    if isinstance(by, str) and by == "period" and "period" not in table:
        dated = pd.to_datetime(table["date"])
        by = dated.dt.to_period(frequency(period)).astype(str).where(dated.notna()).rename("period")
    table, columns = with_column(table, by)
    stands, notes = produced(table, production)
    groups, more = groups_of(table, columns)
    groups.loc[~stands, :] = np.nan
    read = Words.of(passages, analyzer, vectors)
    wanted = [word] if isinstance(word, str) else list(dict.fromkeys(() if word is None else word))
    if not wanted:
        raise InputError("No word is asked for: name one, or several.")
    asked = Asked(passages, table, groups, read, window, referent, encoder, blocks, random_state)
    found = [asked.one(name) for name in wanted]
    rows = pd.DataFrame([row for part in found for row in part.rows], columns=list(COLUMNS))
    rows["q"] = adjusted(rows["p"].to_numpy(dtype=float), correction)
    beside = [line for part in found for line in part.words]
    places = [part.mentions for part in found]
    return Meaning(
        table=rows,
        notes=tuple(
            dict.fromkeys([*notes, *more, *(note for part in found for note in part.notes)])
        ),
        words=pd.DataFrame(beside, columns=["word", "a", "b", "side", "term", "display", "cosine"]),
        mentions=pd.concat(places, ignore_index=True),
        source=passages,
        directions={key: value for part in found for key, value in part.directions.items()},
    )
