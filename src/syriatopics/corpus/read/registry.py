"""The registry: which reader is for what. A module in ``formats`` is found by standing there."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from importlib.metadata import entry_points
from typing import cast

from syriatopics.corpus.read import formats
from syriatopics.corpus.read.contract import Reader, Sure
from syriatopics.corpus.read.piece import Piece
from syriatopics.errors import CorpusError, InputError

__all__ = ["ENTRY_POINTS", "kinds", "reader_of", "readers", "register"]

# A package of the user's own names its readers under this group, for every process to find.
ENTRY_POINTS = "syriatopics.readers"
_own: list[Reader] = []
# What people keep articles in and nobody reads here: how to get out of it.
WAYS_OUT = {
    ".doc": "save it as .docx",
    ".wpd": "save it as .docx",
    ".pages": "save it as .docx",
    ".pptx": "save it as .pdf",
    ".7z": "unpack it to a folder",
    ".rar": "unpack it to a folder",
    ".rds": "write it as csv or parquet",
    ".rdata": "write it as csv or parquet",
    ".sav": "write it as csv or parquet",
    ".dta": "write it as csv or parquet",
    ".feather": "write it as parquet",
    ".db": "write it as csv or jsonl",
    ".sqlite": "write it as csv or jsonl",
    ".mdb": "write it as csv or jsonl",
    ".pkl": "write it as csv or parquet: a pickle can run code when it is opened",
    ".pickle": "write it as csv or parquet: a pickle can run code when it is opened",
}


def readers() -> tuple[Reader, ...]:
    """Return all readers: the user's own, those of installed packages, those shipped."""
    return (*_own, *_shipped())


@cache
def _shipped() -> tuple[Reader, ...]:
    found = [point.load() for point in entry_points(group=ENTRY_POINTS)]
    modules = sorted(m.name for m in pkgutil.iter_modules(formats.__path__))
    found += [importlib.import_module(f"{formats.__name__}.{module}") for module in modules]
    return tuple(cast(Reader, reader) for reader in found)


def register(reader: Reader) -> None:
    """Add a reader of one's own for this process; it is asked before those shipped.

    Raises
    ------
    InputError
        If it lacks a name of the contract.
    """
    lacking = [n for n in ("NAME", "KINDS", "sniff", "documents") if not hasattr(reader, n)]
    if lacking:
        raise InputError(f"{reader!r:.100} is no reader: it has no {', '.join(lacking)}.")
    if reader not in _own:
        _own.append(reader)


@cache
def kinds() -> tuple[str, ...]:
    """Return the endings of names that are read, in alphabetical order."""
    return tuple(sorted({kind for reader in _shipped() for kind in reader.KINDS}))


def reader_of(piece: Piece) -> Reader:
    """Return the reader that is surest of a piece, the first of equals.

    Raises
    ------
    CorpusError
        If none is; the message lists the kinds that are read and the way out.
    """
    if not piece.head.strip(b"\x00 \t\r\n\x0b\x0c\xef\xbb\xbf\xfe\xff"):
        raise CorpusError(f"{piece.place} is empty.")
    surest = max(readers(), key=lambda reader: reader.sniff(piece))
    if surest.sniff(piece) > Sure.NO:
        return surest
    ending = f"of kind {piece.kind!r}" if piece.kind else "without an ending"
    out = WAYS_OUT.get(piece.kind, "save it as one of these")
    raise CorpusError(
        f"{piece.place}: files {ending} are not read: {out}. Kinds: {', '.join(_all_kinds())}."
    )


def _all_kinds() -> list[str]:
    own = {kind for reader in _own for kind in reader.KINDS}
    return sorted({*kinds(), *own})
