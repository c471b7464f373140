"""The account of a store: every row that was met is kept, skipped or refused, and it adds up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from syriatopics.corpus.read import Unread, say_unread
from syriatopics.errors import CorpusError, SyriaTopicsError, choices
from syriatopics.scale.extras import SAID
from syriatopics.scale.parts import Part
from syriatopics.scale.stages import Refused, Stage

__all__ = ["account", "both_totals", "met_notes", "parts_table"]

_SHOWN = 5


def parts_table(parts: Sequence[Part], laid: Stage) -> dict[str, Any]:
    """Say what each part held, and which parts could not be read.

    Returns
    -------
    dict
        ``parts``: ``name, rows, articles, skipped, notes, fields, unused``; ``refused_parts``:
        ``name, reason, rows`` (None where nobody knows).

    Raises
    ------
    CorpusError
        If no part holds an article.
    """
    read = [dict(made.totals) for made in laid.made]
    refused = [
        {"name": parts[part.number].name, "reason": part.reason, "rows": _rows(parts[part.number])}
        for part in laid.refused
    ]
    if not sum(part["articles"] for part in read):
        skipped = _added(part["skipped"] for part in read)
        why = [f"{n} {reason}" for reason, n in skipped.items()]
        why += [str(part["reason"]) for part in refused[:_SHOWN]]
        place = parts[0].path if len(parts) == 1 else parts[0].path.parent
        raise CorpusError(f"{place} holds no article.{' Skipped: ' if why else ''}{', '.join(why)}")
    return {"parts": read, "refused_parts": refused}


def _rows(part: Part) -> int | None:
    """Return how many rows a part says it has, though they cannot be read."""
    try:
        return len(part.open()) or None
    except (SyriaTopicsError, OSError):
        return None


def account(
    said: Mapping[str, Any], documents: Stage, read: Stage, counts: Stage
) -> dict[str, Any]:
    """Add everything up, and hold the sums against each other.

    Returns
    -------
    dict
        ``parts, refused_parts, partitions, totals, notes``.

    Raises
    ------
    CorpusError
        If a row is lost between two steps.
    """
    parts, refused_parts = said["parts"], said["refused_parts"]
    laid = {made.number: made.totals for made in documents.made}
    by_number = {made.number: made.totals for made in read.made}
    standing = {made.number for made in counts.made}
    broken = [by_number[number]["skipped"] for number in sorted(standing)]
    skipped = _added([*(part["skipped"] for part in parts), *broken])
    refused = Counter(said["order"]["refused"])
    unknown = sum(part["rows"] is None for part in refused_parts)
    if lost := sum(part["rows"] or 0 for part in refused_parts):
        refused["part cannot be read"] += lost
    planned = sum(part["articles"] for part in parts) - sum(said["order"]["refused"].values())
    met = sum(int(laid[number]["articles"]) for number in standing)
    kept = met - sum(_added(broken).values())
    if planned > met:
        refused["partition cannot be used"] += planned - met
    partitions = [
        {
            "number": made.number,
            **{name: laid[made.number][name] for name in ("first", "last")},
            **{
                name: by_number[made.number][name]
                for name in ("articles", "passages", "words", "parsed_again")
            },
            **{name: made.totals[name] for name in ("tokens", "empty")},
        }
        for made in counts.made
    ]
    totals = {
        "rows": sum(part["rows"] for part in parts) + lost,
        "kept": kept,
        "skipped": skipped,
        "refused": dict(sorted(refused.items())),
        "parts_of_unknown_size": unknown,
        **{
            name: sum(p[name] for p in partitions)
            for name in ("passages", "words", "tokens", "empty")
        },
        **{name: _added(by_number[n][name] for n in sorted(standing)) for name in SAID},
        "terms": int(counts.made[0].totals["terms"]),
    }
    _check(totals, parts, {n: (laid[n], by_number[n]) for n in standing})
    notes = [*_notes(said, skipped), *_broken(read), *_unread(read)]
    notes += met_notes(totals)
    notes += _left_out(documents, read, counts)
    return {
        "parts": parts,
        "refused_parts": refused_parts,
        "partitions": partitions,
        "totals": totals,
        "notes": notes,
    }


def met_notes(totals: Mapping[str, Any]) -> list[str]:
    """Say how many articles are flagged, and in how many something was put right."""
    flagged, repaired = totals["flagged"].items(), totals["repaired"].items()
    return [
        *(f"Articles flagged as {kind!r}: {n:,}." for kind, n in flagged),
        *(f"Articles in which was put right, {kind}: {n:,}." for kind, n in repaired),
    ]


def both_totals(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Add up the totals of two stores of one vocabulary."""
    found = {
        name: _added([value, other[name]]) if isinstance(value, Mapping) else value + other[name]
        for name, value in one.items()
    }
    return {**found, "terms": one["terms"]}


