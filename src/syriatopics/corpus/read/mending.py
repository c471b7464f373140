"""What can surely be undone before a text is parsed: text read in a wrong encoding, entities and tags.

Every change is recorded with its place in the text that comes out. What can not surely be undone is left
as it is, and flagged when the article is parsed (:mod:`syriatopics.corpus.parse.plausible`).
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from html.entities import html5
from itertools import accumulate
from typing import NamedTuple

from syriatopics.corpus.documents import Document, Given
from syriatopics.corpus.read.recoding import decoded_line, is_misread
from syriatopics.corpus.read.utf8 import ARABIC
from syriatopics.records import Repair

__all__ = ["mended", "mended_text"]

UNESCAPED, UNTAGGED, DECODED = "entity unescaped", "tag removed", "decoded again"
UNDONE = "escape undone"


_ENTITY = re.compile(
    r"&(?:#\d{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};|(?:nbsp|quot|amp|lt|gt|laquo|raquo)(?![\w;=]))"
)
# What programs write for a letter, a byte or the end of a line when they print a text instead of storing it.
_ESCAPE = re.compile(
    r"(?:\\u[0-9a-fA-F]{4})+|(?:\\x[0-9a-fA-F]{2})+|(?:\\[rn]){1,8}(?![A-Za-z0-9\\/:])"
)
_PRINTED = re.compile(r"(?:\\u06[0-9a-fA-F]{2}){2}|(?:\\x[dD][89]\\x[89abAB][0-9a-fA-F]){2}")
_BYTES = re.compile(r"b([\"'])(.*)\1", re.DOTALL)
_BREAKING = (
    "address|article|aside|blockquote|br|dd|div|dl|dt|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|"
    "section|table|tbody|td|tfoot|th|thead|tr|ul"
)
_INLINE = (
    "a|abbr|b|big|body|button|center|cite|code|em|embed|font|head|html|i|iframe|img|input|ins|label|link|mark|meta|"
    "object|param|path|picture|s|small|source|span|strike|strong|sub|sup|svg|time|title|u|video|audio|wbr|o:p"
)
_TAG = re.compile(
    r"<!--.{0,5000}?-->|<!doctype[^<>]{0,200}>"
    r"|<(?P<unseen>script|style|noscript)\b[^<>]{0,1000}>.{0,20000}?</(?P=unseen)\s*>"
    rf"|</?(?P<name>{_BREAKING}|{_INLINE})(?=[\s/>])(?:[^<>\"']|\"[^\"<>]{{0,2000}}\"|'[^'<>]{{0,2000}}'){{0,50}}/?>",
    re.IGNORECASE | re.DOTALL,
)
_BREAKS = re.compile(_BREAKING, re.IGNORECASE)
_ONE_BREAK = frozenset(("br", "li", "tr", "td", "th", "dt", "dd"))
_BR_BESIDE = re.compile(r"\s*<", re.IGNORECASE)
_BEFORE = 40
_ENDS = tuple('.!?؟…:؛»”")]')
_ESCAPED_TAG = re.compile(rf"&lt;/?(?:{_BREAKING}|{_INLINE})(?:\s|/|&gt;)", re.IGNORECASE)


class _Text(NamedTuple):
    """A text with what was done to it, in places of the text as it is now."""

    text: str
    repairs: tuple[Repair, ...] = ()

    def changed(
        self, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str | None], kind: str
    ) -> _Text:
        """Put something else in the place of what a pattern finds; None leaves it."""
        pieces: list[str] = []
        begins: list[int] = []  # of what was found, in the old text
        shifts: list[int] = []
        made: list[Repair] = []
        position = length = 0
        for match in pattern.finditer(self.text):
            put = new(match)
            if put is None:
                continue
            pieces += (self.text[position : match.start()], put)
            length += match.start() - position
            made.append(Repair(length, length + len(put), kind))
            length += len(put)
            begins.append(match.end())
            shifts.append(len(put) - (match.end() - match.start()))
            position = match.end()
        if not made:
            return self
        pieces.append(self.text[position:])
        moved = [0, *accumulate(shifts)]

        def now(place: int) -> int:
            return place + moved[bisect_right(begins, place)]

        before = (Repair(now(r.start), max(now(r.start), now(r.end)), r.kind) for r in self.repairs)
        text = "".join(pieces)
        kept = (Repair(min(r.start, len(text)), min(r.end, len(text)), r.kind) for r in before)
        return _Text(text, tuple(sorted((*kept, *made))))


def mended(document: Document) -> Document:
    """Undo in a text, and in what its source states, what can surely be undone.

    Pages are left alone: their entities and tags were read as such.
    """
    given = document.given
    for field, stated in given.items():
        value = mended_text(stated.value).text if _is_suspect(stated.value) else stated.value
        if value != stated.value:
            evidence = f"{stated.evidence}, put right: {stated.value!r:.80}"
            given = {**given, field: Given(" ".join(value.split()), evidence)}
    if document.main_text is not None or not _is_suspect(document.raw):
        return document if given is document.given else replace(document, given=given)
    found = mended_text(document.raw)
    return replace(
        document, raw=found.text, repairs=(*document.repairs, *found.repairs), given=given
    )


def mended_text(text: str) -> _Text:
    """Return a text with its wrong encoding undone, tags taken out and entities unescaped.

    Examples
    --------
    >>> mended_text("ظ‚ط§ظ„ &quot;نعم&quot;").text
    'قال "نعم"'
    """
    now = _Text(text)
    if "\\" in text:
        now = _unprinted(now)
    text = now.text
    if is_misread(text):
        now = now.changed(re.compile(r"[^\r\n]+"), decoded_line, DECODED)
    if "&" in now.text and _ESCAPED_TAG.search(now.text) and not _TAG.search(now.text):
        now = now.changed(_ENTITY, _unescaped, UNESCAPED)
    if "<" in now.text:
        now = now.changed(_TAG, _broken, UNTAGGED)
    if "&" in now.text:
        now = now.changed(_ENTITY, _unescaped, UNESCAPED)
        if "&" in now.text:  # escaped twice
            now = now.changed(_ENTITY, _unescaped, UNESCAPED)
    return now


def _is_suspect(text: str) -> bool:
    return "&" in text or "<" in text or "\\" in text or is_misread(text)


# ---- text that was printed instead of stored ---------------------------------------------


def _unprinted(now: _Text) -> _Text:
    """Undo escapes of letters where they stand for Arabic, and ends of lines in Arabic text."""
    if _PRINTED.search(now.text):
        now = now.changed(
            _BYTES, lambda m: m[2] if not m.start() and m.end() == len(m.string) else None, UNDONE
        )
    elif ARABIC.search(now.text) is None:
        return now
    return now.changed(_ESCAPE, _unprinted_one, UNDONE)


def _unprinted_one(match: re.Match[str]) -> str | None:
    said = match.group()
    if said[1] in "rn":
        return said.replace("\\r\\n", "\n").replace("\\n", "\n").replace("\\r", "\n")
    if _PRINTED.search(match.string) is None:
        return None
    if said[1] == "u":
        units = bytes.fromhex(said.replace("\\u", ""))
        return units.decode("utf-16-be", "replace")
    try:
        return bytes.fromhex(said.replace("\\x", "")).decode("utf-8")
    except UnicodeDecodeError:
        return None


# ---- entities and tags -------------------------------------------------------------------


def _unescaped(match: re.Match[str]) -> str | None:
    entity = match.group()
    if entity[1] != "#" and entity.endswith(";") and entity[1:] not in html5:
        return None
    said = html.unescape(entity if entity.endswith(";") else f"{entity};")
    return said if said != entity else None


def _broken(match: re.Match[str]) -> str:
    name = (match["name"] or "").lower()
    if not name or not _BREAKS.fullmatch(name):
        return ""
    if name == "br" and not _BR_BESIDE.match(match.string, match.end()):
        before = match.string[max(0, match.start() - _BEFORE) : match.start()].rstrip()
        if before and not before.endswith((">", *_ENDS)):
            return " "  # in the middle of a sentence
    return "\n" if name in _ONE_BREAK else "\n\n"
