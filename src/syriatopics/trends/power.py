"""Power: how many articles does it take to see a shift?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import stats

from syriatopics.errors import InputError, choices
from syriatopics.results import Result
from syriatopics.trends.daily import DaySeries
from syriatopics.trends.segments import find_breaks
from syriatopics.trends.windows import Weeks, around
from syriatopics.trends.worlds import Step, World, draw

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["QUESTIONS", "Power", "plan_study"]


QUESTIONS = ("break", "event")
_THEME = "theme"


@dataclass(frozen=True, eq=False, kw_only=True)
class Power(Result):
    """How often a shift is seen, a row per number of articles and size of the shift.

    Columns ``question, n_articles, change, power, low, high, error_days, covered,
    n_replicates``. `low` and `high` hold the chance error of the simulation; `error_days`
    is the median distance of the date found, and `covered` how often its interval holds
    the true day (both for breaks only).
    """

    share: float

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw power against the number of articles, a line per shift."""
        from syriatopics.plots import power_lines

        return power_lines(self.table, ax, **options)


def plan_study(
    n_articles: Sequence[int] = (100, 200, 400, 800, 1600),
    changes: Sequence[float] = (0.1, 0.2),
    *,
    question: str = "break",
    share: float = 0.3,
    world: World | None = None,
    alpha: float = 0.05,
    weeks: int = 8,
    n_replicates: int = 200,
    n_permutations: int = 199,
    random_state: int = 0,
) -> Power:
    """Simulate how many articles are needed to see a shift, before any are collected.

    Parameters
    ----------
    n_articles : list of int
    changes : list of float
        In points of share. 0 shows how often a shift is seen that is not there.
    question : {"break", "event"}
        "break": the day is not known and is looked for. "event": the day is known, and
        `weeks` before are compared with `weeks` after, and with other days.
    share : float
        The share of the theme before the shift.
    world : World, optional
        Length and stories; by default a year, stories of four articles and five days. Its
        themes, outlets and effects are replaced. The shift lies at five ninths of it.
    alpha : float
    weeks, n_replicates, n_permutations, random_state : int

    Raises
    ------
    InputError
        If the question is not known, or a share leaves [0, 1].

    Examples
    --------
    >>> plan = plan_study([400], [0.4], question="event", n_replicates=20)
    >>> bool(plan.table["power"].iloc[0] > 0.5)
    True
    """
    if question not in QUESTIONS:
        raise InputError(f"Question {question!r} is not known. Questions: {choices(QUESTIONS)}.")
    if n_replicates < 1:
        raise InputError(f"n_replicates {n_replicates!r} must be 1 or more.")
    base = world or World(themes={_THEME: share})
    day = base.first + base.days * 5 // 9
    when = str(np.datetime64(day, "D"))
    rows = []
    for change in changes:
        for n in n_articles:
            one = replace(base, themes={_THEME: share}, outlets={"a": 1.0}, contrasts={},
                          n_articles=n, effects=(Step(_THEME, when, change),) if change else ())  # fmt: skip
            found = _replicates(one, day - one.first, question, alpha, weeks, n_replicates,
                                n_permutations, random_state)  # fmt: skip
            rows.append({"question": question, "n_articles": n, "change": change, **found})
    return Power(
        table=pd.DataFrame(rows),
        notes=(
            f"A theme of {share:.0%} that changes on {when}, in {base.days} days with stories of "
            f"{base.story_size:g} articles; {n_replicates} replicates each.",
        ),
        share=share,
    )


def _replicates(
    world: World,
    day: int,
    question: str,
    alpha: float,
    weeks: int,
    n_replicates: int,
    n_permutations: int,
    random_state: int,
) -> dict[str, Any]:
    seen, errors, held = 0, [], []
    for number in range(n_replicates):
        rng = np.random.default_rng([random_state, world.n_articles, number])
        drawn = draw(world, rng)
        if question == "event":
            series = Weeks.of(drawn.values, drawn.day, day)
            seen += bool(around(series, weeks, 0, False, 1 - alpha).change.p[0] <= alpha)
            continue
        one = DaySeries.of(drawn.day, np.zeros_like(drawn.day), drawn.values[:, 0], 1)
        search = find_breaks(one, "week", alpha=alpha, level=0.95, n_permutations=n_permutations,
                             max_breaks=3, seed=[random_state, number])  # fmt: skip
        if search.breaks:
            seen += 1
            near = min(search.breaks, key=lambda at: abs(one.start + at.position - day))
            errors.append(abs(one.start + near.position - day))
            held.append(one.start + near.low <= day <= one.start + near.high)
    interval = stats.binomtest(seen, n_replicates).proportion_ci(method="wilson")
    return {
        "power": seen / n_replicates,
        "low": float(interval.low),
        "high": float(interval.high),
        "error_days": float(np.median(errors)) if errors else np.nan,
        "covered": float(np.mean(held)) if held else np.nan,
        "n_replicates": n_replicates,
    }
