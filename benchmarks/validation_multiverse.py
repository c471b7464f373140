"""A multiverse of 64 specifications on 5,000 passages: time, memory, and what it says.

One contrast of two outlets under 2 × conflation, 2 × stop words, 2 × names and 2 × passage unit, each with NMF
and LDA of 10 and of 20 topics: 64 models to be fitted, none of which serves two specifications. Articles of a
sample of ant2018 that name Syria at least three times, as many as make 5,000 paragraphs; without the corpora a
planted corpus. Memory is the sum of the resident sets of all processes, looked at ten times a second; pages that
processes share are counted in each. Then the multiverse is interrupted half way and taken up again, and a part
of it is done by one process: the numbers must be the same to the last bit.
"""

import tempfile
import threading
import time
from pathlib import Path

import numpy as np
import psutil

import syriatopics as st
from benchmarks._data import table
from benchmarks.trends_ant2018 import corpus as syria
from syriatopics.corpus import Corpus

PASSAGES = 5_000
CHOICES = {
    "normalisation": "variants",
    "conflation": ["clitics", "light"],
    "stop_words": ["default", "none"],
    "names": ["joined", "apart"],
    "unit": ["paragraph", "sentence"],
    "model": ["nmf", "lda"],
    "n_topics": [10, 20],
    "seed": 0,
    "production": "all",
}
COMPARED = ["estimate", "low", "high", "p", "n_a", "n_b", "note", "topics"]


class Memory(threading.Thread):
    """Look at the memory of this process and its children until it is stopped."""

    def __init__(self):
        super().__init__(daemon=True)
        self.most, self.going = 0, True

    def run(self):
        me = psutil.Process()
        while self.going:
            held = 0
            for process in (me, *me.children(recursive=True)):
                try:
                    held += process.memory_info().rss
                except psutil.NoSuchProcess:
                    continue
            self.most = max(self.most, held)
            time.sleep(0.1)


def articles():
    """Return a corpus of at most 5,000 paragraphs, and where it comes from."""
    every, source = syria()
    sizes = every.passages().table.groupby("article_id").size()
    order = np.random.default_rng(0).permutation(len(every))
    kept, n = [], 0
    for place in order:
        article = every.articles[place]
        n += int(sizes.get(article.article_id, 0))
        if n > PASSAGES:
            break
        kept.append(article)
    return Corpus(kept), source


def groups(corpus):
    """Return the two outlets with the most articles, or halves where there is one outlet."""
    counts = corpus.table["outlet"].value_counts()
    if len(counts) > 1:
        return "outlet", counts.index[0], counts.index[1]
    ids = corpus.table["article_id"]
    half = ids.map({name: "first" if n % 2 else "second" for n, name in enumerate(ids)})
    return half.set_axis(ids), "first", "second"


def timed(call):
    memory = Memory()
    memory.start()
    begin = time.perf_counter()
    found = call()
    seconds = time.perf_counter() - begin
    memory.going = False
    memory.join()
    return found, seconds, memory.most / 2**30


def same(one, two):
    """Say whether two multiverses give the same rows for the specifications of the first."""
    keys = [name for name in one.table.columns if name not in [*COMPARED, "share_a", "share_b"]]
    a, b = (m.table.set_index(keys)[COMPARED] for m in (one, two))
    return a.equals(b.loc[a.index])


def main():
    corpus, source = articles()
    by, a, b = groups(corpus)
    asked = {"by": by, "choices": CHOICES}
    with tempfile.TemporaryDirectory() as folder:
        whole, seconds, most = timed(
            lambda: st.multiverse(corpus, "humanitarian", a, b, n_jobs=2, folder=folder, **asked)
        )
        # What an interruption leaves: some results whole, the others not there.
        for result in sorted(Path(folder).glob("*.json"))[::8]:
            result.unlink()
        resumed, again, _ = timed(
            lambda: st.multiverse(corpus, "humanitarian", a, b, n_jobs=2, folder=folder, **asked)
        )
        nothing, unchanged, _ = timed(
            lambda: st.multiverse(corpus, "humanitarian", a, b, n_jobs=2, folder=folder, **asked)
        )
    alone, by_itself, _ = timed(
        lambda: st.multiverse(corpus, "humanitarian", a, b, n_jobs=1, sample=8, **asked)
    )
    n = (len(corpus.passages()), len(corpus.passages("sentence")))
    rows = [
        ("all 64, two processes", len(whole), f"{seconds:.0f} s", f"{most:.2f} GiB", "–"),
        ("taken up again, 8 missing", 8, f"{again:.0f} s", "", same(resumed, whole)),
        ("nothing missing", 0, f"{unchanged:.1f} s", "", same(nothing, whole)),
        ("a sample of 8, one process", len(alone), f"{by_itself:.0f} s", "", same(alone, whole)),
    ]
    joint = [(r.statistic, f"{r.observed:.3f}", f"{r.expected:.3f}", f"{r.p:.3f}") for r in whole.joint.itertuples()]
    return "\n\n".join([
        "# A multiverse: time and memory",
        "`python -m benchmarks --data FOLDER validation_multiverse`",
        __doc__.strip(),
        f"{source}: {len(corpus):,} articles, {n[0]:,} paragraphs, {n[1]:,} sentences; {psutil.cpu_count()} cores, "
        "shared with other work.",
        table(("what", "specifications done", "time", "most memory", "the same numbers"), rows),
        f"Asked: 64 specifications on 5,000 passages in under 5 minutes and 3 GiB on 2 cores: {seconds / 60:.1f} minutes, "
        f"{most:.2f} GiB.",
        "## What it says", " ".join(whole.notes),
        table(("statistic", "observed", "expected by chance", "p"), joint),
    ]) + "\n"  # fmt: skip
