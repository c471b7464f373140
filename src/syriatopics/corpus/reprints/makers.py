"""Who made the text of copies that name nobody? What the credited copies say.

A credit on one copy speaks for the others: a text that AFP delivered to one outlet is AFP's
under every masthead. It speaks only for an article of which most stands in the credited copy,
never for a long report that holds a paragraph of it. Where no copy credits anybody the maker
stays unknown: to be the first to print a text, or to be alone, makes nobody its author.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from syriatopics.corpus.parse.publishers import Publishers
from syriatopics.corpus.reprints.earliest import earliest
from syriatopics.records import Article, Production

__all__ = ["UNNAMED", "Credited", "Maker", "agency_of", "credit_of", "maker_from"]

# Copy of agencies that are not named ("وكالات").
UNNAMED = "unnamed"
_SHOWN = 3


class Credited(NamedTuple):
    """What an article says of who made it, in the form in which it speaks for copies.

    ``who`` is the article as people are told of it: its id, and the name of its outlet.
    """

    article: Article
    who: str
    production: Production
    agency: str | None
    evidence: str


class Maker(NamedTuple):
    """Who made an article, and how that is known."""

    production: Production
    origin: str | None
    evidence: str


def credit_of(article: Article, publishers: Publishers) -> Credited | None:
    """Return what an article credits, or None where it leaves it open who made it."""
    outlet = f" ({publishers.name_of(article.outlet)})" if article.outlet else ""
    who = f"{article.article_id}{outlet}"
    why = article.evidence.get("origin") or article.evidence.get("production", "")
    if article.production == "wire":
        named = article.origin is not None and publishers.role_of(article.origin) == "agency"
        return Credited(article, who, "wire", article.origin if named else UNNAMED, why)
    if article.production in ("own", "translated") and article.outlet is not None:
        why = article.evidence.get("production", "")
        return Credited(article, who, article.production, None, why)
    return None


def agency_of(credits: Iterable[Credited]) -> tuple[str | None, str]:
    """Return the agencies that the copies of a text credit, and where they do.

    Returns
    -------
    agency : str or None
        Ids of outlets.toml in alphabetical order, joined by ``, ``; ``unnamed`` where the
        copies speak of agencies without a name; None where nobody credits one.
    evidence : str
    """
    wire = sorted(
        (c for c in credits if c.production == "wire"), key=lambda c: c.article.article_id
    )
    if not wire:
        return None, "no copy credits an agency"
    agencies = sorted({c.agency for c in wire if c.agency and c.agency != UNNAMED})
    named = [c for c in wire if c.agency in agencies] or wire
    shown = "; ".join(f"{c.who}: {c.evidence}" for c in named[:_SHOWN])
    more = f"; and {len(named) - _SHOWN} more" if len(named) > _SHOWN else ""
    return ", ".join(agencies) or UNNAMED, f"credited by {shown}{more}"


def maker_from(article: Article, sources: Sequence[tuple[Credited, float]]) -> Maker | None:
    """Say who made an article that leaves it open, from the credited copies of its text.

    Parameters
    ----------
    article : Article
    sources : sequence of (Credited, float)
        Copies, and the share of the article's 5-grams that stands in each.

    Returns
    -------
    Maker or None
        An agency's copy is wire copy wherever it stands. A text that another outlet calls
        its own, or had translated, is republished, unless the dates say that this article
        was there before.
    """
    ranked = sorted(
        sources,
        key=lambda pair: (pair[0].agency == UNNAMED, -pair[1], pair[0].article.article_id),
    )
    for credited, share in ranked:
        if credited.production == "wire":
            origin = credited.agency if credited.agency != UNNAMED else None
            return Maker("wire", origin, _because(credited, share))
    for credited, share in ranked:
        source = credited.article
        if source.outlet != article.outlet and earliest([article, source])[0] != article.article_id:
            return Maker("republished", source.outlet, _because(credited, share))
    return None


def _because(credited: Credited, share: float) -> str:
    return (
        f"{share:.0%} of its 5-grams stand in {credited.who}, "
        f"which is {credited.production} ({credited.evidence})"
    )
