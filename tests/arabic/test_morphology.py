"""Lemmas through CAMeL's own database and analyzer, on a small database written by hand."""

import json
import subprocess
import sys

import pytest

import syriatopics as st
from syriatopics.arabic import english, load_morphology, morphology_status
from syriatopics.errors import InputError, NotInstalledError

pytestmark = pytest.mark.needs("camel")


@pytest.fixture(scope="module")
def database(tmp_path_factory, write_database):
    return write_database(tmp_path_factory.mktemp("camel") / "morphology.db")


@pytest.fixture(scope="module")
def morphology(database):
    return load_morphology(database)


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("المجلس", "مجلس"),
        ("والمجالس", "مجلس"),
        ("كتب", "كتب"),
        ("الكتب", "كتاب"),
        ("الحكومة", "حكومة"),
        ("حکومات", "حكومة"),
        ("بايدن", None),
    ],
)
def test_lemmas(morphology, word, lemma):
    assert morphology.lemma(word) == lemma


def test_an_analysis_says_what_it_is(morphology):
    analysis = morphology.analyse("والمجلس")
    assert analysis.pos == "noun"
    assert analysis.gloss == "council"
    assert analysis.clitics == ("wa_conj", "Al_det")


def test_work_is_done_once_per_type(morphology, monkeypatch):
    calls = []
    real = morphology._best
    monkeypatch.setattr(morphology, "_best", lambda word: calls.append(word) or real(word))
    for _ in range(3):
        morphology.lemma("للمجالس")
    assert len(calls) == 1


def test_lemma_conflation_counts_broken_plurals_together(database):
    analyzer = st.ArabicAnalyzer(conflation="lemma", morphology=database)
    analyzer.fit(["المجلس والمجالس وبايدن بايدن"])
    assert analyzer("المجلس والمجالس بايدن") == ["مجلس", "مجلس", "بايدن"]


def test_an_analyzer_with_lemmas_is_saved_and_loaded(database, tmp_path):
    analyzer = st.ArabicAnalyzer(conflation="lemma", morphology=database).fit(["المجلس والمجالس"])
    analyzer.save(tmp_path / "a.json")
    assert st.ArabicAnalyzer.load(tmp_path / "a.json")("مجالس") == ["مجلس"]


def test_glosses_give_the_english_of_words(morphology):
    assert english("المجلس", morphology) == "council"
    assert english("بشار_الأسد", morphology) == "Bashar al-Assad"
    assert english("بايدن", morphology) == "Biden"


def test_status_of_an_empty_folder_gives_the_command(tmp_path, monkeypatch):
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path))
    status = morphology_status()
    assert not status.available
    assert status.command in str(status)
    with pytest.raises(NotInstalledError, match="syriatopics data install"):
        load_morphology()


def test_installed_data_is_found_and_used(tmp_path, monkeypatch, write_database):
    folder = tmp_path / "data" / "morphology_db" / "calima-msa-r13"
    write_database(folder / "morphology.db")
    model = tmp_path / "data" / "disambig_mle" / "calima-msa-r13" / "model.json"
    model.parent.mkdir(parents=True)
    noun = {"lex": "كِتاب_1", "diac": "كُتُب", "pos": "noun", "bw": "كُتُب"}
    model.write_text(json.dumps({"كتب": noun}, ensure_ascii=False), encoding="utf-8")
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path))
    assert morphology_status().available
    assert load_morphology().lemma("كتب") == "كتاب", "the model chooses the noun"


@pytest.mark.parametrize("content", ["<html>404</html>", "", "###DEFINES###\nnonsense\n"])
def test_a_broken_database_is_said(tmp_path, content):
    path = tmp_path / "morphology.db"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="no morphology database"):
        load_morphology(path).lemma("مجلس")


def test_a_missing_database_is_said(tmp_path):
    with pytest.raises(InputError, match="No morphology database at"):
        load_morphology(tmp_path / "none.db")


def test_nothing_reaches_the_network(database, tmp_path):
    """Sockets are forbidden in a fresh process: import, status and lemmas work all the same."""
    code = (
        "import socket\n"
        "def refuse(*a, **k): raise RuntimeError('network')\n"
        "socket.socket.connect = refuse; socket.create_connection = refuse\n"
        "import syriatopics as st\n"
        "st.arabic.morphology_status()\n"
        f"print(st.arabic.load_morphology({str(database)!r}).lemma('المجلس') == 'مجلس')\n"
    )
    environment = {"CAMELTOOLS_DATA": str(tmp_path / "empty"), "PATH": "", "HOME": str(tmp_path)}
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment
    )
    assert run.stdout.strip() == "True", run.stderr
