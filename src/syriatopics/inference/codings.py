"""Codings: what coders decided, of which passages, drawn with which chance, from which corpus."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.errors import InputError, choices
from syriatopics.results import Result

__all__ = ["COLUMNS", "SAMPLE", "Codings", "check_texts"]

COLUMNS = ("passage_id", "article_id", "coder", "themes", "time", "note")
SAMPLE = ("passage_id", "article_id", "outlet", "date", "text", "stratum", "probability")


@dataclass(frozen=True, eq=False, kw_only=True)
class Codings(Result):
    """What coders decided.

    Attributes
    ----------
    table : DataFrame
        A row per passage and coder: ``passage_id, article_id, coder, themes, time, note``.
        ``themes`` are ids separated by spaces; empty: none of them. A passage that a coder
        has not decided has no row.
    sample : DataFrame
        A row per passage drawn: ``passage_id, article_id, outlet, date, text, stratum,
        probability``; the last is the chance with which it was drawn.
    themes : tuple of str
        The themes of the codebook.
    labels : dict of str to str
        The readable name of each theme.
    fingerprint : str
        Of the corpus that the sample was drawn from.
    design : str
        How it was drawn: random, stratified, uncertain, rare, or given (coded elsewhere).
    """

    sample: pd.DataFrame
    themes: tuple[str, ...]
    labels: dict[str, str]
    fingerprint: str = ""
    design: str = "random"

    @property
    def coders(self) -> list[str]:
        """Who has decided something, sorted."""
        return sorted(set(self.table["coder"]))

    def codes(self, coder: str | None = None) -> pd.DataFrame:
        """Return what was decided as numbers.

        Parameters
        ----------
        coder : str, optional
            By default all coders together.

        Returns
        -------
        DataFrame
            Index: ids of the passages decided, sorted; a column per theme: 1 or 0, or the
            share of the coders who gave the theme.

        Raises
        ------
        InputError
            If nobody of that name has coded.
        """
        table = self.table
        if coder is not None:
            if coder not in self.coders:
                raise InputError(f"No coder {coder!r}. Coders: {choices(self.coders) or 'none'}.")
            table = table[table["coder"] == coder]
        said = [set(themes.split()) for themes in table["themes"]]
        long = pd.DataFrame(
            {theme: [float(theme in found) for found in said] for theme in self.themes},
            index=pd.Index(table["passage_id"], name="passage_id"),
        )
        return long.groupby(level=0, sort=True).mean()

    def __len__(self) -> int:
        """Return how many passages somebody has decided."""
        return int(self.table["passage_id"].nunique())

    def given(self, coder: str | None = None) -> pd.DataFrame:
        """Return which themes more than half of the coders gave to each passage that was decided."""
        return self.codes(coder) > 0.5

    def decided(self) -> pd.DataFrame:
        """Return the rows of the sample that somebody has decided, in the order of :meth:`codes`."""
        ids = sorted(set(self.table["passage_id"]))
        return self.sample.set_index("passage_id").loc[ids]

    def of(self, coder: str) -> Codings:
        """Return the codings of one coder.

        Raises
        ------
        InputError
            If nobody of that name has coded.
        """
        self.codes(coder)
        return replace(self, table=self.table[self.table["coder"] == coder])

    def take(self, rows: np.ndarray[Any, Any]) -> Codings:
        """Return the codings of some of the passages decided, by their place in :meth:`codes`."""
        ids = np.sort(self.table["passage_id"].unique())[rows]
        held = self.table["passage_id"].isin(ids)
        drawn = self.sample["passage_id"].isin(ids)
        return replace(self, table=self.table[held], sample=self.sample[drawn])

    def passages(self) -> pd.DataFrame:
        """Return the passages decided, with what each coder gave them.

        Returns
        -------
        DataFrame
            ``passage_id, outlet``, a column per coder, ``text``; missing where a coder has
            not decided.
        """
        wide = self.table.pivot(index="passage_id", columns="coder", values="themes")
        rows = self.sample.set_index("passage_id").loc[wide.index]
        out = wide.rename_axis(columns=None)
        out.insert(0, "outlet", rows["outlet"])
        return out.assign(text=rows["text"]).reset_index()


def check_texts(codings: Codings, texts: pd.Series[str]) -> None:
    """Check that the coded passages are those of `texts` (by passage id).

    Raises
    ------
    InputError
        If a passage is not there, or has another text: the codings are of another corpus.
    """
    sample = codings.sample.set_index("passage_id")["text"]
    here = texts.reindex(sample.index)
    strange = sample.index[(here.isna() | (here != sample)).to_numpy()]
    if len(strange):
        raise InputError(
            f"The codings are of another corpus ({codings.fingerprint[:16] or 'no fingerprint'}): "
            f"{len(strange):,} of {len(sample):,} passages drawn are not here with the same text, "
            f"such as {strange[0]!r}."
        )
