"""Tables: what columns are called, the shapes of known exports, the genres of the press."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from syriatopics.lexicons.schema.base import Entry, Form, Forms, Lexicon

__all__ = ["FieldNames", "Genre", "Genres", "Shape", "Shapes"]

Field = Literal[
    "text",
    "article_id",
    "title",
    "url",
    "outlet",
    "date_printed",
    "author",
    "translator",
    "origin",
    "production",
    "genre",
    "section",
    "event_start",
    "event_end",
    "date_status",
]


class FieldNames(Entry):
    """A field of an article, and what its column is usually called."""

    id: Field
    names: Forms
    never: Forms = ()


class Shape(Entry):
    """A program or service whose exports are known by their columns."""

    id: Form
    name: Form
    signs: Forms
    columns: Mapping[Field, Forms] = {}
    joined: Forms = ()
    dropped: Forms = ()
    note: str = ""


class Shapes(Lexicon):
    """shapes.toml."""

    field: tuple[FieldNames, ...]
    shape: tuple[Shape, ...]


class Genre(Entry):
    """A genre, and what tells it."""

    id: Form
    sections: Forms = ()
    paths: Forms = ()
    titles: Forms = ()
    bylines: Forms = ()


class Genres(Lexicon):
    """genres.toml."""

    genre: tuple[Genre, ...]
