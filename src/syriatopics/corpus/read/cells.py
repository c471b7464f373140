"""What stands in a cell: text, pieces of a text, a value, or nothing."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from syriatopics.escaping import whole

__all__ = ["flat", "is_blank", "plain", "said", "text_of"]

# What programs write where there is nothing.
_NOTHING = frozenset((
    "", "nan", "none", "null", "nat", "n/a", "na", "#n/a", "<na>", "nil", "undefined", "\\n", "-", "--", "—",
    "[deleted]", "[removed]", "[]", "{}", "[none]", "['']", "[\"\"]",
))  # fmt: skip
_LONGEST_NOTHING = max(map(len, _NOTHING))
_DEEPEST = 4
_LONGEST_LIST = 2 * 2**20
# By these keys a record in a list says who or what it is.
_CALLED = ("text", "paragraph", "name", "title", "label", "value", "rendered", "content")


def flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row whose nested values stand beside the others: ``{"source.name": …}``.

    Examples
    --------
    >>> flat({"source": {"name": "a", "id": None}, "n": 1})
    {'source.name': 'a', 'source.id': None, 'n': 1}
    """
    nested = any(isinstance(value, dict) for value in row.values())
    found = dict(_leaves(row, "", _DEEPEST)) if nested else dict(row)
    # A name is text from elsewhere, as its value is.
    return {whole(name) if isinstance(name, str) else name: v for name, v in found.items()}


def _leaves(row: Mapping[str, Any], above: str, deeper: int) -> Iterator[tuple[str, Any]]:
    for name, value in row.items():
        while isinstance(value, dict) and len(value) == 1 and next(iter(value), "")[:1] == "$":
            (value,) = value.values()  # MongoDB: {"$oid": …}, {"$date": {"$numberLong": …}}
        if isinstance(value, dict) and value and deeper:
            yield from _leaves(value, f"{above}{name}.", deeper - 1)
        else:
            yield f"{above}{name}", value


def is_blank(value: Any) -> bool:
    """Say whether a cell holds nothing, or a word by which programs say so."""
    if isinstance(value, str):
        return len(value) <= _LONGEST_NOTHING and value.strip().lower() in _NOTHING
    return (
        value is None
        or (isinstance(value, list | tuple | dict | bytes) and not value)
        or (isinstance(value, float | date) and value != value)  # NaN, and pandas's NaT
    )


def text_of(value: Any) -> str:
    r"""Return the text of a cell; pieces are joined by blank lines, runs of a line by nothing.

    Examples
    --------
    >>> text_of(["أ", "ب"])
    'أ\n\nب'
    >>> text_of("['أ', 'ب']")
    'أ\n\nب'
    """
    if isinstance(value, str):
        held = _listed(value)
        return whole(value) if held is None else text_of(held)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, list | tuple):
        return ("" if _is_run(value) else "\n\n").join(filter(str.strip, map(text_of, value)))
    if isinstance(value, dict):
        called = [value[name] for name in _CALLED if isinstance(value.get(name), str)]
        return whole(called[0]) if called else text_of(list(value.values()))
    return ""


def _is_run(pieces: list[Any] | tuple[Any, ...]) -> bool:
    """Say whether strings stand between records of marked text, as Telegram writes a message."""
    return any(isinstance(p, dict) and "type" in p and "text" in p for p in pieces)


def said(value: Any) -> str:
    """Return what a cell says, as text; "" where it says nothing.

    Lists are joined by commas, also where they were written as text (``"['a', 'b']"``).
    """
    if is_blank(value):
        return ""
    if isinstance(value, str):
        held = _listed(value)
        return whole(value).replace("\ufeff", "").strip() if held is None else said(held)
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(said, value)))
    if isinstance(value, dict):
        return next((said(value[name]) for name in reversed(_CALLED) if said(value.get(name))), "")
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace").strip()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value).strip()


def plain(value: Any) -> str | int | float | bool | None:
    """Return a value as a column of a table holds it: a number, a truth, text or nothing."""
    if is_blank(value):
        return None
    if isinstance(value, bool | int):
        return value if abs(value) < 2**63 else str(value)
    if isinstance(value, float):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return said(value) or None


def _listed(text: str) -> list[Any] | tuple[Any, ...] | None:
    """Return the list that was written as text, or None."""
    if not (
        text.startswith(("[", "(")) and text.endswith(("]", ")")) and len(text) < _LONGEST_LIST
    ):
        return None
    if text[1:2] not in ("'", '"', "]", "{", "[") and not text.startswith('["'):
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        try:
            found = ast.literal_eval(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            return None
    if isinstance(found, list | tuple) and all(isinstance(v, str | dict | list) for v in found):
        return found
    return None
