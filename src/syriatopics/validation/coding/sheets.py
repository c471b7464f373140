"""Sheets: the same task in a spreadsheet, out and back, with every error named by file and line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from syriatopics.arabic import clean
from syriatopics.corpus.read.opening import csv_rows, open_text
from syriatopics.errors import InputError, choices
from syriatopics.escaping import from_cell, to_bytes, to_cell
from syriatopics.files import LARGEST_TEXT, write_atomically
from syriatopics.validation.coding.decisions import Log, coder_name

if TYPE_CHECKING:
    from syriatopics.validation.coding.task import CodingTask

__all__ = [
    "add_answer",
    "read_rows",
    "read_theme_sheet",
    "record_new",
    "sheet_coder",
    "write_rows",
    "write_theme_sheet",
]

_HEAD = ("coder", "task", "passage_id")
_READ, _TEXT, _NOTE = "read", "text", "note"
# A spreadsheet makes a number of what it takes for one.
_WHOLE = re.compile(r"(?<=^[01])[.,٫]0+$")
_YES, _NO = (
    frozenset({"1", "x", "yes", "true", "نعم", "✓"}),
    frozenset({"", "0", "no", "false", "لا"}),
)


def write_theme_sheet(task: CodingTask, path: Path, coder: str) -> None:
    """Write a sheet: a row per passage, a column per theme, what was decided so far filled in.

    Raises
    ------
    InputError
        If the file exists: it may hold somebody's work.
    """
    held = task.log(coder).decisions
    rows = []
    for row in task.sample.itertuples():
        decision = held.get(row.passage_id)
        answer = decision.answer if decision else ()
        rows.append(
            [coder, task.fingerprint[:16], row.passage_id, row.text]
            + ["1" if theme in answer else "" for theme in task.theme_ids]
            + ["1" if decision else "", decision.note if decision else ""]
        )
    write_rows(path, [*_HEAD, _TEXT, *task.theme_ids, _READ, _NOTE], rows)


def read_theme_sheet(task: CodingTask, path: Path, coder: str | None = None) -> int:
    """Record what a filled sheet says, if all of it is right; see `CodingTask.import_sheet`."""
    rows = list(read_rows(path, required=(*_HEAD, _READ)))
    log = task.log(sheet_coder(rows, coder, path))
    known = (*_HEAD, _TEXT, _READ, _NOTE, *task.theme_ids)
    if strange := [name for name in rows[0][1] if name not in known]:
        raise InputError(
            f"{path}, line 1: no theme {strange[0]!r}. Themes: {choices(task.theme_ids)}."
        )
    found: dict[str, tuple[tuple[str, ...], str]] = {}
    for line, row in rows:
        where = f"{path}, line {line}"
        if row["task"] != task.fingerprint[:16]:
            raise InputError(
                f"{where}: a sheet of the corpus {row['task']!r}; the task is of "
                f"{task.fingerprint[:16]!r}."
            )
        answer = tuple(t for t in task.theme_ids if _marked(row.get(t, ""), where, t))
        if _marked(row[_READ], where, _READ):
            add_answer(found, log, row["passage_id"], answer, row.get(_NOTE, ""), where)
        elif answer:
            raise InputError(f"{where}: themes are marked, but {_READ!r} is not: write 1 there.")
    return record_new(log, found)


def add_answer(
    found: dict[str, tuple[tuple[str, ...], str]],
    log: Log,
    item: str,
    answer: tuple[str, ...],
    note: str,
    where: str,
) -> None:
    """Add an answer of a sheet, if the task has such an item and it did not stand there before."""
    log.check(item, answer, where)
    if item in found:
        raise InputError(f"{where}: {item!r} stands twice.")
    found[item] = answer, note


def record_new(log: Log, found: Mapping[str, tuple[tuple[str, ...], str]]) -> int:
    """Record the decisions that the log does not hold already, and return their number."""
    held = log.decisions
    new = 0
    for item, (answer, note) in found.items():
        if item in held and (held[item].answer, held[item].note) == (answer, note):
            continue
        log.record(item, answer, note)
        new += 1
    return new


def write_rows(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write a csv that spreadsheets open as UTF-8, and take no text in it for a formula."""
    if path.exists():
        raise InputError(f"{path} exists, and may hold somebody's work: name a new file.")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([[to_cell(value) for value in row] for row in rows])
    write_atomically(path, to_bytes("\ufeff" + out.getvalue()))


def read_rows(path: Path, required: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a sheet with the line on which each ends.

    Raises
    ------
    InputError
        If it cannot be read, or a column or a cell is missing.
    """
    try:
        text = open_text(path, 4 * LARGEST_TEXT)
    except FileNotFoundError:
        raise InputError(f"No sheet at {path}.") from None
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}.") from None
    reader = csv_rows(text)
    try:
        missing = [name for name in required if name not in (reader.fieldnames or ())]
        if missing:
            raise InputError(
                f"{path}, line 1: no column {missing[0]!r}. "
                f"Columns: {choices(reader.fieldnames or ())}."
            )
        for row in reader:
            where = f"{path}, line {reader.line_num}"
            # Spreadsheets leave blank rows behind, and columns without a name.
            over = [*(row.pop(None, None) or []), *([row.pop("")] if "" in row else [])]
            if any(map(_is_filled, over)):
                raise InputError(f"{where}: {over!r:.60} stands in a column without a name.")
            if not any(map(_is_filled, row.values())):
                continue
            if any(value is None for value in row.values()):
                raise InputError(f"{where}: not {len(reader.fieldnames or ())} cells.")
            yield reader.line_num, {name: from_cell(value.strip()) for name, value in row.items()}
    except csv.Error as error:
        raise InputError(f"{path}, line {reader.line_num}: {error}.") from None


def sheet_coder(
    rows: Sequence[tuple[int, Mapping[str, str]]], coder: str | None, path: Path
) -> str:
    """Return whose sheet it is: `coder` if given, else the one that its rows name."""
    if not rows:
        raise InputError(f"{path} holds no row.")
    first = rows[0][1]["coder"]
    for line, row in rows if coder is None else ():
        if row["coder"] != first:
            raise InputError(
                f"{path}, line {line}: a sheet is of one coder; this one names "
                f"{choices((first, row['coder']))}."
            )
    return coder_name(first if coder is None else coder)


def _is_filled(cell: str | None) -> bool:
    return cell is not None and bool(cell.strip())


def _marked(value: str, where: str, column: str) -> bool:
    mark = clean(value).strip().lower()
    mark = _WHOLE.sub("", mark)
    if mark in _YES:
        return True
    if mark in _NO:
        return False
    raise InputError(f"{where}: {column!r} is {value!r}; write 1, or leave it empty.")
