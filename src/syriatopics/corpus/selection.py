"""How the articles were chosen: what a user states of the making of a corpus.

A share of articles means something only beside the query that found them, what the query
misses, how much an outlet publishes at all, and when nobody was collecting. These are
stated, not computed: nobody can read them off the articles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import sqrt
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from syriatopics.errors import CorpusError
from syriatopics.files import read_toml

__all__ = ["Gap", "Rate", "Selection", "read_selection"]

_Z = 1.959964


@dataclass(frozen=True)
class Rate:
    """A share of hand-checked articles with its 95 % interval (Wilson 1927).

    Examples
    --------
    >>> str(Rate.of(188, 200))
    '0.94 (0.90 to 0.97; 188 of 200 checked by hand)'
    """

    hits: int
    checked: int
    share: float
    low: float
    high: float

    @classmethod
    def of(cls, hits: int, checked: int) -> Rate:
        """Compute the rate of `hits` among `checked` articles."""
        p, n = hits / checked, checked
        middle = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z / (1 + _Z**2 / n) * sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
        return cls(hits, checked, p, max(0.0, middle - half), min(1.0, middle + half))

    def __str__(self) -> str:
        return (
            f"{self.share:.2f} ({self.low:.2f} to {self.high:.2f}; "
            f"{self.hits} of {self.checked} checked by hand)"
        )


class _Stated(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Checked(_Stated):
    """A hand check: how many of `checked` articles were as they should be."""

    hits: int = Field(ge=0)
    checked: int = Field(ge=1)

    @model_validator(mode="after")
    def _at_most_all(self) -> Checked:
        if self.hits > self.checked:
            raise ValueError(f"{self.hits} hits of {self.checked} checked")
        return self

    @property
    def rate(self) -> Rate:
        """The share with its interval."""
        return Rate.of(self.hits, self.checked)


class Gap(_Stated):
    """Days on which an outlet was not collected; without an outlet, all of them."""

    start: date
    end: date
    outlet: str | None = None
    reason: str = ""

    @model_validator(mode="after")
    def _ordered(self) -> Gap:
        if self.end < self.start:
            raise ValueError(f"the end {self.end} is before the start {self.start}")
        return self


class Output(_Stated):
    """How many articles an outlet published in a period, on any subject."""

    outlet: str
    start: date
    end: date
    n_articles: int = Field(ge=0)
    source: str = ""


class Selection(_Stated):
    """What a user states of the making of a corpus.

    Attributes
    ----------
    query : str
        How the articles were found, in words or in the syntax of the archive.
    source : str
        Where they were looked for.
    precision : Checked or None
        Of so many articles that the query found, so many are on the subject.
    recall : Checked or None
        Of so many articles on the subject, found in another way, so many were found by the
        query too.
    output : tuple of Output
        The whole output of outlets, where it is known.
    gaps : tuple of Gap
        When nobody was collecting.
    """

    query: str = ""
    source: str = ""
    precision: Checked | None = None
    recall: Checked | None = None
    output: tuple[Output, ...] = ()
    gaps: tuple[Gap, ...] = ()

    def sentences(self) -> list[str]:
        """Return what is stated, and what is not, as sentences for a data section."""
        if not self.query:
            return ["How the articles were chosen is not stated."]
        said = [f"Chosen by: {self.query}{f' ({self.source})' if self.source else ''}."]
        for name, check in (("Precision", self.precision), ("Recall", self.recall)):
            rate = check.rate if check else "not checked"
            said.append(f"{name} of the query: {rate}.")
        return said

    def coverage(self, table: pd.DataFrame) -> pd.DataFrame:
        """Set the articles of a corpus beside the whole output of their outlets.

        Parameters
        ----------
        table : DataFrame
            Columns ``outlet`` and ``when`` (the day by which an article is placed).

        Returns
        -------
        DataFrame
            ``outlet, start, end, n_articles, n_published, share, source``.
        """
        rows = []
        for known in self.output:
            end = pd.Timestamp(known.end) + pd.Timedelta(days=1)
            inside = (table["outlet"] == known.outlet) & table["when"].between(
                pd.Timestamp(known.start), end, inclusive="left"
            )
            n, total = int(inside.sum()), known.n_articles
            share = n / total if total else float("nan")
            rows.append((known.outlet, known.start, known.end, n, total, share, known.source))
        columns = ["outlet", "start", "end", "n_articles", "n_published", "share", "source"]
        return pd.DataFrame(rows, columns=columns)


def read_selection(stated: Mapping[str, Any] | str | Path) -> Selection:
    """Check what a user states, or read it from the table ``[selection]`` of a TOML file.

    Raises
    ------
    CorpusError
        If a key is unknown or a value cannot be; the message names it.

    Examples
    --------
    >>> read_selection({"query": "سوريا", "precision": {"hits": 188, "checked": 200}}).precision.rate.share
    0.94
    """
    place = "selection"
    if isinstance(stated, str | Path):
        path = Path(stated)
        place = f"{path} [selection]"
        try:
            content = read_toml(path, CorpusError)[0]
        except FileNotFoundError:
            raise CorpusError(f"No file at {path}.") from None
        stated = content.get("selection", content)
    try:
        return Selection.model_validate(stated)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise CorpusError(
            f"{place}: {key}: {first['msg']} (given: {first['input']!r:.60})."
        ) from None
