"""From Parquet to shares and topics at size: how long, in how much memory, and how does it grow?

One corpus file goes through the partitions: read and counted, themes scored, shares by outlet and
month with intervals, NMF with 50 topics and its shares. 100,000 articles with two processes beside
the first; smaller corpora in one process. `SYRIATOPICS_LARGEST` ends the series earlier. Every size
is a fresh process of its own. The machine is shared with other work, so processor seconds (of all
processes) stand beside the clock; what the clock would show on two free cores lies between half the
processor seconds and that plus what runs in one process alone. Memory is looked at twice a second: the largest single process, and all
processes together, libraries included.
"""

import math
import os
import shutil
from itertools import pairwise
from pathlib import Path

import syriatopics as st
from benchmarks._curves import draw_growth
from benchmarks._data import table
from benchmarks._large import large_corpus, work
from benchmarks._measure import measured, step

LARGEST = int(os.environ.get("SYRIATOPICS_LARGEST", 100_000))
SIZES = tuple(n for n in (100, 1_000, 10_000, 100_000) if n <= LARGEST)
# From so many articles on two processes work beside the first.
MANY = 100_000
TOPICS = 50
LIMIT_SECONDS, LIMIT_MB = 360, 4096

# Written down when the steps were profiled; the tables above it are measured anew by every run.
PROFILE = """## Where the time went

10,000 articles, 100,730 passages, one process, processor seconds.

| step | first | then | now | what changed |
|---|---|---|---|---|
| read and count | 46.3 | 30.7 | 23.3 | of a partition with one recurring line every article was parsed again, then only those that hold one; now text is cut in columns of characters |
| score themes | 14.8 | 12.0 | 2.5 | match keys of words are worked out once per type; now entries are found in columns, too |
| fit topics | 12.0 | 11.7 | 9.3 | – |
| fit topics, 100,000 articles | 222 | 126 | 111 | topics are solved for 64 times a round, not 246 times: two thirds of the time went there |

Reading: half of the time is parsing (lines judged, dates looked for in offices and visits, pull
quotes compared), without one place that stands out; a quarter working out the terms of new words.
Themes: half is learning new words, a fifth following entries of several words. Topics: the
start on 20,480 passages, then 2 s for each round over 160,000 passages and 50 topics, where a pass of
scikit-learn's MiniBatchNMF took 11 s and left a larger error (.9456 against .9445 of a passage's
length, on 10,000 of them; a factorisation of all of 40,000 passages at once .9393, ours
.9392)."""


def run(path, n, scheduler):
    """Take all steps once and say what each took."""
    folder = work() / f"pipeline-{n}"
    shutil.rmtree(folder, ignore_errors=True)
    engine = {"scheduler": scheduler, "workers": 2 if scheduler == "processes" else None}
    with step("read and count") as said:
        least = 10 if n > 1_000 else 2
        corpus = st.open_corpus(path, store=folder / "store", min_df=least, **engine)
        said.update(articles=len(corpus), passages=len(corpus.passages()))
        said.update(terms=len(corpus.store.vocabulary))
    with step("score themes"):
        scores = st.score_themes(corpus)
    with step("shares of themes") as said:
        shares = st.trend(scores, period="M", by="outlet").table
        said.update(cells=len(shares), intervals=int(shares["low"].notna().sum()))
    with step("fit topics") as said:
        topics = st.NMF(n_topics=TOPICS).fit(st.count_terms(corpus, min_df=least))
        said.update(notes=list(topics.notes))
    with step("shares of topics") as said:
        shares = st.trend(topics, period="M", by="outlet").table
        said.update(cells=len(shares), intervals=int(shares["low"].notna().sum()))


def main():
    found = {}
    for n in SIZES:
        path, source = large_corpus(n)
        scheduler = "processes" if n >= MANY else "none"
        code = f"from benchmarks.scale_pipeline import run; run({str(path)!r}, {n}, {scheduler!r})"
        found[n] = measured(_guarded(code))
        print(n, found[n], flush=True)
    draw_growth(found, Path(__file__).parent / "results" / "scale_pipeline.svg")
    return (
        f"# A hundred thousand articles\n\n{__doc__}\nsyriatopics {st.__version__}; {source}.\n\n"
        f"{_verdict(found[SIZES[-1]])}\n\n## Steps, {SIZES[-1]:,} articles\n\n"
        f"{_steps(found[SIZES[-1]])}\n\n## Growth\n\n![Time and memory by number of passages](scale_pipeline.svg)\n\n{_growth(found)}\n\n{_exponents(found)}\n\n{PROFILE}\n\n"
        "Made by `python -m benchmarks --data FOLDER scale_pipeline`.\n"
    )


def _guarded(code):
    """A worker process imports the main module again: it must not run anything then."""
    return f"if __name__ == '__main__':\n    {code.replace('; ', chr(10) + '    ')}"


def _total(steps, what):
    return sum(one[what] for one in steps)


def _verdict(steps):
    wall, cpu = _total(steps, "wall"), _total(steps, "cpu")
    memory = max(one["together"] for one in steps)
    first = steps[0]
    spread = (
        f", {cpu / 2:.0f} on each of two cores" if first["articles"] >= MANY else " in one process"
    )
    return (
        f"{first['articles']:,} articles, {first['passages']:,} passages, {first['terms']:,} terms: "
        f"{cpu:.0f} processor seconds{spread}; "
        f"{wall:.0f} s by the clock of the shared machine; {memory:,.0f} MB in all processes "
        f"together. The limits at {MANY:,} articles: {LIMIT_SECONDS} s on two cores, {LIMIT_MB:,} MB."
    )


def _steps(steps):
    rows = [
        (one["step"], f"{one['cpu']:.1f}", f"{one['wall']:.1f}", f"{one['largest']:,.0f}",
         f"{one['together']:,.0f}", f"{one.get('intervals', '')}")
        for one in steps
    ]  # fmt: skip
    header = (
        "step",
        "processor s",
        "clock s",
        "largest process, MB",
        "all processes, MB",
        "cells with an interval",
    )
    return table(header, rows)


def _growth(found):
    rows = [
        (f"{n:,}", f"{steps[0]['passages']:,}", *(f"{one['cpu']:.1f}" for one in steps),
         f"{_total(steps, 'cpu'):.1f}", f"{1e6 * _total(steps, 'cpu') / steps[0]['passages']:,.0f}",
         f"{max(one['largest'] for one in steps):,.0f}")
        for n, steps in found.items()
    ]  # fmt: skip
    names = [one["step"] for one in found[SIZES[0]]]
    header = (
        "articles",
        "passages",
        *names,
        "sum, processor s",
        "µs per passage",
        "largest process, MB",
    )
    return table(header, rows)


def _exponents(found):
    rows = []
    for a, b in pairwise(SIZES):
        times = math.log(found[b][0]["passages"] / found[a][0]["passages"])

        def power(value, a=a, b=b, times=times):
            return f"{math.log(value(found[b]) / value(found[a])) / times:.2f}"

        rows.append(
            (f"{found[a][0]['passages']:,} to {found[b][0]['passages']:,}",
             power(lambda steps: _total(steps, "cpu")),
             power(lambda steps: max(one["largest"] for one in steps)))
        )  # fmt: skip
    return table(("passages", "exponent of time", "exponent of memory"), rows)
