"""Coverage of corrected shares: does a biased method, put right by coded passages, tell the truth?

Planted corpora of two outlets (200 articles each, 3 to 8 passages, alike within an article) whose shares are
known. A method scores every passage with an accuracy of .80 in both outlets, and errs unlike: in "a" it
misses the theme, in "b" it sees it where it is not; errors, too, are alike within an article. Some passages
of each outlet are drawn and coded without error. Asked: intervals hold the planted share, and the planted
difference of the two outlets, in 95 %. Naive: what the method says alone. "Codes alone" leaves the scores out.
Needs no corpora.
"""

import numpy as np

from benchmarks._data import table
from benchmarks._worlds import rate
from syriatopics.inference.differences import difference as naive_difference
from syriatopics.inference.intervals import interval
from syriatopics.inference.resampling import article_means, estimate
from syriatopics.trends.worlds import World, draw
from syriatopics.validation.cells import MIN_CODED
from syriatopics.validation.rectify import difference, rectified_interval, rectify

REPLICATES = 2000
# Sensitivity of the method in "a" and "b"; what it takes for an accuracy of .80 is its specificity.
SENSITIVITY = {
    0.02: (0.5, 0.9),
    0.05: (0.5, 0.9),
    0.1: (0.5, 0.9),
    0.3: (0.6, 0.95),
    0.4: (0.6, 0.95),
}
ACCURACY, ALIKE = 0.8, 0.3
CODED = (15, 30, 60, 120, 240)


def outlet(planted, sensitivity, n_coded, design, rng, accuracy=ACCURACY):
    """Return scores, codes, chances, articles and stories of one outlet."""
    drawn = draw(planted, rng)
    share = planted.themes["theme"]
    specificity = (accuracy - share * sensitivity) / (1 - share)
    article = np.repeat(np.arange(len(drawn.day)), drawn.n_passages)
    # Which passages of an article hold the theme is of no matter: the first ones.
    place = np.arange(len(article)) - np.repeat(
        np.cumsum(drawn.n_passages) - drawn.n_passages, drawn.n_passages
    )
    truth = (place < drawn.counts[article, 0]).astype(float)
    shared = rng.random(len(article)) < np.sqrt(ALIKE)
    number = np.where(shared, rng.random(len(drawn.day))[article], rng.random(len(article)))
    scores = np.where(truth > 0, number < sensitivity, number >= specificity).astype(float)
    chance = np.full(len(truth), n_coded / len(truth))
    if design == "uneven":
        size = np.where(scores > 0, 3.0, 1.0)
        chance = n_coded * size / size.sum()
    order = rng.permutation(len(truth))
    steps = np.searchsorted(np.cumsum(chance[order]), rng.random() + np.arange(n_coded)).clip(
        max=len(order) - 1
    )
    codes = np.full((len(truth), 1), np.nan)
    codes[order[steps], 0] = truth[order[steps]]
    return scores[:, None], codes, chance, article, drawn.story[article], truth


def worlds(share, gap, stories):
    likeness = {} if stories else {"story_size": 1.0, "likeness": 0.0}
    return [
        World(themes={"theme": s}, n_articles=200, passages=(3, 8), **likeness)
        for s in (share, share + gap)
    ]


class Tally:
    """Counts how often intervals hold, and how wide they are."""

    def __init__(self):
        self.hits, self.n, self.width, self.right = {}, 0, {}, []

    def add(self, name, low, high, truth):
        """Count an interval."""
        self.hits[name] = self.hits.get(name, 0) + bool(low <= truth <= high)
        self.width[name] = self.width.get(name, 0.0) + float(high - low)

    def rate(self, name):
        """Return how often intervals held."""
        return rate(self.hits[name], self.n)


def replicate(tally, share, gap, n_coded, design, stories, rng, accuracy=ACCURACY):
    found = []
    for k, planted in enumerate(worlds(share, gap, stories)):
        sensitivity = SENSITIVITY[share][k] if accuracy == ACCURACY else accuracy
        scores, codes, chance, article, story, truth = outlet(
            planted, sensitivity, n_coded, design, rng, accuracy
        )
        # Articles and stories of one outlet are none of the other's.
        article, story = article + 10_000 * k, story + 10_000 * k
        block = story if stories else article
        means, names = article_means(scores, article)
        naive = estimate(means, block=block[np.searchsorted(article, names)])
        found.append((naive, rectify(scores, codes, chance, article, block),
                      rectify(scores, codes, chance, article, block, power=0.0)))  # fmt: skip
        tally.right.append((scores[:, 0] == truth).mean())
    for (naive, one, alone), level in zip(found, (share, share + gap), strict=True):
        low, high = interval(naive)
        tally.add("naive", low[0], high[0], level)
        for name, r in (("share", one), ("alone", alone)):
            low, high = rectified_interval(r)
            tally.add(name, low[0], high[0], level)
    tally.n += 1
    a, b = found
    naive = naive_difference(b[0], a[0])
    tally.add("naive gap", naive.low[0], naive.high[0], gap)
    _, low, high, p = difference(b[1], a[1])
    tally.add("gap", low[0], high[0], gap)
    tally.hits["found"] = tally.hits.get("found", 0) + bool(p[0] < 0.05)


