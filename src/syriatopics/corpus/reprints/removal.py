"""The corpus without its reprints: within an outlet one copy stays, across outlets by choice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from syriatopics.errors import InputError, choices
from syriatopics.records import Article

if TYPE_CHECKING:
    from syriatopics.corpus.reprints.result import Reprints

__all__ = ["ACROSS", "without_reprints"]

ACROSS = ("mark", "exclude", "keep")


def without_reprints(reprints: Reprints, across: str) -> tuple[list[Article], tuple[str, ...]]:
    """Return the articles that stay, and what was done, in words.

    Parameters
    ----------
    reprints : Reprints
    across : {"mark", "exclude", "keep"}
        What happens to copy that outlets share. No outlet keeps it because its name or its
        date comes first.

    Raises
    ------
    InputError
        If `across` is none of these.
    """
    if across not in ACROSS:
        raise InputError(f"across={across!r} is not known. Choices: {choices(ACROSS)}.")
    found = {row.article_id: row for row in reprints.table.itertuples()}
    later = {article_id for article_id, row in found.items() if row.copy_of is not None}
    shared = {article_id for article_id, row in found.items() if row.across} - later
    gone = later | shared if across == "exclude" else later
    kept = [
        _marked(article, found[article.article_id])
        if across == "mark" and article.article_id in found
        else article
        for article in reprints.corpus.outlines
        if article.article_id not in gone
    ]
    what = {
        "mark": "are marked: production, origin and evidence are those of their credited copies",
        "exclude": "are left out",
        "keep": "stay as they are",
    }
    said: tuple[str, ...] = (
        f"{len(later):,} later copies within an outlet are left out (near copies from "
        f"{reprints.threshold:.0%} of the 5-grams of the shorter article on).",
        f"{len(shared):,} articles share their text with another outlet and {what[across]}.",
    )
    nameless = sum(row.outlet is None for row in found.values())
    if nameless and across != "exclude":
        said += (f"{nameless:,} near copies without an outlet stay: no outlet has them twice.",)
    return kept, said


def _marked(article: Article, row: Any) -> Article:
    if row.evidence == article.evidence.get("production", ""):
        return article
    evidence = {**article.evidence, "production": row.evidence}
    if row.origin != article.origin:
        evidence["origin"] = row.evidence
    return replace(article, production=row.production, origin=row.origin, evidence=evidence)
