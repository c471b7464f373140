"""From bytes to text: the encodings in which Arabic files come, and what damage costs.

A damaged byte costs one character (U+FFFD), never the encoding of the file: bytes that are mostly
UTF-8 are UTF-8, whatever a page, a header or one bad byte says.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from syriatopics.errors import DecodingError

if TYPE_CHECKING:
    from syriatopics.corpus.read.piece import Piece

__all__ = ["ERRORS", "Damage", "Decoded", "FileEncoding", "decode", "encoding_of"]

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
# A character of UTF-8 of two bytes or more.
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
# Latin letters with accents, and the quotation marks and dashes of Windows-1252.
_WESTERN = re.compile(r"[À-ÖØ-öø-ÿŒœŠšŽžŸ‘’“”–—…«»°€©®]")
_MOST_WESTERN = 0.15
_SHOWN = 3
_ASCII = bytes(range(128))
# Damage of less than this share of the bytes says nothing against UTF-8.
_FEW = 0.01
# A line with so many letters that are no UTF-8 is in another encoding; so far we look for its ends.
_A_LINE = 12
_WINDOW = 4000
#: How text files are decoded once their encoding is known (``open(…, errors=ERRORS)``).
ERRORS = "syriatopics"


class Damage(NamedTuple):
    """What a file holds that is no UTF-8.

    Attributes
    ----------
    offsets : tuple of int
        Where the stretches begin for each of which U+FFFD stands in the text.
    lines : int
        Lines that were read as Windows-1256, since most of their letters are no UTF-8.
    """

    offsets: tuple[int, ...] = ()
    lines: int = 0


class FileEncoding(NamedTuple):
    """The encoding of a file, and what in it is damaged. Text is decoded with :data:`ERRORS`."""

    encoding: str
    damage: Damage = Damage()

    def said(self, name: str) -> tuple[str, ...]:
        """Say what is worth a note: another encoding than UTF-8, or damage."""
        offsets, lines = self.damage
        notes = []
        if self.encoding.removesuffix("-sig") != "utf-8":
            notes.append(f"{name}: read as {self.encoding}.")
        if offsets:
            shown = ", ".join(map(str, offsets[:_SHOWN])) + (", …" if len(offsets) > _SHOWN else "")
            notes.append(
                f"{name}: {len(offsets):,} damaged bytes or stretches, at offset {shown}: no "
                f"{self.encoding.upper()}; \N{REPLACEMENT CHARACTER} stands for each in the text."
            )
        if lines:
            notes.append(f"{name}: {lines:,} lines are no UTF-8 and are read as cp1256.")
        return tuple(notes)


class Decoded(NamedTuple):
    """Text, and the encoding that it was in."""

    text: str
    found: FileEncoding

    @property
    def encoding(self) -> str:
        """The name of the encoding."""
        return self.found.encoding


def decode(data: bytes, place: str, declared: Iterable[str | None] = ()) -> Decoded:
    r"""Decode `data` and say in which encoding it was.

    UTF-8 is believed whenever most of the bytes allow it; UTF-16 is known by its mark or by its
    zero bytes; Windows-1256 and ISO-8859-6 are taken when the result is Arabic; else what
    is declared, if it fits; Windows-1252 when little but Latin letters are there.

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
    if _is_utf8(data):
        return _mended(data, 0)
    readings = [(_arabic_share(text), text, encoding) for text, encoding in _single_byte(data)]
    if readings:
        # max keeps the first of equals: Windows-1256 is the usual one.
        share, text, encoding = max(readings, key=lambda reading: reading[0])
        if share > _MOSTLY:
            return Decoded(text, FileEncoding(encoding))
    for name in filter(None, declared):
        with suppress(LookupError, UnicodeDecodeError):
            return Decoded(data.decode(name), FileEncoding(name.lower()))
    western = _western(data)
    if western is not None:
        return Decoded(western, FileEncoding("cp1252"))
    mended = _mended(data, 0)
    if _few(mended):
        return mended
    raise DecodingError(
        f"{place}: byte 0x{byte:02x} at offset {offset} is no UTF-8, and the file reads as "
        "Arabic neither in UTF-16 nor in Windows-1256 nor in ISO-8859-6."
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
            cut = _whole(part) if chunk else len(part)
            part, rest = part[:cut], part[cut:]
            n_good, n_bad = _weighed(part)
            good, bad = good + n_good, bad + n_bad
            if n_bad:
                bad_part = bad_part or part
                if good > bad:
                    damage = _mended(part, position).found.damage
                    offsets, lines = [*offsets, *damage.offsets], lines + damage.lines
            position += len(part)
            chunk = file.read(_CHUNK) if chunk else b""
    if not bad or good > bad or bad <= _FEW * position:
        return FileEncoding(bom or "utf-8", Damage(tuple(offsets), lines))
    return FileEncoding(_other_than_utf8(bad_part, piece.place))


# ---- UTF-8 and what is damaged in it -----------------------------------------------------


def _weighed(data: bytes) -> tuple[int, int]:
    """Count the characters of several bytes that are whole, and the bytes that belong to none."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        whole = _MULTIBYTE.findall(data)
        return len(whole), _high(data) - sum(map(len, whole))
    return _high(data) // 2, 0


def _high(data: bytes) -> int:
    return len(data.translate(None, _ASCII))


def _is_utf8(data: bytes) -> bool:
    """Say whether more characters are whole than damaged: in other encodings hardly any is whole."""
    good, bad = _weighed(data)
    return good > bad


def _whole(part: bytes) -> int:
    """Return where the last character begins if it may go on in the next part."""
    for back in range(1, min(4, len(part)) + 1):
        byte = part[-back]
        if byte >= 0xC0:
            length = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return len(part) - back if length > back else len(part)
        if byte < 0x80:
            break
    return len(part)


def _mended(data: bytes, position: int) -> Decoded:
    """Decode UTF-8 that is damaged; `position` is where the data stands in its file."""
    offsets: list[int] = []
    lines = 0

    def noted(error: UnicodeError) -> tuple[str, int]:
        nonlocal lines
        read, end = _mend(error)
        if read == "\N{REPLACEMENT CHARACTER}":
            offsets.append(position + error.start)  # type: ignore[attr-defined]
        else:
            lines += 1
        return read, end

    codecs.register_error("syriatopics-noted", noted)
    text = data.decode("utf-8", "syriatopics-noted")
    return Decoded(text, FileEncoding("utf-8", Damage(tuple(offsets), lines)))


def _mend(error: UnicodeError) -> tuple[str, int]:
    """Read what is no UTF-8: a line of Windows-1256 to its end, else one character for it."""
    assert isinstance(error, UnicodeDecodeError)
    if not error.encoding.startswith("utf-8"):
        return "\N{REPLACEMENT CHARACTER}", error.end
    data, start = error.object, error.start
    first = data.rfind(b"\n", max(0, start - _WINDOW), start) + 1 or max(0, start - _WINDOW)
    last = data.find(b"\n", start, start + _WINDOW)
    last = last if last >= 0 else min(len(data), start + _WINDOW)
    line = data[first:last]
    if _high(line) >= _A_LINE and not _is_utf8(line):
        text = data[start:last].decode("cp1256", "replace")
        if _arabic_share(text) > _MOSTLY:
            return text, last
    return "\N{REPLACEMENT CHARACTER}", error.end


codecs.register_error(ERRORS, _mend)


def _few(read: Decoded) -> bool:
    """Say whether next to nothing is damaged, and the rest is text."""
    damaged = len(read.found.damage.offsets)
    return damaged <= _FEW * len(read.text) and _controls(read.text) == 0


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
        read = _mended(data[mark:], mark)
        if _is_utf8(data[mark:]) or _few(read):
            return read
    else:
        text = data.decode(encoding, "replace")
        lost = text.count("\N{REPLACEMENT CHARACTER}")
        if lost <= max(1, _FEW * len(text)) and lost < len(text):
            return Decoded(text, FileEncoding(name, Damage((offset,))))
    raise DecodingError(f"{place}: marked as {encoding}, but the bytes at offset {offset} are not.")


def _utf16_without_mark(data: bytes) -> str | None:
    sample = data[:2000]
    if len(sample) < 4:
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


def _western(data: bytes) -> str | None:
    """Read Latin text with some accents: an English or French article in an old encoding."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    high = sum(byte >= 0x80 for byte in data)
    few = high <= _MOST_WESTERN * len(data)
    if few and _controls(text) == 0 and len(_WESTERN.findall(text)) == high:
        return text
    return None


def _controls(text: str) -> int:
    return sum((ord(c) < 32 and c not in "\t\n\r\f") or 0x7F <= ord(c) < 0xA0 for c in text)


def _arabic_share(text: str) -> float:
    """Return the share of Arabic letters among all letters; 0 for what holds controls."""
    letters = [character for character in text if character.isalpha()]
    if not letters or _controls(text) > 0.01 * len(text):
        return 0.0
    return sum(ord(character) in _ARABIC for character in letters) / len(letters)
