"""The names of columns: for which field each stands, however it is written."""

from __future__ import annotations

import re
from functools import cache

from syriatopics.corpus.words import line_key
from syriatopics.lexicons import load

__all__ = ["field_named", "field_names", "name_key", "names_of_field"]

_SIGNS = re.compile(r"[\W_]+")


@cache
def names_of_field(field: str) -> dict[str, int]:
    """Return the usual names of the column of a field, with their ranks."""
    known = next(entry for entry in load("shapes").field if entry.id == field)
    return {name_key(name): rank for rank, name in reversed([*enumerate(known.names)])}


@cache
def field_named(name: str) -> str | None:
    """Return the field for which a name stands, or None."""
    key = name_key(name)
    return next((e.id for e in load("shapes").field if key in names_of_field(e.id)), None)


@cache
def field_names() -> tuple[str, ...]:
    """Return the fields that a column may hold."""
    return tuple(entry.id for entry in load("shapes").field if entry.id != "section")


@cache
def name_key(name: str) -> str:
    """Return the form in which names of columns are compared."""
    parts = name.removeprefix("\ufeff").replace("\u0640", "").split(".")
    return ".".join(_SIGNS.sub("", (line_key(part) or part).casefold()) for part in parts)
