"""What a section of the report is made of: prose, numbers that open passages, and four pictures.

A picture holds values between 0 and 1 of its own scale; the templates draw it. Every number
stands in the page as text too, so that nothing is said by a picture alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from syriatopics.report.words import Text

__all__ = ["Number", "Pair", "Pairs", "Panel", "Panels", "Row", "Section", "Series", "Table"]


@dataclass(frozen=True)
class Number:
    """A number as it is shown, with the evidence that opens behind it.

    Attributes
    ----------
    text : str
        What people read.
    evidence : int or None
        Its place in the ledger; None where no passage stands behind it, as behind 0 %.
    value, low, high : float or None
        In [0, 1] of the picture; low and high only where an interval can be carried.
    interval : str
        The interval as people read it.
    """

    text: str
    evidence: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    interval: str = ""


# A cell may hold several, such as words.
Cell = str | Number | Sequence[Number]


@dataclass(frozen=True)
class Table:
    """A table: a row begins with what it is about; `even` columns stand in line with other tables."""

    caption: Text
    head: Sequence[Text]
    rows: Sequence[Sequence[Cell]]
    even: bool = False


@dataclass(frozen=True)
class Row:
    """A label and its number."""

    label: str
    number: Number
    note: str = ""


@dataclass(frozen=True)
class Panel:
    """One of several small pictures that share a scale."""

    title: Text
    rows: Sequence[Row]
    number: Number | None = None
    note: str = ""
    colour: int = 0


@dataclass(frozen=True)
class Panels:
    """Small pictures side by side: a row per group, drawn as points or bars.

    Attributes
    ----------
    ends : (str, str)
        What the scale begins and ends with.
    mark : {"dot", "bar"}
    """

    caption: Text
    panels: Sequence[Panel]
    ends: tuple[str, str] = ("", "")
    mark: str = "dot"


@dataclass(frozen=True)
class Pair:
    """A group with two numbers that are held against each other."""

    label: str
    first: Number
    second: Number


@dataclass(frozen=True)
class Pairs:
    """Two quantities against each other, a line per group."""

    caption: Text
    first: Text
    second: Text
    rows: Sequence[Pair]
    ends: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Series:
    """Columns over time, a row per theme; ``basis`` says how many articles each period has."""

    caption: Text
    periods: Sequence[str]
    basis: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Number]]]


Part = Table | Panels | Pairs | Series


@dataclass(frozen=True)
class Section:
    """A section of the report.

    Attributes
    ----------
    id : str
        Its anchor.
    title : Text
    prose : sequence of str
        What is seen here and how to read it, in Arabic.
    parts : sequence of Table, Panels, Pairs or Series
    caution : str
        What must not be read out of it; shown above the pictures.
    notes : sequence of str
        The notes of the results, as they came, in English.
    """

    id: str
    title: Text
    prose: Sequence[str] = ()
    parts: Sequence[Part] = ()
    caution: str = ""
    notes: Sequence[str] = field(default=())
