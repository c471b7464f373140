"""Making a claim card: the estimate, and everything that stands beside it."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from syriatopics import __version__
from syriatopics.corpus import Corpus
from syriatopics.errors import InputError
from syriatopics.framing import load_themes
from syriatopics.lexicons.schema import Themes
from syriatopics.scorers import DEFAULT, Scorer, ThemeScores, score_themes
from syriatopics.validation.agreement import Agreement
from syriatopics.validation.claims.card import ClaimCard, card_table
from syriatopics.validation.claims.claim import Claim, check_claim, groups_of_claim
from syriatopics.validation.claims.coverage import coverage_at_size, world_like
from syriatopics.validation.claims.evidence import passages_of, search_break
from syriatopics.validation.claims.register import Standing
from syriatopics.validation.multiverse import Choices, Multiverse, multiverse
from syriatopics.validation.multiverse.comparison import Bools, Comparison, compare_groups
from syriatopics.validation.multiverse.measuring import Scored, by_article, measure

__all__ = ["claim_card"]

_LIBRARIES = ("numpy", "pandas", "scipy", "scikit-learn", "topica")


def claim_card(
    corpus: Corpus,
    claim: Claim,
    *,
    themes: Themes | None = None,
    scorer: Scorer | None = None,
    scorers: Mapping[str, Scorer] | None = None,
    agreement: Agreement | None = None,
    multiverse: Multiverse | Choices | Mapping[str, Any] | None = None,
    standing: Standing | None = None,
    n_replicates: int = 500,
    n_passages: int = 3,
    level: float = 0.95,
    folder: str | Path | None = None,
    n_jobs: int | None = None,
    command: str = "",
    random_state: int = 0,
) -> ClaimCard:
    """Put together what a reviewer asks of one claim.

    The estimate is that of the scorer on paragraphs, articles weighing the same: the
    same as :func:`contrasts`. Beside it stands what its interval is worth at this size, whether
    coders agree on the theme, under which other choices it holds, and what the text says.

    Parameters
    ----------
    corpus : Corpus
    claim : Claim
    themes : Themes, optional
        The theme lexicon; by default the shipped one.
    scorer : Scorer, optional
        What says which passages deal with the theme; by default the theme lexicon.
    scorers : mapping of str to Scorer, optional
        Tried beside it in a multiverse that is to be run.
    agreement : Agreement, optional
        Of coders, and of methods with coders, on this corpus.
    multiverse : Multiverse, Choices or mapping, optional
        A multiverse of this claim, or the choices of one to be run.
    standing : Standing, optional
        From the register of a study; by default the claim counts as explored.
    n_replicates : int
        Planted corpora to try the interval on.
    n_passages : int
        For and against.
    level : float
    folder, n_jobs
        Of a multiverse that is to be run.
    command : str
        What makes the card again; by default the call in Python.
    random_state : int

    Returns
    -------
    ClaimCard

    Raises
    ------
    InputError
        If the theme or an outlet is not there, a side has no article, or the multiverse is
        that of another claim or corpus.

    Examples
    --------
    >>> from syriatopics import load_seeds
    >>> claim = Claim(id="aid", theme="humanitarian", a="noonpost", b="alhal", production="all")
    >>> card = claim_card(load_seeds(), claim, n_replicates=20)
    >>> card.standing.status, card.estimate["n_a"], len(card.passages_for)
    ('explored', 1, 1)
    """
    if n_replicates < 1 or n_passages < 0:
        raise InputError(
            f"n_replicates={n_replicates!r} must be 1 or more, n_passages={n_passages!r} 0 or more."
        )
    lexicon = load_themes() if themes is None else themes
    check_claim(claim, corpus.outlets, lexicon)
    side = groups_of_claim(claim, corpus)
    scores = score_themes(corpus.passages(), scorer or DEFAULT, themes=lexicon)
    if claim.theme not in scores.table:
        raise InputError(f"claims.{claim.id}: {scores.method!r} does not score {claim.theme!r}.")
    comparison = compare_groups(scores, *claim.sides, side, claim.blocks)
    estimate, counted = _estimate(claim, scores, comparison, level)
    documents = scores.documents[counted]
    coverage = coverage_at_size(
        claim, world_like(claim, estimate, documents, comparison.alone), level=level,
        n_replicates=n_replicates, random_state=random_state,
    ) if min(estimate["n_a"], estimate["n_b"]) else pd.DataFrame()  # fmt: skip
    found = _multiverse(
        corpus, claim, side, multiverse, lexicon, scorers or {}, level, folder, n_jobs, random_state
    )
    alpha = None if agreement is None else _alpha(agreement, claim.theme)
    drawn = "each by itself" if comparison.alone else "in stories of four and five days on average"
    drawn = f"articles {drawn} (random state {random_state})"
    notes = _notes(claim, scores, coverage, found, alpha, level, drawn)
    notes += comparison.notes
    standing = standing or Standing(digest=claim.digest)
    return ClaimCard(
        table=card_table(claim, standing, estimate, coverage, alpha, found),
        notes=tuple(notes),
        claim=claim,
        standing=standing,
        estimate=estimate,
        coverage=coverage,
        alpha=alpha,
        multiverse=found,
        passages_for=passages_of(scores, counted, side, claim.theme, claim.sides[0], n_passages),
        passages_against=passages_of(
            scores, counted, side, claim.theme, claim.sides[1], n_passages
        ),
        corpus={
            "fingerprint": corpus.fingerprint,
            "n_articles": len(corpus),
            "n_passages": len(scores),
        },
        versions=_versions(),
        command=command or _call(claim, n_replicates, random_state),
    )


def _estimate(
    claim: Claim, scores: ThemeScores, comparison: Comparison, level: float
) -> tuple[dict[str, Any], Bools]:
    """Return the estimate, and which passages count."""
    place = pd.Index(comparison.articles).get_indexer(scores.documents["article_id"])
    assigned = scores.assigned[claim.theme].to_numpy()
    weights = scores.weights()[:, list(scores.table.columns).index(claim.theme)]
    ones = np.ones(len(place), dtype=np.int64)
    scored = Scored(weights, assigned, place.astype(np.int64), ones)
    values, sizes = by_article(scored, comparison, claim.production, "article")
    counted = (place >= 0) & (sizes > 0)[place]
    found = measure(values, sizes, comparison, level)
    if claim.smallest is not None:
        # Two one-sided tests at 1 - level: the interval of 2 level - 1 lies within the margin.
        inner = measure(values, sizes, comparison, 2 * level - 1)
        found["margin"] = claim.smallest
        found["equivalent"] = bool(
            inner["low"] > -claim.smallest and inner["high"] < claim.smallest
        )
    return found, counted


def _multiverse(
    corpus: Corpus,
    claim: Claim,
    side: pd.Series,
    asked: Multiverse | Choices | Mapping[str, Any] | None,
    themes: Themes,
    scorers: Mapping[str, Scorer],
    level: float,
    folder: str | Path | None,
    n_jobs: int | None,
    random_state: int,
) -> Multiverse | None:
    if asked is None:
        return None
    if isinstance(asked, Multiverse):
        wanted = (claim.theme, *claim.sides, corpus.fingerprint)
        given = (asked.theme, asked.a, asked.b, asked.fingerprint)
        if given != wanted:
            raise InputError(
                f"claims.{claim.id}: the multiverse is of {_who(given)}; the claim is of {_who(wanted)}."
            )
        return asked
    return multiverse(
        corpus, claim.theme, *claim.sides, by=side, choices=asked, themes=themes, scorers=scorers,
        blocks=claim.blocks, level=level, folder=folder, n_jobs=n_jobs, random_state=random_state,
    )  # fmt: skip


def _who(named: tuple[str, str, str, str]) -> str:
    theme, a, b, fingerprint = named
    return f"{theme!r}, {a!r} against {b!r}, corpus {fingerprint[:16]}"


def _alpha(agreement: Agreement, theme: str) -> pd.DataFrame:
    columns = ["comparison", "kind", "alpha", "low", "high", "n_passages", "n_articles", "note"]
    return agreement.table.loc[agreement.table["theme"] == theme, columns].reset_index(drop=True)


def _notes(
    claim: Claim,
    scores: ThemeScores,
    coverage: pd.DataFrame,
    found: Multiverse | None,
    alpha: pd.DataFrame | None,
    level: float,
    drawn: str,
) -> list[str]:
    notes = [f"Themes measure emphasis, not frames. The {scores.method} counts, on paragraphs."]
    if len(coverage):
        first = coverage.iloc[0]
        notes.append(
            f"Coverage: {int(first['n_replicates']):,} planted corpora of {int(first['n_articles']):,} "
            f"{drawn}. News of another kind may do worse."
        )
        if first["high"] < level:
            notes.append(
                f"At this size intervals of {level:.0%} hold what was planted in {first['coverage']:.1%}: "
                "they are too narrow for articles that come in stories."
            )
    if alpha is None:
        notes.append(
            f"Nobody has coded passages by hand: how far the {scores.method} sees the theme is not "
            "known here."
        )
    if found is None:
        notes.append("No other choices were tried (multiverse).")
    if claim.kind == "break":
        notes += search_break(claim, scores)
    return notes


def _call(claim: Claim, n_replicates: int, random_state: int) -> str:
    said = ", ".join(f"{k}={v!r}" for k, v in claim.model_dump(exclude_defaults=True).items())
    return (
        f"st.claim_card(corpus, st.Claim({said}), n_replicates={n_replicates}, "
        f"random_state={random_state})"
    )


def _versions() -> dict[str, str]:
    found = {"syriatopics": __version__, "python": platform.python_version()}
    return found | {name: version(name) for name in _LIBRARIES}
