"""Exports of Factiva as XML."""

from __future__ import annotations

from collections.abc import Iterator

from syriatopics.corpus.documents import Document
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.exports import article_of
from syriatopics.corpus.read.piece import Piece
from syriatopics.corpus.read.xml import Element, elements, text_of

NAME = "Factiva (XML)"
KINDS = (".xml",)
_EVIDENCE = {
    "title": "<headline>",
    "outlet": "<sourceName>",
    "date_printed": "<publicationDate>",
    "author": "<byline>",
}


def sniff(piece: Piece) -> Sure:
    """Recognise an export by the name space or the tags of Factiva."""
    sample = piece.sample
    known = "global.factiva.com" in sample or (
        "<ppsarticle" in sample.lower() or "<accessionNo>" in sample
    )
    return Sure.KNOWN if piece.is_markup and known else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield the articles of an export."""
    for number, element in enumerate(elements(piece, reading, {"article"}), start=1):
        where = f"article {number}"
        document = reading.attempt(piece, where, _document, piece, where, element)
        if document is not None:
            yield document


def _document(piece: Piece, where: str, element: Element) -> Document:
    element.holds_one("article", "accessionNo", "headline", "publicationDate")
    paragraphs = []
    for part in ("leadParagraph", "tailParagraphs"):
        for found in element.all(part):
            held = [text_of(p) for p in found.all("paragraph")] or [text_of(found)]
            paragraphs += [p for p in held if p]
    fields = {
        "title": element.text("headline"),
        "outlet": element.text("sourceName"),
        "date_printed": element.text("publicationDate"),
        "author": element.text("byline"),
    }
    return article_of(
        piece,
        where,
        "Factiva export",
        "\n\n".join(paragraphs),
        fields,
        _EVIDENCE,
        element.text("wordCount"),
        element.text("accessionNo"),
    )
