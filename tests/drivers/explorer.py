"""The explorer at the size of a real study: its numbers against Python's, its bytes, and how long it takes.

    python -m tests.drivers.explorer --data FOLDER [--selections 500] [--passages 100000]

With `--selections`, random pairs of selections of the articles on Syria in FOLDER/ant2018.parquet are held
against `prevalence`, `voices` and `naming`. With `--passages`, so many passages of some 30 words of that
newspaper are put into one explorer, and a browser opens it and sifts it.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
from playwright.sync_api import sync_playwright

import syriatopics as st
from syriatopics.explore.explorer import explorer_of
from syriatopics.report.report import context_of

sys.path.insert(0, str(Path(__file__).parents[1] / "explore"))
from selections import ASK, Selections, differing, opened

SEED = 20261201
SYRIA = r"سوري|الأسد|دمشق"
BRUSHES = 10


def syria(folder: Path) -> pd.DataFrame:
    """Return the articles that name Syria three times, without exact copies."""
    articles = pd.read_parquet(folder / "ant2018.parquet")
    words = articles["title"].fillna("") + " " + articles["text"].fillna("")
    return articles[words.str.count(SYRIA) >= 3].drop_duplicates("text")


def short_passages(folder: Path, n: int) -> pd.DataFrame:
    """Return articles whose paragraphs have some 30 words, until there are `n` of these."""
    articles = (
        pd.read_parquet(folder / "ant2018.parquet").drop_duplicates("text").dropna(subset=["text"])
    )
    texts, held = [], 0
    for text in articles["text"]:
        words = text.split()
        parts = [" ".join(words[k : k + 30]) + "." for k in range(0, len(words), 30)]
        texts.append("\n\n".join(parts[: max(0, n - held)]))
        held += len(parts)
        if held >= n:
            break
    return articles.iloc[: len(texts)].assign(text=texts)


def options(title: str) -> st.report.ReportOptions:
    return st.report.ReportOptions(title=title, n_topics=12, min_df=5, random_state=SEED)


def compare(page, context, n: int) -> list[str]:
    """Return what the page says otherwise than Python, of `n` random pairs of selections."""
    draw, wrong, numbers = Selections(context, SEED), [], 0
    for _ in range(n):
        told, more, side = draw.pair()
        answer = page.evaluate(ASK, [told, more, ["theme", "topic", "voice"]])
        sizes = [int((side == k).sum()) for k in ("1", "2")]
        if [size["passages"] for size in answer["sizes"]] != sizes:
            wrong.append(f"{told} {more}: {answer['sizes']} passages, not {sizes}")
        for name, python in draw.python(side).items():
            wrong += [
                f"{told} {more} {line}" for line in differing(name, python, answer["shares"][name])
            ]
            numbers += int(np.isfinite(python).sum())
    units = {name: str(blocks.iloc[0]) for name, blocks in draw.blocks.items()}
    print(
        f"{n} pairs of selections, {numbers:,} numbers, {len(wrong)} differ; blocks such as {units}"
    )
    return wrong


def sift(page) -> None:
    """Say how long it takes to brush over time, and to choose otherwise."""
    took = []
    span = page.evaluate(
        "[Math.min(...explorer.data.day.filter((d) => d > 0)), Math.max(...explorer.data.day)]"
    )
    for k in range(BRUSHES):
        first = span[0] + (span[1] - span[0]) * k // (2 * BRUSHES)
        call = "([a, b]) => { explorer.state.a.from = a; explorer.state.a.to = b; return explorer.update().then(explorer.took); }"
        took.append(page.evaluate(call, [first, (first + span[1]) // 2]))
    print(f"brush: {np.median(took):.0f} ms (median of {BRUSHES}), {max(took):.0f} at most")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--selections", type=int, default=0)
    parser.add_argument("--passages", type=int, default=0)
    parser.add_argument("--shot", type=Path, help="Where pictures of the page go.")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        if asked.selections:
            context = context_of(st.read_corpus(syria(asked.data)), options("ant2018"))
            pages = opened(chromium, explorer_of(context).html, folder / "explore.html")
            page = next(pages)
            for line in compare(page, context, asked.selections):
                print(line)
            if asked.shot:
                page.evaluate(
                    "explorer.state.against = 'rest'; explorer.state.a.outlet = [0]; explorer.update()"
                )
                page.wait_for_timeout(1000)
                page.screenshot(path=asked.shot / "explore.png")
            next(pages, None)
        if asked.passages:
            context = context_of(
                st.read_corpus(short_passages(asked.data, asked.passages)), options("long")
            )
            for text in (True, False):
                began = time.perf_counter()
                made = explorer_of(context, text=text)
                took = time.perf_counter() - began
                print(
                    f"{made.n_passages:,} passages, texts {text}: {len(made.html) / 1e6:.1f} MB, made in {took:.0f} s"
                )
                began = time.perf_counter()
                pages = opened(chromium, made.html, folder / "explore.html")
                page = next(pages)
                print(f"first view: {time.perf_counter() - began:.2f} s")
                sift(page)
                next(pages, None)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
