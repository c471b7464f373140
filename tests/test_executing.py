"""A notebook is executed even where the ports of a kernel were taken before it had them."""

import json
import re
import subprocess
import sys

import pytest

from syriatopics.executing import _page, execute

pytestmark = pytest.mark.needs("notebooks")


@pytest.fixture
def notebook(tmp_path):
    import nbformat

    cells = [nbformat.v4.new_code_cell("answer = 6 * 7\nanswer")]
    path = tmp_path / "00_small.ipynb"
    path.write_text(nbformat.writes(nbformat.v4.new_notebook(cells=cells)), encoding="utf-8")
    return path


def failing(times, monkeypatch):
    """Let the first starts of a kernel fail as they do where a port was taken; count them."""
    import nbclient

    started = []
    start = nbclient.NotebookClient.async_start_new_kernel_client

    async def start_or_fail(self, **options):
        started.append(self)
        if len(started) <= times:
            raise RuntimeError("Kernel died before replying to kernel_info")
        return await start(self, **options)

    monkeypatch.setattr(nbclient.NotebookClient, "async_start_new_kernel_client", start_or_fail)
    return started


def test_a_kernel_that_did_not_start_is_started_again(notebook, tmp_path, monkeypatch):
    started = failing(1, monkeypatch)
    assert execute(notebook, tmp_path / "out", {}) == ""
    assert len(started) == 2
    written = json.loads((tmp_path / "out" / notebook.name).read_text(encoding="utf-8"))
    assert written["cells"][0]["outputs"][0]["data"]["text/plain"] == ["42"]


def test_when_none_starts_that_is_said(notebook, tmp_path, monkeypatch):
    started = failing(9, monkeypatch)
    said = execute(notebook, tmp_path / "out", {})
    assert said == "no kernel could be started: Kernel died before replying to kernel_info"
    assert len(started) == 3


def test_what_is_begun_for_every_notebook_loads_nothing_of_the_layers_above():
    code = (
        "import sys, syriatopics.executing\n"
        "print([name for name in ('numpy', 'pandas', 'sklearn') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_a_page_has_its_title_and_warnings_are_notes_without_paths(tmp_path):
    import nbformat

    warned = "import warnings\nwarnings.warn('three weeks are few')"
    cells = [
        nbformat.v4.new_markdown_cell("# Topics of a study"),
        nbformat.v4.new_code_cell(warned),
        nbformat.v4.new_code_cell(f"import sys\n{warned}\nprint('lost: 3', file=sys.stderr)"),
    ]
    path = tmp_path / "02_topics.ipynb"
    path.write_text(nbformat.writes(nbformat.v4.new_notebook(cells=cells)), encoding="utf-8")
    assert execute(path, tmp_path / "out", {}) == ""
    page = (tmp_path / "out" / "02_topics.html").read_text(encoding="utf-8")
    assert "<title>Topics of a study</title>" in page
    written = json.loads((tmp_path / "out" / path.name).read_text(encoding="utf-8"))
    first, second = (cell["outputs"][0] for cell in written["cells"][1:])
    assert (first["name"], "".join(first["text"])) == ("stdout", "note: three weeks are few\n")
    assert second["name"] == "stderr", "what a cell said itself is as it said it"
    assert "".join(second["text"]) == "note: three weeks are few\nlost: 3\n"


def test_where_a_notebook_is_is_told(notebook, tmp_path, capsys):
    execute(notebook, tmp_path / "out", {})
    assert json.loads(capsys.readouterr().out) == {"cell": 1, "cells": 1}


def test_for_what_a_corpus_is_too_small_a_page_says_so_and_goes_on(tmp_path):
    import nbformat

    cells = [
        "from syriatopics.errors import TooSmallError\ndef fit():\n    raise TooSmallError('3 passages; 10 are asked for')",
        "import math\nkept = 'kept'\nmodel = fit()",
        "table = model.table",
        "print(kept, math.pi)",
        "print(table)",
        "model = 'a new one'",
        "print(model)",
    ]
    cells = [nbformat.v4.new_code_cell(source) for source in cells]
    path = tmp_path / "00_small.ipynb"
    path.write_text(nbformat.writes(nbformat.v4.new_notebook(cells=cells)), encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    assert execute(path, out, {}) == ""
    made = nbformat.read(out / path.name, as_version=4)
    said = ["".join(o.get("text", o.get("ename", "")) for o in cell.outputs) for cell in made.cells]
    assert said[1] == "Too little for this: 3 passages; 10 are asked for\n"
    assert said[2] == said[4] == "Left out: it rests on what there is too little for.\n"
    assert said[3].startswith("kept 3.14") and said[6] == "a new one\n"
    assert "Traceback" not in (out / "00_small.html").read_text(encoding="utf-8")


def test_what_was_found_stands_below_the_title_and_where_it_was_said():
    import nbformat

    cell = nbformat.v4.new_code_cell("study.found(x)", metadata={"tags": ["found"]}, id="f")
    cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text="Of 5 articles, 3.")]
    cells = [
        nbformat.v4.new_markdown_cell("# 03 · Framing", id="t"),
        nbformat.v4.new_markdown_cell("What is below", id="b"),
        cell,
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)
    page = _page(notebook, "03")
    places = [found.start() for found in re.finditer("Of 5 articles, 3", page)]
    assert len(places) == 2 and places[0] < page.index("What is below") < places[1]
    assert len(notebook.cells) == 3, "the executed notebook stays in its order"
