"""The records of a web archive, cut by their marks: one that is damaged takes no other with it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

__all__ = ["gunzipped", "page_of_damaged", "warc_records"]

_CHUNK = 2**18
_MEMBER = b"\x1f\x8b\x08"
# Some programs set no blank line between records: what cannot stand in a page begins one anywhere.
_BEGINS = re.compile(
    rb"(?:(?:^|\r?\n)(?=WARC/\d\.\d{1,2}\r?\n[A-Za-z-]{2,40}:)|(?=WARC/\d\.\d{1,2}\r?\nWARC-[A-Za-z-]{2,30}:))"
    rb"(WARC/\d\.\d{1,2}\r?\n)"
)
_LONGEST_MARK = 64
_LENGTH = re.compile(rb"\nContent-Length:\s*(\d{1,15})\s", re.IGNORECASE)
_HEADER = 2**16
_HEADLESS = "no record begins it"
_HTML = re.compile(rb"<!doctype html|<html\b", re.IGNORECASE)
_HTML_ENDS = re.compile(rb"</html>", re.IGNORECASE)
_FIELD = re.compile(rb"^(WARC-Target-URI|WARC-Date|WARC-Record-ID):[ \t]*(\S+)", re.MULTILINE)


def gunzipped(file: BinaryIO) -> Iterator[bytes]:
    """Yield what is packed in a file of gzip members; behind a damaged member the next is found."""
    buffer = b""
    unpack = zlib.decompressobj(31)
    while chunk := file.read(_CHUNK):
        buffer += chunk
        while buffer:
            try:
                yield unpack.decompress(buffer, _CHUNK * 16)
            except zlib.error:
                unpack = zlib.decompressobj(31)
                at = buffer.find(_MEMBER, 1)
                buffer = buffer[at:] if at > 0 else buffer[-2:]
                if at < 0:
                    break
                continue
            if unpack.eof:
                buffer = unpack.unused_data
                unpack = zlib.decompressobj(31)
                if buffer and not buffer.startswith(_MEMBER[: len(buffer)]):
                    at = buffer.find(_MEMBER)
                    buffer = buffer[at:] if at >= 0 else b""
            else:
                buffer = unpack.unconsumed_tail
    while buffer and not unpack.eof:
        try:
            data = unpack.decompress(buffer, _CHUNK * 16)
        except zlib.error:
            return
        yield data
        buffer = unpack.unconsumed_tail


def warc_records(chunks: Iterator[bytes], most: int) -> Iterator[tuple[int, bytes, str]]:
    """Yield the records of a web archive, with their numbers and what is wrong with them.

    A record begins where ``WARC/1.0`` and a header stand, and not where the length of the one
    before says: a length that is damaged would swallow what follows.

    Parameters
    ----------
    chunks : iterator of bytes
        Unpacked.
    most : int
        Bytes of a record that are kept; what is over it is passed over.
    """
    buffer, number, dropped, started = b"", -1, 0, False
    for chunk in chunks:
        searched = max(0, len(buffer) - _LONGEST_MARK)
        buffer += chunk
        while True:
            found = _BEGINS.search(buffer, max(searched, _LONGEST_MARK) if started else 0)
            if found is None or found.end() + 3 > len(buffer):
                break
            if started:
                yield from _told(number, buffer[: found.start()], dropped)
            elif buffer[: found.start(1)].strip():
                yield from _unmarked(buffer[: found.start(1)], _HEADLESS)
            buffer, started, searched, dropped = buffer[found.start(1) :], True, 0, 0
            number += 1
        if len(buffer) > most + _HEADER:
            dropped += len(buffer) - most - _LONGEST_MARK
            buffer = buffer[:most] + buffer[-_LONGEST_MARK:]
    if started:
        yield from _told(number, buffer, dropped)
    elif buffer.strip():
        yield from _unmarked(buffer, _HEADLESS)


def page_of_damaged(record: bytes) -> tuple[dict[str, str], bytes] | None:
    """Return the page in a record whose heads cannot be read, and what is left of them.

    Of these only what is exactly as long as its head says is known to be one page, and only what lies
    open, as HTML that begins once and ends once, can be told from its heads.
    """
    begins = [m.start() for m in _HTML.finditer(record)]
    pages = [at for at in begins if record[at : at + 5].lower() == b"<html"]
    ends = [m.end() for m in _HTML_ENDS.finditer(record)]
    if len(pages) != 1 or len(ends) != 1 or record[ends[0] :].strip():
        return None
    head = record[: begins[0]]
    said = {f[1].decode("ascii"): f[2].decode("utf-8", "replace") for f in _FIELD.finditer(head)}
    return said, record[begins[0] : ends[0]]


def _told(number: int, record: bytes, dropped: int) -> Iterator[tuple[int, bytes, str]]:
    """Give a record; what stands behind its end is one of its own, whose mark is damaged."""
    length, body = _measured(record)
    rest = body[length:].strip() if length is not None else b""
    if dropped:
        fault = "page too large"
    elif length is None:
        fault = "a record whose head is damaged"
    elif rest and not body.startswith(b"\r\n\r\n", length):  # what ends there is not the record
        fault = "a record longer than it says"
    else:
        fault = "a record that ends early" if len(body) < length else ""
    yield number, record[: len(record) - len(body) + (length or 0)] if rest else record, fault
    if rest:
        yield from _unmarked(rest, f"bytes behind the end of record {number} belong to none")


def _measured(record: bytes) -> tuple[int | None, bytes]:
    """Return how long a record says that it is, and what stands below its head."""
    head, _, body = record.partition(b"\r\n\r\n")
    found = _LENGTH.search(head + b"\r\n")
    return (int(found[1]) if found else None), body


def _unmarked(data: bytes, fault: str) -> Iterator[tuple[int, bytes, str]]:
    """Give what stands under no mark: a record if a head says exactly how long it is."""
    length, body = _measured(data)
    yield -1, data, "" if length == len(body.strip()) else fault
