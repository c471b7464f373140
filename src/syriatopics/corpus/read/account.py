"""What was met while articles were read, and is said in notes: doubtful texts, repairs, names of outlets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from syriatopics.corpus.parse.dates import UNREAD
from syriatopics.corpus.parse.plausible import ARTICLE_FLAGS, DAMAGED
from syriatopics.corpus.parse.publishers import Publishers
from syriatopics.errors import choices
from syriatopics.records import Article

__all__ = ["Account", "Unread", "met_in", "say_unread", "say_wordless", "unread_in"]

_SAID = (*ARTICLE_FLAGS, DAMAGED)
# Repairs that are no news: what was always done to make paragraphs of lines.
_USUAL = frozenset(("paragraph rejoined", "link unwrapped", "bold unwrapped"))
_LISTED = 12


def met_in(article: Article) -> tuple[list[str], list[str]]:
    """Return by which kinds an article is flagged as doubtful, and which repairs are worth a word."""
    flagged = {flag.kind for flag in article.flags if flag.kind in _SAID}
    repaired = {repair.kind for repair in article.repairs} - _USUAL if article.repairs else ()
    return sorted(flagged), sorted(repaired)


class Account:
    """Counts what is doubtful or was put right, article by article.

    Parameters
    ----------
    publishers : Publishers
        By whom outlets are known.
    """

    def __init__(self, publishers: Publishers) -> None:
        self._publishers = publishers
        self._flagged: Counter[str] = Counter()
        self._ids: dict[str, list[str]] = defaultdict(list)
        self._repaired: Counter[str] = Counter()
        self._spelled: dict[str, set[str]] = defaultdict(set)
        self._outlets: set[str] = set()

    def add(self, article: Article) -> Article:
        """Count an article."""
        flagged, repaired = met_in(article)
        for kind in flagged:
            self._flagged[kind] += 1
            if len(self._ids[kind]) < _LISTED:
                self._ids[kind].append(article.article_id)
        self._repaired.update(repaired)
        if article.outlet is not None:
            self._outlets.add(article.outlet)
            why = article.evidence.get("outlet", "")
            if why.startswith("column ") and why.endswith("'"):
                self._spelled[article.outlet].add(why.rpartition(": ")[2])
        return article

    def notes(self) -> Iterator[str]:
        """Say what was counted."""
        for kind, n in sorted(self._flagged.items()):
            yield f"Articles flagged as {kind!r}: {n:,}: {choices(self._ids[kind]):.200}."
        for kind, n in sorted(self._repaired.items()):
            yield f"Articles in which was put right, {kind}: {n:,} (see .repairs)."
        if self._spelled:
            names = [f"{o} from {choices(held):.80}" for o, held in sorted(self._spelled.items())]
            more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
            yield f"Outlets known by their names: {'; '.join(names[:_LISTED])}{more}."
        for alike in self._publishers.alike(self._outlets):
            yield f"Outlets that may be one, since their names are nearly the same: {choices(alike)}."


class Unread(NamedTuple):
    """Stated values that could not be read: by field what the first one is, and how many."""

    fields: dict[str, tuple[str, int]]
    in_future: int


def unread_in(evidence: Sequence[Mapping[str, str]]) -> Unread:
    """Count the stated values that could not be read, from the evidence of articles."""
    fields = {}
    for field in ("date_printed", "event_start", "event_end", "date_status", "production"):
        said = [held[field] for held in evidence if held.get(field, "").startswith(UNREAD)]
        if said:
            fields[field] = (said[0], len(said))
    future = sum("lies in the future" in held.get("date_status", "") for held in evidence)
    return Unread(fields, future)


def say_wordless(article_ids: Iterable[str]) -> Iterator[str]:
    """Say which articles hold no word: they count as articles, and nothing is measured in them."""
    found = sorted(article_ids)
    if found:
        yield f"Articles without a word of text: {len(found):,}: {choices(found):.300}."


def say_unread(unread: Unread) -> Iterator[str]:
    """Say which stated values could not be read."""
    for field, (first, n) in unread.fields.items():
        yield f"{field} {first}; articles with such a value: {n:,}."
    if unread.in_future:
        yield f"Articles dated in the future: {unread.in_future:,}."
