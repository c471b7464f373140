"""A document is an article before anybody looked at it: raw text and what its source says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from syriatopics.records import Flag, RemovedKind, Repair, Value

__all__ = ["FIELDS", "Document", "Given", "KnownLine", "StatedDate"]

# What a source or a sidecar may say of an article.
FIELDS = (
    "title",
    "outlet",
    "author",
    "translator",
    "origin",
    "production",
    "genre",
    "url",
    "date_printed",
    "event_start",
    "event_end",
    "date_status",
)


class Given(NamedTuple):
    """A value that somebody states, and where or why."""

    value: str
    evidence: str


class StatedDate(NamedTuple):
    """A date that a source states of an article.

    Attributes
    ----------
    source : str
        Where it stands: one of ``SOURCES`` of :mod:`syriatopics.corpus.parse.printed`.
    value : str
        As it stands there.
    evidence : str
        The place in words.
    """

    source: str
    value: str
    evidence: str


class KnownLine(NamedTuple):
    """What the source knows of a line of the raw text: its kind, and why."""

    number: int
    kind: RemovedKind
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """Raw text with its id, and the fields that its source states.

    Attributes
    ----------
    article_id : str
    raw : str
        For a web page its visible text, line by line.
    given : mapping of str to Given
        Keys are of :data:`FIELDS`.
    place : str
        Where it comes from, for messages.
    notes : tuple of str
        What reading it needed (an encoding other than UTF-8).
    main_text : frozenset of str or None
        Keys of the lines in which a reader of web pages sees the main text.
    captured : date or None
        The day on which the page was fetched: it was written no later.
    file : str
        The file inside a folder of texts, relative to it.
    hashed : bool
        Whether the id was made from what the article holds, since its source gives none.
    dates : tuple of StatedDate
        Every date that could be the day of publication, of which ``given`` holds the one that
        is believed.
    lines : tuple of KnownLine
        Lines of which the source knows that they are no body.
    """

    article_id: str
    raw: str
    given: Mapping[str, Given] = field(default_factory=dict)
    place: str = ""
    notes: tuple[str, ...] = ()
    main_text: frozenset[str] | None = None
    captured: date | None = None
    file: str = ""
    hashed: bool = False
    dates: tuple[StatedDate, ...] = ()
    lines: tuple[KnownLine, ...] = ()
    extra: Mapping[str, Value] = field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()
    flags: tuple[Flag, ...] = ()
