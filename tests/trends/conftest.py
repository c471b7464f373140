"""Panels and scores made for the occasion: what is in them is known."""

import numpy as np
import pandas as pd
import pytest

import syriatopics as st
from syriatopics.corpus import Passages
from syriatopics.inference import Scores
from syriatopics.trends.worlds import draw


def _scores_of(article, date, outlet, values, labels=("theme",), **columns):
    """Return scores of one passage per article, or more where ids repeat."""
    n = len(article)
    dates = pd.to_datetime(pd.Series(date)).astype("datetime64[s]")
    frame = pd.DataFrame(
        {"passage_id": [f"{a}:{k}" for k, a in enumerate(article)], "article_id": list(article),
         "outlet": outlet if isinstance(outlet, str) else list(outlet), "date": dates.to_numpy(),
         "date_start": dates.to_numpy(), "date_end": dates.to_numpy(),
         "date_status": "printed", "text": "", "start": 0, "end": 0, **columns}
    )  # fmt: skip
    table = pd.DataFrame(np.reshape(values, (n, -1)), columns=list(labels))
    return Scores(table=table.set_index(frame["passage_id"]), passages=Passages(frame))


def _scores_of_world(world, random_state=0):
    """Return scores of the articles of a world, one passage each, and what was drawn."""
    drawn = draw(world, np.random.default_rng(random_state))
    outlets = np.array(list(world.outlets))[drawn.outlet]
    days = (world.first + drawn.day).astype("datetime64[D]")
    ids = [f"a{n:05d}" for n in range(len(days))]
    stories = [f"s{n}" for n in drawn.story]
    return _scores_of(ids, days, outlets, drawn.values, tuple(world.themes), story=stories), drawn


@pytest.fixture(scope="session")
def scores_of():
    return _scores_of


@pytest.fixture(scope="session")
def scores_of_world():
    return _scores_of_world


@pytest.fixture(scope="session")
def stepped():
    """Two outlets, one step in both of them, another in one of them only."""
    world = st.World(
        themes={"humanitarian": 0.3, "political_transition": 0.2},
        outlets={"first": 1.0, "second": 1.0},
        effects=[
            st.Step("political_transition", "2019-02-01", 0.3),
            st.Step("humanitarian", "2018-08-01", -0.25, outlet="second"),
        ],
        n_articles=3000,
        start="2018-01-01",
        end="2019-12-31",
    )
    return world, _scores_of_world(world)[0]


@pytest.fixture(scope="session")
def planted(passages):
    """A planted corpus with text, wire copy and broken dates."""
    world = st.World(
        themes={"humanitarian": 0.3}, outlets={"first": 2.0, "second": 1.0}, n_articles=300
    )
    noise = {"missing": 0.1, "window": 0.1, "wrong": 0.1}
    return st.planted_corpus(passages, world, wire=0.2, date_noise=noise, random_state=1)
