"""Text that was read in a wrong encoding: which one it was, and what it says in the right one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from syriatopics.corpus.parse.plausible import small_words
from syriatopics.corpus.read.utf8 import ARABIC, letter_share

__all__ = ["decoded_line", "is_misread"]

# In which encodings the two bytes are often read with which Arabic letters begin in UTF-8.
_WRONG = (
    "cp1256",
    "cp1252",
    "cp1254",
    "cp1250",
    "cp1251",
    "cp437",
    "cp850",
    "mac_roman",
    "iso8859_9",
    "koi8_r",
)
_LEADS = b"\xd8\xd9"
_MOSTLY = 0.5
_FEWEST = 2
# One encoding of a byte a letter read as another: Latin letters with accents, alone or inside of words.
_ACCENTED = re.compile(r"[À-ÿ]")
_CROSSED = (
    ("cp1252", "cp1256"),
    ("cp1256", "iso8859_6"),
    ("cp1256", "mac_arabic"),
    ("cp1252", "iso8859_6"),
    ("cp1252", "mac_arabic"),
)
_INSIDE = re.compile(r"[À-ÿ][\u0621-\u064a]|[\u0621-\u064a][À-ÿ]")
_LETTER = re.compile(r"[^\W\d_]")


def is_misread(text: str) -> bool:
    """Say whether a text looks as if it had been read in a wrong encoding; a quick look first."""
    return _is_led_wrong(text) or _is_accented(text)


def _is_led_wrong(text: str) -> bool:
    """Say whether letters of UTF-8 stand there as wrong encodings show them; a quick look first."""
    odd, arabic = _odd_leads()
    return arabic.search(text) is not None or (
        odd.search(text) is not None and _wrong_leads().search(text) is not None
    )


@cache
def _odd_leads() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds a lead that is no Arabic letter, and what finds those that are."""
    leads = {sign for encoding in _WRONG[1:] for sign in _LEADS.decode(encoding)}
    rest = re.escape("".join(dict.fromkeys(bytes(range(0x80, 0xC0)).decode(_WRONG[0], "ignore"))))
    one = f"[{_LEADS.decode(_WRONG[0])}][{rest}]"
    return re.compile(f"[{re.escape(''.join(sorted(leads)))}]"), re.compile(one * 3)


@cache
def _wrong_leads() -> re.Pattern[str]:
    """Find two Arabic letters of UTF-8 in a row, as wrong encodings show them."""
    pairs = []
    for encoding in _WRONG:
        leads = "".join(dict.fromkeys(_LEADS.decode(encoding)))
        rest = "".join(dict.fromkeys(bytes(range(0x80, 0xC0)).decode(encoding, "ignore")))
        one = f"[{re.escape(leads)}][{re.escape(rest)}]"
        pairs.append(f"{one}{one}{one}")
    return re.compile("|".join(pairs))


def _is_accented(text: str) -> bool:
    """Say whether most letters have accents, or many stand inside of Arabic words."""
    if _ACCENTED.search(text) is None:
        return False
    accented = len(_ACCENTED.findall(text))
    inside = len(_INSIDE.findall(text)) if accented > 8 else 0
    return accented > 8 and (accented > _MOSTLY * len(_LETTER.findall(text)) or inside > 8)


def decoded_line(match: re.Match[str]) -> str | None:
    """Return a line in the encoding that it was in, or None where nothing is sure."""
    line = match.group()
    for _ in range(2):  # sometimes twice
        again = next(_decoded_again(line), None)
        if again is None:
            break
        line = again
    return line if line != match.group() else None


def _decoded_again(line: str) -> Iterator[str]:
    if _wrong_leads().search(line):
        for encoding in _WRONG:
            text = _recoded(line, encoding)
            if text is not None:
                yield text
                return
        words = re.split(r"( +)", line)
        again = [next(filter(None, (_recoded(w, e) for e in _WRONG)), w) for w in words]
        if again != words:
            yield "".join(again)
    elif _is_accented(line):
        found = [
            (small_words(text.replace("\xa0", " ")), -text.count("\N{REPLACEMENT CHARACTER}"), text)
            for text in _crossed(line)
        ]
        most, _, text = max(found, default=(0, 0, ""))
        if most > max(1, small_words(line)):
            yield text


def _crossed(line: str) -> Iterator[str]:
    """Yield what a line says where it was in another encoding of a byte a letter, and is Arabic there."""
    for shown, was in _CROSSED:
        data = _bytes_of(line, shown)
        text = data.decode(was, "replace") if data is not None else ""
        if letter_share(text) > 0.8:
            yield text


def _recoded(line: str, encoding: str) -> str | None:
    """Return what the bytes of a line say in UTF-8, if all of them do and it is Arabic."""
    data = _bytes_of(line, encoding)
    if data is None:
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if len(ARABIC.findall(text)) >= _FEWEST and letter_share(text) > _MOSTLY else None


def _bytes_of(line: str, encoding: str) -> bytes | None:
    """Return the bytes of a line; bytes that an encoding leaves out often come through as they are."""
    try:
        return line.encode(encoding)
    except UnicodeEncodeError:
        pass
    found = bytearray()
    for character in line:
        try:
            found += character.encode(encoding)
        except UnicodeEncodeError:
            if not 0x80 <= ord(character) <= 0x9F:
                return None
            found.append(ord(character))
    return bytes(found)
