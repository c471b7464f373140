"""Behind an estimate: every result that holds shares leads back to the passages they come from."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from syriatopics.corpus import Passages
from syriatopics.errors import InputError, choices
from syriatopics.inference.caveats import names_of
from syriatopics.inference.scores import Scores
from syriatopics.results import Result

__all__ = ["Behind"]


@dataclass(frozen=True, eq=False, kw_only=True)
class Behind(Result):
    """A result that knows its scores.

    Attributes
    ----------
    scores : Scores or None
        What was estimated from.
    groups : DataFrame or None
        The group of each passage, with NaN where a passage is left out.
    """

    scores: Scores | None = field(default=None, repr=False)
    groups: pd.DataFrame | None = field(default=None, repr=False)

    def passages(
        self,
        theme: str,
        n: int = 5,
        *,
        group: str | None = None,
        since: str | None = None,
        until: str | None = None,
        **named: str,
    ) -> Passages:
        """Return passages behind an estimate: those with most of `theme`, in the group named.

        Parameters
        ----------
        theme : str
            As in the table.
        n : int
        group : str, optional
            As a contrast names it (``a`` or ``b`` of its table).
        since, until : str, optional
            Days, both included: of the printed date.
        **named
            Groups by column, such as ``outlet="amad"``.

        Raises
        ------
        InputError
            If the theme, a group or a column is not there.

        Examples
        --------
        >>> from syriatopics import contrasts, load_seeds, score_themes
        >>> found = contrasts(score_themes(load_seeds().passages()), production="all")
        >>> found.passages("humanitarian", n=2, group="noonpost").table["outlet"].tolist()
        ['noonpost', 'noonpost']
        """
        if self.scores is None:
            raise InputError(
                "This result was made without its scores: there are no passages behind it."
            )
        scores, table = self.scores, self.scores.passages.table
        if theme not in scores.table:
            raise InputError(
                f"No {scores.label_name} {theme!r} here. There are: {choices(scores.table.columns)}."
            )
        mask = np.ones(len(table), dtype=bool)
        groups = pd.DataFrame(index=range(len(table))) if self.groups is None else self.groups
        if len(groups.columns):
            mask &= groups.notna().all(axis=1).to_numpy()
        if group is not None:
            names = names_of(groups)
            mask &= _among(names, group, "group")
        for name, value in named.items():
            if name not in groups and name not in table:
                raise InputError(f"No column {name!r}. Columns: {choices([*groups, *table])}.")
            column = groups[name] if name in groups else table[name]
            mask &= _among(column.astype(object).to_numpy(), value, name)
        for edge, after in ((since, True), (until, False)):
            if edge is not None:
                day = table["date"].dt.normalize()
                mask &= ((day >= edge) if after else (day <= edge)).to_numpy()
        weights = pd.Series(scores.table[theme].to_numpy(), index=table["passage_id"])
        return scores.passages.most(weights[mask], n)


def _among(values: np.ndarray, wanted: str, name: str) -> np.ndarray:
    inside = np.asarray(values == wanted, dtype=bool)
    if not inside.any():
        known = sorted({str(value) for value in values if value == value and value is not None})
        raise InputError(f"No passage has {name} {wanted!r}. There are: {choices(known)}.")
    return inside
