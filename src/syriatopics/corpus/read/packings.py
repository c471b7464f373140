"""Packings that the standard library does not know: zstd and brotli, for files and web pages."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from syriatopics.extras import load

__all__ = ["brotli_stream", "unpack_brotli", "unpack_gzip", "unpack_zstd", "zstd_stream"]


# So much is fed at a time: a block of four bytes can stand for 128 KB.
_FED = 2**10
_EARLY = "the packed file ends early"


def zstd_stream(file: BinaryIO) -> BinaryIO:
    """Open a file that zstd packed; several frames are read as one."""
    return cast(BinaryIO, io.BufferedReader(_Pieces(_zstd(file))))


def brotli_stream(file: BinaryIO) -> BinaryIO:
    """Open a file that brotli packed."""
    return cast(BinaryIO, io.BufferedReader(_Pieces(_brotli(file))))


def unpack_gzip(data: bytes, most: int) -> bytes:
    """Unpack a page; at most so many bytes are given."""
    try:
        return zlib.decompressobj(47).decompress(data, most)
    except zlib.error:
        return zlib.decompressobj(-15).decompress(data, most)


def unpack_zstd(data: bytes, most: int) -> bytes:
    """Unpack a page; at most so many bytes are given."""
    return bytes(zstd_stream(io.BytesIO(data)).read(most))


def unpack_brotli(data: bytes, most: int) -> bytes:
    """Unpack a page; at most so many bytes are given."""
    return brotli_stream(io.BytesIO(data)).read(most)


def _zstd(file: BinaryIO) -> Iterator[bytes]:
    library: Any = load("zstandard", "A file packed with zstd")
    decompressor = library.ZstdDecompressor(max_window_size=2**27)
    frame, begun = decompressor.decompressobj(), False
    while chunk := file.read(_FED):
        while chunk:
            try:
                data, begun = frame.decompress(chunk), True
            except library.ZstdError as error:
                raise OSError(str(error)) from None
            yield data
            if not frame.eof:
                break
            chunk, frame, begun = frame.unused_data, decompressor.decompressobj(), False
    if begun:
        raise OSError(_EARLY)


def _brotli(file: BinaryIO) -> Iterator[bytes]:
    library: Any = load("brotli", "A file packed with brotli")
    decoder = library.Decompressor()
    while not decoder.is_finished():
        fed = file.read(2**14) if decoder.can_accept_more_data() else b""
        if not fed and decoder.can_accept_more_data():
            raise OSError(_EARLY)
        try:
            yield decoder.process(fed, output_buffer_limit=2**18)
        except library.error as error:
            raise OSError(str(error)) from None


class _Pieces(io.RawIOBase):
    """A stream of what a generator gives, so that no more than a piece is held."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest = pieces, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        data, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)
