"""TEI: texts as editions keep them, one in a file or many in a teiCorpus."""

from __future__ import annotations

from collections.abc import Iterator

from syriatopics.corpus.documents import Document, Given
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.piece import Piece
from syriatopics.corpus.read.tables import hashed_id
from syriatopics.corpus.read.xml import Element, elements, text_of
from syriatopics.errors import CorpusError

NAME = "TEI"
KINDS = (".tei", ".xml")
_BLOCKS = ("head", "p", "l", "ab", "item", "quote")
_ARTICLES = ("article", "news", "item", "letter", "report")


def sniff(piece: Piece) -> Sure:
    """Recognise TEI by its name space or its root."""
    sample = piece.sample[:8000]
    if piece.is_markup and any(m in sample for m in ("tei-c.org/ns", "<TEI", "<tei")):
        return Sure.KNOWN
    return Sure.NAMED if piece.kind == ".tei" else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield an article for each TEI, or for each division of one that is marked as an article."""
    for number, root in enumerate(elements(piece, reading, {"TEI", "TEI.2"}), start=1):
        divisions = [
            d for name in ("div", "div1", "div2") for d in root.all(name)
            if d.attribute("type").lower() in _ARTICLES
        ]  # fmt: skip
        for n, body in enumerate(divisions or [root], start=1):
            where = f"text {number}" + (f", article {n}" if divisions else "")
            document = reading.attempt(
                piece, where, _document, piece, where, root, body, bool(divisions)
            )
            if document is not None:
                yield document


def _document(piece: Piece, where: str, root: Element, body: Element, part: bool) -> Document:
    root.holds_one("TEI", "TEI.2", "teiHeader", "fileDesc", "sourceDesc", "titleStmt")
    if not root.all("group"):
        root.holds_one("body")
    bodies = [body] if part else (body.all("body") or body.all("text"))
    lines = [
        text_of(Element(node))
        for held in bodies
        for node in held.node.iter()
        if Element(node).name in _BLOCKS
        and not any(Element(above).name in _BLOCKS for above in node.iterancestors())
    ]
    raw = "\n\n".join(line for line in lines if line)
    if not raw.strip():
        raise CorpusError("no text")
    header = (root.all("teiHeader") or [root])[0]
    title = body.text("head") if part else _first(header, "titleStmt", "title")
    said = {
        "title": title,
        "author": _first(header, "titleStmt", "author") or _first(header, "analytic", "author"),
        "outlet": _first(header, "monogr", "title")
        or _first(header, "publicationStmt", "publisher"),
        "date_printed": _date(header),
    }
    given = {name: Given(value, "header of the TEI") for name, value in said.items() if value}
    name = hashed_id(raw, given)
    return Document(name, raw, given, piece.at(where), file=piece.inside, hashed=True)


def _first(root: Element, above: str, name: str) -> str:
    for outer in root.all(above):
        for inner in outer.all(name):
            if held := text_of(inner):
                return held
    return ""


def _date(header: Element) -> str:
    for above in ("monogr", "imprint", "publicationStmt", "sourceDesc"):
        for outer in header.all(above):
            for found in outer.all("date"):
                if held := found.attribute("when") or text_of(found):
                    return held
    return ""
