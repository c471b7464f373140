"""What outlets are compared by: themes, labels of a referent, cues of speech."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from syriatopics.lexicons.schema.base import Entry, Form, Forms, Lexicon, Patterns, WordGroup

__all__ = ["Cue", "Cues", "Label", "Naming", "Quotes", "Referent", "Theme", "Themes", "Title"]


class Theme(Entry):
    """What the researcher defines: a theme, its rules, and the words that show it."""

    id: Form
    ar: Form
    en: Form
    definition: str
    definition_ar: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    words: Patterns = ()
    terms: Patterns = ()
    not_: Annotated[Patterns, Field(alias="not")] = ()
    weak: Patterns = ()
    note: str = ""

    @property
    def entries(self) -> tuple[str, ...]:
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
    forms: Patterns = ()
    bare: Patterns = ()
    not_: Annotated[Patterns, Field(alias="not")] = ()
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
    kind: Literal["verb", "source", "tail", "noun"]
    position: Literal["before", "after"] = "after"
    takes: Forms = ()
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
    particles: WordGroup
    blockers: WordGroup
    changes: WordGroup
    turns: WordGroup
    speech: WordGroup
    pronouns: WordGroup
    relatives: WordGroup
    stops: WordGroup
    venues: WordGroup
    quantifiers: WordGroup
    others: WordGroup
    nationalities: WordGroup
    no_source: WordGroup
    scare: WordGroup
    quotes: Quotes = Quotes()
