"""Are the numbers of a manuscript still those of the study?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from syriatopics.errors import InputError, choices
from syriatopics.escaping import one_line
from syriatopics.files import read_bounded
from syriatopics.publish.formats import FORMATS, Format, Found
from syriatopics.publish.model import Paper, Table

__all__ = ["Checked", "compare"]

_MOST = 200_000_000


@dataclass(frozen=True)
class Checked:
    """What a manuscript and the study have in common, and where they differ.

    Attributes
    ----------
    n_numbers, n_cells : int
        How many numbers, and cells of tables, were compared.
    n_absent : int
        How many numbers of the study the manuscript does not hold: an author leaves out.
    differences : tuple of str
        One line each.
    """

    n_numbers: int
    n_cells: int
    n_absent: int
    differences: tuple[str, ...]


def compare(file: Path, paper: Paper) -> Checked:
    """Compare a manuscript with the paper that the study would make now.

    Parameters
    ----------
    file : Path
        The manuscript, as an author has edited it.
    paper : Paper

    Raises
    ------
    InputError
        If the file is of no format that is known, or cannot be read.
    """
    form = FORMATS.get(file.suffix.removeprefix("."))
    if form is None:
        raise InputError(f"{file}: its ending is none of {choices(FORMATS)}.")
    found = form.read(read_bounded(file, _MOST))
    numbers = {form.key(number.anchor): number for number in paper.numbers.values()}
    lines = [
        f"{file.name}: {anchor} is {one_line(shown)!r}, in the study {numbers[anchor].shown!r} "
        f"({numbers[anchor].source})"
        if anchor in numbers
        else f"{file.name}: {anchor} is {one_line(shown)!r}, and no number of the study"
        for anchor, all_shown in found.numbers.items()
        for shown in all_shown
        if anchor not in numbers or shown != form.number(numbers[anchor].shown)
    ]
    lines += _tables(file, form, found, paper)
    return Checked(
        sum(map(len, found.numbers.values())),
        sum(len(row) for rows in found.tables.values() for row in rows),
        len(numbers.keys() - found.numbers.keys()),
        tuple(lines),
    )


def _tables(file: Path, form: Format, found: Found, paper: Paper) -> Iterator[str]:
    tables = {form.key(name): table for name, table in paper.tables.items()}
    for name, rows in found.tables.items():
        if name not in tables:
            yield f"{file.name}: the study has no table {name}"
        else:
            yield from _cells(file, tables[name], rows, form.cells(tables[name]))


def _cells(
    file: Path, table: Table, rows: list[tuple[str, ...]], expected: list[tuple[str, ...]]
) -> Iterator[str]:
    where = f"{file.name}: table {table.name}"
    if [len(row) for row in rows] != [len(row) for row in expected]:
        yield f"{where} has another form: {len(rows)} rows, in the study {len(expected)}"
        return
    for at, (row, right) in enumerate(zip(rows, expected, strict=True)):
        for header, cell, truth in zip(table.header, row, right, strict=True):
            if " ".join(cell.split()) != " ".join(truth.split()):
                yield (
                    f"{where}, row {at}, {header}: {one_line(cell)!r}, in the study {truth!r} "
                    f"({table.name}.csv)"
                )
