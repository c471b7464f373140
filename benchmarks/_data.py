"""Where benchmarks find text: a folder of real corpora, or text made from the seeds."""

import os
import random
from pathlib import Path

import syriatopics as st


def folder():
    """Return the folder of real corpora, or None."""
    path = Path(os.environ.get("SYRIATOPICS_DATA", ""))
    return path if str(path) != "." and path.is_dir() else None


def news(megabytes, seed=3):
    """Return news texts of so many megabytes, and the name of where they come from."""
    if folder() is not None and (folder() / "ant2018.parquet").is_file():
        import pandas as pd

        texts = pd.read_parquet(folder() / "ant2018.parquet", columns=["text"])["text"]
        source, texts = "ant2018", texts.dropna().drop_duplicates().tolist()
        random.Random(seed).shuffle(texts)
    else:
        source, texts = "the seeds, resampled by sentences", _resampled(megabytes, seed)
    kept, size = [], 0
    for text in texts:
        kept.append(text)
        size += len(text.encode())
        if size >= megabytes * 1e6:
            break
    return kept, size / 1e6, source


def _resampled(megabytes, seed):
    sentences = st.load_seeds().passages("sentence").texts
    chooser = random.Random(seed)
    while True:
        yield " ".join(chooser.choices(sentences, k=12))


def table(header, rows):
    """Return a markdown table."""
    lines = [f"| {' | '.join(header)} |", f"|{'---|' * len(header)}"]
    return "\n".join([*lines, *(f"| {' | '.join(map(str, row))} |" for row in rows)])
