"""Running a study: its notebooks, and its figures only if every one of them ran through."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from filelock import FileLock, Timeout

from syriatopics import extras
from syriatopics.errors import StudyError
from syriatopics.files import write_atomically
from syriatopics.study.claims import card_files, claims_state, register_claims, write_claims
from syriatopics.study.notebooks import Executed, execute_all, find_notebooks
from syriatopics.study.reporting import REPORT, write_report
from syriatopics.study.steps import Step, assemble, plan_steps, shared_inputs
from syriatopics.study.store import RECORDS, FigureStore, publish
from syriatopics.study.study import STAGING, Study, open_study

__all__ = ["run_study"]


def run_study(
    path: str | Path = "study.toml",
    *,
    folder: Path | None = None,
    build: Path | None = None,
    again: bool = False,
    report: bool = True,
    tell: Callable[[str], None] = lambda message: None,
) -> Path:
    """Run the notebooks of a study and make its figures.

    A notebook whose inputs did not change since it last ran through is skipped, so that an
    interrupted run resumes. Figures are moved into their folder when everything has run: if
    a notebook fails, the last good figures stand.

    Parameters
    ----------
    path : path
        The study.
    folder : Path, optional
        Where figures go instead of the study's own folder.
    build : Path, optional
        Where executed notebooks and steps go instead of ``build`` beside study.toml.
    again : bool
        Run every notebook, also where nothing changed.
    report : bool
        Also stamp the claims of the study and make their cards, and make the report,
        ``report.html`` in the build folder.
    tell : callable
        Is told about the progress, a line at a time.

    Returns
    -------
    Path
        The folder of the figures, with manifest.json.

    Raises
    ------
    StudyError
        If a notebook fails (the message names the cell, the executed copy is kept), or if
        another run is at work on the study.
    NotInstalledError
        If what runs notebooks is not installed.
    """
    study = open_study(path)
    notebooks = find_notebooks(study.folder / study.options.notebooks)
    extras.require("notebooks", "Running notebooks")
    build = build or study.folder / "build"
    study.corpus  # noqa: B018 - bad input is told in one line before any kernel starts
    inputs = shared_inputs(study)
    with _alone(build):
        if report:
            register_claims(study, seen=True)
        steps = plan_steps(inputs, notebooks, build / "steps", study.coding)
        _run_steps(study, steps, build, again, tell)
        target = folder or study.folder / study.options.figures.folder
        with tempfile.TemporaryDirectory(prefix="figures-", dir=build) as temporary:
            staged = Path(temporary) / "figures"
            assemble(steps, staged)
            _finish(study, staged)
            publish(staged, target)
        if report:
            make = partial(_make, build=build, again=again, tell=tell)
            cards, key = card_files(study, build), inputs + claims_state(study)
            make("claims", cards, key, lambda: write_claims(study, build=build, tell=tell))
            make("report", [build / REPORT], inputs, lambda: write_report(study, to=build / REPORT))
    return target


def _make(
    name: str,
    files: list[Path],
    key: str,
    write: Callable[[], object],
    *,
    build: Path,
    again: bool,
    tell: Callable[[str], None],
) -> None:
    """Write files, unless they stand and nothing that they depend on has changed."""
    note, digest = build / "steps" / f"{name}.key", hashlib.sha256(key.encode()).hexdigest()
    stand = all(file.is_file() for file in files)
    if not again and stand and note.is_file() and note.read_text() == digest:
        tell(f"{name}: unchanged")
    elif files:
        write()
        write_atomically(note, digest.encode())
        tell(f"{name}: done, {files[0] if len(files) == 1 else files[0].parent}")


@contextmanager
def _alone(build: Path) -> Iterator[None]:
    """Hold the build folder; two runs at once would take each other's files away."""
    build.mkdir(parents=True, exist_ok=True)
    lock = FileLock(build / ".lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise StudyError(f"Another run is at work in {build}: wait until it has ended.") from None
    try:
        yield
    finally:
        lock.release()


def _run_steps(
    study: Study, steps: list[Step], build: Path, again: bool, tell: Callable[[str], None]
) -> None:
    pages = build / "notebooks"
    waiting = [
        step
        for step in steps
        if again or not step.is_done() or not (pages / f"{step.name}.html").is_file()
    ]
    for step in steps:
        if step not in waiting:
            tell(f"{step.name}: unchanged")
    by_name = {step.name: step for step in waiting}
    started, ended = time.monotonic(), 0

    def done(run: Executed) -> None:
        nonlocal ended
        ended += 1
        if not run.error:
            by_name[run.name].finish()
        seconds = time.monotonic() - started
        tell(f"{run.name}: {run.error or 'done'} ({ended} of {len(waiting)}, {seconds:.0f} s)")

    for step in waiting:
        step.begin()
    runs = execute_all(
        [step.notebook for step in waiting],
        pages,
        {"study_path": str(study.path)},
        lambda notebook: {STAGING: str(by_name[notebook.stem].figures)},
        tell=done,
    )
    failed = [run for run in runs if run.error]
    if failed:
        first = failed[0]
        raise StudyError(f"{first.name} failed: {first.error}. Its pages: {first.page}")


def _finish(study: Study, staged: Path) -> None:
    if not any((staged / RECORDS).iterdir()):
        raise StudyError(f"No notebook of {study.path} made a figure.")
    FigureStore(staged, study.figures.header).write_manifest()
    shutil.rmtree(staged / RECORDS)
