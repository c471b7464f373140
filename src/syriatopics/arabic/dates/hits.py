"""What the readers of dates have in common: a hit in folded text, and which days there are."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

__all__ = ["PAST_NEXT_THIS", "RELATION", "YEAR", "Hit", "joined", "parts_of", "valid"]

YEAR = r"(?P<year>(?:19|20)\d{2})(?:م(?!\w))?(?!\d)"
PAST_NEXT_THIS = (
    r"(?:(?P<past>الماضي\w*|الفايت|الفائت\w*|المنصرم\w*)|(?P<next>المقبل\w*|القادم\w*)"
    r"|(?P<this>الجاري\w*|الحالي\w*))(?!\w)"
)
RELATION = re.compile(r"\s+(?:من\s+)?(?:(?:ال)?عام\s+|السنه\s+)?" + PAST_NEXT_THIS)


class Hit(NamedTuple):
    """A date in folded text: where it stands, and what is known of it."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    relation: str | None = None
    calendar: str = "gregorian"
    unit: str = ""
    part: str | None = None
    evidence: str = ""


def valid(year: int | None, month: int | None, day: int | None) -> bool:
    """Say whether there is such a day; what is None can be anything."""
    try:
        date(
            2000 if year is None else year,
            1 if month is None else month,
            1 if day is None else day,
        )
    except ValueError:
        return False
    return True


def joined(text: str) -> str:
    """Return `text` with single spaces."""
    return " ".join(text.split())


def parts_of(match: re.Match[str]) -> tuple[int, int, int]:
    """Return year, month and day of a match that has the year on one side or on the other."""
    if match["y"]:
        return int(match["y"]), int(match["m"]), int(match["d"])
    return int(match["z"]), int(match["b"]), int(match["a"])
