"""Zip archives of anything that is read."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath

from syriatopics.corpus.documents import Document
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.folders import is_wanted
from syriatopics.corpus.read.packed import check_name, is_mark, members_of, opened
from syriatopics.corpus.read.piece import Piece
from syriatopics.errors import CorpusError

NAME = "zip archive"
KINDS = (".zip",)


def sniff(piece: Piece) -> Sure:
    """Recognise a zip by its first bytes, where no document in a zip is surer."""
    if piece.head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Sure.SHAPED
    return Sure.NAMED if piece.kind in KINDS else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield the articles of all members, in the order of their names."""
    try:
        with piece.on_disk() as path, zipfile.ZipFile(path) as file:
            yield from _members(file, piece, reading)
    except zipfile.BadZipFile as error:
        raise CorpusError(f"{piece.place} is no readable zip archive: {error}") from None


def _members(file: zipfile.ZipFile, piece: Piece, reading: Reading) -> Iterator[Document]:
    infos = sorted(members_of(file, piece), key=lambda info: info.filename)
    stems = Counter(PurePosixPath(info.filename).stem for info in infos)
    for info in infos:
        name = check_name(info.filename)
        if name is None:
            reading.skip(piece, f"{info.filename!a:.100}", "a name that leads out of the archive")
            continue
        if is_mark(name) or not is_wanted(name):
            continue
        if info.flag_bits & 1:
            reading.skip(piece, name, "is encrypted")
            continue
        member = piece.member(name, partial(opened, file, info), info.file_size)
        if stems[member.article_id] > 1:
            member.article_id = PurePosixPath(name).with_suffix("").as_posix()
        yield from reading.read(member)
