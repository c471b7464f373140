"""PDF with a text layer."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

from syriatopics.corpus.documents import Document
from syriatopics.corpus.read.contract import Reading, Sure, quietly
from syriatopics.corpus.read.piece import Piece
from syriatopics.errors import CorpusError
from syriatopics.extras import load

NAME = "PDF"
KINDS = (".pdf",)
_MOST_PAGES = 2000
_LONGEST = 10_000_000


def sniff(piece: Piece) -> Sure:
    """Recognise a PDF by its mark, which stands in its first kilobyte."""
    if b"%PDF-" in piece.head[:1024]:
        return Sure.KNOWN
    return Sure.NAMED if piece.kind in KINDS else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield the articles of the text, as if it were a .txt.

    Raises
    ------
    CorpusError
        If there is no text in it: pictures of pages have to be read by a program for that.
    """
    pypdf = load("pypdf", "A PDF", "save it as .txt (pdftotext)")
    # What it says of a file goes to the log of the user, and to nobody where there is none.
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    with quietly():
        file = pypdf.PdfReader(io.BytesIO(piece.read()), strict=False)
        if file.is_encrypted and not file.decrypt(""):
            raise CorpusError(f"{piece.place} is encrypted.")
        pages, length = [], 0
        for number, page in enumerate(file.pages):
            if number >= _MOST_PAGES or length > _LONGEST:
                raise CorpusError(f"{piece.place}: more than {_MOST_PAGES:,} pages; cut it up.")
            pages.append(page.extract_text() or "")
            length += len(pages[-1])
    text = "\n\n".join(pages)
    if not text.strip():
        raise CorpusError(f"{piece.place}: a PDF without text; pictures of pages need OCR.")
    name = f"{piece.name}.txt"
    yield from reading.read(piece.turned(name, text.encode("utf-8", "replace")))
