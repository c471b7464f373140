"""Running notebooks: every one in a fresh kernel, executed copies beside, nothing from the network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from syriatopics.errors import StudyError
from syriatopics.processes import tied

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
    # A kernel would run what the user has start with every Python.
    "PYTHONSTARTUP": "",
}


# How often a run says where its notebooks are, in seconds.
_PULSE = 20.0

# By the name of a notebook at work: which cell, of how many.
Places = Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Executed:
    """One executed notebook: where its copies are, and what went wrong, if anything did."""

    name: str
    notebook: Path
    page: Path
    error: str = ""
    seconds: float = 0.0


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
    pulse: Callable[[Places], None] = lambda places: None,
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
    pulse : callable
        Is told every twenty seconds which cell of how many each notebook at work is at.

    Returns
    -------
    list of Executed
        In the order of `notebooks`.
    """
    output.mkdir(parents=True, exist_ok=True)
    family, places = _Family(), dict[str, tuple[int, int]]()

    def execute(path: Path) -> Executed:
        began = time.monotonic()
        run = _execute(path, output, parameters, environment(path), family, places)
        places.pop(path.stem, None)
        return replace(run, seconds=time.monotonic() - began)

    pool = ThreadPoolExecutor(workers, "notebooks")
    try:
        runs = [pool.submit(execute, path) for path in notebooks]
        open_ones, told = set(runs), time.monotonic()
        while open_ones:
            # Ctrl-C may reach another thread; this one sees it when it wakes.
            ended, open_ones = wait(open_ones, timeout=0.2, return_when=FIRST_COMPLETED)
            for run in sorted(ended, key=runs.index):
                tell(run.result())
            if time.monotonic() - told > _PULSE:
                told = time.monotonic()
                pulse(dict(places))
        return [run.result() for run in runs]
    finally:  # also where a signal ends the run
        family.end()
        pool.shutdown(cancel_futures=True)


class _Family:
    """The processes that a run began, which end with it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._members: list[subprocess.Popen[bytes]] = []
        self._over = False

    def begin(self, command: Sequence[str], **options: Any) -> subprocess.Popen[bytes]:
        """Begin a process; none after the end."""
        with self._lock:
            if self._over:
                raise CancelledError
            process = subprocess.Popen(command, **options)  # noqa: S603 - it is our own
            self._members.append(process)
        return process

    def end(self) -> None:
        """Kill what is still there, and let nothing begin any more."""
        with self._lock:
            self._over = True
            for process in self._members:
                if process.poll() is None:
                    _end(process.pid)


def _execute(
    path: Path,
    output: Path,
    parameters: Mapping[str, object],
    environment: Mapping[str, str],
    family: _Family,
    places: dict[str, tuple[int, int]],
) -> Executed:
    """Execute one notebook in a process of its own."""
    log = output / f"{path.stem}.log"
    # -P: a file of the user's in the folder of the study (six.py) is no module of ours.
    command = [sys.executable, "-P", "-m", "syriatopics.executing", str(path), str(output)]
    with log.open("wb") as stream:  # what kernel and process say, not the cells
        process = family.begin(
            [*tied(command), json.dumps(dict(parameters))],
            env={**os.environ, **_ENVIRONMENT, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stream,
            start_new_session=True,  # Ctrl-C is for the run, which then ends its processes
        )
        error = None
        with process:
            for line in process.stdout or ():
                said = json.loads(line)
                if "cell" in said:
                    places[path.stem] = said["cell"], said["cells"]
                error = said.get("error")
    if error is None:
        error = f"its process ended with {process.returncode}; what it said is in {log.name}"
    page = output / f"{path.stem}.html"
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
