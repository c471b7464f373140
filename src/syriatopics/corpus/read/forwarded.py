"""A forwarded mail: the heads of the original stand in the text, as each program writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from syriatopics.corpus.documents import KnownLine
from syriatopics.corpus.parse.lines import Line, split_lines

__all__ = ["Original", "find_original", "without_signs"]

# The heads that programs write above what they forward, in the languages that Arabic newsrooms use.
_HEADS = {
    "from": ("from", "de", "von", "من", "المرسل", "مرسل"),
    "date": (
        "date", "sent", "envoyé", "gesendet", "datum", "التاريخ", "تاريخ", "أُرسلت", "أرسلت", "تم الإرسال",
        "تاريخ الإرسال", "الإرسال",
    ),
    "subject": ("subject", "objet", "betreff", "الموضوع", "موضوع"),
    "": (
        "to", "cc", "bcc", "reply-to", "à", "an", "إلى", "الى", "المستلم", "نسخة", "نسخة إلى", "الرد على",
        "الأهمية", "importance", "attachments", "المرفقات",
    ),
}  # fmt: skip
_FIELDS = {label: field for field, labels in _HEADS.items() for label in labels}
_HEAD = re.compile(
    r"[>\s*]{0,20}(?P<label>[^:：<>\d]{1,20}?)[\s*]{0,4}[:：][\s*]{0,4}(?P<value>\S.{0,500})?"
)
_MARK = re.compile(
    r"[>\s]{0,20}[-_=\s]{0,80}(?:begin forwarded message|(?:forwarded|original) (?:message|mail)|"
    r"message (?:transféré|réexpédié|d'origine)|weitergeleitete nachricht|"
    r"(?:رسالة|الرسالة|بدء الرسالة) "
    r"(?:معاد توجيهها|المعاد توجيهها|مُ?حوّ?لة|المُ?حوّ?لة|ممر[ّ]?رة|مُ?عاد إرسالها|الأصلية|أصلية))"
    r"\s?:?[-_=\s]{0,80}|[-_]{10,80}",
    re.IGNORECASE,
)
_SIGN = re.compile(r"(?:>[ \t]?)+")
# Who forwards adds a word, and no article.
_MOST_ADDED = 60
_FEWEST_HEADS = 3


class Original(NamedTuple):
    """What the heads of an original say (from, date, subject), and the lines that are none of its text."""

    said: dict[str, str]
    lines: tuple[KnownLine, ...]


def find_original(raw: str) -> Original | None:
    r"""Find the heads of the mail that a text forwards; of several in each other the innermost.

    Examples
    --------
    >>> text = "---------- Forwarded message ---------\nFrom: a <a@amad.ps>\nDate: x\nSubject: y\n\nنص"
    >>> find_original(text).said["from"]
    'a <a@amad.ps>'
    """
    lines = split_lines(raw)
    blocks = list(_blocks(lines))
    if not blocks:
        return None
    above = lines[: blocks[0][0]]
    if sum(len(line.text.split()) for line in above) > _MOST_ADDED:
        return None  # an article that quotes a mail
    said: dict[str, str] = {}
    known = [KnownLine(line.number, "boilerplate", "above a forwarded mail") for line in above]
    for begin, end in blocks:
        said = {}
        for line in lines[begin:end]:
            known.append(KnownLine(line.number, "boilerplate", "heads of a forwarded mail"))
            if (found := _head(line.text)) is not None and found[0]:
                said.setdefault(*found)
    return Original(said, tuple(known))


def _blocks(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield where heads stand in a row, the mark above them included."""
    n = 0
    while n < len(lines):
        begin = n
        if _MARK.fullmatch(lines[n].text):
            n += 1
        fields: set[str] = set()
        heads = n
        while n < len(lines) and (found := _head(lines[n].text)) is not None:
            fields.add(found[0])
            n += 1
        told = "from" in fields and not fields.isdisjoint(("date", "subject"))
        if told and n - heads >= _FEWEST_HEADS:
            yield begin, n
        n = max(n, begin + 1)


def _head(text: str) -> tuple[str, str] | None:
    match = _HEAD.fullmatch(text)
    field = _FIELDS.get(match["label"].strip().casefold()) if match else None
    return None if match is None or field is None else (field, (match["value"] or "").strip("* "))


def without_signs(text: str) -> str:
    """Take the ``>`` before quoted lines away, where a mail is little else than a quotation."""
    lines = text.splitlines(keepends=True)
    filled = [line for line in lines if line.strip()]
    quoted = sum(line.startswith(">") for line in filled)
    if quoted * 2 < len(filled):
        return text
    return "".join(_SIGN.sub("", line, count=1) if line.startswith(">") else line for line in lines)
