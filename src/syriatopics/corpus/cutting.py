"""Where an article is cut: headline, lead and body, by paragraph, sentence or window of words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from syriatopics.arabic import clean, sentences
from syriatopics.records import Article, Paragraph

__all__ = ["Piece", "parts_of"]

_LONG = 200


_WORD = re.compile(r"\S+")


class Piece(NamedTuple):
    """A stretch of an article, with its offsets in the raw text."""

    text: str
    start: int
    end: int


def parts_of(
    article: Article, unit: str | int, part: str
) -> Iterator[tuple[int, str, Piece | tuple[str, int | None, int | None]]]:
    """Yield position, part and piece of what is asked for."""
    if part in ("headline", "all") and article.title and article.title.strip():
        yield 0, "headline", (article.title, *_title_place(article))
    if part == "headline" or not article.layout:
        return
    whole = unit == "article" or isinstance(unit, int)
    end = -1 if whole else article.layout[0][-1][-1][1]
    for number, piece in enumerate(_pieces(article, unit)):
        lead = piece.end <= end
        if part != "lead" or lead:
            yield number, "lead" if lead else "body", piece


def _title_place(article: Article) -> tuple[int | None, int | None]:
    """Return where the title stands in the raw text, if the reader found it there."""
    said = clean(article.title or "").split()
    for span in article.removed:
        if span.kind == "title" and clean(span.text).split() == said:
            text = article.raw[span.start : span.end]
            first = span.start + len(text) - len(text.lstrip())
            return first, span.start + len(text.rstrip())
    return None, None


def _pieces(article: Article, unit: str | int) -> Iterator[Piece]:
    if isinstance(unit, int):
        yield from _windows(article, unit)
    elif unit == "article":
        if article.paragraphs:
            text = "\n".join(article.paragraphs)
            yield Piece(text, article.paragraphs[0].start, article.paragraphs[-1].end)
    else:
        for paragraph in article.paragraphs:
            if unit == "sentence":
                offsets = paragraph.offsets()
                yield from (_cut(paragraph, offsets, s.start, s.end) for s in sentences(paragraph))
            else:
                yield from _short_enough(paragraph)


def _short_enough(paragraph: Paragraph) -> Iterator[Piece]:
    if len(paragraph.split()) <= _LONG:
        yield Piece(str(paragraph), paragraph.start, paragraph.end)
        return
    offsets = paragraph.offsets()
    start, end, count = 0, 0, 0
    for sentence in sentences(paragraph):
        words = len(sentence.text.split())
        if count and count + words > _LONG:
            yield _cut(paragraph, offsets, start, end)
            start, count = sentence.start, 0
        end, count = sentence.end, count + words
    yield _cut(paragraph, offsets, start, end)


def _cut(paragraph: Paragraph, offsets: Sequence[int], start: int, end: int) -> Piece:
    """Cut a stretch out of a paragraph; `offsets` are those of all its characters."""
    return Piece(paragraph[start:end], offsets[start], offsets[end - 1] + 1)


def _windows(article: Article, size: int) -> Iterator[Piece]:
    """Cut the body into windows of `size` words; a last window under half the size joins the one before."""
    words: list[Piece] = []
    for paragraph in article.paragraphs:
        offsets = paragraph.offsets()
        words += [
            Piece(m.group(), offsets[m.start()], offsets[m.end() - 1] + 1)
            for m in _WORD.finditer(paragraph)
        ]
    starts = list(range(0, len(words), size))
    if len(starts) > 1 and len(words) - starts[-1] < size / 2:
        starts.pop()
    for start, end in zip(starts, [*starts[1:], len(words)], strict=True):
        text = " ".join(word.text for word in words[start:end])
        yield Piece(text, words[start].start, words[end - 1].end)
