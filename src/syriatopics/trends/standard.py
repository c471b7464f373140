"""Standardised trends: one line in which every outlet weighs the same in every period.

The pooled line moves when the mix of outlets does, without any outlet moving. Direct
standardisation, as demographers do it for ages, gives each outlet one weight for good.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from syriatopics.errors import InputError, choices
from syriatopics.inference.resampling import Array
from syriatopics.trends.panel import Panel
from syriatopics.trends.placing import Placement

__all__ = ["STANDARDS", "standardised"]


STANDARDS = ("mix", "equal")
# An outlet that misses more than this share of the periods would empty most of the line.
_MISSING = 0.2


def standardised(
    panel: Panel, placed: Placement, how: str | Mapping[str, float] = "mix"
) -> Placement:
    """Give each outlet one weight in all periods.

    Parameters
    ----------
    panel : Panel
        In one group.
    placed : Placement
    how : {"mix", "equal"} or mapping of outlet to weight
        By articles in the whole corpus, equally, or as given.

    Returns
    -------
    Placement
        Without the periods in which an outlet is missing, and without the outlets that
        miss more than a fifth of the periods (unless weights are given).

    Raises
    ------
    InputError
        If the panel has groups, no outlet is known, the choice is not, or no period is left.
    """
    if len(panel.groups) > 1:
        raise InputError("standardise makes one line of all outlets: leave out by.")
    if not panel.outlets:
        raise InputError("No article has an outlet: nothing can be standardised.")
    code = panel.outlet[placed.unit]
    held = np.zeros((len(placed.periods), len(panel.outlets)))
    known = code >= 0
    np.add.at(held, (placed.period[known], code[known]), placed.weight[known])
    weights = _weights(panel, held, how)
    used = np.flatnonzero(weights > 0)
    full = np.all(held[:, used] > 0, axis=1)
    if not full.any():
        raise InputError(
            "No period holds every outlet that is standardised to "
            f"({', '.join(panel.outlets[n] for n in used)}): give weights to fewer."
        )
    kept = known & full[placed.period] & (weights[code] > 0)
    share = weights[code[kept]] / held[placed.period[kept], code[kept]]
    n = held[placed.period[kept]][:, used].sum(axis=1)
    return replace(
        placed,
        unit=placed.unit[kept],
        period=placed.period[kept],
        weight=placed.weight[kept] * share * n,
        notes=(*placed.notes, *_notes(panel, held, weights, full)),
    )


def _weights(panel: Panel, held: Array, how: str | Mapping[str, float]) -> Array:
    if isinstance(how, str):
        if how not in STANDARDS:
            raise InputError(
                f"Standard {how!r} is not known. Choices: {choices(STANDARDS)}, or a mapping of "
                "outlet to weight."
            )
        filled = held[held.sum(axis=1) > 0]
        missing = (filled == 0).mean(axis=0)
        weights = held.sum(axis=0) if how == "mix" else np.ones(held.shape[1])
        weights = np.where(missing <= max(_MISSING, missing.min()), weights, 0.0)
    else:
        for outlet, weight in how.items():
            if outlet not in panel.outlets:
                raise InputError(f"No outlet {outlet!r}. Here: {choices(panel.outlets)}.")
            if weight < 0:
                raise InputError(f"The weight of {outlet} is {weight}: it must not be negative.")
        weights = np.array([float(how.get(outlet, 0.0)) for outlet in panel.outlets])
        if not weights.sum() > 0:
            raise InputError("The weights of the outlets add up to nothing.")
    scaled: Array = weights / weights.sum()
    return scaled


def _notes(panel: Panel, held: Array, weights: Array, full: np.ndarray[Any, Any]) -> list[str]:
    said = ", ".join(
        f"{outlet} {weight:.0%}" for outlet, weight in zip(panel.outlets, weights, strict=True)
        if weight > 0
    )  # fmt: skip
    notes = [f"Standardised: every period has the mix {said}."]
    out = [o for o, weight in zip(panel.outlets, weights, strict=True) if weight == 0]
    if out:
        notes.append(f"Not in the standard: {', '.join(out)}.")
    empty = int(((held.sum(axis=1) > 0) & ~full).sum())
    if empty:
        notes.append(
            f"{empty:,} periods without one of these outlets cannot be standardised, and stay empty."
        )
    return notes
