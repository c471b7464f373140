import hashlib
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

import syriatopics as st
from syriatopics.errors import NotInstalledError, StudyError
from syriatopics.files import write_atomically
from syriatopics.plots.style import axes, nothing
from syriatopics.study.store import FigureStore, publish

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copy(ROOT / "study.toml", tmp_path)
    return tmp_path


def test_open_study(folder):
    study = st.open_study(folder)
    assert len(study.corpus) == 5
    assert study.themes.ids[0] == "humanitarian"
    assert study.options.models.n_topics == 6
    assert "00_x 1.0" in study.stamp("00_x", "1.0")
    assert study.outlet_labels["noonpost"] == "Noon Post · نون بوست"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title = 3\n[corpus]\npath = 'x'", r"study\.toml, line 1: title: .*given: 3"),
        ("title = 'x'", "corpus: Field required"),
        (
            "title = 'x'\n[corpus]\npath = 'x'\n[figures]\nlanguage = 'fr'",
            r"line 5: figures\.language.*'ar'",
        ),
        ("title = 'x'\n[corpus]\npath = 'x'\n[models]\nn_topics = 1", r"line 5: models\.n_topics"),
        ("title = 'x'\nthema = 1\n[corpus]\npath = 'x'", r"line 2: thema: Extra inputs"),
        ("title = ", "Invalid value"),
    ],
)
def test_a_broken_study_names_key_value_and_line(tmp_path, text, message):
    (tmp_path / "study.toml").write_text(text, encoding="utf-8")
    with pytest.raises(StudyError, match=message):
        st.open_study(tmp_path)


def test_no_study(tmp_path):
    with pytest.raises(StudyError, match="no such file"):
        st.open_study(tmp_path / "study.toml")


def test_a_changed_corpus_is_refused(folder):
    text = (folder / "study.toml").read_text(encoding="utf-8")
    text = text.replace('path = "seeds"', 'path = "seeds"\nfingerprint = "0123"')
    (folder / "study.toml").write_text(text, encoding="utf-8")
    with pytest.raises(StudyError, match="the corpus has changed"):
        _ = st.open_study(folder).corpus


