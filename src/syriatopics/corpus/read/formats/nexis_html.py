"""Exports of Nexis as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from syriatopics.corpus.documents import Document
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.exports import chunks, lines_of, tree_of
from syriatopics.corpus.read.html import decode_page
from syriatopics.corpus.read.nexis import classic_article, counted
from syriatopics.corpus.read.piece import Piece
from syriatopics.errors import CorpusError

NAME = "Nexis (HTML)"
KINDS = (".html", ".htm")
_COUNT = r"(\d{1,6}) (?:of|von|de) \d{1,7} (?:DOCUMENT|DOKUMENT)[A-Z]{0,3}\b"
_BEGINS = re.compile(rf"<(?:SPAN|P|DIV)\b[^<>]{{0,80}}>\s{{0,9}}{_COUNT}", re.IGNORECASE)
_MARK = re.compile(rb"<DOC NUMBER=|<DOCFULL>|\d (?:of|von|de) \d{1,7} (?:DOCUMENT|DOKUMENT)", re.I)


def sniff(piece: Piece) -> Sure:
    """Recognise an export by the counts above its articles."""
    found = piece.is_markup and _MARK.search(piece.head) and _BEGINS.search(piece.whole_sample)
    return Sure.KNOWN if found else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield the articles of an export, each read by itself."""
    html, _ = decode_page(piece.read(), None, piece.place)
    for head, chunk in chunks(html, _BEGINS):
        where = f"document {head[1]}"
        document = reading.attempt(piece, where, _document, piece, where, chunk)
        if document is not None:
            yield document


def _document(piece: Piece, where: str, chunk: str) -> Document:
    lines = lines_of(tree_of(chunk))
    while lines and (not lines[0].strip() or counted(lines[0])):
        lines = lines[1:]
    if any(map(counted, lines)):
        raise CorpusError("several articles that cannot be told apart")
    # A block ends with its <div> or <br>: a line each is what the parser sees.
    return classic_article(piece, where, lines, False)
