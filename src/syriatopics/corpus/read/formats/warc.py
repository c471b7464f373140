"""Web archives (WARC, WET): the pages in them, with the day on which each was fetched."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from typing import Any

from syriatopics.corpus.documents import Document, Given
from syriatopics.corpus.read.borders import Shown, doubtful, find_borders, several_articles
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.encodings import decode
from syriatopics.corpus.read.formats.pages import check_page
from syriatopics.corpus.read.packings import unpack_brotli, unpack_gzip, unpack_zstd
from syriatopics.corpus.read.pages import LARGEST_PAGE, page_document
from syriatopics.corpus.read.piece import Piece
from syriatopics.corpus.read.warc_records import gunzipped, page_of_damaged, warc_records
from syriatopics.errors import CorpusError

# What warcio would print on damage holds bytes of the archive.
logging.getLogger("warcio").addHandler(logging.NullHandler())
NAME = "web archive"
Said = Callable[[str], str | None]
KINDS = (".warc", ".wet")
_HTML = re.compile(r"text/html|application/xhtml", re.IGNORECASE)
_TEXT = re.compile(r"text/plain", re.IGNORECASE)
_BEGINS = re.compile(rb"\s*(?:<!doctype html|<html\b)", re.IGNORECASE)
_KINDS = ("response", "resource", "conversion")
_NO_PAGES = ("request", "warcinfo", "metadata", "revisit", "continuation")
_GIVEN = ("200", "203", "206")


def sniff(piece: Piece) -> Sure:
    """Recognise a web archive by its first record."""
    if piece.head.startswith(b"WARC/"):
        return Sure.KNOWN
    return Sure.NAMED if piece.kind in KINDS else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield an article for each page that was given, kept or turned into text."""
    met = 0
    for number, data, fault in warc_records(_chunks(piece), LARGEST_PAGE + 2**16):
        met += 1
        where = f"record {number}" if number >= 0 else ""  # else what belongs to no record
        document = reading.attempt(piece, where, _read, data, fault, piece, where, reading)
        if document is not None:
            yield document
    piece.damage = None  # what is damaged was said record by record
    if not met:
        reading.skip(piece, "", "no record in it")


def _chunks(piece: Piece) -> Iterator[bytes]:
    """Give the bytes; a file packed record by record is taken up again behind its damage."""
    if piece.packing == "gzip":
        with piece.opener() as packed:
            yield from gunzipped(packed)
        return
    with piece.open() as file:
        while chunk := file.read(2**18):
            yield chunk


def _read(data: bytes, fault: str, piece: Piece, where: str, reading: Reading) -> Document | None:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    record = None
    with suppress(ArchiveLoadFailed, AttributeError, ValueError):  # as it meets a damaged head
        record = next(iter(ArchiveIterator(io.BytesIO(data))), None)
    if not fault and (not where or record is None or _is_damaged(record)):
        found = page_of_damaged(data)
        if found is not None:
            return _page(found[1], found[0].get, None, piece, where, reading)
    if record is None or not where:
        raise CorpusError(fault or "a record whose head is damaged")
    if record.rec_type not in _KINDS:
        if record.rec_type not in _NO_PAGES:
            reading.leave(f"record of type {record.rec_type!s:.20}")
        return None
    return _document(record, fault, piece, where, reading)


def _is_damaged(record: Any) -> bool:
    """Say whether the head of a record, or what a server wrote above a page, makes no sense."""
    if record.rec_type == "response":
        headers = record.http_headers
        if not headers or not re.fullmatch(r"[1-5]\d\d", headers.get_statuscode() or ""):
            return True
        kind = headers.get_header("Content-Type")
        return bool(kind) and not re.match(r"[!-~]+/[!-~]", kind)
    return record.rec_type not in (*_KINDS, *_NO_PAGES)


def _document(
    record: Any, fault: str, piece: Piece, where: str, reading: Reading
) -> Document | None:
    said, headers = record.rec_headers, record.http_headers
    status = headers.get_statuscode() if headers else "200"
    kind = (
        headers.get_header("Content-Type") if headers else said.get_header("Content-Type")
    ) or ""
    if status not in _GIVEN:
        reading.leave("page that the server did not give")
        return None
    page, text = _HTML.match(kind), _TEXT.match(kind) and record.rec_type != "response"
    if fault and headers is None and record.rec_type == "response":
        raise CorpusError(fault)  # what it holds cannot be told from what it is
    if kind and not page and not text:
        reading.leave("record that is no page")
        return None
    content = _content(record, headers)
    if not kind and not _BEGINS.match(content):
        reading.leave("record that is no page")
        return None
    if fault:
        raise CorpusError(fault)
    if text:
        return _text(content, *_named(said.get_header, where), piece.at(where), reading)
    return _page(content, said.get_header, _charset(kind), piece, where, reading)


def _page(
    content: bytes, said: Said, charset: str | None, piece: Piece, where: str, reading: Reading
) -> Document:
    article_id, url, day = _named(said, where)
    found = page_document(
        content,
        article_id,
        piece.at(where),
        charset=charset,
        url=url,
        captured=day,
        publishers=reading.publishers,
    )
    check_page(found)
    return found


def _named(said: Said, where: str) -> tuple[str, str | None, date | None]:
    """Return the id of a record, the address of its page, and when that was fetched."""
    article_id = (said("WARC-Record-ID") or "").strip("<>").removeprefix("urn:uuid:")
    number = where.rsplit(" ", 1)[-1]
    return article_id or number, said("WARC-Target-URI"), _day(said("WARC-Date"))


def _text(
    data: bytes, article_id: str, url: str | None, day: date | None, place: str, reading: Reading
) -> Document:
    """Return the text that somebody made of a page (WET)."""
    raw, _ = decode(data, place)
    if not raw.strip():
        raise CorpusError("no text")
    given = {}
    if url:
        given["url"] = Given(url, "address of the page")
        if found := reading.publishers.outlet_of_url(url):
            given["outlet"] = Given(found[0], f"host of the url: {found[1]}")
    lines = [Shown(line) for line in raw.splitlines()]
    borders = find_borders(lines, reading.publishers)
    if borders.n > 1:
        raise CorpusError(several_articles(borders.n, "take the page itself"))
    flags = doubtful(raw, borders)
    extra = {"captured": day.isoformat()} if day else {}
    return Document(article_id, raw, given, place, captured=day, flags=flags, extra=extra)


def _content(record: Any, headers: Any) -> bytes:
    """Unpack what a server packed, whether it said so or not."""
    most = LARGEST_PAGE + 1
    packing = (headers.get_header("Content-Encoding") or "").strip().lower() if headers else ""
    if packing:
        headers.remove_header("Content-Encoding")
    data = bytes(record.content_stream().read(most))
    if data.lstrip()[:1] == b"<":
        return data  # said to be packed, and is not
    if packing == "br":
        return unpack_brotli(data, most)
    if data.startswith(b"(\xb5/\xfd"):
        return unpack_zstd(data, most)
    if data.startswith(b"\x1f\x8b") or packing in ("gzip", "deflate"):
        return unpack_gzip(data, most)
    return data


def _charset(content_type: str) -> str | None:
    _, found, charset = content_type.lower().partition("charset=")
    return charset.split(";")[0].strip("\"' ") if found else None


def _day(stated: str | None) -> date | None:
    try:
        return date.fromisoformat((stated or "")[:10])
    except ValueError:
        return None
