"""Where the steps run: in this process, in processes beside it, or on a Dask cluster.

The engine knows tasks and nothing of what they do. A task writes its result into the store and
gives back its record only, so that nothing large travels, and a worker that is killed loses no
more than what it had in hand.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from syriatopics import __version__, extras
from syriatopics.errors import SchedulerError
from syriatopics.scale.ledger import Files, Made, Task

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["Engine", "Step", "open_engine"]

# Seconds until a scheduler that does not answer is given up.
_PATIENCE = 5
# How many workers may end over one task before it is given up, and how many tasks wait per worker.
_LIVES = 3
_WAITING = 4

Step = Callable[[Task, Files], "dict[str, Any]"]


class Engine(Protocol):
    """Carries out tasks."""

    def run(self, step: Step, tasks: Sequence[Task]) -> Iterator[tuple[Task, Made | Exception]]:
        """Yield each task with its record, or with the error that ended it, as they come."""


def carry_out(step: Step, task: Task) -> Made:
    """Do one task and write its record."""
    files = Files(task)
    return files.keep(step(task, files))


class _Here:
    """One task after the other, in this process."""

    def run(self, step: Step, tasks: Sequence[Task]) -> Iterator[tuple[Task, Made | Exception]]:
        for task in tasks:
            try:
                yield task, carry_out(step, task)
            except Exception as error:
                yield task, error


class _Cluster:
    """Tasks on the workers of a Dask scheduler."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._threads: Callable[[], dict[str, int]] = client.nthreads

    def run(self, step: Step, tasks: Sequence[Task]) -> Iterator[tuple[Task, Made | Exception]]:
        as_completed = _dask().as_completed
        waiting = iter(tasks)
        submitted: dict[Any, Task] = {}

        def submit() -> Any:
            task = next(waiting, None)
            if task is None:
                return None
            future = self._client.submit(carry_out, step, task, pure=False)
            submitted[future] = task
            return future

        width = _WAITING * max(1, sum(self._threads().values()))
        first = [future for _ in range(width) if (future := submit()) is not None]
        queue = as_completed(first)
        for future in queue:
            task = submitted.pop(future)
            error = future.exception()
            yield task, future.result() if error is None else _said(error, task)
            if (following := submit()) is not None:
                queue.add(following)


def _said(error: BaseException, task: Task) -> Exception:
    if isinstance(error, _dask().KilledWorker):
        return SchedulerError(
            f"{task.stage}, partition {task.number}: {_LIVES + 1} workers ended over it, perhaps for "
            "want of memory; take smaller partitions or larger workers, and run the same again."
        )
    return error if isinstance(error, Exception) else SchedulerError(str(error))


@contextmanager
def open_engine(
    folder: Path, scheduler: str = "none", workers: int | None = None
) -> Iterator[Engine]:
    """Open an engine.

    Parameters
    ----------
    folder : Path
        Of the store, which every worker must see.
    scheduler : str
        "none": this process; "processes": as many processes beside it as there are processors;
        or the address of a Dask scheduler (``tcp://host:8786``), whose workers must have this
        package.
    workers : int, optional
        How many processes.

    Raises
    ------
    SchedulerError
        If the scheduler is not known, cannot be reached within five seconds, or has a worker
        that cannot do the work; the message says why.
    NotInstalledError
        If Dask is wanted and not installed.
    """
    if scheduler == "none":
        yield _Here()
        return
    if scheduler != "processes" and "://" not in scheduler:
        raise SchedulerError(
            f"Scheduler {scheduler!r} is not known. Choices: 'none', 'processes', or an address "
            "such as tcp://host:8786."
        )
    dask = _dask("dask")
    _dask()
    # One line for the user, not the warnings of every connection that breaks.
    settings = {
        "distributed.scheduler.allowed-failures": _LIVES,
        "distributed.comm.timeouts.connect": _PATIENCE,
        "distributed.logging.distributed": "critical",
    }
    with dask.config.set(settings):
        opened = _processes(workers) if scheduler == "processes" else _address(scheduler)
        with opened as client:
            _require_able(client, scheduler, folder)
            yield _Cluster(client)


def _dask(module: str = "distributed") -> Any:
    return extras.load(module, "A scheduler", "take --scheduler none")


@contextmanager
def _processes(workers: int | None) -> Iterator[Client]:
    distributed = _dask()
    with (
        distributed.LocalCluster(
            n_workers=workers or os.cpu_count() or 1,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


@contextmanager
def _address(address: str) -> Iterator[Client]:
    try:
        client = _dask().Client(address, timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise SchedulerError(f"No scheduler answers at {address}: {reason}") from None
    with client:
        yield client


def _require_able(client: Client, address: str, folder: Path) -> None:
    """Ask every worker whether it has this package, and sees the store."""
    try:
        answers: dict[str, tuple[str, bool]] = client.run(_able, str(folder))
    except Exception as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise SchedulerError(f"A worker of {address} cannot run syriatopics: {reason}") from None
    if not answers:
        raise SchedulerError(f"The scheduler at {address} has no worker.")
    for worker, (version, sees) in sorted(answers.items()):
        if version != __version__:
            raise SchedulerError(
                f"The worker at {worker} has syriatopics {version}, this is {__version__}."
            )
        if not sees:
            raise SchedulerError(
                f"The worker at {worker} does not see {folder}: put the store where all do."
            )


def _able(folder: str) -> tuple[str, bool]:
    return __version__, Path(folder).is_dir()
