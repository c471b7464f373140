"""A large corpus for measuring: sentences of real articles (or of the seeds) drawn again.

A new article takes two articles of one outlet and month, and a third where these are short; each
of its ten or eleven paragraphs draws sentences of one of them, none twice, until it has its words. So words still stand together as they do in
the news, and outlets and months keep what they write about, while the number of articles is free.
The file is written once into a work folder outside of the project, and found again there.
"""

import os
import random
import re
import tempfile
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

import syriatopics as st
from benchmarks._data import folder

ARTICLES, PASSAGES, WORDS = 100_000, 10, 25
_VERSION = 5
_SENTENCE = re.compile(r"(?<=[.!؟])\s+|\n+")


def work():
    """Return the folder in which what is built once is kept; SYRIATOPICS_WORK names another."""
    path = Path(
        os.environ.get("SYRIATOPICS_WORK") or Path(tempfile.gettempdir(), "syriatopics-work")
    )
    path.mkdir(parents=True, exist_ok=True)
    return path


def large_corpus(n_articles=ARTICLES, seed=11):
    """Return the Parquet file of so many articles (id, outlet, date, title, text), and its source."""
    pools, source = _pools()
    name = "data" if folder() is not None else "seeds"
    path = work() / f"articles-{name}-{n_articles}-v{_VERSION}.parquet"
    if not path.is_file():
        temporary = path.with_suffix(".part")
        with pq.ParquetWriter(temporary, _SCHEMA, compression="zstd") as writer:
            rows = []
            for row in _articles(pools, n_articles, random.Random(seed)):
                rows.append(row)
                if len(rows) == 2_000:
                    writer.write_table(pa.Table.from_pylist(rows, schema=_SCHEMA))
                    rows = []
            if rows:
                writer.write_table(pa.Table.from_pylist(rows, schema=_SCHEMA))
        temporary.replace(path)
    return path, source


_SCHEMA = pa.schema([(name, pa.string()) for name in ("id", "outlet", "date", "title", "text")])


def _pools():
    """Return lists of (outlet, date, title, sentences), one list per outlet and month."""
    names = ("ant2018", "saudinewsnet_2015")
    if folder() is not None and all((folder() / f"{name}.parquet").is_file() for name in names):
        columns = ["outlet", "date", "title", "text"]
        frame = pd.concat(
            [pd.read_parquet(folder() / f"{name}.parquet", columns=columns) for name in names]
        ).drop_duplicates("text")
        source = "sentences of ant2018 and saudinewsnet_2015"
    else:
        seeds = st.load_seeds()
        frame = pd.DataFrame(
            {
                "outlet": [a.outlet or "no masthead" for a in seeds],
                "date": "2018-03-01",
                "title": [a.title or "" for a in seeds],
                "text": ["\n".join(a.paragraphs) for a in seeds],
            }
        )
        source = "sentences of the seeds"
    pools = {}
    days = pd.to_datetime(frame["date"], errors="coerce").dt.strftime("%Y-%m-%d")
    for outlet, day, title, text in zip(
        frame["outlet"], days, frame["title"], frame["text"], strict=True
    ):
        found = [s for s in _SENTENCE.split(text or "") if 4 <= len(s.split()) <= 60]
        if isinstance(day, str) and len(found) >= 3:
            pools.setdefault((outlet, day[:7]), []).append((outlet, day, title, found))
    return [pools[key] for key in sorted(pools)], source


def _articles(pools, n, rng):
    sizes = [len(pool) for pool in pools]
    for number, pool in enumerate(rng.choices(pools, sizes, k=n)):
        outlet, day, title, _ = first = rng.choice(pool)
        sources = [_shuffled(first, rng), _shuffled(rng.choice(pool), rng)]
        paragraphs = []
        while len(paragraphs) < PASSAGES + (number % 3 == 0):
            side = len(paragraphs) % 2
            if not sources[side]:
                sources[side] = _shuffled(rng.choice(pool), rng)
            paragraphs.append(_paragraph(sources[side]))
        yield {
            "id": f"a{number:07d}", "outlet": outlet, "date": day, "title": title,
            "text": "\n\n".join(paragraphs),
        }  # fmt: skip


def _shuffled(article, rng):
    return rng.sample(article[3], len(article[3]))


def _paragraph(sentences):
    """Take sentences until the next one would overshoot the length more than it helps."""
    taken, length = [], 0
    while sentences and length < WORDS:
        size = len(sentences[-1].split())
        if taken and length + size / 2 > WORDS:
            break
        taken.append(sentences.pop())
        length += size
    return " ".join(taken)
