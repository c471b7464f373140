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
KINDS = (".mht", ".mhtml")
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
    part = next((p for p in message.walk() if p.get_content_type() == "text/html"), None)
    if part is None:
        raise CorpusError(f"{piece.place}: no page and no text in it.")
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        raise CorpusError(f"{piece.place} is empty: its page has no content.")
    charset = part.get_content_charset()
    named = charset and b"charset" not in data[:4096].lower()
    meta = f'<meta charset="{charset}">'.encode() if named else b""
    url = str(message.get("Snapshot-Content-Location") or part.get("Content-Location") or "")
    for document in reading.read(
        piece.turned(f"{piece.name}.html", b"<!doctype html>" + meta + data)
    ):
        given = dict(document.given)
        if "//" in url and "url" not in given:
            given["url"] = Given(url.strip(), "Snapshot-Content-Location")
            if (found := reading.publishers.outlet_of_url(url)) and "outlet" not in given:
                given["outlet"] = Given(found[0], f"host of the url: {found[1]}")
        yield replace(document, given=given)
