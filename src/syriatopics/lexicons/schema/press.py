"""The press: who publishes, and which lines of a page are not body."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from syriatopics.lexicons.schema.base import (
    Entry,
    Form,
    Forms,
    Lexicon,
    Side,
    Sourced,
    WordGroup,
)

__all__ = ["Agency", "Attribute", "Boilerplate", "LineRule", "Outlet", "Outlets", "Paper"]


def _named(text: str) -> str:
    if not any(map(str.isalnum, text)):
        raise ValueError(f"the name {text!r} has no letter and no digit")
    return text


_HOST = re.compile(r"[^\W_]+(?:-+[^\W_]+)*(?:\.[^\W_]+(?:-+[^\W_]+)*)+")


def _bare(host: str) -> str:
    if _HOST.fullmatch(host) is None or host != host.lower() or host.startswith("www."):
        raise ValueError(f"{host!r} is no bare host: write it as example.org")
    return host


def _column(name: str) -> str:
    if not name.isidentifier():
        raise ValueError(f"{name!r} is no name of a column: write letters and _ only")
    return name


Name = Annotated[Form, AfterValidator(_named)]
Names = tuple[Name, ...]
Hosts = tuple[Annotated[Form, AfterValidator(_bare)], ...]


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
    ar: Names
    hosts: Hosts = ()
    country: str = ""
    side: Side | None = None
    note: str = ""


class Paper(Entry):
    """A foreign paper or magazine that Arabic outlets translate."""

    id: Form
    en: Form
    ar: Names
    hosts: Hosts = ()
    country: str = ""
    note: str = ""


class Outlet(Entry):
    """Somebody who publishes.

    ``common_word``: the bare name is also a word or a place (الحياة, سبق, الرياض) and counts
    only behind a word such as صحيفة, in brackets or quotation marks, in a byline, or beside
    the host. ``feeds``, ``sitemaps``, ``wordpress`` and ``sections`` are where it names its
    articles, each as a public source says it.
    """

    id: Form
    en: Form
    ar: Name
    also: Names = ()
    common_word: bool = False
    hosts: Hosts = ()
    self: Names = ()
    dateline: Names = ()
    kind: Literal[
        "news_site", "newspaper", "broadcaster", "agency", "magazine", "ngo", "government"
    ]
    country: str = ""
    side: Side | None = None
    seen: Forms = ()
    feeds: Forms = ()
    sitemaps: Forms = ()
    wordpress: str = ""
    sections: Forms = ()
    note: str = ""


class Attribute(Entry):
    """What a user holds an outlet for, from a day to a day: its owner, its side, its language.

    ``until`` is the last day; without days it is held to be so always.
    """

    outlet: Form
    attribute: Annotated[Form, AfterValidator(_column)]
    value: Form
    source: Form
    since: date | None = None
    until: date | None = None
    note: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Attribute:
        if self.since and self.until and self.until < self.since:
            raise ValueError(f"until {self.until} is before since {self.since}")
        return self


class Outlets(Sourced):
    """outlets.toml."""

    attribute: tuple[Attribute, ...] = ()
    outlet: tuple[Outlet, ...]
    agency: tuple[Agency, ...]
    paper: tuple[Paper, ...]
