"""Documents of word processors (.docx, .odt): one text, or an export of many articles in one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from syriatopics.corpus.documents import Document
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.packed import members_of
from syriatopics.corpus.read.piece import LARGEST_WHOLE, Piece
from syriatopics.corpus.read.xml import Element, elements
from syriatopics.errors import CorpusError

NAME = "document of a word processor"
KINDS = (".docx", ".odt")
_PARTS = ("word/document.xml", "content.xml")
_MARKS = (b"word/document.xml", b"application/vnd.oasis.opendocument.text")
_PARAGRAPHS = {"p", "h"}


def sniff(piece: Piece) -> Sure:
    """Recognise a document by its name, or by the names of its parts."""
    packed = piece.head.startswith(b"PK")
    if piece.kind in KINDS:
        return Sure.KNOWN if packed else Sure.NAMED
    return Sure.KNOWN if packed and any(mark in piece.head for mark in _MARKS) else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield the articles of the text, as if it were a .txt.

    Raises
    ------
    CorpusError
        If it is no such document, or a bomb.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(piece.read())) as file:
            names = {info.filename for info in members_of(file, piece)}
            part = next((name for name in _PARTS if name in names), None)
            if part is None:
                raise CorpusError(f"{piece.place}: no text in it.")
            with file.open(part) as stream:
                data = stream.read(LARGEST_WHOLE + 1)
    except zipfile.BadZipFile as error:
        raise CorpusError(f"{piece.place} is no readable document: {error}") from None
    if len(data) > LARGEST_WHOLE:
        raise CorpusError(f"{piece.place}: a text of more than {LARGEST_WHOLE >> 20} MB.")
    xml = piece.turned("text.xml", data)
    lines = [_line(element) for element in elements(xml, reading, _PARAGRAPHS, apart=False)]
    text = "\n".join(lines).encode("utf-8", "replace")
    yield from reading.read(piece.turned(f"{piece.name}.txt", text))


def _line(paragraph: Element) -> str:
    """Return a paragraph; breaks in it are breaks of lines."""
    held: list[str] = []
    for node in paragraph.node.iter():
        name = Element(node).name
        if name in ("br", "cr", "line-break"):
            held.append("\n")
        elif name in ("tab", "s"):
            held.append(" ")
        elif name in ("t", "p", "h", "span", "a"):
            held.append(node.text or "")
        if node is not paragraph.node and name in ("span", "a", "s", "tab", "line-break"):
            held.append(node.tail or "")
    return "".join(held)
