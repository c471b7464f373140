"""Saved web pages, one article each, whatever their names end in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from syriatopics.corpus.documents import Document
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.pages import LARGEST_PAGE, page_document
from syriatopics.corpus.read.piece import Piece
from syriatopics.corpus.read.several import refuse_challenge

NAME = "web page"
KINDS = (".html", ".htm", ".xhtml", ".shtml", ".php", ".aspx", ".asp", ".jsp")
_BEGINS = re.compile(r"\s*+(?:<\?xml[^<>]{0,200}>\s*+)?+(?:<!--|<!doctype\s+html|<html\b)", re.I)


def sniff(piece: Piece) -> Sure:
    """Recognise a page by its first tag, or by its name."""
    if _BEGINS.match(piece.sample):
        return Sure.SHAPED
    return Sure.NAMED if piece.kind in KINDS else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield the one article of a page.

    Raises
    ------
    CorpusError
        If the page is larger than 10 MB, has no visible text, or holds several articles.
    """
    data = piece.read(LARGEST_PAGE)
    found = page_document(data, piece.article_id, piece.place, publishers=reading.publishers)
    check_page(found)
    yield replace(found, file=piece.inside)


def check_page(found: Document) -> None:
    """Refuse the page of a guard, which is no article.

    Raises
    ------
    CorpusError
    """
    title = found.given.get("title")
    refuse_challenge(title.value if title else "", found.raw)
