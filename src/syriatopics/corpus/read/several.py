"""Pages and texts that plainly hold several articles, or none: they are refused, never merged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from syriatopics.corpus.read.html import PageLine, visible_lines
from syriatopics.errors import CorpusError

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["refuse_challenge", "refuse_several", "refuse_several_lines"]

# A stretch of so many words under a heading of its own is an article, and no teaser.
_WORDS = 80
# Lines of so many words are of a text, and no captions or links.
_PARAGRAPH = 10
_HEADINGS = ("h1", "h2", "h3", "h4")
_NEAR, _SHORT = 5, 60
_ENTRY = re.compile(r"(?:^|\s)(?:hentry|h-entry)(?:\s|$)")
_DAY = re.compile(
    r"(?:^|[\s_-])(?:date|time|published|posted|timestamp)(?:$|[\s_-])", re.IGNORECASE
)
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|replies|reply|related|similar|recommended|sidebar|widget)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"[\s*_-]{0,20}(?:document|dokument|article|المقال|مقالة?|الوثيقة|وثيقة|الخبر|خبر)\s"
    r"(?:رقم\s|no\.?\s|#)?\d{1,6}\s?(?:of|von|de|sur|من|/)\s?\d{1,6}[\s*_.:-]{0,20}",
    re.IGNORECASE,
)
_TITLES = re.compile(r"(?:title|headline|titre|titel|العنوان)\s?:\s?\S", re.IGNORECASE)
_DATES = re.compile(r"(?:date|published|publication date|datum|التاريخ|تاريخ النشر)\s?:\s?\S", re.I)
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


def refuse_several_lines(lines: Sequence[str]) -> None:
    """Refuse a text in which articles are counted, or heads of articles come again.

    Raises
    ------
    CorpusError
    """
    counts = sum(_COUNTED.fullmatch(line) is not None for line in lines)
    titles = sum(_TITLES.match(line) is not None for line in lines)
    dates = sum(_DATES.match(line) is not None for line in lines)
    n = max(counts, min(titles, dates))
    if n > 1:
        raise CorpusError(
            f"holds {n} articles in a form that is not known: cut it into a file each"
        )


def refuse_several(tree: _Element, lines: Sequence[PageLine]) -> None:
    """Refuse a page that holds several whole articles, each under a heading of its own.

    Teasers are short, and comments and related articles stand in a place of theirs. Sections of one
    article have headings too, but neither an address nor a day of their own.

    Parameters
    ----------
    tree : _Element
    lines : sequence of PageLine
        Its visible lines.

    Raises
    ------
    CorpusError
    """
    n = max(_told_apart(tree), _repeated(tree), _under_h1(lines))
    if n > 1:
        raise CorpusError(f"holds {n} articles in a form that is not known: save a page for each")


def _told_apart(tree: _Element) -> int:
    """Count what a page calls an article: by tag, by schema.org, or by the names of templates."""
    found = [e for e in tree.iter("article", "div", "section") if _is_called_article(e)]
    held = set(found)
    outer = [e for e in found if not any(above in held for above in e.iterancestors())]
    if len(outer) < 2:
        return 0
    return sum(_is_headed(e) and not _is_beside(e) and _words(e) >= _WORDS for e in outer)


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
            whole = [e for e in group if _words(e) >= _WORDS and _mark_of(e)]
            most = max(most, len({_mark_of(e) for e in whole}))
    return most


def _mark_of(element: _Element) -> str:
    """Return what is an article's own: the address in its heading, or its day."""
    for heading in element.iter(*_HEADINGS):
        for link in (*heading.iter("a"), *heading.iterancestors("a")):
            if (address := link.get("href") or "").strip("#"):
                return str(address)
        break
    for e in element.iter("time", "span", "div", "p", "abbr", "li"):
        if e.tag == "time" or _DAY.search(e.get("class") or ""):
            said = " ".join("".join(e.itertext()).split())
            if said and len(said) < _SHORT:
                return f"{said} {''.join(next(element.iter(*_HEADINGS)).itertext())}"
    return ""


def _under_h1(lines: Sequence[PageLine]) -> int:
    """Count the headings of the first order under each of which a whole text stands."""
    counts: list[int] = []
    for line in lines:
        element = line.element
        if element is not None and _in_h1(element):
            counts.append(0)
        elif counts and (n := len(line.text.split())) >= _PARAGRAPH:
            counts[-1] += n
    return sum(count >= _WORDS for count in counts)


def _in_h1(element: _Element) -> bool:
    return any(e.tag == "h1" for e in (element, *list(element.iterancestors())[:3]))


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
    return sum([n for n in counts if n >= _PARAGRAPH])
