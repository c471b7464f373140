"""The one place that knows scorers by name, and what each can be made from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from syriatopics.errors import InputError, choices
from syriatopics.inference import Codings, read_coded
from syriatopics.lexicons.schema import Themes
from syriatopics.scorers.classifier import Classifier
from syriatopics.scorers.contract import Scorer
from syriatopics.scorers.frames import frames
from syriatopics.scorers.keywords import Keywords
from syriatopics.scorers.language import Limits
from syriatopics.scorers.language_model import LanguageModel
from syriatopics.scorers.lexicon import Lexicon
from syriatopics.scorers.table import Table
from syriatopics.scorers.taught import Taught
from syriatopics.scorers.zero_shot import ZeroShot

__all__ = ["COUNTING", "DEFAULT", "NAMES", "READING", "checked", "files_of", "scorer_of", "shared"]


class Entry(NamedTuple):
    """A scorer that can be had by its name.

    Attributes
    ----------
    make : callable
        Options → scorer.
    options : mapping of str to type
        What it can be made from, in a call and in study.toml; a Path is a file of the study.
    needs : tuple of str
        The options without which there is none.
    shared : bool
        Whether parts of a corpus can be scored in processes of their own.
    """

    make: Callable[..., Scorer]
    options: Mapping[str, Any] = {}
    needs: tuple[str, ...] = ()
    shared: bool = False


def _language_model(**options: Any) -> Scorer:
    if "codebook" in options:
        options["codebook"] = frames(options["codebook"])
    return LanguageModel(**options)


# An entry per scorer.
_ENTRIES = {
    "lexicon": Entry(Lexicon, shared=True),
    "keywords": Entry(
        Keywords, {"n_other": int, "max_iter": int, "prior": float, "random_state": int}
    ),
    "classifier": Entry(
        Classifier,
        {"coded": Path, "coder": str, "encoder": str, "random_state": int},
        ("coded",),
        shared=True,
    ),
    "taught": Entry(Taught, {"encoder": str}),
    "zero_shot": Entry(ZeroShot, {"encoder": str, "deviations": float}),
    "table": Entry(
        Table,
        {"table": Path, "values": str | tuple[str, ...], "labels": str, "id": str, "threshold": float},
        ("table",),
    ),
    "language_model": Entry(
        _language_model,
        {
            "model": str, "cassette": Path, "endpoint": str, "key": str, "language": str, "prompt": Path,
            "codebook": Path, "parameters": dict[str, Any], "limits": Limits, "against_terms": bool,
            "timeout": float,
        },
        ("model", "cassette"),
    ),
}  # fmt: skip
DEFAULT = "lexicon"
NAMES = tuple(_ENTRIES)
# Those that score what preprocessing left of passages too; those that want text, and codings at most.
COUNTING = tuple(name for name, entry in _ENTRIES.items() if hasattr(entry.make, "of_counts"))
READING = tuple(
    name
    for name, entry in _ENTRIES.items()
    if set(entry.needs) <= {"coded"} and name not in COUNTING
)
# Made from a model and a codebook, which no file holds: given as an object.
_OBJECTS = {"topics": "scorers.CodedTopics(topics, codebook)"}
_MISSING = {
    "coded": 'learns from coded passages: give coded=read_codings("codes.csv")',
    "table": "is made from a table: give scorers.Table(table)",
    "model": "is made from a model: give scorers.LanguageModel(endpoint=…, model=…, cassette=…)",
    "cassette": "keeps its calls: give cassette=, a file",
}


def scorer_of(
    method: str | Scorer,
    *,
    coded: Codings | str | Path | None = None,
    encoder: Any = None,
    random_state: int = 0,
    themes: Themes | None = None,
    **options: Any,
) -> Scorer:
    """Return a scorer by its name, or the one that is given.

    Parameters
    ----------
    method : str or Scorer
    coded, encoder, random_state
        For scorers that take them; the others take no notice.
    themes : Themes, optional
        Which themes a file of coded passages may hold.
    **options
        Of the scorer, as its own parameters are called.

    Raises
    ------
    InputError
        If there is none of that name, or what it needs is not given.

    Examples
    --------
    >>> scorer_of("keywords", n_other=5).n_other
    5
    """
    if not isinstance(method, str):
        if isinstance(method, Scorer):
            return method
        raise InputError(
            f"{type(method).__name__} is no scorer: it wants name, threshold and score(passages, themes)."
        )
    entry = _entry(method)
    _refuse_unknown(method, entry, options)
    if isinstance(coded, str | Path) and "coded" in entry.options:
        coded = read_coded(coded, themes=themes)
    common = {"coded": coded, "encoder": encoder, "random_state": random_state}
    given = {k: v for k, v in common.items() if k in entry.options and v is not None} | options
    for name in entry.needs:
        if given.get(name) is None:
            raise InputError(f"The scorer {method!r} {_MISSING[name]}.")
    if "coded" in given:
        given["codings"] = given.pop("coded")
    return entry.make(**given)


def shared(method: str | Scorer) -> bool:
    """Say whether parts of a corpus can be scored by that name in processes of their own."""
    return isinstance(method, str) and _entry(method).shared


def checked(method: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return options as a file holds them in the types that the scorer wants.

    Raises
    ------
    InputError
        If the scorer or an option is not known, one is missing, or of another type.

    Examples
    --------
    >>> checked("table", {"table": "labels.csv"})["table"].name
    'labels.csv'
    """
    entry = _entry(method)
    _refuse_unknown(method, entry, options)
    for name in entry.needs:
        if name not in options:
            raise InputError(f"The scorer {method!r} wants {name} = ….")
    found = {}
    for name, value in options.items():
        try:
            found[name] = TypeAdapter(entry.options[name]).validate_python(value)
        except ValidationError as error:
            said = error.errors()[0]["msg"].removeprefix("Value error, ").rstrip(".")
            raise InputError(f"{method}: {name} = {value!r}: {said}.") from None
    return found


def files_of(method: str, options: Mapping[str, Any]) -> Iterator[tuple[str, Path]]:
    """Yield the options that are files, by their names."""
    for name, kind in _entry(method).options.items():
        if kind is Path and options.get(name) is not None:
            yield name, Path(options[name])


def _entry(method: str) -> Entry:
    if method in _OBJECTS:
        raise InputError(f"Method {method!r} is more than a name: give {_OBJECTS[method]}.")
    if method not in _ENTRIES:
        raise InputError(f"Method {method!r} is not known. Methods: {choices(NAMES)}.")
    return _ENTRIES[method]


def _refuse_unknown(method: str, entry: Entry, options: Mapping[str, Any]) -> None:
    strange = next((name for name in options if name not in entry.options), None)
    if strange is not None:
        known = choices(entry.options) or "none"
        raise InputError(f"The scorer {method!r} has no option {strange!r}. Options: {known}.")
