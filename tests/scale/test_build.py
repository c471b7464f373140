"""A store holds what reading and counting in memory give, whatever its partitions are."""

import json
from collections import Counter

import pandas as pd
import pytest
from looks import adds_up, digests, same_as_in_memory
from made_corpora import LINE, made_corpus

import syriatopics as st
from syriatopics.corpus.seeds import seeds_folder
from syriatopics.scale.build import build_store


@pytest.mark.parametrize("size", [1, 2, 100])
def test_the_seeds_in_partitions_are_the_seeds_in_memory(tmp_path, size):
    store = build_store(seeds_folder(), tmp_path / "store", size=size)
    assert len(store) == -(-5 // size)
    same_as_in_memory(store, st.read_corpus(seeds_folder()))


def test_a_shuffled_source_is_put_in_the_order_of_its_ids(store, corpus):
    same_as_in_memory(store, corpus)
    assert adds_up(store)


def test_lines_that_recur_are_known_by_the_whole_corpus(store, corpus):
    assert len(corpus.recurring)
    assert sum(part["parsed_again"] for part in store.manifest["partitions"]) >= 30
    assert not any(LINE in text for n in range(len(store)) for text in store.passages(n).texts)
    assert store.manifest["lines"] == json.loads(corpus.recurring.to_json(orient="records"))


def test_the_size_of_partitions_changes_nothing(source, tmp_path, corpus):
    for size in (7, 1000):
        same_as_in_memory(build_store(source, tmp_path / str(size), size=size), corpus)


def test_many_parts_are_one_corpus(parts, tmp_path, corpus):
    store = build_store(parts, tmp_path / "store", size=30)
    same_as_in_memory(store, corpus)
    assert [part["name"] for part in store.manifest["parts"]] == [
        f"part-{number}.parquet" for number in range(4)
    ]


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_tables_of_text_are_read_alike(table, tmp_path, ending):
    path = tmp_path / f"made.{ending}"
    if ending == "csv":
        table.to_csv(path, index=False)
    else:
        table.to_json(path, orient="records", lines=True, force_ascii=False)
    store = build_store(path, tmp_path / "store", size=40)
    same_as_in_memory(store, st.read_corpus(path))


@pytest.mark.parametrize("unit", ["sentence", "article", 40])
def test_other_units(source, corpus, tmp_path, unit):
    same_as_in_memory(build_store(source, tmp_path / "s", unit=unit, size=50), corpus, unit)


def test_options_of_counting_and_analyzer(source, corpus, tmp_path):
    options = {"min_df": 3, "max_df": 0.2, "analyzer": st.ArabicAnalyzer(conflation="words")}
    same_as_in_memory(build_store(source, tmp_path / "s", size=50, **options), corpus, **options)
    fitted = st.ArabicAnalyzer().fit(corpus.passages().texts[:100])
    same_as_in_memory(
        build_store(source, tmp_path / "s", size=50, analyzer=fitted),
        corpus,
        analyzer=fitted,
    )


def test_rows_without_ids_that_are_equal_are_told_apart_over_parts(tmp_path, table):
    bare = table.drop(columns="article_id").head(12)
    folder = tmp_path / "parts"
    folder.mkdir()
    for number in range(3):
        bare.head(6 + number).to_csv(folder / f"{number}.csv", index=False)
    whole = tmp_path / "whole.csv"
    pd.concat([bare.head(6), bare.head(7), bare.head(8)]).to_csv(whole, index=False)
    store = build_store(folder, tmp_path / "store", size=4)
    same_as_in_memory(store, st.read_corpus(whole))
    assert store.n_articles == 21


def test_a_sidecar_is_heeded(tmp_path):
    store = build_store(seeds_folder(), tmp_path / "s", metadata=seeds_folder() / "articles.toml")
    same_as_in_memory(
        store, st.read_corpus(seeds_folder(), metadata=seeds_folder() / "articles.toml")
    )


def test_what_is_done_is_not_done_again(source, tmp_path, monkeypatch):
    from syriatopics.scale import stages

    folder = tmp_path / "store"
    build_store(source, folder, size=30)
    before = digests(folder)
    calls = Counter()
    carried = stages.run_stage

    def counted(engine, step, tasks, *more):
        calls[step.__name__] += sum(stages.read_made(task) is None for task in tasks)
        return carried(engine, step, tasks, *more)

    monkeypatch.setattr(stages, "run_stage", counted)
    build_store(source, folder, size=30)
    assert sum(calls.values()) == 0
    assert digests(folder) == before
    build_store(source, folder, size=30, min_df=4)
    assert set(+calls) == {"put_in_columns"}


def test_a_smaller_corpus_leaves_nothing_of_the_larger_one(table, tmp_path):
    path, folder = tmp_path / "made.parquet", tmp_path / "store"
    table.to_parquet(path)
    build_store(path, folder, size=10)
    table.head(15).to_parquet(path)
    build_store(path, folder, size=10)
    build_store(path, tmp_path / "fresh", size=10)
    assert digests(folder) == digests(tmp_path / "fresh")


def test_articles_and_passages_can_be_read_behind_a_number(store, corpus):
    wanted = [corpus.articles[place].article_id for place in (3, 50)]
    assert store.article(wanted[0]).raw == corpus[wanted[0]].raw
    with pytest.raises(st.errors.InputError, match="No article 'nobody'"):
        store.article("nobody")
    with pytest.raises(st.errors.InputError, match="No partition 99"):
        store.partition(99)


def test_another_seed_of_the_maker_is_another_corpus(tmp_path):
    path = tmp_path / "made.parquet"
    made_corpus(40, seed=9).to_parquet(path)
    same_as_in_memory(build_store(path, tmp_path / "s", size=9), st.read_corpus(path))


def test_names_of_files_flags_and_repairs_are_counted_as_in_memory(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    good = (
        "قالت مصادر محلية في مدينة الرقة إن قوافل من المساعدات وصلت إلى المخيمات القريبة منها أمس."
    )
    texts = {
        "a_BBC_2016-04-28": f"{good} &quot;نعم&quot; قالت.",
        "b_CNN_2016-05-02": good[::-1] + " ة ىة",
        "c_BBC_2016-05-03": good,
    }
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    said = "*_{outlet}_{date}"
    corpus = st.read_corpus(folder, filenames=said)
    store = build_store(folder, tmp_path / "store", filenames=said, size=2, min_df=1, max_df=1.0)
    found = [a for n in range(len(store)) for a in store.articles(n).itertuples()]
    told = [(a.article_id, a.outlet, str(a.date_printed)[:10]) for a in found]
    assert told == [(a.article_id, a.outlet, str(a.date_printed)[:10]) for a in corpus]
    assert [str(a.date_printed)[:10] for a in corpus] == ["2016-04-28", "2016-05-02", "2016-05-03"]
    totals = store.manifest["totals"]
    assert totals["flagged"] == {"visual order": 1}
    assert totals["repaired"] == {"entity unescaped": 1}
    assert "Articles flagged as 'visual order': 1." in store.manifest["notes"]
    with pytest.raises(st.errors.InputError, match="filenames='x': it names no field"):
        build_store(folder, tmp_path / "other", filenames="x")


def test_what_names_of_many_tables_say_is_guessed_once_for_all(tmp_path):
    folder = tmp_path / "tables"
    folder.mkdir()
    for outlet in ("enabbaladi", "noonpost"):
        rows = [
            {"id": f"{outlet}{n}", "text": f"وصلت القافلة {n} إلى المدينة القديمة أمس."}
            for n in range(3)
        ]
        pd.DataFrame(rows).to_csv(folder / f"{outlet}_2016.csv", index=False)
    corpus = st.read_corpus(folder)
    store = build_store(folder, tmp_path / "store", min_df=1, max_df=1.0)
    assert {a.outlet for a in corpus} == {"enabbaladi", "noonpost"}
    found = [a for n in range(len(store)) for a in store.articles(n).itertuples()]
    assert [(a.article_id, a.outlet) for a in found] == [(a.article_id, a.outlet) for a in corpus]
    assert any("Names of files are read as" in note for note in store.manifest["notes"])
