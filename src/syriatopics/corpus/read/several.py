"""Pages that plainly hold several articles, or none: they are refused, never merged."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from syriatopics.corpus.read.borders import PARAGRAPH, WHOLE, Shown, several_articles
from syriatopics.corpus.read.html import PageLine, visible_lines
from syriatopics.corpus.words import line_key
from syriatopics.errors import CorpusError

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["level_of", "refuse_challenge", "refuse_several", "shown_lines"]

_HEADINGS = ("h1", "h2", "h3", "h4")
_NEAR, _SHORT, _CAPTION = 5, 60, 40
_ENTRY = re.compile(r"(?:^|\s)(?:hentry|h-entry)(?:\s|$)")
_DAY = re.compile(
    r"(?:^|[\s_-])(?:date|time|published|posted|timestamp)(?:$|[\s_-])", re.IGNORECASE
)
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|replies|reply|related|similar|recommended|sidebar|widget)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_CHALLENGE = re.compile(
    r"just a moment|attention required! \| cloudflare|checking (?:your browser|if the site)|"
    r"verif(?:y|ying) (?:that )?you are (?:a )?human|enable javascript and cookies to continue|"
    r"ddos protection by|please complete the security check|captcha|access denied|"
    r"request unsuccessful\. incapsula|لحظة من فضلك|التحقق من أنك إنسان",
    re.IGNORECASE,
)
_CHALLENGE_WORDS = 150


def refuse_challenge(title: str, raw: str) -> None:
    """Refuse the page that a server shows to programs in the place of the article.

    Raises
    ------
    CorpusError
    """
    asked = _CHALLENGE.search(title) or _CHALLENGE.search(raw[:600])
    if asked and len(raw.split()) < _CHALLENGE_WORDS:
        raise CorpusError("a page that asks for a browser, in the place of the article")


def refuse_several(tree: _Element) -> None:
    """Refuse a page that holds several whole articles, each under a heading of its own.

    Teasers are short, and comments and related articles stand in a place of theirs. Sections of one
    article have headings too, but neither an address nor a day of their own.

    Parameters
    ----------
    tree : _Element

    Raises
    ------
    CorpusError
    """
    n = max(_told_apart(tree), _repeated(tree), _in_rows(tree))
    if n > 1:
        raise CorpusError(several_articles(n, "save a page for each"))


def _told_apart(tree: _Element) -> int:
    """Count what a page calls an article: by tag, by schema.org, or by the names of templates."""
    found = [e for e in tree.iter("article", "div", "section") if _is_called_article(e)]
    held = set(found)
    outer = [e for e in found if not any(above in held for above in e.iterancestors())]
    if len(outer) < 2:
        return 0
    return sum(_is_headed(e) and not _is_beside(e) and _words(e) >= WHOLE for e in outer)


def _is_called_article(element: _Element) -> bool:
    kind = element.get("itemtype") or ""
    return element.tag == "article" or bool(
        kind.endswith(("Article", "BlogPosting")) or _ENTRY.search(element.get("class") or "")
    )


def _repeated(tree: _Element) -> int:
    """Count siblings of one make that each hold a heading, a text, and an address or day of their own."""
    groups: dict[tuple[int, str, str], list[_Element]] = {}
    for heading in tree.iter(*_HEADINGS):
        for around in list(heading.iterancestors())[:_NEAR]:
            parent = around.getparent()
            if parent is None or not isinstance(around.tag, str):
                break
            group = groups.setdefault((id(parent), around.tag, around.get("class") or ""), [])
            if around not in group:
                group.append(around)
    most = 0
    for group in groups.values():
        if len(group) > 1 and not _is_beside(group[0]):
            whole = [e for e in group if _words(e) >= WHOLE and _mark_of(e)]
            most = max(most, len({_mark_of(e) for e in whole}))
    return most


def _mark_of(element: _Element) -> str:
    """Return what is an article's own: the address in its heading, or its day."""
    for heading in element.iter(*_HEADINGS):
        for link in (*heading.iter("a"), *heading.iterancestors("a")):
            if (address := link.get("href") or "") and "#" not in address:
                return str(address)
        break
    for e in element.iter("time", "span", "div", "p", "abbr", "li"):
        if e.tag == "time" or _DAY.search(e.get("class") or ""):
            said = " ".join("".join(e.itertext()).split())
            if said and len(said) < _SHORT:
                return f"{said} {''.join(next(element.iter(*_HEADINGS)).itertext())}"
    return ""


def _in_rows(tree: _Element) -> int:
    """Count the rows of a table that hold a whole text in one cell, and its title in another."""
    most = 0
    for table in tree.iter("table"):
        n = 0
        for row in table.iter("tr"):
            if next(row.iterancestors("table")) is table and next(row.iter("table"), None) is None:
                sizes = [len("".join(cell.itertext()).split()) for cell in row.iter("td", "th")]
                short = [size for size in sizes if 0 < size < _CAPTION]
                n += len(sizes) - len(short) == 1 and max(sizes) >= WHOLE and len(short) > 0
        most = max(most, n)
    return most


def shown_lines(
    lines: Sequence[PageLine], main: Collection[str] | None, titles: Collection[str] = ()
) -> list[Shown]:
    """Return the lines of a page with what borders of articles are known by.

    A heading that bears the title of the page is of the first order, however it is written.
    """
    found = []
    for line in lines:
        around = [] if line.element is None else [line.element, *line.element.iterancestors()]
        level = next((lv for e in around[:4] if (lv := level_of(str(e.tag)))), 0)
        level = 1 if level and titles and line_key(line.text) in titles else level
        link = next((e.get("href") or "" for e in around[:3] if e.tag == "a"), "")
        inside = main is None or line_key(line.text) in main
        beside = bool(around) and (level or inside) and _is_beside(around[0])
        address = "" if "#" in link else link
        found.append(Shown("" if beside else line.text, level, inside, address))
    return found


def level_of(tag: str) -> int:
    """Return of what order a heading is, 0 for what is none."""
    return int(tag[1]) if tag in _HEADINGS else 4 if tag in ("dt", "summary") else 0


def _is_headed(element: _Element) -> bool:
    return next(element.iter(*_HEADINGS), None) is not None


def _is_beside(element: _Element) -> bool:
    """Say whether an element stands among comments, related articles or in a column beside the text."""
    return any(
        e.tag in ("aside", "nav", "footer")
        or _BESIDE.search(f"{e.get('class') or ''} {e.get('id') or ''}")
        for e in (element, *element.iterancestors())
        if e.tag not in ("body", "html")
    )


def _words(element: _Element) -> int:
    """Count the words of an element that stand in lines as long as those of a text."""
    counts = (len(line.text.split()) for line in visible_lines(element))
    return sum([n for n in counts if n >= PARAGRAPH])
