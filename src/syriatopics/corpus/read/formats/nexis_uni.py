"""Exports of Nexis Uni as text, as .docx, .rtf and .pdf hold it: "End of Document"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from syriatopics.corpus.documents import Document
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.encodings import decode
from syriatopics.corpus.read.exports import article_of, printed_day
from syriatopics.corpus.read.piece import Piece
from syriatopics.errors import CorpusError

NAME = "Nexis Uni"
KINDS = (".txt",)
_ENDS = re.compile(r"^[ \t\xa0]{0,20}End of Document[ \t\xa0]{0,20}$", re.MULTILINE)
_LENGTH = re.compile(r"Length:\s", re.IGNORECASE)
_LABEL = re.compile(r"(Section|Length|Byline|Dateline|Highlight|Series|Edition|Version):\s*(.*)")
_TAIL = re.compile(
    r"(?:Graphic|Classification|Notes|Load-Date:.*|Language:.*|Publication-Type:.*|Subject:.*|"
    r"Correction(?:-Date)?:?.*|Bibliography|Acknowledgments)\s*"
)
_SAID = re.compile(r"Documents \((\d{1,5})\)")
_EVIDENCE = {
    "title": "headline",
    "outlet": "source line",
    "date_printed": "date line",
    "author": "Byline",
}


def sniff(piece: Piece) -> Sure:
    """Recognise an export by the line that ends its articles."""
    if piece.kind not in KINDS or not _ENDS.search(piece.whole_sample):
        return Sure.NO
    return Sure.KNOWN if _LENGTH.search(piece.whole_sample) else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield the articles of an export."""
    text, _ = decode(piece.read(), piece.place)
    text = text.replace("\xa0", " ")
    parts = _ENDS.split(text)
    for number, part in enumerate(parts[:-1], start=1):
        where = f"document {number}"
        document = reading.attempt(piece, where, _document, piece, where, part.splitlines())
        if document is not None:
            yield document
    if _LENGTH.search(parts[-1]):
        reading.skip(piece, "the end", "an article without its end; where it ends is not known")
    if (said := _SAID.search(text)) and int(said[1]) != len(parts) - 1:
        reading.note(f"{piece.name}: speaks of {said[1]} documents; {len(parts) - 1} were met.")


def _document(piece: Piece, where: str, lines: list[str]) -> Document:
    lines = [line.strip() for line in lines]
    bodies = [n for n, line in enumerate(lines) if line == "Body"]
    lengths = [n for n, line in enumerate(lines) if _LENGTH.match(line)]
    if len(lengths) > 1 or len(bodies) > 1:
        raise CorpusError("several articles that cannot be told apart")
    if not bodies and not lengths:
        raise CorpusError("the head of an article is damaged")
    start = bodies[0] if bodies else lengths[0]
    head, below = lines[:start], lines[start + 1 :]
    said = {found[1]: found[2] for line in lines[: start + 1] if (found := _LABEL.match(line))}
    # Some exports set the summary on the line of the byline.
    author = re.split(r"\s+Highlight:", said.get("Byline", ""))[0]
    title, outlet, day = _head(head)
    end = _end(below)
    text = "\n\n".join(line for line in below[:end] if line)
    fields = {"title": title, "outlet": outlet, "date_printed": day, "author": author}
    stated = said.get("Length")
    return article_of(piece, where, "Nexis Uni export", text, fields, _EVIDENCE, stated)


def _end(below: list[str]) -> int:
    """Return where the text ends: at the first label of those that stand below texts."""
    for n, line in enumerate(below):
        if n and _TAIL.fullmatch(line) and len(line) < 200:
            return n
    return len(below)


def _head(head: list[str]) -> tuple[str | None, str | None, str | None]:
    """Read headline, outlet and date, which stand together above the labels."""
    for n in range(len(head) - 1, 0, -1):
        line = head[n]
        if _LABEL.match(line) or len(line) > 90 or not (day := printed_day(line)):
            continue
        above = [k for k in range(n - 1, -1, -1) if head[k]]
        if not above:
            break
        outlet = head[above[0]]
        title: list[str] = []
        for k in range(above[0] - 1, -1, -1):
            if not head[k]:
                break
            title.insert(0, head[k])
        return " ".join(title) or None, outlet, day
    return None, None, None
