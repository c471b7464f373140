"""The contract of scorers: what turns passages into scores of themes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol, cast, runtime_checkable

import joblib

from syriatopics.corpus import Passages
from syriatopics.errors import InputError
from syriatopics.inference.resampling import Array
from syriatopics.lexicons.schema import Themes

__all__ = ["Scored", "Scorer", "digest_of", "reads_alone", "ready"]


class Scored(NamedTuple):
    """What a scorer says of passages.

    Attributes
    ----------
    values : ndarray, shape (n_passages, n_labels)
        In [0, 1], in the order of the passages; NaN where nothing is known, which is not "no".
    labels : list of str
        The themes of the columns.
    notes : list of str
    thresholds : mapping of str to float
        From which value a theme is assigned, where it is not the threshold of the scorer.
    """

    values: Array
    labels: list[str]
    notes: list[str]
    thresholds: Mapping[str, float] = {}


@runtime_checkable
class Scorer(Protocol):
    """Anything that scores passages.

    A scorer is a specification: it holds options and data that was given to it, and changes with
    nothing that it scores. What it says of a passage does not depend on the order of the passages.
    One that learns from codings may have ``train(themes)``, which gives a scorer that has learnt; one
    that has to see all passages at once says ``looks_at_all = True``, one that needs no text
    ``reads_text = False``.
    :func:`syriatopics.testing.check_scorer` holds one to this.
    """

    @property
    def name(self) -> str:
        """How results call it."""

    @property
    def threshold(self) -> float:
        """From which value a theme is assigned."""

    def score(self, passages: Passages, themes: Themes) -> Scored:
        """Score passages; `themes` is the codebook."""


def ready(scorer: Scorer, themes: Themes) -> Scorer:
    """Return a scorer that has learnt once what it would learn anew for each part of a corpus."""
    train = getattr(scorer, "train", None)
    return scorer if train is None else cast("Scorer", train(themes))


def reads_alone(scorer: Scorer) -> bool:
    """Say whether a scorer reads any text, each for itself, and asks nobody."""
    sees_all, reads = getattr(scorer, "looks_at_all", False), getattr(scorer, "reads_text", True)
    return reads and not sees_all and not hasattr(scorer, "replaying")


def digest_of(scorer: Scorer) -> str:
    """Return a hash of all that a scorer holds: two of the same hash say the same.

    Raises
    ------
    InputError
        If it holds what cannot be written down, such as a function without a name.
    """
    own = getattr(scorer, "digest", None)
    if isinstance(own, str):
        return own
    try:
        return str(joblib.hash(scorer))
    except Exception as error:
        reason = " ".join(str(error).split())[:160]
        raise InputError(f"The scorer {scorer.name!r} cannot be written down: {reason}") from None
