"""Exports of Telegram channels: result.json, one channel or all of them."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from syriatopics.corpus.documents import Document, Given
from syriatopics.corpus.read.cells import plain
from syriatopics.corpus.read.contract import Reading, Sure
from syriatopics.corpus.read.delimited import opened_text
from syriatopics.corpus.read.json_items import BAD, json_objects
from syriatopics.corpus.read.piece import Piece
from syriatopics.errors import CorpusError

NAME = "Telegram"
KINDS = (".json",)
# What says how far a message went, and whether it was changed.
_KEPT = ("views", "forwards", "edited", "reply_to_message_id", "media_type")
_MESSAGES = re.compile(r"\"messages\"\s*+:\s*+\[")
_CHANNEL = re.compile(
    r"\"name\"\s*+:\s*+\"((?:[^\"\\]|\\.){0,300})\"\s*+,\s*+\"type\"\s*+:\s*+\"(\w{1,40})\"\s*+,\s*+\"id\"\s*+:\s*+(\d{1,20})"
)


def sniff(piece: Piece) -> Sure:
    """Recognise an export by the head of a channel and its messages."""
    sample = piece.sample
    marked = '"messages"' in sample and ('"date_unixtime"' in sample or '"text_entities"' in sample)
    return (
        Sure.KNOWN if marked or (_CHANNEL.search(sample) and _MESSAGES.search(sample)) else Sure.NO
    )


def documents(piece: Piece, reading: Reading) -> Iterator[Document]:
    """Yield an article for each message with a text."""
    with opened_text(piece, reading) as file:
        head = file.read(2**20)
        begin = _MESSAGES.search(head)
        if begin is None:
            raise CorpusError(f"{piece.place}: no list of messages in it.")
        channel, several = _channel(head[: begin.start()]), head.count('"messages"') > 1
        if several:
            yield from _of_all(piece, reading, head + file.read(512 * 2**20))
            return
        for n, (_, item) in enumerate(json_objects(file, head[begin.end() :]), start=1):
            yield from _message(piece, reading, item, channel, n)


def _of_all(piece: Piece, reading: Reading, text: str) -> Iterator[Document]:
    """Read an export of several channels: each list of messages belongs to the name above it."""
    found = list(_MESSAGES.finditer(text))
    number = 0
    for place, begin in enumerate(found):
        above = text[found[place - 1].end() if place else 0 : begin.start()]
        end = found[place + 1].start() if place + 1 < len(found) else len(text)
        channel = _channel(above)
        for _, item in json_objects(io.StringIO(""), text[begin.end() : end]):
            number += 1
            if item is BAD and end < len(text):
                continue  # the head of the next channel
            yield from _message(piece, reading, item, channel, number)


def _channel(text: str) -> tuple[str, str]:
    found = [*_CHANNEL.finditer(text)]
    if not found:
        return "", ""
    return str(json.loads(f'"{found[-1][1]}"')), found[-1][3]


def _message(
    piece: Piece, reading: Reading, item: Any, channel: tuple[str, str], n: int
) -> Iterator[Document]:
    where = f"message {n}"
    if not isinstance(item, dict) or "id" not in item:
        reading.skip(piece, where, "malformed message")
        return
    if item.get("type") != "message":
        reading.leave("service message")
        return
    text = _text(item.get("text") or item.get("text_entities"))
    if not text.strip():
        reading.leave("message without a text")
        return
    name, number = channel
    given = (
        {"date_printed": Given(str(item["date"]), "date of the message")}
        if item.get("date")
        else {}
    )
    if name:
        given["outlet"] = Given(name, "name of the channel")
    if source := item.get("forwarded_from"):
        given["origin"] = Given(str(source), "forwarded from")
    if (author := item.get("author") or item.get("from")) and author != name:
        given["author"] = Given(str(author), "author of the message")
    where = f"message {item['id']}"
    name = f"{number or piece.article_id}-{item['id']}"
    extra = {k: plain(item[k]) for k in _KEPT if k in item and not isinstance(item[k], list | dict)}
    yield Document(name, text, given, piece.at(where), file=piece.inside, extra=extra)


def _text(value: Any) -> str:
    """Join the pieces of a message: plain ones, links, bold ones."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return _text(value.get("text"))
    return "".join(map(_text, value)) if isinstance(value, list) else ""
