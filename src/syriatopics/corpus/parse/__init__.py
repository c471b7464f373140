"""From a document to an article: lines judged, paragraphs built, metadata and dates read."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from syriatopics.corpus.documents import Document, Given
from syriatopics.corpus.parse.dates import UNREAD, read_dates
from syriatopics.corpus.parse.genre import genre_of
from syriatopics.corpus.parse.inside import cuts_inside
from syriatopics.corpus.parse.judge import judge_lines
from syriatopics.corpus.parse.lines import split_lines
from syriatopics.corpus.parse.metadata import page_metadata
from syriatopics.corpus.parse.paragraphs import Built, build_paragraphs
from syriatopics.corpus.parse.plausible import VISUAL, doubts_about
from syriatopics.corpus.parse.publishers import Publishers, load_publishers
from syriatopics.corpus.parse.wrapped import wrapped_lines
from syriatopics.records import PRODUCTIONS, Article, Flag, RemovedSpan

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
    lines = split_lines(document.raw)
    wrapped = wrapped_lines(lines)
    judged = judge_lines(
        lines,
        known,
        recurring,
        title.value if title else None,
        document.main_text,
        document.lines,
        wrapped,
    )
    body = [item.line for item in judged if item.kind == "body"]
    cuts, inside = cuts_inside(body, known)
    built = build_paragraphs(body, cuts, wrapped)
    said = page_metadata(judged, inside, document.given, known)
    dates = read_dates(document, judged, said, body)
    genre, told = genre_of(said, document.extra, judged)
    if told is not None:
        dates["evidence"]["genre"] = told
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
        genre=genre,
        repairs=tuple(sorted((*document.repairs, *built.repairs))),
        flags=_flags(document, built),
        extra=document.extra,
        **dates,
    )


def _flags(document: Document, built: Built) -> tuple[Flag, ...]:
    """Put together what looks damaged; words of a text that reads backwards are not looked at one by one."""
    doubts = [*document.flags, *doubts_about(document.raw, built.layout)]
    backwards = any(flag.kind == VISUAL for flag in doubts)
    return tuple(sorted((*doubts, *(() if backwards else built.flags))))


def _production(said: dict[str, Given], evidence: dict[str, str]) -> Any:
    given = said.get("production")
    if given is not None and given.value not in PRODUCTIONS:
        evidence["production"] = f"{UNREAD} {given.value!r:.60} ({given.evidence})"
        given = None
    return given.value if given else "unknown"
