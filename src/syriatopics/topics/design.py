"""Covariates as columns: a small formula language, read and never executed.

``~ outlet + s(date) + outlet:s(date)``: names of columns, ``s(column)`` or
``s(column, df)`` for a smooth curve, ``a:b`` for an interaction, ``a*b`` for ``a + b + a:b``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.interpolate import BSpline

from syriatopics.errors import InputError, choices

__all__ = ["Design"]

Array = np.ndarray[Any, np.dtype[np.float64]]

_FACTOR = re.compile(
    r"(?P<smooth>s\(\s*)?(?P<name>[^\W\d]\w*)(?(smooth)\s*(?:,\s*(?P<df>\d+)\s*)?\))"
)
_DEGREE = 3


@dataclass(frozen=True)
class Design:
    """How the columns of a table become the columns of a design matrix.

    Attributes
    ----------
    formula : str
    terms : tuple of tuple of str
        The terms; each a tuple of factors that are multiplied.
    coding : dict
        For each factor how it is coded: levels, or knots of a curve, or a scale.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"outlet": ["amad", "alhal", "amad"]})
    >>> Design.of("~ outlet", table).names
    ('outlet=amad',)
    """

    formula: str
    terms: tuple[tuple[str, ...], ...]
    coding: Mapping[str, Mapping[str, Any]]

    @classmethod
    def of(cls, formula: str, table: pd.DataFrame) -> Design:
        """Read a formula and learn the coding of its columns from `table`.

        Raises
        ------
        InputError
            If the formula cannot be read, a column is missing, has missing values, or
            has one value only.
        """
        terms = tuple(_terms(formula))
        coding = {f: _code(f, table) for term in terms for f in term}
        return cls(formula, terms, coding)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, without the intercept."""
        return tuple(name for term in self.terms for name in self._names(term))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the table that are used."""
        return tuple(dict.fromkeys(str(code["column"]) for code in self.coding.values()))

    def matrix(self, table: pd.DataFrame) -> Array:
        """Return the design matrix of a table, without the intercept.

        Raises
        ------
        InputError
            If a column is missing, or holds a missing value or a level never seen.
        """
        blocks = [np.ones((len(table), 0))]
        for term in self.terms:
            block = np.ones((len(table), 1))
            for factor in term:
                coded = _columns(factor, self.coding[factor], table)
                block = (block[:, :, None] * coded[:, None, :]).reshape(len(table), -1)
            blocks.append(block)
        return np.hstack(blocks)

    def state(self) -> dict[str, Any]:
        """Return what is saved, as plain values."""
        return {
            "formula": self.formula,
            "coding": {factor: dict(code) for factor, code in self.coding.items()},
        }

    @classmethod
    def restore(cls, state: Mapping[str, Any]) -> Design:
        """Make a design again of its saved state."""
        formula = str(state["formula"])
        return cls(formula, tuple(_terms(formula)), state["coding"])

    def _names(self, term: Sequence[str]) -> list[str]:
        names = [""]
        for factor in term:
            code = self.coding[factor]
            own = [f"{code['column']}={level}" for level in code.get("levels", [])[1:]]
            if "knots" in code:
                own = [f"{factor}[{n + 1}]" for n in range(_width(code))]
            names = [f"{a}:{b}" if a else b for a in names for b in own or [factor]]
        return names


def _terms(formula: str) -> list[tuple[str, ...]]:
    body = formula.strip().removeprefix("~").strip()
    if not body or len(formula) > 500:
        raise InputError(
            f"Formula {formula[:40]!r} names no column. An example: '~ outlet + s(date)'."
        )
    found: dict[tuple[str, ...], None] = {}
    for part in _split(body, "+"):
        starred = _split(part, "*")
        if len(starred) > 2:
            raise InputError(f"Formula {formula!r}: '*' joins two factors, not {len(starred)}.")
        terms = [tuple(_split(s, ":")) for s in starred]
        for term in [*terms, *([terms[0] + terms[1]] if len(terms) == 2 else [])]:
            found[tuple(_factor(factor, formula) for factor in term)] = None
    return list(found)


def _split(text: str, mark: str) -> list[str]:
    return [part.strip() for part in text.split(mark)]


def _factor(text: str, formula: str) -> str:
    match = _FACTOR.fullmatch(text)
    if match is None:
        raise InputError(
            f"Formula {formula!r}: {text!r} cannot be read. Terms: a column, s(column), "
            "s(column, df), a:b, a*b; joined by +."
        )
    if not match["smooth"]:
        return match["name"]
    return f"s({match['name']}, {match['df']})" if match["df"] else f"s({match['name']})"


def _code(factor: str, table: pd.DataFrame) -> dict[str, Any]:
    match = _FACTOR.fullmatch(factor)
    assert match is not None
    column = _column(match["name"], table)
    if column.nunique() < 2:
        raise InputError(
            f"Column {match['name']!r} has one value only ({column.iloc[0]!r}): it explains nothing."
        )
    if not _is_number(column):
        if match["smooth"]:
            raise InputError(f"{factor}: a smooth curve needs numbers or dates.")
        return {"column": match["name"], "levels": sorted(map(str, column.unique()))}
    numbers = _numbers(column)
    if match["smooth"]:
        return {"column": match["name"], "knots": _knots(numbers, match["df"], factor)}
    return {"column": match["name"], "mean": float(numbers.mean()), "scale": float(numbers.std())}


def _column(name: str, table: pd.DataFrame) -> pd.Series:
    if name not in table.columns:
        raise InputError(f"No column {name!r} for the formula. Columns: {choices(table.columns)}.")
    column = table[name]
    missing = int(column.isna().sum())
    if missing:
        first = table.get("passage_id", pd.Series(table.index)).to_numpy()[
            int(np.argmax(column.isna().to_numpy()))
        ]
        raise InputError(
            f"{missing} of {len(table)} passages have no {name} (first: {first!s}): leave them out "
            f"with dtm.where(dtm.documents[{name!r}].notna()), or leave {name!r} out of the formula."
        )
    return column


def _is_number(column: pd.Series) -> bool:
    return bool(
        pd.api.types.is_datetime64_any_dtype(column)
        or (pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column))
    )


def _numbers(column: pd.Series) -> Array:
    """Return numbers; dates as days since 1970."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return np.asarray(column.to_numpy().astype("datetime64[s]").astype(np.float64) / 86_400)
    return np.asarray(column, dtype=np.float64)