def _check(
    totals: Mapping[str, Any],
    parts: Sequence[Mapping[str, Any]],
    partitions: Mapping[int, tuple[Mapping[str, Any], Mapping[str, Any]]],
) -> None:
    """Hold each sum against what was counted independently of it."""
    accounted = totals["kept"] + sum(totals["skipped"].values()) + sum(totals["refused"].values())
    sums = [("rows of all parts", totals["rows"], accounted)]
    sums += [
        (f"rows of {part['name']}", part["rows"], part["articles"] + sum(part["skipped"].values()))
        for part in parts
    ]
    sums += [
        (
            f"articles of partition {number}",
            laid["articles"],
            read["articles"] + sum(read["skipped"].values()),
        )
        for number, (laid, read) in sorted(partitions.items())
    ]
    for name, one, other in sums:
        if one != other:
            raise CorpusError(
                f"The {name} do not add up: {one:,} were met, {other:,} are accounted for."
            )


def _added(counts: Iterator[Mapping[str, int]] | Sequence[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for part in counts:
        total.update(part)
    return dict(sorted(total.items()))


def _notes(said: Mapping[str, Any], skipped: Mapping[str, int]) -> Iterator[str]:
    parts = said["parts"]
    every = list(dict.fromkeys(note for part in parts for note in part["notes"]))
    yield from every[: _SHOWN * 4]
    if len(every) > _SHOWN * 4:
        yield f"{len(every) - _SHOWN * 4:,} notes more on single parts stand in the manifest."
    for reason, n in skipped.items():
        yield f"{n:,} skipped: {reason}."
    yield from _different_columns(parts)
    for part in said["refused_parts"]:
        size = "an unknown number of" if part["rows"] is None else f"{part['rows']:,}"
        yield f"{part['name']} is left out, with {size} rows: {part['reason']}"
    yield from said["order"]["notes"]
    unused = set.intersection(*(set(part["unused"]) for part in parts)) if parts else set()
    if unused:
        yield f"The metadata speak of articles that are not here: {choices(unused)}."


def _different_columns(parts: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Say which parts lack a column that others have: their articles lack the field."""
    filled = [part for part in parts if part["articles"]]
    every = sorted({field for part in filled for field in part["fields"]})
    for field in every:
        without = [part for part in filled if field not in part["fields"]]
        if without:
            names = ", ".join(part["name"] for part in without[:_SHOWN])
            more = f" and {len(without) - _SHOWN} more" if len(without) > _SHOWN else ""
            n = sum(part["articles"] for part in without)
            yield f"No column for {field} in {names}{more}: {n:,} articles are without it."


def _broken(read: Stage) -> Iterator[str]:
    """Say which texts broke the parser, with their places."""
    every = [note for made in read.made for note in made.totals["skips"]]
    yield from every[:_SHOWN]
    if len(every) > _SHOWN:
        yield f"Such articles are in {len(every) - _SHOWN:,} partitions more."


def _unread(read: Stage) -> Iterator[str]:
    fields: dict[str, tuple[str, int]] = {}
    for made in read.made:
        for field, (first, n) in made.totals["unread"].items():
            before = fields.get(field, (first, 0))
            fields[field] = (before[0], before[1] + n)
    return say_unread(Unread(fields, read.total("in_future")))


def _left_out(*stages: Stage) -> Iterator[str]:
    for stage in stages:
        for refused in stage.refused:
            yield _said(refused)


def _said(refused: Refused) -> str:
    return f"Partition {refused.number} is left out: {refused.reason}"
