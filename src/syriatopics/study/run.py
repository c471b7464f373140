"""Running a study: its notebooks, and its figures only if every one of them ran through."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from syriatopics import extras
from syriatopics.errors import StudyError
from syriatopics.files import clear_unfinished, move_files, taken, unfinished_folder
from syriatopics.study.claims import card_files, claims_state, register_claims, write_claims
from syriatopics.study.notebooks import Executed, execute_all, find_notebooks
from syriatopics.study.reporting import REPORT, write_report
from syriatopics.study.steps import Note, Step, assemble, plan_steps, seen_now, shared_inputs
from syriatopics.study.store import RECORDS, FigureStore, publish
from syriatopics.study.study import STAGING, Study, open_study

__all__ = ["run_study"]

# What executing a notebook leaves: the copies, and what kernel and process said.
_PAGES = ("html", "ipynb", "log")


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
    a notebook fails, the last good figures stand. What a run makes lies in a folder of its own
    until a notebook has run through; only this run takes it from there.

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
        If a notebook fails (the message names the cell, the executed copy is kept), if an
        input changes meanwhile, or if another run is at work on the study.
    NotInstalledError
        If what runs notebooks is not installed.
    """
    study = open_study(path)
    notebooks = find_notebooks(study.folder / study.options.notebooks)
    extras.require("notebooks", "Running notebooks")
    study.ask(tell)
    before = seen_now(open_study(path))
    study = open_study(path)
    build = build or study.folder / "build"
    study.corpus  # noqa: B018 - bad input is told in one line before any kernel starts
    inputs = shared_inputs(study)
    target = folder or study.folder / study.options.figures.folder
    with (
        taken(build, StudyError),
        unfinished_folder(build) as staging,
        unfinished_folder() as aside,
    ):
        for place in (study.folder, target):
            clear_unfinished(place)
        if report:
            register_claims(study, seen=True)
        unchanged = partial(_require_unchanged, study, before)
        steps = plan_steps(inputs, notebooks, build / "steps", study.coding)
        _run_steps(study, steps, staging, aside, build / "notebooks", again, unchanged, tell)
        unchanged()
        assemble(steps, staging / "figures")
        _finish(study, staging / "figures")
        publish(staging / "figures", target)
        if report:
            make = partial(_make, build=build, again=again, unchanged=unchanged, tell=tell)
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
    unchanged: Callable[[], None],
    tell: Callable[[str], None],
) -> None:
    """Write files, unless they stand and nothing that they depend on has changed."""
    note, digest = Note(build / "steps" / f"{name}.json"), hashlib.sha256(key.encode()).hexdigest()
    if not again and note.holds(digest, files):
        tell(f"{name}: unchanged")
    elif files:
        write()
        unchanged()
        note.write(digest, files)
        tell(f"{name}: done, {files[0] if len(files) == 1 else files[0].parent}")


def _require_unchanged(study: Study, before: dict[str, tuple[int, int, int]]) -> None:
    """Refuse to go on where results would be of other inputs than the record of them says."""
    now = seen_now(study)
    changed = sorted(file for file in {*before, *now} if before.get(file) != now.get(file))
    if changed:
        raise StudyError(f"{changed[0]} changed while the run was at work: run again.")


def _run_steps(
    study: Study,
    steps: list[Step],
    staging: Path,
    aside: Path,
    pages: Path,
    again: bool,
    unchanged: Callable[[], None],
    tell: Callable[[str], None],
) -> None:
    waiting = [
        step
        for step in steps
        if again or not step.is_done() or not (pages / f"{step.name}.html").is_file()
    ]
    for step in steps:
        if step not in waiting:
            tell(f"{step.name}: unchanged")
    by_name = {step.name: step for step in waiting}
    started, failed = time.monotonic(), list[str]()
    ended = 0

    def figures(name: str) -> Path:
        return staging / "steps" / name

    def done(run: Executed) -> None:
        nonlocal ended
        ended += 1
        move_files(run.page.parent, [f"{run.name}.{end}" for end in _PAGES], pages)
        try:
            if not run.error:
                unchanged()
                by_name[run.name].adopt(figures(run.name))
            error = run.error
        except StudyError as changed:
            error = str(changed)
        if error:
            failed.append(
                f"{run.name} failed: {str(error).rstrip('.')}. Its pages: {pages / run.page.name}"
            )
        seconds = time.monotonic() - started
        tell(f"{run.name}: {error or 'done'} ({ended} of {len(waiting)}, {seconds:.0f} s)")

    for step in waiting:
        figures(step.name).mkdir(parents=True)
    execute_all(
        [step.notebook for step in waiting],
        staging / "notebooks",
        {"study_path": str(study.path)},
        lambda notebook: {STAGING: str(figures(notebook.stem)), **_apart(aside)},
        tell=done,
    )
    if failed:
        raise StudyError(min(failed))


def _apart(folder: Path) -> dict[str, str]:
    """Keep in one folder what notebooks and their kernels write for the time of a run.

    So it goes with the run, however that ends. And a kernel neither runs what the user has start with
    every IPython, nor waits for others at their common history.
    """
    # Names of sockets have about a hundred letters: the folder lies where temporary ones do.
    names = ("TMPDIR", "JOBLIB_TEMP_FOLDER", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    return dict.fromkeys(names, str(folder))


def _finish(study: Study, staged: Path) -> None:
    if not any((staged / RECORDS).iterdir()):
        raise StudyError(f"No notebook of {study.path} made a figure.")
    FigureStore(staged, study.figures.header).write_manifest()
    shutil.rmtree(staged / RECORDS)
