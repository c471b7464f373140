"""Reading a corpus: one function for a folder of texts or a table of articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from syriatopics.corpus.corpus import Corpus
from syriatopics.corpus.documents import Document, Given
from syriatopics.corpus.read.encodings import decode
from syriatopics.corpus.parse import parse_article
from syriatopics.corpus.read.sidecar import read_sidecar
from syriatopics.corpus.read.tables import TableReader
from syriatopics.errors import CorpusError, choices

__all__ = ["read_corpus"]

_TEXTS = (".txt", ".md", ".text")
_TABLES = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet")


def read_corpus(
    path: str | Path,
    *,
    columns: Mapping[str, str] | None = None,
    metadata: str | Path | None = None,
) -> Corpus:
    """Read articles as they are found.

    Parameters
    ----------
    path : path
        A folder of ``.txt`` or ``.md`` files (one article each, searched with its
        subfolders), or one such file, or a table: ``.csv``, ``.tsv``, ``.jsonl``,
        ``.parquet``.
    columns : mapping of str to str, optional
        Which column of a table holds which field, where the names are not the usual ones:
        ``{"text": "corps", "outlet": "journal"}``.
    metadata : path, optional
        A sidecar (csv or toml) whose values stand above what pages and columns say.

    Returns
    -------
    Corpus
        Articles in the order of their ids. What was guessed, skipped or read in another
        encoding than UTF-8 stands in its notes.

    Raises
    ------
    CorpusError
        If there is nothing to read, or a file cannot be read; the message names it.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.txt").write_text("عقد مجلس الأمن جلسة حول سوريا.", encoding="utf-8")
    >>> read_corpus(folder).table["article_id"].tolist()
    ['a']
    """
    path = Path(path)
    if not path.exists():
        raise CorpusError(f"No corpus at {path}: no such file or folder.")
    source = _Source(path, columns)
    sidecar = read_sidecar(metadata) if metadata is not None else {}
    documents = list(_unique(_override(source, sidecar)))
    if not documents:
        raise CorpusError(f"{path} holds no article." + _why_empty(source))
    notes = [*source.notes, *_unused(sidecar, documents, metadata)]
    articles = [parse_article(document) for document in documents]
    return Corpus(articles, notes=(*notes, *(note for d in documents for note in d.notes)))


class _Source:
    """The documents of a path, with what reading them needed."""

    def __init__(self, path: Path, columns: Mapping[str, str] | None) -> None:
        self.path = path
        self.notes: list[str] = []
        self.skipped: Counter[str] = Counter()
        self._columns = columns
        if path.is_file() and path.suffix not in (*_TEXTS, *_TABLES):
            raise CorpusError(
                f"{path}: files of kind {path.suffix or 'without an ending'!r} are not read. "
                f"Kinds: {choices((*_TEXTS, *_TABLES))}."
            )

    def __iter__(self) -> Iterator[Document]:
        if self.path.is_file() and self.path.suffix in _TABLES:
            reader = TableReader(self.path, self._columns)
            yield from reader
            self.notes += reader.notes
            self.skipped += reader.skipped
            self.notes += [
                f"{self.path.name}: {n} skipped: {why}." for why, n in reader.skipped.items()
            ]
            return
        files = [self.path] if self.path.is_file() else sorted(_files(self.path))
        for file in files:
            text, encoding = decode(file.read_bytes(), str(file))
            if not text.strip():
                raise CorpusError(f"{file} is empty.")
            notes = () if encoding == "utf-8" else (f"{file.name}: read as {encoding}.",)
            yield Document(file.stem, text, {}, str(file), notes)


def _files(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if file.suffix in _TEXTS and file.is_file() and not hidden:
            yield file


def _override(
    documents: Iterable[Document], sidecar: Mapping[str, Mapping[str, Given]]
) -> Iterator[Document]:
    for document in documents:
        own = sidecar.get(document.article_id)
        yield replace(document, given={**document.given, **own}) if own else document


def _unique(documents: Iterable[Document]) -> Iterator[Document]:
    seen: dict[str, str] = {}
    for document in documents:
        other = seen.setdefault(document.article_id, document.place)
        if other != document.place:
            raise CorpusError(
                f"{document.place}: the id {document.article_id!r} stands already at {other}."
            )
        yield document


def _unused(
    sidecar: Mapping[str, object], documents: Iterable[Document], path: str | Path | None
) -> list[str]:
    unused = sorted(set(sidecar) - {document.article_id for document in documents})
    return [f"{path} speaks of articles that are not here: {choices(unused)}."] if unused else []


def _why_empty(source: _Source) -> str:
    if source.skipped:
        return " Skipped: " + ", ".join(f"{n} {why}" for why, n in source.skipped.items()) + "."
    return f" Files looked for: {choices(_TEXTS)}." if source.path.is_dir() else ""
