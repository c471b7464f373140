"""Gates of what stands on differences: words, regressions and claim cards, under ``blocks="auto"``.

Worlds are those of ``inference_gates``, with words instead of themes where words are asked. Keyness: in how many worlds
without a difference any word is found at q < .05 (nominal .05), and which part of planted words (2.5 times as
frequent on one side) is found where they are planted; "plain t" is that of ``inference_gates``, of rates by week, with
the same correction of q. In stories 2.5 times is little: single stories make a word as much more frequent. Effects: p < .05 of differences and of slope differences between
two outlets. Claim cards: what coverage the card itself reports, and how often "no difference" is claimed where the
difference is the margin (nominal .05 at most) and where there is none.
"""

import os
import sys

import numpy as np
from scipy import sparse

from benchmarks._data import table
from benchmarks.inference_gates import (
    SIZES,
    START,
    WORLDS,
    articles,
    interval_of,
    latent,
    levels_of,
    named_blocks,
    page,
    plain,
    world,
)
from syriatopics.framing.keyness.compare import judged
from syriatopics.framing.keyness.odds import Odds
from syriatopics.framing.keyness.units import units_of
from syriatopics.inference.contrasts import adjusted
from syriatopics.inference.differences import difference
from syriatopics.inference.floors import MIN_FREEDOM, MIN_HOLDING
from syriatopics.inference.likeness import choose
from syriatopics.inference.regression import fit_draws, lasts_of
from syriatopics.trends.worlds import World, draw
from syriatopics.validation.claims.claim import Claim
from syriatopics.validation.claims.coverage import _sides, coverage_at_size

# The worlds of seed 20270301 were looked at before words and regressions allowed for what runs on.
SEED = 20270401
# Words again, once words of up to sixty blocks a side were held against other partings (tuned on 18090001).
SEED_WORDS = 20270501
REPLICATES = int(os.environ.get("REPLICATES", "2000"))
WORDS, PLANTED, TIMES = 300, 10, 2.5


