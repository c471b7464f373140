"""Pages as a browser saves them in one file (MHTML)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy

from syriatopics.corpus.documents import Document, Given
from syriatopics.corpus.read.contract import Reading, Sure, quietly
from syriatopics.corpus.read.piece import Piece
from syriatopics.errors import CorpusError

NAME = "saved page (MHTML)"
KINDS = (".mht", ".mhtml", ".eml")
_HEAD = re.compile(rb"(?:^|\n)(?:MIME-Version|Snapshot-Content-Location):", re.IGNORECASE)
_RELATED = re.compile(rb"multipart/(?:related|alternative|mixed)", re.IGNORECASE)


def sniff(piece: Piece) -> Sure:
    """Recognise a saved page by the head of its parts."""
    head = piece.head[:4000]
    if _HEAD.search(head) and _RELATED.search(head):
        return Sure.KNOWN
    return Sure.NAMED if piece.kind in KINDS else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield the article of the first part that is a page."""
    with quietly():
        message = message_from_bytes(piece.read(), policy=policy.compat32)
    parts = [part for part in message.walk() if part.get_content_type() == "text/html"]
    if not parts:
        raise CorpusError(f"{piece.place}: no page in it.")
    data = parts[0].get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        raise CorpusError(f"{piece.place} is empty: its page has no content.")
    charset = parts[0].get_content_charset()
    if charset and b"charset" not in data[:4096].lower():
        data = f'<meta charset="{charset}">'.encode() + data
    url = str(message.get("Snapshot-Content-Location") or parts[0].get("Content-Location") or "")
    for document in reading.read(piece.turned(f"{piece.name}.html", b"<!doctype html>" + data)):
        given = dict(document.given)
        if "//" in url and "url" not in given:
            given["url"] = Given(url.strip(), "Snapshot-Content-Location")
            if (found := reading.publishers.outlet_of_url(url)) and "outlet" not in given:
                given["outlet"] = Given(found[0], f"host of the url: {found[1]}")
        yield replace(document, given=given)
