"""Mailboxes (mbox), as mail programs and Google Takeout write them: a mail after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from syriatopics.corpus.documents import Document
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.piece import LARGEST_WHOLE, Piece

NAME = "mailbox"
KINDS = (".mbox", ".mbx")
_BEGINS = re.compile(rb"From \S{0,200} .{0,80}\d{1,2}:\d\d.{0,40}\d{4}.{0,40}\r?\n")
_QUOTED = re.compile(rb"^>(?=>*From )", re.MULTILINE)


def sniff(piece: Piece) -> Sure:
    """Recognise a mailbox by the line above its first mail."""
    if _BEGINS.match(piece.head):
        return Sure.KNOWN
    return Sure.NAMED if piece.kind in KINDS else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield the articles of all mails; what cannot be read is skipped with its number."""
    for number, data in enumerate(_mails(piece), start=1):
        where = f"mail {number}"
        if len(data) > LARGEST_WHOLE:
            reading.skip(piece, where, f"a mail of more than {LARGEST_WHOLE >> 20} MB")
            continue
        held = piece.turned(f"{number}.eml", _QUOTED.sub(b"", data))
        place = f"{piece.where}, {where}" if piece.where else where
        yield from reading.read(
            replace(held, where=place, article_id=f"{piece.article_id}-{number}")
        )


def _mails(piece: Piece) -> Iterator[bytes]:
    with piece.open() as file:
        lines: list[bytes] = []
        size, blank = 0, True
        for line in file:
            if blank and _BEGINS.fullmatch(line):
                if lines:
                    yield b"".join(lines)
                lines, size = [], 0
                continue
            size += len(line)
            if size <= LARGEST_WHOLE + 1 or not lines:
                lines.append(line)
            blank = not line.strip()
        if b"".join(lines).strip():
            yield b"".join(lines)
