"""The labelled lines at the head of a text: ``العنوان: …``, ``Date: …``, or between two ``---``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from syriatopics.corpus.documents import Given, KnownLine
from syriatopics.corpus.parse.lines import Line, split_lines
from syriatopics.corpus.words import line_key
from syriatopics.records import RemovedKind

__all__ = ["field_of_label", "labelled_head"]

_LABELS: dict[str, tuple[str, ...]] = {
    "title": ("العنوان", "عنوان", "عنوان المقال", "عنوان الخبر", "title", "headline"),
    "date_printed": (
        "التاريخ", "تاريخ", "تاريخ النشر", "تاريخ المقال", "date", "published", "publication date",
    ),
    "outlet": ("الصحيفة", "الجريدة", "الموقع", "outlet", "newspaper", "publication", "publisher"),
    "origin": ("المصدر", "source"),
    "url": ("الرابط", "رابط", "رابط المقال", "رابط الخبر", "url", "link"),
    "author": ("الكاتب", "كاتب", "المؤلف", "author", "byline", "by"),
}  # fmt: skip
_OTHERS = (
    "القسم", "التصنيف", "الوسوم", "اللغة", "النص", "tags", "category", "section", "language", "text",
)  # fmt: skip
_FIELDS = {line_key(label): field for field, labels in _LABELS.items() for label in labels}
_FIELDS |= {line_key(label): "" for label in _OTHERS}
_KINDS: dict[str, RemovedKind] = {
    "title": "title",
    "date_printed": "date",
    "author": "byline",
    "url": "source",
    "outlet": "source",
}
_LABELLED = re.compile(r"\s*(?P<label>[^:：]{2,30}?)\s*[:：]\s*(?P<value>\S.{0,2000})?\s*")
_FENCE = re.compile(r"-{3,}")
_MOST, _LONGEST = 20, 8000


def labelled_head(text: str) -> tuple[dict[str, Given], tuple[KnownLine, ...]]:
    """Read the labelled lines at the head of a text.

    Returns
    -------
    given : dict of str to Given
        What they say, by field.
    lines : tuple of KnownLine
        The lines that are labels and no text. Nothing where fewer than two lines are labelled, no
        ``---`` stands around them and none is the title: a single ``المصدر: …`` is judged as any line is.
    """
    first = text[:_LONGEST].lstrip().partition("\n")[0]
    if ":" not in first and "：" not in first and not first.startswith("---"):
        return {}, ()
    lines = split_lines(text[:_LONGEST])
    fenced = bool(lines) and _FENCE.fullmatch(lines[0].text) is not None
    found = list(_labelled(lines[1:] if fenced else lines, fenced))
    fields = [field for _, field, _ in found if field]
    if len(fields) < 2 and not (fields and (fenced or fields[0] == "title")):
        return {}, ()
    given: dict[str, Given] = {}
    known = [KnownLine(lines[0].number, "markup", "around the head of the text")] if fenced else []
    for line, field, value in found:
        if field is None:
            known.append(KnownLine(line.number, "markup", "around the head of the text"))
        elif field == "origin":
            continue  # whose text it is, is judged as below a text
        else:
            kind = _KINDS.get(field, "boilerplate")
            known.append(KnownLine(line.number, kind, f"labelled {field or 'line'}"))
            if field and value:
                given.setdefault(field, Given(value, f"line {line.number}: {line.text:.80}"))
    return given, tuple(known)


def _labelled(lines: list[Line], fenced: bool) -> Iterator[tuple[Line, str | None, str]]:
    for n, line in enumerate(lines[:_MOST]):
        if fenced and _FENCE.fullmatch(line.text):
            yield line, None, ""
            return
        if n and line.after_blank and not fenced:
            return
        match = _LABELLED.fullmatch(line.text)
        field = field_of_label(line.text)
        if match is None or (field is None and not fenced):
            return
        yield line, field or "", (match["value"] or "").strip().strip("\"'")


def field_of_label(text: str) -> str | None:
    """Return the field that the label of a line names, "" for a label of another thing, or None."""
    match = _LABELLED.fullmatch(text)
    return _FIELDS.get(line_key(match["label"].casefold())) if match else None
