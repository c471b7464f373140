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
    "conflation": ["words", "clitics"],
    "stop_words": ["default", "none"],
    "names": ["joined", "apart"],
    "unit": ["paragraph", "sentence"],
    "model": ["nmf", "lda"],
    "n_topics": [10, 20],
    "seed": 0,
    "production": "all",
}
COMPARED = ["estimate", "low", "high", "p", "n_a", "n_b", "note", "topics"]


class Watch(threading.Thread):
    """Look at the memory and the processor time of this process and its children."""

    def __init__(self):
        super().__init__(daemon=True)
        self.most, self.spent, self.going = 0, {}, True

    def run(self):
        """Look ten times a second."""
        me = psutil.Process()
        before = {}
        while self.going:
            held = 0
            for process in (me, *me.children(recursive=True)):
                try:
                    held += process.memory_info().rss
                    times = process.cpu_times()
                except psutil.NoSuchProcess:
                    continue
                total = times.user + times.system
                # A process that was there before has spent some already; a new one has not.
                before.setdefault(process.pid, total if not before or process.pid == me.pid else 0)
                self.spent[process.pid] = total - before[process.pid]
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
    """Return what a call gives, its seconds, the processor's seconds, and the most memory in GiB."""
    watch = Watch()
    watch.start()
    begin = time.perf_counter()
    found = call()
    seconds = time.perf_counter() - begin
    watch.going = False
    watch.join()
    return found, seconds, sum(watch.spent.values()), watch.most / 2**30


def same(one, two):
    """Say whether two multiverses give the same rows for the specifications of the first."""
    keys = [name for name in one.table.columns if name not in [*COMPARED, "share_a", "share_b"]]
    a, b = (m.table.set_index(keys)[COMPARED] for m in (one, two))
    return a.equals(b.loc[a.index])


def main():
    corpus, source = articles()
    by, a, b = groups(corpus)
    asked = {"by": by, "choices": CHOICES}
    usual, *of_usual = timed(
        lambda: st.multiverse(corpus, "humanitarian", a, b, by=by, n_jobs=2, sample=64)
    )
    with tempfile.TemporaryDirectory() as folder:

        def again():
            return st.multiverse(corpus, "humanitarian", a, b, n_jobs=2, folder=folder, **asked)

        whole, *of_whole = timed(again)
        # What an interruption leaves: some results whole, the others not there.
        for result in sorted(Path(folder).glob("*.json"))[::8]:
            result.unlink()
        resumed, *of_resumed = timed(again)
        nothing, *of_nothing = timed(again)
    alone, *of_alone = timed(
        lambda: st.multiverse(corpus, "humanitarian", a, b, n_jobs=1, sample=8, **asked)
    )
    n = (len(corpus.passages()), len(corpus.passages("sentence")))
    rows = [
        said("64 of the default choices (lexicon, terms, NMF), two processes", len(usual), of_usual, "–"),
        said("64 models (NMF, LDA), two processes", len(whole), of_whole, "–"),
        said("the same taken up again, 8 missing", 8, of_resumed, same(resumed, whole)),
        said("the same, nothing missing", 0, of_nothing, same(nothing, whole)),
        said("a sample of 8 of them, one process", len(alone), of_alone, same(alone, whole)),
    ]  # fmt: skip
    joint = [
        (r.statistic, f"{r.observed:.3f}", f"{r.expected:.3f}", f"{r.p:.3f}")
        for r in whole.joint.itertuples()
    ]
    load = psutil.getloadavg()[1]
    return "\n\n".join([
        "# A multiverse: time and memory",
        "`python -m benchmarks --data FOLDER validation_multiverse`",
        __doc__.strip(),
        f"{source}: {len(corpus):,} articles, {n[0]:,} paragraphs, {n[1]:,} sentences. {psutil.cpu_count()} cores, "
        f"shared with other work (load {load:.1f} at the end): the processor's time says what the work takes.",
        table(("what", "specifications done", "time", "processor's time", "most memory", "the same numbers"), rows),
        "Asked: 64 specifications on 5,000 passages in under 5 minutes (10 minutes of two processors) and 3 GiB.",
        "## What the 64 models say", " ".join(whole.notes),
        table(("statistic", "observed", "expected by chance", "p"), joint),
    ]) + "\n"  # fmt: skip


def said(what, n, figures, equal):
    seconds, spent, most = figures
    return what, n, f"{seconds:.0f} s", f"{spent:.0f} s", f"{most:.2f} GiB", equal
