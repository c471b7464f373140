"""A sidecar: what a reader knows of the articles, which stands above what the pages say."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from syriatopics.corpus.documents import FIELDS, Given
from syriatopics.corpus.parse.printed import parse_date
from syriatopics.corpus.read.dialect import find_dialect, read_rows
from syriatopics.corpus.read.headings import name_key, names_of_field
from syriatopics.corpus.read.opening import open_text
from syriatopics.errors import CorpusError, choices
from syriatopics.files import relative_name
from syriatopics.records import DATE_STATUSES, PRODUCTIONS

__all__ = ["Sidecar", "read_sidecar"]

Fields = dict[str, Given]


class Sidecar:
    """What a reader knows, by article id or by file.

    Attributes
    ----------
    path : Path or None
    by_id, by_file : dict of str to dict of str to Given
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self.by_id: dict[str, Fields] = {}
        self.by_file: dict[str, Fields] = {}
        self._used: set[str] = set()

    def of(self, article_id: str, file: str) -> Fields:
        """Return what is known of an article, or nothing."""
        for known, name in ((self.by_file, file), (self.by_id, article_id)):
            if name in known:
                self._used.add(name)
                return known[name]
        return {}

    def unused(self) -> list[str]:
        """Return the articles that nobody asked for."""
        return sorted({*self.by_id, *self.by_file} - self._used)


def read_sidecar(path: str | Path) -> Sidecar:
    """Read a metadata file.

    Parameters
    ----------
    path : path
        A ``.csv`` with a column ``article_id`` or ``file`` (a path inside the folder of the
        corpus) and columns of :data:`FIELDS`, or a ``.toml`` with a table per article whose
        fields are values or ``{ value = …, evidence = … }``.

    Raises
    ------
    CorpusError
        If the file is missing, has unknown fields, dates that cannot be read, or paths that
        lead out of the folder; the message names them and the place.
    """
    path = Path(path)
    if not path.is_file():
        raise CorpusError(f"No metadata file at {path}.")
    text = open_text(path, error=CorpusError)
    rows = _toml_rows(text, path) if path.suffix == ".toml" else _csv_rows(text, path)
    sidecar = Sidecar(path)
    for place, article_id, fields in rows:
        file = fields.pop("file", None)
        known, name = (sidecar.by_id, article_id)
        if file is not None:
            known, name = (sidecar.by_file, relative_name(file.value, place, CorpusError))
        if name in known:
            raise CorpusError(f"{place}: {name!r} stands twice in {path.name}.")
        _check(fields, place)
        known[name] = fields
    return sidecar


def _check(fields: Mapping[str, Given], place: str) -> None:
    unknown = sorted(set(fields) - set(FIELDS))
    if unknown:
        raise CorpusError(f"{place}: unknown field {unknown[0]!r}. Fields: {choices(FIELDS)}.")
    for field, allowed in (("production", PRODUCTIONS), ("date_status", DATE_STATUSES)):
        if field in fields and fields[field].value not in allowed:
            raise CorpusError(
                f"{place}: {field} {fields[field].value!r} is not known. Choices: {choices(allowed)}."
            )
    if "date_printed" in fields and parse_date(fields["date_printed"].value) is None:
        raise CorpusError(
            f"{place}: the date {fields['date_printed'].value!r} cannot be read. "
            "Write it as 2016-07-27 or 2016-07-27T11:50."
        )
    days = {}
    for field in ("event_start", "event_end"):
        if field in fields:
            try:
                days[field] = datetime.fromisoformat(fields[field].value).date()
            except ValueError:
                raise CorpusError(
                    f"{place}: {field} {fields[field].value!r} is no date. Write it as 2016-07-15."
                ) from None
    if len(days) == 2 and days["event_end"] < days["event_start"]:
        raise CorpusError(
            f"{place}: event_end {days['event_end']} is before event_start {days['event_start']}."
        )


def _toml_rows(text: str, path: Path) -> Iterator[tuple[str, str, Fields]]:
    try:
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CorpusError(f"{path}: not a TOML file: {error}.") from None
    for article_id, table in content.items():
        if not isinstance(table, dict):
            raise CorpusError(f"{path}: {article_id} is no table of an article.")
        fields = {name: _given(value, path) for name, value in table.items()}
        yield f"{path} [{article_id}]", article_id, fields


def _given(value: Any, path: Path) -> Given:
    if isinstance(value, Mapping):
        return Given(_text(value.get("value")), str(value.get("evidence", path.name)))
    return Given(_text(value), path.name)


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _field_of(column: str) -> str:
    """Return the field that a column of a sidecar names, by the names that tables know."""
    key = name_key(column.strip())
    known = (field for field in ("article_id", *FIELDS) if key in names_of_field(field))
    return next(known, column.strip())


def _csv_rows(text: str, path: Path) -> Iterator[tuple[str, str, Fields]]:
    dialect = find_dialect(io.StringIO(text, newline=""))
    columns = [_field_of(name) for name in dialect.names] if dialect else []
    if dialect is None or ("article_id" not in columns and "file" not in columns):
        raise CorpusError(f"{path}: no column 'article_id'. Columns here: {choices(columns)}.")
    for number, row, problem in read_rows(io.StringIO(text, newline=""), dialect):
        place = f"{path}, line {number}"
        if problem is not None:
            raise CorpusError(f"{place}: {problem}.")
        values = dict(zip(columns, row.values(), strict=True))
        fields = {
            name: Given(value.strip(), path.name)
            for name, value in values.items()
            if name != "article_id" and value and value.strip()
        }
        yield place, (values.get("article_id") or "").strip(), fields
