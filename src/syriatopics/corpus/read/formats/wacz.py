"""Web archives as browsers record them (WACZ): a zip of WARC files."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from functools import partial

from syriatopics.corpus.documents import Document
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.packed import check_name, members_of, opened
from syriatopics.corpus.read.piece import Piece
from syriatopics.errors import CorpusError

NAME = "web archive of a browser (WACZ)"
KINDS = (".wacz",)
_MARKS = (b"datapackage.json", b"archive/data", b"indexes/index.cdx")


def sniff(piece: Piece) -> Sure:
    """Recognise a WACZ by its name, or by the names of its members."""
    packed = piece.head.startswith(b"PK")
    if piece.kind in KINDS:
        return Sure.KNOWN if packed else Sure.NAMED
    return Sure.KNOWN if packed and any(mark in piece.head for mark in _MARKS) else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield the pages of the WARC files inside."""
    try:
        with piece.on_disk() as path, zipfile.ZipFile(path) as file:
            archives = 0
            for info in sorted(members_of(file, piece), key=lambda info: info.filename):
                name = check_name(info.filename)
                if name is None or not name.lower().endswith((".warc", ".warc.gz")):
                    continue
                archives += 1
                yield from reading.read(
                    piece.member(name, partial(opened, file, info), info.file_size)
                )
            if not archives:
                raise CorpusError(f"{piece.place}: no WARC file in it.")
    except zipfile.BadZipFile as error:
        raise CorpusError(f"{piece.place} is no readable WACZ: {error}") from None
