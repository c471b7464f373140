"""Pages and texts that plainly hold several articles, or none: they are refused, never merged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from syriatopics.errors import CorpusError

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["refuse_challenge", "refuse_several", "refuse_several_lines"]

# A stretch of so many words under a heading of its own is an article, and no teaser.
_WORDS = 80
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


def refuse_several(tree: _Element) -> None:
    """Refuse a page that holds several whole articles, each under a heading of its own.

    Raises
    ------
    CorpusError
    """
    found = [e for e in tree.iter("article") if not any(True for _ in e.iterancestors("article"))]
    if len(found) < 2:
        return
    whole = [e for e in found if _headed(e) and _words(e) >= _WORDS]
    if len(whole) > 1:
        raise CorpusError(
            f"holds {len(whole)} articles in a form that is not known: save a page for each"
        )


def _headed(element: _Element) -> bool:
    return next(element.iter("h1", "h2", "h3"), None) is not None


def _words(element: _Element) -> int:
    return sum([len("".join(p.itertext()).split()) for p in element.iter("p")])
