"""A language model whose errors differ by outlet and month: are the numbers put right?

Worlds: 400 articles of two outlets in a year, in stories and bursts (``trends.worlds``), two themes, one of which
is more frequent in "b" and rises on a day in July ("step") or all year long ("slope"). A model labels every passage;
for each outlet and month its sensitivity is drawn from .7 to .9 and its specificity from .9 to .98, and its errors
are alike within an article. 150 or 300 passages are drawn by outlet and quarter and coded without error. Then
everything is done as a user does it: `corrected_shares`, its contrasts and `outcomes()` in `trend`, `event_test`,
`balance` and `effects`, blocks "auto". Asked: 95 % intervals hold what was planted in .93 to .97; "naive" is the
same on the model's labels. "Planner": `plan_codings` is asked after 150 codings what an interval of four fifths of
the width takes, so many are drawn anew, and the width that comes out is divided by the one wished for.

FIGNEWS: posts on a war in five languages with the labels of one coder (the published table of several coders'
labels is empty, so that no coder can be held against another). Its "propaganda" is taken as true; the methods are
the same coder's "biased", and a classifier of words that learnt from other batches. Worlds are posts drawn with
replacement; 150 or 300 of them are coded. What holds in all posts is the truth.

Tried out on seed 11; reported is seed 20261130.
"""

import os
from pathlib import Path

import numpy as np
import pandas as pd

import syriatopics as st
from benchmarks._data import table
from benchmarks._fignews import posts
from benchmarks._worlds import rate
from syriatopics.corpus import Passages
from syriatopics.inference import Codings, Scores
from syriatopics.inference.codings import COLUMNS, SAMPLE
from syriatopics.trends.worlds import Slope, Step, World, draw
from syriatopics.validation.coding.sampling import draw_sample

TUNED, SEED = 11, 20261130
WORLDS = int(os.environ.get("WORLDS", "1000"))
CODED = (150, 300)
THEMES = ("aid", "deal")
EVENT = "2020-07-06"
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
    month = passages.table["date"].dt.month.to_numpy() - 1
    return passages, truth, drawn.share[article], drawn.outlet[article] * 12 + month, article


def passages_of(article, outlet, day):
    """Return passages without a text worth reading."""
    ids = [f"p{k:05d}" for k in range(len(article))]
    date = pd.Series(day).astype("datetime64[s]")
    return Passages(pd.DataFrame(
        {"passage_id": ids, "article_id": article.astype(str), "outlet": outlet, "press": "all",
         "production": "own", "date": date, "date_start": date, "date_end": date,
         "date_status": "printed", "text": ids, "start": 0, "end": 1}
    ))  # fmt: skip


def scores_of(passages, values, themes):
    return Scores(
        table=pd.DataFrame(values, index=pd.Index(passages.table["passage_id"]), columns=list(themes)),
        passages=passages,
    )  # fmt: skip


def codings_of(passages, truth, themes, n, rng, period="Q"):
    """Return `n` passages, drawn and coded without error."""
    sample = draw_sample(
        passages.table, n, "stratified", period=period, random_state=int(rng.integers(2**31))
    )
    true = pd.DataFrame(truth, index=passages.table["passage_id"], columns=list(themes))
    true = true.loc[sample["passage_id"]].to_numpy()
    codes = sample[["passage_id", "article_id"]].assign(
        coder="one", time="", note="",
        themes=[" ".join(t for t, yes in zip(themes, row, strict=True) if yes) for row in true],
    )  # fmt: skip
    return Codings(table=codes[list(COLUMNS)], sample=sample[list(SAMPLE)], themes=tuple(themes),
                   labels={t: t for t in themes}, design="stratified")  # fmt: skip


def mean_of(passages, share, by):
    """Return what was planted, by group and theme: the mean over articles."""
    first = ~passages.table["article_id"].duplicated().to_numpy()
    frame = pd.DataFrame(share[first], columns=list(THEMES))
    return frame.groupby([passages.table[first][c].to_numpy() for c in by]).mean()


def row(kind, name, found, truth, naive, p=None):
    """Return one interval against what was planted; a theme of a corpus."""
    return {"kind": kind, "name": name, "low": found[0], "high": found[1], "truth": truth,
            "naive_low": naive[0], "naive_high": naive[1], "p": np.nan if p is None else p}  # fmt: skip


def limits(r, prefix=""):
    return float(r[f"{prefix}low"]), float(r[f"{prefix}high"])


def level_naive(scores):
    """Return what the model's labels say alone."""
    return st.balance(scores, first="aid", second="deal").table.set_index("outlet")


def step_naive(scores):
    trend = st.trend(scores, "Q").table.set_index(["period", "theme"])
    return trend, st.event_test(scores, EVENT).table.set_index("theme")


def slope_naive(scores):
    return st.effects(scores).table


