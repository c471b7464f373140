"""Web archives (WARC): the pages in them, with the day on which each was fetched."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from syriatopics.corpus.documents import Document
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.pages import LARGEST_PAGE, page_document
from syriatopics.corpus.read.piece import Piece

NAME = "web archive"
KINDS = (".warc",)
_HTML = ("text/html", "application/xhtml")


def sniff(piece: Piece) -> Sure:
    """Recognise a web archive by its first record."""
    if piece.head.startswith(b"WARC/"):
        return Sure.KNOWN
    return Sure.NAMED if piece.kind in KINDS else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield an article for each page that a server gave."""
    with piece.open() as file:
        for number, record in enumerate(_records(file, piece, reading)):
            if record.rec_type != "response":
                continue
            where = f"record {number}"
            document = reading.attempt(piece, where, _document, record, piece, where, reading)
            if document is not None:
                yield document


def _records(file: Any, piece: Piece, reading: Reading) -> Iterator[Any]:
    """Yield the records; a file that is cut off or damaged is read as far as it goes."""
    from warcio.archiveiterator import ArchiveIterator

    yield from reading.boundary.each(ArchiveIterator(file), piece.path, piece.where)


def _document(record: Any, piece: Piece, where: str, reading: Reading) -> Document | None:
    headers = record.http_headers
    status = headers.get_statuscode() if headers else ""
    kind = (headers.get_header("Content-Type") or "") if headers else ""
    if status != "200":
        reading.leave("page that the server did not give")
        return None
    if not kind.lower().startswith(_HTML):
        reading.leave("record that is no page")
        return None
    data = record.content_stream().read(LARGEST_PAGE + 1)
    said = record.rec_headers
    article_id = (said.get_header("WARC-Record-ID") or "").strip("<>").removeprefix("urn:uuid:")
    return page_document(
        data,
        article_id or where.rsplit(" ", 1)[-1],
        piece.at(where),
        charset=_charset(kind),
        url=said.get_header("WARC-Target-URI"),
        captured=_day(said.get_header("WARC-Date")),
        publishers=reading.publishers,
    )


def _charset(content_type: str) -> str | None:
    _, found, charset = content_type.lower().partition("charset=")
    return charset.split(";")[0].strip("\"' ") if found else None


def _day(stated: str | None) -> date | None:
    try:
        return date.fromisoformat((stated or "")[:10])
    except ValueError:
        return None
