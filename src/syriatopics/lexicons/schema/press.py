"""The press: who publishes, and which lines of a page are not body."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from syriatopics.lexicons.schema.base import Entry, Form, Forms, Lexicon, Side, WordGroup

__all__ = ["Agency", "Boilerplate", "LineRule", "Outlet", "Outlets", "Paper"]


class LineRule(Entry):
    """How to know a line that is not body."""

    name: Form
    kind: Literal["title", "byline", "date", "heading", "boilerplate", "source"]
    max_words: Annotated[int, Field(ge=1)]
    starts: Forms = ()
    whole: Forms = ()
    contains: Forms = ()


class Boilerplate(Lexicon):
    """boilerplate.toml."""

    rule: tuple[LineRule, ...]
    date_words: WordGroup
    openers: WordGroup


class Agency(Entry):
    """A news agency."""

    id: Form
    en: Form
    ar: Forms
    hosts: Forms = ()
    country: str = ""
    side: Side | None = None
    note: str = ""


class Paper(Entry):
    """A foreign paper or magazine that Arabic outlets translate."""

    id: Form
    en: Form
    ar: Forms
    hosts: Forms = ()
    country: str = ""
    note: str = ""


class Outlet(Entry):
    """Somebody who publishes.

    ``common_word``: the bare name is also a word or a place (الحياة, سبق, الرياض) and counts
    only behind a word such as صحيفة, in brackets or quotation marks, in a byline, or beside
    the host.
    """

    id: Form
    en: Form
    ar: Form
    also: Forms = ()
    common_word: bool = False
    hosts: Forms = ()
    self: Forms = ()
    dateline: Forms = ()
    kind: Literal[
        "news_site", "newspaper", "broadcaster", "agency", "magazine", "ngo", "government"
    ]
    country: str = ""
    side: Side | None = None
    note: str = ""


class Outlets(Lexicon):
    """outlets.toml."""

    outlet: tuple[Outlet, ...]
    agency: tuple[Agency, ...]
    paper: tuple[Paper, ...]
