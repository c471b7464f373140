"""Credits: who is named before, below or beside a text as the one who delivered it?

``أمد/ قالت …``, ``دمشق-سانا``, ``بيروت (رويترز) - قال …``, ``واس ـ جدة``, ``(أ ف ب)`` below
the last line, ``الوئام - رويترز:`` in a column of authors. A credit is cut at its signs;
each part is a publisher, a place or a person. ``وكالات`` is wire copy without saying whose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from syriatopics.corpus.parse.publishers import Publishers, load_publishers
from syriatopics.corpus.words import line_key

__all__ = ["Credits", "credits_of", "dateline_in", "tail_credit"]

_HEAD = 100
# A dash, a stroke or a colon; the stroke of elongation is a dash where it stands alone.
_SIGN = re.compile(r"\s*(?:--+|[/:|،,]|[-–—]|(?<=\s)ـ+(?=\s))\s*")
_CUT = re.compile(r"\s*(?:--+|[/:]|[-–—]|(?<=\s)ـ+(?=\s))\s*")
_ENCLOSED = re.compile(r"[(«“\"\[]\s*([^()«»“”\"\[\]]{1,40}?)\s*[)»”\"\]]")
_TAIL = re.compile(r"[(\[]\s*([^()\[\]]{1,40}?)\s*[)\]]\s*\.?\s*\Z")
_SOME_AGENCIES = (
    "وكالات",
    "الوكالات",
    "وكالات الأنباء",
    "وكالات أنباء",
    "عواصم وكالات",
    "وكالات ومواقع",
)
_OTHERS = ("متابعات", "ترجمات", "ترجمة", "خاص", "رصد", "مواقع", "صحف", "مراسلون", "عواصم")
_LONGEST = 160
_MOST_PARTS = 4
_LONGEST_PART = 4


class Credits(NamedTuple):
    """What a credit says: the outlet, the origin, and whether it is copy of agencies."""

    outlet: str | None = None
    origin: str | None = None
    wire: bool = False

    def __bool__(self) -> bool:
        return self.outlet is not None or self.origin is not None or self.wire


@cache
def _unnamed() -> frozenset[str]:
    return frozenset(map(line_key, _SOME_AGENCIES))


@cache
def _others() -> frozenset[str]:
    return frozenset(map(line_key, _OTHERS))


class _Part(NamedTuple):
    key: str
    enclosed: bool


def _parts(text: str) -> Iterator[_Part]:
    """Cut a credit into its parts; what stands in brackets or quotation marks is one."""
    position = 0
    for match in _ENCLOSED.finditer(text):
        yield from (_Part(line_key(p), False) for p in _SIGN.split(text[position : match.start()]))
        yield _Part(line_key(match[1]), True)
        position = match.end()
    yield from (_Part(line_key(part), False) for part in _SIGN.split(text[position:]))


def credits_of(
    text: str, at_head: bool = False, publishers: Publishers | None = None
) -> Credits | None:
    """Read a credit, or return None where `text` is none.

    Parameters
    ----------
    text : str
        A byline, a line of its own, or what stands before the first sentence.
    at_head : bool
        Whether it stands before running text: then an outlet counts only by the words that
        it uses there, or in brackets or quotation marks, since most names are also words.
    publishers : Publishers, optional
        Who is known; by default those of the shipped list.

    Examples
    --------
    >>> credits_of("دمشق-سانا")
    Credits(outlet=None, origin='sana', wire=True)
    >>> credits_of("بيروت: «الشرق الأوسط»").outlet
    'aawsat'
    """
    # Who asks gives no credit: الأزمة الخليجية: هل يمكن أن "تنجو" الجزيرة؟
    if len(text) > _LONGEST or text.rstrip().endswith(("؟", "?", "!")):
        return None
    parts = [part for part in _parts(text) if part.key]
    if not parts or len(parts) > _MOST_PARTS:
        return None
    publishers = load_publishers() if publishers is None else publishers
    outlet = origin = None
    wire = False
    for part in parts:
        known = publishers.credit_names.get(part.key)
        if part.key in _unnamed():
            wire = True
        elif part.key in publishers.dateline_names:
            outlet = outlet or publishers.dateline_names[part.key]
        elif known is not None and known.role == "agency":
            origin, wire = origin or known.id, True
        elif known is not None and known.role == "outlet" and (part.enclosed or not at_head):
            outlet = outlet or known.id
        elif part.key not in _others() and len(part.key.split()) > _LONGEST_PART:
            return None
    if outlet and origin and publishers.is_same_house(outlet, origin):
        origin, wire = None, False
    found = Credits(outlet, origin, wire)
    return found if found else None


def dateline_in(text: str, publishers: Publishers | None = None) -> tuple[int, Credits] | None:
    """Find the credit before a paragraph; return where the sentence begins, and the credit.

    Examples
    --------
    >>> dateline_in("أمد/ قالت الولايات المتحدة")
    (5, Credits(outlet='amad', origin=None, wire=False))
    """
    best = None
    for cuts, match in enumerate(_CUT.finditer(text, 0, _HEAD)):
        if cuts >= _MOST_PARTS:
            break
        found = credits_of(text[: match.start()], True, publishers)
        if found is not None and match.end() < len(text):
            best = match.end(), found
    return best


def tail_credit(text: str, publishers: Publishers | None = None) -> tuple[int, Credits] | None:
    """Find an agency in brackets behind the last sentence; return where it begins."""
    match = _TAIL.search(text, max(0, len(text) - 60))
    found = credits_of(match[1], publishers=publishers) if match else None
    if match is None or found is None or not found.wire:
        return None
    return match.start(), found
