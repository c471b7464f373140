"""Executing one notebook, in a process of its own: ``python -m syriatopics.executing``.

The process that runs a study holds no sockets of a kernel, so that it can be interrupted at
any time. This process is tied to that one, and the kernel to this: whatever ends one of them, the
next ends too. It is begun for every notebook, and so takes nothing of the layers above.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from syriatopics import extras
from syriatopics.files import write_atomically
from syriatopics.processes import tied

__all__ = ["execute"]

_REMOTE = re.compile(
    r"<(?:script|link)\b[^>]*(?:src|href)=[\"']?(?:https?:)?//[^>]*>(?:\s*</script>)?", re.I
)

# "path:line: Kind: message", and the line of the source below it.
_WARNING = re.compile(r"^[^\n]*?:\d+: \w*Warning: ([^\n]*)\n(?:  [^\n]*(?:\n|$))?", re.M)

# Of what a corpus is too small for a notebook says so, and goes on with what does not rest on it.
_TOO_SMALL, _SKIPPED = "TooSmallError", "too-small"

# A cell that says in a sentence what the notebook found.
_FOUND = "found"
_COLOUR = re.compile(r"\x1b\[[\d;]*m")
_AT = re.compile(r"Cell In\[\d+\], line (\d+)")

# A kernel takes its ports some time after they were found to be free: now and then another program
# has them by then, and the next start finds others.
_STARTS = 3


def execute(path: Path, output: Path, parameters: Mapping[str, object]) -> str:
    """Execute a notebook and write it as .ipynb and .html, up to the cell that failed.

    Parameters
    ----------
    path : Path
        The notebook; it is executed in its own folder and not changed.
    output : Path
        Folder of the executed copies.
    parameters : mapping
        Values that replace those of the cell tagged ``parameters``.

    Returns
    -------
    str
        What went wrong, with the cell; empty if nothing did.
    """
    nbformat = _jupyter("nbformat")
    manager = _jupyter("jupyter_client.manager:KernelManager")
    notebook = nbformat.read(path, as_version=4)
    _inject(notebook, parameters)
    config = _jupyter("traitlets.config:Config")()
    # A page has no kernel: of a widget it shows the still picture, and keeps no state.
    config.NotebookClient.store_widget_state = False
    # The times of cells would make two copies of the same run differ.
    config.NotebookClient.record_timing = False
    if manager.class_traits().get("transport_encryption"):
        config.KernelManager.transport_encryption = "auto"  # nobody else on the machine reads along
    error = _run(notebook, path.parent, config)
    _say_too_small(notebook)
    _without_widgets(notebook)
    _warnings_as_notes(notebook)
    executed = output / path.name
    write_atomically(executed, nbformat.writes(notebook).encode())
    write_atomically(executed.with_suffix(".html"), _page(notebook, path.stem).encode())
    return error


def _tell_cell(cells: int) -> Callable[..., None]:
    """Return what says on a line of its own which cell begins: a notebook can take minutes."""

    def tell(cell: Any, cell_index: int) -> None:
        print(json.dumps({"cell": cell_index + 1, "cells": cells}), flush=True)

    return tell


def _leave_out(cells: Sequence[Any]) -> Callable[..., None]:
    """Return what passes over the cells that rest on one for which the corpus is too small."""

    def leave_out(cell: Any, cell_index: int, execute_reply: Any) -> None:
        content = execute_reply["content"]
        if content.get("ename") != _TOO_SMALL:
            return
        told = _AT.search(_COLOUR.sub("", "\n".join(content.get("traceback", ()))))
        lost, _ = _names(cell.source, int(told[1]) if told else 1)
        for below in cells[cell_index + 1 :]:
            if below.cell_type == "code":
                made, used = _names(below.source)
                if used & lost:
                    below.metadata["tags"] = [*below.metadata.get("tags", []), _SKIPPED]
                    lost |= made
                else:
                    lost -= made

    return leave_out


def _names(source: str, line: int = 1) -> tuple[set[str], set[str]]:
    """Return the names that a cell makes from a line on, imported ones left out, and those it uses."""
    steps = (step for step in ast.parse(source).body if (step.end_lineno or line) >= line)
    nodes = [node for step in steps for node in ast.walk(step) if isinstance(node, ast.Name)]
    made = {node.id for node in nodes if isinstance(node.ctx, ast.Store)}
    return made, {node.id for node in nodes if isinstance(node.ctx, ast.Load)}


def _say_too_small(notebook: Any) -> None:
    """Let a page say in a sentence for what the corpus is too small."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.get("ename") == _TOO_SMALL:
                said = f"Too little for this: {output.evalue}\n"
                output.clear()
                output.update(output_type="stream", name="stdout", text=said)
        if _SKIPPED in cell.metadata.get("tags", []):
            said = "Left out: it rests on what there is too little for.\n"
            stream = {"output_type": "stream", "name": "stdout", "text": said}
            cell.outputs = [_jupyter("nbformat").from_dict(stream)]


