"""Every notebook runs from top to bottom in a fresh kernel, on the study that it is given."""

import json
import re
import shutil
from pathlib import Path

import pytest

from syriatopics.errors import StudyError
from syriatopics.study import check_figures, remake_figures, run_study
from syriatopics.study.check import compare_figures

pytestmark = pytest.mark.needs("notebooks")
ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    folder = tmp_path_factory.mktemp("study")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copytree(ROOT / "coding", folder / "coding")
    shutil.copy(ROOT / "study.toml", folder)
    shutil.copytree(
        ROOT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns("*ipc*")
    )
    told = []
    run_study(folder, report=False, tell=told.append)
    return folder, told


def test_all_notebooks_run_and_figures_are_those_of_the_project(ran):
    folder, told = ran
    ended = [line for line in told if ": done (" in line]
    assert told[0] == f"{len(NOTEBOOKS)} notebooks to run, not timed before"
    assert len(ended) == len(NOTEBOOKS)
    assert all(" at cell " in line for line in told[1:] if line not in ended)
    # Another processor may round the last digit of a model otherwise; that the same machine
    # gives the same bytes is tested by `test_check_finds_what_differs`.
    assert compare_figures(ROOT / "figures", folder / "figures", exact=False) == []


def test_pages_load_nothing_from_the_network(ran):
    folder, _ = ran
    pages = list((folder / "build" / "notebooks").glob("*.html"))
    assert len(pages) == len(NOTEBOOKS)
    for page in pages:
        html = page.read_text(encoding="utf-8")
        assert not re.search(r"<(script|link|img|iframe)[^>]+(src|href)=[\"']?(https?:)?//", html)
        assert "syriatopics 0." in html, "a page says what made it"
        assert "<title>Notebook</title>" not in html


def test_a_workbench_is_a_still_picture_on_its_page(ran):
    folder, _ = ran
    for ending in ("html", "ipynb"):
        page = (folder / "build" / "notebooks" / f"06_validation.{ending}").read_text(
            encoding="utf-8"
        )
        assert "widget-view" not in page and "widget-state" not in page
        assert "سجّل · record" in page


def test_a_failing_notebook_names_its_cell_and_leaves_the_last_figures(make_study):
    folder = make_study(_01_bad="1 / 0")
    (folder / "figures").mkdir()
    (folder / "figures" / "01_good.svg").write_text("good")
    with pytest.raises(StudyError, match=r"01_bad failed: cell 1 \(1 / 0\): ZeroDivisionError"):
        run_study(folder, report=False)
    assert (folder / "figures" / "01_good.svg").read_text() == "good"
    assert "ZeroDivisionError" in (folder / "build" / "notebooks" / "01_bad.html").read_text()
    assert not list((folder / "build").glob("figures-*"))


def test_no_notebooks_is_said(make_study):
    with pytest.raises(StudyError, match="No notebook in"):
        run_study(make_study())


@pytest.mark.slow
def test_check_finds_what_differs(make_study):
    folder = make_study()
    shutil.copy(ROOT / "notebooks" / "00_corpus.ipynb", folder / "notebooks")
    run_study(folder, report=False)
    assert check_figures(folder) == remake_figures(folder) == []
    manifest = folder / "figures" / "manifest.json"
    content = json.loads(manifest.read_text(encoding="utf-8"))
    content["figures"]["01_timeline"]["sha256"]["png"] = "0"
    manifest.write_text(json.dumps(content), encoding="utf-8")
    line = "01_timeline: png on disk: not what the manifest says"
    assert check_figures(folder) == remake_figures(folder) == [line]


@pytest.mark.slow
def test_a_file_in_the_working_folder_is_no_module_of_ours(make_study, figure_source, monkeypatch):
    folder = make_study(_01_good=figure_source("01_x"))
    for name in ("six", "nbformat", "pandas"):
        (folder / f"{name}.py").write_text("raise SystemExit('executed')", encoding="utf-8")
    monkeypatch.chdir(folder)
    run_study(folder, report=False)
