"""What names of files say: ``BBC_2018-07-23.txt``, ``enabbaladi/2016/2016-04-28_1.txt``.

A pattern is guessed from all names of a folder, said in a note, and can be given:
``{outlet}_{date}``, where ``*`` stands for what means nothing and ``/`` parts folders.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import NamedTuple

from syriatopics.corpus.documents import FIELDS, Given
from syriatopics.errors import InputError, choices

__all__ = ["NamePattern", "guess_pattern", "read_pattern"]

_SPLIT = re.compile(r"((?:[_.,()\[\]]|\s+(?=[\d(\[])|(?<=[\d)\]])\s+|\s+$|^\s+)+|-+)")
_DATES = (
    re.compile(
        r"(?<!\d)(?P<y>(?:19|20)\d\d)[-_.]?(?P<m>0[1-9]|1[0-2])[-_.]?(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"
    ),
    re.compile(
        r"(?<!\d)(?P<d>0?[1-9]|[12]\d|3[01])[-_.](?P<m>0?[1-9]|1[0-2])[-_.](?P<y>(?:19|20)\d\d)(?!\d)"
    ),
)
_DATE_FORMS = r"(?:\d{4}[-_.]?\d{2}[-_.]?\d{2}|\d{1,2}[-_.]\d{1,2}[-_.]\d{4}|\d{4}[-_.]\d{2}|\d{4})"
_MOSTLY = 0.8
_LOOKED_AT = 2000
_PLACE = re.compile(r"\{(\w+)\}|\*")
_NAME = re.compile(r"[^\W\d_]{2,}(?:[ -][^\W\d_]+)*")


class NamePattern(NamedTuple):
    """A pattern of names.

    Attributes
    ----------
    text : str
        As people write it.
    fields : tuple of str
    match : re.Pattern
        Of a path without its ending.
    """

    text: str
    fields: tuple[str, ...]
    match: re.Pattern[str]

    def read(self, inside: str) -> dict[str, Given]:
        """Return what the name of a file says; nothing where it does not fit."""
        found = self.match.fullmatch(_bare(inside))
        if found is None:
            return {}
        given = {}
        for field in self.fields:
            value = found[field].strip(" _-.")
            if field == "date_printed":
                value = _iso(value) or value
            if value:
                given[field] = Given(value, f"name of the file: {self.text}")
        return given


def read_pattern(text: str) -> NamePattern:
    """Read a pattern that somebody gives.

    Raises
    ------
    InputError
        If it names no field, or one that is none.

    Examples
    --------
    >>> read_pattern("{outlet}_{date}").read("BBC_2018-07-23.txt")["date_printed"].value
    '2018-07-23'
    """
    fields = ["date_printed" if name == "date" else name for name in re.findall(r"\{(\w+)\}", text)]
    if text == "*":
        return NamePattern(text, (), re.compile(r"(?!)"))
    wrong = [name for name in fields if name not in FIELDS]
    if wrong or not fields or len(set(fields)) < len(fields):
        said = (
            f"{wrong[0]!r} is no field of an article"
            if wrong
            else "it names no field, or one twice"
        )
        raise InputError(
            f"filenames={text!r}: {said}. Fields: {choices(('date', *FIELDS))}, as in '{{outlet}}_{{date}}'."
        )
    pattern, position = "", 0
    for place in _PLACE.finditer(text):
        pattern += re.escape(text[position : place.start()])
        name = "date_printed" if place[1] == "date" else place[1]
        if name is None:
            pattern += "[^/]*?"
        else:
            pattern += rf"(?P<{name}>{_DATE_FORMS if name == 'date_printed' else '[^/]+?'})"
        position = place.end()
    pattern += re.escape(text[position:])
    # A pattern without folders speaks of the name alone.
    return NamePattern(
        text, tuple(fields), re.compile(pattern if "/" in text else rf"(?:.*/)?{pattern}")
    )


def guess_pattern(names: Sequence[str], is_outlet: Callable[[str], bool]) -> NamePattern | None:
    """Guess where outlet and date stand in the names of files, or return None.

    Parameters
    ----------
    names : sequence of str
        Paths inside the folder.
    is_outlet : function
        Whether a name is that of a known outlet.
    """
    paths = [_bare(name) for name in names[:_LOOKED_AT]]
    shapes = Counter(map(_shape, paths))
    if not shapes:
        return None
    shape, n = shapes.most_common(1)[0]
    rows = [_parts(path) for path in paths if _shape(path) == shape]
    rest = ""
    if n < _MOSTLY * len(paths):
        rows, rest = _to_the_date(paths), "*"
        if len(rows) < _MOSTLY * len(paths):
            return _of_some(paths, is_outlet)
    text = "".join(_guessed(list(zip(*rows, strict=True)), is_outlet)) + rest
    text = re.sub(r"\*(?:[^{}/*]*\*)+", "*", text)
    return read_pattern(text) if "{" in text else None


def _of_some(paths: Sequence[str], is_outlet: Callable[[str], bool]) -> NamePattern | None:
    """Return the pattern of names that hold a day and a known outlet, among others that do not."""
    shaped: dict[object, list[list[str]]] = {}
    for path in paths:
        parts = _parts(path)
        if any(map(_iso, parts)) and any(is_outlet(part) for part in parts):
            shaped.setdefault(_shape(path), []).append(parts)
    if not shaped:
        return None
    rows = max(shaped.values(), key=len)
    text = "".join(_guessed(list(zip(*rows, strict=True)), is_outlet))
    return read_pattern(text) if "{outlet}" in text and "{date}" in text else None


def _to_the_date(paths: Sequence[str]) -> list[list[str]]:
    """Return the parts up to the date of the names that are alike so far; what is behind it differs."""
    rows = []
    for path in paths:
        parts = _parts(path)
        dated = next((n for n, part in enumerate(parts) if _iso(part)), None)
        if dated is not None:
            rows.append(parts[: dated + 1])
    if not rows:
        return []
    width = Counter(map(len, rows)).most_common(1)[0][0]
    return [row for row in rows if len(row) == width]


def _guessed(columns: list[tuple[str, ...]], is_outlet: Callable[[str], bool]) -> Iterator[str]:
    """Yield the pieces of a pattern: the same sign in all names, a field, or anything."""
    dated = next((n for n, held in enumerate(columns) if all(map(_iso, held))), None)
    outlet = _outlet_place(columns, dated, is_outlet)
    for place, held in enumerate(columns):
        if place == dated:
            yield "{date}"
        elif place == outlet:
            yield "{outlet}"
        elif place % 2 and len(set(held)) == 1:
            yield held[0]
        else:
            yield "*"


def _outlet_place(
    columns: list[tuple[str, ...]], dated: int | None, is_outlet: Callable[[str], bool]
) -> int | None:
    places = [n for n, held in enumerate(columns) if n % 2 == 0 and all(map(_NAME.fullmatch, held))]
    for place in places:
        known = sum(map(is_outlet, set(columns[place])))
        if known >= _MOSTLY * len(set(columns[place])):
            return place
    # Unknown names: beside a date, and each in several files.
    for place in places if dated is not None else ():
        if 1 < len(set(columns[place])) <= len(columns[place]) / 2:
            return place
    return None


def _bare(name: str) -> str:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.with_suffix("").as_posix() if path.suffix else path.as_posix()


def _parts(path: str) -> list[str]:
    """Cut a path into parts and what stands between them, dates in one part."""
    parts: list[str] = []
    for place, piece in enumerate(path.split("/")):
        parts += ["/"] if place else []
        match = next((m for pattern in _DATES if (m := pattern.search(piece))), None)
        if match is None:
            parts += _cut(piece)
        else:
            parts += _before(piece[: match.start()])
            parts.append(match.group())
            parts += _behind(piece[match.end() :])
    return parts


def _cut(piece: str) -> list[str]:
    return _SPLIT.split(piece)


def _before(piece: str) -> list[str]:
    found = _cut(piece) if piece else []
    if found and found[-1] == "":
        return found[:-1]
    return [*found, ""] if found else []


def _behind(piece: str) -> list[str]:
    found = _cut(piece) if piece else []
    if found and found[0] == "":
        return found[1:]
    return ["", *found] if found else []


def _shape(path: str) -> tuple[object, ...]:
    """Return what names have in common that are made alike: signs and kinds of parts."""
    return tuple(
        part if place % 2 else "date" if _iso(part) else "name" if _NAME.fullmatch(part) else "any"
        for place, part in enumerate(_parts(path))
    )


def _iso(text: str) -> str | None:
    for pattern in _DATES:
        if match := pattern.fullmatch(text):
            try:
                return date(int(match["y"]), int(match["m"]), int(match["d"])).isoformat()
            except ValueError:
                return None
    return None
