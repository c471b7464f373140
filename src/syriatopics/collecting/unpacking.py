"""What a server packed, unpacked within bounds."""

from __future__ import annotations

import zlib

from syriatopics.corpus.read.packings import unpack_brotli, unpack_gzip, unpack_zstd

__all__ = ["PackedTooLargeError", "gunzip", "unpacked"]

_MAGIC = b"\x1f\x8b"
_LAYERS = 3


class PackedTooLargeError(Exception):
    """What is packed is longer than its bound."""


def unpacked(body: bytes, packing: str, most: int) -> bytes:
    """Return a body as it was before it was packed, by one packing or several.

    Raises
    ------
    PackedTooLargeError
        If it is longer than `most`; no more than that is ever held.
    """
    packings = [name.strip().lower() for name in packing.split(",") if name.strip()]
    if len(packings) > _LAYERS:
        raise PackedTooLargeError
    for name in reversed(packings):
        if name in ("gzip", "x-gzip", "deflate"):
            # Some say that they pack, and do not.
            body = body if body.lstrip()[:1] in (b"<", b"{", b"[") else gunzip(body, most)
        elif name == "br":
            body = _bounded(unpack_brotli(body, most + 1), most)
        elif name == "zstd":
            body = _bounded(unpack_zstd(body, most + 1), most)
        elif name != "identity":
            raise ValueError(f"packing {name!r:.20} is not known")
    return body


def gunzip(data: bytes, most: int) -> bytes:
    """Unpack gzip, one member or several, or deflate with or without its head."""
    if not data.startswith(_MAGIC):
        return _bounded(unpack_gzip(data, most + 1), most)
    found = b""
    while data.startswith(_MAGIC):
        unpack = zlib.decompressobj(31)
        found += unpack.decompress(data, most + 1 - len(found))
        if len(found) > most:
            raise PackedTooLargeError
        if not unpack.eof:
            raise zlib.error("it ends early")
        data = unpack.unused_data
    return found


def _bounded(data: bytes, most: int) -> bytes:
    if len(data) > most:
        raise PackedTooLargeError
    return data