def _run(notebook: Any, folder: Path, config: Any) -> str:
    """Run all cells in a fresh kernel; return what went wrong."""
    nbclient = _jupyter("nbclient")
    said = ""
    for _ in range(_STARTS):
        client = nbclient.NotebookClient(
            notebook,
            kernel_name="python3",
            timeout=1800,
            config=config,
            on_cell_start=_tell_cell(len(notebook.cells)),
            on_cell_error=_leave_out(notebook.cells),
            allow_error_names=[_TOO_SMALL],
            skip_cells_with_tag=_SKIPPED,
        )
        kernel: Any = client.create_kernel_manager().kernel_spec
        # Jupyter gives a kernel a session of its own; what its cells begin ends with it.
        kernel.argv = tied([sys.executable, *kernel.argv[1:]], family=True)
        try:
            client.execute(cwd=str(folder))
        except nbclient.exceptions.CellExecutionError as failure:
            return _short(notebook, failure)
        except nbclient.exceptions.DeadKernelError:
            return "the kernel died"
        except RuntimeError as failure:
            if any(cell.get("execution_count") for cell in notebook.cells):
                raise
            said = f"no kernel could be started: {failure}"
        else:
            return ""
    return said


def _jupyter(name: str) -> Any:
    return extras.load(name, "Running notebooks")


def _inject(notebook: Any, parameters: Mapping[str, object]) -> None:
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            cell.source = "\n".join(f"{name} = {value!r}" for name, value in parameters.items())
            return


def _without_widgets(notebook: Any) -> None:
    for output in (output for cell in notebook.cells for output in cell.get("outputs", [])):
        if "text/html" in output.get("data", {}):
            output["data"].pop("application/vnd.jupyter.widget-view+json", None)


def _warnings_as_notes(notebook: Any) -> None:
    """Let a page say what was warned of: not in red, and not where on this machine it was."""
    for output in (output for cell in notebook.cells for output in cell.get("outputs", [])):
        if output.get("name") == "stderr":
            told, n = _WARNING.subn(r"note: \1\n", output["text"])
            if n and not _WARNING.sub("", output["text"]).strip():
                output["name"] = "stdout"
            output["text"] = told


def _short(notebook: Any, failure: Exception) -> str:
    for number, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", []):
            if output.get("output_type") == "error":
                first = cell.source.splitlines()[0] if cell.source else ""
                return f"cell {number} ({first}): {output['ename']}: {output['evalue']}"
    return str(failure).splitlines()[0]


def _found_first(notebook: Any) -> Any:
    """Return a copy that says below its title what the cell tagged ``found`` says at the end."""
    said = [cell for cell in notebook.cells if _FOUND in cell.metadata.get("tags", [])]
    above = deepcopy(notebook)
    for cell in reversed(said):
        shown = deepcopy(cell)
        shown.source, shown.id = "", f"{shown.get('id', '')}-above"
        above.cells.insert(1, shown)
    return above


def _page(notebook: Any, name: str) -> str:
    """Return the notebook as a page: its first heading as the title, and below it what was found."""
    notebook = _found_first(notebook)
    headings = (re.match(r"#+ (.+)", cell.source) for cell in notebook.cells)
    title = next((found[1] for found in headings if found), name)
    exporter = _jupyter("nbconvert:HTMLExporter")(
        embed_images=True, exclude_input_prompt=True, exclude_output_prompt=True
    )
    for trait in ("mathjax_url", "require_js_url", "jquery_url", "mermaid_js_url"):
        if exporter.has_trait(trait):
            setattr(exporter, trait, "")
    html, _ = exporter.from_notebook_node(notebook, {"metadata": {"name": title}})
    return _REMOTE.sub("", html)


if __name__ == "__main__":
    # jsonschema, which a notebook is read with, compiles a grammar of web addresses where it finds
    # this package: two seconds for a check that notebooks do not have. Without it there is none.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    _, notebook_path, output_path, values = sys.argv
    print(
        json.dumps({"error": execute(Path(notebook_path), Path(output_path), json.loads(values))})
    )
