"""The project around the code: requirements held together, layers, notebooks in step."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def requirements():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    every = [*project["dependencies"], *(r for extra in extras for r in extra)]
    return [r for r in every if not r.startswith("syriatopics[")]


def name_of(requirement):
    return re.match(r"[A-Za-z0-9._-]+", requirement)[0].lower().replace("_", "-")


def locked():
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pairs = [re.split(r"==|;", line) for line in lines]
    return {pair[0].strip().lower(): pair[1].strip() for pair in pairs}


def test_the_required_parts_are_required():
    names = {name_of(r) for r in requirements()}
    assert {
        "jupyterlab",
        "scikit-learn",
        "bertopic",
        "camel-tools",
        "matplotlib",
        "pytest",
    } <= names


def test_lock_holds_every_requirement_at_its_floor_or_above():
    versions = locked()
    for requirement in requirements():
        wanted = re.match(r".+?([>=]=)([\d.]+)", requirement)
        have = versions[name_of(requirement)]
        parts = [tuple(map(int, re.findall(r"\d+", v)))[:3] for v in (have, wanted[2])]
        assert parts[0] >= parts[1], requirement


def test_lock_names_public_versions_only():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert locked()["torch"] == "2.13.0"
    for line in text.splitlines():
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9a-z.]*( ; .+)?", line), line


def test_environment_yml_has_the_same_requirements():
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    entries = {name_of(m): m for m in re.findall(r"^\s+- ([A-Za-z][^\s:]*)$", text, flags=re.M)}
    for requirement in requirements():
        assert entries[name_of(requirement)] == requirement
    assert set(entries) - {"conda-forge", "pip", "python"} <= {name_of(r) for r in requirements()}


def test_every_place_names_the_same_pythons():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">=3.11,<3.14"
    assert "python>=3.11,<3.14" in (ROOT / "environment.yml").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "(3, 11) <= v < (3, 14)" in makefile
    listed = re.findall(r"Python :: (3\.\d+)", " ".join(project["classifiers"]))
    assert listed == ["3.11", "3.12", "3.13"]
    for name in ("README.md", "docs/quickstart.md", "docs/quickstart-ar.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert all(version in text for version in listed), name


def test_no_index_host_and_no_path_of_a_machine_in_the_project():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split()
    files = [ROOT / name for name in listed] or list(ROOT.glob("*.*"))
    pattern = re.compile(
        r"pypi\.org|pythonhosted|download\.pytorch|file:///|(?<![\w.])/(?:root|opt|home)/"
    )
    for file in files:
        if file.suffix in {
            ".py",
            ".toml",
            ".lock",
            ".yml",
            ".md",
            ".ipynb",
            ".cff",
        } and file != Path(__file__):
            found = pattern.search(file.read_text(encoding="utf-8"))
            assert found is None, f"{file}: {found}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_paired_and_without_outputs(path):
    import jupytext

    notebook = json.loads(path.read_text(encoding="utf-8"))
    twin = jupytext.read(path.with_suffix(".py"))
    cells = [(c["cell_type"], "".join(c["source"])) for c in notebook["cells"]]
    assert cells == [(c.cell_type, c.source) for c in twin.cells]
    assert not any(cell.get("outputs") for cell in notebook["cells"])
    assert not any(re.search(r"^\s*(def|class) ", text, flags=re.M) for _, text in cells)


def test_import_is_light():
    code = (
        "import sys, syriatopics; "
        "heavy = {'torch', 'bertopic', 'numba', 'sklearn', 'pandas', 'matplotlib'} & set(sys.modules); "
        "print(sorted(heavy))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_public_names_are_there():
    import syriatopics as st

    for name in st.__all__:
        assert getattr(st, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = st.nothing


def test_the_wheel_holds_every_notebook():
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]
    included = wheel["build"]["targets"]["wheel"]["force-include"]
    notebooks = {f"notebooks/{file.name}" for file in (ROOT / "notebooks").glob("*.ipynb")}
    assert notebooks == {name for name in included if name.startswith("notebooks/")}
    for name in notebooks:
        assert included[name] == f"syriatopics/_data/{name}"
