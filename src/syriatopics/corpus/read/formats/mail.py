"""Mail: newsletters, alerts, forwarded articles, digests, and what is attached to them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime
from functools import partial
from typing import cast

from syriatopics.corpus.documents import Document, Given
from syriatopics.corpus.parse.printed import parse_date
from syriatopics.corpus.read.contract import Reading, Sure, quietly
from syriatopics.corpus.read.encodings import decode
from syriatopics.corpus.read.folders import is_wanted
from syriatopics.corpus.read.forwarded import find_original, without_signs
from syriatopics.corpus.read.packed import check_name
from syriatopics.corpus.read.piece import Piece
from syriatopics.errors import CorpusError

__all__ = ["KINDS", "NAME", "documents", "header", "sniff"]

NAME = "mail"
KINDS = (".eml",)
_HEAD = re.compile(
    rb"(?:^|\n)(?:From|Received|Return-Path|Delivered-To|Message-ID):\s", re.IGNORECASE
)
_ALSO = re.compile(rb"\n(?:Subject|Date):\s", re.IGNORECASE)
_SAVED = re.compile(rb"(?:^|\n)Snapshot-Content-Location:", re.IGNORECASE)
# What has fewer words stands beside the articles: a greeting, the footer of a list.
_FEWEST_WORDS = 20
_DEEPEST = 5
# The head of a part within a text: where parts begin and end was damaged.
_LOST = re.compile(r"^Content-Type: *(?:message|multipart)/\w", re.M | re.I)
_FORWARDED = re.compile(
    r"^(?:\s*(?:fwd?|re|tr|wg|rv|إعادة توجيه|إعادة إرسال|تحويل|محوّ?ل|رد)\s*(?:\[\d+\])?\s*[:：])+\s*",
    re.I,
)


def sniff(piece: Piece) -> Sure:
    """Recognise mail by its name and its head."""
    head = piece.head[:4000]
    if _SAVED.search(head):
        return Sure.NO
    if piece.kind in KINDS:
        return Sure.KNOWN
    if piece.kind:  # the text of a mail may begin with the heads of another
        return Sure.NO
    return Sure.SHAPED if _HEAD.match(head) and _ALSO.search(head) else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield the articles of a mail: its text, mails in it, what is attached.

    Raises
    ------
    CorpusError
        If there is neither a text nor a page in it.
    """
    with quietly():
        message = message_from_bytes(piece.read(), policy=policy.compat32)
    n = 0
    for n, document in enumerate(_of_message(message, piece, reading, _DEEPEST), start=1):
        if n > 1:
            place = piece.at(f"part {n}") if document.place == piece.place else document.place
            document = replace(document, article_id=f"{piece.article_id}-{n}", place=place)
        yield document
    if n > 1:
        reading.note(f"{piece.name}: {n} articles in one mail, read one by one.")


def _of_message(
    message: Message, piece: Piece, reading: Reading, deeper: int
) -> Iterator[Document]:
    parts = [part for part in _parts(message) if _holds(part)]
    texts = [part for part in parts if _is_text(part)]
    if not deeper:
        raise CorpusError(f"{piece.place}: a mail in more than {_DEEPEST - 1} others.")
    if not texts:
        raise CorpusError(f"{piece.place}: no page and no text in it.")
    if others := len(parts) - len(texts):
        reading.leave("attachment of a mail that is no text", others)
    for part in texts:
        name = _file_name(part)
        if part.get_content_type() == "message/rfc822":
            for held in part.get_payload():
                yield from _of_message(cast(Message, held), piece, reading, deeper - 1)
        elif name:
            opener = partial(io.BytesIO, cast(bytes, part.get_payload(decode=True)))
            yield from reading.read(
                replace(piece.member(name, opener), article_id=piece.article_id)
            )
        else:
            yield from _of_text(part, message, piece, reading, alone=len(texts) == 1)


def _file_name(part: Message) -> str:
    """Return the name of an attached file, where it leads nowhere else and may be of an article."""
    name = check_name(part.get_filename() or "") or ""
    return name if name.strip(".") and is_wanted(name) else ""


