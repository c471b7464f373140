"""Exports of Europresse as HTML."""

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

NAME = "Europresse"
KINDS = (".html", ".htm")
_MARK = re.compile(rb"DocPublicationName|cedrom-sni|europresse", re.IGNORECASE)
_BEGINS = re.compile(
    r"<article\b[^<>]{0,200}>(?=(?:(?!</article>).){0,4000}?DocPublicationName)", re.S
)
_OLD = re.compile(r"<(?:span|div)\b[^<>]{0,80}\bDocPublicationName\b[^<>]{0,80}>", re.IGNORECASE)
_NUMBER = re.compile(r"(?:news|web)\W\d{6,8}\W\w{1,9}\W[\w-]{1,30}")
_ENDS = re.compile(
    r"Num[ée]ro de document|Tous droits r[ée]serv[ée]s|All rights reserved|Ce certificat|"
    r"Le présent document|Date d'[ée]mission|This certificate",
    re.IGNORECASE,
)
_EVIDENCE = {
    "title": "headline",
    "outlet": "name of the publication",
    "date_printed": "line of the date",
    "author": "line of the author",
}


def sniff(piece: Piece) -> Sure:
    """Recognise an export by the classes of its parts."""
    found = piece.is_markup and _MARK.search(piece.head) and _OLD.search(piece.whole_sample)
    return Sure.KNOWN if found else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield the articles of an export, each read by itself."""
    html, _ = decode_page(piece.read(), None, piece.place)
    new = _BEGINS.search(html) is not None
    for number, (_, chunk) in enumerate(chunks(html, _BEGINS if new else _OLD), start=1):
        where = f"article {number}"
        document = reading.attempt(piece, where, _document, piece, where, chunk)
        if document is not None:
            yield document


def _document(piece: Piece, where: str, chunk: str) -> Document:
    tree = tree_of(chunk)
    names = _of_class(tree, "docpublicationname")
    titles = _of_class(tree, "titrearticlevisu") or _of_class(tree, "titrearticle")
    if len(names) != 1 or len(titles) > 1:
        raise CorpusError("several articles that cannot be told apart")
    header = " ".join(_said(e) for e in _of_class(tree, "docheader"))
    authors = _of_class(tree, "docauthors") or _of_class(tree, "sm-margin-bottomnews")
    bodies = _of_class(tree, "dococurrcontainer")
    author = _said(authors[0]) if authors else None
    if bodies:
        text = "\n\n".join(line for body in bodies for line in lines_of(body) if line)
    else:
        author = author or (_author_below(titles[0]) if titles else None)
        text = _below(tree, _said(titles[0]) if titles else header, author)
    fields = {
        "title": _said(titles[0]) if titles else None,
        "outlet": re.split(r", no\.|\(site web\)|\s\|\s", _said(names[0]))[0],
        "date_printed": printed_day(header),
        "author": author,
    }
    return article_of(piece, where, "Europresse export", text, fields, _EVIDENCE)


def _of_class(tree: _Element, name: str) -> list[_Element]:
    """Return the elements of a class, the outermost of nested ones."""
    found = [e for e in tree.iter() if name in (e.get("class") or "").lower().split()]
    return [e for e in found if not any(above in found for above in e.iterancestors())]


def _said(element: _Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _author_below(title: _Element) -> str | None:
    """Return the author of a page of the old form: a line of its own, ended before the text begins."""
    lines: list[str] = []
    for beside in title.itersiblings():
        if beside.tag != "br":
            named = beside.tag == "p" and lines[-1:] == [""]
            return next((line for line in lines if named and len(line.split()) < 12), None)
        lines.append(" ".join((beside.tail or "").split()))
        lines = [line for line in lines[:-1] if line] + lines[-1:]
    return None


def _below(tree: _Element, title: str, author: str | None) -> str:
    """Return the text of a page of the old form: what stands between headline and rights."""
    lines = [line for line in lines_of(tree) if line]
    start = next((n for n, line in enumerate(lines) if title and title in line), -1)
    start += lines[start + 1 : start + 2] == [author]
    kept = []
    for line in lines[start + 1 :]:
        if _ENDS.search(line) or _NUMBER.search(line):
            break
        kept.append(line)
    return "\n\n".join(kept)
