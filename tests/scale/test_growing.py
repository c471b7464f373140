"""A store that grows is the store of all articles by the same learned state; refitted, that of all."""

import json
import shutil

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from looks import adds_up, digests, same_table
from made_corpora import made_corpus

import syriatopics as st
from syriatopics.errors import CorpusError, DamagedError, InputError
from syriatopics.scale import growing
from syriatopics.scale.build import build_store
from syriatopics.scale.growing import add_articles, refit_store
from syriatopics.scale.learned import learned_of


def same_stores(one, other):
    """Compare what two stores hold, whatever their partitions are."""
    assert one.vocabulary == other.vocabulary
    assert one.words.equals(other.words)
    a, b = st.open_corpus(one.folder), st.open_corpus(other.folder)
    assert a.fingerprint == b.fingerprint
    same_table(a.table, b.table)
    same_table(a.passages().table, b.passages().table)
    assert list(a.passages().texts) == list(b.passages().texts)
    assert (st.count_terms(a).counts != st.count_terms(b).counts).nnz == 0
    ours, theirs = one.manifest, other.manifest
    for name in ("recurring", "lines", "extra", "counted", "unit"):
        if name != "counted":
            assert ours[name] == theirs[name], name
        assert ours["counted"]["read"] == theirs["counted"]["read"]
    assert {**ours["totals"]} == {**theirs["totals"]}
    assert adds_up(one)
    assert not one.damaged()


@settings(max_examples=4, deadline=None)
@given(seed=some.integers(0, 9), first=some.integers(8, 34), size=some.integers(3, 30))
def test_a_store_that_grew_is_the_whole_by_the_same_learned_state(
    tmp_path_factory, seed, first, size
):
    folder = tmp_path_factory.mktemp("grown")
    table = made_corpus(36, seed)
    for name, part in {"a": table[:first], "b": table[first:], "all": table}.items():
        part.to_parquet(folder / f"{name}.parquet")
    store = build_store(folder / "a.parquet", folder / "s", size=size)
    learned = learned_of(store)
    whole = build_store(folder / "all.parquet", folder / "whole", size=40, learned=learned)
    grown = add_articles(folder / "s", folder / "b.parquet")
    same_stores(grown, whole)
    anew = build_store(folder / "all.parquet", folder / "anew", size=size)
    same_stores(refit_store(folder / "s"), anew)


@pytest.mark.parametrize("bare", [0, 1, 2])
def test_additions_in_a_row_of_other_columns_are_those_of_one_source(tmp_path, bare):
    """Reported of other stores: a second addition fails, and columns that are empty in a part change kind."""
    table = made_corpus(24, 3).assign(author="كاتب", views=range(28))
    pieces = [table[:12], table[12:20], table[20:]]
    pieces[bare] = pieces[bare][["article_id", "text"]]
    pieces[bare - 1] = pieces[bare - 1].assign(views="x")
    (tmp_path / "parts").mkdir()
    paths = [tmp_path / "parts" / f"{n}.parquet" for n in range(3)]
    for path, piece in zip(paths, pieces, strict=True):
        piece.to_parquet(path)
    store = build_store(paths[0], tmp_path / "s", size=5)
    whole = build_store(tmp_path / "parts", tmp_path / "w", size=9, learned=learned_of(store))
    for path in paths[1:]:
        store = add_articles(tmp_path / "s", path)
    same_stores(store, whole)
    assert [one["source"] for one in store.manifest["added"]] == ["1.parquet", "2.parquet"]


@pytest.fixture
def halves(table, tmp_path):
    ordered = table.sort_values("article_id")
    ordered[:60].to_parquet(tmp_path / "a.parquet")
    ordered[60:].to_parquet(tmp_path / "b.parquet")
    build_store(tmp_path / "a.parquet", tmp_path / "s", size=20)
    return tmp_path


def test_partitions_into_which_nothing_falls_stay(halves):
    before = digests(halves / "s")
    add_articles(halves / "s", halves / "b.parquet")
    after = digests(halves / "s")
    for kind in ("documents", "articles", "passages", "counts"):
        ending = "npz" if kind == "counts" else "parquet"
        for number in range(2):
            name = f"{kind}/{number:05d}.{ending}"
            assert before[name] == after[name]
    assert not (halves / "s" / "adding").exists()
    assert not list((halves / "s").glob("vocabulary.parquet"))


def test_what_was_added_is_said_and_is_not_added_twice(halves, table):
    corpus = st.open_corpus(halves / "s").add(halves / "b.parquet")
    assert len(corpus) == len(table)
    assert any("were added by what was learned before" in note for note in corpus.notes)
    assert any("Words that are in no column" in note for note in corpus.notes)
    before = digests(halves / "s")
    assert len(corpus.add(halves / "b.parquet")) == len(table)
    assert digests(halves / "s") == before
    copy = halves / "copy.csv"
    pd.read_parquet(halves / "b.parquet").head(3).to_csv(copy, index=False)
    with pytest.raises(CorpusError, match="stands already in"):
        corpus.add(copy)
    kept = {
        name: sha for name, sha in digests(halves / "s").items() if not name.startswith("adding")
    }
    assert kept == before
    with pytest.raises(InputError, match="has grown by b.parquet"):
        build_store(halves / "a.parquet", halves / "s", size=20)


@pytest.mark.parametrize("step", ["build_store", "_joined", "write_manifest", "_tidy"])
def test_a_run_that_is_ended_anywhere_leaves_a_whole_store(halves, monkeypatch, step):
    whole = halves / "copy"
    shutil.copytree(halves / "s", whole)
    expected = add_articles(whole, halves / "b.parquet")

    class Killed(BaseException):
        pass

    def killed(*_, **__):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(growing, step, killed)
        with pytest.raises(Killed):
            add_articles(halves / "s", halves / "b.parquet")
    assert not st.open_corpus(halves / "s").damaged()
    same_stores(add_articles(halves / "s", halves / "b.parquet"), expected)
    kept = {
        "articles",
        "counts",
        "documents",
        "passages",
        "records",
        "manifest.json",
        "analyzer.json",
    }
    names = {path.name for path in (halves / "s").iterdir()} - {".lock", "recurring.json"}
    assert {n for n in names if not n.startswith("vocabulary")} <= kept | {"grams"}


def test_results_of_a_grown_store_are_those_of_memory_where_nothing_is_learned(halves, table):
    """Quotations, names and themes hang on no learned state: they are those of the whole in memory."""
    table.to_parquet(halves / "all.parquet")
    memory, grown = (
        st.read_corpus(halves / "all.parquet"),
        st.open_corpus(halves / "s").add(halves / "b.parquet"),
    )
    for verb in (st.quotations, st.score_themes):
        same_table(verb(grown.passages()).table, verb(memory.passages()).table)
    assert grown.reprints().table.equals(memory.reprints().table)


@pytest.mark.parametrize("added", [5, ["x"], [{"key": 1, "source": "x"}], [{}]])
def test_a_manifest_that_tells_nonsense_of_what_was_added_is_damaged(halves, added):
    place = halves / "s" / "manifest.json"
    place.write_text(json.dumps({**json.loads(place.read_text()), "added": added}))
    with pytest.raises(DamagedError, match="cannot be read"):
        add_articles(halves / "s", halves / "b.parquet")


def test_another_version_is_refused(halves, monkeypatch):
    monkeypatch.setattr(growing, "__version__", "9.9")
    with pytest.raises(InputError, match="written by version"):
        add_articles(halves / "s", halves / "b.parquet")
