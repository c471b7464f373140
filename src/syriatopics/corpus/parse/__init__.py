"""From a document to an article: lines judged, paragraphs built, metadata and dates read."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from syriatopics.corpus.documents import Document, Given
from syriatopics.corpus.parse.dates import UNREAD, read_dates
from syriatopics.corpus.parse.inside import cuts_inside
from syriatopics.corpus.parse.judge import judge_lines
from syriatopics.corpus.parse.lines import split_lines
from syriatopics.corpus.parse.metadata import page_metadata
from syriatopics.corpus.parse.paragraphs import build_paragraphs
from syriatopics.corpus.parse.publishers import Publishers, load_publishers
from syriatopics.records import PRODUCTIONS, Article, RemovedSpan

__all__ = ["parse_article"]

_TEXT_FIELDS = ("title", "outlet", "author", "translator", "origin", "url")


def parse_article(
    document: Document,
    recurring: Collection[str] = (),
    publishers: Publishers | None = None,
) -> Article:
    """Parse a document.

    Parameters
    ----------
    document : Document
    recurring : collection of str
        Keys of lines that recur in the outlet (see :mod:`syriatopics.corpus.parse.recurring`).
    publishers : Publishers, optional
        Who is known by host and name; by default those of the shipped list.

    Returns
    -------
    Article
        Its body spans and removed spans partition ``document.raw``. A text that breaks the
        parser has no body: all of it is removed, and its evidence for ``text`` says why.
    """
    try:
        return _parsed(document, recurring, publishers)
    except MemoryError:
        raise
    except Exception as error:  # one text never ends the reading of a thousand
        return _unparsed(document, error)


def _unparsed(document: Document, error: Exception) -> Article:
    raw = document.raw
    why = f"{UNREAD} {type(error).__name__}: {error!s:.100}"
    removed = (RemovedSpan(0, 0, len(raw), "markup", raw, why),) if raw else ()
    return Article(article_id=document.article_id, raw=raw, removed=removed, evidence={"text": why})


def _parsed(
    document: Document, recurring: Collection[str], publishers: Publishers | None
) -> Article:
    known = load_publishers() if publishers is None else publishers
    title = document.given.get("title")
    judged = judge_lines(
        split_lines(document.raw),
        known,
        recurring,
        title.value if title else None,
        document.main_text,
        document.lines,
    )
    body = [item.line for item in judged if item.kind == "body"]
    cuts, inside = cuts_inside(body, known)
    built = build_paragraphs(body, cuts)
    said = page_metadata(judged, inside, document.given, known)
    dates = read_dates(document, judged, said, body)
    texts: dict[str, Any] = {n: said[n].value if n in said else None for n in _TEXT_FIELDS}
    removed = [*(item.removed() for item in judged if item.kind != "body"), *built.removed, *cuts]
    return Article(
        article_id=document.article_id,
        raw=document.raw,
        **texts,
        production=_production(said, dates["evidence"]),
        layout=built.layout,
        n_words=built.n_words,
        removed=tuple(sorted(removed, key=lambda span: span.start)),
        repairs=tuple(sorted(built.repairs)),
        flags=tuple(sorted(built.flags)),
        **dates,
    )


def _production(said: dict[str, Given], evidence: dict[str, str]) -> Any:
    given = said.get("production")
    if given is not None and given.value not in PRODUCTIONS:
        evidence["production"] = f"{UNREAD} {given.value!r:.60} ({given.evidence})"
        given = None
    return given.value if given else "unknown"
