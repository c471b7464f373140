"""From bytes to text: the encodings in which Arabic pages come."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from syriatopics.errors import DecodingError

if TYPE_CHECKING:
    from syriatopics.corpus.read.piece import Piece

__all__ = ["decode", "encoding_of"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Single-byte encodings of Arabic, the most common first.
_SINGLE_BYTE = ("cp1256", "iso8859_6")
_ARABIC = range(0x0621, 0x064B)
_MOSTLY = 0.5
_CHUNK = 2**20


def decode(data: bytes, place: str) -> tuple[str, str]:
    """Decode `data` and say in which encoding it was.

    UTF-8 is believed whenever the bytes allow it; UTF-16 is known by its mark or by its
    zero bytes; Windows-1256 and ISO-8859-6 are taken when the result is Arabic.

    Parameters
    ----------
    data : bytes
    place : str
        Where the bytes come from, for the message.

    Returns
    -------
    text : str
    encoding : str

    Raises
    ------
    DecodingError
        If no encoding gives Arabic text; the message names the place and the offset of
        the first byte that is no UTF-8.

    Examples
    --------
    >>> decode("سوريا".encode("cp1256"), "a.txt")
    ('سوريا', 'cp1256')
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding, place), encoding.removesuffix("-sig")
    wide = _utf16_without_mark(data)
    if wide is not None:
        return _strict(data, wide, place), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        offset, byte = error.start, data[error.start]
    readings = [(_arabic_share(text), text, encoding) for text, encoding in _single_byte(data)]
    if readings:
        # max keeps the first of equals: Windows-1256 is the usual one.
        share, text, encoding = max(readings, key=lambda reading: reading[0])
        if share > _MOSTLY:
            return text, encoding
    raise DecodingError(
        f"{place}: byte 0x{byte:02x} at offset {offset} is no UTF-8, and the file reads as "
        "Arabic neither in UTF-16 nor in Windows-1256 nor in ISO-8859-6."
    )


def encoding_of(piece: Piece) -> str:
    """Return the encoding of a text that is too long to be held in memory.

    UTF-8 is tried on the whole, the others on the first part.

    Raises
    ------
    DecodingError
        If no encoding fits; the message names the file and the offset.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    position = 0
    with piece.open() as file:
        head = file.read(_CHUNK)
        bom = next((name for mark, name in _BOMS if head.startswith(mark)), None)
        if bom is not None:
            return bom
        chunk = head
        while chunk:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                return _other_than_utf8(head, piece.place, position + error.start)
            position += len(chunk)
            chunk = file.read(_CHUNK)
    return _utf16_without_mark(head) or "utf-8"


def _other_than_utf8(head: bytes, place: str, offset: int) -> str:
    # An even number of bytes up to a line's end, so that no character is cut.
    sample = head[: max(head.rfind(b"\n"), len(head) // 2) // 2 * 2]
    try:
        _, encoding = decode(sample, place)
    except DecodingError:
        encoding = "utf-8"
    if encoding == "utf-8":
        raise DecodingError(
            f"{place}: the bytes at offset {offset} are no UTF-8, and the file reads as Arabic in "
            "no other encoding."
        )
    return encoding


def _strict(data: bytes, encoding: str, place: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        # This decoder counts from behind the mark.
        offset = error.start + (len(codecs.BOM_UTF8) if encoding == "utf-8-sig" else 0)
        raise DecodingError(
            f"{place}: marked as {encoding}, but the bytes at offset {offset} are not."
        ) from None


def _utf16_without_mark(data: bytes) -> str | None:
    sample = data[:2000]
    if len(sample) < 4 or len(data) % 2:
        return None
    for encoding, high in (("utf-16-le", 1), ("utf-16-be", 0)):
        # Arabic letters have 06 in the high byte, spaces and digits 00.
        highs = sample[high::2]
        if sum(byte in (0x06, 0x00) for byte in highs) > 0.9 * len(highs) and 0x06 in highs:
            return encoding
    return None


def _single_byte(data: bytes) -> Iterator[tuple[str, str]]:
    for encoding in _SINGLE_BYTE:
        with suppress(UnicodeDecodeError):
            yield data.decode(encoding), encoding


def _arabic_share(text: str) -> float:
    """Return the share of Arabic letters among all letters; 0 for what holds controls."""
    letters = [character for character in text if character.isalpha()]
    control = sum((ord(c) < 32 and c not in "\t\n\r\f") or 0x7F <= ord(c) < 0xA0 for c in text)
    if not letters or control > 0.01 * len(text):
        return 0.0
    return sum(ord(character) in _ARABIC for character in letters) / len(letters)
