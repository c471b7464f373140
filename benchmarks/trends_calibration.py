"""Do intervals hold what they should, and do tests cry wolf as rarely as they say?

Planted years of 600 articles with a share of .30 (unless another number is named) and no change at
all. Asked: intervals hold the planted share in 95 %, tests find a change in 5 %. In brackets the
Monte Carlo interval. Periods of one year share its stories, so that the interval of the coverage
counts years. "week" takes weeks (breaks: stretches of four weeks) as the unit, "stories" those
that the world has, "article" single articles, which is what most software does.
"""

import numpy as np

import syriatopics as st
from benchmarks._data import table
from benchmarks._worlds import WORLDS, panel, rate, world
from syriatopics.trends.curves import Grid, curves_of
from syriatopics.trends.daily import DaySeries
from syriatopics.trends.interaction import _test as interaction_test
from syriatopics.trends.leads import _by_chance, _weekly, _without_slow
from syriatopics.trends.steps import step_test
from syriatopics.trends.trend import trend_of
from syriatopics.trends.windows import Weeks, change_at_origin

YEARS = 2000
FEWER = 250


def covered(period, blocks, options, years=FEWER):
    """Return how often monthly or quarterly intervals hold the planted share, with the error."""
    rates = []
    for number in range(years):
        rng = np.random.default_rng([1, number])
        one, _ = panel(world(**options), rng, stories=blocks == "stories")
        kind = "week" if blocks == "stories" else blocks
        found = trend_of(one, period, blocks=kind, n_resamples=200).table.dropna(subset="low")
        share = world(**options).themes["theme"]
        rates.append(((found["low"] <= share) & (share <= found["high"])).mean())
    error = 1.96 * np.std(rates) / np.sqrt(years)
    return f"{np.mean(rates):.3f} ({np.mean(rates) - error:.3f}–{np.mean(rates) + error:.3f})"


def trends():
    rows = []
    for name, options in WORLDS.items():
        years = FEWER if options else YEARS // 2
        cells = [covered("M", blocks, options, years) for blocks in ("article", "week", "stories")]
        rows.append((name, "M", years, *cells))
        print(rows[-1], flush=True)
    cells = [covered("Q", blocks, {}) for blocks in ("article", "week", "stories")]
    rows.append(("stories (4 articles, 5 days)", "Q", FEWER, *cells))
    for share in (0.05,):
        cells = [
            covered("M", blocks, {"share": share}) for blocks in ("article", "week", "stories")
        ]
        rows.append((f"stories, share {share}", "M", *cells))
    return table(("world", "period", "years", "article", "week", "stories"), rows)


def false_breaks():
    rows = []
    cases = list(WORLDS.items())
    cases += [("stories, share .10", {"share": 0.1}), ("stories, 2,000 articles", {"n": 2000})]
    cases += [("stories, 1,800 articles in three years", {"n": 1800, "end": "2022-12-31"})]
    for name, options in cases:
        hits = dict.fromkeys(("article", "week", "named"), 0)
        years = YEARS // 2 if options else YEARS
        for number in range(years):
            one, _ = panel(world(**options), np.random.default_rng([2, number]), stories=True)
            series = DaySeries.of(one.first, one.group, one.values[:, 0], 1, one.story)
            for blocks in hits:
                found = step_test(series, blocks, 199, np.random.default_rng(number))
                hits[blocks] += found is not None and found.p <= 0.05
        rows.append((name, years, *(rate(hit, years) for hit in hits.values())))
        print(rows[-1], flush=True)
    return table(("world", "years", "article", "week", "stories"), rows)


def other_tests():
    rows = []
    two = {"outlets": {"a": 1.0, "b": 1.0}, "contrasts": {"b": {"theme": 0.1}}}
    for name, options in WORLDS.items():
        hits, n = dict.fromkeys(("event", "interaction", "lead", "day", "curve"), 0), 0
        for number in range(FEWER):
            rng = np.random.default_rng([3, number])
            one, drawn = panel(world(n=1000, **two, **options), rng)
            n += 1
            change = change_at_origin(Weeks.of(one.values, drawn.day, 180), 4, 0, False, 0.95)
            hits["event"] += change.p[0] < 0.05
            _, p = interaction_test(one.values, one.group, drawn.day, 3, 199, number)
            hits["interaction"] += p[0] <= 0.05
            count, total = _weekly(one, drawn.day)
            slow = [_without_slow(count[g], total[g, :, 0]) for g in (0, 1)]
            weights = (np.sqrt(count[0]), np.sqrt(count[1]))
            hits["lead"] += _lead(slow, weights) <= 0.05
            grid = Grid.of(one, one.first, 60)
            curves = curves_of(grid, 120.0, 400, rng).difference(1, 0)
            day, whole = curves.bands(0.95)
            away = np.abs(curves.share[0, :, 0] - 0.1)
            hits["day"] += away[30] <= day[0, 30, 0]
            hits["curve"] += bool((away <= whole[0, :, 0]).all())
        rows.append((name, n, *(rate(hit, n) for hit in hits.values())))
        print(rows[-1], flush=True)
    header = ("world", "years", "event (5 % asked)", "outlet × time (5 %)", "lead or lag (see below)",
              "difference of outlets on a day (95 %)", "… the whole curve (95 %)")  # fmt: skip
    return table(header, rows)


def _lead(slow, weights):
    from syriatopics.trends.leads import _correlations

    lags = np.arange(-4, 5)
    best = float(np.nanmax(_correlations(slow[0], slow[1], weights, lags)))
    return _by_chance(slow, (0, 1), weights, lags, best)


def main():
    breaks, intervals, others = false_breaks(), trends(), other_tests()
    return (
        f"# Calibration of trends, breaks and tests\n\n{__doc__}\nsyriatopics {st.__version__}.\n\n"
        f"## A break where there is none (5 % asked)\n\n{breaks}\n\n"
        f"## Intervals of trends hold the planted share (95 % asked)\n\n{intervals}\n\n"
        f"## Other tests, two outlets that differ by .10 and do not move\n\n{others}\n\n"
        "Outlets of one world share its stories, so that their weekly shares do move together: the "
        "test of leads and lags should find that wherever there are stories, and 5 % where articles "
        "are independent.\n\nMade by `python -m benchmarks trends_calibration`.\n"
    )
