"""Archives are hostile: what is in them is counted, bounded and named before it is unpacked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from syriatopics.corpus.read.piece import Piece
from syriatopics.errors import CorpusError

__all__ = ["check_name", "check_zip", "is_mark", "members_of", "opened"]

_MOST_MEMBERS = 1_000_000
_FOLD = 400
_LARGEST = 2**30
# What archives of systems and programs bring along.
_MARKS = (".", "__MACOSX", "_SUCCESS", "_metadata", "_common_metadata")


def check_name(name: str) -> str | None:
    """Return the name of a member as a path inside its archive; None where it leads out of it."""
    path = PurePosixPath(name.replace("\\", "/"))
    if (
        path.is_absolute()
        or ".." in path.parts
        or ":" in (path.parts or ("",))[0]
        or "\x00" in name
    ):
        return None
    return path.as_posix()


def is_mark(name: str) -> bool:
    """Say whether a member is a mark of the program that packed the others."""
    return any(part.startswith(_MARKS) for part in PurePosixPath(name).parts)


def check_zip(data: bytes, piece: Piece) -> None:
    """Refuse a document in a zip that unpacks to very much.

    Raises
    ------
    CorpusError
        If it is a bomb.
    """
    if not data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            members_of(file, piece)
    except zipfile.BadZipFile:
        return  # the reader of the format says what is wrong with it


def opened(file: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    """Open a member."""
    return cast(BinaryIO, file.open(info))


def members_of(file: zipfile.ZipFile, piece: Piece) -> Iterator[zipfile.ZipInfo]:
    """Return the members of a zip that are files.

    Raises
    ------
    CorpusError
        If it is a bomb: so many members, or so many times its size.
    """
    infos = [info for info in file.infolist() if not info.is_dir()]
    if len(infos) > _MOST_MEMBERS:
        raise CorpusError(f"{piece.place}: an archive of {len(infos):,} files is not read.")
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if unpacked > _LARGEST and unpacked > _FOLD * max(packed, 1):
        raise CorpusError(
            f"{piece.place}: unpacks to {unpacked >> 20:,} MB, {_FOLD} times its size."
        )
    return iter(infos)
