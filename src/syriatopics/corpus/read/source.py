"""A source: the documents of a path, whatever it holds, with what reading them needed."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

import pandas as pd

from syriatopics.corpus.documents import FIELDS, Document, Given
from syriatopics.corpus.parse.publishers import Publishers
from syriatopics.corpus.read.addresses import Addresses
from syriatopics.corpus.read.boundary import Boundary
from syriatopics.corpus.read.columns import COLUMNS, check_columns
from syriatopics.corpus.read.contract import Reading
from syriatopics.corpus.read.filenames import NamePattern, guess_pattern, read_pattern
from syriatopics.corpus.read.folders import article_files, names_of
from syriatopics.corpus.read.mending import mended
from syriatopics.corpus.read.piece import Piece, piece_of
from syriatopics.corpus.read.registry import kinds, reader_of
from syriatopics.corpus.read.sidecar import Sidecar
from syriatopics.corpus.read.tables import TableReader
from syriatopics.errors import CorpusError, choices

__all__ = ["Rows", "Source"]

Rows = Callable[[], Iterator[tuple[str, Mapping[str, Any]]]]

# A text longer than this is none that one person wrote.
_LONGEST = 10_000_000
# So many articles may have the id of another: more, and it is no id.
_FEW_AGAIN = 0.01
_WITHOUT_IDS = "columns={'article_id': None} leaves the column of ids out."


class Source:
    """The documents of a folder or file.

    Parameters
    ----------
    path : Path
    columns : mapping, optional
        Field to column of a table.
    sidecar : Sidecar, optional
        What a reader knows; it stands above what pages and columns say.
    publishers : Publishers, optional
        Who is known by host and name; by default those of the shipped list.
    on_bad : {"skip", "error"}
        Whether what cannot be read is skipped and counted, or ends the reading.
    listed : Path, optional
        A list of addresses: only pages that are on it are read, and it says more of them.
    rows : callable, optional
        Gives rows that are in memory, in the place of what stands at the path.
    filenames : str, optional
        What the names of files say (``{outlet}_{date}``); by default it is guessed from all of them.

    Attributes
    ----------
    boundary : Boundary
        What was skipped so far.
    """

    def __init__(
        self,
        path: Path,
        columns: Mapping[str, str | None] | None = None,
        sidecar: Sidecar | None = None,
        *,
        publishers: Publishers | None = None,
        on_bad: str = "skip",
        listed: Path | None = None,
        rows: Rows | None = None,
        filenames: str | None = None,
    ) -> None:
        for named in (path, listed):
            if named is not None and rows is None and not named.exists():
                raise CorpusError(f"No corpus at {named}: no such file or folder.")
        self.path = path
        self.boundary = Boundary(on_bad)
        self._reading = Reading(columns, publishers, self.boundary)
        self.publishers = self._reading.publishers
        self._sidecar = sidecar or Sidecar()
        self._folder = path if path.is_dir() else path.parent
        self._files = [path]
        self._rows = rows
        self._addresses = Addresses(listed, self._reading) if listed is not None else None
        if rows is not None:
            check_columns(columns)
        elif path.is_dir():
            metadata = self._sidecar.path.resolve() if self._sidecar.path else None
            self._files = article_files(path, self.boundary, metadata)
        else:
            self.boundary.alone = True
            reader_of(piece_of(path).unpacked)  # what is of no known kind is said at once
        self._names = self._pattern(filenames) if rows is None else None

    @property
    def notes(self) -> list[str]:
        """What was guessed or is damaged; complete when all documents are read."""
        return self._reading.notes

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that the columns of tables give, once they were met."""
        return tuple(sorted(self._reading.fields))

    def __len__(self) -> int:
        """How many documents there are at most, 0 where nobody knows."""
        if self._rows is not None:
            return 0
        if self.path.is_dir():
            return len(self._files)
        piece = piece_of(self.path).unpacked
        size = getattr(reader_of(piece), "size", None)
        return int(size(piece)) if size else 0

    def __iter__(self) -> Iterator[Document]:
        seen: dict[str, tuple[str, int]] = {}
        copies: Counter[str] = Counter()
        again: list[str] = []
        for document in self.documents():
            if document.hashed:
                # Rows that are equal in everything are numbered: without an id none is refused.
                copies[document.article_id] += 1
                if (n := copies[document.article_id]) > 1:
                    document = replace(document, article_id=f"{document.article_id}-{n}")
            text = hash(document.raw)
            place, other = seen.setdefault(document.article_id, (document.place, text))
            if place != document.place:
                reason = f"the id {document.article_id!r} stands already at {place}"
                if text == other:
                    self.boundary.skip(self.path, document.place, "stands twice, with the same id")
                    continue
                again.append(f"{document.place}: {reason}. {_WITHOUT_IDS}")
                self.boundary.skip(self.path, document.place, f"{reason}, with another text")
                continue
            yield document
        if len(again) > _FEW_AGAIN * len(seen):  # what is no id, and no damage either
            raise CorpusError(again[0])
        self._finish(bool(seen))

    def _pattern(self, given: str | None) -> NamePattern | None:
        """Return what the names of files say: as somebody gives it, or as all of them look."""
        if given is not None:
            return read_pattern(given)
        names = [file.relative_to(self._folder).as_posix() for file in self._files]
        known = self.publishers
        pattern = guess_pattern(names, lambda name: known.outlet_named(name) is not None)
        if pattern is not None:
            self._reading.note(
                f"{self.path.name}: names of files are read as {pattern.text}; filenames=… decides."
            )
        return pattern

    def documents(self) -> Iterator[Document]:
        """Yield the documents; nobody looks whether there are any, or whether ids come twice."""
        if self._rows is not None:
            piece = Piece(self.path, str(self.path), lambda: io.BytesIO(), where="")
            for document in map(mended, TableReader(piece, self._reading, self._rows)):
                yield self._with_own(document, {})
            return
        for piece in self._pieces():
            stated = _folder_fields(piece.inside) if self.path.is_dir() else {}
            for document in map(mended, self._reading.read(piece)):
                if len(document.raw) > _LONGEST:
                    reason = f"a text of more than {_LONGEST:,} characters"
                    self.boundary.skip(piece.path, document.place, reason)
                    continue
                if self._is_listed(document):
                    for note in document.notes:
                        self._reading.note(note)
                    yield self._with_own(document, {**self._named(piece, document), **stated})
        self._say_unmet()

    def _with_own(self, document: Document, stated: Mapping[str, Given]) -> Document:
        """Add what the sidecar says above the document, and what is stated below it."""
        own = self._sidecar.of(document.article_id, document.file)
        if self._addresses is not None:
            url = document.given.get("url")
            said, _ = self._addresses.of(url.value if url else None)
            stated = {**(said or {}), **stated}
        if not own and not stated:
            return document
        return replace(document, given={**stated, **document.given, **own})

    def _is_listed(self, document: Document) -> bool:
        if self._addresses is None:
            return True
        url = document.given.get("url")
        said, again = self._addresses.of(url.value if url else None)
        if said is None:
            self._reading.leave("page that is not on the list")
        elif again:
            self._reading.leave("page of an address that was met before")
        return said is not None and not again

    def _say_unmet(self) -> None:
        if self._addresses is None:
            return
        unmet = self._addresses.unmet()
        for url in unmet:
            self.boundary.skip(self._addresses.path, url, "no page of this address is kept")
        met = len(self._addresses) - len(unmet)
        name = self._addresses.path.name
        self._reading.note(
            f"{name}: {met:,} of {len(self._addresses):,} addresses have their page."
        )

    def _named(self, piece: Piece, document: Document) -> dict[str, Given]:
        """Return what the name of its file says of a document; the date of a table is none of its rows."""
        found = self._names.read(piece.inside) if self._names is not None else {}
        if found and not document.file:
            found = {name: said for name, said in found.items() if name == "outlet"}
        return found

    def skips(self) -> list[str]:
        """Say what was skipped so far, and what is no article."""
        return list(self.boundary.said(self.path.name))

    @property
    def columns(self) -> pd.DataFrame:
        """What became of each column of the tables, once they were met."""
        return pd.DataFrame(self._reading.choices, columns=list(COLUMNS))

    def unused(self) -> list[str]:
        """Return the articles of the sidecar that are not here, once all are read."""
        return self._sidecar.unused()

    def _pieces(self) -> Iterator[Piece]:
        for file, article_id in names_of(self._files, self._folder):
            piece = self.boundary.attempt(file, "", piece_of, file, self._folder, article_id)
            if piece is not None:
                yield piece

    def _finish(self, found: bool) -> None:
        if not found:
            raise CorpusError(self._why_empty())
        unused = self.unused()
        if unused:
            self.notes.append(
                f"{self._sidecar.path} speaks of articles that are not here: {choices(unused)}."
            )

    def _why_empty(self) -> str:
        skipped = self.boundary.skipped
        if len(skipped) == 1 and (skipped[0].path, skipped[0].place) == (str(self.path), ""):
            return str(skipped[0])
        why = " ".join(self.skips())[:350]
        if not why and self.path.is_dir():
            why = f"Kinds looked for: {', '.join(kinds())}."
        return f"{self.path} holds no article. {why}".rstrip()


def _folder_fields(inside: str) -> dict[str, Given]:
    """Return what names of folders such as ``outlet=alhayat`` state, as Spark writes them."""
    found = {}
    for part in PurePosixPath(inside).parts[:-1]:
        name, sign, value = part.partition("=")
        if sign and name in FIELDS:
            found[name] = Given(unquote(value), f"folder {part}")
    return found
