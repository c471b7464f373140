"""Real events: East Ghouta in March 2018 against the southern offensive and Helsinki in July 2018.

Articles of ant2018 on Syria. The humanitarian share should be higher in March than in July, the balance of
humanitarian less political too. Intervals by article, and by week beside: few weeks, so few blocks. And the
time that 2,000 resamples of 7,000 articles take.
"""

import time

import numpy as np
import pandas as pd

import syriatopics as st
from benchmarks._data import folder, table
from benchmarks._intervals import METHODS
from syriatopics.corpus import Passages
from syriatopics.inference.resampling import estimate
from syriatopics.matrix import _as_passages

MONTHS = {"2018-03": "March", "2018-07": "July"}


def passages():
    from benchmarks._coded import paragraphs, syria_articles

    articles = syria_articles(folder())
    articles = articles[articles["date"].dt.strftime("%Y-%m").isin(MONTHS)]
    rows = [
        (str(a.id), a.outlet, a.date, a.text[start:end])
        for a in articles.itertuples()
        for start, end in paragraphs(a.text)
    ]
    bare = _as_passages([row[3] for row in rows]).table
    bare["article_id"], bare["outlet"] = [r[0] for r in rows], [r[1] for r in rows]
    bare["date"] = pd.to_datetime([r[2] for r in rows]).astype("datetime64[s]")
    return Passages(bare)


def reach(low, high):
    return "no interval: too few blocks" if np.isnan(low) else f"[{low:+.3f}, {high:+.3f}]"


def speed():
    values = np.random.default_rng(0).random((7000, 7))
    found = estimate(values)
    rows = []
    for method in ("score", "percentile", "bootstrap_t"):
        begin = time.perf_counter()
        METHODS[method](found, 2000, 0)
        rows.append((method, f"{time.perf_counter() - begin:.2f} s"))
    return table(("interval", "7,000 articles × 7 themes, 2,000 resamples"), rows)


def main():
    parts = ["# Real events, and the speed of resampling", "`python -m benchmarks --data FOLDER framing_events`", __doc__.strip(), "## Speed", speed()]  # fmt: skip
    if folder() is None:
        return "\n\n".join([*parts, "The corpora are not there: events were not looked at."]) + "\n"
    found = passages()
    month = found.table["date"].dt.strftime("%Y-%m").map(MONTHS).rename("month")
    scores = st.score_themes(found)
    for block in ("article", "week"):
        gaps = st.contrasts(
            scores, month, pairs=[("March", "July")], blocks=block, production="all"
        ).table
        rows = [
            (r.theme, f"{r.share_a:.3f}", f"{r.share_b:.3f}", f"{r.difference:+.3f}", reach(r.low, r.high), "–" if np.isnan(r.q) else f"{r.q:.4f}")
            for r in gaps.itertuples()
        ]  # fmt: skip
        n = f"{gaps['n_a'].iloc[0]} articles in March, {gaps['n_b'].iloc[0]} in July."
        parts += [
            f"## By {block}",
            n,
            table(("theme", "March", "July", "difference", "95 %", "q"), rows),
        ]
        weigh = st.balance(scores, month, blocks=block, production="all").table
        rows = [(r.month, f"{r.difference:+.3f}", reach(r.low, r.high), f"{r.log_ratio:+.2f}", reach(r.log_ratio_low, r.log_ratio_high)) for r in weigh.itertuples()]  # fmt: skip
        parts += [
            "Humanitarian less political transition:",
            table(("month", "difference", "95 %", "log-ratio", "95 %"), rows),
        ]
    return "\n\n".join(parts) + "\n"
