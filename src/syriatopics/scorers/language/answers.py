"""What a model answered: themes, or why it is no answer. Nothing is mended, nothing guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

__all__ = ["Answer", "is_whole", "read_answer"]

_FENCE = re.compile(r"^[ \t]*```(?:json)?[ \t]*\n(.*?)\n[ \t]*```[ \t]*$", re.DOTALL | re.MULTILINE)
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

    Thoughts that a model puts before it are passed over; an object in the one fence of code of an answer
    counts, whatever is said around it. A broken object is not mended, since an answer that was cut in
    the middle would become a shorter one.

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
    if found is None:
        # What a model says to itself comes before its answer, and may hold objects too.
        thought = text.lower().rfind(_THOUGHT)
        answer = text[thought + len(_THOUGHT) :] if thought >= 0 else text
        fenced = _FENCE.findall(answer)
        found = _object(fenced[0] if len(fenced) == 1 else answer)
    if not isinstance(found, dict) or set(found) - {"themes", "reason"} or "themes" not in found:
        return Answer("malformed")
    themes = found["themes"]
    if not isinstance(themes, list) or any(not isinstance(t, str) or t not in ids for t in themes):
        return Answer("malformed")
    return Answer("answered", tuple(t for t in ids if t in themes))


def _object(text: str) -> Any:
    """Return the JSON of an answer; None where it is none."""
    try:
        return json.loads(text, object_pairs_hook=_once_each, parse_constant=_none)
    except (ValueError, RecursionError):
        return None


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)


def _none(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
