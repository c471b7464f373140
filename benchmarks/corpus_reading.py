"""How fast and in how much memory is a corpus read?

Parquet: `read_corpus` cleans every line, audits every date and flags damaged words; beside it
stand `pandas.read_parquet`, which only loads the columns, and a pass of `ArticleStream`, which
keeps no article. Each runs in a fresh process of its own. Articles are drawn again where there
are not enough. Memory is the peak of the process, libraries included. Pages: our reader keeps
every visible line and calls trafilatura for the main text; trafilatura alone stands beside it.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

import syriatopics as st
from benchmarks._data import folder, news, table

SIZES = (10_000, 100_000)
WAYS = ("pandas.read_parquet", "ArticleStream", "read_corpus")
_COLUMNS = ["outlet", "date", "title", "text"]


def articles(n, seed=5):
    """Return `n` articles as a frame, and where they come from."""
    if folder() is None:
        texts, _, source = news(2)
        frame = pd.DataFrame({"text": texts, "outlet": "a", "date": "2016-07-27", "title": "عنوان"})
    else:
        names = ("ant2018", "saudinewsnet_2015")
        frames = [pd.read_parquet(folder() / f"{name}.parquet", columns=_COLUMNS) for name in names]
        frame, source = pd.concat(frames, ignore_index=True), " and ".join(names)
        frame = frame[frame["text"].str.strip() != ""]
    drawn = frame.sample(n, replace=n > len(frame), random_state=seed).reset_index(drop=True)
    return drawn.assign(id=[f"a{number:07d}" for number in range(n)]), source


def run(way, path):
    """Read once in this process; print seconds and peak megabytes."""
    start = time.process_time()
    if way == "pandas.read_parquet":
        n = len(pd.read_parquet(path))
    elif way == "ArticleStream":
        from syriatopics.corpus.read import ArticleStream

        n = sum(1 for _ in ArticleStream(path))
    else:
        n = len(st.read_corpus(path))
    # Not ru_maxrss: a new process inherits it from the one that started it.
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    peak = int(status["VmHWM"].split()[0]) / 1024
    print(json.dumps([n, time.process_time() - start, peak]))


def measured(way, path):
    code = f"from benchmarks.corpus_reading import run; run({way!r}, {str(path)!r})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def tables():
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        for size in SIZES:
            path = Path(scratch, f"{size}.parquet")
            frame, source = articles(size)
            frame.to_parquet(path)
            megabytes = frame["text"].str.encode("utf-8").str.len().sum() / 1e6
            del frame
            for way in WAYS:
                n, seconds, peak = measured(way, path)
                speed = f"{n / seconds:,.0f}", f"{megabytes / seconds:.1f}"
                rows.append(
                    (f"{n:,}", f"{megabytes:.0f}", way, f"{seconds:.1f}", *speed, f"{peak:,.0f}")
                )
    return rows, source


def pages():
    """Return the seconds for the saved pages: ours, and trafilatura alone."""
    import trafilatura

    from syriatopics.corpus.read.pages import page_document

    files = sorted((folder() / "html").glob("*.html"))
    data = [(file.name, file.read_bytes()) for file in files]
    start = time.process_time()
    for name, content in data:
        page_document(content, name, name)
    ours = time.process_time() - start
    start = time.process_time()
    for _, content in data:
        trafilatura.extract(content, include_comments=False, favor_recall=True)
    alone = time.process_time() - start
    size = sum(len(content) for _, content in data) / 1e6
    return [(len(data), f"{size:.1f}", f"{ours:.2f}", f"{alone:.2f}", f"{ours / alone:.2f}")]


def main():
    rows, source = tables()
    header = ("articles", "MB of text", "reader", "seconds", "articles/s", "MB/s", "peak MB")
    report = (
        f"# Reading a corpus\n\n{__doc__}\nsyriatopics {st.__version__}; {source}, one core, "
        f"processor seconds.\n\n{table(header, rows)}\n"
    )
    if folder() is not None and (folder() / "html").is_dir():
        header = ("pages", "MB", "ours, seconds", "trafilatura alone, seconds", "ratio")
        report += f"\n{table(header, pages())}\n"
    return report + "\nMade by `python -m benchmarks --data FOLDER corpus_reading`.\n"
