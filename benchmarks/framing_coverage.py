"""Coverage: how often an interval that says 95 % holds the truth, on planted corpora.

A corpus is planted in shares: articles have 1 to some 20 passages; a theme comes in bursts (most articles
have none of it, some are full of it), and in the second part articles tell stories that share their level,
a block being a story. The truth is known. Four intervals: "score" is the one in use; percentile, t and
bootstrap-t resample or approximate the mean. Needs no corpora.
"""

import numpy as np

from benchmarks._data import table
from benchmarks._intervals import METHODS
from syriatopics.inference.differences import difference
from syriatopics.inference.floors import MIN_ARTICLES
from syriatopics.inference.intervals import interval
from syriatopics.inference.resampling import estimate

REPLICATES, RESAMPLES = 2000, 300
SHARES, ARTICLES, STORIES = (0.02, 0.05, 0.1, 0.3, 0.5), (8, 15, 30, 60), (15, 30, 60)
BURST = 1.2  # sum of the beta's parameters: small is bursty


def bursts(share, shape, rng):
    passages = 1 + rng.poisson(6, shape)
    return rng.binomial(passages, rng.beta(share * BURST, (1 - share) * BURST, shape)) / passages


def stories(share, n, rng):
    """Return shares of articles and their stories: articles of a story share its level."""
    sizes = 1 + rng.poisson(1, n)
    block = np.repeat(np.arange(n), sizes)
    level = np.clip(rng.beta(share, 1 - share, n), 1e-6, 1 - 1e-6)[block]
    passages = 1 + rng.poisson(6, len(block))
    own = rng.beta(np.maximum(1.5 * level, 1e-6), np.maximum(1.5 * (1 - level), 1e-6))
    return rng.binomial(passages, own) / passages, block


def covered(found, share, seed):
    for method in METHODS:
        low, high = METHODS[method](found, RESAMPLES, seed)
        yield method, bool(low[0] <= share <= high[0])


def rate(hits, n=REPLICATES):
    """Return a rate with its Monte Carlo interval (Wilson)."""
    p, z = hits / n, 1.96
    middle = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    reach = z / (1 + z**2 / n) * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    sign = "" if middle - reach <= 0.95 <= middle + reach else ("▲" if p > 0.95 else "▼")
    return f"{p:.1%}{sign}"


def main():
    rng = np.random.default_rng(0)
    by_article, by_story, gaps = [], [], []
    for share in SHARES:
        for n in ARTICLES:
            hits = dict.fromkeys(METHODS, 0)
            for seed in range(REPLICATES):
                for method, hit in covered(estimate(bursts(share, n, rng)[:, None]), share, seed):
                    hits[method] += hit
            by_article.append((f"{share:.0%}", n, *(rate(hits[m]) for m in METHODS)))
        for n in STORIES:
            hits = dict.fromkeys([*METHODS, "score, by article"], 0)
            for seed in range(REPLICATES):
                values, block = stories(share, n, rng)
                for method, hit in covered(estimate(values[:, None], block=block), share, seed):
                    hits[method] += hit
                low, high = interval(estimate(values[:, None]))
                hits["score, by article"] += bool(low[0] <= share <= high[0])
            by_story.append((f"{share:.0%}", n, *(rate(h) for h in hits.values())))
    for a, b in ((0.05, 0.05), (0.1, 0.1), (0.3, 0.3), (0.05, 0.15), (0.1, 0.4)):
        for n in (15, 30, 60):
            one, two = bursts(a, (n, REPLICATES), rng), bursts(b, (n, REPLICATES), rng)
            gap = difference(
                estimate(one, block=np.arange(n)), estimate(two, block=np.arange(n, 2 * n))
            )
            hits = int(((gap.low <= a - b) & (a - b <= gap.high)).sum())
            rejected = f"{(gap.p < 0.05).mean():.1%}"
            gaps.append((f"{a:.0%} − {b:.0%}", n, rate(hits), rejected))
    return "\n\n".join([
        "# Coverage of intervals", "`python -m benchmarks framing_coverage`", __doc__.strip(),
        f"{REPLICATES:,} replicates a cell; ▼ and ▲: the Monte Carlo interval of the coverage leaves out 95 % "
        "below or above.",
        "## Bursts, by article", table(("share", "articles", *METHODS), by_article),
        "## Stories, by story", table(("share", "stories", *METHODS, "score, by article"), by_story),
        "## Differences of two shares (score intervals put together)",
        table(("shares", "articles each", "coverage", "p < .05"), gaps),
        f"**The floor.** Cells below {MIN_ARTICLES} articles get no interval. The score interval holds its level "
        "below that too, but is too wide to say anything; the others miss it by far where a theme is rare.",
    ]) + "\n"  # fmt: skip
