"""What a store learned from all of its articles, and how far it fits articles that came later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from syriatopics.arabic import ArabicAnalyzer
from syriatopics.scale.store import Partitions

__all__ = ["Learned", "drift", "learned_of"]

_SHOWN = 8


@dataclass(frozen=True)
class Learned:
    """What reading and counting take from the whole corpus, kept for articles that are added.

    Attributes
    ----------
    recurring : list of (outlet, list of str)
        Keys of the lines that recur in an outlet.
    lines : list of dict
        The same as people read them.
    analyzer : ArabicAnalyzer
    terms : tuple of str
        The vocabulary.
    outlets : Path or None
        The user's own list of outlets.
    """

    recurring: list[tuple[str | None, list[str]]]
    lines: list[dict[str, Any]]
    analyzer: ArabicAnalyzer
    terms: tuple[str, ...]
    outlets: Path | None


def learned_of(store: Partitions) -> Learned:
    """Return what a store has learned.

    Raises
    ------
    DamagedError
        If a file of it is missing, or is not what was written.
    """
    own = [n for n in store.manifest["files"] if n.startswith("outlets-")]
    return Learned(
        [(outlet, list(keys)) for outlet, keys in store.manifest["recurring"]],
        list(store.manifest["lines"]),
        store.analyzer,
        store.vocabulary,
        store.folder / own[0] if own else None,
    )


def drift(before: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Say how far what was learned fits new articles.

    Parameters
    ----------
    before, new : mapping
        What the manifests say of counting: ``read`` and ``counted`` tokens, ``strange`` terms,
        ``lines`` that recur and are not known.
    """
    outside = [
        1 - held["counted"] / held["read"] if held.get("read") else None for held in (before, new)
    ]
    then = "" if outside[0] is None else f", {outside[0]:.1%} among those before"
    said = []
    if outside[1] is not None:
        said.append(f"Words that are in no column: {outside[1]:.1%} of the new articles{then}.")
    if strange := new["strange"]:
        said.append(
            f"Terms that would be columns by the new articles alone: {len(strange):,}, "
            f"most often {'، '.join(strange[:_SHOWN])}."
        )
    if lines := new["lines"]:
        said.append(
            f"Lines that recur in the new articles and are not known: {len(lines)}, as {lines[0]!r:.80}."
        )
    return said
