"""The parts of a source: one file or folder of texts, or the many tables of a folder."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from syriatopics.corpus.parse.publishers import Publishers
from syriatopics.corpus.read.folders import article_files, is_bundle
from syriatopics.corpus.read.sidecar import read_sidecar
from syriatopics.corpus.read.source import Source
from syriatopics.errors import CorpusError
from syriatopics.escaping import to_bytes
from syriatopics.files import sha256_of

__all__ = ["Part", "parts_of"]


@dataclass(frozen=True)
class Part:
    """A piece of a source that is read by itself.

    Attributes
    ----------
    path : Path
    name : str
        The path inside the source.
    """

    path: Path
    name: str

    def fingerprint(self) -> str:
        """Return a hash of every byte of the part."""
        if self.path.is_file():
            return sha256_of(self.path)
        digest = hashlib.sha256()
        for file in article_files(self.path):
            digest.update(to_bytes(f"{file.relative_to(self.path)}\0{sha256_of(file)}\n"))
        return digest.hexdigest()

    def as_options(self) -> dict[str, str]:
        """Return what a task has to know of the part, its content by hash."""
        return {"path": str(self.path), "name": self.name, "content": self.fingerprint()}

    def open(
        self,
        columns: Mapping[str, str | None] | None = None,
        metadata: Path | None = None,
        publishers: Publishers | None = None,
        filenames: str | None = None,
    ) -> Source:
        """Return the part as a source."""
        sidecar = read_sidecar(metadata) if metadata else None
        return Source(self.path, columns, sidecar, publishers=publishers, filenames=filenames)


def parts_of(path: Path) -> list[Part]:
    """Return the parts of a source, in the order of their names.

    A folder that holds texts or pages is one part, as :func:`syriatopics.read_corpus` reads it; a
    folder of tables, as Spark, Dask or polars write them, has a part for each.

    Raises
    ------
    CorpusError
        If there is no such path.
    """
    if not path.exists():
        raise CorpusError(f"No corpus at {path}: no such file or folder.")
    files = article_files(path) if path.is_dir() else []
    if files and all(map(is_bundle, files)):
        return [Part(file, file.relative_to(path).as_posix()) for file in files]
    return [Part(path, path.name)]
