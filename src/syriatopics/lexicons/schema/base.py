"""What all lexicons share: checked forms and patterns, entries, files."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator

__all__ = [
    "Entry",
    "Form",
    "Forms",
    "Lexicon",
    "Page",
    "Patterns",
    "Review",
    "Side",
    "Sourced",
    "Spellings",
    "WordGroup",
]


def _plain(text: str) -> str:
    if not text.strip():
        raise ValueError("an empty entry")
    if text != text.strip():
        raise ValueError(f"white space around the entry {text!r}")
    return text


_PATTERN_WORD = re.compile(r"(?:\(ال\))?[^\s*()]+\*?")
_HOLDS_WORD = re.compile(r"[\u0621-\u064a0-9\u0660-\u0669]")
_OTHER_SCRIPT = re.compile(r"[A-Za-z\u00c0-\u052f]")


def _pattern(text: str) -> str:
    """Check an entry that is matched: words, ``*`` at the end of one, ``(ال)`` before one."""
    _plain(text)
    for word in text.split():
        if not _PATTERN_WORD.fullmatch(word):
            raise ValueError(f"{text!r}: * stands at the end of a word and (ال) before one only")
    if _OTHER_SCRIPT.search(text):
        raise ValueError(f"the entry {text!r} holds letters of another script: they are not read")
    if not _HOLDS_WORD.search(text):
        raise ValueError(f"the entry {text!r} has no word")
    return text


def _spellings(text: str) -> str:
    """Check an entry that is written in several ways, with ``|`` between them."""
    for spelling in text.split("|"):
        _pattern(spelling)
    return text


Form = Annotated[str, AfterValidator(_plain)]
Forms = tuple[Form, ...]
Patterns = tuple[Annotated[str, AfterValidator(_pattern)], ...]
Spellings = tuple[Annotated[str, AfterValidator(_spellings)], ...]
Side = Literal[
    "syrian_government",
    "opposition",
    "kurdish_sdf",
    "jihadist",
    "russia",
    "iran",
    "turkey",
    "united_states",
    "europe",
    "arab_states",
    "israel",
    "united_nations",
    "humanitarian",
    "civil_society",
    "other",
]


class Entry(BaseModel):
    """Base of everything in a lexicon: frozen, and unknown keys are an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Lexicon(Entry):
    """Base of the files: each says its version and what it is about."""

    version: int
    about: str


class Page(Entry):
    """A page that somebody opened to see what an entry says: what it is, where, and when that was."""

    id: Form
    what: Form
    at: Form
    opened: dt.date


class Sourced(Lexicon):
    """A lexicon of facts: an entry names the pages that say so under `seen`."""

    page: tuple[Page, ...] = ()

    @model_validator(mode="after")
    def _pages_known(self) -> Self:
        known = {page.id for page in self.page}
        for name in _seen(self):
            if name not in known:
                raise ValueError(f"seen names no page {name!r}: add [[page]] id = {name!r}")
        return self


def _seen(entry: Entry) -> Iterator[str]:
    """Yield the pages that an entry and the entries in it name."""
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        if name == "seen":
            yield from value
        elif isinstance(value, tuple):
            for part in value:
                if isinstance(part, Entry):
                    yield from _seen(part)


class WordGroup(Entry):
    """Words under a heading."""

    name: str = ""
    note: str = ""
    words: Forms = ()


class Review(Entry):
    """Who read entries, and when; without `entries` all that no later review names."""

    by: Form
    on: dt.date
    entries: Forms = ()
    note: str = ""
