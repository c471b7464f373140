"""What keyness gives: words in order, and the lines in which they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.corpus import Passages
from syriatopics.errors import InputError
from syriatopics.framing.concordance import Concordance, concordance_of_term
from syriatopics.matrix import DocumentTermMatrix
from syriatopics.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Keyness"]


@dataclass(frozen=True, eq=False, kw_only=True)
class Keyness(Result):
    """A row per term, the words of the focal group first.

    Columns ``term, display, log_odds, low, high, z, p, q, p_permuted, count, count_focal,
    count_reference, z_tokens, newsroom``. ``low`` and ``high`` bound the log-odds at 95 %.
    ``p_permuted`` (where asked for) compares z with what other partings of the same articles
    give. ``z_tokens`` treats every token as independent and orders words where no test is
    possible; it is no evidence. ``newsroom`` parts how something is reported (زعم, مصدر أمني, the
    outlet's own name) from what is reported: both are compared, and shown apart.
    """

    focal: str
    reference: str
    dtm: DocumentTermMatrix
    sides: np.ndarray[Any, np.dtype[np.object_]]

    def top(self, n: int = 15, newsroom: bool = False) -> pd.DataFrame:
        """Return the `n` first words of each side: of content, or those of the newsroom."""
        table = self.table[self.table["newsroom"] == newsroom]
        return pd.concat([table.head(n), table.tail(n)]).drop_duplicates("term")

    def kwic(self, term: str, *, side: str | None = None, width: int = 8) -> Concordance:
        """Return the lines in which a word of the table stands.

        Parameters
        ----------
        term : str
            A value of ``term`` or ``display``.
        side : {"focal", "reference"}, optional
            By default both; the column ``side`` tells them apart.
        width : int
            Words on either side.
        """
        wanted = [side] if side is not None else ["focal", "reference"]
        chosen = np.isin(self.sides, wanted)
        lines = concordance_of_term(self.dtm, self._row(term)["term"], chosen, width=width)
        names = dict(zip(self.dtm.passages.table["passage_id"], self.sides, strict=True))
        table = lines.table.assign(side=lines.table["passage_id"].map(names))
        return Concordance(table=table, notes=lines.notes)

    def passages(self, term: str, n: int = 5, *, side: str | None = None) -> Passages:
        """Return the passages in which a word of the table stands most often.

        Parameters
        ----------
        term : str
            A value of ``term`` or ``display``.
        n : int
        side : {"focal", "reference"}, optional
            By default both.

        Raises
        ------
        InputError
            If the word is not in the table.
        """
        column = list(self.dtm.terms).index(self._row(term)["term"])
        counts = np.asarray(self.dtm.counts[:, [column]].todense(), dtype=float).ravel()
        chosen = np.isin(self.sides, [side] if side is not None else ["focal", "reference"])
        ids = self.dtm.passages.table["passage_id"]
        return self.dtm.passages.most(pd.Series(counts * chosen, index=ids), n)

    def _row(self, term: str) -> pd.Series:
        row = self.table[(self.table["term"] == term) | (self.table["display"] == term)]
        if row.empty:
            raise InputError(f"The word {term!r} is not in the table of {len(self.table):,} words.")
        return row.iloc[0]

    def plot(self, ax: Axes | None = None, newsroom: bool = False, **options: Any) -> Axes:
        """Draw the first words of both sides; pale bars are not significant, or not tested.

        With `newsroom` those are drawn that say how something is reported.
        """
        from syriatopics.plots import keyness_bars

        table = self.table[self.table["newsroom"] == newsroom]
        return keyness_bars(
            table, ax, **{"focal": self.focal, "reference": self.reference, **options}
        )
