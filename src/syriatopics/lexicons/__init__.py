"""Reviewed data: what people know about the Arabic press on Syria, in TOML files.

``load("themes")`` gives the shipped lexicon; ``load("themes", extra="my_themes.toml")``
puts the user's own entries on top: an entry with a known id (or name) replaces the
shipped one, a new one is added.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, TypeVar, overload

from pydantic import ValidationError

from syriatopics.errors import InputError, LexiconError, choices
from syriatopics.files import read_toml
from syriatopics.lexicons import schema
from syriatopics.lexicons.schema import Lexicon

__all__ = ["NAMES", "load", "read_alone"]

NAMES: dict[str, type[Lexicon]] = {
    "acts": schema.Acts,
    "boilerplate": schema.Boilerplate,
    "clitics": schema.CliticExceptions,
    "cues": schema.Cues,
    "events": schema.Events,
    "genres": schema.Genres,
    "months": schema.Months,
    "names": schema.Names,
    "naming": schema.Naming,
    "newsroom": schema.Newsroom,
    "offices": schema.Offices,
    "outlets": schema.Outlets,
    "shapes": schema.Shapes,
    "stopwords": schema.StopWords,
    "themes": schema.Themes,
    "timewords": schema.TimeWords,
    "variants": schema.Variants,
}
_SHIPPED_FILES = frozenset(f"{name}.toml" for name in NAMES)
# What makes two entries of a list the same entry.
_IDENTITY = ("id", "ar", "form", "lemma", "name", "number")


@overload
def load(name: Literal["acts"], extra: str | Path | None = None) -> schema.Acts: ...
@overload
def load(name: Literal["boilerplate"], extra: str | Path | None = None) -> schema.Boilerplate: ...
@overload
def load(name: Literal["clitics"], extra: str | Path | None = None) -> schema.CliticExceptions: ...
@overload
def load(name: Literal["cues"], extra: str | Path | None = None) -> schema.Cues: ...
@overload
def load(name: Literal["events"], extra: str | Path | None = None) -> schema.Events: ...
@overload
def load(name: Literal["genres"], extra: str | Path | None = None) -> schema.Genres: ...
@overload
def load(name: Literal["months"], extra: str | Path | None = None) -> schema.Months: ...
@overload
def load(name: Literal["names"], extra: str | Path | None = None) -> schema.Names: ...
@overload
def load(name: Literal["naming"], extra: str | Path | None = None) -> schema.Naming: ...
@overload
def load(name: Literal["newsroom"], extra: str | Path | None = None) -> schema.Newsroom: ...
@overload
def load(name: Literal["offices"], extra: str | Path | None = None) -> schema.Offices: ...
@overload
def load(name: Literal["outlets"], extra: str | Path | None = None) -> schema.Outlets: ...
@overload
def load(name: Literal["shapes"], extra: str | Path | None = None) -> schema.Shapes: ...
@overload
def load(name: Literal["stopwords"], extra: str | Path | None = None) -> schema.StopWords: ...
@overload
def load(name: Literal["themes"], extra: str | Path | None = None) -> schema.Themes: ...
@overload
def load(name: Literal["timewords"], extra: str | Path | None = None) -> schema.TimeWords: ...
@overload
def load(name: Literal["variants"], extra: str | Path | None = None) -> schema.Variants: ...
def load(name: str, extra: str | Path | None = None) -> Lexicon:
    """Return a lexicon, checked against its schema.

    Parameters
    ----------
    name : str
        One of :data:`NAMES`.
    extra : path, optional
        A TOML file of the same form whose entries go on top of the shipped ones.

    Raises
    ------
    LexiconError
        If a file breaks the schema; the message names file and line.

    Examples
    --------
    >>> load("themes").ids[:2]
    ['humanitarian', 'political_transition']
    """
    if name not in NAMES:
        raise InputError(f"No lexicon {name!r}. Lexicons: {choices(NAMES)}.")
    shipped = _shipped(name)
    if extra is None:
        return shipped
    own, text = _read(Path(extra))
    base = shipped.model_dump(by_alias=True)
    _check(name, {**base, **own}, text, str(extra))  # alone first, so that lines are true
    return _check(name, _merge(base, own), text, str(extra))


def read_alone(name: str, path: str | Path) -> Lexicon:
    """Return a file as a lexicon by itself, with nothing shipped under it.

    Raises
    ------
    LexiconError
        If it is not there, or breaks the schema; the message names file and line.
    """
    own, text = _read(Path(path))
    return _check(name, own, text, str(path))


@cache
def _shipped(name: str) -> Lexicon:
    resource = files(__name__) / f"{name}.toml"
    text = resource.read_text(encoding="utf-8")
    return _check(name, tomllib.loads(text), text, f"{name}.toml")


def _read(path: Path) -> tuple[dict[str, Any], str]:
    try:
        return read_toml(path, LexiconError)
    except FileNotFoundError:
        raise LexiconError(f"No lexicon file at {path}.") from None


def _merge(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for field, value in own.items():
        old = base.get(field)
        if isinstance(value, list) and isinstance(old, list | tuple) and _identity(value):
            mine = {entry[_identity(value)]: entry for entry in value}
            kept = [entry for entry in old if entry[_identity(value)] not in mine]
            merged[field] = [*kept, *value]
        elif isinstance(value, dict) and isinstance(old, dict):
            words = [*old.get("words", ()), *value.get("words", ())]
            merged[field] = {**old, **value, "words": list(dict.fromkeys(words))}
        else:
            merged[field] = value
    return merged


def _identity(entries: list[Any]) -> str:
    for name in _IDENTITY:
        if entries and all(
            isinstance(entry, dict) and isinstance(entry.get(name), str | int) for entry in entries
        ):
            return name
    return ""


_L = TypeVar("_L", bound=Lexicon)


def _check(name: str, data: dict[str, Any], text: str, file: str) -> Lexicon:
    try:
        lexicon = NAMES[name].model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        line = _line_of(text, first["loc"], first.get("input"))
        raise LexiconError(f"{file}, line {line}: {where}: {first['msg']}.") from None
    _refuse_duplicates(data, text, file)
    return lexicon


def _refuse_duplicates(data: dict[str, Any], text: str, file: str) -> None:
    for field, value in data.items():
        if not isinstance(value, list | tuple):
            continue
        name = _identity(list(value))
        seen: set[object] = set()
        for entry in value:
            if name and entry[name] in seen:
                line = _line_of(text, (field,), entry[name], last=True)
                raise LexiconError(f"{file}, line {line}: {field} {entry[name]!r} stands twice.")
            seen.add(entry[name] if name else None)
    if file not in _SHIPPED_FILES:
        _refuse_double_forms(data, text, file)


def _refuse_double_forms(data: Any, text: str, file: str) -> None:
    """Refuse an entry that stands twice in one list of the user's own file."""
    if isinstance(data, dict):
        for value in data.values():
            _refuse_double_forms(value, text, file)
    elif isinstance(data, list) and all(isinstance(form, str) for form in data):
        for form in {form for form in data if data.count(form) > 1}:
            line = _line_of(text, (), form, last=True)
            raise LexiconError(f"{file}, line {line}: the entry {form!r} stands twice.")
    elif isinstance(data, list):
        for value in data:
            _refuse_double_forms(value, text, file)


def _line_of(text: str, loc: tuple[int | str, ...], value: object, last: bool = False) -> int:
    """Find the line of an offending entry: by its table header, then by its own words."""
    lines = text.splitlines()
    start = 0
    if len(loc) >= 2 and isinstance(loc[1], int):
        headers = [
            n for n, line in enumerate(lines) if re.match(rf"\[\[{loc[0]}\]\]", line.strip())
        ]
        start = headers[loc[1]] if loc[1] < len(headers) else 0
    if isinstance(value, str) and value.strip():
        hits = [n for n, line in enumerate(lines) if n >= start and f'"{value}"' in line]
        if hits:
            return (hits[-1] if last else hits[0]) + 1
    return start + 1
