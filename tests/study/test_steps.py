"""Unchanged notebooks are skipped; whatever they depend on makes them run again."""

import json

import pytest

from syriatopics.errors import StudyError
from syriatopics.files import folder_hash
from syriatopics.study import open_study, run_study
from syriatopics.study.notebooks import find_notebooks
from syriatopics.study.steps import plan_steps, shared_inputs

pytestmark = [pytest.mark.usefixtures("quick_notebooks"), pytest.mark.needs("notebooks")]


def run(folder, **options):
    told = []
    run_study(folder, report=False, tell=told.append, **options)
    said = [line.split(": ") for line in told if line[2] == "_"]
    return {name: what.split(" (")[0] for name, what in said}


def test_a_run_says_how_long_it_took_last_time(make_study, figure_source):
    folder, told = make_study(_01_a=figure_source("01_x"), _02_b=figure_source("02_y")), []
    run_study(folder, report=False, tell=told.append)
    assert told[0] == "2 notebooks to run, not timed before"
    (folder / "build" / "times.json").write_text('{"01_a": 30.4, "02_b": 11.2}')
    run_study(folder, report=False, again=True, tell=told.append)
    assert told[3] == "2 notebooks to run, about 30 s as last time"
    (folder / "build" / "times.json").write_text('["torn')
    run_study(folder, report=False, again=True, only=["02"], tell=told.append)
    assert told[6] == "1 notebook to run, not timed before"


def test_one_notebook_alone_leaves_figures_of_one_state(make_study, figure_source):
    folder, told = make_study(_01_a=figure_source("01_x"), _02_b=figure_source("02_y")), []
    assert run(folder, only=["02"]) == {"02_b": "done"}
    assert not (folder / "figures").exists()
    assert (folder / "build" / "notebooks" / "02_b.html").is_file()
    run_study(folder, report=False, only=["02"], tell=told.append)
    assert told == ["02_b: unchanged", "Figures are as they were until these have run: 01_a"]
    assert run(folder) == {"01_a": "done", "02_b": "unchanged"}
    make_study(_02_b=figure_source("02_z"))
    assert run(folder, only=["02_b"]) == {"02_b": "done"}
    assert sorted(f.name for f in (folder / "figures").glob("*.csv")) == ["01_x.csv", "02_z.csv"]
    with pytest.raises(
        StudyError, match="No notebook's name begins with '9': there are 01_a, 02_b"
    ):
        run_study(folder, only=["9"])


def test_a_second_run_does_what_changed_and_nothing_else(make_study, figure_source):
    folder = make_study(_01_a=figure_source("01_x"), _02_b=figure_source("02_y"))
    assert run(folder) == {"01_a": "done", "02_b": "done"}
    assert run(folder) == {"01_a": "unchanged", "02_b": "unchanged"}
    make_study(_02_b=figure_source("02_z"))
    assert run(folder) == {"01_a": "unchanged", "02_b": "done"}
    manifest = json.loads((folder / "figures" / "manifest.json").read_text(encoding="utf-8"))
    assert {n: f["notebook"] for n, f in manifest["figures"].items()} == {
        "01_x": "01_a",
        "02_z": "02_b",
    }
    assert sorted(f.name for f in (folder / "figures").glob("*.csv")) == ["01_x.csv", "02_z.csv"]
    assert run(folder, again=True) == {"01_a": "done", "02_b": "done"}


def test_a_run_resumes_where_the_last_one_failed(make_study, figure_source):
    folder = make_study(_01_a=figure_source("01_x"), _02_b="1 / 0")
    with pytest.raises(StudyError, match="02_b failed"):
        run_study(folder, report=False)
    assert not (folder / "figures").exists()
    make_study(_02_b=figure_source("02_y"))
    assert run(folder) == {"01_a": "unchanged", "02_b": "done"}


def keys(folder):
    study = open_study(folder)
    notebooks = find_notebooks(folder / "notebooks")
    steps = plan_steps(shared_inputs(study), notebooks, folder / "build", study.coding)
    return [step.key for step in steps]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("study.toml", "random_state = 7", "random_state = 8"),
        ("study.toml", 'language = "both"', 'language = "ar"'),
        ("seeds/articles.toml", "2022-02-11", "2022-02-12"),
        ("notebooks/01_a.ipynb", "pass", "pass # other"),
    ],
)
def test_what_a_step_depends_on_is_in_its_key(make_study, file, old, new):
    folder = make_study(_01_a="pass")
    before = keys(folder)
    assert keys(folder) == before
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert keys(folder) != before


def test_what_was_coded_is_in_the_key_of_the_notebooks_that_read_it(make_study):
    folder = make_study(_01_a="pass", _02_b="study.coding")
    blank, reads = keys(folder)
    log = folder / "coding" / "passages" / "decisions" / "a.jsonl"
    log.parent.mkdir(parents=True)
    log.write_text('{"item": "p"}')
    after = keys(folder)
    assert after[0] == blank and after[1] != reads
    log.write_text('{"item": "q"}')
    assert keys(folder)[1] not in (reads, after[1])


def test_a_step_is_not_done_when_what_it_made_was_changed(make_study, figure_source):
    folder = make_study(_01_a=figure_source("01_x"))
    run_study(folder, report=False)
    (folder / "build" / "steps" / "01_a" / "figures" / "01_x.csv").write_text("tampered")
    assert run(folder) == {"01_a": "done"}
    (folder / "build" / "steps" / "01_a" / "done.json").write_text("{")
    assert run(folder) == {"01_a": "done"}


def test_two_notebooks_may_not_make_the_same_figure(make_study, figure_source):
    folder = make_study(_01_a=figure_source("01_x"), _02_b=figure_source("01_x"))
    with pytest.raises(StudyError, match="'01_x' is made by two notebooks: 01_a and 02_b"):
        run_study(folder, report=False)
    assert not (folder / "figures").exists()


@pytest.mark.parametrize(
    "name", ["code.py", "data/lexicon.toml", "page.html.j2", "page.js", "page.css"]
)
def test_a_step_hangs_on_all_that_the_package_holds(tmp_path, name):
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("one")
    (tmp_path / "__pycache__").mkdir()
    before = folder_hash(tmp_path)
    (tmp_path / "__pycache__" / "code.pyc").write_text("compiled")
    assert folder_hash(tmp_path) == before
    file.write_text("two")
    assert folder_hash(tmp_path) != before
