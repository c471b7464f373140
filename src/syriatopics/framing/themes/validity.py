"""When a theme is valid: a construct that ends, or begins, on a day."""

from __future__ import annotations

import numpy as np

from syriatopics.corpus import Passages
from syriatopics.framing.themes.rules import Days
from syriatopics.lexicons.schema import Theme, Themes

__all__ = ["days_of", "validity_notes"]


def days_of(passages: Passages) -> Days | None:
    """Return the day of each passage, NaT where it is not known; None if passages have no dates."""
    if "date" not in passages.table:
        return None
    return np.asarray(passages.table["date"].to_numpy(dtype="datetime64[D]"))


def validity_notes(themes: Themes) -> list[str]:
    """Return a note that names the themes which are valid in a part of the time."""
    bounded = [f"{theme.id} {_bounds(theme)}" for theme in themes.theme if theme.from_ or theme.to]
    if not bounded:
        return []
    return [
        f"Valid in a part of the time, and not assigned outside it: {'; '.join(bounded)}. "
        "A trend across such a day shows that the construct changes, not how much of it there is."
    ]


def _bounds(theme: Theme) -> str:
    ends = [f"from {theme.from_}" if theme.from_ else "", f"until {theme.to}" if theme.to else ""]
    return " ".join(end for end in ends if end)
