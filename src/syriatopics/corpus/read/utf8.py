"""UTF-8 and what damage in it costs: one character for a byte, one line for a line of Windows-1256."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

__all__ = [
    "ARABIC",
    "ERRORS",
    "FEW",
    "MOSTLY",
    "Damage",
    "Decoded",
    "FileEncoding",
    "arabic_share",
    "controls",
    "few",
    "is_utf8",
    "letter_share",
    "mended_utf8",
    "weighed",
    "whole_characters",
]

ARABIC = re.compile(r"[\u0621-\u064a]")
_LETTER = re.compile(r"[^\W\d_]")
#: What must be Arabic of the letters of a text.
MOSTLY = 0.5
# A character of UTF-8 of two bytes or more.
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_SHOWN = 3
_ASCII = bytes(range(128))
#: Damage of less than this share of the bytes says nothing against UTF-8.
FEW = 0.01
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


def weighed(data: bytes) -> tuple[int, int]:
    """Count the characters of several bytes that are whole, and the bytes that belong to none."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        whole = _MULTIBYTE.findall(data)
        return len(whole), _high(data) - sum(map(len, whole))
    return _high(data) // 2, 0


def _high(data: bytes) -> int:
    return len(data.translate(None, _ASCII))


def is_utf8(data: bytes) -> bool:
    """Say whether more characters are whole than damaged: in other encodings hardly any is whole."""
    good, bad = weighed(data)
    return good > bad


def whole_characters(part: bytes) -> int:
    """Return where the last character begins if it may go on in the next part."""
    for back in range(1, min(4, len(part)) + 1):
        byte = part[-back]
        if byte >= 0xC0:
            length = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return len(part) - back if length > back else len(part)
        if byte < 0x80:
            break
    return len(part)


def mended_utf8(data: bytes, position: int) -> Decoded:
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
    if _high(line) >= _A_LINE and not is_utf8(line):
        text = data[start:last].decode("cp1256", "replace")
        if arabic_share(text) > MOSTLY:
            return text, last
    return "\N{REPLACEMENT CHARACTER}", error.end


codecs.register_error(ERRORS, _mend)


def few(read: Decoded) -> bool:
    """Say whether next to nothing is damaged, and the rest is text."""
    damaged = len(read.found.damage.offsets)
    return damaged <= FEW * len(read.text) and controls(read.text) == 0


def controls(text: str) -> int:
    """Count the control characters that are no white space."""
    return sum((ord(c) < 32 and c not in "\t\n\r\f") or 0x7F <= ord(c) < 0xA0 for c in text)


def arabic_share(text: str) -> float:
    """Return the share of Arabic letters among all letters; 0 for what holds controls."""
    return 0.0 if controls(text) > 0.01 * len(text) else letter_share(text)


def letter_share(text: str) -> float:
    """Return the share of Arabic letters among all letters; 0 where there is none."""
    letters = len(_LETTER.findall(text))
    return len(ARABIC.findall(text)) / letters if letters else 0.0
