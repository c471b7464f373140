"""Articles that are in memory: a DataFrame, a list of dicts, a list of texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from syriatopics.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Held", "rows_in_memory"]

Held: TypeAlias = "pd.DataFrame | Sequence[Mapping[str, Any]] | Sequence[str]"
_CHUNK = 1000


def rows_in_memory(
    held: Any,
) -> tuple[str, Callable[[], Iterator[tuple[str, Mapping[str, Any]]]]]:
    """Return what rows in memory are called, and a function that gives them.

    Raises
    ------
    InputError
        If they are none of the kinds that are read.
    """
    if hasattr(held, "iloc") and hasattr(held, "columns"):
        return "DataFrame", lambda: _of_frame(held)
    if isinstance(held, Sequence) and not isinstance(held, str | bytes):
        if all(isinstance(item, Mapping) for item in held):
            return "list of rows", lambda: _of_dicts(held)
        if all(isinstance(item, str) for item in held):
            return "list of texts", lambda: _of_texts(held)
    raise InputError(
        f"A corpus is read from a path, a DataFrame, a list of dicts or a list of texts, "
        f"not from a {type(held).__name__}."
    )


def _of_frame(frame: pd.DataFrame) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if frame.index.name is not None and frame.index.name not in frame.columns:
        frame = frame.reset_index()
    for start in range(0, len(frame), _CHUNK):
        rows = frame.iloc[start : start + _CHUNK].to_dict("records")
        for n, row in enumerate(rows, start=start):
            yield f"row {n}", {str(name): value for name, value in row.items()}


def _of_dicts(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for n, row in enumerate(rows):
        yield f"row {n}", {str(name): value for name, value in row.items()}


def _of_texts(texts: Sequence[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for n, text in enumerate(texts):
        yield f"text {n}", {"text": text}
