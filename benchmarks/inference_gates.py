"""Gates of inference: size, coverage and power of comparisons under ``blocks="auto"``.

Worlds are articles as arrays: a day, a side, shares of four themes (bursts within articles; no text). Sides
share their weeks (two outlets of one calendar, who follow the same news: "shared"; stories are each side's own), or do
not (weeks of one outlet dealt out at random, "dealt", or one stretch behind the other, "next"). "plain t" is the
cluster-robust t by week that textbooks give, "article t" the one that takes articles as independent. A replicate without
`p` counts as not rejected; coverage is of those that have limits.

Asked: size .03 to .07 (.02 to .06 below eight weeks a side), coverage .93 to .97, power .9 of the plain t where that
one holds its size; asked of sides that share weeks, and of weeks dealt out. One stretch behind the other is reported.
"""

import os
import sys
import time

import numpy as np
from scipy import stats

from benchmarks._data import table
from syriatopics.inference.differences import difference
from syriatopics.inference.groups import note_of
from syriatopics.inference.lasting import named
from syriatopics.inference.likeness import choose
from syriatopics.inference.pooling import together
from syriatopics.inference.resampling import estimate

TUNED, SEED = (11, 12), 20270301
REPLICATES = int(os.environ.get("REPLICATES", "2000"))
THEMES, START = 4, 17532  # a Monday
BURST = 1.2

# weeks of each side, articles a week on each side, share
SIZES = {
    "2 + 2 weeks": ((2, 2), (60, 60), 0.2),
    "4 + 4 weeks": ((4, 4), (40, 40), 0.2),
    "6 + 6 weeks": ((6, 6), (30, 30), 0.2),
    "8 + 8 weeks": ((8, 8), (30, 30), 0.2),
    "8 + 8 weeks, share .02": ((8, 8), (30, 30), 0.02),
    "8 + 8 weeks, share .5": ((8, 8), (30, 30), 0.5),
    "26 + 26 weeks": ((26, 26), (12, 12), 0.1),
    "26 + 26 weeks, 20 v 600 articles": ((26, 26), (0.8, 23), 0.2),
}
WORLDS = {
    "independent": {},
    "stories": {"stories": True},
    "weeks": {"week": 0.5},
    "AR(.5)": {"week": 0.5, "ar": 0.5},
    "AR(.8)": {"week": 0.5, "ar": 0.8},
    "season": {"season": 0.5},
    "drift": {"drift": 1.0},
}


def latent(weeks, options, rng):
    """Return the level of each week and theme, in logits, mean 0."""
    sd, ar = options.get("week", 0.0), options.get("ar", 0.0)
    noise = rng.standard_normal((weeks, THEMES))
    level = np.zeros_like(noise)
    for n in range(weeks):
        level[n] = noise[n] if n == 0 else ar * level[n - 1] + np.sqrt(1 - ar**2) * noise[n]
    when = np.arange(weeks)[:, None]
    level = sd * level + options.get("season", 0.0) * np.sin(2 * np.pi * when / 52)
    return level + options.get("drift", 0.0) * (when / weeks - 0.5)


def articles(count, rng, options):
    """Return the day and the story of each article, of weeks with so many; stories run over some days."""
    total = rng.poisson(count)
    day = 7 * np.repeat(np.arange(len(count)), total) + rng.integers(0, 7, total.sum())
    if not options.get("stories"):
        return day, None
    sizes = []
    while sum(sizes) < len(day):
        sizes.append(int(min(1 + rng.pareto(1.3) * 1.5, 40)))
    story = np.repeat(np.arange(len(sizes)), sizes)[: len(day)]
    begin = rng.integers(0, 7 * len(count), len(sizes))
    return (begin[story] + rng.integers(0, 4, len(day))) % (7 * len(count)), story


