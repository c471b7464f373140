"""What kind of text an article is: what its section, address, title or byline say of it.

Nothing is guessed from the text itself. What nothing tells stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from syriatopics.corpus.documents import Given
from syriatopics.corpus.parse.lines import Judged
from syriatopics.corpus.words import line_key
from syriatopics.lexicons import load
from syriatopics.records import Article, Value

__all__ = ["UNKNOWN_GENRE", "genre_of", "stated_genre"]

UNKNOWN_GENRE = "unknown"
_TITLE = re.compile(r"[\s\"«“]*(?P<words>[^:|/«»\"\n]{2,40}?)\s*(?:[:|/]|\s[-–—]\s|\.\.)")
_MOST_BYLINE_WORDS = 3
# How the evidence of a genre begins that nobody stated.
_TOLD = ("section ", "address: ", "title: ", "byline: ")


class _Known(NamedTuple):
    """Folded words and the genre that each tells, with its rank."""

    sections: dict[str, tuple[int, str]]
    paths: dict[str, tuple[int, str]]
    titles: dict[str, tuple[int, str]]
    bylines: dict[str, tuple[int, str]]


@cache
def _known() -> _Known:
    found = _Known({}, {}, {}, {})
    for rank, genre in enumerate(load("genres").genre):
        for field in _Known._fields:
            for word in getattr(genre, field):
                getattr(found, field).setdefault(_folded(word), (rank, genre.id))
    return found


@cache
def _section_names() -> frozenset[str]:
    names = next(entry.names for entry in load("shapes").field if entry.id == "section")
    return frozenset(map(_folded, names))


@cache
def _folded(text: str) -> str:
    return line_key(re.sub(r"[-_&]+", " ", text)).casefold()


def genre_of(
    said: Mapping[str, Given], extra: Mapping[str, Value], judged: list[Judged]
) -> tuple[str, str | None]:
    """Return the genre of an article, and what tells it.

    Parameters
    ----------
    said : mapping of str to Given
        What source and page say of the article; a stated genre stands as it is.
    extra : mapping
        The other columns of its table: a section among them tells.
    judged : list of Judged
        The lines of the page, with their kinds.

    Returns
    -------
    genre : str
    evidence : str or None
    """
    if "genre" in said and said["genre"].value != UNKNOWN_GENRE:
        return said["genre"].value, said["genre"].evidence
    for found in (
        *_from_sections(extra),
        *_from_url(said),
        *_from_title(said),
        *_from_byline(judged),
    ):
        return found
    return UNKNOWN_GENRE, None


def stated_genre(article: Article) -> str | None:
    """Return the genre where the source states it; what is told by other things is told again."""
    why = article.evidence.get("genre", _TOLD[0])
    return None if why.startswith(_TOLD) else article.genre


def _from_sections(extra: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    for column, value in extra.items():
        if isinstance(value, str) and _folded(column) in _section_names():
            parts = [_folded(part) for part in re.split(r"[,،;|/>]", value)]
            found = [
                _known().sections[part]
                for part in (_folded(value), *parts)
                if part in _known().sections
            ]
            if found:
                yield min(found)[1], f"section {column!r}: {value!r:.60}"


def _from_url(said: Mapping[str, Given]) -> Iterator[tuple[str, str]]:
    if "url" not in said:
        return
    try:
        parts = urlsplit(said["url"].value).path.split("/")
    except ValueError:
        return
    # The last part is the article itself.
    folders = [unquote(part) for part in parts[:-1] if part and not part.isdigit()]
    found = [
        (*_known().paths[key], part) for part in folders if (key := _folded(part)) in _known().paths
    ]
    if found:
        _, genre, part = min(found)
        yield genre, f"address: /{part}/"


def _from_title(said: Mapping[str, Given]) -> Iterator[tuple[str, str]]:
    if "title" in said and (match := _TITLE.match(said["title"].value)):
        found = _known().titles.get(_folded(match["words"]))
        if found is not None:
            yield found[1], f"title: {match['words']}"


def _from_byline(judged: list[Judged]) -> Iterator[tuple[str, str]]:
    for item in judged:
        if item.kind == "byline":
            words = _folded(item.line.text[:60]).split()
            for n in range(min(_MOST_BYLINE_WORDS, len(words)), 0, -1):
                found = _known().bylines.get(" ".join(words[:n]))
                if found is not None:
                    yield found[1], f"byline: {item.line.text:.60}"
                    return
