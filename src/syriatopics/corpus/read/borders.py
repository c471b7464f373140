"""Where do articles begin in lines that hold several? Pages are refused, texts are cut where it is plain.

An article begins with a head: a title beside a date, a byline, a dateline or an address. A heading alone
begins a part of an article as well, and so does a ruler. Only what comes again with a whole text
below each is believed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from syriatopics.corpus.parse.head import field_of_label
from syriatopics.corpus.parse.lines import ends_sentence
from syriatopics.corpus.parse.plausible import PARTS
from syriatopics.corpus.parse.publishers import Publishers
from syriatopics.corpus.read.border_lines import (
    COMMENTS,
    COUNTED,
    CREDIT,
    SURE_TITLE,
    TITLE,
    Shown,
    kind_of,
)
from syriatopics.records import Flag

__all__ = [
    "COUNTED",
    "PARAGRAPH",
    "WHOLE",
    "Borders",
    "Shown",
    "doubtful",
    "find_borders",
    "several_articles",
]

# A stretch of so many words under a head of its own is an article, and no teaser.
WHOLE = 80
# Lines of so many words are of a text, and no captions or links.
PARAGRAPH = 10
# What somebody set apart by hand may be short.
_SHORT = 20
# How many short lines a title may stand away from the date of its article.
_NEAR = 3


class Borders(NamedTuple):
    """What lines hold.

    Attributes
    ----------
    n : int
        How many whole articles; less than two where it is one.
    cuts : tuple of int
        Numbers of the lines in which they begin, where that is plain.
    doubt : str
        Why it may be several all the same.
    """

    n: int = 1
    cuts: tuple[int, ...] = ()
    doubt: str = ""


def find_borders(lines: Sequence[Shown], publishers: Publishers) -> Borders:
    """Look for the beginnings of articles.

    Parameters
    ----------
    lines : sequence of Shown
    publishers : Publishers
        Who is known by name, for datelines.

    Examples
    --------
    >>> from syriatopics.corpus.parse.publishers import load_publishers
    >>> text = ["عنوان الخبر في سطر", "12 أبريل 2018", "كلمة " * 90] * 2
    >>> find_borders([Shown(line) for line in text], load_publishers()).n
    2
    """
    held = _Lines(lines, publishers)
    for plain, fewest in held.plain():
        whole = held.whole(plain, fewest, sure=False)
        if len(whole) > 1:
            before = held.words(0, whole[0])
            return Borders(len(whole), tuple(whole) if before < _SHORT else ())
    below, sure = held.under_headings()
    n = max(held.headed(), held.closed(), below if sure else 0)
    maybe = max(below, held.numbered())
    return Borders(
        n, doubt=f"{maybe} titles with a whole text below each" if n < 2 <= maybe else ""
    )


def several_articles(n: int, way: str) -> str:
    """Say why several articles are refused, and the way out."""
    return f"holds {n} articles in a form that is not known: {way}"


def doubtful(raw: str, borders: Borders) -> tuple[Flag, ...]:
    """Return the flag of an article that may be several."""
    first = len(raw.split("\n", 1)[0])
    return (Flag(0, first, PARTS, borders.doubt),) if borders.doubt else ()


class _Lines:
    def __init__(self, lines: Sequence[Shown], publishers: Publishers) -> None:
        below = (n for n, line in enumerate(lines) if COMMENTS.fullmatch(line.text.strip()))
        self.lines = lines[: next(below, None)]
        sizes = [len(line.text.split()) for line in self.lines]
        texts = [
            n if n >= PARAGRAPH and line.counts and not (line.level or line.address) else 0
            for n, line in zip(sizes, self.lines, strict=True)
        ]
        self._all = [0, *accumulate(texts)]
        # Lists of headlines with their days are no texts.
        sure = (
            n if n > TITLE[1] or ends_sentence(line.text) else 0
            for n, line in zip(texts, self.lines, strict=True)
        )
        self._sure = [0, *accumulate(sure)]
        self._filled = [
            n for n, line in enumerate(self.lines) if line.text.strip() or "\f" in line.text
        ]
        # Without two whole texts there is nothing to look for.
        looked = self._filled if self._all[-1] >= 2 * _SHORT else ()
        self._kinds = {n: kind_of(self.lines[n], publishers) for n in looked}

    def words(self, begin: int, end: int, sure: bool = True) -> int:
        """Count the words between two lines: of paragraphs, or of all that are as long as those."""
        counts = self._sure if sure else self._all
        return counts[end] - counts[begin]

    def _size(self, n: int) -> int:
        return len(self.lines[n].text.split())

    def whole(self, starts: Sequence[int], fewest: int = WHOLE, sure: bool = True) -> list[int]:
        """Return the beginnings below which a text of so many words stands."""
        ends = [*starts[1:], len(self.lines)][: len(starts)]
        return [a for a, b in zip(starts, ends, strict=True) if self.words(a, b, sure) >= fewest]

    # ---- where somebody set articles apart -------------------------------------------

    def plain(self) -> Iterator[tuple[list[int], int]]:
        """Yield the beginnings of each kind that is plain, and how many words make an article of it."""
        labelled = {n: field for n in self._kinds if (field := field_of_label(self.lines[n].text))}
        titles = [n for n, field in labelled.items() if field == "title"]
        dated = sum(field == "date_printed" for field in labelled.values()) > 1
        yield [self._top(n, labelled) for n in titles], 0 if dated else WHOLE
        yield [n for n, kind in self._kinds.items() if kind == "count"], 0
        yield self._after_rulers(), _SHORT
        yield [n for n in self._kinds if self.lines[n].level == 1], WHOLE

    def _top(self, n: int, labelled: dict[int, str]) -> int:
        """Return the first of the lines with labels around a title, and the ruler above them."""
        while n - 1 in labelled:
            n -= 1
        return n - 1 if self._kinds.get(n - 1) == "ruler" else n

    def _after_rulers(self) -> list[int]:
        """Return where a title stands below a ruler and a text above it, and the first line."""
        found = []
        for above, below in pairwise(self._filled if self._kinds else ()):
            page = (
                "\f" in self.lines[above].text
            )  # also where no article ends: its title stands alone
            if self._kinds[above] == "ruler" and self._titled(below, alone=page):
                found.append(below)
        first = next((n for n in self._filled if self._kinds.get(n) != "ruler"), 0)
        return [first, *(n for n in found if n > first)] if found and self._titled(first) else []

    def _titled(self, n: int, alone: bool = False) -> bool:
        """Say whether a text of its own begins in a line: with a sure title, or with a head."""
        below = self.lines[n + 1].text if n + 1 < len(self.lines) else ""
        if alone and below.strip() and self._size(n + 1) <= TITLE[1] and not ends_sentence(below):
            return False  # a line that was broken to a width
        place = bisect_left(self._filled, n)
        kinds = [self._kinds.get(k, "") for k in self._filled[place : place + _NEAR]]
        if any(kind in _HEADS for kind in kinds):
            return "title" in kinds
        return self._is_sure(n)

    # ---- where heads or ends come again ----------------------------------------------

    def headed(self) -> int:
        """Count the whole texts below heads of one kind: a title beside a date, a byline, an address."""
        linked = [n for n in self._kinds if self.lines[n].level and self.lines[n].address]
        whole = self.whole(linked)
        most = len({self.lines[n].address for n in whole})
        for kind in _HEADS:
            starts: list[int] = []
            for place, n in enumerate(self._kinds):
                apart = not starts or self.words(starts[-1], n) >= WHOLE
                if self._kinds[n] == kind and apart and self._has_title(place):
                    starts.append(n)
            most = max(most, len(self.whole(starts)))
        return most

    def _has_title(self, place: int) -> bool:
        """Say whether a title stands beside a mark, with nothing but short lines between."""
        mark = self._filled[place]
        inside = self._kinds[mark] == "dateline" and self._size(mark) > CREDIT
        ways = [self._filled[max(0, place - _NEAR) : place][::-1]]
        if not inside:  # a dateline in a paragraph has its title above
            ways.append(self._filled[place + 1 : place + 1 + _NEAR])
        for way in ways:
            for n in way:
                if self._kinds[n] == "title":
                    return True
                if inside or self._size(n) > PARAGRAPH:
                    break
        return False

    def closed(self) -> int:
        """Count the whole texts that end in a credit, an address, a link to more, under a title each."""
        most = 0
        for mark in ("source", "address", "more"):
            begin, n_texts = 0, 0
            for place, n in enumerate(self._kinds):
                if self._kinds[n] == mark:
                    first = self._filled[begin]
                    sure = self.lines[first].level or self._size(first) >= SURE_TITLE
                    titled = self._kinds[first] == "title" and not self.lines[first].address
                    n_texts += bool(titled and sure and self.words(first, n) >= WHOLE)
                    begin = place + 1 if place + 1 < len(self._filled) else place
            most = max(most, n_texts)
        return most

    def under_headings(self) -> tuple[int, bool]:
        """Count the whole texts below headings of one order, where no other heading stands above them.

        It is sure where the headings are as long as titles, and nothing like one stands above them.
        """
        for level in (2, 3, 4):
            starts = [n for n in self._kinds if self.lines[n].level == level]
            above = any(0 < self.lines[n].level < level for n in self._kinds)
            if above or not starts or self.words(0, starts[0]):
                continue
            asked = all(self.lines[n].text.rstrip().endswith(("؟", "?")) for n in starts)
            if not asked and (found := len(self.whole(starts))) > 1:
                over = any(self._is_sure(n) for n in self._filled if n < starts[0])
                return found, all(map(self._is_sure, starts)) and not over
        return 0, False

    def _is_sure(self, n: int) -> bool:
        """Say whether a line is a title and no heading inside of a text: it is long enough for one."""
        return self._kinds[n] == "title" and self._size(n) >= SURE_TITLE

    def numbered(self) -> int:
        """Count the whole texts below titles with numbers."""
        found = [n for n in self._kinds if _NUMBERED.match(self.lines[n].text)]
        titles = [n for n in found if self._kinds[n] == "title"]
        return len(self.whole(titles)) if titles and not self.words(0, titles[0]) else 0


_HEADS = ("date", "byline", "dateline", "address")
_NUMBERED = re.compile(r"\s*\(?[0-9٠-٩]{1,3}\s?[.)\-–]\s?(?:\S+\s+){4}")
