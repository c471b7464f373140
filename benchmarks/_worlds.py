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
