"""A language model whose errors differ by outlet and month: are the numbers put right?

Worlds: 400 articles of two outlets in a year, in stories and bursts (``trends.worlds``), two themes, one of which
is more frequent in "b" and rises on a day in July ("step") or all year long ("slope"). A model labels every passage;
for each outlet and month its sensitivity is drawn from .7 to .9 and its specificity from .9 to .98, and its errors
are alike within an article. 150 or 300 passages, half of them of each outlet, are coded without error. Asked: 95 %
intervals hold what was planted in .93 to .97; "naive" is the same on the model's labels. "Planner": `plan_codings`
is asked after 150 codings what an interval of .17 ("aid") or .14 ("deal") takes, some four fifths of the usual
width; so many of each outlet are drawn anew, and the width that comes out is divided by the one wished for. For a
given number of codings that width itself scatters by about a tenth: no plan can be nearer.

Shares, contrasts and balances come from the estimators themselves, with stories as blocks; trends, event tests and
regressions from the functions that a user calls, with blocks "auto", on the scores of articles that `outcomes()` gives.

FIGNEWS: posts on a war in five languages with the labels of one coder (the published table of several coders'
labels is empty, so that no coder can be held against another). Its "propaganda" is taken as true; the methods are
the same coder's "biased", and a classifier of words that learnt from other batches. Worlds are posts drawn with
replacement; 150 or 300 of them are coded. What holds in all posts is the truth.

Tried out on seeds 11 and 41; reported is seed 20270301.
"""

import os
from pathlib import Path

import numpy as np
import pandas as pd

import syriatopics as st
from benchmarks._data import table
from benchmarks._fignews import fignews_part
from benchmarks._labels import CODED, EVENT, codings_of, limits, passages_of, row, scores_of
from benchmarks._worlds import rate
from syriatopics.corpus import Passages
from syriatopics.inference import ArticleScores
from syriatopics.inference.differences import difference as naive_difference
from syriatopics.inference.intervals import interval
from syriatopics.inference.resampling import article_means, estimate
from syriatopics.trends.worlds import Slope, Step, World, draw
from syriatopics.validation.rectify import difference, rectified_interval, rectify

TUNED, SEED = 41, 20270301
WORLDS = int(os.environ.get("WORLDS", "1000"))
THEMES = ("aid", "deal")
WISHED = {"aid": 0.17, "deal": 0.14}  # four fifths of what 150 codings give on average
ALIKE = 0.3
YEAR = {"themes": {"aid": 0.2, "deal": 0.12}, "outlets": {"a": 1.0, "b": 1.0}, "n_articles": 400,
        "contrasts": {"b": {"aid": 0.08}}}  # fmt: skip
KINDS = {
    "level": World(**YEAR),
    "step": World(**YEAR, effects=[Step("aid", EVENT, 0.1)]),
    "slope": World(**YEAR, effects=[Slope("aid", 0.1), Slope("aid", 0.1, "b")]),
}


def said(truth, article, cell, rng):
    """Return what the model says: its errors hang on outlet and month, and are alike in an article."""
    n, k = truth.shape
    sensitivity, specificity = rng.uniform(0.7, 0.9, (24, k)), rng.uniform(0.9, 0.98, (24, k))
    shared = rng.random((n, k)) < np.sqrt(ALIKE)
    number = np.where(shared, rng.random((article.max() + 1, k))[article], rng.random((n, k)))
    return np.where(truth, number < sensitivity[cell], number >= specificity[cell]).astype(float)


def world(kind, rng):
    """Return passages, what is true of them, and what was planted in their articles."""
    planted = KINDS[kind]
    drawn = draw(planted, rng)
    article = np.repeat(np.arange(len(drawn.day)), drawn.n_passages)
    ends = np.cumsum(drawn.n_passages)
    place = np.arange(len(article)) - np.repeat(ends - drawn.n_passages, drawn.n_passages)
    edges = np.column_stack([np.zeros(len(drawn.day), int), np.cumsum(drawn.counts, axis=1)])[
        article
    ]
    truth = np.column_stack([(place >= edges[:, k]) & (place < edges[:, k + 1]) for k in range(2)])
    day = np.datetime64("1970-01-01") + (planted.first + drawn.day)
    passages = passages_of(article, np.array(["a", "b"])[drawn.outlet][article], day[article])
    passages.table["story"] = drawn.story[article]
    month = passages.table["date"].dt.month.to_numpy() - 1
    return passages, truth, drawn.share[article], drawn.outlet[article] * 12 + month, article


