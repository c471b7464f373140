"""The contract of a reader, and what it is handed.

A reader is one module (or object) with four names::

    NAME = "Telegram"                    # how messages call the format
    KINDS = (".json",)                   # the endings of names it is for
    def sniff(piece) -> Sure: ...        # whether these bytes are of its format
    def documents(piece, reading): ...   # yields a Document for each article

``sniff`` looks at ``piece.name``, ``piece.head`` (bytes) and ``piece.sample`` (text) and opens
nothing more than it must. ``documents`` reads as a stream and holds no more than one article;
where it needs the whole file, ``piece.read()`` gives it within bounds. What it cannot read it
hands to ``reading.skip`` or lets fail inside ``reading.attempt``: the rest is read all the same.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import IntEnum
from typing import ParamSpec, Protocol, TypeVar, runtime_checkable

from syriatopics.corpus.documents import Document
from syriatopics.corpus.parse.publishers import Publishers, load_publishers
from syriatopics.corpus.read.boundary import Boundary
from syriatopics.corpus.read.piece import Piece
from syriatopics.errors import CorpusError

__all__ = ["DEEPEST_ARCHIVE", "Reader", "Reading", "Sure", "quietly"]

_T = TypeVar("_T")
_P = ParamSpec("_P")
DEEPEST_ARCHIVE = 3


class Sure(IntEnum):
    """How sure a reader is that bytes are of its format; the surest reader reads them."""

    NO = 0
    NAMED = 1
    """The name says so, and nothing in the bytes speaks against it."""
    SHAPED = 2
    """The bytes have the form: a web page, a list of JSON."""
    KNOWN = 3
    """The bytes bear the mark of the one program that writes them so."""


@runtime_checkable
class Reader(Protocol):
    """A reader of one format; a module fulfils it as it stands."""

    NAME: str
    KINDS: tuple[str, ...]

    def sniff(self, piece: Piece) -> Sure:
        """Say how sure it is that the piece is of its format."""
        ...

    def documents(self, piece: Piece, reading: Reading) -> Iterator[Document]:
        """Yield the articles of a piece."""
        ...


class Reading:
    """What a reader is handed: what the user asked for, and where it says what it met.

    Attributes
    ----------
    columns : mapping of str to str or None
        Field to column of a table, where the user said so.
    publishers : Publishers
        Who is known by host and name.
    boundary : Boundary
    notes : list of str
    fields : set of str
        The fields that the columns of tables gave.
    choices : list of (str, str, str)
        What became of the columns of tables: ``column, as, why``.
    """

    def __init__(
        self,
        columns: Mapping[str, str | None] | None = None,
        publishers: Publishers | None = None,
        boundary: Boundary | None = None,
    ) -> None:
        self.columns = dict(columns or {})
        self.publishers = load_publishers() if publishers is None else publishers
        self.boundary = boundary or Boundary()
        self.notes: list[str] = []
        self.fields: set[str] = set()
        self.choices: list[tuple[str, str, str]] = []

    @contextmanager
    def looking(self) -> Iterator[tuple[Boundary, list[str]]]:
        """Read a source to see what it holds: what is skipped or said meanwhile is only handed out."""
        kept = self.boundary, self.notes
        self.boundary, self.notes = Boundary(), []
        try:
            yield self.boundary, self.notes
        finally:
            self.boundary, self.notes = kept

    def choose(self, choices: Iterable[tuple[str, str, str]]) -> None:
        """Say what became of the columns of a table: ``column, as, why``."""
        self.choices += [(c, f, w) for c, f, w in choices if (c, f, w) not in self.choices]

    def note(self, text: str) -> None:
        """Say what reading needed: a guess, an encoding."""
        if text not in self.notes:
            self.notes.append(text)

    def skip(self, piece: Piece, where: str, reason: str) -> None:
        """Count an article that cannot be read, and go on."""
        self.boundary.skip(piece.path, ", ".join(filter(None, (piece.where, where))), reason)

    def leave(self, kind: str, n: int = 1) -> None:
        """Count what is no article and was none of the user's: an image, a robots.txt."""
        self.boundary.left[kind] += n

    def attempt(
        self, piece: Piece, where: str, work: Callable[_P, _T], *args: _P.args, **kw: _P.kwargs
    ) -> _T | None:
        """Do a work on one article; where it fails the article is skipped, and None given."""
        place = ", ".join(filter(None, (piece.where, where)))
        return self.boundary.attempt(piece.path, place, work, *args, **kw)

    def read(self, piece: Piece) -> Iterator[Document]:
        """Yield the articles of a piece, whatever its format is."""
        # The registry imports the readers, and these import this module.
        from syriatopics.corpus.read.registry import reader_of

        yield from self.boundary.each(self._read(piece, reader_of), piece.path, piece.where)

    def _read(self, piece: Piece, reader_of: Callable[[Piece], Reader]) -> Iterator[Document]:
        if piece.depth > DEEPEST_ARCHIVE:
            raise CorpusError(f"{piece.place}: an archive in more than {DEEPEST_ARCHIVE} others.")
        opened = piece.unpacked
        yield from self.through(reader_of(opened), opened)

    def through(self, reader: Reader, piece: Piece) -> Iterator[Document]:
        """Yield what a reader finds in a piece; that it finds nothing is never silent."""
        before = self._account()
        n = 0
        for document in reader.documents(piece, self):
            n += 1
            yield document
        if piece.damage:
            self.skip(piece, "", f"file ends early: {piece.damage}")
        if not n and self._account() == before:
            self.skip(piece, "", f"no article that is whole ({reader.NAME})")

    def _account(self) -> tuple[int, int]:
        return self.boundary.counts.total(), self.boundary.left.total()


@contextmanager
def quietly() -> Iterator[None]:
    """Keep the warnings of a library to itself: they may print bytes of the articles."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
