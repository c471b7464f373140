"""The command line of scale: tables, an account that adds up, one line for what goes wrong."""

import pandas as pd
import pytest
from looks import same_table
from typer.testing import CliRunner

import syriatopics as st
from syriatopics.cli import app
from syriatopics.errors import InputError, SchedulerError


def call(*words):
    return CliRunner().invoke(app, ["scale", *map(str, words)])


def test_from_a_source_to_tables(source, corpus, table, tmp_path):
    store, to = tmp_path / "store", tmp_path / "tables"
    done = call("count", source, store, "--size", 40, "--column", "text=text")
    assert done.exit_code == 0, done.output
    assert f"{len(table)} rows read\n= {len(table)} articles kept" in done.stdout
    assert "files are whole" in call("check", store).stdout
    assert call("shares", store, "--to", to, "--copies", "exclude").exit_code == 0
    shares = st.prevalence(st.score_themes(corpus.without_reprints("exclude").passages()))
    same_table(
        pd.read_csv(to / "shares.csv").drop(columns="note"), shares.table.drop(columns="note")
    )
    for words in (
        ("keyness", store, "--focal", "alpha", "--reference", "beta"),
        ("copies", store),
        ("events", store, "--window", 9),
    ):
        assert call(*words, "--to", to).exit_code == 0
    assert {path.stem for path in to.iterdir()} == {
        "clusters", "copies", "coverage", "events", "keyness", "pairs", "shares", "trend"
    }  # fmt: skip
    assert pd.read_csv(to / "keyness.csv")["z"].notna().any()


def test_a_month_more(table, tmp_path):
    old, new, store = tmp_path / "old.parquet", tmp_path / "new.csv", tmp_path / "store"
    table[:70].to_parquet(old)
    table[70:].rename(columns={"text": "corps"}).to_csv(new, index=False)
    assert call("count", old, store).exit_code == 0
    done = CliRunner().invoke(app, ["add", str(store), str(new), "--column", "text=corps"])
    assert done.exit_code == 0, done.output
    assert "note: Words that are in no column" in done.stdout
    assert f"{len(table)} articles" in done.stdout
    assert "files are whole" in call("check", store).stdout
    assert isinstance(CliRunner().invoke(app, ["add", str(store)]).exception, InputError)
    done = CliRunner().invoke(app, ["add", str(store), "--refit"])
    assert done.exit_code == 0, done.output
    assert len(st.open_corpus(store)) == len(table)


def test_what_is_left_out_stands_in_the_account(parts, tmp_path):
    (parts / "part-1.parquet").write_bytes(b"PAR1 and nothing else")
    done = call("count", parts, tmp_path / "store", "--on-bad", "skip")
    assert "and 1 parts of unknown size were refused" in done.stdout
    assert "note: part-1.parquet is left out" in done.stdout


def test_damage_is_found_by_check(source, tmp_path):
    call("count", source, tmp_path / "store")
    (tmp_path / "store" / "counts" / "00000.npz").write_bytes(b"x")
    result = call("check", tmp_path / "store")
    assert isinstance(result.exception, InputError)
    assert "counts/00000.npz is damaged" in result.stdout


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["--scheduler", "slurm"], SchedulerError),
        (["--on-bad", "guess"], InputError),
        (["--unit", "chapter"], InputError),
    ],
)
def test_options_that_cannot_be_used(source, tmp_path, words, error):
    assert isinstance(call("count", source, tmp_path / "store", *words).exception, error)


def test_shares_of_labels_of_ones_own(store, corpus, tmp_path):
    ids = corpus.passages().table["passage_id"]
    table = pd.DataFrame({"passage_id": ids, "aid": True}).sample(frac=1, random_state=0)
    table.to_csv(tmp_path / "labels.csv", index=False)
    done = call("shares", store.folder, "--to", tmp_path, "--scorer", tmp_path / "labels.csv")
    assert done.exit_code == 0, done.output
    assert set(pd.read_csv(tmp_path / "shares.csv")["share"]) == {1.0}
    strange = call("shares", store.folder, "--to", tmp_path, "--scorer", "magic")
    assert "Method 'magic' is not known" in str(strange.exception)
