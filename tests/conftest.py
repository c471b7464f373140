"""What several tests look at, read once."""

import pytest

import syriatopics as st


@pytest.fixture(scope="session")
def seeds():
    return st.load_seeds()


@pytest.fixture(scope="session")
def passages(seeds):
    return seeds.passages()


@pytest.fixture(scope="session")
def dtm(passages):
    return st.count_terms(passages)


@pytest.fixture(scope="session")
def scores(passages):
    return st.score_themes(passages)
