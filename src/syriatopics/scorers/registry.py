"""The one place that knows scorers by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from syriatopics.encoders import Encoder
from syriatopics.errors import InputError, choices
from syriatopics.inference import Codings, read_coded
from syriatopics.lexicons.schema import Themes
from syriatopics.scorers.classifier import Classifier
from syriatopics.scorers.contract import Scorer
from syriatopics.scorers.keywords import Keywords
from syriatopics.scorers.lexicon import Lexicon
from syriatopics.scorers.taught import Taught
from syriatopics.scorers.zero_shot import ZeroShot

__all__ = ["NAMES", "scorer_of"]


class Given(NamedTuple):
    """What a scorer that is asked for by name can be made from."""

    coded: Codings | None
    encoder: str | Encoder | None
    random_state: int


def _classifier(given: Given) -> Scorer:
    if given.coded is None:
        raise InputError(
            'The classifier learns from coded passages: give coded=read_codings("codes.csv").'
        )
    return Classifier(given.coded, encoder=given.encoder, random_state=given.random_state)


# An entry per scorer that can be had by its name.
_MAKERS: dict[str, Callable[[Given], Scorer]] = {
    "lexicon": lambda _: Lexicon(),
    "keywords": lambda given: Keywords(random_state=given.random_state),
    "classifier": _classifier,
    "taught": lambda given: Taught(given.encoder or "lsa"),
    "zero_shot": lambda given: ZeroShot(given.encoder or "lsa"),
}
NAMES = tuple(_MAKERS)
# These are made from more than a name says, and are given as objects.
_OBJECTS = {
    "language_model": "scorers.LanguageModel(endpoint=…, model=…, cassette=…)",
    "table": "scorers.Table(table)",
    "topics": "scorers.CodedTopics(topics, codebook)",
}


def scorer_of(
    method: str | Scorer,
    *,
    coded: Codings | str | Path | None = None,
    encoder: str | Encoder | None = None,
    random_state: int = 0,
    themes: Themes | None = None,
) -> Scorer:
    """Return a scorer by its name, or the one that is given.

    Raises
    ------
    InputError
        If there is none of that name, or what it needs is not given.
    """
    if not isinstance(method, str):
        if isinstance(method, Scorer):
            return method
        raise InputError(
            f"{type(method).__name__} is no scorer: it wants name, threshold and score(passages, themes)."
        )
    if method in _OBJECTS:
        raise InputError(f"Method {method!r} is more than a name: give {_OBJECTS[method]}.")
    if method not in _MAKERS:
        raise InputError(f"Method {method!r} is not known. Methods: {choices(NAMES)}.")
    if isinstance(coded, str | Path):
        coded = read_coded(coded, themes=themes)
    return _MAKERS[method](Given(coded, encoder, random_state))
