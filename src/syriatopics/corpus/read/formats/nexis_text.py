"""Exports of Nexis as text, as .txt, .rtf, .docx and .pdf hold it: "3 of 10 DOCUMENTS"."""

from __future__ import annotations

from collections.abc import Iterator

from syriatopics.corpus.documents import Document
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.encodings import decode
from syriatopics.corpus.read.exports import chunks
from syriatopics.corpus.read.nexis import COUNTED, classic_article, counted, is_export
from syriatopics.corpus.read.piece import Piece

NAME = "Nexis (text)"
KINDS = (".txt",)


def sniff(piece: Piece) -> Sure:
    """Recognise an export by the counts above its articles."""
    if piece.kind not in KINDS:
        return Sure.NO
    return Sure.KNOWN if is_export(piece.sample) else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield the articles of an export."""
    text, _ = decode(piece.read(), piece.place)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if COUNTED.search(text) is None:
        lines = text.splitlines()
        found = reading.attempt(piece, "", classic_article, piece, "document 1", lines, True)
        yield from [found] if found is not None else []
        return
    for head, chunk in chunks(text, COUNTED):
        where = f"document {(counted(head.group()) or (0, 0))[0]}"
        lines = chunk.splitlines()[1:]
        document = reading.attempt(piece, where, classic_article, piece, where, lines, True)
        if document is not None:
            yield document
