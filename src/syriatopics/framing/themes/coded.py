"""Coded passages: what people say a passage is about."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.corpus.read.opening import open_text
from syriatopics.errors import InputError, choices
from syriatopics.files import LARGEST_TEXT
from syriatopics.framing.themes.lexicon import load_themes
from syriatopics.lexicons.schema import Themes

__all__ = ["Coded", "load_coded"]

_TEXT, _ID, _ARTICLE = ("text", "passage"), ("passage_id", "pid", "id"), ("article_id",)
_CODES = ("themes", "codes", "coder_a")


@dataclass(frozen=True, eq=False)
class Coded:
    """Passages with the themes that a coder gave them.

    Attributes
    ----------
    codes : DataFrame of bool
        Index: passage id; a column per theme.
    texts : list of str
    article : ndarray of str
        The article of each passage: passages of one article are never parted.
    """

    codes: pd.DataFrame
    texts: list[str]
    article: np.ndarray[Any, Any]

    def __len__(self) -> int:
        return len(self.texts)

    def take(self, rows: np.ndarray[Any, Any]) -> Coded:
        """Return these rows."""
        return Coded(self.codes.iloc[rows], [self.texts[n] for n in rows], self.article[rows])


def load_coded(
    path: str | Path, *, codes: str | None = None, themes: Themes | None = None
) -> Coded:
    """Read coded passages from a csv or jsonl file.

    Parameters
    ----------
    path : path
        Columns ``text`` (or ``passage``), ``article_id``, ``passage_id`` (or ``pid``), and the codes: ids
        of themes, as a list in jsonl, separated by spaces, commas or semicolons in csv.
    codes : str, optional
        The column of the codes; by default ``themes``, ``codes`` or ``coder_a``.
    themes : Themes, optional
        Which themes there are; by default the shipped ones.

    Returns
    -------
    Coded

    Raises
    ------
    InputError
        If the file, a column or a theme is not there; the message names file and line.
    """
    path = Path(path)
    known = (load_themes() if themes is None else themes).ids
    rows = list(_rows(path))
    if not rows:
        raise InputError(f"{path}: no coded passage.")
    line, first = rows[0]
    wanted = (codes,) if codes else _CODES
    text, article, said = (_column(path, first, names) for names in (_TEXT, _ARTICLE, wanted))
    name = next((n for n in _ID if n in first), None)
    table = np.zeros((len(rows), len(known)), dtype=bool)
    for n, (line, row) in enumerate(rows):
        for theme in _themes(row.get(said)):
            if theme not in known:
                raise InputError(
                    f"{path}, line {line}: no theme {theme!r}. Themes: {choices(known)}."
                )
            table[n, known.index(theme)] = True
        if not str(row.get(text) or "").strip():
            raise InputError(f"{path}, line {line}: the passage has no text.")
    ids = [str(row[name]) if name else f"{path.stem}:{line}" for line, row in rows]
    return Coded(
        codes=pd.DataFrame(table, index=pd.Index(ids, name="passage_id"), columns=known),
        texts=[str(row[text]) for _, row in rows],
        article=np.array([str(row[article]) for _, row in rows]),
    )


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
