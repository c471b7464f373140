import json

import pandas as pd
import pytest

import syriatopics as st
from syriatopics.corpus.ingest import ingest
from syriatopics.corpus.seeds import seeds_folder
from syriatopics.errors import CorpusError, InputError


def test_what_is_ingested_is_read_again_as_it_was(seeds, tmp_path):
    folder = seeds_folder()
    done = ingest(folder, tmp_path / "deep" / "a.parquet", metadata=folder / "articles.toml")
    assert done.n_articles == 5
    again = st.read_corpus(done.path)
    shown = [c for c in seeds.table.columns if c != "date_precision"]
    pd.testing.assert_frame_equal(again.table[shown], seeds.table[shown])
    table = pd.read_parquet(done.path)
    for article in seeds:
        row = table.set_index("article_id").loc[article.article_id]
        assert row["text"] == article.raw
        assert row["body"] == "\n\n".join(article.paragraphs)
        assert row["n_words"] == article.n_words


def test_batches_keep_every_article_and_the_notes(tmp_path):
    path = tmp_path / "a.jsonl"
    lines = [
        json.dumps({"id": f"a{n:05d}", "text": f"قال المتحدث إن العدد {n}."}) for n in range(2300)
    ]
    path.write_text("\n".join([*lines, "{broken"]), encoding="utf-8")
    done = ingest(path, tmp_path / "b.parquet")
    assert done.n_articles == 2300
    assert pd.read_parquet(done.path)["article_id"].tolist() == [f"a{n:05d}" for n in range(2300)]
    assert any("line 2301" in note for note in done.notes)


def test_a_target_of_another_kind_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"b\.csv: the target of ingest is a \.parquet file"):
        ingest(seeds_folder(), tmp_path / "b.csv")


def test_a_source_that_fails_leaves_no_file(tmp_path):
    (tmp_path / "a.csv").write_text("id,text\n1,كلام\n1,كلام آخر\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="stands already"):
        ingest(tmp_path / "a.csv", tmp_path / "b.parquet")
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
