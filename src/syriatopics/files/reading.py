"""Reading no more than can be held: a bound for a file, and for a line of one that is longer."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, AnyStr

from syriatopics.errors import InputError
from syriatopics.escaping import whole
from syriatopics.files.paths import require_file

__all__ = ["LARGEST_TEXT", "bounded_lines", "parse_json", "read_bounded", "read_json", "read_toml"]

# Of one text: a page, a line, a field. A long book has 2 MB; what is longer is no article, and
# takes some fifty times its size in memory when it is cut into passages.
LARGEST_TEXT = 10 * 2**20
# Of what we write ourselves: a manifest, a task, a register of a million entries.
_LARGEST_OWN = 256 * 2**20
# Where JSON may hold half a character: written as such, or as an escape.
_HALVES = re.compile("[\ud800-\udfff]|\\\\u[dD][89a-fA-F]")
_HALVES_IN_BYTES = re.compile(rb"\xed[\xa0-\xbf]|\\u[dD][89a-fA-F]")


def bounded_lines(
    file: IO[AnyStr], longest: int = LARGEST_TEXT
) -> Iterator[tuple[int, AnyStr | None]]:
    r"""Yield the lines of a file with their numbers; None stands for a line that is too long.

    Parameters
    ----------
    file : file
        Opened as text, or as bytes; of an archive, what it unpacks.
    longest : int
        Characters or bytes of a line, its end included. No more than that is ever held.

    Yields
    ------
    number : int
        From 1.
    line : str, bytes or None
        With its end, as iterating over the file gives it.

    Examples
    --------
    >>> import io
    >>> list(bounded_lines(io.StringIO("a\nbcdef\ng"), longest=3))
    [(1, 'a\n'), (2, None), (3, 'g')]
    """
    number = 0
    while line := file.readline(longest + 1):
        number += 1
        if len(line) <= longest:
            yield number, line
            continue
        while line and not _ends(line):
            line = file.readline(longest)
        yield number, None


def _ends(line: str | bytes) -> bool:
    last = line[-1:]
    return last in ("\n", "\r") if isinstance(last, str) else last == b"\n"


def read_bounded(
    path: Path, longest: int = LARGEST_TEXT, error: type[InputError] = InputError
) -> bytes:
    """Return the content of a file, if it is a file and not longer than a bound.

    Parameters
    ----------
    path : Path
    longest : int
        In bytes.
    error : type
        What is raised.

    Raises
    ------
    InputError
        If it is a pipe or a device, or longer.
    OSError
        If it cannot be read.
    """
    require_file(path, error)
    with path.open("rb") as file:
        content = file.read(longest + 1)
    if len(content) > longest:
        raise error(
            f"{path} holds {path.stat().st_size >> 20} MB; at most {longest >> 20} are read."
        )
    return content


def parse_json(content: str | bytes) -> Any:
    """Return what JSON from elsewhere says, without halves of characters."""
    found = json.loads(content)
    halves = _HALVES if isinstance(content, str) else _HALVES_IN_BYTES
    return _whole(found) if halves.search(content) else found  # type: ignore[arg-type]


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, dict):
        return {whole(name): _whole(held) for name, held in value.items()}
    return [_whole(held) for held in value] if isinstance(value, list) else value


def read_json(path: Path, error: type[InputError] = InputError) -> Any:
    """Return what a JSON file holds.

    Raises
    ------
    InputError
        If it is no JSON in UTF-8, nested too deeply, too large, or no file; `error` is raised.
    FileNotFoundError
        If it is not there.
    """
    content = read_bounded(path, _LARGEST_OWN, error)
    try:
        return parse_json(content)
    except (ValueError, RecursionError) as failure:
        raise error(f"{path} cannot be read as JSON: {_said(failure)}.") from None


def read_toml(path: Path, error: type[InputError] = InputError) -> tuple[dict[str, Any], str]:
    """Return what a TOML file holds, and its text.

    Raises
    ------
    InputError
        As in :func:`read_json`.
    FileNotFoundError
        If it is not there.
    """
    try:
        text = read_bounded(path, error=error).decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        place = f"byte {failure.object[failure.start]:#x} at offset {failure.start}"
        raise error(f"{path}: not a text file in UTF-8: {place}.") from None
    try:
        return tomllib.loads(text), text
    except (ValueError, RecursionError) as failure:
        raise error(f"{path}: not a TOML file: {_said(failure)}.") from None


def _said(failure: Exception) -> str:
    if isinstance(failure, RecursionError):
        return "nested too deeply"
    return " ".join(str(failure).split())[:200].rstrip(".")
