"""Coverage of pooled shares: do limits of small outlets hold once they are drawn to the others?

Worlds of 3 to 12 outlets with 10 to 600 articles each (log-uniform), 1 to 8 passages an article, alike within
it. The share of each outlet is drawn anew in every world: in log odds, normal with the standard deviation that
is named, around the middle that is named. "odd one out": all outlets alike but the smallest, which lies 1.5 in log
odds away. "two camps": half of the outlets 1.2 away from the rest. "stories": articles in stories of 4 on average,
the story named as block. Asked: limits hold the share of .95 on average over outlets (.93 to .97). "Worst" is the
smallest outlet of the odd world, else the place (smallest, second, largest outlet) that holds least. Error: root
mean squared, pooled over unpooled. Difference: of the smallest outlet and the largest. Beside it the unpooled
interval (Wilson's) at its 15 articles and more, and what plug-in empirical Bayes would give: the width of the
distribution of outlets taken as known (DerSimonian and Laird), a normal interval.
"""

import sys

import numpy as np

from benchmarks._data import table
from benchmarks._worlds import rate
from syriatopics.inference.differences import correlation
from syriatopics.inference.intervals import interval
from syriatopics.inference.pooling import together
from syriatopics.inference.resampling import estimate
from syriatopics.inference.shrinkage import shrunk

TUNED, SEED = 5, 20261201
WORLDS = 2000
MIDDLES, SPREADS = (0.02, 0.1, 0.3, 0.5), (0.0, 0.3, 0.8)


def shares_of(kind, middle, spread, sizes, rng):
    """Return the true share of each outlet."""
    odds = np.log(middle / (1 - middle)) + spread * rng.standard_normal(len(sizes))
    if kind == "odd one out":
        odds[np.argmin(sizes)] += 1.5
    if kind == "two camps":
        odds[: len(sizes) // 2] += 1.2
    return 1 / (1 + np.exp(-odds))


def articles(share, n, kind, rng):
    """Return the share of the theme in each article of an outlet, and its story."""
    story = np.arange(n)
    if kind == "stories":
        story = np.sort(rng.integers(0, max(n // 4, 1), n))
    passages = rng.integers(1, 9, n)
    alike = rng.beta(share * 1.5, (1 - share) * 1.5, n)
    if kind == "stories":
        told = rng.beta(share * 1.5, (1 - share) * 1.5, n)[story]
        alike = np.where(rng.random(n) < 0.5, told, alike)
    return rng.binomial(passages, alike) / passages, story


def world(kind, middle, spread, rng):
    """Return the estimate of each outlet, and its share."""
    m = rng.integers(3, 13)
    sizes = np.exp(rng.uniform(np.log(10), np.log(601), m)).astype(int)
    share = shares_of(kind, middle, spread, sizes, rng)
    found = []
    for number, n in enumerate(sizes):
        values, story = articles(share[number], n, kind, rng)
        found.append(estimate(values[:, None], block=story if kind == "stories" else None))
    return together(found), share


def plugged(found):
    """Return limits of empirical Bayes that takes the width of the distribution as known."""
    y = np.array([e.mean[0] for e in found])
    v = np.array([max(e.error[0] ** 2, 0.25 / e.n**2) for e in found])
    w = 1 / v
    q = (w * (y - (w @ y) / w.sum()) ** 2).sum()
    between = max(0.0, (q - len(y) + 1) / (w.sum() - (w**2).sum() / w.sum()))
    kept = between / (between + v)
    mean = (y / (between + v)).sum() / (1 / (between + v)).sum()
    middle, reach = kept * y + (1 - kept) * mean, 1.96 * np.sqrt(kept * v)
    return middle - reach, middle + reach


def row(kind, middle, spread, worlds, seed):
    """Return how often limits hold in one kind of world."""
    held, every, alone, plug, gap, square, places = 0, 0, [], [], 0, np.zeros(2), {}
    width = []
    for number in range(worlds):
        key = [seed, number, int(100 * middle), int(10 * spread)]
        found, share = world(kind, middle, spread, np.random.default_rng(key))
        pooled = shrunk(found)
        inside = (pooled.low[:, 0] <= share) & (share <= pooled.high[:, 0])
        held, every = held + inside.sum(), every + len(share)
        order = np.argsort([e.n for e in found], kind="stable")
        for name, at in (("smallest", order[0]), ("second", order[1]), ("largest", order[-1])):
            places.setdefault(name, []).append(inside[at])
        for e, true in zip(found, share, strict=True):
            if e.n >= 15:
                low, high = interval(e)
                alone.append(low[0] <= true <= high[0])
        low, high = plugged(found)
        plug += list((low <= share) & (share <= high))
        raw = np.array([e.mean[0] for e in found])
        square += ((pooled.share[:, 0] - share) ** 2).sum(), ((raw - share) ** 2).sum()
        width.append(np.mean(pooled.high - pooled.low))
        a, b = order[0], order[-1]
        one = pooled.difference(a, b, correlation(found[a], found[b]))
        gap += bool(one.low[0] <= share[a] - share[b] <= one.high[0])
    worst = min(places, key=lambda name: np.mean(places[name]))
    worst = "smallest" if kind == "odd one out" else worst
    line = (kind, middle, spread, rate(held, every), f"{np.mean(places[worst]):.3f} ({worst})", rate(gap, worlds),
            f"{np.mean(width):.3f}", f"{np.sqrt(square[0] / square[1]):.2f}", f"{np.mean(alone):.3f}",
            f"{np.mean(plug):.3f}")  # fmt: skip
    print(line, flush=True)
    return line


HEADER = (
    "world",
    "middle",
    "spread",
    "pooled",
    "worst",
    "difference",
    "width",
    "error",
    "unpooled",
    "plug-in",
)


def main(worlds=WORLDS, seed=SEED):
    cases = [("alike within articles", m, s) for m in MIDDLES for s in SPREADS]
    cases += [("stories", 0.1, s) for s in SPREADS] + [("stories", 0.3, s) for s in SPREADS]
    cases += [(kind, m, 0.3) for kind in ("odd one out", "two camps") for m in (0.1, 0.3)]
    rows = [row(*case, worlds, seed) for case in cases]
    return (
        f"# Coverage of pooled shares\n\n{__doc__}\nTuned on seed {TUNED}; reported here on seed {seed}, {worlds:,} "
        f"worlds a row; in brackets the Monte Carlo interval.\n\n{table(HEADER, rows)}\n\n"
        "Made by `python -m benchmarks inference_pooling`.\n"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
