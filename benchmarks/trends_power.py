"""How many articles show a break, how far off is its date, and does the interval hold the true day?

Planted years with stories (4 articles, 5 days, alike by .4) and a share of .30 that changes on one
day. A break counts as seen where any is found; the error is that of the nearest. Covered is
counted among the breaks seen.
"""

import numpy as np

import syriatopics as st
from benchmarks._data import table
from syriatopics.trends.worlds import World

REPLICATES = 150
TITLES = {
    "break": "The day is looked for",
    "event": "The day is known: eight weeks before and after",
}


def main():
    parts = []
    for question in ("break", "event"):
        found = st.plan_study(
            [200, 400, 800, 1600, 3200], [0.1, 0.2, 0.3], question=question, n_replicates=REPLICATES
        ).table
        rows = [
            (row.n_articles, f"{row.change:+.1f}", f"{row.power:.2f} ({row.low:.2f}–{row.high:.2f})",
             "–" if np.isnan(row.error_days) else f"{row.error_days:.0f}",
             "–" if np.isnan(row.covered) else f"{row.covered:.2f}")
            for row in found.itertuples()
        ]  # fmt: skip
        header = ("articles", "step", "seen", "median error, days", "interval holds the day")
        title = TITLES[question]
        parts.append(f"## {title}\n\n{table(header, rows)}")
    alone = st.plan_study(
        [400, 1600], [0.2], n_replicates=REPLICATES,
        world=World(themes={"theme": 0.3}, story_size=1, likeness=0.0),
    ).table  # fmt: skip
    rows = [
        (r.n_articles, f"{r.power:.2f}", f"{r.error_days:.0f}", f"{r.covered:.2f}")
        for r in alone.itertuples()
    ]
    header = ("articles", "seen", "median error, days", "interval holds the day")
    return (
        f"# Power of breaks and events\n\n{__doc__}\nsyriatopics {st.__version__}; {REPLICATES} years "
        f"for each figure.\n\n"
        + "\n\n".join(parts)
        + "\n\n## Independent articles, a step of +0.2, "
        f"the day is looked for\n\n{table(header, rows)}\n\n"
        "Made by `python -m benchmarks trends_power`.\n"
    )