def test_a_figure_is_the_same_to_the_byte(folder):
    hashes = []
    for _ in range(2):
        study = st.open_study(folder)
        shares = st.prevalence(st.score_themes(study.corpus.passages()))
        study.figure("01_x", shares, title="Title", title_ar="عنوان", labels=study.theme_labels)
        files = sorted((folder / "figures").glob("01_x.*"))
        hashes.append([hashlib.sha256(file.read_bytes()).hexdigest() for file in files])
    assert hashes[0] == hashes[1]
    assert len(hashes[0]) == 3
    manifest = json.loads((folder / "figures" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["corpus_fingerprint"] == study.corpus.fingerprint
    assert manifest["figures"]["01_x"]["sha256"]["csv"] == hashes[0][0]
    assert (
        (folder / "figures" / "01_x.csv")
        .read_text(encoding="utf-8")
        .splitlines()[0]
        .startswith("outlet,theme,share")
    )


def test_where_nothing_is_to_be_seen_the_table_stands_alone(folder):
    study = st.open_study(folder)
    table = pd.DataFrame({"value": [1]})

    def blank(table, ax=None):
        return nothing(axes(ax), "Nobody has answered yet", "لم يجب أحد بعد")

    def found(table, ax=None):
        return nothing(axes(ax), "No break was found", "لم يوجد انقطاع", finding=True)

    study.figure("01_blank", table, blank)
    study.figure("02_found", table, found)
    made = sorted(file.name for file in (folder / "figures").glob("0*"))
    assert made == ["01_blank.csv", "02_found.csv", "02_found.png", "02_found.svg"]


def test_writing_is_atomic(tmp_path, monkeypatch):
    target = tmp_path / "a.txt"
    write_atomically(target, b"old")

    def fail(self, other):
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


def test_publishing_removes_what_the_run_did_not_make(tmp_path):
    staged, folder = tmp_path / "staged", tmp_path / "figures"
    staged.mkdir()
    folder.mkdir()
    (staged / "01_new.svg").write_text("new")
    for name in ("99_old.svg", "README.md", "own_map.svg"):
        (folder / name).write_text("old")
    listed = {"figures": {"99_old": {"sha256": {"svg": "0"}}}}
    (folder / "manifest.json").write_text(json.dumps(listed))
    (staged / "manifest.json").write_text(json.dumps({"figures": {}}))
    publish(staged, folder)
    stands = ["01_new.svg", "README.md", "manifest.json", "own_map.svg"]
    assert sorted(file.name for file in folder.iterdir()) == stands
    assert json.loads((folder / "manifest.json").read_text()) == {"figures": {}}


@pytest.mark.parametrize("name", ["../x", "/tmp/x", "a\0b", "C:\\x", "..\\x"])
def test_a_manifest_that_names_files_elsewhere_removes_nothing(tmp_path, name):
    staged, folder = tmp_path / "staged", tmp_path / "figures"
    staged.mkdir()
    folder.mkdir()
    (tmp_path / "x.svg").write_text("somebody's")
    listed = {"figures": {name: {"sha256": {"svg": "0"}}}}
    (folder / "manifest.json").write_text(json.dumps(listed))
    (staged / "manifest.json").write_text(json.dumps({"figures": {}}))
    publish(staged, folder)
    assert (tmp_path / "x.svg").read_text() == "somebody's"


def test_manifest_lists_every_figure(folder):
    manifest = FigureStore(ROOT / "figures", {}).folder / "manifest.json"
    content = json.loads(manifest.read_text(encoding="utf-8"))
    made = {file.name for file in (ROOT / "figures").iterdir()} - {"manifest.json"}
    listed = {
        f"{name}.{suffix}" for name, f in content["figures"].items() for suffix in f["sha256"]
    }
    assert made == listed
    assert len(content["figures"]) >= 10
    for name, figure in content["figures"].items():
        for suffix, digest in figure["sha256"].items():
            data = (ROOT / "figures" / f"{name}.{suffix}").read_bytes()
            assert hashlib.sha256(data).hexdigest() == digest


def test_terms_carry_their_english_where_it_is_known(folder):
    study = st.open_study(folder)
    table = study.label_terms(st.count_terms(study.corpus.passages()).frequent(40))
    labels = dict(zip(table["display"], table["label"], strict=True))
    assert labels["سوريا"] == "سوريا · Syria"
    assert labels["المجلس"] == "المجلس"


@pytest.mark.needs("camel")
def test_glosses_without_data_name_the_command(folder, monkeypatch):
    monkeypatch.setenv("CAMELTOOLS_DATA", str(folder))
    with (folder / "study.toml").open("a", encoding="utf-8") as file:
        file.write("glosses = true\n")
    study = st.open_study(folder)
    with pytest.raises(NotInstalledError, match="syriatopics data install"):
        study.label_terms(st.count_terms(study.corpus.passages()).frequent(5))


def test_a_pdf_carries_its_fonts_and_is_the_same_to_the_byte(folder):
    text = (folder / "study.toml").read_text(encoding="utf-8")
    (folder / "study.toml").write_text(text + 'formats = ["pdf"]\n', encoding="utf-8")
    made = []
    for _ in range(2):
        study = st.open_study(folder)
        shares = st.prevalence(st.score_themes(study.corpus.passages()))
        study.figure("01_x", shares, title="Title", title_ar="عنوان")
        made.append((folder / "figures" / "01_x.pdf").read_bytes())
    assert made[0] == made[1]
    assert b"FontFile" in made[0]
    assert b"CreationDate" not in made[0]
    assert not (folder / "figures" / "01_x.png").exists()


def test_topics_follow_the_codebook(tmp_path):
    from typer.testing import CliRunner

    from syriatopics.cli import app

    (tmp_path / "study.toml").write_text(
        f"title = 'x'\nrandom_state = 7\n[corpus]\npath = '{ROOT / 'seeds'}'\n"
        f"metadata = '{ROOT / 'seeds' / 'articles.toml'}'\n[models]\nn_topics = 4\n",
        encoding="utf-8",
    )
    book = tmp_path / "codebook.csv"
    begun = CliRunner().invoke(app, ["topics", str(tmp_path), "--to", str(book), "--coder", "RA"])
    assert begun.exit_code == 0 and len(begun.stdout.splitlines()) == 5
    again = CliRunner().invoke(app, ["topics", str(tmp_path), "--to", str(book)])
    assert again.exit_code != 0
    lines = book.read_text("utf-8-sig").splitlines()
    header = lines[0].split(",")
    assert header.index("edit") == 4
    table = pd.read_csv(book, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    table.loc[3, "edit"], table.loc[0, "ar"] = "drop", "اسم القارئ"
    table.to_csv(book, index=False)
    with (tmp_path / "study.toml").open("a", encoding="utf-8") as file:
        file.write("codebook = 'codebook.csv'\n")
    study = st.open_study(tmp_path)
    assert study.topics.n_topics == 3
    assert "اسم القارئ" in {ar for ar, _ in study.topics.names.values()}
    shown = CliRunner().invoke(app, ["topics", str(tmp_path)])
    assert "اسم القارئ" in shown.stdout and len(shown.stdout.splitlines()) == 3
