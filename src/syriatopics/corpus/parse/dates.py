"""The dates of an article: what is printed, what the text allows, and which is believed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from syriatopics.corpus.dating import audit_dates, evidence_in
from syriatopics.corpus.documents import Document, Given
from syriatopics.corpus.parse.lines import Judged, Line
from syriatopics.corpus.parse.printed import PrintedDate, parse_date, printed_date
from syriatopics.errors import CorpusError, choices
from syriatopics.records import DATE_STATUSES

__all__ = ["read_dates"]


def read_dates(
    document: Document, judged: Sequence[Judged], said: Mapping[str, Given], body: Sequence[Line]
) -> dict[str, Any]:
    """Return the fields of an article that concern time, and the evidence of all its fields.

    Raises
    ------
    CorpusError
        If a stated date or status cannot be read; the message names article and place.
    """
    printed = _printed(document, judged, said)
    stated = _day(said, "event_start", document), _day(said, "event_end", document)
    audit = audit_dates(
        evidence_in(body), printed.when.date() if printed else None, stated, document.captured
    )
    evidence = {name: given.evidence for name, given in said.items()}
    evidence["date_status"] = audit.evidence
    if printed:
        evidence["date_printed"] = printed.evidence
    status = said.get("date_status")
    if status is not None:
        evidence["date_status"] = status.evidence
        if status.value not in DATE_STATUSES:
            raise CorpusError(
                f"{document.place}: date_status {status.value!r} of article "
                f"{document.article_id!r} is not known. Choices: {choices(DATE_STATUSES)}."
            )
    return {
        "date_printed": printed.when if printed else None,
        "date_precision": printed.precision if printed else None,
        "event_start": audit.earliest,
        "event_end": audit.latest,
        "date_status": status.value if status else audit.status,
        "evidence": dict(sorted(evidence.items())),
    }


def _printed(
    document: Document, judged: Sequence[Judged], said: Mapping[str, Given]
) -> PrintedDate | None:
    given = said.get("date_printed")
    if given is None:
        return printed_date(judged)
    found = parse_date(given.value)
    if found is None:
        raise CorpusError(
            f"{document.place}: the date {given.value!r} of article {document.article_id!r} "
            "cannot be read. Write it as 2016-07-27 or 2016-07-27T11:50."
        )
    return PrintedDate(*found, given.evidence)


def _day(said: Mapping[str, Given], field: str, document: Document) -> date | None:
    if field not in said:
        return None
    try:
        return datetime.fromisoformat(said[field].value).date()
    except ValueError:
        raise CorpusError(
            f"{document.place}: {field} {said[field].value!r} of article {document.article_id!r} "
            "is no date. Write it as 2016-07-15."
        ) from None
