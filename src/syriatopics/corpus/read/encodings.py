"""From bytes to text: the encodings in which Arabic files come, and what damage costs.

A damaged byte costs one character (U+FFFD), never the encoding of the file: bytes that are mostly
UTF-8 are UTF-8, whatever a page, a header or one bad byte says.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from syriatopics.corpus.parse.plausible import small_words
from syriatopics.corpus.read.utf8 import (
    FEW,
    MOSTLY,
    Damage,
    Decoded,
    FileEncoding,
    arabic_share,
    controls,
    few,
    is_utf8,
    mended_utf8,
    weighed,
    whole_characters,
)
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
# Single-byte encodings of Arabic, the most common first: Windows, ISO, the Macintosh, DOS.
_SINGLE_BYTE = ("cp1256", "iso8859_6", "mac_arabic", "cp720")
_CHUNK = 2**20
# Latin letters with accents, and the quotation marks and dashes of Windows-1252.
_WESTERN = re.compile(r"[À-ÖØ-öø-ÿŒœŠšŽžŸ‘’“”–—…«»°€©®]")
_MOST_WESTERN = 0.15


def decode(data: bytes, place: str, declared: Iterable[str | None] = ()) -> Decoded:
    r"""Decode `data` and say in which encoding it was.

    UTF-8 is believed whenever most of the bytes allow it; UTF-16 is known by its mark or by its
    zero bytes; Windows-1256, ISO-8859-6, Mac Arabic and DOS are taken when the result is Arabic; else
    what is declared, if it fits; Windows-1252 when little but Latin letters are there.

    Parameters
    ----------
    data : bytes
    place : str
        Where the bytes come from, for the message.
    declared : iterable of str or None
        What a server or a page says of its encoding. It is often wrong.

    Returns
    -------
    Decoded

    Raises
    ------
    DecodingError
        If no encoding gives text; the message names the place and the offset of
        the first byte that is no UTF-8.

    Examples
    --------
    >>> read = decode("سوريا".encode("cp1256"), "a.txt")
    >>> read.text, read.encoding
    ('سوريا', 'cp1256')
    >>> decode("سوريا".encode() + b"\xd9", "a.txt").found.damage.offsets
    (10,)
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _marked(data, len(bom), encoding, place)
    wide = _utf16_without_mark(data)
    if wide is not None:
        return _marked(data, 0, wide, place)
    try:
        return Decoded(data.decode("utf-8"), FileEncoding("utf-8"))
    except UnicodeDecodeError as error:
        offset, byte = error.start, data[error.start]
    if is_utf8(data):
        return mended_utf8(data, 0)
    if arabic := _single_byte(data):
        return arabic
    for name in filter(None, declared):
        with suppress(LookupError, UnicodeDecodeError):
            return Decoded(data.decode(name), FileEncoding(name.lower()))
    western = _western(data)
    if western is not None:
        return Decoded(western, FileEncoding("cp1252"))
    mended = mended_utf8(data, 0)
    if few(mended):
        return mended
    raise DecodingError(
        f"{place}: byte 0x{byte:02x} at offset {offset} is no UTF-8, and the file reads as "
        "Arabic neither in UTF-16 nor in Windows-1256 nor in another encoding of Arabic."
    )


def encoding_of(piece: Piece) -> FileEncoding:
    """Return the encoding of a text that is too long to be held in memory.

    UTF-8 is tried on the whole file, the others on its first part that is no UTF-8.

    Raises
    ------
    DecodingError
        If no encoding fits; the message names the file and the offset.
    """
    offsets: list[int] = []
    lines = good = bad = position = 0
    rest = bad_part = b""
    bom = None
    with piece.open() as file:
        chunk = head = file.read(_CHUNK)
        bom = next((name for mark, name in _BOMS if head.startswith(mark)), None)
        if bom not in (None, "utf-8-sig"):
            return FileEncoding(str(bom))
        if wide := _utf16_without_mark(head):
            return FileEncoding(wide)
        while chunk or rest:
            part = rest + chunk
            cut = whole_characters(part) if chunk else len(part)
            part, rest = part[:cut], part[cut:]
            n_good, n_bad = weighed(part)
            good, bad = good + n_good, bad + n_bad
            if n_bad:
                bad_part = bad_part or part
                if good > bad:
                    damage = mended_utf8(part, position).found.damage
                    offsets, lines = [*offsets, *damage.offsets], lines + damage.lines
            position += len(part)
            chunk = file.read(_CHUNK) if chunk else b""
    if not bad or good > bad or bad <= FEW * position:
        return FileEncoding(bom or "utf-8", Damage(tuple(offsets), lines))
    return FileEncoding(_other_than_utf8(bad_part, piece.place))


def _other_than_utf8(part: bytes, place: str) -> str:
    # An even number of bytes up to a line's end, so that no character is cut.
    sample = part[: max(part.rfind(b"\n"), len(part) // 2) // 2 * 2] or part
    try:
        encoding = decode(sample, place).encoding
    except DecodingError:
        encoding = "utf-8"
    if encoding == "utf-8":
        try:
            part.decode("utf-8")
        except UnicodeDecodeError as error:
            raise DecodingError(
                f"{place}: the bytes at offset {error.start} are no UTF-8, and the file reads as "
                "Arabic in no other encoding."
            ) from None
    return encoding


def _marked(data: bytes, mark: int, encoding: str, place: str) -> Decoded:
    """Decode what says of itself what it is, unless most of it says otherwise."""
    name = encoding.removesuffix("-sig")
    try:
        return Decoded(data.decode(encoding), FileEncoding(name))
    except UnicodeDecodeError as error:
        offset = error.start + (mark if encoding == "utf-8-sig" else 0)
    if name == "utf-8":
        read = mended_utf8(data[mark:], mark)
        if is_utf8(data[mark:]) or few(read):
            return read
    else:
        text = data.decode(encoding, "replace")
        lost = text.count("\N{REPLACEMENT CHARACTER}")
        if lost <= max(1, FEW * len(text)) and lost < len(text):
            return Decoded(text, FileEncoding(name, Damage((offset,))))
    raise DecodingError(f"{place}: marked as {encoding}, but the bytes at offset {offset} are not.")


def _utf16_without_mark(data: bytes) -> str | None:
    sample = data[:2000]
    if len(sample) < 4:
        return None
    for encoding, high in (("utf-16-le", 1), ("utf-16-be", 0)):
        # Arabic letters have 06 in the high byte, spaces and digits 00.
        highs = sample[high::2]
        if highs.count(0x06) and highs.count(0x06) + highs.count(0x00) > 0.9 * len(highs):
            return encoding
    return None


def _single_byte(data: bytes) -> Decoded | None:
    """Read what is Arabic in an encoding of one byte a letter: where most small words of prose stand.

    Letters alone do not tell: what is French in one encoding is Arabic letters in another.
    """
    best, found = (0, 0.0), None
    for encoding in _SINGLE_BYTE:
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            rank = small_words(text.replace("\xa0", " ")), arabic_share(text)
            if (
                rank > best and rank[1] > MOSTLY
            ):  # of equals the first: Windows-1256 is the usual one
                best, found = rank, Decoded(text, FileEncoding(encoding))
    return found


def _western(data: bytes) -> str | None:
    """Read Latin text with some accents: an English or French article in an old encoding."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    high = sum(byte >= 0x80 for byte in data)
    few = high <= _MOST_WESTERN * len(data)
    if few and controls(text) == 0 and len(_WESTERN.findall(text)) == high:
        return text
    return None
