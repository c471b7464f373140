"""The date audit: can this text have been written on the day that the page says?

Two kinds of evidence stand in a text. It names people in office ("the American Secretary of
State, John Kerry"), and offices have terms; and it names dates as past. Together they give an
event window. A printed date outside of it is refuted: the page of one of the seed articles
is eight years wrong. Retrospect ("in the days of", "former") and plans ("next September") are
no evidence of the present.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from syriatopics.arabic import PhraseMatcher, find_dates, key, running_keys, variant_table
from syriatopics.arabic.tokenize import Token
from syriatopics.lexicons import load
from syriatopics.lexicons.schema import Holder, Office
from syriatopics.records import DateStatus

__all__ = ["Audit", "Evidence", "audit_dates", "evidence_in"]

_RETROSPECT = re.compile(
    r"(?:ال)?(?:سابق|أسبق|راحل|مخلوع|حينها|حينئذ|آنذاك|وقتها|عهد|رئاسه|ولايه|السابقه|منتهيه|مرشح|منتخب)\w*"
)
_FUTURE = re.compile(
    r"(?<!\w)(?:س[يتن]\w{2,}|سوف|المقبل\w*|القادم\w*|المقرر\w*|مقرر\w*|بحلول|حتي|موعد\w*"
    r"|من المتوقع|المزمع\w*)"
)
# A page may be dated a little before or after what it tells (time zones, updates).
_SLACK = timedelta(days=31)


class Evidence(NamedTuple):
    """One reason for a bound: the text cannot be older than `earliest` or younger than `latest`."""

    earliest: date | None
    latest: date | None
    words: str


class Audit(NamedTuple):
    """The event window that the text allows, and what it says of the printed date."""

    earliest: date | None
    latest: date | None
    status: DateStatus
    evidence: str


@cache
def _titles() -> PhraseMatcher[int]:
    offices = load("offices").office
    return PhraseMatcher({n: o.ar for n, o in enumerate(offices)}, fold=variant_table())


@cache
def _holders(office: int) -> PhraseMatcher[int]:
    holders = load("offices").office[office].holder
    entries: dict[int, list[str]] = {}
    taken: set[str] = set()
    for n, holder in enumerate(holders):
        forms = [form for form in holder.ar if form not in taken]
        taken.update(forms)
        if forms:
            entries[n] = forms
    return PhraseMatcher(entries, fold=variant_table())


def evidence_in(paragraphs: Sequence[str]) -> list[Evidence]:
    """Return what the paragraphs say of the time in which they were written."""
    found: dict[str, Evidence] = {}
    for paragraph in paragraphs:
        for item in (*_offices_in(paragraph), *_past_dates_in(paragraph)):
            found.setdefault(item.words, item)
    return list(found.values())


def _offices_in(paragraph: str) -> Iterator[Evidence]:
    tokens, keys = running_keys(paragraph, variant_table())
    offices = load("offices").office
    for match in _titles().find(keys):
        holders = _holders(match.id)
        # The name stands right behind the title or right before it.
        behind = holders.match(keys, match.end) if match.end < len(keys) else None
        before = next(
            (
                found
                for start in range(max(0, match.start - 4), match.start)
                if (found := holders.match(keys, start)) and found.end == match.start
            ),
            None,
        )
        name = behind or before
        if name is None or name.id is None:
            continue
        start, end = min(match.start, name.start), max(match.end, name.end)
        if not _is_retrospect(tokens, start, end, paragraph):
            office = offices[match.id]
            words = paragraph[tokens[start].start : tokens[end - 1].end]
            yield _term(office, _terms_of(office, office.holder[name.id]), words)


def _terms_of(office: Office, holder: Holder) -> list[Holder]:
    return [other for other in office.holder if other.en == holder.en]


def _term(office: Office, terms: list[Holder], words: str) -> Evidence:
    """Somebody who held an office twice gives the span of both terms."""
    first = min(term.appointed or term.start for term in terms)
    ends = [term.end for term in terms]
    last = None if None in ends else max(end for end in ends if end is not None)
    until = f"to {last}" if last else "on"
    return Evidence(
        first,
        last,
        f"{terms[0].en} is {office.en} from {first} {until} (text: \u2068{words}\u2069)",
    )


def _is_retrospect(tokens: list[Token], start: int, end: int, paragraph: str) -> bool:
    left = tokens[max(0, start - 2) : start]
    right = tokens[end : end + 2]
    near = [*left, *right, *tokens[start:end]]
    return any(
        _RETROSPECT.fullmatch(key(token.text).lstrip("وفبلك"))
        or _RETROSPECT.fullmatch(key(token.text))
        for token in near
    )


def _past_dates_in(paragraph: str) -> Iterator[Evidence]:
    for mention in find_dates(paragraph):
        if mention.year is None or mention.month is None or mention.relation == "next":
            continue
        sentence = paragraph[max(0, mention.start - 120) : mention.end + 40]
        if _FUTURE.search(key(sentence)):
            continue
        earliest = date(mention.year, mention.month, mention.day or 1)
        yield Evidence(earliest, None, f"told as past: \u2068{mention.text}\u2069")


def audit_dates(
    evidence: Sequence[Evidence],
    printed: date | None,
    window: tuple[date | None, date | None] = (None, None),
) -> Audit:
    """Hold the evidence of a text against its printed date.

    Parameters
    ----------
    evidence : sequence of Evidence
    printed : date or None
    window : (date or None, date or None)
        An event window that a reader states; it stands above what the text gives.

    Returns
    -------
    Audit
        Status "printed" when nothing refutes the printed date, "conflict" when the window
        excludes it, "inferred" when no date is printed but the window is closed, and
        "unknown" otherwise.
    """
    starts = [item for item in evidence if item.earliest is not None]
    ends = [item for item in evidence if item.latest is not None]
    earliest = max((item.earliest for item in starts if item.earliest), default=None)
    latest = min((item.latest for item in ends if item.latest), default=None)
    words = "; ".join(item.words for item in (*starts, *(e for e in ends if e not in starts)))
    stated = window[0] is not None or window[1] is not None
    if stated:
        earliest, latest = window
    elif earliest and latest and earliest > latest:
        # People of two times in one text: somebody is remembered, nothing is decided.
        note = f"not decidable: {words}"
        return Audit(None, None, "printed" if printed else "unknown", note)
    if printed is None:
        closed = earliest is not None and latest is not None
        return Audit(earliest, latest, "inferred" if closed else "unknown", words or "no evidence")
    refuted = (latest is not None and printed > latest + _SLACK) or (
        earliest is not None and printed < earliest - _SLACK
    )
    if refuted:
        return Audit(
            earliest, latest, "conflict", f"printed {printed}, but {words}" if words else ""
        )
    return Audit(printed, printed, "printed", words or "nothing in the text speaks against it")
