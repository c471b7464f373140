"""Books and magazines as EPUB: an article for each chapter of the spine."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from syriatopics.corpus.documents import Document, Given
from syriatopics.corpus.parse.publishers import Publishers
from syriatopics.corpus.read.borders import doubtful, find_borders, several_articles
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.exports import html_lines
from syriatopics.corpus.read.html import decode_page, parse_html, visible_lines
from syriatopics.corpus.read.packed import check_name, members_of
from syriatopics.corpus.read.piece import Piece
from syriatopics.corpus.read.several import shown_lines
from syriatopics.corpus.read.xml import Element, elements
from syriatopics.errors import CorpusError

NAME = "EPUB"
KINDS = (".epub",)
_HEADING = re.compile(r"<h[1-3]\b[^<>]*+>((?:(?!</h[1-3]).)*+)</h[1-3]", re.I | re.S)
_FEWEST_WORDS = 10


def sniff(piece: Piece) -> Sure:
    """Recognise an EPUB by its name, or by the mark that stands first in it."""
    packed = piece.head.startswith(b"PK")
    if piece.kind in KINDS:
        return Sure.KNOWN if packed else Sure.NAMED
    return Sure.KNOWN if packed and b"application/epub+zip" in piece.head[:200] else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield the chapters in the order of the book."""
    try:
        file = zipfile.ZipFile(io.BytesIO(piece.read()))
    except zipfile.BadZipFile as error:
        raise CorpusError(f"{piece.place} is no readable EPUB: {error}") from None
    with file:
        names = {check_name(info.filename): info for info in members_of(file, piece)}
        package = next((n for n in names if n and n.endswith(".opf")), None)
        if package is None:
            raise CorpusError(f"{piece.place}: an EPUB without a list of its parts (.opf).")
        data = file.read(names[package])
        root = next(elements(piece.turned("a.opf", data), reading, {"package"}, apart=False), None)
        if root is None:
            raise CorpusError(f"{piece.place}: the list of its parts is damaged.")
        given = _stated(root)
        for name in _spine(root, package):
            if name not in names:
                reading.skip(piece, f"{name!s:.100}", "a chapter that is not there")
                continue
            document = reading.attempt(
                piece, name, _chapter, file, names[name], piece, name, given, reading.publishers
            )
            if document is not None:
                yield document


def _stated(root: Element) -> dict[str, Given]:
    said = {"author": "creator", "date_printed": "date", "outlet": "publisher"}
    found = {field: root.all(name) for field, name in said.items()}
    return {
        field: Given(
            " ".join("".join(e[0].node.itertext()).split()), f"<dc:{said[field]}> of the book"
        )
        for field, e in found.items()
        if e and "".join(e[0].node.itertext()).strip()
    }


def _spine(root: Element, package: str) -> list[str]:
    folder = PurePosixPath(package).parent
    items = {item.attribute("id"): item.attribute("href") for item in root.all("item")}
    order = [items.get(ref.attribute("idref"), "") for ref in root.all("itemref")]
    return [(folder / unquote(href).split("#")[0]).as_posix() for href in order if href]


def _chapter(
    file: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    piece: Piece,
    name: str,
    stated: dict[str, Given],
    publishers: Publishers,
) -> Document | None:
    if info.file_size > 10 * 2**20:
        raise CorpusError("a chapter of more than 10 MB")
    html, _ = decode_page(file.read(info), None, piece.at(name))
    html = html[html.find("<", 1) :] if html.startswith("<?xml") else html
    tree = parse_html(html)
    lines = visible_lines(tree) if tree is not None else []
    raw = "\n".join(line.text for line in lines).strip()
    if len(raw.split()) < _FEWEST_WORDS:
        return None  # a cover, a table of contents
    borders = find_borders(shown_lines(lines, None), publishers)
    if borders.n > 1:
        raise CorpusError(several_articles(borders.n, "save a chapter for each"))
    heading = _HEADING.search(html)
    given = dict(stated)
    if heading and (title := " ".join(html_lines(f"<body>{heading[1]}"))):
        given["title"] = Given(title, "heading of the chapter")
    article_id = f"{piece.article_id}-{PurePosixPath(name).stem}"
    doubt = doubtful(raw, borders)
    return Document(article_id, raw, given, piece.at(name), file=piece.inside, flags=doubt)
