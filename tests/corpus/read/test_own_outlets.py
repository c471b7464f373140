"""Outlets and agencies of the user's own are known wherever articles are read."""

import pandas as pd
import pytest
from typer.testing import CliRunner

import syriatopics as st
from syriatopics.cli import app
from syriatopics.corpus.ingest import ingest
from syriatopics.corpus.read import iter_articles
from syriatopics.errors import LexiconError
from syriatopics.scale.build import build_store
from syriatopics.scale.store import open_store

TEXT = (
    "عقد مجلس الأمن الدولي جلسة طارئة حول الوضع الإنساني في حلب، ودعا المبعوث الأممي إلى سوريا جميع "
    "الأطراف إلى وقف فوري لإطلاق النار وإيصال المساعدات إلى المدنيين المحاصرين في المدينة."
)


@pytest.fixture
def texts(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "head.txt").write_text(f"المثال / {TEXT}\n{TEXT}", encoding="utf-8")
    (folder / "wire.txt").write_text(f"{TEXT}\nالمصدر: وكالة المثال", encoding="utf-8")
    page = f'<html><head><meta property="og:url" content="https://example.org/1"></head><body><p>{TEXT}</p></body></html>'
    (folder / "page.html").write_text(page, encoding="utf-8")
    return folder


def test_they_are_found_by_dateline_source_line_and_host(texts, own):
    known, unknown = st.read_corpus(texts, outlets=own), st.read_corpus(texts)
    assert (known["head"].outlet, known["page"].outlet) == ("example_daily", "example_daily")
    assert known["head"].paragraphs[0].startswith("عقد مجلس الأمن")
    assert (known["wire"].origin, known["wire"].production) == ("example_wire", "wire")
    assert unknown["head"].outlet is unknown["page"].outlet is None
    assert unknown["wire"].production != "wire"
    assert "example.org" in known["page"].evidence["outlet"]


def test_every_way_of_reading_knows_them(texts, own, tmp_path):
    expected = st.read_corpus(texts, outlets=own).fingerprint
    assert {a.outlet for a in iter_articles(texts, outlets=own)} == {"example_daily", None}
    written = ingest(texts, tmp_path / "all.parquet", outlets=own)
    assert pd.read_parquet(written.path)["outlet"].notna().sum() == 2
    store = build_store(texts, tmp_path / "store", outlets=own, min_df=1, max_df=1.0)
    assert store.articles(0)["outlet"].notna().sum() == 2
    again = st.Corpus(store.read_articles(0))
    assert again.fingerprint == expected
    assert not store.damaged()
    without = build_store(texts, tmp_path / "store", min_df=1, max_df=1.0)
    assert without.articles(0)["outlet"].notna().sum() == 0


def test_a_smaller_corpus_and_copies_still_know_them(texts, own):
    for number in range(2):
        (texts / f"copy{number}.txt").write_text(
            f"{TEXT} {TEXT[:40]}\nالمصدر: وكالة المثال", "utf-8"
        )
    corpus = st.read_corpus(texts, outlets=own)
    assert corpus.publishers.name_of("example_daily") == "Example Daily"
    assert corpus.of_outlets("example_daily").publishers is corpus.publishers
    agencies = corpus.reprints().clusters["agency"].dropna()
    assert set(agencies) == {"example_wire"}


def test_people_are_told_the_name_of_the_outlet(texts, own):
    for number in range(2):
        (texts / f"copy{number}.txt").write_text(
            f"المثال / {TEXT}\n{TEXT[:40]}\nالمصدر: وكالة المثال", "utf-8"
        )
    evidence = st.read_corpus(texts, outlets=own).reprints().clusters["agency_evidence"].dropna()
    assert "(Example Daily)" in " ".join(evidence)


def test_a_store_stays_whole_while_a_run_with_another_list_is_ended(
    texts, own, tmp_path, monkeypatch
):
    folder = tmp_path / "store"
    build_store(texts, folder, outlets=own, min_df=1, max_df=1.0)
    other = own.with_name("other.toml")
    other.write_text(own.read_text("utf-8").replace("Example Daily", "Another Daily"), "utf-8")

    def ended(*_):
        raise KeyboardInterrupt

    for outlets in (None, other):
        with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
            patched.setattr("syriatopics.scale.build.lay_documents", ended)
            build_store(texts, folder, outlets=outlets, min_df=1, max_df=1.0)
        store = open_store(folder)
        assert not store.damaged()
        assert store.publishers.name_of("example_daily") == "Example Daily"
    build_store(texts, folder, outlets=other, min_df=1, max_df=1.0)
    assert len(list(folder.glob("outlets-*"))) == 1


def test_a_study_keeps_its_own_list(texts, own, tmp_path):
    folder = tmp_path / "study"
    asked = ["new", str(folder), "--corpus", str(texts), "--outlets", str(own)]
    assert CliRunner().invoke(app, asked).exit_code == 0
    study = st.open_study(folder)
    assert study.corpus.outlets == ["example_daily"]
    assert study.outlet_labels["example_daily"] == "Example Daily · المثال اليومي"


def test_a_broken_list_is_named_before_anything_is_written(texts, own, tmp_path):
    own.write_text(own.read_text("utf-8").replace('"newspaper"', '"daily"'), "utf-8")
    for asked in (["summary", str(texts)], ["scale", "count", str(texts), str(tmp_path / "store")]):
        found = CliRunner().invoke(app, [*asked, "--outlets", str(own)])
        assert isinstance(found.exception, LexiconError)
        assert str(own) in str(found.exception)
    assert not (tmp_path / "store" / "manifest.json").exists()
