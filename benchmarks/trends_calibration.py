"""Do intervals hold what they should, and do tests cry wolf as rarely as they say?

Planted years of 600 articles with a share of .30 (unless another number is named) and no change at
all. Asked: intervals hold the planted share in 95 %, tests find a change in 5 %. In brackets the
Monte Carlo interval. Periods of one year share its stories, so that the interval of the coverage
counts years. "week" (of breaks) and "auto" (the defaults) take articles of nearby days to be alike, as
much as the corpus shows; "stories" knows the stories that the world has; "article" takes single
articles, which is what most software does. Intervals were tuned on seed 11; the page is of 20261130.
"""

import numpy as np

import syriatopics as st
from benchmarks._data import table
from benchmarks._worlds import WORLDS, panel, rate, world
from syriatopics.trends.curves import Grid, curves_of
from syriatopics.trends.daily import DaySeries
from syriatopics.trends.interaction import _test as interaction_test
from syriatopics.trends.leads import _by_chance, _Weekly
from syriatopics.trends.steps import step_test
from syriatopics.trends.trend import trend_of
from syriatopics.trends.windows import Weeks, around
from syriatopics.trends.worlds import draw

TUNED, SEED = 11, 20261130  # of the intervals of trends
YEARS = 2000
FEWER = 500  # for what is shown beside the default
OTHERS = 1000
LAGS = np.arange(-4, 5)


def covered(period, blocks, options):
    """Return how often intervals hold the planted share, with the Monte Carlo interval."""
    rates, planted = [], world(**options)
    for number in range(YEARS if blocks == "auto" else FEWER):
        rng = np.random.default_rng([SEED, number])
        one, _ = panel(planted, rng, stories=blocks == "story")
        found = trend_of(one, period, blocks=blocks).table.dropna(subset="low")
        share = planted.themes["theme"]
        if not len(found):
            continue
        rates.append(((found["low"] <= share) & (share <= found["high"])).mean())
    error = 1.96 * np.std(rates) / np.sqrt(len(rates))
    return f"{np.mean(rates):.3f} ({np.mean(rates) - error:.3f}–{np.mean(rates) + error:.3f})"


def trends():
    cases = [(name, "M", options) for name, options in WORLDS.items()]
    cases += [(name, "Q", options) for name, options in WORLDS.items()]
    cases += [("stories, share .05", "M", {"share": 0.05}), ("stories, by week", "W", {"n": 1800})]
    rows = []
    for name, period, options in cases:
        cells = [covered(period, blocks, options) for blocks in ("article", "auto", "story")]
        rows.append((name, period, *cells))
        print(rows[-1], flush=True)
    return table(("world", "period", "article", "auto", "story"), rows)


def false_breaks():
    rows = []
    cases = list(WORLDS.items())
    cases += [("stories, share .10", {"share": 0.1}), ("stories, 2,000 articles", {"n": 2000})]
    cases += [("stories, 1,800 articles in three years", {"n": 1800, "end": "2022-12-31"})]
    cases += [("stories, two outlets together", {"outlets": {"a": 1.0, "b": 1.0}})]
    for name, options in cases:
        cells = [false_break(world(**options), blocks) for blocks in ("article", "week", "named")]
        rows.append((name, *cells))
        print(rows[-1], flush=True)
    return table(("world", "article", "week", "stories"), rows)


def false_break(planted, blocks):
    hits, years = 0, YEARS if blocks == "week" else FEWER
    for number in range(years):
        one, _ = panel(planted, np.random.default_rng([2, number]), stories=True)
        groups = len(one.groups)
        series = DaySeries.of(one.first, one.group, one.values[:, 0], groups, one.story)
        found = step_test(series, blocks, 199, np.random.default_rng(number))
        hits += found is not None and found.p <= 0.05
    return rate(hits, years)


def other_tests():
    rows = []
    two = {"outlets": {"a": 1.0, "b": 1.0}, "contrasts": {"b": {"theme": 0.1}}}
    for name, options in WORLDS.items():
        hits = dict.fromkeys(("event", "interaction", "lead", "line", "day", "curve"), 0)
        for number in range(OTHERS):
            rng = np.random.default_rng([3, number])
            planted = world(n=1000, **two, **options)
            one, drawn = panel(planted, rng)
            change = around(Weeks.of(one.values, drawn.day, 180), 4, 0, False, 0.95).change
            hits["event"] += change.p[0] <= 0.05
            _, p, _ = interaction_test(one.values, one.group, drawn.day, 3)
            hits["interaction"] += p[0] <= 0.05
            weekly = [_weeks(world(n=500, **options), rng) for _ in range(2)]
            hits["lead"] += _by_chance(*weekly, LAGS, rng) <= 0.05
            both = curves_of(Grid.of(one, one.first, 60), 120.0, 400, rng)
            hits["line"] += bool(_inside(both, 0.3).all())
            hits["day"] += _inside(both.difference(1, 0), 0.1, whole=False)[30]
            hits["curve"] += bool(_inside(both.difference(1, 0), 0.1).all())
        rows.append((name, *(rate(hit, OTHERS) for hit in hits.values())))
        print(rows[-1], flush=True)
    header = ("world", "event (5 % asked)", "outlet × time (5 %)", "lead or lag (5 %)", "whole curve "
              "(95 %)", "difference of outlets on a day (95 %)", "… the whole curve (95 %)")  # fmt: skip
    return table(header, rows)


def _weeks(planted, rng):
    drawn = draw(planted, rng)
    week = drawn.day // 7
    n = -(-planted.days // 7)
    return _Weekly(
        np.bincount(week, minlength=n).astype(float),
        np.bincount(week, drawn.values[:, 0], minlength=n),
    )


def _inside(curves, share, whole=True):
    reach = curves.bands(0.95)[int(whole)]
    return np.abs(curves.share[0, :, 0] - share) <= reach[0, :, 0]


def main():
    breaks, intervals, others = false_breaks(), trends(), other_tests()
    return (
        f"# Calibration of trends, breaks and tests\n\n{__doc__}\nsyriatopics {st.__version__}; {YEARS:,} years "
        f"(columns article and stories: {FEWER}; other tests: {OTHERS:,}).\n\n"
        f"## A break where there is none (5 % asked)\n\n{breaks}\n\n"
        f"## Intervals of trends hold the planted share (95 % asked)\n\n{intervals}\n\n"
        f"## Other tests, two outlets that differ by .10 and do not move\n\n{others}\n\n"
        "Leads and lags are looked for between two outlets whose stories have nothing to do with each "
        "other.\n\nMade by `python -m benchmarks trends_calibration`.\n"
    )
