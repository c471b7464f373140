"""What a model answered: themes, or why it is no answer. Nothing is mended, nothing guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

__all__ = ["Answer", "is_whole", "read_answer"]

_FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(.*)\n\s*```\s*\Z", re.DOTALL)
_THOUGHT = "</think>"
# What services say of an answer that was ended before its end, or held back.
_CUT = {"length", "max_tokens", "MAX_TOKENS", "model_length"}
_REFUSED = {"content_filter", "refusal", "safety", "SAFETY"}


class Answer(NamedTuple):
    """An answer as it counts.

    Attributes
    ----------
    status : {"answered", "malformed", "cut", "refused"}
        Only what is answered says anything; the others are missing, which is not "none".
    themes : tuple of str
    """

    status: str
    themes: tuple[str, ...] = ()


def is_whole(finish: str) -> bool:
    """Say whether a service says that an answer was neither cut nor held back."""
    return finish not in _CUT and finish not in _REFUSED


def read_answer(text: str, ids: Sequence[str], finish: str = "stop") -> Answer:
    """Read an answer by its schema: one object, ``{"themes": [ids]}``.

    A fence of code around it is taken off, and thoughts that a model puts before it. A broken object is
    not mended, since an answer that was cut in the middle would become a shorter one.

    Parameters
    ----------
    text : str
    ids : sequence of str
        The themes that there are; an answer that names another one says nothing.
    finish : str
        Why the model ended.

    Examples
    --------
    >>> read_answer('{"themes": ["aid"]}', ["aid", "war"])
    Answer(status='answered', themes=('aid',))
    >>> read_answer('{"themes": ["aid"', ["aid", "war"]).status
    'malformed'
    """
    if finish in _CUT:
        return Answer("cut")
    if finish in _REFUSED:
        return Answer("refused")
    found = _object(text)
    if found is None and (thought := text.lower().rfind(_THOUGHT)) >= 0:
        # What a model says to itself comes before its answer, and may hold objects too.
        found = _object(text[thought + len(_THOUGHT) :])
    if not isinstance(found, dict) or set(found) - {"themes", "reason"} or "themes" not in found:
        return Answer("malformed")
    themes = found["themes"]
    if not isinstance(themes, list) or any(not isinstance(t, str) or t not in ids for t in themes):
        return Answer("malformed")
    return Answer("answered", tuple(t for t in ids if t in themes))


def _object(text: str) -> Any:
    """Return the JSON of an answer, without the fence around it; None where it is none."""
    fenced = _FENCE.match(text)
    try:
        return json.loads(
            fenced.group(1) if fenced else text, object_pairs_hook=_once_each, parse_constant=_none
        )
    except (ValueError, RecursionError):
        return None


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)


def _none(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
