"""What a page says of itself: outlet, author, translator, origin, url, each with its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from syriatopics.arabic import clean
from syriatopics.corpus.documents import Given
from syriatopics.corpus.parse.credits import Credits, credits_of
from syriatopics.corpus.parse.lines import Judged, Line
from syriatopics.corpus.parse.publishers import Publishers
from syriatopics.corpus.words import line_key

__all__ = ["Credit", "page_metadata"]

_URL = re.compile(r"https?://[^\s<>\"'()\[\]]{1,2000}")
_WHO = r"\s*[:/\-]?\s*(?P<who>[^|/\-–\d:،,]{3,60})"
_AUTHOR = re.compile(rf"(?:كتبه|كتبته|كتب|كتبت|بقلم|الكاتب|إعداد|تقرير|مراسل){_WHO}")
_TRANSLATOR = re.compile(rf"(?:ترجمة وتحرير|ترجمة|ترجمه|ترجمها|نقله إلى العربية){_WHO}")
_HEADING = re.compile(r"#{1,4}\s+")  # of Markdown
_AFTER_COLON = re.compile(r"[^:]{2,30}:\s*(?P<what>.{2,80})")
_LINK = re.compile(r"\[([^\[\]]{1,200})\]\([^()\s]{0,500}\)")
# "قال لـ “الحل نت”": somebody spoke to the outlet that publishes.
_TO_QUOTED = re.compile(r"ل(?<!\w.)\s?[“\"«]\s?([^“”\"«»\n]{2,40})[”\"»]")


class Credit(NamedTuple):
    """A credit inside a body line, with the words that give it."""

    credits: Credits
    evidence: str


class _Found(NamedTuple):
    field: str
    value: str
    evidence: str


def page_metadata(
    judged: Sequence[Judged],
    inside: Sequence[Credit],
    given: Mapping[str, Given],
    publishers: Publishers,
) -> dict[str, Given]:
    """Read what the lines of a page say of it.

    Parameters
    ----------
    judged : sequence of Judged
        All lines, with their kinds.
    inside : sequence of Credit
        What datelines and tails of body lines credit.
    given : mapping of str to Given
        What the source says; it stands above the page.
    publishers : Publishers
        Who is known by host and name.

    Returns
    -------
    dict of str to Given
        For the fields title, outlet, author, translator, origin, production and url, as
        far as anybody says anything.
    """
    said = dict(given)
    if "outlet" in said:
        said["outlet"] = _settled(said["outlet"], publishers)
    host = publishers.outlet_of_url(said["url"].value) if "url" in said else None
    for found in _from_lines(judged, inside, publishers):
        # Whom a page credits that stands at the address of another house delivered the text.
        elsewhere = found.field == "outlet" and host is not None and host[0] != found.value
        said.setdefault("origin" if elsewhere else found.field, Given(found.value, found.evidence))
    spoken_to = [
        found
        for item in judged
        if item.kind == "body"
        for found in _spoke_to(item.line, publishers)
    ]
    if "outlet" not in said:
        for found in (*_outlet(judged, said.get("url"), publishers), *spoken_to):
            said.setdefault(found.field, Given(found.value, found.evidence))
    for found in _from_author(said, publishers):
        said.setdefault(found.field, Given(found.value, found.evidence))
    production = _production(said, spoken_to, publishers)
    if production is not None:
        said.setdefault("production", production)
    said.pop("wire", None)
    return said


def _settled(given: Given, known: Publishers) -> Given:
    """Name a stated outlet as the list of outlets does; its evidence keeps how it was written."""
    name = known.settled(given.value)
    if name == given.value:
        return given
    return Given(name, f"{given.evidence}: {given.value!r:.80}")


def _from_lines(
    judged: Sequence[Judged], inside: Sequence[Credit], known: Publishers
) -> Iterator[_Found]:
    for credit in inside:
        yield from _credited(credit.credits, credit.evidence)
    for item in judged:
        if item.kind == "title":
            title = _HEADING.sub("", item.line.clean)
            yield _Found("title", title, f"line {item.line.number}")
        elif item.kind == "byline":
            yield from _byline(item.line)
        elif item.kind == "source":
            yield from _source(item.line, known)


def _credited(credits: Credits, evidence: str) -> Iterator[_Found]:
    if credits.outlet:
        yield _Found("outlet", credits.outlet, evidence)
    if credits.origin:
        yield _Found("origin", credits.origin, evidence)
    if credits.wire:
        yield _Found("wire", "yes", evidence)


def _byline(line: Line) -> Iterator[_Found]:
    evidence = f"line {line.number}: {line.text:.80}"
    for field, pattern in (("translator", _TRANSLATOR), ("author", _AUTHOR)):
        if match := pattern.match(line.clean):
            yield _Found(field, match["who"].strip(), evidence)
            return


def _source(line: Line, known: Publishers) -> Iterator[_Found]:
    text = clean(_LINK.sub(r"\1", line.text))
    evidence = f"line {line.number}: {text:.80}"
    if match := _URL.search(line.text):
        yield _Found("url", match.group(), f"line {line.number}")
        return
    credits = credits_of(text, publishers=known)
    if credits:
        yield from _credited(credits, evidence)
        return
    match = _AFTER_COLON.fullmatch(text)
    named = _deliverer(match["what"] if match else text, known)
    if named is not None:
        yield _Found("origin", named, evidence)
    elif match:
        yield _Found("origin", match["what"].strip(), evidence)


def _deliverer(text: str, publishers: Publishers) -> str | None:
    """Find the agency or paper that a source line names; the longest name wins."""
    words = line_key(text).split()
    for length in range(min(len(words), 8), 0, -1):
        for start in range(len(words) - length + 1):
            known = publishers.credit_names.get(" ".join(words[start : start + length]))
            if known is not None:
                return known.id
    return None


def _from_author(said: Mapping[str, Given], known: Publishers) -> Iterator[_Found]:
    """A column of authors often holds the credit: "لندن - أ ف ب"."""
    if "author" not in said or "origin" in said:
        return
    author = said["author"]
    credits = credits_of(author.value, publishers=known)
    if credits is None:
        return
    own = said.get("outlet")
    if own and credits.origin and known.is_same_house(own.value, credits.origin):
        return
    yield from _credited(credits, f"{author.evidence}: {author.value:.80}")


def _outlet(judged: Sequence[Judged], url: Given | None, known: Publishers) -> Iterator[_Found]:
    """The host of the page's own url, then phrases by which the page calls the text its own."""
    if url is not None and (found := known.outlet_of_url(url.value)):
        yield _Found("outlet", found[0], f"host of the url: {found[1]}")
    for item in judged:
        if item.kind != "body" and (found := _self_phrase(item.line, known)):
            yield _Found("outlet", found[0], f"line {item.line.number}: {item.line.text:.60}")


