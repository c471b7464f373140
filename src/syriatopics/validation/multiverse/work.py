"""The work of a multiverse: words are counted once, models are fitted once, and what is done is kept.

Every part of the work is a function of what is shared and of its own job, so that it does not
matter which process does it, in which order, or after which interruption.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from syriatopics.arabic import ArabicAnalyzer
from syriatopics.arabic.encoder import Encoded
from syriatopics.corpus import Passages
from syriatopics.errors import SyriaTopicsError
from syriatopics.files import write_atomically
from syriatopics.inference.resampling import Codes
from syriatopics.lexicons.schema import Themes
from syriatopics.scorers import Scorer
from syriatopics.topics.engine import one_thread
from syriatopics.validation.multiverse.choices import Fit, Specification
from syriatopics.validation.multiverse.comparison import Bools, Comparison
from syriatopics.validation.multiverse.measuring import (
    Scored,
    by_article,
    measure,
    permuted_statistics,
)
from syriatopics.validation.multiverse.scoring import Read, weigh

__all__ = ["Frame", "Outcome", "Reading", "Shared", "count_terms_of", "do", "read_outcome"]


@dataclass(frozen=True, eq=False)
class Frame:
    """The passages of one unit in one state of the corpus.

    Attributes
    ----------
    passages : Passages
    article : ndarray of int, shape (n_passages,)
        Place of the article in the comparison; -1 for none.
    n_words : ndarray of int, shape (n_passages,)
    own : ndarray of bool, shape (n_articles,)
        Who made each article, as this state of the corpus has it.
    """

    passages: Passages
    article: Codes
    n_words: Codes
    own: Bools


@dataclass(frozen=True, eq=False)
class Shared:
    """What every process gets once.

    Attributes
    ----------
    frames : dict of (copies, unit) to Frame
    texts : dict of copies to list of str
        From which analyzers learn what a corpus attests; the same for every unit.
    comparison : Comparison
    permuted : ndarray of bool, shape (n_permutations, n_articles)
    theme : str
    themes : Themes
    scorers : dict of str to Scorer
        Those that see the text itself, by the name of the choice.
    level : float
    scratch : Path
        Where terms lie between reading and fitting.
    """

    frames: dict[tuple[str, str | int], Frame]
    texts: dict[str, list[str]]
    comparison: Comparison
    permuted: Bools
    theme: str
    themes: Themes
    scorers: dict[str, Scorer]
    level: float
    scratch: Path


@dataclass(frozen=True)
class Reading:
    """One state of the corpus, to be read by one analyzer."""

    copies: str
    options: tuple[tuple[str, Any], ...]

    @classmethod
    def of(cls, fit: Fit) -> Reading | None:
        """Return the reading that a fit needs, if any."""
        return None if fit.analyzer is None else cls(fit.copies, tuple(fit.analyzer.items()))

    @property
    def name(self) -> str:
        """A name for its files."""
        return "-".join([self.copies, *(str(value) for _, value in self.options)])


@dataclass(frozen=True, eq=False)
class Outcome:
    """What one specification gave.

    Attributes
    ----------
    row : dict
        ``estimate, low, high, p, share_a, share_b, n_a, n_b, note, topics``.
    permuted : ndarray, shape (n_permutations,)
        Differences under the permutations.
    beyond : ndarray of bool, shape (n_permutations,)
        Whether they would have been taken for more than chance.
    seen : bool
        The same for the difference found.
    kept : bool
        Whether the outcome is final; that of an unexpected error is tried again.
    """

    row: dict[str, Any]
    permuted: np.ndarray[Any, Any] = field(default_factory=lambda: np.empty(0))
    beyond: np.ndarray[Any, Any] = field(default_factory=lambda: np.empty(0, dtype=bool))
    seen: bool = False
    kept: bool = True

    @classmethod
    def failed(cls, reason: str, kept: bool = True) -> Outcome:
        """Return the outcome of a specification that could not be done."""
        nothing = dict.fromkeys(("estimate", "low", "high", "p", "share_a", "share_b"), math.nan)
        return cls({**nothing, "n_a": 0, "n_b": 0, "note": reason, "topics": ""}, kept=kept)

    def write(self, path: Path) -> None:
        """Write it, whole or not at all."""
        content = {
            "row": {name: _plain(value) for name, value in self.row.items()},
            "permuted": [_plain(value) for value in self.permuted.tolist()],
            "beyond": self.beyond.astype(int).tolist(),
            "seen": self.seen,
        }
        write_atomically(path, json.dumps(content, ensure_ascii=False, allow_nan=False).encode())


def _plain(value: Any) -> Any:
    """Return None for NaN, which JSON does not know."""
    return None if isinstance(value, float) and math.isnan(value) else value


def read_outcome(path: Path, n_permutations: int) -> Outcome | None:
    """Read an outcome; None where there is none, or what is there is not one."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        missing = Outcome.failed("").row
        row = {
            name: math.nan if value is None else value
            for name, value in {name: content["row"][name] for name in missing}.items()
        }
        permuted = np.array(content["permuted"], dtype=float)
        beyond = np.array(content["beyond"], dtype=bool)
        outcome = Outcome(row, permuted, beyond, bool(content["seen"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return outcome if len(permuted) in (0, n_permutations) else None


def count_terms_of(shared: Shared, reading: Reading, units: Sequence[str | int]) -> str:
    """Read all passages with one analyzer and lay the terms aside; return what went wrong."""
    try:
        analyzer = ArabicAnalyzer(**dict(reading.options)).fit(shared.texts[reading.copies])
        for unit in units:
            texts = shared.frames[reading.copies, unit].passages.texts
            encoded = analyzer.vocabulary_analyzer().encode(texts)
            np.savez(
                shared.scratch / f"{reading.name}-{unit}.npz",
                terms=np.array(encoded.terms, dtype=str),
                rows=encoded.rows,
                codes=encoded.codes,
            )
        analyzer.save(shared.scratch / f"{reading.name}.json")
    except SyriaTopicsError as error:
        return str(error)
    return ""


@lru_cache(maxsize=2)
def _analyzer(path: Path) -> ArabicAnalyzer:
    return ArabicAnalyzer.load(path)


def _read(shared: Shared, fit: Fit) -> Read:
    passages = shared.frames[fit.copies, fit.unit].passages
    reading = Reading.of(fit)
    if reading is None:
        return Read(passages)
    with np.load(shared.scratch / f"{reading.name}-{fit.unit}.npz", allow_pickle=False) as held:
        encoded = Encoded(held["terms"].tolist(), held["rows"], held["codes"])
    return Read(passages, encoded, _analyzer(shared.scratch / f"{reading.name}.json"))


def do(shared: Shared, fit: Fit, specifications: Sequence[Specification]) -> list[Outcome]:
    """Fit once and measure every specification that rests on the fit."""
    try:
        with one_thread():
            weights, assigned, notes = weigh(
                fit, _read(shared, fit), shared.themes, shared.theme, shared.scorers
            )
    except SyriaTopicsError as error:
        return [Outcome.failed(str(error))] * len(specifications)
    except Exception as error:
        # Whatever a library raises on one of many settings: the others are no worse for it.
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        return [Outcome.failed(reason, kept=False)] * len(specifications)
    frame = shared.frames[fit.copies, fit.unit]
    scored = Scored(weights, assigned, frame.article, frame.n_words)
    comparison = replace(shared.comparison, own=frame.own)
    return [_measured(shared, comparison, scored, one, "; ".join(notes)) for one in specifications]


def _measured(
    shared: Shared, comparison: Comparison, scored: Scored, one: Specification, topics: str
) -> Outcome:
    values, sizes = by_article(scored, comparison, one.production, one.denominator)
    row = measure(values, sizes, comparison, shared.level)
    if math.isnan(row["estimate"]):
        return Outcome({**row, "topics": topics})
    _, seen = permuted_statistics(
        values, sizes, comparison.block, comparison.in_a[None], shared.level
    )
    permuted, beyond = permuted_statistics(
        values, sizes, comparison.block, shared.permuted, shared.level
    )
    return Outcome({**row, "topics": topics}, permuted, beyond, bool(seen[0]))
