"""Scores from a table of the user's own: joined by id, never by position."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from syriatopics import extras
from syriatopics.corpus import Passages
from syriatopics.corpus.read.opening import open_text
from syriatopics.errors import InputError, choices
from syriatopics.files import LARGEST_TEXT

__all__ = ["Joined", "joined", "read_table"]

_IDS = ("passage_id", "article_id")
_LABELS = ("labels", "label", "themes", "theme", "codes")
_YES = {"true", "yes", "y", "1", "1.0", "نعم"}
_NO = {"false", "no", "n", "0", "0.0", "لا"}
_UNKNOWN = {"", "nan", "na", "none", "null", "<na>"}
_NAMED = 3
_FLOAT = re.compile(r"\d+\.0")


_LISTS = (list, tuple, np.ndarray)


class Joined(NamedTuple):
    """A table brought into the order of passages.

    Attributes
    ----------
    table : DataFrame of float
        Index: passage id; NaN where the table says nothing.
    notes : list of str
    """

    table: pd.DataFrame
    notes: list[str]


def read_table(path: str | Path) -> pd.DataFrame:
    """Read a table; every cell of a csv is text, so that ids keep their zeros.

    Raises
    ------
    InputError
        If there is none, or it cannot be read.
    """
    path = Path(path)
    kind = path.suffix.lower()
    try:
        if kind in (".csv", ".tsv", ".txt"):
            text = open_text(path, 16 * LARGEST_TEXT)
            separator = max(",;\t", key=text.partition("\n")[0].count)
            return pd.read_csv(io.StringIO(text), sep=separator, dtype=str, keep_default_na=False)
        if kind == ".parquet":
            return pd.read_parquet(path)
        if kind in (".xlsx", ".xls", ".ods"):
            extras.load("python_calamine", "A spreadsheet of scores", "save it as csv")
            return pd.read_excel(path, engine="calamine", dtype=object)
    except FileNotFoundError:
        raise InputError(f"No table of scores at {path}.") from None
    except (OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:200]
        raise InputError(f"{path} cannot be read as a table: {reason}.") from None
    raise InputError(f"{path.name}: a table of scores is a .csv, .xlsx or .parquet file.")


def joined(
    table: pd.DataFrame | str | Path,
    passages: Passages,
    *,
    values: str | Sequence[str] | None = None,
    labels: str | None = None,
    id: str | None = None,
) -> Joined:
    """Bring a table of scores into the order of passages; see :meth:`Scores.from_table`."""
    where = f"{table}: " if isinstance(table, str | Path) else ""
    rows = table if isinstance(table, pd.DataFrame) else read_table(table)
    name, rows = _identified(rows, id, where)
    known = passages.table
    if name not in known:
        raise InputError(f"{where}the passages have no column {name!r} to join by.")
    if labels is None and values is None:
        labels = next((n for n in _LABELS if n in rows and not _is_numeric(rows[n])), None)
    wide = (
        _wide(rows, name, values, where)
        if labels is None
        else _spread(rows, name, labels, values, where)
    )
    here = pd.Index(known[name].astype(str))
    if not wide.index.isin(here).any() and all(_FLOAT.fullmatch(i) for i in wide.index):
        # Whole numbers beside an empty cell are floats to spreadsheets and to pandas.
        wide.index = wide.index.str.removesuffix(".0")
    strange = wide.index.difference(here)
    if len(strange) == len(wide):
        raise InputError(
            f"{where}none of {len(wide):,} ids of column {name!r} is of these passages, such as "
            f"{str(strange[0])!r}; theirs are such as {str(here[0])!r}."
            if len(wide) and len(here)
            else f"{where}there is nothing to join: {len(wide)} ids, {len(here)} passages."
        )
    notes = _notes(wide, here, strange, name)
    found = wide.reindex(here)
    found.index = pd.Index(known["passage_id"], name="passage_id")
    return Joined(found, notes)


def _identified(rows: pd.DataFrame, id: str | None, where: str) -> tuple[str, pd.DataFrame]:
    """Return the name of the id and the rows with it as a column of text."""
    if rows.index.name in _IDS and rows.index.name not in rows:
        rows = rows.reset_index()
    rows = rows.rename(columns=lambda column: str(column).strip())
    name = id or next((n for n in _IDS if n in rows), None)
    if name is None or name not in rows:
        raise InputError(
            f"{where}no column {name or 'passage_id or article_id'!r} to join by. "
            f"Columns: {choices(rows.columns)}."
        )
    if name not in _IDS:
        rows, name = rows.rename(columns={name: "passage_id"}), "passage_id"
    ids = rows[name]
    empty = _said(ids).isin(_UNKNOWN)
    if empty.any():
        raise InputError(
            f"{where}row {int(np.flatnonzero(empty)[0]) + 1} has no {name}: every row wants one."
        )
    return name, rows.assign(**{name: ids.astype(str).str.strip()})


def _wide(
    rows: pd.DataFrame, name: str, values: str | Sequence[str] | None, where: str
) -> pd.DataFrame:
    """Return a row per id and a column per theme, of a table that is so already."""
    twice = rows[name][rows[name].duplicated()].unique()
    if len(twice):
        raise InputError(
            f"{where}{len(twice):,} ids stand twice in column {name!r}, such as "
            f"{_some(twice)}: a passage has one row, or give labels= for a long table."
        )
    columns = _columns(rows, name, values, where)
    return pd.DataFrame(
        {column: _numbers(rows, name, column, where) for column in columns}
    ).set_axis(pd.Index(rows[name]), axis=0)


def _columns(
    rows: pd.DataFrame, name: str, values: str | Sequence[str] | None, where: str
) -> list[str]:
    if values is not None:
        wanted = [values] if isinstance(values, str) else list(values)
        missing = next((column for column in wanted if column not in rows), None)
        if missing is not None:
            raise InputError(
                f"{where}no column {missing!r} of scores. Columns: {choices(rows.columns)}."
            )
        return wanted
    found = [c for c in rows if c not in _IDS and c != name and _is_numeric(rows[c])]
    if not found:
        raise InputError(
            f"{where}no column holds numbers in [0, 1], yes or no, or labels. Columns: "
            f"{choices(rows.columns)}: name them with values= or labels=."
        )
    return found


def _is_numeric(column: pd.Series[Any]) -> bool:
    """Say whether every cell is a number in [0, 1], yes or no, or empty."""
    numbers = _read(column)
    known = ~_said(column).isin(_UNKNOWN)
    inside = numbers.between(0, 1)
    return bool(known.any() and inside[known].all())


def _said(column: pd.Series[Any]) -> pd.Series[str]:
    cells = [
        str(cell).strip().lower() if isinstance(cell, _LISTS) or pd.notna(cell) else ""
        for cell in column
    ]
    return pd.Series(cells, index=column.index, dtype=object)


def _read(column: pd.Series[Any]) -> pd.Series[float]:
    said = _said(column)
    numbers = pd.to_numeric(said.str.replace(",", ".", regex=False), errors="coerce")
    return numbers.astype(float).mask(said.isin(_YES), 1.0).mask(said.isin(_NO), 0.0)


def _numbers(rows: pd.DataFrame, name: str, column: str, where: str) -> np.ndarray[Any, Any]:
    numbers = _read(rows[column])
    said = _said(rows[column])
    wrong = (~numbers.between(0, 1)) & ~said.isin(_UNKNOWN)
    if wrong.any():
        at = int(np.flatnonzero(wrong)[0])
        raise InputError(
            f"{where}{str(rows[column].iloc[at])!r} in column {column!r}, {name} {rows[name].iloc[at]!r}: "
            "a score is a number in [0, 1], true or false, yes or no, or empty."
        )
    return np.asarray(numbers, dtype=np.float64)


def _spread(
    rows: pd.DataFrame, name: str, labels: str, values: str | Sequence[str] | None, where: str
) -> pd.DataFrame:
    """Return a row per id and a column per label, of labels in one column, in one row or several."""
    if labels not in rows:
        raise InputError(
            f"{where}no column {labels!r} of labels. Columns: {choices(rows.columns)}."
        )
    weight = np.ones(len(rows))
    if values is not None:
        column = values if isinstance(values, str) else next(iter(values))
        _columns(rows, name, column, where)
        weight = _numbers(rows, name, column, where)
    cells = [_cut(cell) for cell in rows[labels]]
    long = pd.DataFrame(
        [
            (i, label, w)
            for i, cell, w in zip(rows[name], cells, weight, strict=True)
            for label in cell or ()
        ],
        columns=[name, "label", "value"],
    )
    twice = long[long.duplicated([name, "label"])]
    if len(twice):
        one = twice.iloc[0]
        raise InputError(
            f"{where}{len(twice):,} pairs of id and label stand twice, such as "
            f"{one[name]!r} with {one['label']!r}."
        )
    if long.empty:
        raise InputError(f"{where}column {labels!r} holds no label.")
    order = sorted(set(long["label"]))
    unknown = 0.0 if values is None else np.nan
    wide = long.pivot(index=name, columns="label", values="value")[order]
    silent = {i for i, cell in zip(rows[name], cells, strict=True) if cell is None}
    wide = wide.reindex(pd.Index(rows[name].unique())).fillna(unknown)
    # An empty cell is "not labelled", which is not "none of them".
    wide.loc[wide.index.isin(silent - set(long[name]))] = np.nan
    return wide.rename_axis(columns=None)


def _cut(cell: Any) -> list[str] | None:
    """Return the labels of a cell; none of them where it says "none" or "-"; None where it is empty."""
    if isinstance(cell, _LISTS):
        return list(dict.fromkeys(str(label).strip() for label in cell))
    text = str(cell).strip()
    if text.startswith(("[", "{")) and (listed := _listed(text)) is not None:
        return _cut(listed)
    if text.lower() in ("none", "-", "[]", "{}"):
        return []
    if cell is None or text.lower() in _UNKNOWN:
        return None
    for mark in ";|،,":
        text = text.replace(mark, "\n")
    return [part.strip() for part in text.splitlines() if part.strip()]


def _listed(text: str) -> list[Any] | None:
    """Return a list that stands in a cell, as tools for annotation and pandas write it; None for no list."""
    for said in (text, text.replace("'", '"')):
        try:
            found = json.loads(said)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            found = found.get("choices")
        return found if isinstance(found, list) else None
    return None


def _notes(wide: pd.DataFrame, here: pd.Index[Any], strange: pd.Index[Any], name: str) -> list[str]:
    notes = [f"Scores from a table of {len(wide):,} rows, joined by {name}."]
    if name == "article_id":
        notes.append("Every passage has the scores of its article.")
    if len(strange):
        notes.append(
            f"{len(strange):,} ids of the table are of no passage here, such as {_some(strange)}."
        )
    silent = here.difference(wide.index[wide.notna().all(axis=1)])
    if len(silent):
        notes.append(
            f"{len(silent):,} of {here.nunique():,} ids are not in the table, or without a score, such "
            f"as {_some(silent)}: they are missing, which is not no, and count nowhere."
        )
    return notes


def _some(names: Any) -> str:
    return ", ".join(repr(str(name)) for name in sorted(map(str, names))[:_NAMED])
