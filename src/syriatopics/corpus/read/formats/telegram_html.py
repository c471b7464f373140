"""Exports of Telegram channels as HTML: messages.html, messages2.html and so on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from syriatopics.corpus.documents import Document, Given
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.exports import chunks, lines_of, tree_of
from syriatopics.corpus.read.html import decode_page, parse_html
from syriatopics.corpus.read.piece import Piece
from syriatopics.errors import CorpusError

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "Telegram (HTML)"
KINDS = (".html",)
_BEGINS = re.compile(r"<div\b[^<>]{0,40}\bclass=\"message (\w+)[^<>]{0,120}\bid=\"message(-?\d+)\"")
_MARK = re.compile(r"class=\"(?:history|page_body chat_page|from_name|pull_right date details)\"")
_MARK_OF_TEXT = 'class="text"'
_STAMP = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d:\d\d)")


def sniff(piece: Piece) -> Sure:
    """Recognise an export by the classes of its messages."""
    found = piece.is_markup and _MARK.search(piece.sample) and _BEGINS.search(piece.sample)
    return Sure.KNOWN if found else Sure.NO


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield an article for each message with a text, each read by itself."""
    html, _ = decode_page(piece.read(), None, piece.place)
    begin = _BEGINS.search(html)
    channel = _channel(html[: begin.start()]) if begin else ""
    for head, chunk in chunks(html, _BEGINS):
        where = f"message {head[2]}"
        if head[1] == "service" and _MARK_OF_TEXT not in chunk:
            reading.leave("service message")
            continue
        document = reading.attempt(piece, where, _message, piece, head[2], chunk, channel, reading)
        if document is not None:
            yield document


def _channel(html: str) -> str:
    tree = parse_html(html)
    names = [] if tree is None else _of_class(tree, "text")
    return _said(names[0]) if names else ""


def _message(
    piece: Piece, number: str, chunk: str, channel: str, reading: Reading
) -> Document | None:
    tree = tree_of(chunk)
    stamps = [e.get("title") or "" for e in _of_class(tree, "date") if not _is_forwarded(e)]
    texts = _of_class(tree, "text")
    if len(texts) > 1 or len(stamps) > 1:
        raise CorpusError("several articles that cannot be told apart")
    text = "\n".join(lines_of(texts[0])).strip() if texts else ""
    if not text:
        reading.leave("message without a text")
        return None
    given = {}
    if stamps and (found := _STAMP.match(stamps[0])):
        day, month, year, clock = found.groups()
        given["date_printed"] = Given(f"{year}-{month}-{day}T{clock}", "date of the message")
    if channel:
        given["outlet"] = Given(channel, "name of the channel")
    for element in _of_class(tree, "from_name"):
        # A date of its own stands behind the name of who wrote a forwarded message first.
        name = _STAMP.sub("", " ".join((element.text or "").split())).strip()
        field, evidence = (
            ("origin", "forwarded from")
            if _is_forwarded(element)
            else ("author", "name of the sender")
        )
        if name and (field == "origin" or name != channel):
            given.setdefault(field, Given(name, evidence))
    return Document(
        f"{piece.article_id}-{number}",
        text,
        given,
        piece.at(f"message {number}"),
        file=piece.inside,
    )


def _of_class(tree: _Element, name: str) -> list[_Element]:
    return [e for e in tree.iter("div", "span") if name in (e.get("class") or "").split()]


def _is_forwarded(element: _Element) -> bool:
    return any("forwarded" in (e.get("class") or "").split() for e in element.iterancestors())


def _said(element: _Element) -> str:
    return " ".join("".join(element.itertext()).split())
