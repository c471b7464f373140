"""Worlds: invented articles with known shares, in stories and bursts as news has them.

A method that is tried on articles independent of each other passes too easily. Here articles
come in stories of a few days and very unequal sizes, articles of one story are alike, and so are
passages of one article.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np

from syriatopics.errors import InputError, choices
from syriatopics.inference.resampling import Array, Codes

__all__ = ["Drawn", "Slope", "Step", "World", "draw", "number_of_day"]


@dataclass(frozen=True)
class Step:
    """A share that changes on a day, for good or until another day.

    Parameters
    ----------
    theme : str
    date : str
        The first day of the new level.
    change : float
        In points of share: 0.1 is from .3 to .4.
    outlet : str, optional
        Only there; everywhere by default.
    until : str, optional
        The first day of the old level again.
    """

    theme: str
    date: str
    change: float
    outlet: str | None = None
    until: str | None = None


@dataclass(frozen=True)
class Slope:
    """A share that changes little by little, by `per_year`, over the whole time."""

    theme: str
    per_year: float
    outlet: str | None = None


@dataclass(frozen=True, kw_only=True)
class World:
    """What is planted.

    Parameters
    ----------
    themes : mapping of theme to share
        Of the passages, in an outlet without a contrast. They add up to 1 at most.
    outlets : mapping of outlet to weight, or to (weight at the start, weight at the end)
        How the articles are shared out; a pair changes the mix over time.
    n_articles : int
    start, end : str
        First and last day.
    contrasts : mapping of outlet to mapping of theme to difference
    effects : sequence of Step and Slope
    story_size : float
        How many articles a story has on average; 1 makes all of them independent. One
        story in twenty is four times as large: a burst.
    story_days : float
        How long a story runs on average.
    likeness : float
        Correlation between the articles of a story, in [0, 1].
    passages : (int, int)
        The fewest and most passages of an article.
    passage_likeness : float
        Correlation between the passages of an article.
    """

    themes: Mapping[str, float]
    outlets: Mapping[str, float | tuple[float, float]] = field(default_factory=lambda: {"a": 1.0})
    n_articles: int = 600
    start: str = "2020-01-01"
    end: str = "2020-12-31"
    contrasts: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    effects: Sequence[Step | Slope] = ()
    story_size: float = 4.0
    story_days: float = 5.0
    likeness: float = 0.4
    passages: tuple[int, int] = (3, 6)
    passage_likeness: float = 0.5

    def __post_init__(self) -> None:
        if self.days < 1:
            raise InputError(f"The world ends ({self.end}) before it starts ({self.start}).")
        if self.n_articles < 1 or not 1 <= self.passages[0] <= self.passages[1]:
            raise InputError(
                f"{self.n_articles} articles of {self.passages[0]} to {self.passages[1]} passages "
                "cannot be drawn."
            )
        if not self.outlets or not self.themes:
            raise InputError("A world needs an outlet and a theme at least.")
        for name in [*self.contrasts, *(e.outlet for e in self.effects if e.outlet)]:
            if name not in self.outlets:
                raise InputError(
                    f"No outlet {name!r} is planted. Outlets: {choices(self.outlets)}."
                )
        for name in [
            *(t for c in self.contrasts.values() for t in c),
            *(e.theme for e in self.effects),
        ]:
            if name not in self.themes:
                raise InputError(f"No theme {name!r} is planted. Themes: {choices(self.themes)}.")

    @property
    def first(self) -> int:
        """The first day, counted from 1970-01-01."""
        return number_of_day(self.start)

    @property
    def days(self) -> int:
        """How many days the world lasts."""
        return number_of_day(self.end) - self.first + 1

    def shares(self, day: Codes, outlet: Codes) -> Array:
        """Return the planted share of each theme on a day (from 0) in an outlet.

        Returns
        -------
        ndarray, shape (n, n_themes)

        Raises
        ------
        InputError
            If a share leaves [0, 1], or shares add up to more than 1.
        """
        themes, names = list(self.themes), list(self.outlets)
        found = np.tile(np.array(list(self.themes.values()), dtype=float), (len(day), 1))
        for name, contrast in self.contrasts.items():
            for theme, change in contrast.items():
                found[outlet == names.index(name), themes.index(theme)] += change
        for effect in self.effects:
            inside = (
                outlet == names.index(effect.outlet) if effect.outlet else np.full(len(day), True)
            )
            column = themes.index(effect.theme)
            if isinstance(effect, Slope):
                found[inside, column] += effect.per_year * day[inside] / 365.25
            else:
                last = number_of_day(effect.until) if effect.until else number_of_day(self.end) + 1
                on = (day >= number_of_day(effect.date) - self.first) & (day < last - self.first)
                found[inside & on, column] += effect.change
        low, high = found.min(), found.sum(axis=1).max()
        if low < -1e-9 or high > 1 + 1e-9:
            raise InputError(
                f"Planted shares reach from {low:.2f} to {high:.2f} in sum: they must stay in [0, 1]."
            )
        clipped: Array = np.clip(found, 0.0, 1.0)
        return clipped


class Drawn(NamedTuple):
    """Articles in order of time.

    Attributes
    ----------
    day, outlet, story, n_passages : ndarray of int, shape (n,)
        Days count from the start of the world.
    share : ndarray, shape (n, n_themes)
        What was planted.
    counts : ndarray of int, shape (n, n_themes)
        How many passages of each theme were drawn.
    """

    day: Codes
    outlet: Codes
    story: Codes
    n_passages: Codes
    share: Array
    counts: Codes

    @property
    def values(self) -> Array:
        """The share of each theme in the passages of each article."""
        found: Array = self.counts / self.n_passages[:, None]
        return found


def draw(world: World, rng: np.random.Generator) -> Drawn:
    """Draw the articles of a world."""
    n, days = world.n_articles, world.days
    story = _stories(world, rng)
    begin = rng.uniform(-world.story_days, days, int(story.max()) + 1)
    day = np.floor(begin[story] + rng.exponential(world.story_days, n)).astype(np.int64)
    outside = (day < 0) | (day >= days)
    day[outside] = rng.integers(0, days, int(outside.sum()))
    outlet = _outlets(world, day, rng)
    share = world.shares(day, outlet)
    low, high = world.passages
    n_passages = rng.integers(low, high + 1, n)
    # One number per story, article and passage; which of them counts makes things alike.
    of_story = rng.random(int(story.max()) + 1)[story]
    of_article = np.where(rng.random(n) < np.sqrt(world.likeness), of_story, rng.random(n))
    own = rng.random((n, high))
    shared = rng.random((n, high)) < np.sqrt(world.passage_likeness)
    number = np.where(shared, of_article[:, None], own)
    held = np.arange(high) < n_passages[:, None]
    edges = np.cumsum(np.column_stack([np.zeros(n), share]), axis=1)
    counts = np.stack(
        [
            ((number >= edges[:, [k]]) & (number < edges[:, [k + 1]]) & held).sum(axis=1)
            for k in range(share.shape[1])
        ],
        axis=1,
    )
    order = np.argsort(day, kind="stable")
    return Drawn(
        day[order], outlet[order], story[order], n_passages[order], share[order], counts[order]
    )


def _stories(world: World, rng: np.random.Generator) -> Codes:
    """Return the story of each article: sizes are geometric, with bursts."""
    n = world.n_articles
    if world.story_size <= 1:
        return np.arange(n)
    sizes: list[int] = []
    while sum(sizes) < n:
        burst = rng.random(n) < 0.05
        sizes += rng.geometric(1 / (world.story_size * np.where(burst, 4, 1))).tolist()
    return np.repeat(np.arange(len(sizes)), sizes)[:n]


def _outlets(world: World, day: Codes, rng: np.random.Generator) -> Codes:
    pairs = [w if isinstance(w, tuple) else (w, w) for w in world.outlets.values()]
    ends = np.array(pairs, dtype=float)
    if (ends < 0).any() or (ends.sum(axis=0) <= 0).any():
        raise InputError("Weights of outlets must not be negative, nor all of them 0.")
    ends = ends / ends.sum(axis=0)
    when = day / max(world.days - 1, 1)
    weight = ends[:, 0] + when[:, None] * (ends[:, 1] - ends[:, 0])
    code = (rng.random(len(day))[:, None] > np.cumsum(weight, axis=1)).sum(axis=1)
    found: Codes = np.minimum(code, len(pairs) - 1)
    return found


def number_of_day(text: str) -> int:
    """Return a day such as 2020-01-31 counted from 1970-01-01."""
    try:
        return date.fromisoformat(text).toordinal() - date(1970, 1, 1).toordinal()
    except ValueError:
        raise InputError(f"{text!r} is no day. Write it as 2020-01-31.") from None
