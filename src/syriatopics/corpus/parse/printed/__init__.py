"""Printed dates: what a page, a line or a column says, read into a datetime with its precision.

``cell`` reads one value, ``column`` a whole column in one order, ``lines`` the lines of a text,
and ``candidates`` says which of several dates of one page is believed.
"""

from __future__ import annotations

from syriatopics.corpus.parse.printed.candidates import SOURCES, believed, contradicting, rank_of
from syriatopics.corpus.parse.printed.cell import is_plausible, parse_date
from syriatopics.corpus.parse.printed.column import DateColumn, DateOrder, read_date_column
from syriatopics.corpus.parse.printed.lines import (
    PrintedDate,
    date_of_line,
    is_date_line,
    printed_date,
)

__all__ = [
    "SOURCES",
    "DateColumn",
    "DateOrder",
    "PrintedDate",
    "believed",
    "contradicting",
    "date_of_line",
    "is_date_line",
    "is_plausible",
    "parse_date",
    "printed_date",
    "rank_of",
    "read_date_column",
]
