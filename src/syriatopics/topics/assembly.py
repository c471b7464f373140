"""From the raw matrices of an engine to fitted topics: normalised, numbered, looked at."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from syriatopics.arabic.characters import ARABIC_LETTERS
from syriatopics.errors import ModelError
from syriatopics.matrix import DocumentTermMatrix
from syriatopics.order import largest, ranked
from syriatopics.topics.engine import Ready
from syriatopics.topics.fitted import Array, FittedTopics, word_lists
from syriatopics.topics.learning import Learned
from syriatopics.topics.projection import Projection
from syriatopics.topics.wording import first

__all__ = ["assemble", "assemble_learned"]


def assemble(
    theta: Array,
    phi: Array,
    dtm: DocumentTermMatrix,
    model: str,
    notes: Sequence[str] = (),
    *,
    projection: Projection | None = None,
    mapping: Array | None = None,
    names: dict[int, tuple[str, str]] | None = None,
    share: Array | None = None,
) -> FittedTopics:
    """Make fitted topics of the raw matrices of an engine.

    Rows are normalised, topics numbered by share, and the words looked at: topics of an
    Arabic corpus whose words have no Arabic letter are an error, not a result.

    Parameters
    ----------
    theta : ndarray, shape (n_passages, n_topics)
        Non-negative weights; a row of zeros is a passage about which nothing is known.
    phi : ndarray, shape (n_topics, n_terms)
        Non-negative weights.
    dtm : DocumentTermMatrix
    model : str
    notes : sequence of str
    projection : Projection, optional
    mapping : ndarray, optional
        Which topic (column of `theta`) each topic of the engine is; by default the same.
    names : dict, optional
        Labels of topics, numbered as the columns of `theta`.
    share : ndarray, optional
        Shares in all passages, where `theta` is that of a sample of them.

    Raises
    ------
    ModelError
        If an engine gave values that cannot be shown.
    """
    _require_weights(theta, phi, model)
    empty = theta.sum(axis=1) <= 0
    with np.errstate(invalid="ignore", divide="ignore"):
        theta = theta / theta.sum(axis=1, keepdims=True)
    phi = phi / phi.sum(axis=1, keepdims=True)
    theta[empty] = np.nan
    share = np.nanmean(theta, axis=0) if share is None else share
    order = ranked(share)
    theta, phi, share = theta[:, order], phi[order], share[order]
    _guard_script(phi, dtm, model)
    mapping = np.eye(len(share)) if mapping is None else mapping
    place = {int(old): new for new, old in enumerate(order)}
    said = [f"{int(empty.sum())} passages without a term of the vocabulary have no topics."]
    return FittedTopics(
        table=pd.DataFrame(
            {
                "topic": range(len(phi)),
                "share": share,
                "n_passages": np.bincount(largest(theta[~empty]), minlength=len(phi)),
                "words": word_lists(phi, dtm, 10),
            }
        ),
        notes=tuple(dict.fromkeys((*dtm.notes, *notes, *(said if empty.any() else ())))),
        theta=theta,
        phi=phi,
        dtm=dtm,
        model=model,
        projection=projection,
        mapping=mapping[:, order],
        names={place[topic]: label for topic, label in (names or {}).items()} or None,
    )


def assemble_learned(learned: Learned, data: Ready, model: str) -> FittedTopics:
    """Make fitted topics of what was learned from passages in memory."""
    theta = learned.theta
    if theta is None:
        documents = data.dtm.documents.iloc[data.rows].reset_index(drop=True)
        theta = learned.projection.theta(data.counts, documents, None)
    return assemble(
        data.spread(theta),
        learned.phi,
        data.dtm,
        model,
        learned.notes,
        projection=learned.projection,
    )


def _require_weights(theta: Array, phi: Array, model: str) -> None:
    for weights, what in ((phi, "topic weights"), (theta, "shares of topics")):
        if not (np.isfinite(weights).all() and (weights >= 0).all()):
            raise ModelError(f"{model} gave {what} that are negative or not finite.")
    if (phi.sum(axis=1) <= 0).any():
        raise ModelError(f"{model} gave a topic without terms. Ask for fewer topics.")


def _guard_script(phi: Array, dtm: DocumentTermMatrix, model: str) -> None:
    arabic = pd.Series(dtm.terms).str.contains(f"[{ARABIC_LETTERS}]", regex=True).to_numpy()
    if not arabic.any():
        return
    for topic, row in enumerate(first(phi, 10)):
        if not arabic[row].any():
            words = ", ".join(map(str, dtm.terms[row][:5]))
            raise ModelError(
                f"{model}: no word of topic {topic} has an Arabic letter ({words}). "
                "The text was damaged on its way into the model."
            )
