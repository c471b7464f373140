"""Which column of a table holds which field: asked for, or guessed from the usual names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from syriatopics.errors import CorpusError, choices

__all__ = ["check_columns", "map_columns"]

# The usual names of the columns, the surest first. Compared in lower case.
_USUAL: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "article_text", "maintext", "النص", "نص"),
    "article_id": ("article_id", "id", "doc_id", "document_id", "uid", "guid"),
    "title": ("title", "headline", "العنوان", "عنوان"),
    "outlet": ("outlet", "source", "publisher", "newspaper", "site", "media", "المصدر", "الصحيفة"),
    "date_printed": (
        "date_printed",
        "date",
        "published",
        "publish_date",
        "date_publish",
        "pubdate",
        "datetime",
        "created",
        "التاريخ",
        "تاريخ",
    ),
    "author": ("author", "authors", "byline", "الكاتب"),
    "translator": ("translator",),
    "origin": ("origin", "agency", "credit"),
    "production": ("production",),
    "url": ("url", "link", "uri", "الرابط"),
    "event_start": ("event_start",),
    "event_end": ("event_end",),
    "date_status": ("date_status",),
}


def check_columns(columns: Mapping[str, str | None] | None) -> dict[str, str | None]:
    """Return the columns asked for, or say which field is none."""
    asked = dict(columns or {})
    unknown = sorted(set(asked) - set(_USUAL))
    if unknown:
        raise CorpusError(
            f"columns: {unknown[0]!r} is no field of an article. Fields: {choices(_USUAL)}."
        )
    return asked


def map_columns(
    path: Path, columns: Sequence[str], asked: Mapping[str, str | None]
) -> tuple[dict[str, str], str | None]:
    """Say which column holds which field.

    Parameters
    ----------
    path : Path
        The table, for messages.
    columns : sequence of str
        The columns that are there.
    asked : mapping of str to str or None
        Field to column where the user said so; None leaves a field out.

    Returns
    -------
    mapping : dict of str to str
        Field to column.
    note : str or None
        What was guessed.

    Raises
    ------
    CorpusError
        If a column asked for is missing, or none holds the text.
    """
    lower = {column.lower().strip().removeprefix("\ufeff"): column for column in reversed(columns)}
    mapping: dict[str, str] = {}
    for field, usual in _USUAL.items():
        if field in asked:
            column = asked[field]
            if column is not None and column not in columns:
                raise CorpusError(
                    f"{path}: no column {column!r} for {field}. Columns here: {choices(columns)}."
                )
            if column is not None:
                mapping[field] = column
        elif hit := next((lower[name] for name in usual if name in lower), None):
            mapping[field] = hit
    if "text" not in mapping:
        raise CorpusError(
            f"{path}: no column holds the text. Columns here: {choices(columns)}. "
            "Say which with columns={'text': …}."
        )
    guessed = [f"{f} from {c!r}" for f, c in mapping.items() if f not in asked]
    note = f"{path.name}: columns guessed: {', '.join(guessed)}." if guessed else None
    return mapping, note
