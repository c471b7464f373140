"""What each lexicon file must hold. A file that breaks its schema is refused with its line.

The files are TOML, written and reviewed by people who are no programmers; the classes
here are read-only views of them. Keys for matching are compiled in the arabic layer.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

__all__ = [
    "Agency",
    "Boilerplate",
    "CliticExceptions",
    "Cue",
    "Cues",
    "Entry",
    "Event",
    "Events",
    "Holder",
    "Label",
    "Lexicon",
    "LineRule",
    "Months",
    "Name",
    "Names",
    "Naming",
    "Office",
    "Offices",
    "Outlet",
    "Outlets",
    "Paper",
    "Referent",
    "StopWords",
    "Theme",
    "Themes",
    "TimeWords",
    "Variants",
    "Visit",
]


def _plain(text: str) -> str:
    if not text.strip():
        raise ValueError("an empty entry")
    if text != text.strip():
        raise ValueError(f"white space around the entry {text!r}")
    return text


Form = Annotated[str, AfterValidator(_plain)]
Forms = tuple[Form, ...]
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


class WordGroup(Entry):
    """Words under a heading."""

    name: str = ""
    note: str = ""
    words: Forms = ()


class StopWords(Lexicon):
    """stopwords.toml: words of grammar, in groups, and content words that must stay."""

    group: tuple[WordGroup, ...]
    protected: WordGroup
    hamza_twins: WordGroup = WordGroup()


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
    ending: tuple[Ending, ...] = ()


class Month(Entry):
    """A month and its names in the Levant, Egypt and the Maghreb."""

    number: Annotated[int, Field(ge=1, le=12)]
    names: Annotated[Forms, Field(min_length=1)]
    ambiguous: Forms = ()


class Months(Lexicon):
    """months.toml: Gregorian and Hijri."""

    month: tuple[Month, ...]
    hijri: tuple[Month, ...]


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


class Holder(Entry):
    """A person in an office, from the first to the last day."""

    en: Form
    ar: Annotated[Forms, Field(min_length=1)]
    start: dt.date
    end: dt.date | None = None
    appointed: dt.date | None = None
    acting: bool = False
    note: str = ""

    @model_validator(mode="after")
    def _ordered(self) -> Holder:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"{self.en}: the end {self.end} is before the start {self.start}")
        if self.appointed is not None and self.appointed > self.start:
            raise ValueError(f"{self.en}: appointed {self.appointed} after the start {self.start}")
        return self


class Office(Entry):
    """An office and those who held it."""

    id: Form
    en: Form
    ar: Annotated[Forms, Field(min_length=1)]
    side: Side
    source: str
    holder: tuple[Holder, ...]
    shared: bool = False
    named_after_end: bool = False
    note: str = ""


class Visit(Entry):
    """A dated journey or summit."""

    id: Form
    en: Form
    who: Forms
    where: Forms
    with_: Annotated[Forms, Field(alias="with")] = ()
    start: dt.date
    end: dt.date
    source: str
    note: str = ""


class Offices(Lexicon):
    """offices.toml."""

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
    note: str = ""


class Events(Lexicon):
    """events.toml."""

    event: tuple[Event, ...]


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


class Theme(Entry):
    """What the researcher defines: a theme, its rules, and the words that show it."""

    id: Form
    ar: Form
    en: Form
    definition: str
    definition_ar: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    words: Forms = ()
    terms: Forms = ()
    not_: Annotated[Forms, Field(alias="not")] = ()
    weak: Forms = ()
    note: str = ""

    @property
    def entries(self) -> Forms:
        """Words and terms together."""
        return self.words + self.terms


class Themes(Lexicon):
    """themes.toml."""

    theme: Annotated[tuple[Theme, ...], Field(min_length=1)]

    @property
    def ids(self) -> list[str]:
        """The theme ids in the order of the file."""
        return [theme.id for theme in self.theme]


class Label(Entry):
    """One way to call a referent."""

    id: Form
    en: Form
    ar: Form
    forms: Forms = ()
    bare: Forms = ()
    not_: Annotated[Forms, Field(alias="not")] = ()
    needs: Forms = ()
    bare_context: Literal["label", "referent"] = "label"
    counts_as: str | None = None
    from_: Annotated[dt.date | None, Field(alias="from")] = None
    to: dt.date | None = None
    note: str = ""


class Referent(Entry):
    """Something that outlets call by different labels."""

    id: Form
    en: Form
    ar: Form
    from_: Annotated[dt.date | None, Field(alias="from")] = None
    to: dt.date | None = None
    label: Annotated[tuple[Label, ...], Field(min_length=1)]
    own_pass: bool = False
    not_: Annotated[Forms, Field(alias="not")] = ()
    note: str = ""


class Naming(Lexicon):
    """naming.toml."""

    referent: tuple[Referent, ...]


class Cue(Entry):
    """A verb or phrase that introduces speech."""

    lemma: Form
    en: str
    forms: Annotated[Forms, Field(min_length=1)]
    stance: Literal["neutral", "endorsing", "distancing"]
    kind: Literal["verb", "source", "tail"]
    position: Literal["before", "after"] = "after"
    also_noise: Forms = ()
    note: str = ""


class Title(Entry):
    """Words that stand beside a speaker's name."""

    ar: Forms
    en: str
    note: str = ""


class Quotes(Entry):
    """Pairs of quotation marks."""

    open: tuple[str, ...] = ()
    close: tuple[str, ...] = ()
    note: str = ""


class Cues(Lexicon):
    """cues.toml."""

    cue: tuple[Cue, ...]
    title: tuple[Title, ...] = ()
    pronouns: WordGroup = WordGroup()
    scare: WordGroup = WordGroup()
    quotes: Quotes = Quotes()
