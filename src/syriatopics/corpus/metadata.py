"""What a page says of itself: outlet, author, translator, origin, url, each with its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

from syriatopics.arabic import clean
from syriatopics.corpus.documents import Given
from syriatopics.corpus.lines import Judged, line_key
from syriatopics.lexicons import load
from syriatopics.lexicons.schema import Outlet
from syriatopics.records import RemovedSpan

__all__ = ["dateline_of", "outlet_name", "page_metadata"]

_URL = re.compile(r"https?://[^\s<>\"'()\[\]]+")
_AUTHOR = re.compile(
    r"^\s*(?:كتبه|كتبته|كتب|كتبت|بقلم|الكاتب|إعداد|تقرير|مراسل)\s*[:/\-]?\s*(?P<who>[^|/\-–\d:،,]{3,60})"
)
_TRANSLATOR = re.compile(
    r"^\s*(?:ترجمة وتحرير|ترجمة|ترجمه|ترجمها|نقله إلى العربية)\s*[:/\-]?\s*(?P<who>[^|/\-–\d:،,]{3,60})"
)
_AFTER_COLON = re.compile(r"^[^:]{2,30}:\s*(?P<what>.{2,80})$")
_LINK = re.compile(r"\[([^\[\]]{1,200})\]\([^()\s]{0,500}\)")
# "قال لـ “الحل نت”": somebody spoke to the outlet that publishes.
_TO_QUOTED = re.compile(r"(?<!\w)ل\s*[“\"«]\s*([^“”\"«»\n]{2,40}?)\s*[”\"»]")


class _Found(NamedTuple):
    field: str
    value: str
    evidence: str


@cache
def _hosts() -> dict[str, str]:
    return {host: outlet.id for outlet in load("outlets").outlet for host in outlet.hosts}


@cache
def _datelines() -> list[tuple[re.Pattern[str], Outlet]]:
    return [
        (re.compile(rf"{re.escape(word)}\s*(?:/|-|–|:)\s*"), outlet)
        for outlet in load("outlets").outlet
        for word in outlet.dateline
    ]


@cache
def outlet_name(outlet: str, language: str = "en") -> str:
    """Return the readable name of an outlet, in "en" or "ar"; an unknown one as it stands."""
    for entry in load("outlets").outlet:
        if entry.id == outlet:
            return entry.ar if language == "ar" else entry.en
    return outlet


def dateline_of(judged: Sequence[Judged]) -> tuple[RemovedSpan, str] | None:
    """Find an outlet's name before the first paragraph, as in ``أمد/ قالت …``."""
    first = next((item.line for item in judged if item.kind == "body"), None)
    if first is None:
        return None
    for pattern, outlet in _datelines():
        if match := pattern.match(first.text):
            text = match.group()
            span = RemovedSpan(
                first.number, first.start, first.start + len(text), "source", text, "dateline"
            )
            return span, outlet.id
    return None


def page_metadata(judged: Sequence[Judged], body: str) -> dict[str, Given]:
    """Read what the lines of a page say of it.

    Parameters
    ----------
    judged : sequence of Judged
        All lines, with their kinds.
    body : str
        The text of the paragraphs.

    Returns
    -------
    dict of str to Given
        For the fields title, outlet, author, translator, origin, production and url, as
        far as the page says anything.
    """
    said: dict[str, Given] = {}
    for found in _from_lines(judged):
        said.setdefault(found.field, Given(found.value, found.evidence))
    for found in _outlet(judged, body, said.get("url")):
        said.setdefault(found.field, Given(found.value, found.evidence))
    production = _production(said, body)
    if production is not None:
        said.setdefault("production", production)
    return said


def _from_lines(judged: Sequence[Judged]) -> Iterator[_Found]:
    for item in judged:
        text, number = item.line.text, item.line.number
        if item.kind == "title":
            yield _Found("title", clean(text), f"line {number}")
        elif item.kind == "byline":
            for field, pattern in (("translator", _TRANSLATOR), ("author", _AUTHOR)):
                if match := pattern.match(clean(text)):
                    yield _Found(field, match["who"].strip(), f"line {number}: {text}")
                    break
        elif item.kind == "source":
            if match := _URL.search(text):
                yield _Found("url", match.group(), f"line {number}")
            elif item.reason != "dateline":
                yield from _origin(text, number)


def _origin(text: str, number: int) -> Iterator[_Found]:
    text = _LINK.sub(r"\1", text)
    named = _agency_or_paper(text)
    if named is not None:
        yield _Found("origin", named, f"line {number}: {text}")
    elif match := _AFTER_COLON.match(clean(text)):
        yield _Found("origin", match["what"].strip(), f"line {number}: {text}")


@cache
def _origins() -> list[tuple[str, str]]:
    lexicon = load("outlets")
    forms = [(line_key(form), a.id) for a in lexicon.agency for form in a.ar]
    forms += [(line_key(form), p.id) for p in lexicon.paper for form in p.ar]
    return sorted(forms, key=lambda pair: (-len(pair[0]), pair))


def _agency_or_paper(text: str) -> str | None:
    compared = f" {line_key(text)} "
    return next((id_ for form, id_ in _origins() if f" {form} " in compared), None)


def _outlet(judged: Sequence[Judged], body: str, url: Given | None) -> Iterator[_Found]:
    """The host of the page's own url, then phrases of the page, then its name in the text."""
    if url is not None:
        host = (urlsplit(url.value).hostname or "").removeprefix("www.")
        if host in _hosts():
            yield _Found("outlet", _hosts()[host], f"host of the url: {host}")
    phrases, pattern = _self_phrases()
    for item in judged:
        if item.kind != "body" and (match := pattern.search(f" {line_key(item.line.text)} ")):
            said = f"line {item.line.number}: {item.line.text:.60}"
            yield _Found("outlet", phrases[match[1]], said)
    yield from _spoke_to(body)


@cache
def _self_phrases() -> tuple[dict[str, str], re.Pattern[str]]:
    phrases = {
        line_key(phrase): outlet.id for outlet in load("outlets").outlet for phrase in outlet.self
    }
    longest_first = sorted(phrases, key=len, reverse=True)
    return phrases, re.compile(rf" ({'|'.join(map(re.escape, longest_first))}) ")


@cache
def _outlet_names() -> dict[str, str]:
    return {
        line_key(name): outlet.id
        for outlet in load("outlets").outlet
        for name in (outlet.ar, *outlet.also)
    }


def _spoke_to(body: str) -> Iterator[_Found]:
    for match in _TO_QUOTED.finditer(clean(body)):
        outlet = _outlet_names().get(line_key(match[1]))
        if outlet is not None:
            yield _Found("outlet", outlet, f"the text has people speak to it: {match.group()}")


def _production(said: dict[str, Given], body: str) -> Given | None:
    lexicon = load("outlets")
    origin = said.get("origin")
    if "translator" in said:
        return Given("translated", f"translator: {said['translator'].value}")
    if origin and any(origin.value == paper.id for paper in lexicon.paper):
        return Given("translated", f"origin: {origin.value}")
    if origin and any(origin.value == agency.id for agency in lexicon.agency):
        return Given("wire", f"origin: {origin.value}")
    if origin:
        return Given("republished", f"origin: {origin.value}")
    if "outlet" in said and any(found.value == said["outlet"].value for found in _spoke_to(body)):
        return Given("own", said["outlet"].evidence)
    return None
