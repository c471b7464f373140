"""What Dask costs on one machine, and what a second worker gives: ``python -m benchmarks scale_dask``.

The same store is made, and its near copies found, three times: in one process without Dask, on a Dask
cluster of one worker, and of two. The first ratio is the overhead of the engine, the second its gain. Every
process counts with one thread, so that two workers are held against one processor.
"""

import os
import shutil
import tempfile
import time
from pathlib import Path

import psutil

from benchmarks._large import large_corpus

ARTICLES = int(os.environ.get("SYRIATOPICS_DASK_ARTICLES", "20000"))
SIZE, WARM = 500, 400


def measured(source, folder, **where):
    """Return the seconds to count a corpus and to find its copies, and those of processors."""
    from syriatopics.scale import open_corpus

    shutil.rmtree(folder, ignore_errors=True)
    before, start = spent(), time.perf_counter()
    corpus = open_corpus(source, store=folder, size=SIZE, **where)
    counted = time.perf_counter()
    corpus.reprints()
    return counted - start, time.perf_counter() - counted, spent() - before


def spent():
    """Return the seconds of processors that this process and its workers have used."""
    here = psutil.Process()
    times = [process.cpu_times() for process in (here, *here.children(recursive=True))]
    return sum(t.user + t.system for t in times)


def main():
    from distributed import LocalCluster

    source, said = large_corpus(ARTICLES)
    small = large_corpus(WARM)[0]
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        store, warm = Path(folder) / "store", Path(folder) / "warm"
        measured(small, warm)
        rows.append(("one process, no Dask", *measured(source, store)))
        for workers in (1, 2):
            with LocalCluster(
                n_workers=workers, threads_per_worker=1, host="127.0.0.1", dashboard_address=":0"
            ) as cluster:
                where = {"scheduler": cluster.scheduler_address}
                measured(small, warm, **where)  # the workers load what they need
                rows.append(
                    (
                        f"Dask, {workers} worker{'s' * (workers > 1)}",
                        *measured(source, store, **where),
                    )
                )
    return report(rows, said)


def report(rows, said):
    alone, one, two = (count + score for _, count, score, _ in rows)
    lines = [
        "# Dask on one machine",
        "",
        f"{ARTICLES:,} articles ({said}) in partitions of {SIZE:,}; {os.cpu_count()} processors, which "
        f"{os.getloadavg()[0]:.1f} processes wanted at the end, those of others among them.",
        "",
        "| | count, s | copies, s | processor, s | articles/s |",
        "|---|---|---|---|---|",
        *(
            f"| {name} | {c:.1f} | {s:.1f} | {cpu:.1f} | {ARTICLES / (c + s):.0f} |"
            for name, c, s, cpu in rows
        ),
        "",
        f"Overhead of the engine, one worker against one process: {one / alone:.2f} × of the clock, "
        f"{rows[1][3] / rows[0][3]:.2f} × of the processor. Two workers against one: {one / two:.2f} × "
        f"as fast; against one process: {alone / two:.2f} ×.",
    ]
    return "\n".join(lines) + "\n"
