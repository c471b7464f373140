"""A source: the documents of a path, whatever it holds, with what reading them needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from syriatopics.corpus.documents import Document
from syriatopics.corpus.parse.publishers import Publishers, load_publishers
from syriatopics.corpus.read.encodings import decode
from syriatopics.corpus.read.folders import ARCHIVES, PAGES, TABLES, TEXTS, article_files, names_of
from syriatopics.corpus.read.pages import LARGEST_PAGE, page_document
from syriatopics.corpus.read.sidecar import Sidecar
from syriatopics.corpus.read.tables import TableReader
from syriatopics.corpus.read.webarchives import WebArchiveReader
from syriatopics.errors import CorpusError, choices

__all__ = ["Source"]

_PACKED = tuple(f"{ending}.gz" for ending in TABLES if ending != ".parquet")
_FILES = (*TEXTS, *PAGES, *TABLES, *_PACKED, *ARCHIVES)


class Source:
    """The documents of a folder or file.

    Parameters
    ----------
    path : Path
    columns : mapping, optional
        Field to column of a table.
    sidecar : Sidecar, optional
        What a reader knows; it stands above what pages and columns say.
    lenient : bool
        Whether a text or page that cannot be read is skipped, named in the notes, and does not
        end the reading.
    publishers : Publishers, optional
        Who is known by host and name; by default those of the shipped list.

    Attributes
    ----------
    notes : list of str
        What was guessed, skipped or damaged; complete when all documents are read.
    skipped : Counter of str
    """

    def __init__(
        self,
        path: Path,
        columns: Mapping[str, str | None] | None = None,
        sidecar: Sidecar | None = None,
        *,
        lenient: bool = False,
        publishers: Publishers | None = None,
    ) -> None:
        if not path.exists():
            raise CorpusError(f"No corpus at {path}: no such file or folder.")
        self.path = path
        self.notes: list[str] = []
        self.skipped: Counter[str] = Counter()
        self._sidecar = sidecar or Sidecar()
        self._lenient = lenient
        self.publishers = load_publishers() if publishers is None else publishers
        self._reader: TableReader | WebArchiveReader | None = None
        self._files: list[Path] = []
        name = path.name.lower()
        if path.is_dir():
            metadata = self._sidecar.path.resolve() if self._sidecar.path else None
            self._files = article_files(path, self.skipped, metadata)
        elif name.endswith((*TABLES, *_PACKED)):
            self._reader = TableReader(path, columns)
        elif name.endswith(ARCHIVES):
            self._reader = WebArchiveReader(path, self.publishers)
        elif name.endswith((*TEXTS, *PAGES)):
            self._files = [path]
        else:
            raise CorpusError(
                f"{path}: files of kind {path.suffix or 'without an ending'!r} are not read. "
                f"Kinds: {choices(_FILES)}."
            )

    def __len__(self) -> int:
        """How many documents there are at most, 0 where nobody knows."""
        return len(self._files) if self._reader is None else len(self._reader)

    def __iter__(self) -> Iterator[Document]:
        seen: dict[str, str] = {}
        for document in self.documents():
            other = seen.setdefault(document.article_id, document.place)
            if other != document.place:
                raise CorpusError(
                    f"{document.place}: the id {document.article_id!r} stands already at {other}. "
                    "columns={'article_id': None} leaves the column of ids out."
                )
            yield document
        self._finish(bool(seen))

    def documents(self) -> Iterator[Document]:
        """Yield the documents; nobody looks whether there are any, or whether ids come twice."""
        for document in self._documents():
            self.notes += document.notes
            own = self._sidecar.of(document.article_id, document.file)
            yield replace(document, given={**document.given, **own}) if own else document

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that the columns of a table give, once its first row is read."""
        return self._reader.fields if isinstance(self._reader, TableReader) else ()

    def unused(self) -> list[str]:
        """Return the articles of the sidecar that are not here, once all are read."""
        return self._sidecar.unused()

    def _documents(self) -> Iterator[Document]:
        if self._reader is None:
            yield from self._from_files()
            return
        yield from self._reader
        self.notes += self._reader.notes
        self.skipped += self._reader.skipped

    def _from_files(self) -> Iterator[Document]:
        folder = self.path if self.path.is_dir() else self.path.parent
        for file, article_id in names_of(self._files, folder):
            try:
                document = self._from_file(file, article_id)
            except CorpusError as error:
                if not self._lenient:
                    raise
                self.skipped["file that cannot be read"] += 1
                self.notes.append(str(error))
                continue
            if document is not None:
                yield replace(document, file=file.relative_to(folder).as_posix())

    def _from_file(self, file: Path, article_id: str) -> Document | None:
        if file.suffix.lower() in PAGES:
            size = file.stat().st_size
            if size > LARGEST_PAGE and self.path.is_dir():
                self.skipped["page too large"] += 1
                self.notes.append(f"{file.name}: a page of {size >> 20} MB is not read.")
                return None
            return page_document(
                file.read_bytes(), article_id, str(file), publishers=self.publishers
            )
        text, encoding = decode(file.read_bytes(), str(file))
        if not text.strip():
            raise CorpusError(f"{file} is empty.")
        notes = () if encoding == "utf-8" else (f"{file.name}: read as {encoding}.",)
        return Document(article_id, text, {}, str(file), notes)

    def _finish(self, found: bool) -> None:
        if not found:
            raise CorpusError(f"{self.path} holds no article.{self._why_empty()}")
        self.notes += [f"{self.path.name}: {n} skipped: {why}." for why, n in self.skipped.items()]
        unused = self.unused()
        if unused:
            self.notes.append(
                f"{self._sidecar.path} speaks of articles that are not here: {choices(unused)}."
            )

    def _why_empty(self) -> str:
        if self.skipped:
            said = ", ".join(f"{n} {why}" for why, n in self.skipped.items())
            return f" Skipped: {said}."
        return f" Files looked for: {choices((*TEXTS, *PAGES))}." if self.path.is_dir() else ""
