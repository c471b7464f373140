import csv
import hashlib
import json

import numpy as np
import pandas as pd
import pytest
from scipy.io import mmread

import syriatopics as st
from syriatopics.errors import InputError


@pytest.fixture(scope="module")
def shared(seeds, tmp_path_factory):
    return seeds.export(tmp_path_factory.mktemp("a") / "shared", text=False, for_r=True)


@pytest.fixture(scope="module")
def whole(seeds, tmp_path_factory):
    return seeds.export(tmp_path_factory.mktemp("b") / "deep" / "whole")


def test_without_texts_no_sentence_of_an_article_leaves(seeds, shared):
    content = "\n".join(path.read_text(encoding="utf-8") for path in shared.iterdir())
    for article in seeds:
        assert article.title is None or article.title not in content
        assert article.author is None or article.author not in content
        for paragraph in article.paragraphs:
            words = paragraph.split()
            assert " ".join(words[:3]) not in content or len(words) < 3
    assert not (shared / "texts.jsonl").exists()


def test_offsets_and_hashes_lead_back_to_the_texts(seeds, shared):
    articles = pd.read_csv(shared / "articles.csv")
    for row in articles.itertuples():
        raw = seeds[row.article_id].raw
        assert row.sha256 == hashlib.sha256(raw.encode()).hexdigest()
        assert row.n_characters == len(raw)
    removed = pd.read_csv(shared / "removed.csv")
    assert len(removed) == len(seeds.removed)
    assert "text" not in removed
    passages = pd.read_csv(shared / "passages.csv")
    texts = seeds.passages().table.set_index("passage_id")["text"]
    for row in passages.itertuples():
        assert row.sha256 == hashlib.sha256(texts[row.passage_id].encode()).hexdigest()


def test_counts_fit_their_rows_and_columns(seeds, shared):
    counts = mmread(shared / "counts.mtx").tocsr()
    vocabulary = pd.read_csv(shared / "vocabulary.csv")
    docvars = pd.read_csv(shared / "docvars.csv")
    assert counts.shape == (len(docvars), len(vocabulary))
    assert counts.dtype == np.int64
    dtm = st.count_terms(seeds.passages(), min_df=1, max_df=1.0)
    assert list(vocabulary["term"]) == list(dtm.terms)
    assert (counts != dtm.counts).nnz == 0
    assert list(docvars["passage_id"]) == list(dtm.documents["passage_id"])
    assert {"outlet", "date", "production"} <= set(docvars.columns)
    assert not vocabulary["term"].duplicated().any()


def test_the_files_for_r_are_plain(shared):
    head = (shared / "counts.mtx").read_text().splitlines()[0]
    assert head == "%%MatrixMarket matrix coordinate integer general"
    with (shared / "vocabulary.csv").open(encoding="utf-8", newline="") as file:
        assert all(len(row) == 2 for row in csv.reader(file))
    readme = (shared / "README.md").read_text(encoding="utf-8")
    for call in ("readMM", "as.dfm", 'convert(features, to = "stm"', "docvars(features)"):
        assert call in readme


def test_with_texts_the_corpus_comes_back(seeds, whole):
    again = st.read_corpus(whole / "texts.jsonl")
    shown = [c for c in seeds.table.columns if c != "date_precision"]
    pd.testing.assert_frame_equal(again.table[shown], seeds.table[shown])
    assert again.passages().texts == seeds.passages().texts
    assert (whole / "README.md").read_text(encoding="utf-8").count("texts.jsonl") == 1


def test_the_manifest_holds_the_hash_of_every_file(whole, shared, seeds):
    for folder, texts in ((whole, True), (shared, False)):
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        assert manifest["corpus_fingerprint"] == seeds.fingerprint
        assert manifest["texts"] is texts
        names = {path.name for path in folder.iterdir()} - {"manifest.json"}
        assert set(manifest["files"]) == names
        for name, expected in manifest["files"].items():
            assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == expected


def test_the_same_corpus_gives_the_same_bytes(seeds, shared, tmp_path):
    again = seeds.export(tmp_path / "again", text=False, for_r=True)
    for path in shared.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes()


def test_a_folder_that_holds_something_is_refused(seeds, tmp_path):
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="is not empty"):
        seeds.export(tmp_path)
    with pytest.raises(InputError, match="is a file"):
        seeds.export(tmp_path / "mine.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_nothing_half_written_is_left(seeds, tmp_path, monkeypatch):
    def fails(*_):
        raise OSError("disk full")

    monkeypatch.setattr("syriatopics.corpus.archive._counts", fails)
    with pytest.raises(OSError, match="disk full"):
        seeds.export(tmp_path / "x", for_r=True)
    assert list(tmp_path.iterdir()) == []
