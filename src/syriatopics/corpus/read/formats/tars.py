"""Tar archives of anything that is read, packed or not."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from syriatopics.corpus.documents import Document
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.folders import is_wanted
from syriatopics.corpus.read.packed import check_name, is_mark
from syriatopics.corpus.read.piece import LARGEST_WHOLE, Piece
from syriatopics.errors import CorpusError

NAME = "tar archive"
KINDS = (".tar", ".tgz")


def sniff(piece: Piece) -> Sure:
    """Recognise a tar by its mark."""
    if piece.head[257:262] == b"ustar":
        return Sure.KNOWN
    return Sure.NAMED if piece.kind == ".tar" else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield the articles of all members, in their order: a tar is read once, from its beginning."""
    seen: set[str] = set()
    try:
        with piece.open() as stream, tarfile.open(fileobj=stream, mode="r|") as file:
            for info in file:
                yield from _member(file, info, piece, reading, seen)
    except tarfile.TarError as error:
        raise CorpusError(f"{piece.place} is no readable tar archive: {error}") from None


def _member(
    file: tarfile.TarFile, info: tarfile.TarInfo, piece: Piece, reading: Reading, seen: set[str]
) -> Iterator[Document]:
    name = check_name(info.name)
    if name is None:
        reading.skip(piece, f"{info.name!a:.100}", "a name that leads out of the archive")
        return
    if info.issym() or info.islnk():
        reading.leave("link in an archive")
        return
    if not info.isfile() or is_mark(name) or not is_wanted(name):
        return
    if info.size > LARGEST_WHOLE:
        reading.skip(piece, name, f"larger than {LARGEST_WHOLE >> 20} MB: unpack the archive")
        return
    opened = file.extractfile(info)
    data = opened.read() if opened is not None else b""
    if len(data) < info.size:
        reading.skip(piece, name, "the archive ends within it")
        return
    member = piece.member(name, lambda: io.BytesIO(data), len(data))
    if member.article_id in seen:
        member.article_id = PurePosixPath(name).with_suffix("").as_posix()
    seen.add(member.article_id)
    yield from reading.read(member)
