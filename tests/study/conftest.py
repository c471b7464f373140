"""Small studies: the seeds, and notebooks that need no model."""

import json
import shutil
from pathlib import Path

import pytest

from syriatopics.study.notebooks import Executed

ROOT = Path(__file__).resolve().parents[2]

# What study.figure does, without the seconds that drawing takes.
FIGURE = """
import json, os
from pathlib import Path
folder = Path(os.environ["SYRIATOPICS_FIGURES"])
(folder / ".records").mkdir(parents=True, exist_ok=True)
(folder / "{name}.csv").write_text("{table}")
(folder / ".records" / "{name}.json").write_text(json.dumps({{"sha256": {{"csv": "x"}}}}))
"""


@pytest.fixture
def make_study(tmp_path):
    """Return a function that makes a study of the seeds with the given notebooks."""

    def make(**notebooks):
        shutil.copytree(ROOT / "seeds", tmp_path / "seeds", dirs_exist_ok=True)
        shutil.copy(ROOT / "study.toml", tmp_path)
        (tmp_path / "notebooks").mkdir(exist_ok=True)
        for name, source in notebooks.items():
            write_notebook(tmp_path / "notebooks" / f"{name.lstrip('_')}.ipynb", source)
        return tmp_path

    return make


@pytest.fixture
def quick_notebooks(monkeypatch):
    """Run the cells of notebooks in this process: for what a run does around them."""

    def execute_all(notebooks, output, parameters, environment, *, tell, **_):
        output.mkdir(parents=True, exist_ok=True)
        runs = []
        for path in notebooks:
            page = output / f"{path.stem}.html"
            page.write_text("page", encoding="utf-8")
            error = ""
            with monkeypatch.context() as patch:
                for name, value in environment(path).items():
                    patch.setenv(name, value)
                try:
                    source = json.loads(path.read_text(encoding="utf-8"))["cells"][1]["source"]
                    exec("".join(source), {})
                except Exception as failure:
                    error = repr(failure)
            runs.append(Executed(path.stem, output / path.name, page, error))
            tell(runs[-1])
        return runs

    monkeypatch.setattr("syriatopics.study.run.execute_all", execute_all)


@pytest.fixture
def figure_source():
    """Return a function that gives the source of a cell which makes a figure."""
    return lambda name, table="a\\n1\\n": FIGURE.format(name=name, table=table)


def write_notebook(path, source):
    """Write a notebook with a cell of parameters and one of `source`."""
    import nbformat

    cells = [
        nbformat.v4.new_code_cell('study_path = "x"', metadata={"tags": ["parameters"]}, id="a"),
        nbformat.v4.new_code_cell(source, id="b"),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
