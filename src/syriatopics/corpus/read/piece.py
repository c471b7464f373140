"""A piece: bytes that are to be read, a file or what is packed in one, opened within bounds."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from syriatopics.errors import CorpusError
from syriatopics.files import unfinished_folder

__all__ = ["LARGEST_WHOLE", "PACKED_ENDINGS", "Piece", "piece_of"]

# What has to be held whole in memory to be read: an export, a document.
LARGEST_WHOLE = 64 * 2**20
# What unpacks to more than this, so many times its size, is no text but a bomb.
_EXPANDED = 2**30
_FOLD = 400
_HEAD = 2**16
_MARKUP = (".html", ".htm", ".xhtml", ".xml", ".rss", ".atom", ".rdf", ".wxr", ".tei")
_WIDE = 2**20
_DAMAGES = (EOFError, zlib.error, lzma.LZMAError, OSError, ValueError)
# How packed files begin. Brotli has no mark: its name must tell.
_PACKINGS = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz", b"(\xb5/\xfd": "zstd"}
PACKED_ENDINGS = (".gz", ".bz2", ".xz", ".zst", ".br")


@dataclass(eq=False)
class Piece:
    """Bytes to be read, and what is known of them before anybody looks inside.

    Attributes
    ----------
    path : Path
        The file on the disk in which they stand.
    name : str
        The name of the file or member, packing taken off: ``a.csv`` of ``a.csv.gz``.
    inside : str
        Where it stands inside the folder or archive, for sidecars and ids.
    where : str
        Where it stands inside `path`, for messages; empty for the file itself.
    depth : int
        In how many archives it is packed.
    damage : str or None
        Why the bytes end early, once that is met.
    """

    path: Path
    name: str
    opener: Callable[[], BinaryIO]
    inside: str = ""
    where: str = ""
    article_id: str = ""
    depth: int = 0
    size: int | None = None
    packing: str = ""
    damage: str | None = field(default=None, compare=False)

    @cached_property
    def kind(self) -> str:
        """The ending of the name, in lower case."""
        return PurePosixPath(self.name).suffix.lower()

    @property
    def place(self) -> str:
        """Where the piece stands, for messages."""
        return f"{self.path}: {self.where}" if self.where else str(self.path)

    def at(self, where: str) -> str:
        """Return a place inside the piece, for messages."""
        return f"{self.place}, {where}"

    @cached_property
    def head(self) -> bytes:
        """The first 64 KB: what a reader is recognised by."""
        with self.open() as file:
            return file.read(_HEAD)

    @cached_property
    def sample(self) -> str:
        """The head as text, whatever its encoding: for marks in ASCII."""
        return _as_text(self.head)

    @cached_property
    def whole_sample(self) -> str:
        """The first megabyte as text: for marks that stand far behind."""
        with self.open() as file:
            return _as_text(file.read(_WIDE))

    @property
    def is_markup(self) -> bool:
        """Whether the bytes begin as HTML or XML do, or are called so though their beginning is lost."""
        return self.sample.lstrip()[:1] == "<" or self.kind in _MARKUP

    def turned(self, name: str, data: bytes) -> Piece:
        """Return the same piece in another form: a document as its text."""
        return replace(
            self,
            name=name,
            opener=lambda: io.BytesIO(data),
            size=len(data),
            packing="",
            damage=None,
        )

    def open(self) -> BinaryIO:
        """Open the bytes, unpacked. What is damaged ends early, and `damage` says why."""
        file = self.opener()
        if not self.packing:
            return file
        packed = _Patient(_unpacked(file, self.packing), file, self)
        return cast(BinaryIO, io.BufferedReader(packed, 2**18))

    def read(self, most: int = LARGEST_WHOLE) -> bytes:
        """Return all bytes.

        Raises
        ------
        CorpusError
            If there are more than `most`.
        """
        with self.open() as file:
            data = file.read(most + 1)
        if len(data) > most:
            raise CorpusError(f"{self.place}: larger than {most >> 20} MB, the most that is read.")
        return data

    @contextmanager
    def on_disk(self) -> Iterator[Path]:
        """Give a path for libraries that need one."""
        if not self.packing and not self.where:
            yield self.path
            return
        with unfinished_folder() as folder:
            path = folder / f"copy{self.kind}"
            with self.open() as file, path.open("wb") as copy:
                while chunk := file.read(2**20):
                    copy.write(chunk)
                    if copy.tell() > _EXPANDED:
                        raise CorpusError(f"{self.place}: unpacks to over {_EXPANDED >> 20} MB.")
            yield path

    @property
    def unpacked(self) -> Piece:
        """The piece without its packing (gzip, bzip2, xz, zstd, brotli)."""
        found = next((name for mark, name in _PACKINGS.items() if self.head.startswith(mark)), "")
        if not found and self.kind == ".br":
            found = "brotli"
        packed = self.kind in PACKED_ENDINGS or self.kind == ".tgz"
        if self.packing or not (found or packed):
            return self
        name = PurePosixPath(self.name).stem if packed else self.name
        name += ".tar" if self.kind == ".tgz" else ""
        article_id = self.article_id.removesuffix(PurePosixPath(name).suffix)
        return replace(self, name=name, article_id=article_id, packing=found, size=None)

    def member(self, inside: str, opener: Callable[[], BinaryIO], size: int | None = None) -> Piece:
        """Return what is packed in this piece under a name."""
        where = f"{self.where}: {inside}" if self.where else inside
        name = PurePosixPath(inside).name
        return Piece(
            self.path, name, opener, inside, where, PurePosixPath(inside).stem, self.depth + 1, size
        )


def piece_of(path: Path, folder: Path | None = None, article_id: str = "") -> Piece:
    """Return a file of the disk.

    Raises
    ------
    CorpusError
        If it is a pipe or a device, which could give bytes for ever.
    """
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise CorpusError(f"{path} is a pipe or a device, and no file.")
    inside = path.relative_to(folder).as_posix() if folder else path.name

    def opener() -> BinaryIO:
        return path.open("rb")

    return Piece(
        path, path.name, opener, inside, article_id=article_id or path.stem, size=status.st_size
    )


def _as_text(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8", "replace").removeprefix("\ufeff")


def _unpacked(file: BinaryIO, packing: str) -> BinaryIO:
    if packing == "gzip":
        return cast(BinaryIO, gzip.GzipFile(fileobj=file))
    if packing == "bzip2":
        return cast(BinaryIO, bz2.BZ2File(file))
    if packing == "xz":
        return cast(BinaryIO, lzma.LZMAFile(file))
    from syriatopics.corpus.read.packings import brotli_stream, zstd_stream

    return zstd_stream(file) if packing == "zstd" else brotli_stream(file)


class _Patient(io.RawIOBase):
    """Unpacked bytes that end where the packed ones are damaged, or grow without bound."""

    def __init__(self, stream: BinaryIO, packed: BinaryIO, piece: Piece) -> None:
        self._stream, self._packed, self._piece = stream, packed, piece
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            data = self._stream.read1(len(buffer))  # type: ignore[attr-defined]
        except _DAMAGES as error:
            self._piece.damage = (str(error).splitlines() or [type(error).__name__])[0][:160]
            return 0
        self._given += len(data)
        if self._given > _EXPANDED and self._given > _FOLD * max(self._packed.tell(), 1):
            self._piece.damage = f"unpacks to more than {_FOLD} times its size"
            return 0
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
            self._packed.close()
        super().close()
