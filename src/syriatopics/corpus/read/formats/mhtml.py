"""Pages as a browser saves them in one file (MHTML), and mail, which has the same form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

from syriatopics.corpus.documents import Document, Given
from syriatopics.corpus.read.contract import Reading, Sure, quietly
from syriatopics.corpus.read.encodings import decode
from syriatopics.corpus.read.piece import Piece
from syriatopics.errors import CorpusError

NAME = "saved page or mail (MHTML)"
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
    kinds = {part.get_content_type(): part for part in reversed(list(message.walk()))}
    part = kinds.get("text/html", kinds.get("text/plain"))
    if part is None:
        raise CorpusError(f"{piece.place}: no page and no text in it.")
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        raise CorpusError(f"{piece.place} is empty: its page has no content.")
    charset = part.get_content_charset()
    if part is kinds.get("text/html"):
        named = charset and b"charset" not in data[:4096].lower()
        meta = f'<meta charset="{charset}">'.encode() if named else b""
        held = piece.turned(f"{piece.name}.html", b"<!doctype html>" + meta + data)
    else:  # mail in plain text
        text, _ = decode(data, piece.place, [charset])
        held = piece.turned(f"{piece.name}.txt", text.encode("utf-8"))
    url = str(message.get("Snapshot-Content-Location") or part.get("Content-Location") or "")
    sent = parsedate_to_datetime(str(message["Date"])) if _dated(message) else None
    for document in reading.read(held):
        given = dict(document.given)
        if subject := _subject(message):
            given.setdefault("title", Given(subject, "Subject of the mail"))
        if "//" in url and "url" not in given:
            given["url"] = Given(url.strip(), "Snapshot-Content-Location")
            if (found := reading.publishers.outlet_of_url(url)) and "outlet" not in given:
                given["outlet"] = Given(found[0], f"host of the url: {found[1]}")
        # A mail may forward an old article: its day says only that it was written no later.
        captured = document.captured or (sent.date() if sent else None)
        yield replace(document, given=given, captured=captured)


def _subject(message: Message) -> str:
    if message.get("Snapshot-Content-Location"):
        return ""
    with suppress(ValueError, LookupError, HeaderParseError):
        return " ".join(str(make_header(decode_header(str(message.get("Subject", ""))))).split())
    return ""


def _dated(message: Message) -> bool:
    with suppress(ValueError, TypeError):
        return parsedate_to_datetime(str(message["Date"])) is not None
    return False