def world(size, name, design, shift, rng):
    """Return values, sides and days of one world.

    Outlets that share their weeks have stories of their own. Weeks that are dealt out, or follow each
    other, are those of one outlet, whose stories run over the ends of weeks into the other side.
    """
    (w_a, w_b), (per_a, per_b), share = SIZES[size]
    options, n = WORLDS[name], w_a + w_b
    if design == "shared":
        level = latent(w_a, options, rng)
        plan = [(np.full(w_a, per), np.full(w_a, s)) for s, per in enumerate((per_a, per_b))]
    else:
        level = latent(n, options, rng)
        side = np.ones(n, dtype=int)
        side[(rng.permutation(n) if design == "dealt" else np.arange(n))[:w_a]] = 0
        plan = [(np.where(side == 0, per_a, per_b), side)]
    values, sides, days = [], [], []
    for count, side in plan:
        day, story = articles(count, rng, options)
        here = side[day // 7]
        logit = np.log(share / (1 - share)) + level[day // 7] + shift * (here == 0)[:, None]
        if story is not None:
            logit = logit + 1.5 * rng.standard_normal((story.max() + 1, THEMES))[story]
        p = 1 / (1 + np.exp(-logit))
        passages = 1 + rng.poisson(6, len(day))[:, None]
        held = rng.beta(np.maximum(BURST * p, 1e-6), np.maximum(BURST * (1 - p), 1e-6))
        values.append(rng.binomial(passages, held) / passages)
        sides.append(here)
        days.append(day)
    return np.concatenate(values), np.concatenate(sides), START + np.concatenate(days)


def levels_of(days):
    month = days.astype("datetime64[D]").astype("datetime64[M]").astype(int)
    return {"article": np.arange(len(days)), "day": days, "week": (days + 3) // 7, "month": month}


def named_blocks(unit, days):
    block = levels_of(days)[unit]
    return block if unit == "article" else named(unit, block)


def auto(values, sides, days):
    """Return unit, difference, interval of the first share, and whether there is any."""
    unit = choose(values, np.ones(len(values)), sides, levels_of(days)).unit
    block = named_blocks(unit, days)
    pair = together([estimate(values[sides == s], block=block[sides == s]) for s in (0, 1)])
    gap = difference(*pair)
    none = bool(note_of(pair[0]) or note_of(pair[1]) or gap.note)
    return unit, gap, none


def plain(values, sides, block, sizes=None):
    """Return p of the cluster-robust t that textbooks give (CR1, blocks less two), of means or of rates."""
    sizes = np.ones(len(values)) if sizes is None else sizes
    names, place = np.unique(block, return_inverse=True)
    pull = np.zeros((len(names), values.shape[1]))
    means = []
    for s, sign in ((0, 1), (1, -1)):
        mine = sides == s
        size = sizes[mine, None]
        means.append(values[mine].sum(axis=0) / size.sum())
        np.add.at(pull, place[mine], sign * (values[mine] - means[-1] * size) / size.sum())
    g, n = len(names), len(values)
    error = np.sqrt((pull**2).sum(axis=0) * g / (g - 1) * (n - 1) / (n - 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        t = (means[0] - means[1]) / error
    return np.nan_to_num(2 * stats.t.sf(np.abs(t), max(g - 2, 1)), nan=1.0)


def cell(size, name, design, shift, seed, replicates=None):
    """Return rates over the replicates of one world."""
    auto_p, week_p, article_p, none, units, lows, highs = [], [], [], 0, {}, [], []
    for number in range(replicates or REPLICATES):
        rng = np.random.default_rng([seed, number])
        values, sides, days = world(size, name, design, shift, rng)
        if min((sides == 0).sum(), (sides == 1).sum()) < 15:
            continue
        unit, gap, without = auto(values, sides, days)
        units[unit] = units.get(unit, 0) + 1
        levels = levels_of(days)
        week_p.append(plain(values, sides, levels["week"]))
        article_p.append(plain(values, sides, levels["article"]))
        none += without
        auto_p.append(np.full(THEMES, np.nan) if without else gap.p)
        if not without:
            lows.append(gap.low)
            highs.append(gap.high)
    return (
        np.array(auto_p),
        np.array(week_p),
        np.array(article_p),
        none,
        units,
        np.array(lows),
        np.array(highs),
    )


def interval_of(rate, n):
    reach = stats.binomtest(round(rate * n), n).proportion_ci(method="wilson")
    return f"{rate:.3f} ({reach.low:.3f}–{reach.high:.3f})"


def sizes_and_power(design, names, sizes=None):
    rows = []
    for name in names:
        for size in sizes or SIZES:
            start = time.time()
            seed = SEED
            p, week, article, none, units, low, high = cell(size, name, design, 0.0, seed)
            n = len(p)
            size_ = float((np.nan_to_num(p, nan=1.0) < 0.05).mean())
            held = float(((low <= 0) & (high >= 0)).mean()) if len(low) else float("nan")
            shift = SHIFT[size]
            q, week_q, *_ = cell(size, name, design, shift, seed + 1000, REPLICATES // 5)
            power = float((np.nan_to_num(q, nan=1.0) < 0.05).mean())
            took = ", ".join(
                f"{u} {c / n:.0%}" for u, c in sorted(units.items(), key=lambda x: -x[1])
            )
            rows.append((name, size, interval_of(size_, n), f"{(week < 0.05).mean():.3f}",
                         f"{(article < 0.05).mean():.3f}", f"{held:.3f}", f"{power:.2f}",
                         f"{(week_q < 0.05).mean():.2f}", f"{none / n:.0%}", took))  # fmt: skip
            print(*rows[-1], f"{time.time() - start:.0f}s", sep=" | ", flush=True)
    return table(("world", "design", "size", "plain t", "article t", "coverage of 0", "power", "plain t, power",
                  "no p", "took"), rows)  # fmt: skip


SHIFT = {
    "2 + 2 weeks": 0.8, "4 + 4 weeks": 0.7, "6 + 6 weeks": 0.6, "8 + 8 weeks": 0.6,
    "8 + 8 weeks, share .02": 1.3, "8 + 8 weeks, share .5": 0.5, "26 + 26 weeks": 0.5,
    "26 + 26 weeks, 20 v 600 articles": 1.0,
}  # fmt: skip


FEW = (
    "2 + 2 weeks",
    "4 + 4 weeks",
    "6 + 6 weeks",
    "8 + 8 weeks",
    "26 + 26 weeks",
    "26 + 26 weeks, 20 v 600 articles",
)


def page(title, about, parts, seed=SEED):
    """Return a page of several tables: a heading, and what makes it."""
    said = "\n\n".join(f"## {heading}\n\n{make()}" for heading, make in parts)
    return (
        f"# {title}\n\n{about.strip()}\n\nTuned on seeds {TUNED[0]} and {TUNED[1]}, reported on seed {seed}, looked at once; "
        f"{REPLICATES:,} replicates a row, Monte Carlo intervals in brackets, power from a fifth.\n\n{said}\n"
    )


def main():
    def of(design):
        return lambda: (
            sizes_and_power(design, ["independent"])
            + "\n\n"
            + sizes_and_power(design, ["stories", "weeks"], FEW)
        )

    parts = [
        ("Sides that share their weeks", of("shared")),
        ("Sides that share no weeks: weeks of one outlet dealt out", of("dealt")),
    ]
    return page("Gates of inference", __doc__, parts)


if __name__ == "__main__":
    what, names, replicates, sizes, *_ = [*sys.argv[1:], *[""] * 4]
    REPLICATES = int(replicates or REPLICATES)
    print(sizes_and_power(what, names.split(","), sizes.split(";") if sizes else None))
