"""Claims of a study: stamped before the data is seen, and a card of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from syriatopics.errors import InputError, StudyError
from syriatopics.files import taken
from syriatopics.study.store import read_manifest
from syriatopics.study.study import Study
from syriatopics.validation import Agreement, ClaimCard, agreement, claim_card, read_codings
from syriatopics.validation.claims import Register, check_claim

__all__ = ["CLAIMS", "LOCK", "card_files", "claims_state", "register_claims", "write_claims"]

# In the build folder; beside study.toml, and meant to be committed with it.
CLAIMS, LOCK = "claims", "claims.lock.json"
# The task of the notebook on validation.
_PASSAGES = "passages"


def register_claims(study: Study, *, seen: bool, now: datetime | None = None) -> Register:
    """Check the claims of a study and stamp those that are new or changed.

    Parameters
    ----------
    study : Study
    seen : bool
        Whether results will be seen now: what is declared later counts as explored.
    now : datetime, optional
        The time of the stamps; by default that of the clock.

    Returns
    -------
    Register
        As written beside study.toml. A study that never had a claim has none.

    Raises
    ------
    StudyError
        If a claim names a theme or an outlet that is not there, the register was edited, or
        another run is at work on the study.
    """
    with taken(study.folder / "build", StudyError):
        return _register(study, seen, now)


def _register(study: Study, seen: bool, now: datetime | None) -> Register:
    path, claims = study.folder / LOCK, study.options.claims
    try:
        old = Register.read(path)
        for claim in claims:
            check_claim(claim, study.corpus.outlets, study.themes)
    except InputError as error:
        raise StudyError(f"{study.path}: {error}") from None
    if not claims and not old.entries:
        return old
    new, fingerprint = old, study.corpus.fingerprint
    if _figures_of(study) == fingerprint:
        new = new.see(fingerprint, now, "Figures of this corpus were there already.")
    new = new.declare(claims, now)
    new = new.see(fingerprint, now) if seen else new
    if new is not old:
        new.write(path)
    return new


def _figures_of(study: Study) -> str:
    """Return the fingerprint of the corpus of which there are figures."""
    try:
        manifest = read_manifest(study.folder / study.options.figures.folder)
    except StudyError:
        return ""
    return str(manifest.get("corpus_fingerprint", ""))


def claims_state(study: Study) -> str:
    """Return what cards depend on beside the inputs of a study: the register, and the codings."""
    files = [study.folder / LOCK, *sorted((study.coding / _PASSAGES).rglob("*.json*"))]
    return "".join(file.read_text(encoding="utf-8") for file in files if file.is_file())


def card_files(study: Study, build: Path) -> list[Path]:
    """Return the files of the cards."""
    names = (
        f"{claim.id}.{ending}" for claim in study.options.claims for ending in ("html", "json")
    )
    return [build / CLAIMS / name for name in names]


def write_claims(
    study: Study,
    *,
    build: Path | None = None,
    n_jobs: int | None = None,
    tell: Callable[[str], None] = lambda message: None,
) -> list[ClaimCard]:
    """Make the card of every claim; the multiverse of each goes on where it was interrupted.

    Parameters
    ----------
    study : Study
    build : Path, optional
        By default ``build`` beside study.toml.
    n_jobs : int, optional
        Processes of a multiverse.
    tell : callable
        Is told each claim with its standing and its estimate.
    """
    build = build or study.folder / "build"
    with taken(build, StudyError):
        return _write(study, build, n_jobs, tell)


def _write(
    study: Study, build: Path, n_jobs: int | None, tell: Callable[[str], None]
) -> list[ClaimCard]:
    register = register_claims(study, seen=True)
    agreed = _agreement(study) if study.options.claims else None
    cards = []
    for claim in study.options.claims:
        card = claim_card(
            study.corpus,
            claim,
            themes=study.themes,
            scorer=study.scorer,
            scorers=study.scorers,
            agreement=agreed,
            multiverse=study.options.multiverse,
            standing=register.standing(claim, study.corpus.fingerprint),
            folder=build / "multiverse",
            n_jobs=n_jobs,
            command=f"syriatopics claims {study.path.name} --write",
            random_state=study.options.random_state,
        )
        card.save(build / CLAIMS)
        said = card.table.set_index("item")["value"]["difference"]
        tell(f"{claim.id}: {card.standing.status}; {said} {card.estimate['note']}".strip())
        cards.append(card)
    return cards


def _agreement(study: Study) -> Agreement | None:
    """Return the agreement of those who coded passages of the study, if anybody did."""
    folder = study.coding / _PASSAGES
    if not (folder / "task.json").is_file():
        return None
    codings = read_codings(folder, study.corpus)
    if not codings.coders:
        return None
    return agreement(codings, study.methods())
