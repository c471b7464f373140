"""A sidecar: what a reader knows of the articles, which stands above what the pages say."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from syriatopics.corpus.documents import FIELDS, Given
from syriatopics.corpus.read.encodings import decode
from syriatopics.errors import CorpusError, choices

__all__ = ["read_sidecar"]


def read_sidecar(path: str | Path) -> dict[str, dict[str, Given]]:
    """Read a metadata file.

    Parameters
    ----------
    path : path
        A ``.csv`` with a column ``article_id`` and columns of :data:`FIELDS`, or a
        ``.toml`` with a table per article whose fields are values or
        ``{ value = …, evidence = … }``.

    Returns
    -------
    dict of article id to dict of field to Given

    Raises
    ------
    CorpusError
        If the file is missing or has unknown fields; the message names them.
    """
    path = Path(path)
    if not path.is_file():
        raise CorpusError(f"No metadata file at {path}.")
    text, _ = decode(path.read_bytes(), str(path))
    rows = _toml_rows(text, path) if path.suffix == ".toml" else _csv_rows(text, path)
    found: dict[str, dict[str, Given]] = {}
    for place, article_id, fields in rows:
        if article_id in found:
            raise CorpusError(f"{place}: article {article_id!r} stands twice in {path.name}.")
        unknown = sorted(set(fields) - set(FIELDS))
        if unknown:
            raise CorpusError(f"{place}: unknown field {unknown[0]!r}. Fields: {choices(FIELDS)}.")
        found[article_id] = fields
    return found


def _toml_rows(text: str, path: Path) -> Iterator[tuple[str, str, dict[str, Given]]]:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
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


def _csv_rows(text: str, path: Path) -> Iterator[tuple[str, str, dict[str, Given]]]:
    reader = csv.DictReader(text.splitlines())
    columns = reader.fieldnames or []
    if "article_id" not in columns:
        raise CorpusError(f"{path}: no column 'article_id'. Columns here: {choices(columns)}.")
    for row in reader:
        fields = {
            name: Given(value.strip(), path.name)
            for name, value in row.items()
            if name != "article_id" and name is not None and value and value.strip()
        }
        yield f"{path}, line {reader.line_num}", row["article_id"].strip(), fields
