"""Running notebooks: every one in a fresh kernel, executed copies beside, nothing from the network."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from syriatopics.errors import StudyError
from syriatopics.study.store import write_atomically

__all__ = ["Executed", "execute_all", "find_notebooks"]

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
_REMOTE = re.compile(
    r"<(?:script|link)\b[^>]*(?:src|href)=[\"']?(?:https?:)?//[^>]*>(?:\s*</script>)?", re.I
)


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
    *,
    workers: int = 2,
    tell: Callable[[Executed], None] = lambda run: None,
) -> list[Executed]:
    """Execute notebooks side by side, each in a fresh kernel.

    Parameters
    ----------
    notebooks : sequence of Path
    output : Path
        Folder of the executed copies.
    parameters : mapping
        Values that replace those of the cell tagged ``parameters``.
    environment : mapping, optional
        Set for the kernels.
    workers : int
        How many kernels run at a time.
    tell : callable
        Is given each notebook when it has ended.

    Returns
    -------
    list of Executed
        In the order of `notebooks`.
    """
    settings = {**_ENVIRONMENT, **(environment or {})}

    async def run_all() -> list[Executed]:
        free = asyncio.Semaphore(workers)

        async def run_one(path: Path) -> Executed:
            async with free:
                run = await _execute(path, output, parameters, settings)
            tell(run)
            return run

        return await asyncio.gather(*map(run_one, notebooks))

    return asyncio.run(run_all())


async def _execute(
    path: Path, output: Path, parameters: Mapping[str, object], environment: Mapping[str, str]
) -> Executed:
    """Execute one notebook and write it as .ipynb and .html, up to the cell that failed."""
    import nbformat
    from jupyter_client.manager import KernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, DeadKernelError
    from traitlets.config import Config

    notebook: Any = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    _inject(notebook, parameters)
    config = Config()
    if KernelManager.class_traits().get("transport_encryption"):
        config.KernelManager.transport_encryption = "auto"  # nobody else on the machine reads along
    client = NotebookClient(notebook, kernel_name="python3", timeout=1800, config=config)
    error = ""
    try:
        await client.async_execute(cwd=str(path.parent), env={**os.environ, **environment})
    except CellExecutionError as failure:
        error = _short(notebook, failure)
    except DeadKernelError:
        error = "the kernel died"
    executed = output / path.name
    write_atomically(executed, nbformat.writes(notebook).encode())  # type: ignore[no-untyped-call]
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

    exporter = HTMLExporter(  # type: ignore[no-untyped-call]
        embed_images=True, exclude_input_prompt=True, exclude_output_prompt=True
    )
    for trait in ("mathjax_url", "require_js_url", "jquery_url", "mermaid_js_url"):
        if exporter.has_trait(trait):
            setattr(exporter, trait, "")
    html, _ = exporter.from_notebook_node(notebook)
    return _REMOTE.sub("", html)
