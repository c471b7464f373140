"""The command line: shares from a table of one's own; passages by meaning."""

import pandas as pd
import pytest
from typer.testing import CliRunner

import syriatopics as st
from syriatopics.cli import app
from syriatopics.corpus.seeds import seeds_folder


@pytest.fixture
def labels(passages, tmp_path):
    table = pd.DataFrame({"passage_id": passages.table["passage_id"], "humanitarian": True})
    table.sample(frac=1, random_state=0).to_csv(tmp_path / "labels.csv", index=False)
    return tmp_path / "labels.csv"


def run(*arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments])


def test_shares_of_a_table(labels, tmp_path):
    done = run(
        "shares", seeds_folder(), labels, "--to", tmp_path / "out.csv", "--production", "all"
    )
    assert done.exit_code == 0 and "joined by passage_id" in done.output
    assert set(pd.read_csv(tmp_path / "out.csv")["share"]) == {1.0}


def test_corrected_shares_of_a_table(labels, tmp_path):
    task = st.coding_task(st.read_corpus(seeds_folder()), tmp_path / "task", n=200)
    for passage in task.sample["passage_id"]:
        task.log("reader").record(passage, ())
    done = run(
        "shares", seeds_folder(), labels, "--to", tmp_path / "out.csv", "--production", "all",
        "--codings", tmp_path / "task",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    table = pd.read_csv(tmp_path / "out.csv")
    assert set(table["share"]) == {0.0} and set(table["naive"]) == {1.0}


def test_a_period_wants_codings(labels, tmp_path):
    done = run("shares", seeds_folder(), labels, "--to", tmp_path / "out.csv", "--period", "M")
    assert done.exit_code != 0 and "--codings" in str(done.exception)
    assert not (tmp_path / "out.csv").exists()


def test_search_on_the_command_line():
    done = run("search", seeds_folder(), "المساعدات الإنسانية", "-n", "2")
    assert done.exit_code == 0 and len(done.output.splitlines()) == 3
