"""Words and how they are written: stop words, names, spellings, clitics, months."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from syriatopics.lexicons.schema.base import Entry, Form, Forms, Lexicon, Side, WordGroup

__all__ = [
    "CliticExceptions",
    "Ending",
    "Month",
    "Months",
    "Name",
    "Names",
    "Newsroom",
    "Spelling",
    "StopWords",
    "Variants",
]


class StopWords(Lexicon):
    """stopwords.toml: words of grammar, in groups, and content words that must stay."""

    group: tuple[WordGroup, ...]
    protected: WordGroup
    hamza_twins: WordGroup = WordGroup()


class Newsroom(Lexicon):
    """newsroom.toml: words that say how something is reported, not what."""

    group: tuple[WordGroup, ...]
    phrases: WordGroup
    heads: WordGroup
    alone: WordGroup = WordGroup()
    headed: WordGroup = WordGroup()
    bodies: WordGroup = WordGroup()
    times: WordGroup = WordGroup()
    content: WordGroup = WordGroup()


class Name(Entry):
    """A person, place, organisation or fixed term, with its English name."""

    ar: Form
    en: Form
    kind: Literal["person", "place", "organisation", "term"]
    also: Forms = ()
    short: Forms = ()
    role: str | None = None
    role_ar: str | None = None
    side: Side | None = None
    note: str = ""


class Names(Lexicon):
    """names.toml."""

    name: tuple[Name, ...]
    given: WordGroup = WordGroup()
    common: WordGroup = WordGroup()
    before: WordGroup = WordGroup()


class Spelling(Entry):
    """Spellings that are counted as `form`."""

    form: Form
    also: Annotated[Forms, Field(min_length=1)]
    note: str = ""


class Variants(Lexicon):
    """variants.toml: whole words, and stems at which a word may begin."""

    variant: tuple[Spelling, ...]
    stem: tuple[Spelling, ...] = ()


class Ending(Entry):
    """An ending of nouns and verbs, and what stands in its place when it goes."""

    ending: Form
    instead: str = ""
    note: str = ""


class CliticExceptions(Lexicon):
    """clitics.toml: endings, and words whose first or last letters only look like a clitic."""

    article: WordGroup
    lam: WordGroup
    single: WordGroup
    suffix: WordGroup
    bare: WordGroup = WordGroup()
    feminine: WordGroup = WordGroup()
    plural: WordGroup = WordGroup()
    ending: tuple[Ending, ...] = ()


class Month(Entry):
    """A month and its names in the Levant, Egypt and the Maghreb."""

    number: Annotated[int, Field(ge=1, le=12)]
    names: Annotated[Forms, Field(min_length=1)]
    ambiguous: Forms = ()


class Months(Lexicon):
    """months.toml: Gregorian and Hijri, and what stands beside days that are no dates."""

    month: tuple[Month, ...]
    hijri: tuple[Month, ...]
    before_today: WordGroup
    after_today: WordGroup
    before_yesterday: WordGroup
    after_yesterday: WordGroup
    before_tomorrow: WordGroup
    before_weekday: WordGroup
    after_weekday: WordGroup
