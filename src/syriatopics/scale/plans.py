"""A plan: the tasks of a stage whose inputs are gone when it is done, and what it rests on.

Runs and first parsings are removed once they are used. The plan remembers what was to be done
with them, so that a finished stage is known to be finished without them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from syriatopics.files import inside, read_json, write_atomically
from syriatopics.scale.ledger import Task, read_made

__all__ = ["Plan", "read_plan", "write_plan"]


@dataclass(frozen=True)
class Plan:
    """The tasks of a stage, and what the manifest tells of how they came about."""

    tasks: tuple[Task, ...]
    said: Mapping[str, Any]

    def missing(self) -> set[int]:
        """Return the partitions that are not done, or are no longer whole."""
        return {task.number for task in self.tasks if read_made(task) is None}


def write_plan(
    folder: Path, stage: str, key: str, tasks: Sequence[Task], said: Mapping[str, Any]
) -> Plan:
    """Write the plan of a stage into the store."""
    plain = [{k: v for k, v in asdict(task).items() if k != "folder"} for task in tasks]
    content = {"key": key, "tasks": plain, "said": said}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    write_atomically(_place(folder, stage), text.encode())
    plan = read_plan(folder, stage, key)
    assert plan is not None
    return plan


def read_plan(folder: Path, stage: str, key: str) -> Plan | None:
    """Return the plan of a stage, if there is one that rests on the same things."""
    try:
        content = read_json(_place(folder, stage))
        if content["key"] != key:
            return None
        tasks = tuple(Task(folder=str(folder), **task) for task in content["tasks"])
        for name in {name for task in tasks for name in task.inputs}:
            inside(folder, name, _place(folder, stage))
        return Plan(tasks, content["said"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _place(folder: Path, stage: str) -> Path:
    return folder / "records" / f"{stage}.plan.json"
