"""A document is an article before anybody looked at it: raw text and what its source says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["FIELDS", "Document", "Given"]

# What a source or a sidecar may say of an article.
FIELDS = (
    "title",
    "outlet",
    "author",
    "translator",
    "origin",
    "production",
    "url",
    "date_printed",
    "event_start",
    "event_end",
    "date_status",
)


@dataclass(frozen=True, slots=True)
class Given:
    """A value that somebody states, and where or why."""

    value: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Document:
    """Raw text with its id, and the fields that its source states.

    Attributes
    ----------
    article_id : str
    raw : str
    given : mapping of str to Given
        Keys are of :data:`FIELDS`.
    place : str
        Where it comes from, for messages.
    notes : tuple of str
        What reading it needed (an encoding other than UTF-8).
    """

    article_id: str
    raw: str
    given: Mapping[str, Given] = field(default_factory=dict)
    place: str = ""
    notes: tuple[str, ...] = ()