def corrected(passages, truth, values, article, outlet, n, rng):
    """Return the scores of articles: what `outcomes()` gives, corrected by outlet; of 0 codings, the labels alone."""
    first = np.flatnonzero(np.diff(article, prepend=-1))
    size = np.bincount(article)
    found = article_means(values, article)[0]
    for k in range(2) if n else ():
        here = np.flatnonzero(outlet == k)
        read = rng.permutation(len(here))[: n // 2]
        codes = np.full((len(here), 2), np.nan)
        codes[read] = truth[here][read]
        put = rectify(values[here], codes, np.full(len(here), n / 2 / len(here)), article[here])
        found[put.articles] = put.outcome
    frame = passages.table.iloc[first].drop(columns="text").reset_index(drop=True)
    frame = frame.assign(n_passages=size)
    index = pd.Index(frame["passage_id"])
    return ArticleScores(
        table=pd.DataFrame(found * size[:, None], index=index, columns=list(THEMES)),
        passages=Passages(frame), n_scored=size.astype(np.int64),
    )  # fmt: skip


def step_rows(share, article, right, alone):
    """Return trends and event tests of a world with a step: of corrected scores, and of the labels alone."""
    first = np.flatnonzero(np.diff(article, prepend=-1))
    quarter = alone.passages.table["date"].dt.to_period("Q").astype(str)
    planted = pd.DataFrame(share[first], columns=list(THEMES)).groupby(quarter.to_numpy()).mean()
    trends = [st.trend(one, "Q").table.set_index(["period", "theme"]) for one in (*right, alone)]
    tests = [st.event_test(one, EVENT).table.set_index("theme") for one in (*right, alone)]
    for found, test in zip(trends[:-1], tests[:-1], strict=True):
        yield [
            row("trend by quarter", at[1], limits(r), planted.loc[at], limits(trends[-1].loc[at]))
            for at, r in found.iterrows()
        ] + [
            row("event test", theme, limits(r), 0.1 * (theme == "aid"), limits(tests[-1].loc[theme]), r["p"])
            for theme, r in test.iterrows()
        ]  # fmt: skip


def slope_rows(share, article, right, alone):
    """Return the regression on outlet and time of a world with slopes."""
    *found, naive = (st.inference.effects(one).table.to_dict("records") for one in (*right, alone))
    for rows in found:
        yield [
            row(f"regression, {r['kind']}", f"{r['a']} {r['theme']}", limits(r), _slope(r), limits(n), r["p"])
            for r, n in zip(rows, naive, strict=True)
            if r["kind"] in ("slope", "slope difference")
        ]  # fmt: skip


def _slope(r):
    sides = [0.1 + 0.1 * (one == "b") if one else 0.0 for one in (r["a"], r["b"])]
    return (sides[0] - sides[1]) if r["theme"] == "aid" else 0.0


def planner_rows(passages, truth, scores, rng):
    """Return the width that comes out beside the one that was planned for, for each outlet and theme."""
    first = codings_of(passages, truth, THEMES, 150, rng, period=None)
    rows = []
    for theme in THEMES:
        wished = WISHED[theme]
        plan = st.plan_codings(scores, wished, codings=first).table
        needed = plan[plan["theme"] == theme].set_index("outlet")["n_needed"].dropna().astype(int)
        again = codings_of(passages, truth, THEMES, needed.to_dict(), rng) if len(needed) else first
        came = st.corrected_shares(scores, again).table.set_index(["outlet", "theme"])
        for outlet in "ab":
            told = {"truth": np.nan, "p": np.nan}
            if outlet in needed:
                r = came.loc[(outlet, theme)]
                told = {"truth": needed[outlet], "p": (r["high"] - r["low"]) / wished}
            rows.append({"kind": "planner", "name": f"{outlet} {theme}", **told})
    return rows


def articles_part(seed, start, stop):
    """Return trends, event tests and regressions: the functions that a user calls, on corrected scores."""
    rows = []
    for number in range(start, stop):
        for kind, measured in (("step", step_rows), ("slope", slope_rows)):
            rng = np.random.default_rng([seed, number, list(KINDS).index(kind)])
            passages, truth, share, cell, article = world(kind, rng)
            values = said(truth, article, cell, rng)
            alone, *right = (
                corrected(passages, truth, values, article, cell // 12, n, rng) for n in (0, *CODED)
            )
            for n, found in zip(CODED, measured(share, article, right, alone), strict=True):
                rows += [{"of": kind, "coded": n, "world": number, **r} for r in found]
    return pd.DataFrame(rows)


def planner_part(seed, start, stop):
    rows = []
    for number in range(start, stop):
        rng = np.random.default_rng([seed, number, 7])
        passages, truth, _, cell, article = world("level", rng)
        scores = scores_of(passages, said(truth, article, cell, rng), THEMES)
        rows += [
            {"of": "level", "coded": 0, "world": number, **r}
            for r in planner_rows(passages, truth, scores, rng)
        ]
    return pd.DataFrame(rows)


def arrays_part(seed, start, stop):
    """Return shares, contrasts and balances from the estimators themselves, stories as blocks."""
    rows = []
    for number in range(start, stop):
        rng = np.random.default_rng([seed, number, 8])
        passages, truth, share, cell, article = world("level", rng)
        story = passages.table["story"].to_numpy()
        values = said(truth, article, cell, rng)
        for n in CODED:
            rows += [
                {"of": "level", "coded": n, "world": number, **r}
                for r in array_rows(truth, share, values, article, story, cell // 12, n, rng)
            ]
    return pd.DataFrame(rows)


def array_rows(truth, share, values, article, story, outlet, n, rng):
    rows, sides = [], []
    for k in range(2):
        here = np.flatnonzero(outlet == k)
        read = rng.permutation(len(here))[: n // 2]
        codes = np.full((len(here), 2), np.nan)
        codes[read] = truth[here][read]
        chance = np.full(len(here), n / 2 / len(here))
        block = story[here]
        right = rectify(values[here], codes, chance, article[here], block)
        means, names = article_means(values[here], article[here])
        first = np.searchsorted(article[here], names)
        naive = estimate(means, block=block[first])
        planted = article_means(share[here], article[here])[0].mean(axis=0)
        sides.append((right, naive, planted))
        (low, high), (n_low, n_high) = rectified_interval(right), interval(naive)
        for t in range(2):
            rows.append(row("share", f"{k} {THEMES[t]}", (low[t], high[t]), planted[t], (n_low[t], n_high[t])))  # fmt: skip  # noqa: PERF401
        one = estimate(right.outcome, block=block[np.searchsorted(article[here], right.articles)])
        gaps = (naive_difference(e.column(0), e.column(1)) for e in (one, naive))
        found, alone = ((float(g.low[0]), float(g.high[0])) for g in gaps)
        rows.append(row("balance", str(k), found, planted[0] - planted[1], alone))
    (a, a_naive, a_true), (b, b_naive, b_true) = sides
    _, low, high, p = difference(b, a)
    alone = naive_difference(b_naive, a_naive)
    for t in range(2):
        rows.append(row("contrast", THEMES[t], (low[t], high[t]), b_true[t] - a_true[t], (alone.low[t], alone.high[t]), p[t]))  # fmt: skip  # noqa: PERF401
    return rows


def parts(name, make, worlds):
    """Return the rows of some worlds: those that are kept in the folder PARTS, or new ones."""
    if "PARTS" not in os.environ:
        return make(SEED, 0, worlds)
    kept = sorted(Path(os.environ["PARTS"]).glob(f"{name}-*.parquet"))
    return pd.concat([pd.read_parquet(file) for file in kept]) if kept else pd.DataFrame()


def covered(rows):
    """Return a row for each measure: coverage corrected and naive, width, and how often there is none."""
    rows = rows.assign(
        hit=(rows["low"] <= rows["truth"]) & (rows["truth"] <= rows["high"]),
        naive=(rows["naive_low"] <= rows["truth"]) & (rows["truth"] <= rows["naive_high"]),
        width=rows["high"] - rows["low"],
    )  # fmt: skip
    out = []
    for (of, kind, coded), r in rows.groupby(["of", "kind", "coded"], sort=False):
        held, alone = r[r["low"].notna()], r[r["naive_low"].notna()]
        out.append((
            of, kind, coded, r["world"].nunique(), rate(held["hit"].sum(), len(held)),
            rate(alone["naive"].sum(), len(alone)), f"{held['width'].mean():.3f}", f"{1 - len(held) / len(r):.3f}",
        ))  # fmt: skip
    return out


def planned(rows):
    out = []
    for theme, r in rows.groupby("name"):
        told = r["p"].dropna()
        within = ((told - 1).abs() <= 0.1).mean()
        out.append((theme, len(r), len(told), f"{told.mean():.3f}", f"{within:.2f}", f"{r['truth'].mean():.0f}"))  # fmt: skip
    return out


def main():
    header = ("world", "measure", "codings", "worlds", "corrected", "naive", "width", "no interval")
    planted = [parts("arrays", arrays_part, WORLDS), parts("articles", articles_part, WORLDS)]
    plan, news = (
        parts("planner", planner_part, WORLDS // 5),
        parts("fignews", fignews_part, WORLDS // 10),
    )
    text = [
        "# Labels of a model, put right", "`python -m benchmarks --data FOLDER scorers_worlds`", __doc__.strip(),
        "## Planted", table(header, [r for rows in planted if len(rows) for r in covered(rows)]),
        "In brackets the Monte Carlo interval, as if the intervals of one world were independent. `no interval`: how "
        "often none was given. An event test gives none, and says so in its row, where fewer than 15 articles lie in the "
        "four weeks before or after: in bursts of 400 articles a year that is a quarter of the worlds, for the labels alone too.",
        "## Planner",
        table(("outlet and theme", "asked", "told a number", "width that came, over the wished", "within .1", "codings"),
              planned(plan) if len(plan) else []),
        "## FIGNEWS", table(("method", *header[1:]), covered(news) if len(news) else []),
    ]  # fmt: skip
    return "\n\n".join(text) + "\n"
