"""Panels of planted articles, without text, for simulations of thousands of corpora."""

import numpy as np
from scipy import stats

from syriatopics.trends.panel import Panel
from syriatopics.trends.worlds import World, draw

# How news hangs together: independent articles, stories as usual, and stories that run for long.
WORLDS = {
    "independent articles": {"story_size": 1.0, "likeness": 0.0},
    "stories (4 articles, 5 days)": {},
    "short stories (2 days)": {"story_days": 2.0},
    "long stories (10 days, very alike)": {"story_days": 10.0, "likeness": 0.8},
}


def world(n=600, share=0.3, **options):
    return World(themes={"theme": share}, n_articles=n, **options)


# How a share may move without a step, on the scale of log odds: a world each.
COURSES = ("level", "drift", "season", "weeks .5", "weeks .8", "step", "drift and step")


class Course(World):
    """A world whose share follows a course; ``path`` is the share of each day."""

    path = None

    def shares(self, day, outlet):
        return self.path[day][:, None]


def course(kind, rng, *, n=700, end="2020-12-31", **options):
    """Return a world in which a share of .18 to .33 moves as `kind` says, and the day of its step.

    Drift and step are of .8 in log odds, a season swings by .4 from a phase of its own, weeks have a
    standard deviation of .4 and a correlation with the week before of .5 or .8.
    """
    made = Course(themes={"theme": 0.25}, n_articles=n, end=end, **options)
    when, low = np.arange(made.days) / made.days, np.log(0.18 / 0.82)
    odds, step = np.full(made.days, np.log(0.25 / 0.75)), None
    if kind == "season":
        odds = odds + 0.4 * np.sin(2 * np.pi * (np.arange(made.days) / 365.25 + rng.random()))
    elif kind.startswith("weeks"):
        fading = float(kind.split()[1])
        surprise = rng.standard_normal(made.days // 7 + 1)
        for week in range(1, len(surprise)):
            surprise[week] = fading * surprise[week - 1] + np.sqrt(1 - fading**2) * surprise[week]
        odds = odds + 0.4 * surprise[np.arange(made.days) // 7]
    elif kind != "level":
        step = int(made.days * rng.uniform(0.3, 0.7))
        drift = {"drift": 0.8, "drift and step": 0.4}.get(kind, 0.0)
        odds = low + drift * when + 0.8 * ("step" in kind) * (when >= when[step])
    object.__setattr__(made, "path", 1 / (1 + np.exp(-odds)))
    return made, step


def panel(planted, rng, stories=False):
    """Return a panel of drawn articles, and the share that was planted for each of them."""
    drawn = draw(planted, rng)
    day = planted.first + drawn.day
    n = len(day)
    names = tuple(planted.outlets)
    made = Panel(
        values=drawn.values,
        articles=np.arange(n).astype(str),
        group=drawn.outlet,
        groups=names,
        column="outlet",
        outlet=drawn.outlet,
        outlets=names,
        first=day,
        last=day,
        n_passages=drawn.n_passages,
        labels=tuple(planted.themes),
        label_name="theme",
        names={},
        story=drawn.story if stories else None,
    )
    return made, drawn


def rate(hits, n):
    """Return a rate with its Monte Carlo interval, as text."""
    if not n:
        return "–"
    interval = stats.binomtest(int(hits), int(n)).proportion_ci(method="wilson")
    return f"{hits / n:.3f} ({interval.low:.3f}–{interval.high:.3f})"
