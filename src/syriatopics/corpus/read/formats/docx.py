"""Documents of Word (.docx): the text of a document, or an export of many articles in one."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from syriatopics.corpus.documents import Document
from syriatopics.corpus.read.contract import Reading, Sure, quietly
from syriatopics.corpus.read.packed import check_zip
from syriatopics.corpus.read.piece import Piece
from syriatopics.errors import CorpusError, NotInstalledError
from syriatopics.extras import load

NAME = "document of Word"
KINDS = (".docx",)


def sniff(piece: Piece) -> Sure:
    """Recognise a document by its name, or by the names of its parts."""
    packed = piece.head.startswith(b"PK")
    if piece.kind in KINDS:
        return Sure.KNOWN if packed else Sure.NAMED
    return Sure.KNOWN if packed and b"word/document.xml" in piece.head else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield the articles of the text, as if it were a .txt."""
    docx = load("docx", "A document of Word", "save it as .txt")
    data = piece.read()
    check_zip(data, piece)
    try:
        with quietly():
            text = "\n".join(_lines(docx.Document(io.BytesIO(data))))
    except (MemoryError, NotInstalledError):
        raise
    except Exception as error:
        reason = f"{type(error).__name__}: {error!s:.100}"
        raise CorpusError(f"{piece.place} is no readable document of Word: {reason}") from None
    yield from reading.read(piece.turned(f"{piece.name}.txt", text.encode("utf-8", "replace")))


def _lines(document: Any) -> Iterator[str]:
    """Yield paragraphs and the cells of tables in their order; a blank line where a style parts them."""
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                yield " | ".join(dict.fromkeys(cell.text.strip() for cell in row.cells))
            yield ""
            continue
        yield block.text
