"""Running notebooks: every one in a fresh kernel, executed copies beside, nothing from the network."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from syriatopics.errors import StudyError
from syriatopics.study.store import write_atomically

__all__ = ["Executed", "execute", "execute_all", "find_notebooks"]

# One thread for every numerical library: their number changes the last digits.
_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMBA_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "HF_HUB_OFFLINE": "1",
    "PYTHONHASHSEED": "0",
}
_REMOTE = re.compile(r"<(?:script|link)\b[^>]*(?:src|href)=[\"']?(?:https?:)?//[^>]*>(?:\s*</script>)?", re.I)


@dataclass(frozen=True)
class Executed:
    """One executed notebook: where its copies are, and what went wrong, if anything did."""

    name: str
    notebook: Path
    page: Path
    error: str = ""


def find_notebooks(folder: Path) -> list[Path]:
    """Return the notebooks of a folder in the order of their names."""
    found = sorted(folder.glob("[0-9]*.ipynb"))
    if not found:
        raise StudyError(f"No notebook in {folder}.")
    return found


def execute_all(
    notebooks: Sequence[Path],
    output: Path,
    parameters: Mapping[str, object],
    environment: Mapping[str, str] | None = None,
    workers: int = 2,
) -> Iterable[Executed]:
    """Execute notebooks side by side and yield them in their order."""
    settings = {**_ENVIRONMENT, **(environment or {})}
    with ThreadPoolExecutor(max_workers=workers) as pool:
        jobs = [pool.submit(execute, path, output, parameters, settings) for path in notebooks]
        for job in jobs:
            yield job.result()


def execute(
    path: Path, output: Path, parameters: Mapping[str, object], environment: Mapping[str, str]
) -> Executed:
    """Execute one notebook in a fresh kernel and write it as .ipynb and .html.

    Parameters
    ----------
    path : Path
    output : Path
        Folder of the executed copies.
    parameters : mapping
        Values that replace those of the cell tagged ``parameters``.
    environment : mapping
        Set for the kernel.

    Returns
    -------
    Executed
        With ``error`` set when a cell failed; what was computed until then is written.
    """
    import nbformat
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, DeadKernelError

    notebook = nbformat.read(path, as_version=4)
    _inject(notebook, parameters)
    manager = AsyncKernelManager(kernel_name="python3")
    if manager.has_trait("transport_encryption"):
        manager.transport_encryption = "auto"  # nobody else on the machine reads along
    client = NotebookClient(notebook, km=manager, timeout=1800)
    error = ""
    try:
        client.execute(cwd=str(path.parent), env={**os.environ, **environment})
    except CellExecutionError as failure:
        error = _short(notebook, failure)
    except DeadKernelError:
        error = "the kernel died"
    executed = output / path.name
    write_atomically(executed, nbformat.writes(notebook).encode())
    page = executed.with_suffix(".html")
    write_atomically(page, _page(notebook).encode())
    return Executed(path.stem, executed, page, error)


def _inject(notebook: Any, parameters: Mapping[str, object]) -> None:
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            cell.source = "\n".join(f"{name} = {value!r}" for name, value in parameters.items())
            return


def _short(notebook: Any, failure: Exception) -> str:
    for number, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", []):
            if output.get("output_type") == "error":
                first = cell.source.splitlines()[0] if cell.source else ""
                return f"cell {number} ({first}): {output['ename']}: {output['evalue']}"
    return str(failure).splitlines()[0]


def _page(notebook: Any) -> str:
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(embed_images=True, exclude_input_prompt=True, exclude_output_prompt=True)
    for trait in ("mathjax_url", "require_js_url", "jquery_url", "mermaid_js_url"):
        if exporter.has_trait(trait):
            setattr(exporter, trait, "")
    html, _ = exporter.from_notebook_node(notebook)
    return _REMOTE.sub("", html)
