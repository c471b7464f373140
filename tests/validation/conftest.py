"""Coding tasks on the seeds, and scores whose truth is known."""

import itertools

import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.corpus import Passages
from syriatopics.inference import Scores
from syriatopics.inference.codings import COLUMNS


@pytest.fixture
def task(seeds, tmp_path):
    return st.coding_task(seeds, tmp_path / "task", n=20)


@pytest.fixture
def ticking():
    """Return a clock that goes on by a second with each look at it."""
    seconds = itertools.count()
    return lambda: f"2026-01-01T00:00:{next(seconds):02d}+00:00"


@pytest.fixture
def read(task):
    """Return a function that has a coder read the first `n` passages."""

    def reading(coder, codes):
        log = task.log(coder)
        for passage, answer in zip(task.sample["passage_id"], codes, strict=False):
            log.record(passage, answer)

    return reading


def _made(scored, coded, article, outlet=None, chance=1.0, date="2020-06-01"):
    """Return scores of one theme, and codings where `coded` is not NaN."""
    n = len(scored)
    ids = [f"p{k:05d}" for k in range(n)]
    dates = pd.to_datetime(pd.Series(np.broadcast_to(date, n))).astype("datetime64[s]")
    table = pd.DataFrame(
        {"passage_id": ids, "article_id": np.asarray(article).astype(str),
         "outlet": "a" if outlet is None else outlet, "production": "own", "date": dates,
         "date_start": dates, "date_end": dates, "date_status": "printed", "text": ids,
         "start": 0, "end": 1}
    )  # fmt: skip
    scores = Scores(
        table=pd.DataFrame({"aid": scored}, index=pd.Index(ids, name="passage_id")),
        passages=Passages(table),
    )
    read = ~np.isnan(coded)
    sample = table[read][["passage_id", "article_id", "outlet", "date", "text"]].assign(
        stratum="all", probability=np.broadcast_to(chance, n)[read]
    )
    codes = sample[["passage_id", "article_id"]].assign(
        coder="one", themes=np.where(coded[read] > 0, "aid", ""), time="", note=""
    )
    codings = st.inference.Codings(
        table=codes[list(COLUMNS)], sample=sample, themes=("aid",), labels={"aid": "Aid"}
    )
    return scores, codings


@pytest.fixture(scope="session")
def made():
    return _made
