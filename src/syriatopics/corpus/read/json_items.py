"""JSON as a stream of objects: lines, arrays, envelopes around an array. Damage costs one object."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, TextIO

__all__ = ["BAD", "json_objects"]

_CHUNK = 2**20
# An object longer than this is the rest of a file behind a quotation mark that nobody closed.
_LONGEST = 64 * 2**20
_BETWEEN = re.compile(r"[\s,\[\]]*+")
# Where an object can begin again behind a damaged one.
_AGAIN = re.compile(r"[}\]]\s*+,?\s*+(?=\{\s*+\")|\n\s*+(?=\{\s*+\")")
BAD = object()


def json_objects(file: TextIO, start: str = "") -> Iterator[tuple[int, Any]]:
    """Yield the objects of a text, one after the other, with the characters before each.

    What is no JSON is yielded as :data:`BAD`, and the next object is looked for.

    Parameters
    ----------
    file : text file
    start : str
        What was read of it already.
    """
    decoder = json.JSONDecoder()
    buffer, place, passed, more = start, 0, 0, True
    wanted = _CHUNK
    while True:
        place = _BETWEEN.match(buffer, place).end()  # type: ignore[union-attr]
        if more and len(buffer) - place < wanted:
            fed = file.read(wanted)
            more = bool(fed)
            passed += place
            buffer, place = buffer[place:] + fed, 0
            continue
        if place >= len(buffer) or (
            buffer[place] == "}" and not buffer[place:].strip("}] \t\r\n,")
        ):
            return
        try:
            item, end = decoder.raw_decode(buffer, place)
        except (ValueError, RecursionError):
            # It may only be cut: more is read until an object cannot be that long.
            if more and len(buffer) - place < _LONGEST and not _next(buffer, place):
                wanted = min(2 * (len(buffer) - place) + _CHUNK, _LONGEST)
                continue
            yield passed + place, BAD
            again = _next(buffer, place)
            if again is None:
                if not more:
                    return
                again = len(buffer)
            place, wanted = again, _CHUNK
            continue
        yield passed + place, item
        place, wanted = end, _CHUNK


def _next(buffer: str, place: int) -> int | None:
    found = _AGAIN.search(buffer, place + 1)
    return found.end() if found else None
