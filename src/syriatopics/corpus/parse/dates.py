"""The dates of an article: what is printed, what the text allows, and which is believed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from syriatopics.corpus.dating import audit_dates, evidence_in
from syriatopics.corpus.documents import Document, Given
from syriatopics.corpus.parse.lines import Judged, Line
from syriatopics.corpus.parse.printed import (
    PrintedDate,
    contradicting,
    parse_date,
    printed_date,
    rank_of,
)
from syriatopics.records import DATE_STATUSES

__all__ = ["UNREAD", "read_dates"]

UNREAD = "cannot be read:"
# It may be tomorrow already where the page was made.
_TIME_ZONES = timedelta(days=1)
_MOST = 12


def read_dates(
    document: Document, judged: Sequence[Judged], said: Mapping[str, Given], body: Sequence[Line]
) -> dict[str, Any]:
    """Return the fields of an article that concern time, and the evidence of all its fields.

    A stated value that cannot be read is left out, and its evidence says so.
    """
    evidence = {name: given.evidence for name, given in said.items()}
    printed = _printed(judged, said, evidence)
    if document.dates:
        evidence |= _candidates(document, printed)
    stated = _day(said, "event_start", evidence), _day(said, "event_end", evidence)
    today = min(document.captured or date.max, date.today() + _TIME_ZONES)
    audit = audit_dates(
        evidence_in(body),
        printed.when.date() if printed else None,
        stated,
        document.captured,
        today,
    )
    status = said.get("date_status")
    if status is not None and status.value not in DATE_STATUSES:
        evidence["date_status"] = _unread(status)
        status = None
    elif status is None:
        evidence["date_status"] = audit.evidence
    return {
        "date_printed": printed.when if printed else None,
        "date_precision": printed.precision if printed else None,
        "event_start": audit.earliest,
        "event_end": audit.latest,
        "date_status": status.value if status else audit.status,
        "evidence": dict(sorted(evidence.items())),
    }


def _printed(
    judged: Sequence[Judged], said: Mapping[str, Given], evidence: dict[str, str]
) -> PrintedDate | None:
    given = said.get("date_printed")
    if given is None:
        found = printed_date(judged)
    else:
        read = parse_date(given.value)
        found = PrintedDate(*read, given.evidence) if read else None
        evidence["date_printed"] = given.evidence if read else _unread(given)
    if found is not None:
        evidence["date_printed"] = found.evidence
    return found


def _candidates(document: Document, printed: PrintedDate | None) -> dict[str, str]:
    """Return every date that the source states, in the order of their places, and what disagrees."""
    ranked = sorted({(d.source, d.value): d for d in document.dates}.values(), key=rank_of)
    found = {"date_candidates": "; ".join(f"{d.source}: {d.value:.40}" for d in ranked[:_MOST])}
    if printed is None and (odd := [d for d in ranked if parse_date(d.value) is None]):
        found["date_printed"] = _unread(Given(odd[0].value, odd[0].evidence))
    elif printed is None:
        update = f"{ranked[0].value:.40} ({ranked[0].evidence})"
        found["date_printed"] = f"not stated, and an update tells no day of publication: {update}"
    against = contradicting(ranked, printed.when.date()) if printed is not None else []
    if against:
        found["date_contradicted"] = "; ".join(
            f"{d.source}: {d.value:.40}" for d in against[:_MOST]
        )
    return found


def _day(said: Mapping[str, Given], field: str, evidence: dict[str, str]) -> date | None:
    if field not in said:
        return None
    try:
        return datetime.fromisoformat(said[field].value).date()
    except ValueError:
        evidence[field] = _unread(said[field])
        return None


def _unread(given: Given) -> str:
    return f"{UNREAD} {given.value!r:.60} ({given.evidence})"
