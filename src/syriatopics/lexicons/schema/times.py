"""What places a text in time: offices and who held them, visits, events, words of time."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from syriatopics.lexicons.schema.base import (
    Entry,
    Form,
    Forms,
    Lexicon,
    Side,
    Sourced,
    WordGroup,
)

__all__ = ["Event", "Events", "Gap", "Holder", "Office", "Offices", "TimeWords", "Visit"]


class Holder(Entry):
    """A person in an office, from the first to the last day."""

    en: Form
    ar: Annotated[Forms, Field(min_length=1)]
    start: dt.date
    end: dt.date | None = None
    known_until: dt.date | None = None
    appointed: dt.date | None = None
    acting: bool = False
    seen: Forms = ()
    note: str = ""

    @model_validator(mode="after")
    def _ordered(self) -> Holder:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"{self.en}: the end {self.end} is before the start {self.start}")
        if self.appointed is not None and self.appointed > self.start:
            raise ValueError(f"{self.en}: appointed {self.appointed} after the start {self.start}")
        if self.known_until is not None and (self.end is not None or self.known_until < self.start):
            raise ValueError(
                f"{self.en}: known_until {self.known_until} needs a term without an end that has begun"
            )
        return self

    def last(self, reaches: dt.date) -> dt.date:
        """Return the last day on which the term is known to run.

        Parameters
        ----------
        reaches : date
            The day to which the whole file was checked; a page may name this holder later.

        Returns
        -------
        date
            The end; without one the later of both days.
        """
        return self.end or max(reaches, self.known_until or reaches)


class Span(Entry):
    """Days from a first to a last one."""

    start: dt.date
    end: dt.date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"the end {self.end} is before the start {self.start}")
        return self


class Gap(Span):
    """Days between two holders on which nobody is known, and why."""

    why: Form


class Office(Entry):
    """An office and those who held it."""

    id: Form
    en: Form
    ar: Annotated[Forms, Field(min_length=1)]
    side: Side
    source: str
    holder: tuple[Holder, ...]
    gap: tuple[Gap, ...] = ()
    shared: bool = False
    named_after_end: bool = False
    note: str = ""


class Visit(Span):
    """A dated journey or summit."""

    id: Form
    en: Form
    who: Forms
    where: Forms
    with_: Annotated[Forms, Field(alias="with")] = ()
    source: str
    note: str = ""


class Offices(Sourced):
    """offices.toml: after `known_until` only whom a later page names is known to be in office."""

    known_until: dt.date
    office: tuple[Office, ...]
    visit: tuple[Visit, ...] = ()


class TimeWords(Lexicon):
    """timewords.toml: what is remembered, expected, or now."""

    former: WordGroup
    remembered: WordGroup
    then: WordGroup
    elect: WordGroup
    aides: WordGroup
    namesakes: WordGroup
    honorifics: WordGroup
    countries: WordGroup
    future: WordGroup
    past: WordGroup
    this_month: WordGroup
    last_month: WordGroup
    this_week: WordGroup
    weekdays: WordGroup
    arrival: WordGroup
    journey: WordGroup

    @classmethod
    def groups(cls) -> tuple[str, ...]:
        """The names of the groups, in the order of the file."""
        return tuple(
            name for name, field in cls.model_fields.items() if field.annotation is WordGroup
        )


class Event(Entry):
    """A dated event of the conflict."""

    id: Form
    date: dt.date
    end: dt.date | None = None
    en: Form
    ar: Form
    kind: Literal[
        "military",
        "humanitarian",
        "diplomacy",
        "political",
        "accountability",
        "economy",
        "natural_disaster",
    ]
    weight: Annotated[int, Field(ge=1, le=3)]
    source: str
    seen: Forms = ()
    note: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end is not None and self.end < self.date:
            raise ValueError(f"{self.id}: the end {self.end} is before the day {self.date}")
        return self


class Events(Sourced):
    """events.toml."""

    event: tuple[Event, ...]