def _self_phrase(line: Line, known: Publishers) -> tuple[str, str] | None:
    text, place = f"{line.key} ", 0
    for word in line.words:
        for phrase, outlet in known.self_phrases.get(word, ()):
            if text.startswith(phrase, place):
                return outlet, phrase
        place += len(word) + 1
    return None


def _spoke_to(line: Line, known: Publishers) -> Iterator[_Found]:
    for match in _TO_QUOTED.finditer(line.clean):
        name = line_key(match[1])
        named = known.credit_names.get(name)
        outlet = named.id if named and named.role == "outlet" else known.by_name.get(name)
        if outlet is not None:
            yield _Found("outlet", outlet, f"the text has people speak to it: {match.group()}")


def _production(
    said: Mapping[str, Given], spoken_to: Sequence[_Found], known: Publishers
) -> Given | None:
    origin, outlet, wire = said.get("origin"), said.get("outlet"), said.get("wire")
    if "translator" in said:
        return Given("translated", f"translator: {said['translator'].value}")
    if origin is not None:
        role = known.role_of(origin.value)
        kind = {"paper": "translated", "agency": "wire"}.get(role or "", "republished")
        return Given(kind, f"origin: {origin.value}")
    if wire is not None:
        return Given("wire", f"credited to agencies: {wire.evidence}")
    own = [found for found in spoken_to if outlet is not None and found.value == outlet.value]
    return Given("own", own[0].evidence) if own else None