def cell(share, n_coded, *, gap=0.0, design="random", stories=False, accuracy=ACCURACY):
    tally = Tally()
    for seed in range(REPLICATES):
        replicate(
            tally,
            share,
            gap,
            n_coded,
            design,
            stories,
            np.random.default_rng([seed, int(share * 100), n_coded]),
            accuracy,
        )
    pairs = ("share", "naive", "alone")
    two = {name: rate(tally.hits[name], 2 * tally.n) for name in pairs}
    width = {name: f"{tally.width[name] / (2 * tally.n):.3f}" for name in pairs}
    row = (f"{share:.2f}", f"{gap:+.2f}", n_coded, f"{np.mean(tally.right):.3f}", two["share"], two["naive"],
           two["alone"], width["share"], width["alone"], tally.rate("gap"), tally.rate("naive gap"),
           f"{tally.hits['found'] / tally.n:.3f}")  # fmt: skip
    print(row, flush=True)
    return row


CODERS = (0.85, 0.97)  # sensitivity and specificity of those who read
TWICE, ERRING = 0.25, 1000


def erring(share, n_coded, seed=20261130):
    """Return how often limits hold where those who read err too, without and with what they differ in."""
    hits = np.zeros(2)
    for number in range(ERRING):
        rng = np.random.default_rng([seed, number, n_coded])
        (planted, _) = worlds(share, 0.0, False)
        scores, codes, chance, article, _, _ = outlet(
            planted, SENSITIVITY[share][0], n_coded, "random", rng
        )
        read = np.flatnonzero(~np.isnan(codes[:, 0]))
        right = np.where(codes[read, 0] > 0, *(np.full(len(read), part) for part in CODERS))
        first, second = (np.abs(codes[read, 0] - (rng.random(len(read)) > right)) for _ in range(2))
        twice = rng.random(len(read)) < TWICE
        codes[read, 0] = np.where(twice, (first + second) / 2, first)
        doubt = (first != second)[twice].mean() / 2 if twice.any() else 0.0
        low, high = rectified_interval(rectify(scores, codes, chance, article))
        for k, more in enumerate((0.0, doubt)):
            hits[k] += bool(max(low[0] - more, 0.0) <= share <= min(high[0] + more, 1.0))
    row = (f"{share:.2f}", n_coded, *(rate(hit, ERRING) for hit in hits))
    print(row, flush=True)
    return row


HEADER = ("share in a", "b − a", "coded each", "accuracy", "corrected share", "naive share", "codes alone",
          "width", "… codes alone", "corrected difference", "naive difference", "p < .05")  # fmt: skip


def main():
    sizes = [cell(share, n) for share in (0.05, 0.1, 0.3) for n in CODED]
    sizes += [cell(0.3, n, gap=0.1) for n in (60, 240)]
    others = [
        ("three times the chance where the method sees the theme", cell(0.1, 60, design="uneven")),
        ("the same, 240 coded", cell(0.1, 240, design="uneven")),
        ("articles in stories, story as block", cell(0.3, 60, stories=True)),
        ("the same, 240 coded", cell(0.3, 240, stories=True)),
        ("a method that is right in .97", cell(0.3, 60, accuracy=0.97)),
    ]
    return "\n\n".join([
        "# Coverage of corrected shares", "`python -m benchmarks validation_correction`", __doc__.strip(),
        f"{REPLICATES:,} replicates a row; in brackets the Monte Carlo interval. Shares pool the two outlets. "
        "`p < .05`: how often the corrected difference is called significant, 5 % asked where none is planted.",
        "## By number of coded passages", table(HEADER, sizes),
        "## Other draws, stories, a good method",
        table(("case", *HEADER), [(name, *row) for name, row in others]),
        "## Those who read err too",
        f"Sensitivity {CODERS[0]}, specificity {CODERS[1]}, and a quarter of the passages coded twice; "
        f"{ERRING:,} replicates of outlet a, seed 20261130. Limits allow for half of what coders differ in; "
        "without it codes are taken as true.",
        table(("share", "coded", "codes taken as true", "with what coders differ in"),
              [erring(share, n) for share in (0.02, 0.1, 0.3) for n in (120, 240)]),
        f"**The floor.** The interval holds its level from 15 coded passages on; what speaks for more is its "
        f"width. Below {MIN_CODED} coded passages of 15 articles none is given: it would be wider than .3 for a "
        "theme of three passages in ten. Wilson's form and one article added to those in which something was seen "
        "keep the level where a theme is rare or the method hardly ever errs; there the interval is too wide "
        "rather than too narrow.",
    ]) + "\n"  # fmt: skip
