"""Feeds: RSS, Atom, and the exports of WordPress (WXR)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from syriatopics.corpus.documents import Document, Given
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.exports import html_lines
from syriatopics.corpus.read.piece import Piece
from syriatopics.corpus.read.tables import hashed_id
from syriatopics.corpus.read.xml import Element, elements, text_of
from syriatopics.errors import CorpusError

NAME = "feed"
KINDS = (".rss", ".atom", ".xml", ".rdf", ".wxr")
_ROOTS = ("<rss", "<feed", "<rdf:RDF")
_ENTRIES = {"item", "entry"}
_CUT = re.compile(r"<(?:item|entry)[ >]")
_TAGS = re.compile(r"<!\[CDATA\[|<pubDate\b|</?item\b|<content:encoded\b|</?entry\b")
_SHORT = 40
_FULL = ("encoded", "content", "body", "fulltext", "full-text")


def sniff(piece: Piece) -> Sure:
    """Recognise a feed by its first element."""
    sample = piece.sample[:4000]
    if piece.is_markup and any(root in sample for root in _ROOTS):
        return Sure.KNOWN
    if piece.kind in KINDS and _CUT.search(piece.sample):
        return Sure.SHAPED  # its beginning is lost
    return Sure.NAMED if piece.kind in (".rss", ".atom", ".rdf", ".wxr") else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield an article for each entry."""
    for number, element in enumerate(elements(piece, reading, _ENTRIES), start=1):
        where = f"entry {number}"
        kind = element.text("post_type")
        if kind and kind not in ("post", "page", "article", "news"):
            reading.leave(f"{kind} of WordPress"[:60])
            continue
        document = reading.attempt(piece, where, _document, piece, where, element, reading)
        if document is not None:
            yield document


def _document(piece: Piece, where: str, element: Element, reading: Reading) -> Document:
    element.holds_one("item", "entry", "pubDate", "published", "post_date", "guid")
    raw, short = _body(element)
    if not raw.strip():
        raise CorpusError("no text")
    if short:
        reading.note(
            f"{piece.name}: entries that hold a summary only; their articles stand elsewhere."
        )
    url = element.text("link", "origLink") or _link(element) or element.text("guid", "id")
    said = {
        "title": _plain(element.text("title")),
        "author": element.text("creator", "author", "name"),
        "url": url if "//" in url else "",
        "date_printed": element.text(
            "post_date", "pubDate", "published", "date", "issued", "updated"
        ),
        "outlet": element.text("source"),
    }
    given = {name: Given(value, f"{name} in the feed") for name, value in said.items() if value}
    if url and "outlet" not in given and (found := reading.publishers.outlet_of_url(url)):
        given["outlet"] = Given(found[0], f"host of the url: {found[1]}")
    named = (c.attribute("label") or c.attribute("term") or text_of(c) for c in _labels(element))
    held = ", ".join(dict.fromkeys(name for name in named if name))
    return Document(
        hashed_id(raw, given),
        raw,
        given,
        piece.at(where),
        file=piece.inside,
        hashed=True,
        extra={"category": held} if held else {},
    )


def _labels(element: Element) -> list[Element]:
    """Return what an entry says of its section; in WordPress tags stand among them."""
    found = [*element.children("category"), *element.children("subject")]
    return [e for e in found if e.attribute("domain") != "post_tag"]


def _body(element: Element) -> tuple[str, bool]:
    """Return the text of an entry, and whether it is a summary."""
    # WordPress has an excerpt of the same name beside the text: the longest is the text.
    full = [_text(e) for name in _FULL for e in element.children(name)]
    brief = [
        _text(e) for name in ("description", "summary", "subtitle") for e in element.children(name)
    ]
    best = max([*full, *brief], key=len, default="")
    return best, not any(full) and len(best.split()) < _SHORT


def _text(element: Element) -> str:
    """Read the HTML of an entry, whether it is escaped or stands as it is."""
    from lxml import etree

    if len(element.node):
        html = str(etree.tostring(element.node, encoding="unicode", with_tail=False))
    else:
        html = str(element.node.text or "")
    if _TAGS.search(html):  # the end of its text is lost, and the next entry stands in it
        raise CorpusError("several articles that cannot be told apart")
    if "<" not in html and "&" not in html:
        return html.strip()
    # Paragraphs of WordPress are parted by blank lines alone.
    html = html.replace("\r\n", "\n").replace("\n\n", "<p>")
    return "\n".join(html_lines(f"<body>{html}</body>"))


def _plain(text: str) -> str:
    return " ".join(html_lines(f"<body>{text}</body>")) if "<" in text or "&" in text else text


def _link(element: Element) -> str:
    found = element.first("link")
    return found.attribute("href") if found is not None else ""
