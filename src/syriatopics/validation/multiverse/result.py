"""The multiverse as a result: the curve, in how many specifications the claim holds, what decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from syriatopics.order import compared
from syriatopics.results import Result
from syriatopics.validation.multiverse.choices import Choices, Specification
from syriatopics.validation.multiverse.comparison import Comparison
from syriatopics.validation.multiverse.joint import joint_test
from syriatopics.validation.multiverse.work import Outcome

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Multiverse", "Survival", "assemble"]


class Survival(NamedTuple):
    """In how many specifications a claim holds.

    Attributes
    ----------
    n : int
        Specifications.
    n_estimated : int
        Of them gave an estimate.
    n_sign : int
        Of these have the sign of the claim.
    n_tested : int
        Specifications with an interval.
    n_sure, n_against : int
        Of these the interval leaves out zero on the side of the claim, or on the other.
    """

    n: int
    n_estimated: int
    n_sign: int
    n_tested: int
    n_sure: int
    n_against: int

    def __str__(self) -> str:
        said = f"The sign holds in {self.n_sign:,} of {self.n_estimated:,} specifications"
        if self.n_tested:
            said += (
                f"; the interval leaves out zero in {self.n_sure:,} of {self.n_tested:,}, "
                f"and on the other side in {self.n_against:,}"
            )
        failed = self.n - self.n_estimated
        said += f"; {failed:,} of {self.n:,} could not be done" if failed else ""
        return said + ("." if self.n_tested else "; none carries an interval.")


@dataclass(frozen=True, eq=False, kw_only=True)
class Multiverse(Result):
    """A row per specification, by its estimate; those that could not be done stand last.

    Columns: the choices (``copies, unit, normalisation, conflation, stop_words, names, min_df,
    model, n_topics, seed, production, denominator``; empty where a choice makes no difference),
    then ``estimate, low, high, p, share_a, share_b, n_a, n_b, note, topics``. Positive: more of
    the theme in `a`. ``note`` says why there is no interval, or no estimate; ``topics`` which
    topics stood for the theme.

    Attributes
    ----------
    theme, a, b : str
    survival : Survival
    joint : DataFrame
        ``statistic, observed, expected, p`` of the whole curve: see :func:`joint_test`.
    fingerprint : str
        Of the corpus.
    """

    theme: str
    a: str
    b: str
    survival: Survival
    joint: pd.DataFrame
    fingerprint: str
    varied: tuple[str, ...]

    def by_choice(self) -> pd.DataFrame:
        """Return what each value of a choice does to the claim.

        Returns
        -------
        DataFrame
            ``choice, value, n, median, lowest, highest, sign, sure``: specifications with an
            estimate, their estimates, and the shares in which the sign and the interval hold.
        """
        rows = []
        for choice in self.varied:
            for value, members in self.table.groupby(choice, sort=False):
                found = members.dropna(subset=["estimate"])
                if value == "" or found.empty:
                    continue
                tested = found["low"].notna()
                rows.append(
                    {"choice": choice, "value": value, "n": len(found)}
                    | {"median": found["estimate"].median(), "lowest": found["estimate"].min()}
                    | {"highest": found["estimate"].max(), "sign": (found["estimate"] > 0).mean()}
                    | {"sure": (found["low"] > 0)[tested].mean() if tested.any() else np.nan}
                )
        columns = ["choice", "value", "n", "median", "lowest", "highest", "sign", "sure"]
        table = pd.DataFrame(rows, columns=columns)
        order = {name: n for n, name in enumerate(self.varied)}
        return table.sort_values(
            ["choice", "value"], key=lambda c: c.map(order) if c.name == "choice" else c.astype(str),
            kind="stable", ignore_index=True,
        )  # fmt: skip

    def failures(self) -> pd.DataFrame:
        """Return why specifications have no estimate, and how many: ``note, n``."""
        failed = self.table.loc[self.table["estimate"].isna(), "note"]
        return failed.value_counts(sort=False).sort_index().rename("n").reset_index()

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the specification curve, with the choices behind each estimate below."""
        from syriatopics.plots import specification_curve

        return specification_curve(self.table, ax, **{"choices": self.varied, **options})


def assemble(
    specifications: Sequence[Specification],
    outcomes: Sequence[Outcome],
    comparison: Comparison,
    theme: str,
    level: float,
    fingerprint: str,
    random_state: int,
) -> Multiverse:
    """Put outcomes together."""
    names = list(Choices.model_fields)
    table = pd.DataFrame(
        {name: "" if (value := getattr(one, name)) is None else str(value) for name in names}
        | outcome.row
        for one, outcome in zip(specifications, outcomes, strict=True)
    )
    estimates = table["estimate"].to_numpy(dtype=float)
    usable = [n for n, value in enumerate(estimates) if not np.isnan(value)]
    n_permutations = max((len(outcome.permuted) for outcome in outcomes), default=0)
    shape = (len(usable), n_permutations)
    joint = joint_test(
        estimates[usable],
        np.array([outcomes[n].seen for n in usable], dtype=np.bool_),
        np.array([outcomes[n].permuted for n in usable]).reshape(shape),
        np.array([outcomes[n].beyond for n in usable], dtype=np.bool_).reshape(shape),
    )
    survival = _survival(table)
    return Multiverse(
        table=table.sort_values("estimate", key=compared, kind="stable", ignore_index=True),
        notes=tuple(
            _notes(survival, joint, comparison, theme, level, n_permutations, random_state)
        ),
        theme=theme,
        a=comparison.a,
        b=comparison.b,
        survival=survival,
        joint=joint,
        fingerprint=fingerprint,
        varied=tuple(name for name in names if table[name][table[name] != ""].nunique() > 1),
    )


def _survival(table: pd.DataFrame) -> Survival:
    return Survival(
        n=len(table),
        n_estimated=int(table["estimate"].notna().sum()),
        n_sign=int((table["estimate"] > 0).sum()),
        n_tested=int(table["low"].notna().sum()),
        n_sure=int((table["low"] > 0).sum()),
        n_against=int((table["high"] < 0).sum()),
    )


def _notes(
    survival: Survival,
    joint: pd.DataFrame,
    comparison: Comparison,
    theme: str,
    level: float,
    n_permutations: int,
    random_state: int,
) -> list[str]:
    notes = [
        f"Claim: more {theme} in {comparison.a} than in {comparison.b}. {survival}",
        f"Intervals of {level:.0%}.",
        *comparison.notes,
    ]
    p = joint.set_index("statistic")["p"]
    if p.notna().any():
        notes.append(
            f"If the groups meant nothing (articles change sides, {n_permutations:,} times, random state "
            f"{random_state}): a median as far from zero p = "
            f"{p['median']:.3f}, as many beyond chance p = {p['beyond_chance']:.3f}."
        )
    notes.append("How many specifications agree depends on which were asked: it is no probability.")
    return notes