def _knots(numbers: Array, df: str | None, factor: str) -> list[float]:
    """Return the knots of a cubic B-spline with `df` columns, at quantiles as R's stm has them."""
    unique = len(np.unique(numbers))
    wanted = int(df) if df else min(10, unique - 1)
    if df and not _DEGREE <= wanted < unique:
        raise InputError(
            f"{factor}: {wanted} degrees of freedom from {unique} different values; "
            f"{_DEGREE} to {unique - 1} are possible."
        )
    wanted = max(wanted, 1)
    degree = min(_DEGREE, wanted)
    inner = np.quantile(numbers, np.linspace(0, 1, wanted - degree + 2)[1:-1])
    low, high = numbers.min(), numbers.max()
    return [float(degree), *[low] * (degree + 1), *map(float, inner), *[high] * (degree + 1)]


def _width(code: Mapping[str, Any]) -> int:
    degree = int(code["knots"][0])
    return len(code["knots"]) - 1 - degree - 1 - 1


def _columns(factor: str, code: Mapping[str, Any], table: pd.DataFrame) -> Array:
    column = _column(str(code["column"]), table)
    if "levels" in code:
        levels = list(code["levels"])
        strange = set(map(str, column)) - set(levels)
        if strange:
            raise InputError(
                f"{code['column']}={min(strange)!r} was not there when the model was fitted. "
                f"Levels: {choices(levels)}."
            )
        index = np.array([levels.index(str(value)) for value in column])
        return np.asarray(np.eye(len(levels))[index][:, 1:])
    numbers = _numbers(column)
    if "knots" not in code:
        return np.asarray((numbers - code["mean"]) / code["scale"])[:, None]
    degree, knots = int(code["knots"][0]), np.array(code["knots"][1:])
    # Outside of what was seen the curve stays at its ends.
    inside = np.clip(numbers, knots[0], knots[-1])
    return np.asarray(BSpline.design_matrix(inside, knots, degree).toarray()[:, 1:])
