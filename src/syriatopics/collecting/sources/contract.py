"""What a source is: a module that says where to ask, and reads what comes. It never asks by itself.

A source has ``NAME``, ``TERMS`` (what its use is bound to), ``begin(site, plan)`` and ``read(ask, answer,
site, plan)``. Both yield :class:`Named` for an address of an article, and :class:`Ask` for a list
that is to be asked for. All that a source knows stands in the note of an :class:`Ask`, so that a run that was
killed goes on in the middle of a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from syriatopics.collecting.plan import Plan, Site
from syriatopics.collecting.world import Headers
from syriatopics.corpus.parse.printed import parse_date
from syriatopics.corpus.read.contract import Reading
from syriatopics.corpus.read.piece import Piece
from syriatopics.corpus.read.xml import Element, elements

__all__ = ["Answer", "Ask", "Named", "Source", "day_of", "xml_elements"]


@dataclass(frozen=True)
class Ask:
    """A list of addresses that is to be asked for.

    Attributes
    ----------
    note : str
        What the source wants to know when it reads the answer.
    step : int
        How many lists led here.
    onward : bool
        Whether it is the next page of one list: asked for only if this page brought something new,
        and something within the period.
    """

    url: str
    source: str
    note: str = ""
    step: int = 0
    onward: bool = False


@dataclass(frozen=True)
class Named:
    """An address that a source names.

    Attributes
    ----------
    day : date or None
        When it was published, as the source says; never when it was changed or kept.
    changed : str
        What the source says of its last change.
    through : str
        How it is had, where not from its own host: ``wayback 20190107064625``.
    """

    url: str
    day: date | None = None
    title: str = ""
    changed: str = ""
    through: str = ""


@dataclass(frozen=True)
class Answer:
    """A list that was had."""

    url: str
    content: bytes
    headers: Headers = ()
    sitemaps: tuple[str, ...] = ()


class Source(Protocol):
    """A module that names addresses."""

    NAME: str
    TERMS: str

    def begin(self, site: Site, plan: Plan) -> Iterator[Ask | Named]:
        """Say where to ask first."""
        ...  # pragma: no cover

    def read(self, ask: Ask, answer: Answer, site: Site, plan: Plan) -> Iterator[Ask | Named]:
        """Read a list."""
        ...  # pragma: no cover


def day_of(text: str) -> date | None:
    """Return the day that a list prints, where it is a whole one.

    Examples
    --------
    >>> day_of("Sun, 18 Feb 2018 09:30:00 +0300"), day_of("2018-02-18T09:30"), day_of("2018"), day_of("")
    (datetime.date(2018, 2, 18), datetime.date(2018, 2, 18), None, None)
    """
    found = parse_date(text) if text else None
    return found[0].date() if found and found[1] in ("day", "minute") else None


def xml_elements(answer: Answer, *names: str) -> Iterator[Element]:
    """Yield the elements of a list in XML, as feeds and sitemaps of a corpus are read."""
    import io

    content = answer.content
    piece = Piece(Path("list.xml"), "list.xml", lambda: io.BytesIO(content), size=len(content))
    return elements(piece, Reading(), set(names))
