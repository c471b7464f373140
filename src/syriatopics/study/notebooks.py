"""Running notebooks: every one in a fresh kernel, executed copies beside, nothing from the network."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from syriatopics.errors import StudyError
from syriatopics.processes import tied

__all__ = ["Executed", "execute_all", "find_notebooks"]

_T = TypeVar("_T")

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
    environment: Callable[[Path], Mapping[str, str]] = lambda notebook: {},
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
    environment : callable
        Gives what is set for the kernel of a notebook.
    workers : int
        How many kernels run at a time.
    tell : callable
        Is given each notebook when it has ended.

    Returns
    -------
    list of Executed
        In the order of `notebooks`.
    """
    output.mkdir(parents=True, exist_ok=True)

    async def run_all() -> list[Executed]:
        free = asyncio.Semaphore(workers)

        async def run_one(path: Path) -> Executed:
            async with free:
                run = await _execute(path, output, parameters, environment(path))
            tell(run)
            return run

        return await asyncio.gather(*map(run_one, notebooks))

    return _in_a_thread(run_all())


def _in_a_thread(work: Coroutine[Any, Any, _T]) -> _T:
    """Run a coroutine beside the main thread, where a notebook or a browser may have a loop."""
    loop = asyncio.new_event_loop()
    task = loop.create_task(work)
    done: Future[_T] = Future()

    def run() -> None:
        try:
            done.set_result(loop.run_until_complete(task))
        except BaseException as error:
            done.set_exception(error)
        finally:
            loop.close()

    thread = threading.Thread(target=run, name="notebooks")
    thread.start()
    try:
        # Ctrl-C may reach another thread; this one sees it when it wakes.
        while not done.done():
            wait([done], timeout=0.2)
        return done.result()
    except BaseException:  # Ctrl-C, or a signal that ends the run
        if not done.done():
            loop.call_soon_threadsafe(task.cancel)
        raise
    finally:
        thread.join()


async def _execute(
    path: Path, output: Path, parameters: Mapping[str, object], environment: Mapping[str, str]
) -> Executed:
    """Execute one notebook in a process of its own, and take everything down with it."""
    log = output / f"{path.stem}.log"
    with log.open("wb") as stream:  # what kernel and process say, not the cells
        process = await asyncio.create_subprocess_exec(
            *tied([sys.executable, "-m", "syriatopics.study.execute", str(path), str(output)]),
            json.dumps(dict(parameters)),
            env={**os.environ, **_ENVIRONMENT, **environment},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=stream,
            start_new_session=True,  # Ctrl-C is for the run, which then ends its processes
        )
        try:
            said, _ = await process.communicate()
        except asyncio.CancelledError:
            _end(process.pid)
            await process.wait()
            raise
    page = output / f"{path.stem}.html"
    try:
        error = str(json.loads(said)["error"])
    except ValueError:
        error = f"its process ended with {process.returncode}; what it said is in {log.name}"
    return Executed(path.stem, output / path.name, page, error)


def _end(pid: int) -> None:
    """Kill a process and its kernel; both may be gone already."""
    import psutil

    try:
        process = psutil.Process(pid)
        family = [*process.children(recursive=True), process]
    except psutil.NoSuchProcess:
        return
    for member in family:
        try:
            member.kill()
        except psutil.NoSuchProcess:
            continue
