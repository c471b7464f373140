"""Exports of Factiva as HTML: many articles in one page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from syriatopics.corpus.documents import Document
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.exports import article_of, chunks, lines_of, printed_day, tree_of
from syriatopics.corpus.read.html import decode_page
from syriatopics.corpus.read.piece import Piece
from syriatopics.errors import CorpusError

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "Factiva (HTML)"
KINDS = (".html", ".htm")
_BEGINS = re.compile(
    r"<div\b[^<>]{0,200}?\bid=[\"']?article-[^<>\s\"']{4,80}[^<>]{0,200}?>"
    r"|<div\b[^<>]{0,100}?\bclass=[\"']article [a-z]{2}Article\b[^<>]{0,100}?>",
    re.IGNORECASE,
)
_MARK = re.compile(rb"[\"' ][a-z]{2}Article\b|articleParagraph|dj:article|factiva", re.IGNORECASE)
_AN = re.compile(r"Document\s+([A-Z][A-Z0-9]{7,20}[a-z0-9]{6,20})\b")
_WORDS = re.compile(r"[\d.,\u202f ]{1,12}\s?(?:words|mots|palabras|Wörter|parole|كلمة|كلمات)", re.I)
_RIGHTS = re.compile(r"^\s*(?:\(c\)|©|copyright\b)", re.IGNORECASE)


def sniff(piece: Piece) -> Sure:
    """Recognise an export by its classes and by the numbers of its articles."""
    if not piece.is_markup or not _MARK.search(piece.head):
        return Sure.NO
    return Sure.KNOWN if _BEGINS.search(piece.whole_sample) else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield the articles of an export, each read by itself."""
    html, _ = decode_page(piece.read(), None, piece.place)
    found = list(_articles(html))
    for number, chunk in enumerate(found, start=1):
        where = f"article {number}"
        document = reading.attempt(piece, where, _document, piece, where, chunk)
        if document is not None:
            yield document


def _articles(html: str) -> Iterator[str]:
    """Cut the page; an article has two tags that begin it, the second directly after the first."""
    held = ""
    for _, chunk in chunks(html, _BEGINS):
        if held and _tagless(held):
            held += chunk
            continue
        if held:
            yield held
        held = chunk
    if held:
        yield held


def _tagless(chunk: str) -> bool:
    return not re.sub(r"<[^<>]*+>", "", chunk).strip()


def _document(piece: Piece, where: str, chunk: str) -> Document:
    tree = tree_of(chunk)
    text = "\n".join(lines_of(tree))
    numbers = _AN.findall(text)
    if len(set(numbers)) > 1:
        raise CorpusError("several articles that cannot be told apart")
    fields, stated = _head(tree)
    paragraphs = [
        held
        for p in tree.iter("p")
        if "articleParagraph" in (p.get("class") or "")
        and (held := " ".join("".join(p.itertext()).split()))
        and not _AN.fullmatch(held)
    ]
    text = "\n\n".join(paragraphs)
    number = numbers[0] if numbers else None
    return article_of(piece, where, "Factiva export", text, fields, _EVIDENCE, stated, number)


_EVIDENCE = {"title": "headline", "outlet": "source", "date_printed": "date", "author": "byline"}


def _head(tree: _Element) -> tuple[dict[str, str | None], str | None]:
    """Read the lines above the text: words, date, source, code, language, rights; return the first apart."""
    title = author = outlet = day = None
    for element in tree.iter("div", "span", "h1", "h2", "h3"):
        kind = element.get("class") or ""
        said = " ".join("".join(element.itertext()).split())
        if not title and ("Headline" in kind or element.get("id") == "hd"):
            title = said
        elif not author and "author" in kind.lower().split():
            author = said
    lines = [
        " ".join("".join(e.itertext()).split())
        for e in tree.iter("div")
        if not len(e.findall("div"))
    ]
    stated = None
    for line in lines:
        if stated is None:
            stated = line if _WORDS.fullmatch(line.strip()) else None
        elif day is None:
            day = printed_day(line)
        elif line and not re.fullmatch(r"[\d:]{4,8}", line):
            outlet = line
            break
    return {"title": title, "author": author, "outlet": outlet, "date_printed": day}, stated
