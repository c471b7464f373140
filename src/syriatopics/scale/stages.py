"""A stage: one step for every partition; what is done already is not done again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tqdm import tqdm

from syriatopics.corpus.read.boundary import ON_BAD
from syriatopics.errors import CorpusError, InputError, choices
from syriatopics.scale.engine import Engine, Step
from syriatopics.scale.ledger import Made, Task, forget, read_made

__all__ = ["Refused", "Run", "Stage", "require_choice", "run_stage"]


@dataclass(frozen=True)
class Refused:
    """A partition that could not be used: which, and why; it is counted, never forgotten."""

    number: int
    reason: str


@dataclass(frozen=True)
class Stage:
    """What a stage gave.

    Attributes
    ----------
    made : tuple of Made
        In the order of the partitions.
    refused : tuple of Refused
    """

    made: tuple[Made, ...]
    refused: tuple[Refused, ...] = ()

    @property
    def files(self) -> dict[str, str]:
        """Every file with its hash, in the order of the partitions."""
        return {name: sha256 for made in self.made for name, sha256 in made.files.items()}

    def total(self, name: str) -> int:
        """Add up a count over the partitions."""
        return sum(int(made.totals[name]) for made in self.made)


def require_choice(on_bad: str) -> None:
    """Refuse an unknown way to deal with a partition that cannot be used."""
    if on_bad not in ON_BAD:
        raise InputError(f"on_bad={on_bad!r} is not known. Choices: {choices(ON_BAD)}.")


def run_stage(
    engine: Engine, step: Step, tasks: Sequence[Task], said: str, on_bad: str = "error"
) -> Stage:
    """Carry out the tasks that are not done yet.

    Parameters
    ----------
    engine : Engine
    step : callable
        ``(task, files) → totals``; a function of a module, so that a worker finds it.
    tasks : sequence of Task
    said : str
        What the progress says.
    on_bad : {"skip", "error"}
        Whether a partition that cannot be used ends the run, or is left out and counted.

    Raises
    ------
    CorpusError
        If a partition cannot be used and `on_bad` is "error"; partitions that are done stay.
    """
    require_choice(on_bad)
    made: dict[int, Made] = {}
    refused: dict[int, Refused] = {}
    open_tasks = []
    for task in tasks:
        before = read_made(task)
        if before is None:
            open_tasks.append(task)
        else:
            made[task.number] = before
    total = sum(task.weight for task in tasks)
    done = total - sum(task.weight for task in open_tasks)
    with tqdm(total=total, initial=done, desc=said, unit=" articles", delay=2, disable=None) as bar:
        for task, result in engine.run(step, open_tasks):
            if isinstance(result, Made):
                made[task.number] = result
            elif isinstance(result, CorpusError) and on_bad == "skip":
                refused[task.number] = Refused(task.number, " ".join(str(result).split()))
            else:
                raise result
            bar.update(task.weight)
    if tasks:
        # What an earlier, longer run left behind the last partition.
        forget(Path(tasks[0].folder), tasks[0].stage, since=tasks[-1].number + 1)
    return Stage(
        tuple(made[number] for number in sorted(made)),
        tuple(refused[number] for number in sorted(refused)),
    )


@dataclass(frozen=True)
class Run:
    """What every stage of one run needs.

    Attributes
    ----------
    folder : Path
        Of the store.
    engine : Engine
    on_bad : {"skip", "error"}
    """

    folder: Path
    engine: Engine
    on_bad: str

    def stage(self, step: Step, tasks: Sequence[Task], said: str) -> Stage:
        """Carry out one step for every partition."""
        return run_stage(self.engine, step, tasks, said, self.on_bad)

    def tasks(
        self,
        stage: str,
        before: Stage,
        kinds: Sequence[str],
        options: Mapping[str, Any],
        **more: Any,
    ) -> list[Task]:
        """Make a task for each partition that stands, reading some files of the stage before."""
        tasks = []
        for made in before.made:
            inputs = {
                name: sha for name, sha in made.files.items() if name.startswith(tuple(kinds))
            }
            weight = int(made.totals.get("articles", 1))
            tasks.append(
                Task(str(self.folder), stage, made.number, {**inputs, **more}, options, weight)
            )
        return tasks
