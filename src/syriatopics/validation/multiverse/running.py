"""Running the work of a multiverse: in processes side by side, resumed where it stopped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tqdm import tqdm

from syriatopics.errors import ModelError
from syriatopics.processes import TiedCall
from syriatopics.validation.multiverse.choices import Fit, Specification
from syriatopics.validation.multiverse.work import (
    Outcome,
    Reading,
    Shared,
    count_terms_of,
    do,
    read_outcome,
)

__all__ = ["key_of", "run"]

# What this process was given to work on; a process of a pool gets it when it starts.
_held: list[Shared] = []


def key_of(specification: Specification, ground: str) -> str:
    """Return the name of a specification's result: a hash of it, and of all that it rests on.

    Parameters
    ----------
    specification : Specification
    ground : str
        Corpus, groups, theme, code, versions.
    """
    said = json.dumps(asdict(specification), sort_keys=True)
    return hashlib.sha256(f"{ground}\x1e{said}".encode()).hexdigest()[:32]


def run(
    shared: Shared,
    specifications: Sequence[Specification],
    ground: str,
    lost: Mapping[str, str],
    folder: Path | None,
    n_jobs: int,
) -> list[Outcome]:
    """Return the outcome of every specification, in their order.

    Parameters
    ----------
    shared : Shared
    specifications : sequence of Specification
    ground : str
        As in :func:`key_of`.
    lost : mapping of copies to str
        Why there is nothing to work on.
    folder : Path or None
        Where outcomes are kept.
    n_jobs : int

    Raises
    ------
    ModelError
        If a process dies; what was done is kept.
    """
    keys = {one: key_of(one, ground) for one in specifications}
    n = len(shared.permuted)
    done: dict[Specification, Outcome] = {}
    if folder is not None:
        found = ((one, read_outcome(folder / f"{key}.json", n)) for one, key in keys.items())
        done = {one: outcome for one, outcome in found if outcome is not None}
    waiting: dict[Fit, list[Specification]] = {}
    for one in specifications:
        if one.copies in lost:
            done[one] = Outcome.failed(lost[one.copies])
        elif one not in done:
            waiting.setdefault(one.fit, []).append(one)
    with tqdm(
        total=len(keys), initial=len(done), desc="multiverse", unit=" specifications",
        delay=2, disable=None,
    ) as bar:  # fmt: skip
        for fit, outcomes in _work(shared, list(waiting.items()), n_jobs):
            for one, outcome in zip(waiting[fit], outcomes, strict=True):
                done[one] = outcome
                if folder is not None and outcome.kept:
                    outcome.write(folder / f"{keys[one]}.json")
            bar.update(len(outcomes))
    return [done[one] for one in specifications]


def _work(
    shared: Shared, jobs: list[tuple[Fit, list[Specification]]], n_jobs: int
) -> Iterator[tuple[Fit, list[Outcome]]]:
    """Read first, then fit; yield what is done as soon as it is."""
    each = _here(shared) if min(n_jobs, len(jobs)) < 2 else _beside(shared, n_jobs)
    failed: dict[Reading | None, str] = dict(each(_read, _readings([fit for fit, _ in jobs])))
    ready = []
    for fit, specifications in jobs:
        reason = failed.get(Reading.of(fit))
        if reason:
            yield fit, [Outcome.failed(reason)] * len(specifications)
        else:
            ready.append((fit, specifications))
    # What one analyzer read is fitted together: a process then loads few of them.
    yield from each(_do, sorted(ready, key=lambda job: str(Reading.of(job[0]))))


def _readings(fits: Sequence[Fit]) -> list[tuple[Reading, list[str | int]]]:
    """Return every analyzer once, with all units that it has to read."""
    units: dict[Reading, dict[str | int, None]] = {}
    for fit in fits:
        reading = Reading.of(fit)
        if reading is not None:
            units.setdefault(reading, {})[fit.unit] = None
    return [(reading, list(found)) for reading, found in units.items()]


def _read(
    job: tuple[Reading, list[str | int]], shared: Shared | None = None
) -> tuple[Reading, str]:
    return job[0], count_terms_of(shared or _held[0], *job)


def _do(
    job: tuple[Fit, list[Specification]], shared: Shared | None = None
) -> tuple[Fit, list[Outcome]]:
    return job[0], do(shared or _held[0], *job)


Each = Callable[[Callable[..., Any], Iterable[Any]], Iterator[Any]]


def _here(shared: Shared) -> Each:
    return lambda function, jobs: (function(job, shared) for job in jobs)


def _hold(shared: Shared) -> None:
    _held[:] = [shared]


def _beside(shared: Shared, n_jobs: int) -> Each:
    """Work in processes of their own (loky), each with one thread."""
    from joblib import Parallel, delayed

    def each(function: Callable[..., Any], jobs: Iterable[Any]) -> Iterator[Any]:
        pool = Parallel(
            n_jobs=n_jobs, backend="loky", return_as="generator_unordered", batch_size=1,
            inner_max_num_threads=1, initializer=TiedCall(_hold), initargs=(shared,),
        )  # fmt: skip
        try:
            yield from pool(delayed(function)(job) for job in jobs)
        except BrokenProcessPool:
            raise ModelError(
                f"A process of the multiverse died, most likely for want of memory: n_jobs={n_jobs} "
                "is too many. What is done is kept where a folder was given."
            ) from None

    return each
