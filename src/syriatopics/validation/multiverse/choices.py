"""Which choices are open, and every combination of them that makes a difference."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from itertools import product
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, field_validator

from syriatopics.errors import InputError, choices
from syriatopics.scorers.registry import COUNTING, DEFAULT, READING

__all__ = ["TOPIC_MODELS", "Choices", "Fit", "Specification", "as_choices"]

_ANALYZER = ("normalisation", "conflation", "stop_words", "names")
TOPIC_MODELS = ("nmf", "lda", "embedding", "structural", *COUNTING)
# What each scorer takes notice of. A choice that cannot change a number makes no specification:
# it would only make the number of agreeing ones larger.
_MATTERS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(READING, ()),
    "terms": _ANALYZER,
    **dict.fromkeys(TOPIC_MODELS, (*_ANALYZER, "min_df", "n_topics", "seed")),
}

Some = Field(min_length=1)
Number = Annotated[int, Field(ge=1)]


_OWN = re.compile(r"own:\S+")


def _model(name: str) -> str:
    if name not in _MATTERS and _OWN.fullmatch(name) is None:
        raise ValueError(f"choices: {choices(_MATTERS)}, and 'own:NAME' of a scorer that is given")
    return name


class Choices(BaseModel):
    """The choices of a multiverse, several values each; one value holds a choice fixed.

    Parameters
    ----------
    normalisation : of {"variants", "keys"}
        Spelling variants (أميركا, أمريكا) counted as one, or match keys only.
    conflation : of {"none", "clitics", "words", "snowball", "lemma"}
        As of :class:`ArabicAnalyzer`.
    stop_words : of {"default", "none"}
    names : of {"joined", "apart"}
        Whether a name of several words is one term.
    unit : of {"paragraph", "sentence", "article"}, or numbers of words
        What a passage is.
    copies : of {"keep", "mark", "exclude"}
        Near copies: all stay; one for each outlet, and shared ones marked; those that several
        outlets print are left out too (:meth:`Corpus.without_reprints`).
    min_df : of int
        Of topic models: in how many passages a term must stand.
    model : of {"lexicon", "classifier", "taught", "zero_shot", "terms", "keywords", "nmf", …}
        Or "lda", "structural", "embedding". The first four as of :func:`score_themes`, which see the
        text itself; so do scorers of the user's own, called "own:…" (`scorers` of :func:`multiverse`).
        "terms" looks the theme's entries up among the terms that preprocessing left.
        "keywords" is keyATM, guided by them, on the terms that preprocessing left. The other models
        are topic models whose topics are given to the theme in which the words of the lexicon say
        they lie.
    n_topics : of int
        For "keywords" the topics beside the themes.
    seed : of int
    production : of {"own", "all"}
        Whether wire copy, translations and republished articles count.
    denominator : of {"article", "passage", "word", "any"}
        What a share is a share of: of the passages of each article, articles weighing the
        same; of all passages; of all words; or of articles, in which the theme stands at all.

    Examples
    --------
    >>> len(Choices(model=("lexicon", "nmf"), n_topics=(5, 10)).specifications())
    100
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    copies: Annotated[tuple[Literal["keep", "mark", "exclude"], ...], Some] = ("keep",)
    unit: Annotated[tuple[Literal["paragraph", "sentence", "article"] | Number, ...], Some] = (
        "paragraph",
        "sentence",
    )
    normalisation: Annotated[tuple[Literal["variants", "keys"], ...], Some] = ("variants", "keys")
    conflation: Annotated[
        tuple[Literal["none", "clitics", "words", "snowball", "lemma"], ...], Some
    ] = ("words", "clitics", "none")
    stop_words: Annotated[tuple[Literal["default", "none"], ...], Some] = ("default",)
    names: Annotated[tuple[Literal["joined", "apart"], ...], Some] = ("joined",)
    min_df: Annotated[tuple[Number, ...], Some] = (2,)
    model: Annotated[tuple[Annotated[str, AfterValidator(_model)], ...], Some] = (
        DEFAULT,
        "terms",
        "nmf",
    )
    n_topics: Annotated[tuple[Annotated[int, Field(ge=2)], ...], Some] = (10, 20)
    seed: Annotated[tuple[Annotated[int, Field(ge=0)], ...], Some] = (0, 1)
    production: Annotated[tuple[Literal["own", "all"], ...], Some] = ("own", "all")
    denominator: Annotated[tuple[Literal["article", "passage", "word", "any"], ...], Some] = (
        "article",
    )

    @field_validator("*", mode="before")
    @classmethod
    def _once_each(cls, given: Any) -> Any:
        """Take one value as a choice of one, and every value once."""
        if isinstance(given, str | int):
            given = (given,)
        return tuple(dict.fromkeys(given)) if isinstance(given, list | tuple) else given

    def specifications(
        self, sample: int | None = None, random_state: int = 0
    ) -> list[Specification]:
        """Return every combination that differs, or a random sample of them, in one order.

        Parameters
        ----------
        sample : int, optional
            Where there are more, so many are drawn.
        random_state : int
            Of the draw.
        """
        options = self.model_dump()
        found: dict[Specification, None] = {}
        for values in product(*options.values()):
            chosen = dict(zip(options, values, strict=True))
            matters = _MATTERS.get(chosen["model"], ())
            for name in (*_ANALYZER, "min_df", "n_topics", "seed"):
                chosen[name] = chosen[name] if name in matters else None
            found[Specification(**chosen)] = None
        every = list(found)
        if sample is None or sample >= len(every):
            return every
        drawn = np.random.default_rng(random_state).choice(len(every), sample, replace=False)
        return [every[n] for n in np.sort(drawn)]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Fit:
    """What the scores of passages depend on; None where a scorer takes no notice of it."""

    copies: str
    unit: str | int
    normalisation: str | None
    conflation: str | None
    stop_words: str | None
    names: str | None
    min_df: int | None
    model: str
    n_topics: int | None
    seed: int | None

    @property
    def analyzer(self) -> dict[str, Any] | None:
        """The options of the analyzer; None for a scorer that reads the text itself."""
        if self.conflation is None:
            return None
        return {
            "conflation": self.conflation,
            "variants": self.normalisation == "variants",
            "stop_words": "default" if self.stop_words == "default" else None,
            "names": "default" if self.names == "joined" else None,
        }


@dataclasses.dataclass(frozen=True, kw_only=True)
class Specification(Fit):
    """One way to do the analysis: a value for every choice that makes a difference."""

    production: str
    denominator: str

    @property
    def fit(self) -> Fit:
        """What has to be fitted for it; several specifications share one."""
        return Fit(**{f.name: getattr(self, f.name) for f in dataclasses.fields(Fit)})


def as_choices(given: Choices | Mapping[str, Any] | None) -> Choices:
    """Return choices, checked.

    Raises
    ------
    InputError
        If a choice or a value is not known, or a choice has no value.

    Examples
    --------
    >>> as_choices({"seed": 1}).seed
    (1,)
    """
    if isinstance(given, Choices):
        return given
    known = Choices.model_fields
    unknown = sorted(set(given or {}) - set(known))
    if unknown:
        raise InputError(f"No choice {unknown[0]!r} in a multiverse. Choices: {choices(known)}.")
    try:
        return Choices(**(given or {}))
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        if first["type"] == "too_short":
            raise InputError(f"Choice {name!r} has no value: the multiverse is empty.") from None
        expected = first.get("ctx", {}).get("expected") or first["msg"]
        raise InputError(
            f"{first['input']!r} is not known for choice {name!r}. Choices: {expected}."
        ) from None
