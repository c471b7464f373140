"""News sitemaps: lists of addresses with titles and days, whose pages stand elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from syriatopics.corpus.documents import Document, Given
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.piece import Piece
from syriatopics.corpus.read.xml import elements, text_of
from syriatopics.errors import CorpusError

NAME = "news sitemap"
KINDS = (".xml",)
_FIELDS = {"title": "title", "publication_date": "date_printed", "name": "outlet"}


def sniff(piece: Piece) -> Sure:
    """Recognise a sitemap by its first element."""
    sample = piece.sample[:8000]
    return (
        Sure.KNOWN
        if piece.is_markup and ("<urlset" in sample or "<sitemapindex" in sample)
        else Sure.NO
    )


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Refuse the list: it holds no text.

    Raises
    ------
    CorpusError
    """
    n = sum(1 for _ in elements(piece, reading, {"url", "sitemap"}))
    raise CorpusError(
        f"{piece.place}: a sitemap of {n:,} addresses holds no text; "
        "say where their pages are kept with pages=…"
    )
    yield  # a generator, as every reader is


def addresses(piece: Piece, reading: Reading) -> Iterator[dict[str, Given]]:
    """Yield what the list says of each address."""
    for entry in elements(piece, reading, {"url"}):
        given = {"url": Given(entry.text("loc"), f"address in {piece.name}")}
        for name, field in _FIELDS.items():
            if found := entry.all(name):
                given[field] = Given(text_of(found[0]), f"<news:{name}> of {piece.name}")
        if "date_printed" not in given and (day := entry.text("lastmod")):
            given["date_printed"] = Given(day, f"<lastmod> of {piece.name}")
        if given["url"].value:
            yield given
