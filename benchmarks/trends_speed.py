"""How long, and how much memory, does a trend of 100,000 passages take?

100,000 passages of 25,000 articles, 5 outlets, 60 months, 2 themes, 1,000 resamples, in a
process of its own; articles are placed, cells estimated, the table laid out. The same for curves
and breaks. Peak memory includes Python, pandas and the scores themselves.
"""

import json
import resource
import subprocess
import sys
import time

import numpy as np
import pandas as pd

import syriatopics as st
from benchmarks._data import table
from syriatopics.corpus import Passages
from syriatopics.inference import Scores

TASKS = {
    "trend by outlet and month, articles of nearby days alike": "st.trend(scores, 'M', by='outlet')",
    "trend by outlet and month, articles alone": (
        "st.trend(scores, 'M', by='outlet', blocks='article')"
    ),
    "smooth curves by outlet, 1,000 resamples": "st.smooth(scores, by='outlet', n_resamples=1000)",
    "decomposition by month, 1,000 resamples": "st.decompose(scores, 'M', n_resamples=1000)",
    "breaks by outlet and of all, 999 permutations": "st.changepoints(scores, by='outlet')",
}


def scores(n_passages=100_000, n_articles=25_000):
    rng = np.random.default_rng(0)
    article = np.sort(rng.integers(0, n_articles, n_passages))
    days = pd.Timestamp("2018-01-01") + pd.to_timedelta(rng.integers(0, 1826, n_articles), unit="D")
    frame = pd.DataFrame(
        {
            "passage_id": np.arange(n_passages).astype(str),
            "article_id": np.char.add("a", article.astype(str)),
            "outlet": np.char.add("outlet ", (article % 5).astype(str)),
            "date": days[article].astype("datetime64[s]"),
            "date_status": "printed",
            "text": "",
        }
    )
    frame["date_start"] = frame["date_end"] = frame["date"]
    values = pd.DataFrame(
        (rng.random((n_passages, 2)) < 0.3).astype(float), columns=["humanitarian", "political_transition"]
    )  # fmt: skip
    return Scores(table=values.set_index(frame["passage_id"]), passages=Passages(frame))


def measure(task):
    made = scores()
    start = time.perf_counter()
    eval(TASKS[task], {"st": st, "scores": made})
    spent = time.perf_counter() - start
    print(json.dumps([spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


def main():
    rows = []
    for task in TASKS:
        code = f"from benchmarks.trends_speed import measure; measure({task!r})"
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        spent, held = json.loads(run.stdout.splitlines()[-1])
        rows.append((task, f"{spent:.1f}", f"{held:.0f}"))
    return (
        f"# Speed of trends\n\n{__doc__}\nsyriatopics {st.__version__}.\n\n"
        f"{table(('task', 'seconds', 'MB at the peak'), rows)}\n\n"
        "Asked of the trend: under 10 seconds and 1,024 MB.\n\n"
        "Made by `python -m benchmarks trends_speed`.\n"
    )
