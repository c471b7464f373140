"""What do trends, breaks and events find in real news: ant2018 on Syria, February to October 2018?

Articles that name Syria or Damascus three times or more, scored with the theme lexicon. East Ghouta
fell from 18 February to the end of March: these should be the months in which the humanitarian
theme peaks, and the test around 31 March should find its end, days without an event not. False
breaks: weeks in another order hold none, so that one is found in 5 %. Without the data a planted
corpus stands in for it.
"""

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

import syriatopics as st
from benchmarks._data import folder, table
from benchmarks._worlds import rate
from syriatopics.trends.daily import DaySeries
from syriatopics.trends.panel import panel_of
from syriatopics.trends.points import points_of
from syriatopics.trends.steps import step_test

PERMUTED = 300
TURN = "2018-03-31"


def corpus():
    """Return the articles on Syria, and where they come from."""
    path = None if folder() is None else folder() / "ant2018.parquet"
    if path is None or not path.is_file():
        wave = st.Step("humanitarian", "2018-02-18", 0.2, until=TURN)
        planted = st.World(themes={"humanitarian": 0.1}, effects=[wave], n_articles=1500,
                           start="2018-01-01", end="2018-10-31")  # fmt: skip
        return st.planted_corpus(st.load_seeds().passages(), planted), "a planted corpus"
    news = pd.read_parquet(path).drop_duplicates("text")
    said = (news["title"].fillna("") + " " + news["text"].fillna("")).str.count("سوريا|سورية|دمشق")
    chosen = news[(said >= 3) & (pd.to_datetime(news["date"]) >= "2018-02-01")]
    with tempfile.TemporaryDirectory() as scratch:
        target = Path(scratch) / "syria.csv"
        chosen[["id", "outlet", "date", "title", "text"]].to_csv(target, index=False)
        return st.read_corpus(target), "ant2018"


def months(scores):
    wide = st.trend(scores, "M").table
    wide = wide[wide["period"].between("2018-02", "2018-10")]
    shown = wide[wide["theme"].isin(["humanitarian", "accountability", "political_transition"])]
    rows = []
    for period, part in shown.groupby("period"):
        one = part.set_index("theme")
        cells = [f"{r.share:.3f} ({r.low:.3f}–{r.high:.3f})" for r in one.itertuples()]
        rows.append((period, int(one["n_articles"].iloc[0]), *cells))
    return table(("month", "articles", *one.index), rows)


def around(scores):
    found = st.event_test(scores, TURN).table
    rows = [
        (r.theme, f"{r.before:.3f}", f"{r.after:.3f}", f"{r.change:+.3f} ({r.low:+.3f} to {r.high:+.3f})",
         f"{r.p:.3f}", r.n_placebo)
        for r in found.itertuples()
    ]  # fmt: skip
    by_outlet = st.event_test(scores, TURN, by="outlet", themes=["humanitarian"]).table.dropna()
    rows += [
        (f"humanitarian, {r.outlet}", f"{r.before:.3f}", f"{r.after:.3f}",
         f"{r.change:+.3f} ({r.low:+.3f} to {r.high:+.3f})", f"{r.p:.3f}", f"{r.placebo_p:.3f}",
         f"{r.placebo_rate:.3f}", r.n_placebo)
        for r in by_outlet.itertuples()
    ]  # fmt: skip
    return table(("theme", "before", "after", "change", "p", "days without the event"), rows)


def permuted(scores):
    """Return how often a break is found in articles whose weeks stand in another order."""
    panel, day, _ = points_of(panel_of(scores))
    rows = []
    for theme in panel.labels:
        values = panel.values[:, panel.index_of(theme)]
        hits = 0
        for number in range(PERMUTED):
            rng = np.random.default_rng([4, number])
            week = (day - day.min()) // 7
            order = rng.permutation(int(week.max()) + 1)
            moved = order[week] * 7 + (day - day.min()) % 7
            series = DaySeries.of(moved, np.zeros_like(moved), values, 1)
            found = step_test(series, "week", 99, rng)
            hits += found is not None and found.p <= 0.05
        rows.append((theme, rate(hits, PERMUTED)))
    return table(("theme", "a break is found (5 % asked)"), rows)


def main():
    articles, source = corpus()
    scores = st.score_themes(articles.passages())
    breaks = st.changepoints(scores)
    found = [
        (r.theme, r.date.date(), f"{r.low.date()} to {r.high.date()}", f"{r.p:.3f}",
         f"{r.before:.3f} → {r.after:.3f}")
        for r in breaks.table.itertuples()
    ]  # fmt: skip
    header = ("theme", "date", "interval", "p", "level")
    listed = table(header, found) if found else "None."
    return (
        f"# Trends of real news\n\n{__doc__}\nsyriatopics {st.__version__}; {source}: "
        f"{len(articles):,} articles, {len(scores.passages):,} passages.\n\n"
        f"## Shares by month (articles of nearby days alike)\n\n{months(scores)}\n\n"
        f"## Four weeks before and after {TURN}\n\n{around(scores)}\n\n"
        f"## Weeks permuted, {PERMUTED} times for each theme\n\n{permuted(scores)}\n\n"
        f"## Breaks of all outlets together\n\n{listed}\n\n"
        "Made by `python -m benchmarks --data FOLDER trends_ant2018`.\n"
    )
