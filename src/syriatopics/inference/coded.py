"""Passages that were coded elsewhere, read from a file."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.corpus.read.opening import open_text
from syriatopics.errors import InputError, choices
from syriatopics.files import LARGEST_TEXT
from syriatopics.inference.codings import COLUMNS, SAMPLE, Codings
from syriatopics.lexicons import load
from syriatopics.lexicons.schema import Themes

__all__ = ["read_coded"]

_TEXT, _ID, _ARTICLE = ("text", "passage"), ("passage_id", "pid", "id"), ("article_id",)
_CODES = ("themes", "codes", "coder_a")
_NO_CHANCE = (
    "The file says nothing of how its passages were drawn (no column probability): all are taken to have "
    "had the same chance."
)


def read_coded(
    path: str | Path, *, codes: str | None = None, themes: Themes | None = None
) -> Codings:
    """Read passages that were coded elsewhere from a csv or jsonl file.

    Parameters
    ----------
    path : path
        Columns ``text`` (or ``passage``), ``article_id``, ``passage_id`` (or ``pid``), and the codes: ids
        of themes, as a list in jsonl, separated by spaces, commas or semicolons in csv. Where there are
        ``outlet``, ``date``, ``coder`` and ``probability``, the chance of being drawn, they are kept.
    codes : str, optional
        The column of the codes; by default ``themes``, ``codes`` or ``coder_a``.
    themes : Themes, optional
        Which themes there are; by default the shipped ones.

    Returns
    -------
    Codings

    Raises
    ------
    InputError
        If the file, a column or a theme is not there, or a coder has decided a passage twice; the
        message names file and line.
    """
    path = Path(path)
    codebook = load("themes") if themes is None else themes
    rows = list(_rows(path))
    if not rows:
        raise InputError(f"{path}: no coded passage.")
    first = rows[0][1]
    wanted = (codes,) if codes else _CODES
    names = {
        "text": _column(path, first, _TEXT),
        "article_id": _column(path, first, _ARTICLE),
        "themes": _column(path, first, wanted),
    }
    found = next((n for n in _ID if n in first), None)
    made = [_decided(path, line, row, names, found, codebook.ids) for line, row in rows]
    table = pd.DataFrame(made)
    twice = table.duplicated(["passage_id", "coder"])
    if twice.any():
        line = rows[int(np.flatnonzero(twice)[0])][0]
        name = table["passage_id"][twice].iloc[0]
        raise InputError(f"{path}, line {line}: passage {name!r} stands twice.")
    notes = [] if "probability" in first else [_NO_CHANCE]
    sample = table.drop_duplicates("passage_id", ignore_index=True)
    return Codings(
        table=table[list(COLUMNS)].sort_values(["passage_id", "coder"], ignore_index=True),
        sample=sample[list(SAMPLE)],
        themes=tuple(codebook.ids),
        labels={theme.id: theme.en for theme in codebook.theme},
        notes=tuple(notes),
        design="given",
    )


def _decided(
    path: Path,
    line: int,
    row: dict[str, Any],
    names: dict[str, str],
    found: str | None,
    known: list[str],
) -> dict[str, Any]:
    """Return a row of a file as a decision, with what the sample wants to know of its passage."""
    said = _themes(row.get(names["themes"]))
    strange = next((theme for theme in said if theme not in known), None)
    if strange is not None:
        raise InputError(f"{path}, line {line}: no theme {strange!r}. Themes: {choices(known)}.")
    text = str(row.get(names["text"]) or "")
    if not text.strip():
        raise InputError(f"{path}, line {line}: the passage has no text.")
    return {
        "passage_id": str(row[found]) if found else f"{path.stem}:{line}",
        "article_id": str(row[names["article_id"]]),
        "coder": str(row.get("coder") or "coder"),
        "themes": " ".join(said),
        "time": str(row.get("time") or ""),
        "note": str(row.get("note") or ""),
        "outlet": row.get("outlet") or None,
        "date": pd.to_datetime(row.get("date"), errors="coerce"),
        "text": text,
        "stratum": str(row.get("stratum") or "all"),
        "probability": _chance(path, line, row),
    }


def _chance(path: Path, line: int, row: dict[str, Any]) -> float:
    if "probability" not in row:
        return 1.0
    try:
        chance = float(row["probability"])
    except (TypeError, ValueError):
        chance = math.nan
    if not 0 < chance <= 1:
        raise InputError(
            f"{path}, line {line}: probability {row['probability']!r} is not in (0, 1]."
        )
    return chance


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        file = io.StringIO(open_text(path, 16 * LARGEST_TEXT), newline="")
        if path.suffix == ".csv":
            reader = csv.DictReader(file)
            yield from ((reader.line_num, row) for row in reader)
            return
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield number, _object(path, number, line)
    except FileNotFoundError:
        raise InputError(f"No file of coded passages at {path}.") from None
    except csv.Error as error:
        raise InputError(f"{path}: not a csv or jsonl file: {error}.") from None


def _object(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"{path}, line {number}: no JSON: {error.msg}.") from None
    if not isinstance(row, dict):
        raise InputError(
            f"{path}, line {number}: a JSON object is needed, not {type(row).__name__}."
        )
    return row


def _column(path: Path, row: dict[str, Any], names: tuple[str, ...]) -> str:
    found = next((name for name in names if name in row), None)
    if found is None:
        raise InputError(
            f"{path}, line 1: no column {' or '.join(map(repr, names))}. Columns: {choices(row)}."
        )
    return found


def _themes(value: object) -> list[str]:
    if isinstance(value, list):
        return [str(theme) for theme in value]
    return [theme for theme in re.split(r"[\s,;|]+", str(value or "")) if theme]
