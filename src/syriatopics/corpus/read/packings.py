"""Packings that the standard library does not know: zstd and brotli, for files and web pages."""

from __future__ import annotations

import io
import zlib
from typing import Any, BinaryIO, cast

from syriatopics.extras import load

__all__ = ["brotli_stream", "unpack_brotli", "unpack_gzip", "unpack_zstd", "zstd_stream"]


def zstd_stream(file: BinaryIO) -> BinaryIO:
    """Open a file that zstd packed; several frames are read as one."""
    zstandard = load("zstandard", "A file packed with zstd")
    reader = zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(
        file, read_across_frames=True
    )
    return cast(BinaryIO, reader)


def brotli_stream(file: BinaryIO) -> BinaryIO:
    """Open a file that brotli packed."""
    return cast(BinaryIO, io.BufferedReader(_Brotli(file)))


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


class _Brotli(io.RawIOBase):
    """A stream that is unpacked some kilobytes at a time, so that nothing grows without bound."""

    def __init__(self, file: BinaryIO) -> None:
        self._brotli: Any = load("brotli", "A file packed with brotli")
        self._file = file
        self._decoder = self._brotli.Decompressor()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while True:
            fed = b"" if not self._decoder.can_accept_more_data() else self._file.read(2**14)
            try:
                data = self._decoder.process(fed, output_buffer_limit=len(buffer))
            except self._brotli.error as error:
                raise OSError(str(error)) from None
            if data or not fed:
                break
        # The limit is rounded up by the library; what is over it must not be lost.
        buffer[: len(data)] = data[: len(buffer)]
        return min(len(data), len(buffer))
