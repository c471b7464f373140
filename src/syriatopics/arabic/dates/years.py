"""Years without a month: ``عام 2011``, ``نهاية 2022``, ``عامي 1995 و2004``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from syriatopics.arabic.dates.calendar import PARTS
from syriatopics.arabic.dates.hits import PAST_NEXT_THIS, RELATION, YEAR, Hit

__all__ = ["lone_years", "of_that_year"]

_LIKE_A_YEAR = re.compile(r"[12][09]\d\d")
_FOUR_DIGITS = re.compile(r"(?<![\d.,/\-])" + YEAR + r"(?!\s*[-/]\s*\d{1,2}[-/]|[.,]\d)")
_EDGES = {
    "start": r"مطلع|بدايه|بدايات|اوائل|مستهل",
    "middle": r"منتصف|اواسط|وسط",
    "end": r"نهايه|اواخر|ختام",
}
_EDGE = "|".join(f"(?P<{name}>{words})" for name, words in _EDGES.items())
_YEAR_LEFT = re.compile(
    rf"(?<!\w)(?:(?:(?:[وفبل]{{0,2}}(?:{_EDGE})\s+)?[وفبلك]?(?:ال)?(?:عام|سنه)(?:\s+"
    + PAST_NEXT_THIS
    + r")?|[وف]?لل?عام|[وف]?منذ|(?P<bare>[وف]?(?:في|حتي|خلال|الي))"
    + rf"|[وفبل]{{0,2}}(?P<edged>{'|'.join(_EDGES.values())}))\s+|(?P<many>(?:عامي|سنتي|العامين|الاعوام|اعوام"
    r"|سنوات|السنوات|بين|من)\s+))$"
)
_BARE_RIGHT = re.compile(r"\s*(?:[،,.؛:)»”\"]|$)")
# ``عامي 1995 و2004``, ``بين 2011 و2014``, ``عام 2011 إلى 2014``
_AND = re.compile(r"\s*(?:[،,]\s*|و\s*|(?P<to>(?:و?حتي|الي|-|–)\s*))(?:عام\s+)?(?=(?:19|20)\d\d)")


def lone_years(text: str) -> Iterator[Hit]:
    """Yield years that stand without a month, where the text says that they are years."""
    # A pattern that begins with digits is found much faster than one that looks behind first.
    likely = _LIKE_A_YEAR.finditer(text)
    many_until = to_until = -1
    for match in filter(None, (_FOUR_DIGITS.match(text, at.start()) for at in likely)):
        left = _YEAR_LEFT.search(text, max(0, match.start() - 30), match.start())
        goes_on = match.start() in (many_until, to_until)
        if not goes_on and (
            left is None or (left["bare"] and not _BARE_RIGHT.match(text, match.end()))
        ):
            continue
        many = match.start() == many_until or (left is not None and left["many"] is not None)
        follows = _AND.match(text, match.end())
        loose = "" if goes_on or left is None else (left["many"] or "").strip()
        if (loose == "بين" and follows is None) or (
            loose == "من" and not (follows and follows["to"])
        ):
            continue  # ``بين 2000 و5000 مقاتل``, ``من 2000 شخص``
        if follows is not None:
            many_until = follows.end() if many else -1
            to_until = follows.end() if follows["to"] else -1
        if left is not None and left["edged"]:
            yield _edge(match, left, left["edged"])
        elif left is not None and any(left[name] for name in _EDGES):
            yield _edge(match, left, next(left[name] for name in _EDGES if left[name]))
        else:
            yield Hit(
                match.start(),
                match.end(),
                int(match["year"]),
                relation=_relation(text, match, left),
            )


def _edge(match: re.Match[str], left: re.Match[str], word: str) -> Hit:
    """Return the month at the edge of a year: its first, its middle, its last."""
    part = next(name for name, words in _EDGES.items() if word in words.split("|"))
    start = left.start() + left.group().index(word)
    return Hit(start, match.end(), int(match["year"]), PARTS[part], part=part)


def _relation(text: str, match: re.Match[str], left: re.Match[str] | None) -> str | None:
    said = next((n for n in ("past", "next", "this") if left is not None and left[n]), None)
    if said is None and (right := RELATION.match(text, match.end())):
        said = right.lastgroup
    return said


_THAT_YEAR = re.compile(
    r"\s+(?:من|في)\s+(?:(?:ذلك|نفس|ذات)\s+(?:العام|السنه)|(?:العام|السنه)\s+(?:نفسه\w?|ذاته\w?|عينه\w?))(?!\w)"
)


def of_that_year(hits: Sequence[Hit], text: str) -> list[Hit]:
    """Give a day ``من ذلك العام`` the year of the date before it.

    Examples
    --------
    >>> day = Hit(12, 20, None, 2, 14)
    >>> of_that_year([Hit(0, 8, 2005), day], "عام 2005 وفي 14 شباط من ذلك العام")[1][2:5]
    (2005, 2, 14)
    """
    found: list[Hit] = []
    year = None
    for hit in hits:
        said = _THAT_YEAR.match(text, hit.end) if hit.year is None and hit.month else None
        if said is not None and year is not None:
            words = f"{' '.join(said.group().split())}: {year}"
            hit = hit._replace(end=said.end(), year=year, evidence=words)
        year = hit.year or year
        found.append(hit)
    return found
