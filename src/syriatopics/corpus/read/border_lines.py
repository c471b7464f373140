"""What a line is where articles may begin: a date, a byline, a title, a ruler, or nothing of these."""

from __future__ import annotations

import re
from typing import NamedTuple

from syriatopics.corpus.parse.credits import credits_of, dateline_in
from syriatopics.corpus.parse.lines import Line
from syriatopics.corpus.parse.printed import is_date_line
from syriatopics.corpus.parse.publishers import Publishers
from syriatopics.corpus.parse.rules import rule_of

__all__ = ["COMMENTS", "COUNTED", "CREDIT", "SURE_TITLE", "TITLE", "Shown", "kind_of"]

TITLE, SURE_TITLE = (3, 25), 5
CREDIT = 8
_RULER = re.compile(r"\s*(?:([=_*#~–—-])\1{2,}|(?:\* ?){3,}|\f)\s*")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{4,2000}")
COUNTED = re.compile(
    r"[\s*_-]{0,20}(?:(?:document|dokument|article|المقالة?|مقالة?|الوثيقة|وثيقة|الخبر|خبر)\s"
    r"(?:رقم\s|no\.?\s|#)?\d{1,6}\s?(?:of|von|de|sur|من|/)\s?\d{1,6}"
    r"|(?:المقالة?|الخبر)\s(?:رقم\s)?\d{1,6})[\s*_.:-]{0,20}",
    re.IGNORECASE,
)
_PHOTO = re.compile("صور|أرشيف|تصوير|عدسة|photo|getty|archive", re.IGNORECASE)
COMMENTS = re.compile(
    r"(?:\d{1,5}\s)?(?:التعليقات|تعليقات(?: القراء)?|ردود القراء|comments?)(?:\s?\(?\d{0,5}\)?:?)",
    re.I,
)
_MORE = re.compile(
    r"(?:اقرأ|إقرأ|قراءة|للمزيد|تابع|التفاصيل|read more|continue reading).{0,20}", re.I
)
_NO_TITLE = (".", "،", "؛", ":", ",", ";")


class Shown(NamedTuple):
    """A line as it is shown.

    Attributes
    ----------
    text : str
    level : int
        Of what order a heading it is; 0 for none.
    counts : bool
        Whether it is of the main text, as far as anybody knows.
    address : str
        Where it leads, if all of it is a link to another page.
    """

    text: str
    level: int = 0
    counts: bool = True
    address: str = ""


def kind_of(line: Shown, publishers: Publishers) -> str:
    """Say what a line is: a date, a byline, an address, a credit, a ruler, a title, or nothing."""
    text = line.text.strip().strip("*_#| ")
    if _RULER.fullmatch(line.text):
        return "ruler"
    if COUNTED.fullmatch(text):
        return "count"
    if line.address and _MORE.fullmatch(text):
        return "more"
    size = len(line.text.split())
    if size <= 12 and (kind := _mark(text, size, publishers)):
        return kind
    if TITLE[0] <= size <= TITLE[1] and not text.endswith(_NO_TITLE) and "@" not in text:
        return "title"
    if size > CREDIT and dateline_in(text, publishers):
        return "dateline"
    return "title" if line.level else ""


def _mark(text: str, size: int, publishers: Publishers) -> str:
    if _ADDRESS.fullmatch(text):
        return "address"
    line = Line(0, 0, text, False)
    if is_date_line(line):
        return "date"
    rule = rule_of(line)
    if rule is not None:
        return rule.kind
    place, sign, rest = text.partition(" - ")
    if not sign or size > CREDIT or _PHOTO.search(text) or _credits(place, publishers):
        return ""
    return "dateline" if _credits(rest, publishers) else ""


def _credits(text: str, publishers: Publishers) -> bool:
    return credits_of(text, publishers=publishers) is not None