def shares(corrected, planted, rows):
    """Add shares and their difference."""
    for r in corrected.table.to_dict("records"):
        true = planted.loc[r["outlet"], r["theme"]]
        rows.append(
            row("share", f"{r['outlet']} {r['theme']}", limits(r), true, limits(r, "naive_"))
        )
    for r in corrected.contrasts([("b", "a")]).table.to_dict("records"):
        gap = planted.loc["b", r["theme"]] - planted.loc["a", r["theme"]]
        rows.append(row("contrast", r["theme"], limits(r), gap, limits(r, "naive_"), r["p"]))


def level_rows(passages, share, scores, alone, codings):
    """Return shares, contrasts and balances of a world without a change."""
    rows = []
    corrected = st.corrected_shares(scores, codings)
    planted = mean_of(passages, share, ["outlet"])
    shares(corrected, planted, rows)
    for r in st.balance(corrected.outcomes(), first="aid", second="deal").table.to_dict("records"):
        gap = planted.loc[r["outlet"], "aid"] - planted.loc[r["outlet"], "deal"]
        rows.append(row("balance", r["outlet"], limits(r), gap, limits(alone.loc[r["outlet"]])))
    return rows


def step_rows(passages, share, scores, alone, codings):
    """Return trends and event tests of a world with a step, and its shares."""
    rows = []
    trend, event = alone
    corrected = st.corrected_shares(scores, codings)
    shares(corrected, mean_of(passages, share, ["outlet"]), rows)
    quarter = passages.table.assign(q=passages.table["date"].dt.to_period("Q").astype(str))
    by_quarter = mean_of(Passages(quarter), share, ["q"])
    cells = st.corrected_shares(scores, codings, "press", period="Q")
    for r in cells.table.to_dict("records"):
        true = by_quarter.loc[r["period"], r["theme"]]
        rows.append(
            row("trend, corrected by quarter", r["theme"], limits(r), true, limits(r, "naive_"))
        )
    outcomes = corrected.outcomes()
    for r in st.trend(outcomes, "Q").table.to_dict("records"):
        at = (r["period"], r["theme"])
        rows.append(row("trend of outcomes()", r["theme"], limits(r), by_quarter.loc[at], limits(trend.loc[at])))  # fmt: skip
    for r in st.event_test(outcomes, EVENT).table.to_dict("records"):
        change = 0.1 if r["theme"] == "aid" else 0.0
        rows.append(row("event test", r["theme"], limits(r), change, limits(event.loc[r["theme"]]), r["p"]))  # fmt: skip
    return rows


def slope_rows(passages, share, scores, alone, codings):
    """Return the regression on outlet and time of a world with slopes."""
    rows = []
    outcomes = st.corrected_shares(scores, codings).outcomes()
    found = st.effects(outcomes).table
    for r, n in zip(found.to_dict("records"), alone.to_dict("records"), strict=True):
        if r["kind"] not in ("slope", "slope difference"):
            continue
        sides = [0.1 + 0.1 * (one == "b") if one else 0.0 for one in (r["a"], r["b"])]
        true = (sides[0] - sides[1]) if r["theme"] == "aid" else 0.0
        rows.append(row(f"regression, {r['kind']}", f"{r['a']} {r['theme']}", limits(r), true, limits(n), r["p"]))  # fmt: skip
    return rows


def planner_rows(passages, truth, scores, rng):
    """Return the width that comes out beside the one that was planned for, for each outlet and theme."""
    first = codings_of(passages, truth, THEMES, 150, rng, period=None)
    now = st.corrected_shares(scores, first).table.set_index(["outlet", "theme"])
    rows = []
    for theme in THEMES:
        wished = 0.8 * float((now["high"] - now["low"]).xs(theme, level="theme").mean())
        plan = st.plan_codings(scores, wished, codings=first).table.query("theme == @theme")
        if plan["n_needed"].isna().any():
            rows.append({"kind": "planner", "name": theme, "p": np.nan})
            continue
        n = int(plan["n_needed"].sum())
        again = st.corrected_shares(
            scores, codings_of(passages, truth, THEMES, n, rng, period=None)
        ).table.query("theme == @theme")
        came = float((again["high"] - again["low"]).mean())
        rows.append({"kind": "planner", "name": theme, "truth": n, "p": came / wished})
    return rows


PARTS = (
    ("level", level_rows, level_naive),
    ("step", step_rows, step_naive),
    ("slope", slope_rows, slope_naive),
)


def planted_part(seed, start, stop):
    """Return all rows of the worlds from `start` to `stop`."""
    rows = []
    for number in range(start, stop):
        for kind, measured, alone in PARTS:
            rng = np.random.default_rng([seed, number, list(KINDS).index(kind)])
            passages, truth, share, cell, article = world(kind, rng)
            scores = scores_of(passages, said(truth, article, cell, rng), THEMES)
            naive = alone(scores)
            for n in CODED:
                codings = codings_of(passages, truth, THEMES, n, rng)
                rows += [{"coded": n, "world": number, "of": kind, **r} for r in measured(passages, share, scores, naive, codings)]  # fmt: skip
            if kind == "level" and number % 5 == 0:
                rows += [{"coded": 0, "world": number, **r} for r in planner_rows(passages, truth, scores, rng)]  # fmt: skip
    return pd.DataFrame(rows)


