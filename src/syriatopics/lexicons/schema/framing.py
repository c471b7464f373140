"""What outlets are compared by: themes, labels of a referent, cues of speech."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, model_validator

from syriatopics.lexicons.schema.base import (
    Entry,
    Form,
    Forms,
    Lexicon,
    Patterns,
    Review,
    Spellings,
    WordGroup,
)

__all__ = [
    "Act",
    "Acts",
    "Context",
    "Cue",
    "Cues",
    "Label",
    "Naming",
    "Quotes",
    "Referent",
    "Rule",
    "Theme",
    "Themes",
    "Title",
]


class Rule(Entry):
    """Entries that count only in company: what must be named in the passage, and what must not.

    `needs` and `unless` name groups of words (``[[context]]``): each of `needs` must be named in the
    passage, and none of `unless`. `like` takes the entries of another theme as well.
    """

    needs: Forms = ()
    unless: Forms = ()
    words: Spellings = ()
    weak: Spellings = ()
    like: Form | None = None
    note: str = ""


class Context(Entry):
    """Words that say what a passage is about; named by the rules of themes.

    A group is named where `least` different entries stand. Where the group `yields_to` is named as
    well, it counts as not named. From the day `from` on, a dated passage counts as naming the
    group whatever its words are.
    """

    id: Form
    en: Form
    words: Annotated[Spellings, Field(min_length=1)]
    least: Annotated[int, Field(ge=1)] = 1
    yields_to: str | None = None
    from_: Annotated[dt.date | None, Field(alias="from")] = None
    note: str = ""


class Theme(Entry):
    """What the researcher defines: a theme, its rules, and the words that show it."""

    id: Form
    ar: Form
    en: Form
    definition: str
    definition_ar: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    boundary: tuple[str, ...] = ()
    from_: Annotated[dt.date | None, Field(alias="from")] = None
    to: dt.date | None = None
    words: Spellings = ()
    terms: Spellings = ()
    not_: Annotated[Patterns, Field(alias="not")] = ()
    weak: Spellings = ()
    needs: Forms = ()
    unless: Forms = ()
    rule: tuple[Rule, ...] = ()
    review: tuple[Review, ...] = ()
    note: str = ""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every entry under the rule it counts by; what the theme asks goes for all of them."""
        return (Rule(words=self.words + self.terms, weak=self.weak), *self.rule)

    @property
    def entries(self) -> tuple[str, ...]:
        """Words and terms together, those under rules too."""
        return tuple(word for rule in self.rules for word in rule.words)

    @property
    def plain(self) -> tuple[str, ...]:
        """Every way to write the entries that count under no rule."""
        return tuple(form for entry in self.words + self.terms for form in entry.split("|"))

    def reviewed(self, entry: str) -> Review | None:
        """Return the last review of an entry; None if nobody has read it."""
        if all(entry not in rule.words + rule.weak for rule in self.rules):
            raise ValueError(f"{self.id!r} has no entry {entry!r}")
        read = [r for r in self.review if not r.entries or entry in r.entries]
        return max(read, key=lambda review: (review.on, bool(review.entries)), default=None)


class Themes(Lexicon):
    """themes.toml."""

    theme: Annotated[tuple[Theme, ...], Field(min_length=1)]
    context: tuple[Context, ...] = ()

    @model_validator(mode="after")
    def _known(self) -> Themes:
        groups = {group.id for group in self.context}
        named = {name for theme in self.theme for r in theme.rules for name in r.needs + r.unless}
        named |= {group.yields_to for group in self.context if group.yields_to}
        if lost := sorted(named - groups):
            known = ", ".join(map(repr, sorted(groups))) or "none"
            raise ValueError(f"no [[context]] {lost[0]!r}; there are: {known}")
        lent = {rule.like for theme in self.theme for rule in theme.rules if rule.like}
        if lost := sorted(lent - set(self.ids)):
            raise ValueError(f"no theme {lost[0]!r} to take entries from")
        return self

    @property
    def ids(self) -> list[str]:
        """The theme ids in the order of the file."""
        return [theme.id for theme in self.theme]


class Label(Entry):
    """One way to call a referent.

    ``needs``: words that make a bare form clear; ``unless``: words of a passage where the label means others.
    """

    id: Form
    en: Form
    ar: Form
    forms: Patterns = ()
    bare: Patterns = ()
    not_: Annotated[Patterns, Field(alias="not")] = ()
    needs: Forms = ()
    unless: Forms = ()
    bare_context: Literal["label", "referent", "country"] = "label"
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
    foreign: bool = False
    not_: Annotated[Forms, Field(alias="not")] = ()
    note: str = ""


class Naming(Lexicon):
    """naming.toml."""

    referent: tuple[Referent, ...]
    syrian: WordGroup = WordGroup()
    other: WordGroup = WordGroup()


class Cue(Entry):
    """A verb or phrase that introduces speech.

    ``takes``: prepositions behind which the content stands; ``nominal``: a verbal noun may be the
    content (أعلنت الوزارة وصول قافلة); ``addressed``: the verb takes somebody as its object (دعا الأطراف
    إلى); ``denies``: the claim may be its object (كذّب
    المزاعم بأن); ``act``: whether something is said to be so, or to be done.
    """

    lemma: Form
    en: str
    forms: Annotated[Forms, Field(min_length=1)]
    stance: Literal["neutral", "endorsing", "distancing"]
    kind: Literal["verb", "source", "tail", "noun"]
    position: Literal["before", "after"] = "after"
    takes: Forms = ()
    nominal: bool = False
    addressed: bool = False
    denies: bool = False
    act: Literal["assertion", "directive"] = "assertion"
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
    people: WordGroup
    quantifiers: WordGroup
    honorifics: WordGroup
    leading: WordGroup
    others: WordGroup
    nationalities: WordGroup
    no_source: WordGroup
    verbal_nouns: WordGroup
    also_verbs: WordGroup
    deputies: WordGroup
    past_office: WordGroup
    prepositions: WordGroup
    alone: WordGroup
    claims: WordGroup
    things: WordGroup
    adjectives: WordGroup
    given_names: WordGroup
    bodies: WordGroup
    withholding: WordGroup
    withheld: WordGroup
    hanging: WordGroup
    before_verbs: WordGroup
    impersonal: WordGroup
    therein: WordGroup
    done: WordGroup
    copulas: WordGroup
    one_of: WordGroup
    kin: WordGroup
    vague: WordGroup
    joining: WordGroup
    when: WordGroup
    was: WordGroup
    tense: WordGroup
    documents: WordGroup
    clauses: WordGroup
    away: WordGroup
    present: WordGroup
    general: WordGroup
    pointing: WordGroup
    asides: WordGroup
    openers: WordGroup
    leads: WordGroup
    many_sources: WordGroup
    invitations: WordGroup
    scare: WordGroup
    doubt: WordGroup
    quotes: Quotes = Quotes()


class Act(Entry):
    """An act of violence: verbs with an agent, masdars, and what happens to those who suffer it."""

    id: Form
    en: Form
    verbs: Forms = ()
    masdars: Forms = ()
    suffered: Forms = ()
    note: str = ""


class Acts(Lexicon):
    """acts.toml."""

    act: Annotated[tuple[Act, ...], Field(min_length=1)]
    agents: WordGroup
    adjectives: WordGroup
    by: WordGroup
