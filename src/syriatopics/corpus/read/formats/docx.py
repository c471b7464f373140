"""Documents of word processors (.docx, .odt): one text, or an export of many articles in one."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from syriatopics.corpus.documents import Document
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.formats import texts
from syriatopics.corpus.read.packed import members_of
from syriatopics.corpus.read.piece import LARGEST_WHOLE, Piece
from syriatopics.corpus.read.xml import Element, elements
from syriatopics.errors import CorpusError

NAME = "document of a word processor"
KINDS = (".docx", ".odt")
_PARTS = ("word/document.xml", "content.xml")
_MARKS = (b"word/document.xml", b"application/vnd.oasis.opendocument.text")
_PARAGRAPHS = {"p", "h"}
# Styles are called in the language of the program; their ids mostly in English.
_HEADING = re.compile(r"(?:(?:heading|berschrift|titre|عنوان)?\s?(\d)|title)", re.IGNORECASE)
_LINES = re.compile(r"\f|[^\n\f]+")


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
    lines: list[str] = []
    levels: dict[int, int] = {}
    for element in elements(xml, reading, _PARAGRAPHS, apart=False):
        if (level := _level(element)) is not None:
            levels[len(lines)] = level
        lines += _LINES.findall(_line(element)) or [""]
    if 0 in levels.values():  # below a title the headings are of its parts
        levels = {n: level + 1 for n, level in levels.items()}
    text = "\n".join(lines)
    held = piece.turned(f"{piece.name}.txt", text.encode("utf-8", "replace"))
    # The registry imports the readers.
    from syriatopics.corpus.read.registry import reader_of

    if reader_of(held).NAME == texts.NAME:  # and no export of a database
        yield from texts.articles_in(text, held, reading, levels)
    else:
        yield from reading.read(held)


def _level(paragraph: Element) -> int | None:
    """Return of what order a heading a paragraph is, 0 for the title of all, None for a text."""
    for node in paragraph.node.iter():
        element = Element(node)
        if element.name in ("pStyle", "h"):
            style = element.attribute("val") or element.attribute("outline-level")
            found = _HEADING.fullmatch(style)
            return min(4, int(found[1] or 0)) if found else None
    return None


def _line(paragraph: Element) -> str:
    """Return a paragraph; breaks in it are breaks of lines."""
    held: list[str] = []
    for node in paragraph.node.iter():
        name = Element(node).name
        if name in ("br", "cr", "line-break"):
            held.append("\f" if Element(node).attribute("type") == "page" else "\n")
        elif name in ("tab", "s"):
            held.append(" ")
        elif name in ("t", "p", "h", "span", "a"):
            held.append(node.text or "")
        if node is not paragraph.node and name in ("span", "a", "s", "tab", "line-break"):
            held.append(node.tail or "")
    return "".join(held)