def fignews_part(seed, start, stop):
    """Return shares, contrasts and regressions of posts drawn with replacement."""
    given, rows = posts(), []
    if given is None:
        return pd.DataFrame(rows)
    known = given.groupby("language")["true"].mean()
    for number in range(start, stop):
        rng = np.random.default_rng([seed, number, 9])
        drawn = given.groupby("language").sample(frac=1, replace=True, random_state=rng)
        article = np.arange(len(drawn))
        passages = passages_of(article, drawn["language"].to_numpy(), np.full(len(drawn), EVENT))
        for n in CODED:
            codings = codings_of(passages, drawn[["true"]].to_numpy(), ["it"], n, rng, period=None)
            for method in ("biased", "classifier"):
                said = scores_of(passages, drawn[[method]].to_numpy(float), ["it"])
                found = fignews_rows(said, codings, known)
                rows += [{"of": method, "coded": n, "world": number, **r} for r in found]
    return pd.DataFrame(rows)


def fignews_rows(said, codings, known):
    rows = []
    corrected = st.corrected_shares(said, codings, blocks="article")
    for r in corrected.table.to_dict("records"):
        rows.append(row("share", r["outlet"], limits(r), known[r["outlet"]], limits(r, "naive_")))  # noqa: PERF401
    for r in corrected.contrasts().table.to_dict("records"):
        gap = known[r["a"]] - known[r["b"]]
        rows.append(
            row("contrast", f"{r['a']} {r['b']}", limits(r), gap, limits(r, "naive_"), r["p"])
        )
    fits = (
        st.effects(s, time=None, blocks="article")
        .table.query("kind == 'difference'")
        .to_dict("records")
        for s in (corrected.outcomes(), said)
    )
    for r, n in zip(*fits, strict=True):
        gap = known[r["a"]] - known[r["b"]]
        rows.append(row("regression", f"{r['a']} {r['b']}", limits(r), gap, limits(n), r["p"]))
    return rows


def parts():
    """Return the rows of all worlds: those that are kept in the folder PARTS, or new ones."""
    kept = Path(os.environ["PARTS"]) if "PARTS" in os.environ else None
    if kept is None:
        return planted_part(SEED, 0, WORLDS), fignews_part(SEED, 0, WORLDS)
    return (
        pd.concat([pd.read_parquet(f) for f in sorted(kept.glob("worlds-*.parquet"))]),
        pd.concat([pd.read_parquet(f) for f in sorted(kept.glob("fignews-*.parquet"))]),
    )


def covered(rows, by):
    """Return a row for each measure: coverage corrected and naive, width, and how often p is below .05."""
    rows = rows.assign(
        hit=(rows["low"] <= rows["truth"]) & (rows["truth"] <= rows["high"]),
        naive=(rows["naive_low"] <= rows["truth"]) & (rows["truth"] <= rows["naive_high"]),
        width=rows["high"] - rows["low"], there=rows["low"].notna(),
    )  # fmt: skip
    out = []
    for name, r in rows.groupby(by, sort=False):
        held, alone = r[r["there"]], r[r["naive_low"].notna()]
        out.append((
            *name, rate(held["hit"].sum(), len(held)), rate(alone["naive"].sum(), len(alone)),
            f"{held['width'].mean():.3f}", f"{1 - len(held) / len(r):.3f}",
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
    worlds, news = parts()
    plan = worlds[worlds["kind"] == "planner"]
    worlds = worlds[worlds["kind"] != "planner"].assign(codings=lambda r: r["coded"].astype(str))
    header = ("world", "measure", "codings", "corrected", "naive", "width", "no interval")
    n = worlds["world"].nunique()
    text = [
        "# Labels of a model, put right", "`python -m benchmarks --data FOLDER scorers_worlds`", __doc__.strip(),
        f"## Planted: {n:,} worlds of each kind",
        table(header, covered(worlds, ["of", "kind", "codings"])),
        "In brackets the Monte Carlo interval, as if the intervals of one world were independent. `no interval`: how "
        "often too little was coded, or a method gave none.",
        "## Planner",
        table(("theme", "asked", "told a number", "width that came, over the wished", "within .1", "codings"), planned(plan)),
        "## FIGNEWS",
    ]  # fmt: skip
    if len(news):
        text += [
            f"{news['world'].nunique():,} worlds.",
            table(("method", *header[1:]), covered(news.assign(codings=news["coded"].astype(str)), ["of", "kind", "codings"])),
        ]  # fmt: skip
    else:
        text.append("The posts are not there: nothing was measured.")
    return "\n\n".join(text) + "\n"
