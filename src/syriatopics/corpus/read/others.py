"""What becomes of the columns that hold no field: they are kept under their names, or left out and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from syriatopics.corpus.read.headings import name_key
from syriatopics.corpus.read.survey import Profile

__all__ = ["other_columns"]

# Names that the tables of a corpus have already.
_TAKEN = frozenset((
    "article_id", "outlet", "title", "author", "translator", "origin", "production", "genre", "url",
    "date_printed", "date_precision", "event_start", "event_end", "date_status", "n_words",
    "n_passages", "passage_id", "date", "date_start", "date_end", "text", "start", "end", "part",
    "evidence", "index", "group", "n_scored", "position", "weight", "theme", "topic", "voice", "label",
    "referent",
))  # fmt: skip
# A longer text than this in one row after the other is carried along by no table.
_LONGEST_KEPT = 2000


def other_columns(
    profiles: Mapping[str, Profile], doubled: Collection[str] = ()
) -> tuple[dict[str, str], dict[str, str]]:
    """Say which of the columns without a field are kept.

    Parameters
    ----------
    profiles : mapping of str to Profile
        These columns, and what they hold.
    doubled : collection of str
        Keys of columns that say again what others say.

    Returns
    -------
    kept : dict of str to str
        With the names under which they stand in the tables of the corpus.
    dropped : dict of str to str
        With the reason.
    """
    kept: dict[str, str] = {}
    dropped: dict[str, str] = {}
    names = set(_TAKEN)
    for column, held in profiles.items():
        why = _left_out(column, held, doubled)
        if why is not None:
            dropped[column] = why
            continue
        name = column.strip().removeprefix("\ufeff")
        while name in names:
            name = f"given_{name}"
        names.add(name)
        kept[column] = name
    return kept, dropped


def _left_out(column: str, held: Profile, doubled: Collection[str]) -> str | None:
    if not held.filled:
        return "empty"
    if name_key(column) in doubled:
        return "says again what other columns say"
    nameless = column.lower().startswith(("column ", "unnamed"))
    if held.counter and held.looked > 1 and nameless:
        return "counts the rows"
    if held.mean_characters > _LONGEST_KEPT:
        return f"too long to be kept beside the text: {held.mean_characters:,.0f} characters"
    return None