def _is_text(part: Message) -> bool:
    kind = part.get_content_type()
    return bool(kind == "message/rfc822" or kind.startswith("text/") or _file_name(part))


def _parts(message: Message) -> Iterator[Message]:
    """Yield what stands in a mail one after the other; of alternatives the page."""
    kind = message.get_content_type()
    payload = message.get_payload()
    if not isinstance(payload, list) or kind == "message/rfc822":
        yield message
        return
    inner = [part for part in payload if isinstance(part, Message)]
    if kind == "multipart/related":  # a page and its pictures
        inner = inner[:1]
    held = [list(_parts(part)) for part in inner]
    if kind == "multipart/alternative":
        best = [parts for parts in held if any(p.get_content_type() == "text/html" for p in parts)]
        held = [*best, *held][:1]
    for parts in held:
        yield from parts


def _holds(part: Message) -> bool:
    if part.get_content_type() == "message/rfc822":
        return isinstance(part.get_payload(), list)
    data = part.get_payload(decode=True)
    return isinstance(data, bytes) and bool(data.strip())


def _of_text(
    part: Message, message: Message, piece: Piece, reading: Reading, alone: bool
) -> Iterator[Document]:
    data, charset = cast(bytes, part.get_payload(decode=True)), part.get_content_charset()
    if part.get_content_type() == "text/html":
        named = charset and b"charset" not in data[:4096].lower()
        meta = f'<meta charset="{charset}">'.encode() if named else b""
        held = piece.turned(f"{piece.name}.html", b"<!doctype html>" + meta + data)
    else:
        text, _ = decode(data, piece.place, [charset])
        if _LOST.search(text):
            raise CorpusError(f"{piece.place}: parts of a mail whose borders are lost.")
        held = piece.turned(f"{piece.name}.txt", without_signs(text).encode("utf-8"))
    texts = list(reading.read(held))
    for document in texts:
        if alone or len(document.raw.split()) >= _FEWEST_WORDS:
            yield _with_heads(document, message, charset, reading, single=len(texts) == 1)
        else:
            reading.leave("short part of a mail")


def _with_heads(
    document: Document, message: Message, charset: str | None, reading: Reading, single: bool
) -> Document:
    """Add what the heads of a mail say, and those of the mail that it forwards."""
    original = find_original(document.raw) if single else None
    said = {name: header(message, name, charset) for name in ("from", "subject", "date")}
    if original is not None:
        said |= original.said
    given = dict(document.given)
    where = "of the forwarded mail" if original is not None else "of the mail"
    if single and (subject := _FORWARDED.sub("", said["subject"])):
        given.setdefault("title", Given(subject, f"Subject {where}"))
    host = said["from"].rpartition("@")[2].strip(" <>\"'")
    house = reading.publishers.outlet_of_url(f"https://{host}") if "." in host else None
    if house is not None:
        given.setdefault("outlet", Given(house[0], f"sender {where}: {house[1]}"))
    sent = _day(said["date"])
    if original is not None and house is not None and sent is not None:
        given.setdefault("date_printed", Given(sent.isoformat(), f"Date {where}"))
    return replace(
        document,
        given=given,
        # A mail may forward an old article: its day says only that it was written no later.
        captured=document.captured or sent,
        lines=tuple(sorted({*document.lines, *(original.lines if original else ())})),
    )


def header(message: Message, name: str, charset: str | None = None) -> str:
    """Return a head of a mail as text, coded as it should be or not at all."""
    raw = next((str(v) for k, v in message.raw_items() if k.lower() == name), "")
    text, _ = decode(raw.encode("utf-8", "surrogateescape"), name, [charset])
    if "=?" in text:
        with suppress(ValueError, LookupError, HeaderParseError):
            text = str(make_header(decode_header(text)))
    return " ".join(text.split())


def _day(stated: str) -> date | None:
    with suppress(ValueError, TypeError, IndexError):
        return parsedate_to_datetime(stated).date()
    read = parse_date(stated)
    return read[0].date() if read is not None else None
