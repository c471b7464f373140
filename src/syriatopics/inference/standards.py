"""Standards: one mix of genres, or of production, for all groups that are compared.

Where one outlet prints columns and another agency news, a difference of their shares is partly that
of the mix. Direct standardisation, as demographers do it for ages, gives every kind of article one
weight in all groups: what is left is a difference within kinds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from syriatopics.errors import InputError, choices
from syriatopics.inference.caveats import names_of
from syriatopics.inference.floors import MIN_HOLDING
from syriatopics.inference.resampling import Array, Estimate, estimate

__all__ = ["Standard", "StandardChoice", "standard_of", "standardised"]

StandardChoice: TypeAlias = "str | Mapping[str, Mapping[str, float]]"


@dataclass(frozen=True, eq=False)
class Standard:
    """A mix.

    Attributes
    ----------
    kind : ndarray of object, shape (n,)
        Of each passage.
    weight : dict of str to float
        Of each kind in the mix; they add up to 1.
    notes : tuple of str
    """

    kind: np.ndarray[Any, Any]
    weight: dict[str, float]
    notes: tuple[str, ...] = ()

    def lacks(self, kind: np.ndarray[Any, Any]) -> str:
        """Say of which kind there are too few articles to be given the mix; empty if of none."""
        for name in self.weight:
            if (n := int((kind == name).sum())) < MIN_HOLDING:
                return f"{n} articles of {name}: too few to be given the mix (from {MIN_HOLDING})"
        return ""


def standard_of(table: pd.DataFrame, groups: pd.DataFrame, how: StandardChoice) -> Standard:
    """Return the mix that groups are given.

    Parameters
    ----------
    table : DataFrame
        A row per passage.
    groups : DataFrame
        The group of each passage, with NaN where it is in none.
    how : str or mapping of str to mapping of kind to weight
        A column, whose kinds weigh what they do among all articles compared, as far as every group
        holds five of each; or a column with the weight of each kind.

    Raises
    ------
    InputError
        If the column or a kind is not there, a weight is no number, or no kind is held by all.
    """
    if isinstance(how, str):
        how = {how: {}}
    if not isinstance(how, Mapping) or len(how) != 1:
        raise InputError(f"standardise={how!r} must name one column, alone or with weights.")
    ((column, given),) = how.items()
    if column not in table:
        raise InputError(f"No column {column!r} to standardise. Columns: {choices(table.columns)}.")
    kind = table[column].astype(object).where(table[column].notna(), "unknown").astype(str)
    first = groups.notna().all(axis=1).to_numpy() & ~table["article_id"].duplicated().to_numpy()
    names = names_of(groups[first])
    held = pd.crosstab(names, kind[first].to_numpy())
    weight, notes = _given(held, column, given) if given else _shared(held, column)
    said = ", ".join(f"{name} {part:.0%}" for name, part in weight.items())
    notes.insert(0, f"Standardised: every group has the mix of {column} {said}.")
    return Standard(kind.to_numpy(), weight, tuple(notes))


def _given(
    held: pd.DataFrame, column: str, given: Mapping[str, float]
) -> tuple[dict[str, float], list[str]]:
    for name, weight in given.items():
        if name not in held.columns:
            raise InputError(
                f"No article of {column} {name!r}. There are: {choices(held.columns)}."
            )
        if not (isinstance(weight, (int, float)) and 0 <= weight < np.inf):
            raise InputError(
                f"The weight of {column} {name!r} is {weight!r}: a number from 0 is needed."
            )
    total = sum(given.values())
    if not total > 0:
        raise InputError(f"The weights of {column} add up to nothing.")
    return {name: weight / total for name, weight in given.items() if weight > 0}, []


def _shared(held: pd.DataFrame, column: str) -> tuple[dict[str, float], list[str]]:
    """Return the mix of the kinds that every group holds."""
    shared = (held >= MIN_HOLDING).all(axis=0)
    counts = held.loc[:, shared].sum(axis=0)
    if counts.empty:
        raise InputError(
            f"No {column} has {MIN_HOLDING} articles in every group: there is no mix to standardise "
            f"to. Compare fewer groups, or give weights: standardise={{{column!r}: {{…}}}}."
        )
    lost = held.loc[:, ~shared].sum(axis=1)
    notes = []
    if lost.any():
        most = str(lost.div(held.sum(axis=1)).idxmax())
        notes.append(
            f"{lost.sum():,} articles of {', '.join(map(str, held.columns[~shared]))} are left out: not "
            f"every group holds {MIN_HOLDING} (most in {most}: {lost[most]:,} of {held.loc[most].sum():,})."
        )
    return {str(name): float(n / counts.sum()) for name, n in counts.items()}, notes


def standardised(
    values: Array, kind: np.ndarray[Any, Any], block: np.ndarray[Any, Any], standard: Standard
) -> tuple[Estimate, Array]:
    """Estimate the shares of a group that is given the mix, and return the weights of its articles.

    A ratio of sums as any other, of weighted articles, which scatter about the mean of their kind.

    Parameters
    ----------
    values : ndarray, shape (n, k)
        A row per article.
    kind, block : ndarray, shape (n,)
    standard : Standard

    Examples
    --------
    >>> mix = Standard(np.array([]), {"news": 0.5, "opinion": 0.5})
    >>> values = np.repeat([[0.0], [1.0]], [30, 10], axis=0)
    >>> kind = np.repeat(["news", "opinion"], [30, 10])
    >>> found, _ = standardised(values, kind, np.arange(40), mix)
    >>> found.mean.round(2), found.error.round(2)
    (array([0.5]), array([0.]))
    """
    weight, about = np.zeros(len(values)), np.zeros_like(values)
    if standard.lacks(kind):
        return estimate(np.empty((0, values.shape[1]))), weight
    for name, part in standard.weight.items():
        inside = np.flatnonzero(kind == name)
        n = len(inside)
        weight[inside] = part * len(values) / n
        about[inside] = (values[inside] - values[inside].mean(axis=0)) * np.sqrt(n / (n - 1))
    used = weight > 0
    size, values, about = weight[used, None], values[used], about[used]
    plain = estimate(values * size, size[:, 0], block[used])
    found = estimate((plain.mean + about) * size, size[:, 0], block[used])
    return found._replace(holding=plain.holding, edges=plain.edges), weight
