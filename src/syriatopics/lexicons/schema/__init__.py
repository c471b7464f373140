"""What each lexicon file must hold. A file that breaks its schema is refused with its line.

The files are TOML, written and reviewed by people who are no programmers; the classes
here are read-only views of them. Keys for matching are compiled in the arabic layer.
"""

from __future__ import annotations

from syriatopics.lexicons.schema.base import Entry, Lexicon, Review, WordGroup
from syriatopics.lexicons.schema.framing import (
    Act,
    Acts,
    Context,
    Cue,
    Cues,
    Label,
    Naming,
    Referent,
    Rule,
    Theme,
    Themes,
)
from syriatopics.lexicons.schema.press import (
    Agency,
    Attribute,
    Boilerplate,
    LineRule,
    Outlet,
    Outlets,
    Paper,
)
from syriatopics.lexicons.schema.tables import FieldNames, Genre, Genres, Shape, Shapes
from syriatopics.lexicons.schema.times import (
    Event,
    Events,
    Holder,
    Office,
    Offices,
    TimeWords,
    Visit,
)
from syriatopics.lexicons.schema.words import (
    CliticExceptions,
    Months,
    Name,
    Names,
    Newsroom,
    StopWords,
    Variants,
)

__all__ = [
    "Act",
    "Acts",
    "Agency",
    "Attribute",
    "Boilerplate",
    "CliticExceptions",
    "Context",
    "Cue",
    "Cues",
    "Entry",
    "Event",
    "Events",
    "FieldNames",
    "Genre",
    "Genres",
    "Holder",
    "Label",
    "Lexicon",
    "LineRule",
    "Months",
    "Name",
    "Names",
    "Naming",
    "Newsroom",
    "Office",
    "Offices",
    "Outlet",
    "Outlets",
    "Paper",
    "Referent",
    "Review",
    "Rule",
    "Shape",
    "Shapes",
    "StopWords",
    "Theme",
    "Themes",
    "TimeWords",
    "Variants",
    "Visit",
    "WordGroup",
]
