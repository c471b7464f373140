"""Small studies: the seeds, and notebooks that need no model."""

import shutil
from pathlib import Path

import pytest

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
