"""Every notebook runs from top to bottom in a fresh kernel, on the study that it is given."""

import json
import re
import shutil
from pathlib import Path

import pytest

from syriatopics.errors import StudyError
from syriatopics.study import check_figures, run_study

ROOT = Path(__file__).resolve().parents[2]


def make_study(folder):
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copy(ROOT / "study.toml", folder)
    (folder / "notebooks").mkdir()
    return folder


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    folder = make_study(tmp_path_factory.mktemp("study"))
    for notebook in (ROOT / "notebooks").glob("*.ipynb"):
        shutil.copy(notebook, folder / "notebooks")
    told = []
    run_study(folder, tell=told.append)
    return folder, told


def test_all_notebooks_run_and_figures_are_those_of_the_project(ran):
    folder, told = ran
    assert all(line.endswith(": done") for line in told)
    assert len(told) == 6
    new, old = (
        json.loads((base / "figures" / "manifest.json").read_text(encoding="utf-8"))
        for base in (folder, ROOT)
    )
    assert set(new["figures"]) == set(old["figures"])
    if new["versions"] == old["versions"]:
        differing = [
            n for n in new["figures"] if new["figures"][n]["sha256"] != old["figures"][n]["sha256"]
        ]
        assert differing == []


def test_pages_load_nothing_from_the_network(ran):
    folder, _ = ran
    pages = list((folder / "build" / "notebooks").glob("*.html"))
    assert len(pages) == 6
    for page in pages:
        html = page.read_text(encoding="utf-8")
        assert not re.search(r"<(script|link|img|iframe)[^>]+(src|href)=[\"']?(https?:)?//", html)
        assert "syriatopics 0." in html, "a page says what made it"


def write_notebook(path, source):
    import nbformat

    cells = [nbformat.v4.new_code_cell('study_path = "x"', metadata={"tags": ["parameters"]}),
             nbformat.v4.new_code_cell(source)]  # fmt: skip
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)


def test_a_failing_notebook_names_its_cell_and_leaves_the_last_figures(tmp_path):
    folder = make_study(tmp_path)
    (folder / "figures").mkdir()
    (folder / "figures" / "01_good.svg").write_text("good")
    write_notebook(folder / "notebooks" / "01_bad.ipynb", "1 / 0")
    with pytest.raises(StudyError, match=r"01_bad failed: cell 1 \(1 / 0\): ZeroDivisionError"):
        run_study(folder)
    assert (folder / "figures" / "01_good.svg").read_text() == "good"
    assert "ZeroDivisionError" in (folder / "build" / "notebooks" / "01_bad.html").read_text()
    assert not list((folder / "build").glob("figures-*"))


def test_no_notebooks_is_said(tmp_path):
    with pytest.raises(StudyError, match="No notebook in"):
        run_study(make_study(tmp_path))


@pytest.mark.slow
def test_check_finds_what_differs(tmp_path):
    folder = make_study(tmp_path)
    shutil.copy(ROOT / "notebooks" / "00_corpus.ipynb", folder / "notebooks")
    run_study(folder)
    assert check_figures(folder) == []
    manifest = folder / "figures" / "manifest.json"
    content = json.loads(manifest.read_text(encoding="utf-8"))
    content["figures"]["01_timeline"]["sha256"]["png"] = "0"
    manifest.write_text(json.dumps(content), encoding="utf-8")
    assert check_figures(folder) == ["01_timeline: png differ"]