def words(size, name, design, planted, rng):
    """Return counts of words of articles, with sides and days; `planted` words are more frequent on one side."""
    (w_a, w_b), (per_a, per_b), _ = SIZES[size]
    options, n = WORLDS[name], w_a + w_b
    weeks = w_a if design == "shared" else n
    side_of = np.arange(weeks) >= w_a
    if design == "dealt":
        side_of = rng.permutation(side_of)
    level = np.repeat(latent(weeks, options, rng), WORDS // 4, axis=1)[:, :WORDS]
    base = np.log(1 / (3 + np.arange(WORDS)))
    counts, sides, days = [], [], []
    for s, per in ((0, per_a), (1, per_b)):
        each = np.full(weeks, per) if design == "shared" else np.where(side_of == s, per, 0)
        day, story = articles(each, rng, options)
        if design != "shared":
            kept = side_of[day // 7] == s  # stories that run over into the other side
            day, story = day[kept], story if story is None else story[kept]
        log = base + 0.5 * level[day // 7] + 0.4 * rng.standard_normal((len(day), WORDS))
        if story is not None:
            log = log + 1.0 * rng.standard_normal((story.max() + 1, WORDS))[story]
        if s == 0 and planted:
            log[:, 20 : 20 + PLANTED] += np.log(TIMES)
        rate = np.exp(log)
        rate *= rng.integers(80, 250, len(day))[:, None] / rate.sum(axis=1)[:, None]
        counts.append(rng.poisson(rate))
        sides.append(np.full(len(day), s))
        days.append(day)
    return (
        sparse.csr_matrix(np.concatenate(counts)),
        np.concatenate(sides),
        START + np.concatenate(days),
    )


def found_words(counts, sides, days, seed):
    """Return the unit, q of every word, and whether anything was tested."""
    lengths = np.asarray(counts.sum(axis=1), dtype=float).ravel()
    pooled = np.asarray(counts.sum(axis=0), dtype=float).ravel()
    heavy = np.argsort(-pooled, kind="stable")[:200]
    unit = choose(
        np.asarray(counts[:, heavy].todense(), float), lengths, sides, levels_of(days)
    ).unit
    kept = np.flatnonzero(pooled >= 3)
    units = units_of(counts, named_blocks(unit, days), sides == 0, sides == 1, kept)
    odds = Odds(units, 500 * pooled[kept] / pooled.sum(), 500.0)
    # Partings are gone through only where something was found: they can but take it away.
    if not (adjusted(odds.observed().p[0], "bh") < 0.05).any():
        return unit, np.ones(len(pooled)), units.rows.least_p <= 0.05
    _, q, tested, _ = judged(odds, units, seed)
    whole = np.ones(len(pooled))
    if tested:
        whole[kept] = np.nan_to_num(q, nan=1.0)
    return unit, whole, tested


def plain_words(counts, sides, days):
    """Return q of every word by the plain t of rates by week."""
    dense = np.asarray(counts.todense(), dtype=float)
    p = plain(dense, sides, levels_of(days)["week"], dense.sum(axis=1))
    return np.nan_to_num(adjusted(np.where(dense.sum(axis=0) >= 3, p, np.nan), "bh"), nan=1.0)


def keyness_rows(specs, replicates=None):
    rows, n = [], replicates or REPLICATES
    for spec in specs:
        design, name, size = spec
        any_, false, power, none, units, week_any, week_power = 0, 0, [], 0, {}, 0, []
        for number in range(n):
            drawn = words(size, name, design, False, np.random.default_rng([SEED_WORDS, 3, number]))
            unit, q, tested = found_words(*drawn, number)
            any_, false = any_ + (q < 0.05).any(), false + (q < 0.05).sum()
            week_any += (plain_words(*drawn) < 0.05).any()
            none += not tested
            units[unit] = units.get(unit, 0) + 1
            if number < n // 5:
                drawn = words(
                    size, name, design, True, np.random.default_rng([SEED_WORDS, 4, number])
                )
                there = slice(20, 20 + PLANTED)
                power.append((found_words(*drawn, number)[1][there] < 0.05).mean())
                week_power.append((plain_words(*drawn)[there] < 0.05).mean())
        rows.append((name, design, size, interval_of(any_ / n, n), f"{false / n:.2f}", f"{week_any / n:.3f}",
                     f"{np.mean(power):.2f}", f"{np.mean(week_power):.2f}", f"{none / n:.0%}", took(units, n)))  # fmt: skip
        print(*rows[-1], sep=" | ", flush=True)
    return table(("world", "design", "size", "worlds with a false word", "false words a world", "plain t, false word",
                  "planted words found", "plain t, found", "no test", "took"), rows)  # fmt: skip


def took(units, n):
    return ", ".join(f"{u} {c / n:.0%}" for u, c in sorted(units.items(), key=lambda x: -x[1]))


def regressed(values, sides, days):
    """Return p of the difference and of the difference of slopes, NaN where there is none."""
    unit = choose(values, np.ones(len(values)), sides, levels_of(days)).unit
    time = (days - days.mean()) / 365.25
    side = (sides == 0).astype(float)
    design = np.column_stack([np.ones(len(time)), side, time, side * time])
    fit = fit_draws(design, values[None], [named_blocks(unit, days)])
    held = np.min(
        [np.minimum((values[sides == s] > 0).sum(axis=0), (values[sides == s] < 1).sum(axis=0)) for s in (0, 1)],
        axis=0,
    )  # fmt: skip
    found = []
    lasts = lasts_of(values - design @ fit.beta, sides, [named_blocks(unit, days)], (0, 1))
    for column in (1, 3):
        one = fit.combine(np.eye(4)[column], lasts=lasts)
        known = (held >= MIN_HOLDING) & (one.freedom >= MIN_FREEDOM)
        found.append(np.where(known, one.p, np.nan))
    return unit, *found


def effects_rows(specs, replicates=None):
    rows, n = [], replicates or REPLICATES
    for design, name, size in specs:
        gaps, slopes, units = [], [], {}
        for number in range(n):
            rng = np.random.default_rng([SEED, 5, number])
            values, sides, days = world(size, name, design, 0.0, rng)
            if min((sides == 0).sum(), (sides == 1).sum()) < 15:
                continue
            unit, gap, slope = regressed(values, sides, days)
            units[unit] = units.get(unit, 0) + 1
            gaps.append(gap)
            slopes.append(slope)
        said = []
        for p in (np.array(gaps), np.array(slopes)):
            said += [
                interval_of((np.nan_to_num(p, nan=1.0) < 0.05).mean(), len(p)),
                f"{np.isnan(p).mean():.0%}",
            ]
        rows.append((name, design, size, *said, took(units, len(gaps))))
        print(*rows[-1], sep=" | ", flush=True)
    return table(
        ("world", "design", "size", "difference", "no p", "slope difference", "no p", "took"), rows
    )


def claim_rows(sizes=(60, 150, 400), margin=0.08, replicates=None):
    rows, n = [], replicates or REPLICATES
    claim = Claim(id="gate", theme="theme", a="a", b="b", smallest=margin)
    for stories in (1.0, 4.0):
        for size in sizes:
            one = World(themes={"theme": 0.25}, outlets={"a": 1.0, "b": 1.0}, n_articles=2 * size,
                        contrasts={"a": {"theme": margin}}, story_size=stories)  # fmt: skip
            card = coverage_at_size(claim, one, n_replicates=n, random_state=SEED)
            same = []
            for planted in (margin, 0.0):
                here = World(themes={"theme": 0.25}, outlets={"a": 1.0, "b": 1.0}, n_articles=2 * size,
                             contrasts={"a": {"theme": planted}}, story_size=stories)  # fmt: skip
                said = 0
                for number in range(n):
                    drawn = draw(here, np.random.default_rng([SEED, 6, number]))
                    gap = difference(*_sides(claim, here, drawn), level=0.9)
                    said += bool(gap.low[0] > -margin and gap.high[0] < margin)
                same.append(said / n)
            rows.append((f"stories of {stories:.0f}", size, interval_of(card["detected"][1], n),
                         f"{card['coverage'][0]:.3f}", f"{card['coverage'][1]:.3f}", f"{card['detected'][0]:.2f}",
                         interval_of(same[0], n), f"{same[1]:.2f}"))  # fmt: skip
            print(*rows[-1], sep=" | ", flush=True)
    return table(("articles in", "a side", "size", "coverage", "coverage of 0", f"power at {margin}",
                  "called equal at the margin", "called equal at 0"), rows)  # fmt: skip


KEYNESS = [
    (design, name, "8 + 8 weeks")
    for design in ("dealt", "shared")
    for name in ("independent", "stories", "weeks")
] + [(design, "stories", "26 + 26 weeks") for design in ("dealt", "shared")]
EFFECTS = [
    ("shared", "independent", "8 + 8 weeks"), ("shared", "independent", "26 + 26 weeks, 20 v 600 articles"),
    ("shared", "stories", "26 + 26 weeks"), ("shared", "weeks", "26 + 26 weeks"),
    ("shared", "weeks", "26 + 26 weeks, 20 v 600 articles"), ("dealt", "weeks", "26 + 26 weeks"),
]  # fmt: skip


def main():
    parts = [
        (
            "Words",
            lambda: (
                f"Seed {SEED_WORDS}; before words of up to sixty blocks a side were held against other partings, "
                f"the last two rows had .147 and .128.\n\n{keyness_rows(KEYNESS, REPLICATES // 5)}"
            ),
        ),
        ("Regressions", lambda: effects_rows(EFFECTS)),
        ("Claim cards", lambda: claim_rows()),
    ]
    return page("Gates of what stands on differences", __doc__, parts, SEED)


if __name__ == "__main__":
    what, specs, replicates, *_ = [*sys.argv[1:], *[""] * 3]
    REPLICATES = int(replicates or REPLICATES)
    wanted = [tuple(spec.split("/")) for spec in specs.split(";") if spec]
    print(
        {"keyness": keyness_rows, "effects": effects_rows}[what](wanted) if wanted else claim_rows()
    )
