"""Exports of Factiva as text, as .rtf, .docx and .pdf hold it: in lines, or with two-letter codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from syriatopics.corpus.documents import Document
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.encodings import decode
from syriatopics.corpus.read.exports import article_of, blocks_of, printed_day
from syriatopics.corpus.read.piece import Piece
from syriatopics.errors import CorpusError

NAME = "Factiva (text)"
KINDS = (".txt",)
# The number of an article stands below it.
_NUMBER = r"[A-Z][A-Z0-9]{7,20}[a-z0-9]{6,20}"
_ENDS = re.compile(
    rf"^[ \t|]*(?:Document|AN)[ \t|]+(?:Document[ \t]+)?({_NUMBER})[ \t|]*\r?$", re.MULTILINE
)
_WORDS = re.compile(r"[\d.,\u202f ]{1,12}\s?(?:words|mots|palabras|Wörter|parole|كلمة|كلمات)", re.I)
_CODES = "SE HD BY CR WC PD ET SN SC ED PG VOL LA CY LP TD CT RF ART CLM CX DLN".replace(" ", "|")
_CODE = re.compile(rf"({_CODES})(?:[ \t]*\||[ \t]{{2,}}|\t|$)\s*(.*)")
_FEWEST_WORDS = 20
_RIGHTS = re.compile(r"\s*(?:\(c\)|©|copyright\b)", re.IGNORECASE)
_EVIDENCE = {"title": "headline", "outlet": "source", "date_printed": "date", "author": "byline"}


def sniff(piece: Piece) -> Sure:
    """Recognise an export by the numbers of its articles and the counts of their words."""
    if piece.kind not in KINDS or not _ENDS.search(piece.whole_sample):
        return Sure.NO
    lines = piece.whole_sample.splitlines()
    counted = any(_WORDS.fullmatch(line.strip()) for line in lines)
    return Sure.KNOWN if counted or any(map(_CODE.match, lines)) else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield the articles of an export."""
    text, _ = decode(piece.read(), piece.place)
    start = 0
    for number, end in enumerate(_ENDS.finditer(text), start=1):
        where = f"article {number}"
        document = reading.attempt(
            piece, where, _document, piece, where, text[start : end.start()], end[1]
        )
        start = end.end()
        if document is not None:
            yield document
    rest = text[start:]
    if len(rest.split()) > _FEWEST_WORDS:
        reading.skip(piece, "the end", "an article without its number; where it ends is not known")


def _document(piece: Piece, where: str, text: str, number: str) -> Document:
    lines = [line.replace("\xa0", " ").rstrip() for line in text.splitlines()]
    counted = [n for n, line in enumerate(lines) if _WORDS.fullmatch(line.strip(" |\t"))]
    coded = [found[1] for line in lines if (found := _CODE.match(line))]
    if len(counted) > 1 or coded.count("HD") > 1 or coded.count("PD") > 1:
        raise CorpusError("several articles that cannot be told apart")
    if "HD" in coded or "LP" in coded:
        return _by_codes(piece, where, lines, number)
    if not counted:
        raise CorpusError("the head of an article is damaged")
    return _by_lines(piece, where, lines, counted[0], number)


def _by_lines(piece: Piece, where: str, lines: list[str], counted: int, number: str) -> Document:
    above = blocks_of(lines[:counted])
    head = above[-1] if above else []
    author = None
    if len(head) > 1 and re.match(r"by\b|de\b|بقلم", head[-1], re.IGNORECASE):
        author, head = head[-1], head[:-1]
    below = lines[counted + 1 :]
    day = outlet = None
    body = 0
    for n, line in enumerate(below[:14]):
        held = line.strip()
        if day is None:
            day = printed_day(held)
        elif outlet is None and held and not re.fullmatch(r"[\d:]{4,8}", held):
            outlet = held
        if _RIGHTS.match(held):
            body = n + 1
            break
    if not body:  # no line of rights: the lines of the head are followed by a blank one
        body = next((n for n, line in enumerate(below) if n > 2 and not line.strip()), 0)
    text = "\n\n".join(" ".join(block) for block in _paragraphs(below[body:]))
    fields = {
        "title": " ".join(head), "outlet": outlet, "date_printed": day, "author": author,
    }  # fmt: skip
    stated = lines[counted]
    return article_of(piece, where, "Factiva export", text, fields, _EVIDENCE, stated, number)


def _paragraphs(lines: list[str]) -> list[list[str]]:
    blocks = blocks_of(lines)
    if len(blocks) > 1:
        return blocks
    return [[line] for block in blocks for line in block]


def _by_codes(piece: Piece, where: str, lines: list[str], number: str) -> Document:
    said: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        found = _CODE.match(line)
        if found:
            code, line = found[1], found[2]
            said.setdefault(code, [])
        if code and line.strip(" |\t"):
            said[code].append(line.strip(" |\t"))
    text = "\n\n".join(line for code in ("LP", "TD") for line in said.get(code, ()))
    fields = {
        "title": " ".join(said.get("HD", ())),
        "outlet": " ".join(said.get("SN", ())),
        "date_printed": " ".join(said.get("PD", ())),
        "author": " ".join(said.get("BY", ())),
    }
    stated = " ".join(said.get("WC", ()))
    return article_of(piece, where, "Factiva export", text, fields, _EVIDENCE, stated, number)
