"""The records of a web archive, cut by their marks: one that is damaged takes no other with it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

__all__ = ["gunzipped", "warc_records"]

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
                yield -1, b"", "no record begins it"
            buffer, started, searched, dropped = buffer[found.start(1) :], True, 0, 0
            number += 1
        if len(buffer) > most + _HEADER:
            dropped += len(buffer) - most - _LONGEST_MARK
            buffer = buffer[:most] + buffer[-_LONGEST_MARK:]
    if started:
        yield from _told(number, buffer, dropped)
    elif buffer.strip():
        yield -1, b"", "no record begins it"


def _fault(record: bytes, dropped: int) -> str:
    head, _, body = record.partition(b"\r\n\r\n")
    if dropped:
        return "page too large"
    stated = _LENGTH.search(head + b"\r\n")
    if stated is None:
        return "a record whose head is damaged"
    return "a record that ends early" if len(body) < int(stated[1]) else ""


def _told(number: int, record: bytes, dropped: int) -> Iterator[tuple[int, bytes, str]]:
    """Give a record; what stands behind its end was one of its own, whose beginning is lost."""
    fault = _fault(record, dropped)
    yield number, record, fault
    head, _, body = record.partition(b"\r\n\r\n")
    stated = _LENGTH.search(head + b"\r\n")
    if not fault and stated and body[int(stated[1]) :].strip():
        yield -1, b"", f"bytes behind the end of record {number} belong to none"
