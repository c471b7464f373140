"""The records that flow from the corpus onwards: articles and what stands in them.

A record is frozen and holds plain values only. Offsets always count characters of
:attr:`Article.raw`, the text as it was read, so that every number leads back to a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

__all__ = [
    "DATE_STATUSES",
    "PRODUCTIONS",
    "REMOVED_KINDS",
    "Article",
    "DateStatus",
    "Flag",
    "Layout",
    "Paragraph",
    "Production",
    "RemovedKind",
    "RemovedSpan",
    "Repair",
    "Value",
]

# What a column of the user's own can hold.
Value = str | int | float | bool | None

RemovedKind = Literal[
    "title", "byline", "date", "heading", "boilerplate", "pullquote", "source", "markup"
]
DateStatus = Literal["printed", "inferred", "conflict", "unknown"]
Production = Literal["own", "wire", "translated", "republished", "unknown"]

REMOVED_KINDS: tuple[RemovedKind, ...] = (
    "title",
    "byline",
    "date",
    "heading",
    "boilerplate",
    "pullquote",
    "source",
    "markup",
)
DATE_STATUSES: tuple[DateStatus, ...] = ("printed", "inferred", "conflict", "unknown")
PRODUCTIONS: tuple[Production, ...] = ("own", "wire", "translated", "republished", "unknown")


class RemovedSpan(NamedTuple):
    """A stretch of the raw text that is not body, and why (``line`` counts from 0)."""

    line: int
    start: int
    end: int
    kind: RemovedKind
    text: str
    reason: str


class Repair(NamedTuple):
    """A place where body text was put together again: a joined paragraph, an unwrapped link."""

    start: int
    end: int
    kind: str


class Flag(NamedTuple):
    """A word that looks damaged. It is shown to the reader and never repaired in silence."""

    start: int
    end: int
    kind: str
    text: str


# Where a paragraph stands: for each raw line that it was put together from, the stretches
# of the raw text that were kept of it.
Layout = tuple[tuple[tuple[int, int], ...], ...]


class Paragraph(str):
    """The text of one body paragraph, which knows where it stands in the raw text.

    Attributes
    ----------
    lines : tuple of tuple of (int, int)
        For each raw line that the paragraph was put together from, the stretches of
        :attr:`Article.raw` that were kept of it. The text is these stretches, joined by
        nothing inside a line and by one space between lines.
    """

    lines: Layout
    __slots__ = ("lines",)

    def __new__(cls, text: str, lines: Layout) -> Paragraph:
        """Make a paragraph of `text` that stands at `lines`."""
        self = super().__new__(cls, text)
        self.lines = lines
        return self

    def __getnewargs__(self) -> Any:
        return str(self), self.lines

    @classmethod
    def of(cls, raw: str, lines: Layout) -> Paragraph:
        """Make the paragraph that stands at `lines` of `raw`."""
        text = " ".join("".join(raw[start:end] for start, end in line) for line in lines)
        return cls(text, lines)

    @property
    def text(self) -> str:
        """The text as a plain string."""
        return str(self)

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The stretches of the raw text that make up the paragraph, in order."""
        return tuple(span for line in self.lines for span in line)

    @property
    def start(self) -> int:
        """Offset of the first character in the raw text."""
        return self.lines[0][0][0]

    @property
    def end(self) -> int:
        """Offset behind the last character in the raw text."""
        return self.lines[-1][-1][1]

    def offsets(self) -> list[int]:
        """Return the offset in the raw text of every character of the paragraph."""
        found: list[int] = []
        for line in self.lines:
            if found:
                found.append(line[0][0])  # the space that joins two lines
            for start, end in line:
                found.extend(range(start, end))
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One published text, with what is known of it and on what evidence.

    Attributes
    ----------
    article_id : str
        As given by the source, or the file name without its ending.
    raw : str
        The text as read; all offsets count in it.
    title, outlet, author, translator, origin, url : str or None
        What the page, the file or the reader's notes say; None when nobody says.
    production : {"own", "wire", "translated", "republished", "unknown"}
        Who made the text that stands under the masthead.
    genre : str
        What kind of text it is: as the source calls it; else news, opinion, analysis, interview,
        press_review or live, where section, address, title or byline tell it; else unknown.
    extra : mapping of str to value
        The other columns of its table, under their names.
    layout : tuple of Layout
        Where each paragraph of the body stands in the raw text.
    n_words : int
        Arabic words and numbers in the body.
    removed : tuple of RemovedSpan
        Everything that is not body. Body and removed spans partition the raw text.
    repairs : tuple of Repair
    flags : tuple of Flag
    date_printed : datetime.datetime or None
        The date on the page.
    date_precision : {"minute", "day", "month", "year"} or None
        How much of `date_printed` is printed.
    event_start, event_end : datetime.date or None
        The window in which the text can have been written, both days included.
    date_status : {"printed", "inferred", "conflict", "unknown"}
        Whether the printed date is believed (printed), missing but the window known
        (inferred), refuted by the text (conflict), or nothing is known.
    evidence : mapping of str to str
        For each field, the sentence that says where its value comes from.
    """

    article_id: str
    raw: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    translator: str | None = None
    origin: str | None = None
    production: Production = "unknown"
    genre: str = "unknown"
    url: str | None = None
    layout: tuple[Layout, ...] = ()
    n_words: int = 0
    removed: tuple[RemovedSpan, ...] = ()
    repairs: tuple[Repair, ...] = ()
    flags: tuple[Flag, ...] = ()
    date_printed: datetime | None = None
    date_precision: str | None = None
    event_start: date | None = None
    event_end: date | None = None
    date_status: DateStatus = "unknown"
    evidence: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Value] = field(default_factory=dict)

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The body. Made from the raw text on every call, which costs less than keeping it."""
        return tuple(Paragraph.of(self.raw, lines) for lines in self.layout)

    @property
    def body_spans(self) -> tuple[tuple[int, int], ...]:
        """The stretches of the raw text that were not removed, in order.

        Together with the removed spans they cover every character exactly once.
        """
        return tuple(self._complement())

    def _complement(self) -> Iterator[tuple[int, int]]:
        position = 0
        for span in self.removed:
            if span.start > position:
                yield position, span.start
            position = span.end
        if position < len(self.raw):
            yield position, len(self.raw)
