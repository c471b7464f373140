"""Where on a page does something stand: with the article, or beside it?

A page holds a clock, tickers, lists of other articles and comments. They are known by the elements
around them (``nav``, ``aside``, a class named ``comments``), as long as these do not hold the headline.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from syriatopics.corpus.read.html import PageLine
from syriatopics.corpus.words import line_key

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Layout", "is_embedded"]

_APART_TAGS = frozenset(("nav", "aside"))
# Of a page they stand beside the article; of the article itself they say who wrote it, and when.
_ENDS_TAGS = frozenset(("header", "footer"))
_ARTICLE_TAGS = frozenset(("article", "main"))
_NAMES = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[\u0600-\u06ff]+")
_APART = frozenset((
    "comment", "comments", "commentlist", "disqus", "reply", "replies", "respond", "related", "similar",
    "recommended", "recommendations", "sidebar", "ticker", "breaking", "urgent", "latest", "popular",
    "trending", "menu", "navbar", "nav", "navigation", "footer", "copyright", "newsletter", "today", "clock",
    "weather", "prayer", "topbar", "masthead", "calendar", "archive", "archives", "carousel", "slider",
    "most", "readmore", "hijri", "تعليقات", "تعليق",
))  # fmt: skip
_APART_PAIRS = (
    "current date", "date now", "now date", "date today", "header date", "date header", "top date",
    "date top", "top bar", "more news", "read more", "read also", "see also", "last news", "other news",
    "wm ipp", "site header", "page header", "main header", "site date", "live date", "server time",
)  # fmt: skip
_EMBEDDED = re.compile(
    r"twitter-tweet|twitter-video|x-embed|instagram-media|tiktok-embed|fb-post|fb-video|"
    r"telegram-post|reddit-embed|embedly-card|bluesky-embed|twitter-timeline"
)
# How templates name what they say of an article, wherever they put it.
_ABOUT = re.compile(
    r"(?:post|entry|article|news|story|content|single)[-_]?(?:date|time|meta|info)|publish|byline",
    re.IGNORECASE,
)
_HEADINGS = ("h1", "h2", "h3")
_LONG = 12


def _tag(element: _Element) -> str:
    return element.tag if isinstance(element.tag, str) else ""


def _named(element: _Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def is_embedded(element: _Element | None) -> bool:
    """Say whether an element stands in a post of a social network that a page shows."""
    return element is not None and any(
        _EMBEDDED.search(_named(around)) for around in (element, *element.iterancestors())
    )


class Layout:
    """The lines of a page and the element that holds its headline.

    Parameters
    ----------
    tree : _Element
    lines : sequence of PageLine
        The visible lines, in order.
    titles : frozenset of str
        Keys of the titles that the page states in its head.
    main : frozenset of str or None
        Keys of the lines that are taken for the article.
    """

    def __init__(
        self,
        tree: _Element,
        lines: Sequence[PageLine],
        titles: frozenset[str],
        main: frozenset[str] | None,
    ) -> None:
        self._lines = lines
        self._main = [
            n
            for n, line in enumerate(lines)
            if len(line.text.split()) >= _LONG and (main is None or line_key(line.text) in main)
        ]
        self.headline = self._find_headline(titles)
        home = None if self.headline is None else lines[self.headline].element
        if home is None and self._main:
            home = lines[self._main[0]].element
        self._home = [] if home is None else [home, *home.iterancestors()]
        self._around = set(self._home)
        texts = [element for n in self._main if (element := lines[n].element) is not None]
        self._around_text = {around for text in texts for around in (text, *text.iterancestors())}
        order = {element: n for n, element in enumerate(tree.iter())}
        begins = (0 if line.element is None else order.get(line.element, 0) for line in lines)
        self._order, self._begins = order, list(accumulate(begins, max))

    def _find_headline(self, titles: frozenset[str]) -> int | None:
        """Return the line of the headline: of several headings the one that bears the title."""
        heads = [n for n, line in enumerate(self._lines) if _heading(line.element) == "h1"]
        stated = [
            n
            for n, line in enumerate(self._lines)
            if titles and len(line.text) < 400 and line_key(line.text) in titles
        ]
        both = [n for n in heads if n in stated]
        if both:
            return both[0]
        if len(heads) == 1 and not stated:
            return heads[0]
        headed = [n for n in stated if _heading(self._lines[n].element)]
        if headed or stated:
            return (headed or stated)[0]
        inside = [n for n in heads if any(_tag(e) in _ARTICLE_TAGS for e in self._above(n))]
        return next(iter(inside or heads), None)

    def _above(self, number: int) -> Iterator[_Element]:
        element = self._lines[number].element
        if element is not None:
            yield element
            yield from element.iterancestors()

    def is_apart(self, element: _Element | None) -> bool:
        """Say whether an element stands beside the article: in a menu, a ticker, a comment."""
        if element is None:
            return False
        for around in (element, *element.iterancestors()):
            if around in self._around:
                return False
            if _tag(around) in _APART_TAGS or _names_apart(_named(around)):
                return True
            if _tag(around) in _ENDS_TAGS and not self._shares_article(around):
                return True
            if "Comment" in (around.get("itemtype") or ""):
                return True
        return False

    def _shares_article(self, element: _Element) -> bool:
        """Say whether an element stands in the same article as the headline."""
        return any(
            _is_article(around) and around in self._around for around in element.iterancestors()
        )

    def is_above_by_itself(self, element: _Element, number: int) -> bool:
        """Say whether a date above the headline belongs to the page, not to the article.

        It belongs to the article where it stands in the same ``article`` or ``main``, or right
        beside the headline with no text around either.
        """
        if self.headline is None or number > self.headline:
            return False
        if self._shares_article(element):
            return False
        if sum(bool(line.text) for line in self._lines[number + 1 : self.headline]) > 2:
            return True
        common = next((e for e in element.iterancestors() if e in self._around), None)
        if common is None:
            return True
        if any(
            _ABOUT.search(_named(e))
            for e in (element, *element.iterancestors())
            if e not in self._around
        ):
            return False
        # Where the side of the headline holds the text as well, the date stands outside of both.
        return self._home[self._home.index(common) - 1] in self._around_text

    def place_of(self, element: _Element) -> int:
        """Return the number of the last line that begins at or before an element."""
        return max(0, bisect_right(self._begins, self._order.get(element, 0)) - 1)

    def is_beside_headline(self, number: int) -> bool:
        """Say whether a line stands near the headline: before the second paragraph of the text."""
        if self.headline is None:
            return not self._main or number <= self._main[0] + 1
        before = [n for n in self._main if self.headline < n < number]
        return len(before) < 2

    def is_below_text(self, number: int) -> bool:
        """Say whether a line stands further below than the credits of the last paragraph."""
        if not self._main or number <= self._main[-1]:
            return False
        between = [line for line in self._lines[self._main[-1] + 1 : number] if line.text]
        # A date right below a link is of what the link leads to.
        return len(between) > 1 or any(_is_link(line.element) for line in between)

    def is_above_article(self, element: _Element, number: int) -> bool:
        """Say whether a line stands above the headline, and in no article that holds both."""
        return (
            self.headline is not None
            and number < self.headline
            and not self._shares_article(element)
        )


def _is_link(element: _Element | None) -> bool:
    return element is not None and any(_tag(e) == "a" for e in (element, *element.iterancestors()))


def _heading(element: _Element | None) -> str:
    """Return the heading in which an element stands, or nothing."""
    if element is None:
        return ""
    around = [element, *element.iterancestors()][:4]
    return next((_tag(e) for e in around if _tag(e) in _HEADINGS), "")


def _is_article(element: _Element) -> bool:
    return _tag(element) in _ARTICLE_TAGS or "Article" in (element.get("itemtype") or "")


def _names_apart(named: str) -> bool:
    names = [name.lower() for name in _NAMES.findall(named)]
    joined = f" {' '.join(names)} "
    return not _APART.isdisjoint(names) or any(f" {pair} " in joined for pair in _APART_PAIRS)
