"""From a document to an article: lines judged, paragraphs built, metadata and dates read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from syriatopics.corpus.audit import Audit, audit_dates, evidence_in
from syriatopics.corpus.documents import Document, Given
from syriatopics.corpus.lines import Judged, Line, judge_lines, name_headings, split_lines
from syriatopics.corpus.metadata import dateline_of, page_metadata
from syriatopics.corpus.paragraphs import build_paragraphs
from syriatopics.corpus.printed import PrintedDate, parse_date, printed_date
from syriatopics.corpus.pullquotes import find_pullquotes
from syriatopics.errors import CorpusError, choices
from syriatopics.records import DATE_STATUSES, PRODUCTIONS, Article, RemovedSpan

__all__ = ["parse_article"]


def parse_article(document: Document, recurring: Collection[str] = ()) -> Article:
    """Parse a document.

    Parameters
    ----------
    document : Document
    recurring : collection of str
        Keys of lines that recur in the outlet (see :mod:`syriatopics.corpus.recurring`).

    Returns
    -------
    Article
        Its body spans and removed spans partition ``document.raw``.

    Raises
    ------
    CorpusError
        If a stated value is none of its choices.
    """
    judged = _judge(document, recurring)
    dateline = dateline_of(judged)
    cuts = [dateline[0]] if dateline else []
    built = build_paragraphs([item.line for item in judged if item.kind == "body"], cuts)
    whole_lines = [_removed(item) for item in judged if item.kind != "body"]
    said = page_metadata(judged, "\n".join(built.paragraphs))
    if dateline:
        said.setdefault("outlet", Given(dateline[1], f"dateline {dateline[0].text.strip()}"))
    said |= document.given
    dates = _dates(document, judged, said, built.paragraphs)
    return Article(
        article_id=document.article_id,
        raw=document.raw,
        **_texts(said),
        production=_one_of(said, "production", PRODUCTIONS, document) or "unknown",
        paragraphs=built.paragraphs,
        removed=tuple(sorted([*whole_lines, *built.removed, *cuts], key=lambda span: span.start)),
        repairs=tuple(sorted(built.repairs)),
        flags=tuple(sorted(built.flags)),
        **dates,
    )


def _texts(said: dict[str, Given]) -> dict[str, Any]:
    return {name: said[name].value if name in said else None for name in _TEXT_FIELDS}


_TEXT_FIELDS = ("title", "outlet", "author", "translator", "origin", "url")


def _judge(document: Document, recurring: Collection[str]) -> list[Judged]:
    title = document.given.get("title")
    judged = judge_lines(split_lines(document.raw), recurring, title.value if title else None)
    body = [position for position, item in enumerate(judged) if item.kind == "body"]
    quotes = find_pullquotes([judged[position].line.text for position in body])
    for quote, source in quotes.items():
        line = judged[body[source]].line.number
        judged[body[quote]] = judged[body[quote]]._replace(
            kind="pullquote", reason=f"repeats line {line}"
        )
    return name_headings(judged)


def _removed(item: Judged) -> RemovedSpan:
    line: Line = item.line
    return RemovedSpan(line.number, line.start, line.end, item.kind, line.text, item.reason)  # type: ignore[arg-type]


def _one_of(said: dict[str, Given], field: str, allowed: Sequence[str], document: Document) -> Any:
    if field not in said:
        return None
    value = said[field].value
    if value not in allowed:
        raise CorpusError(
            f"{document.place}: {field} {value!r} of article {document.article_id!r} is not known. "
            f"Choices: {choices(allowed)}."
        )
    return value


def _dates(
    document: Document, judged: Sequence[Judged], said: dict[str, Given], paragraphs: Sequence[str]
) -> dict[str, Any]:
    printed = _printed(document, judged, said)
    window = (_day(said, "event_start", document), _day(said, "event_end", document))
    audit: Audit = audit_dates(
        evidence_in(paragraphs), printed.when.date() if printed else None, window
    )
    status = _one_of(said, "date_status", DATE_STATUSES, document) or audit.status
    evidence = {name: given.evidence for name, given in said.items()}
    if printed:
        evidence["date_printed"] = printed.evidence
    evidence["date_status"] = (
        said["date_status"].evidence if "date_status" in said else audit.evidence
    )
    return {
        "date_printed": printed.when if printed else None,
        "date_precision": printed.precision if printed else None,
        "event_start": audit.earliest,
        "event_end": audit.latest,
        "date_status": status,
        "evidence": dict(sorted(evidence.items())),
    }


def _printed(
    document: Document, judged: Sequence[Judged], said: dict[str, Given]
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


def _day(said: dict[str, Given], field: str, document: Document) -> date | None:
    if field not in said:
        return None
    try:
        return datetime.fromisoformat(said[field].value).date()
    except ValueError:
        raise CorpusError(
            f"{document.place}: {field} {said[field].value!r} of article {document.article_id!r} "
            "is no date. Write it as 2016-07-15."
        ) from None
