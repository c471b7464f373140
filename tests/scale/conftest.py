"""A made corpus, as a file, in memory and as a store; helpers are found beside the tests."""

import sys
from pathlib import Path

import pytest

import syriatopics as st
from syriatopics.scale.build import build_store

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def table():
    from made_corpora import made_corpus

    return made_corpus()


@pytest.fixture(scope="session")
def source(table, tmp_path_factory):
    path = tmp_path_factory.mktemp("source") / "made.parquet"
    table.to_parquet(path)
    return path


@pytest.fixture(scope="session")
def corpus(source):
    return st.read_corpus(source)


@pytest.fixture(scope="session")
def store(source, tmp_path_factory):
    return build_store(source, tmp_path_factory.mktemp("built") / "store", size=20)


@pytest.fixture
def parts(table, tmp_path):
    """A folder of four Parquet parts, as other programs write them."""
    folder = tmp_path / "parts"
    folder.mkdir()
    for number in range(4):
        table.iloc[number::4].to_parquet(folder / f"part-{number}.parquet")
    (folder / "_SUCCESS").touch()
    return folder
